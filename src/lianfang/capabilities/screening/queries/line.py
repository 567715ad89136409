"""Households as the second line of defence: how many were seen at the door, and who was unwell there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Sum

from lianfang.access.rows import in_range
from lianfang.access.viewer import Viewer
from lianfang.capabilities.checkpoints.state import CST
from lianfang.capabilities.screening.models.tables import ResidentRow, VisitRow
from lianfang.capabilities.screening.queries.sightings import sightings


class Households:
    """Line 2."""

    number = 2

    def screening(
        self, viewer: Viewer, area: tuple[str, str], first: date, last: date
    ) -> tuple[int | None, int, frozenset[UUID]]:
        since, until = (datetime.combine(day, time(), CST) for day in (first, last + timedelta(days=1)))
        bounds = {"area__bytes_from": area[0], "area__bytes_before": area[1]}
        visits = in_range(viewer, VisitRow.objects.filter(day__gte=first, day__lte=last, **bounds))
        unwell = in_range(viewer, ResidentRow.objects.filter(unwell_at__gte=since, unwell_at__lt=until, **bounds))
        people = list(unwell.values_list("person", flat=True))
        return visits.aggregate(seen=Sum("person_times", default=0))["seen"], len(people), frozenset(people)

    def on_record(self, viewer: Viewer, people: Collection[UUID]) -> Collection[UUID]:
        return sightings(ResidentRow.objects.all(), people).keys()


LINE: Final = Households()
