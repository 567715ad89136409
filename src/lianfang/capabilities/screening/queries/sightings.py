"""When people were seen at a door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lianfang.capabilities.screening.models import ResidentRow, VisitRow
from lianfang.capabilities.screening.rules.outcomes import SEEN
from lianfang.facts.refold import among


def sightings(residents: QuerySet[ResidentRow], people: Collection[UUID]) -> dict[UUID, list[datetime]]:
    """When each of some people was seen in one of the households of these rows, by time; of who never was, nothing."""
    homes: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    for subject, person in residents.filter(person__in=among(people)).values_list("subject", "person"):
        homes[subject][str(person)] = person
    visits = VisitRow.objects.filter(subject__in=among(homes)).order_by("at")
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for subject, at, members in visits.values_list("subject", "at", "members"):
        for person, result, *_ in members:
            if person in homes[subject] and result in SEEN:
                found[homes[subject][person]].append(at)
    return dict(found)
