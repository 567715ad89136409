"""All that a worker's phone needs to work without a network: the own grids, their households, open rounds, tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.models import (
    GridRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    RoundRow,
    VisitRow,
)
from lianfang.capabilities.screening.queries.households import ORDER, members, names
from lianfang.capabilities.screening.queries.own import READ, own_grids
from lianfang.capabilities.screening.queries.rounds import rounds
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.facts import Attempted, Done
from lianfang.facts.fact import FactData
from lianfang.identity.queries import Person
from lianfang.profiles.disease.parts import within as lies_in

MOST_HOUSEHOLDS: Final = 5_000
FORMS: Final[tuple[type[FactData], ...]] = (
    kinds.Visited, kinds.HouseholdRegistered, kinds.MemberJoined, kinds.MemberLeft, kinds.Disposed, Attempted, Done,
)  # fmt: skip
"""What a phone records."""


class Home(NamedTuple):
    """A household on the phone. ``seen`` has, by round, the last visit: its outcome and when."""

    row: HouseholdRow
    members: tuple[UUID, ...]
    seen: Mapping[UUID, tuple[str, datetime]]
    ended: frozenset[UUID]
    """The rounds in which it has an outcome."""
    faults: bool


class Bundle(NamedTuple):
    grids: tuple[GridRow, ...]
    rounds: tuple[RoundRow, ...]
    homes: tuple[Home, ...]
    people: Mapping[UUID, Person]
    tasks: tasks.Page
    forms: Mapping[str, tuple[int, Mapping[str, Any]]]
    complete: bool
    """False where there are more households than a phone is given."""


def bundle(viewer: Viewer, purpose: str, *, now: datetime) -> Bundle:
    """What the viewer works on. Without a purpose no names are in it. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        grids = tuple(GridRow.objects.filter(subject__in=own_grids(viewer)).order_by("area", "name"))
        ids = [grid.subject for grid in grids]
        rows = list(HouseholdRow.objects.filter(grid__in=ids).order_by(*ORDER)[: MOST_HOUSEHOLDS + 1])
        shown = rows[:MOST_HOUSEHOLDS]
        living = members(viewer, [row.subject for row in shown])
        open_now = [one.row for one in rounds(viewer, viewer.area, open_only=True)]
        here = tuple(row for row in open_now if any(lies_in(grid.area, row.area) for grid in grids))
        homes = _homes(shown, living, here)
    people = [person for home in homes for person in home.members]
    told = names(viewer, people, purpose, now=now) if purpose and people else {}
    mine = tasks.page(viewer, tasks.Wanted(mine=True), limit=tasks.MOST_ON_A_PAGE, now=now)
    forms = {kind.kind: (kind.version, kind.model_json_schema()) for kind in FORMS}
    return Bundle(grids, here, homes, told, mine, forms, len(rows) <= MOST_HOUSEHOLDS)


def _homes(
    rows: Sequence[HouseholdRow], living: Mapping[UUID, list[UUID]], rounds: Sequence[RoundRow]
) -> tuple[Home, ...]:  # fmt: skip
    ids, open_now = [row.subject for row in rows], [row.subject for row in rounds]
    seen: dict[UUID, dict[UUID, tuple[str, datetime]]] = defaultdict(dict)
    visits = VisitRow.objects.filter(subject__in=ids, round__in=open_now, counts=True).order_by("at", "fact")
    for subject, round, outcome, at in visits.values_list("subject", "round", "outcome", "at"):
        seen[subject][round] = outcome, at
    ended: dict[UUID, set[UUID]] = defaultdict(set)
    outcomes = OutcomeRow.objects.filter(subject__in=ids, round__in=open_now).exclude(status="open")
    for subject, round in outcomes.values_list("subject", "round"):
        ended[subject].add(round)
    wrong = set(HouseholdFaultRow.objects.filter(subject__in=ids).values_list("subject", flat=True))
    return tuple(
        Home(
            row, tuple(living.get(row.subject, ())), seen[row.subject], frozenset(ended[row.subject]),
            row.subject in wrong,
        )
        for row in rows
    )  # fmt: skip
