"""Findings: a page of them, one with what it names, and how many of each rule there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused
from lianfang.capabilities.gates.models import PostRow
from lianfang.capabilities.oversight.models import FindingRow, steps_of
from lianfang.capabilities.oversight.rules.policy import policy
from lianfang.capabilities.oversight.state.findings import FindingStage, FindingStep
from lianfang.capabilities.screening.models import GridRow, HouseholdRow, VisitRow
from lianfang.capabilities.tasks.queries import NO_PLACE, range_of
from lianfang.facts import log
from lianfang.facts.lock import array
from lianfang.places.queries import current_gazetteer
from lianfang.profiles.disease.parts import within

READ: Final = "findings.read"
REVIEW: Final = "findings.review"
ANSWER: Final = "findings.answer"
MOST: Final = 20_000
"""Findings of an area that are counted."""
SHOWN: Final = 200
"""Facts of a finding that are shown at once."""

_FACTS: Final = (
    "SELECT id, kind, subject, area, observed_at, received_at FROM fact "
    "WHERE id = ANY (%s::uuid[]) ORDER BY observed_at"
)


class Asked(NamedTuple):
    """Findings of an area and all below it, the last raised first."""

    area: str = ""
    rule: str = ""
    group: str = ""
    stage: FindingStage | None = None


class Page(NamedTuple):
    rows: tuple[FindingRow, ...]
    units: Mapping[UUID, str]
    total: int
    after: str | None


class Named(NamedTuple):
    """A fact that a finding names. Of a visit also how long it took, by what it is proved, what came of it, how many
    were measured, and the door; never who lives there."""

    id: UUID
    kind: str
    area: str
    at: datetime
    received_at: datetime
    door: str
    minutes: float | None
    proof: str | None
    outcome: str | None
    measured: int | None


class Opened(NamedTuple):
    """A finding with the facts that it names; of these at most ``SHOWN``."""

    row: FindingRow
    unit: str
    facts: tuple[Named, ...]
    mine: bool
    steps: tuple[FindingStep, ...]


class Counted(NamedTuple):
    """How many findings a rule has, and how many of these nobody has closed; ``mistaken`` were closed as such."""

    rule: str
    findings: int
    open: int
    mistaken: int


class Part(NamedTuple):
    """A division right below the area: its findings by group, and those that nobody has closed."""

    area: str
    groups: Mapping[str, int]
    open: int


class Board(NamedTuple):
    counted: tuple[Counted, ...]
    parts: tuple[Part, ...]
    last_at: datetime | None


def page(viewer: Viewer, asked: Asked, *, after: str = "", limit: int = 50) -> Page:
    """A page of the viewer's findings. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = _asked(viewer, asked)
        total = rows.count()
        found = list(_beyond(rows, after).order_by("-last_at", "subject")[: limit + 1])
        units = names({row.unit for row in found if row.unit})
    shown = tuple(found[:limit])
    mark = f"{shown[-1].last_at.isoformat()}/{shown[-1].subject}" if len(found) > limit else None
    return Page(shown, units, total, mark)


def one(viewer: Viewer, id: UUID) -> Opened:
    """A finding and the facts that it names. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        facts = _named(row.evidence[:SHOWN])
        unit = names({row.unit} if row.unit else ()).get(row.unit, "") if row.unit else ""
    mine = bool(set(row.concerned) & own_work(viewer).authors)
    return Opened(row, unit, facts, mine, tuple(steps_of(row)))


def located(viewer: Viewer, action: str, id: UUID) -> FindingRow:
    """A finding that the viewer's action may touch, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, FindingRow.objects.all(), own=own(viewer)).filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def board(viewer: Viewer, area: str) -> Board:
    """How many findings of each rule an area has, and each division right below it. Raises Forbidden, Refused."""
    if area:
        require_over(viewer, READ, area)
    with seeing(viewer, READ):
        rows = _asked(viewer, Asked(area)).order_by("-last_at")
        told = list(rows.values_list("rule", "area", "stage", "outcome", "last_at")[:MOST])
    of_rule: dict[str, Counter[str]] = defaultdict(Counter)
    for rule, _, stage, outcome, _ in told:
        of_rule[rule].update({"findings": 1, "open": stage != FindingStage.CLOSED, "mistaken": outcome == "mistaken"})
    counted = tuple(
        Counted(rule, of_rule[rule]["findings"], of_rule[rule]["open"], of_rule[rule]["mistaken"])
        for rule in policy().rules
    )
    parts = _parts(area or viewer.area, [(rule, of, stage) for rule, of, stage, *_ in told])
    return Board(counted, parts, told[0][4] if told else None)


def names(units: Collection[UUID]) -> dict[UUID, str]:
    """What grids and posts are called."""
    with seeing_all():
        grids = GridRow.objects.filter(subject__in=list(units)).values_list("subject", "name")
        posts = PostRow.objects.filter(subject__in=list(units)).values_list("subject", "name")
        return {**dict(grids), **dict(posts)}


def _parts(area: str, told: list[tuple[str, str, str]]) -> tuple[Part, ...]:
    gazetteer = current_gazetteer()
    below = {child.code for child in gazetteer.children(area)} if area else set[str]()
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    open_: Counter[str] = Counter()
    for rule, of, stage in told:
        part = next((code for code in (of, *gazetteer.ancestors(of)) if code in below), None)
        # What lies below the map (a community) is known by the beginning of its code.
        part = part or next((code for code in below if within(of, code)), of)
        its = policy().rules.get(rule)
        groups[part][its.group if its else ""] += 1
        open_[part] += stage != FindingStage.CLOSED
    return tuple(Part(code, groups[code], open_[code]) for code in sorted(groups))


def _asked(viewer: Viewer, asked: Asked) -> QuerySet[FindingRow]:
    rows = visible(viewer, READ, FindingRow.objects.all(), own=own(viewer))
    if asked.area:
        first, before = range_of(asked.area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=before)
    rows = rows.filter(rule=asked.rule) if asked.rule else rows
    if asked.group:
        rows = rows.filter(rule__in=[name for name, its in policy().rules.items() if its.group == asked.group])
    return rows.filter(stage=asked.stage) if asked.stage else rows


def own(viewer: Viewer) -> Q:
    """Findings about what one has recorded oneself."""
    return Q(concerned__overlap=list(own_work(viewer).authors))


def _beyond(rows: QuerySet[FindingRow], after: str) -> QuerySet[FindingRow]:
    if not after:
        return rows
    try:
        at, _, subject = after.partition("/")
        last_at, last = datetime.fromisoformat(at), UUID(subject)
    except ValueError:
        raise Refused([NO_PLACE]) from None
    if last_at.tzinfo is None:
        raise Refused([NO_PLACE])
    return rows.filter(Q(last_at__lt=last_at) | Q(last_at=last_at, subject__gt=last))


def _named(ids: Collection[UUID]) -> tuple[Named, ...]:
    """The facts by when they happened. They are a finding's that the viewer may see, and tell nothing of health."""
    with seeing_all(), log.binary_cursor() as cursor:
        told = cursor.execute(_FACTS, [array(ids)]).fetchall()
        visits = {row.fact: row for row in VisitRow.objects.filter(fact__in=list(ids))}
        homes = {row.subject: row for row in HouseholdRow.objects.filter(subject__in=[one[2] for one in told])}
    return tuple(_fact(*one, visits.get(one[0]), homes.get(one[2])) for one in told)


def _fact(
    id: UUID, kind: str, subject: UUID, area: str, at: datetime, received: datetime, visit: VisitRow | None,
    home: HouseholdRow | None,
) -> Named:  # fmt: skip
    door = "-".join(part for part in (home.building, home.unit, home.door) if part) if home else ""
    if visit is None:
        return Named(id, kind, area, at, received, door, None, None, None, None)
    measured = sum(one[2] is not None for one in visit.members)
    return Named(id, kind, area, at, received, door, visit.minutes, visit.evidence, visit.outcome, measured)
