"""First cases of communities, for the list of tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.rules.first_case import (
    Confirmed,
    FirstCase,
    answers,
    community_of,
    first_cases,
    horizon,
    unlocated,
)
from lianfang.capabilities.screening.models import GridRow
from lianfang.capabilities.screening.queries.own import own_grids
from lianfang.capabilities.tasks.rules import Obligation

TASKS: Final = "tasks.read"
COLUMNS: Final = ("disease", "stay", "to", "confirmed_at", "decided_at")
DIGITS: Final = 12
"""Digits of a community's code."""
NOWHERE: Final = r"^\d{9}000"


def first_case_duties(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """What the communities of the viewer's divisions do about their first case, and the confirmed cases of which no
    community is known. See ``tasks.rules.Provider``. Raises Forbidden."""
    yield from answering(viewer, firsts(viewer, since), since, of)
    with seeing(viewer, TASKS):
        unknown = in_range(viewer, _lately(since).filter(Q(stay=None) | Q(digits__lt=DIGITS) | Q(stay__regex=NOWHERE)))
        nowhere = list(unknown.filter(batch=None))
    for row in nowhere:
        if row.confirmed_at and community_of(row.stay) is None and (of is None or row.subject in of):
            yield unlocated(row.subject, row.area, row.author, row.person, row.confirmed_at)


def firsts(viewer: Viewer, since: datetime) -> list[FirstCase]:
    """The first cases of the communities of the viewer's divisions in which somebody was confirmed of late."""
    with seeing_all():  # whoever is responsible for a case may lie elsewhere than its community; only times are taken
        here = in_range(viewer, _lately(since).filter(digits__gte=DIGITS), "stay")
        stays = {stay[:DIGITS] for stay in here.values_list("stay", flat=True)}
        known = _confirmed().annotate(community=Substr("stay", 1, DIGITS)).filter(community__in=stays)
        told = [
            Confirmed(disease, stay, confirmed_at, decided_at if to == Class.EXCLUDED else None)
            for disease, stay, to, confirmed_at, decided_at in known.values_list(*COLUMNS)
        ]
    return list(first_cases(told))


def answering(
    viewer: Viewer, told: Collection[FirstCase], since: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:
    """What communities do about first cases, as far as it is the viewer's to see. Raises Forbidden."""
    with seeing(viewer, TASKS):
        grids, shown = _grids(viewer, {one.community for one in told}), None
        if scope(viewer, TASKS) is Scope.OWN:
            shown = set(own_grids(viewer).values_list("subject", flat=True))
    for first in told:
        for one in answers(first, grids[first.community]):
            mine = shown is None or one.subject == first.id or one.subject in shown
            if mine and (of is None or one.subject in of) and one.lapses and one.lapses > since:
                yield one


def _confirmed() -> QuerySet[CaseRow]:
    return CaseRow.objects.filter(confirmed_at__isnull=False).annotate(digits=Length("stay"))


def _lately(since: datetime) -> QuerySet[CaseRow]:
    return _confirmed().filter(confirmed_at__gt=since - horizon()).exclude(to=Class.EXCLUDED)


def _grids(viewer: Viewer, communities: Collection[str]) -> dict[str, list[UUID]]:
    """The grids of communities."""
    rows = in_range(viewer, GridRow.objects.filter(area__in=communities, registered_at__isnull=False))
    found: dict[str, list[UUID]] = defaultdict(list)
    for subject, area in rows.values_list("subject", "area"):
        found[area].append(subject)
    return found
