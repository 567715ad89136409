"""Clinics as the third line of defence: the cases that were found there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from lianfang.access.rows import in_range
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.checkpoints.state import CST

FOUND_BY: Final = ("clinic", "self_report")
"""Ways in which a case comes to a clinic by itself."""


class Clinics:
    """Line 3. Whom a clinic has seen without finding anything is not on record."""

    number = 3

    def screening(
        self, viewer: Viewer, area: tuple[str, str], first: date, last: date
    ) -> tuple[int | None, int, frozenset[UUID]]:
        since, until = (datetime.combine(day, time(), CST) for day in (first, last + timedelta(days=1)))
        rows = in_range(viewer, CaseRow.objects.filter(found_by__in=FOUND_BY)).exclude(to=Class.EXCLUDED)
        rows = rows.filter(reported_at__gte=since, reported_at__lt=until)
        rows = rows.filter(area__bytes_from=area[0], area__bytes_before=area[1])
        people = list(rows.values_list("person", flat=True))
        return None, len(people), frozenset(people)

    def on_record(self, viewer: Viewer, people: Collection[UUID]) -> Collection[UUID]:
        return set(CaseRow.objects.filter(person__in=list(people)).values_list("person", flat=True))


LINE: Final = Clinics()
