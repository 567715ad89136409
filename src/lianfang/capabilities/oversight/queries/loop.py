"""What is to be done about findings: for the list of tasks, and what is overdue, of rules and of inspections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, can, require_over, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.gates.queries import notices
from lianfang.capabilities.gates.queries.posts import READ as GATES
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.oversight.models import FindingRow, steps_of
from lianfang.capabilities.oversight.queries.findings import READ, names, own
from lianfang.capabilities.oversight.rules.loop import due, last_turn, obligations_of
from lianfang.capabilities.oversight.rules.policy import policy
from lianfang.capabilities.oversight.state.findings import FindingStage
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

MOST: Final = 200
"""Overdue findings that are listed."""


class OverdueItem(NamedTuple):
    """A finding that was to be put right, or ``rectified`` and to be looked at again, by ``due``. ``of``: of a rule, or
    of an inspection; ``unit`` is the grid or post, by name."""

    of: Literal["rule", "inspection"]
    id: UUID
    code: str
    zh: str
    en: str
    area: str
    unit: str
    due: datetime
    rectified: bool


class Loop(NamedTuple):
    """Findings of rules by where they stand, and by outcome those that are closed; what is overdue, of rules and of
    inspections, the longest first: of ``total`` so many as are listed at once."""

    stages: Mapping[str, int]
    outcomes: Mapping[str, int]
    overdue: tuple[OverdueItem, ...]
    total: int


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``. Who sees findings about the own work alone is told of these alone."""
    if not can(viewer, READ):
        return
    authors = own_work(viewer).authors
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, FindingRow.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=since)))
        if scope(viewer, READ) is Scope.OWN:
            rows = rows.filter(own(viewer))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        author = next((one for one in row.concerned if one in authors), "")
        for one in obligations_of(row.subject, row.area, author, last_turn(row.raised_at, steps_of(row))):
            if one.begins < until and (one.done_at is None or one.done_at > since):
                yield one


def loop(viewer: Viewer, area: str, now: datetime) -> Loop:
    """How far findings are put right in an area and below. Raises Forbidden, Refused."""
    if area:
        require_over(viewer, READ, area)
    with seeing(viewer, READ):
        rows = _within(viewer, area)
        told = Counter(rows.values_list("stage", "outcome"))
        ruled, of_rules = _of_rules(rows, now)
        inspected = list(_of_inspections(viewer, area, now))
    stages, outcomes = Counter[str](), Counter[str]()
    for (stage, outcome), n in told.items():
        stages[stage] += n
        outcomes[outcome] += n
    late = sorted([*ruled, *inspected], key=lambda one: (one.due, one.id, one.code))
    return Loop(
        {one: stages[one] for one in FindingStage}, {one: outcomes[one] for one in policy().outcomes},
        tuple(late[:MOST]), of_rules + len(inspected),
    )  # fmt: skip


def _within(viewer: Viewer, area: str) -> QuerySet[FindingRow]:
    rows = visible(viewer, READ, FindingRow.objects.all(), own=own(viewer))
    if not area:
        return rows
    first, before = range_of(area)
    return rows.filter(area__bytes_from=first, area__bytes_before=before)


def _of_rules(rows: QuerySet[FindingRow], now: datetime) -> tuple[list[OverdueItem], int]:
    """Those that are listed, and how many there are: a name is looked up for what is listed alone."""
    told = rows.exclude(stage=FindingStage.CLOSED).values_list("since", "stage", "subject", "rule", "area", "unit")
    timed = (
        (due(since, stage == FindingStage.RECTIFIED), subject, code, stage, *at)
        for since, stage, subject, code, *at in told
    )
    late = sorted(one for one in timed if one[0] < now)
    named = names({unit for *_, unit in late[:MOST] if unit})
    listed = []
    for by, subject, code, stage, area, unit in late[:MOST]:
        its = policy().rules.get(code)
        zh, en = (its.zh, its.en) if its else (code, code)
        rectified = stage == FindingStage.RECTIFIED
        listed.append(OverdueItem("rule", subject, code, zh, en, area, named.get(unit, ""), by, rectified))
    return listed, len(late)


def _of_inspections(viewer: Viewer, area: str, now: datetime) -> Iterator[OverdueItem]:
    if not can(viewer, GATES):
        return
    found = notices.overdue(viewer, now, area=area)
    named = names({one.post for one in found if one.post})
    items = words("findings")
    for one in found:
        its = items.get(one.item)
        zh, en = (its.zh, its.en) if its else (one.item, one.item)
        unit = named.get(one.post, "") if one.post else ""
        yield OverdueItem("inspection", one.inspection, one.item, zh, en, one.area, unit, one.due, one.rectified)
