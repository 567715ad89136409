"""Journeys of relief teams: who is away, how they are, who is back and under observation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Min, Q

from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation.facts.relief import ReliefSent
from lianfang.capabilities.mobilisation.models import MemberRow, ReliefRow, TeamRow
from lianfang.capabilities.mobilisation.queries.hands import READ
from lianfang.capabilities.mobilisation.rules import relief as rules
from lianfang.capabilities.mobilisation.rules.policy import in_force
from lianfang.capabilities.mobilisation.state.relief import Health, Relief
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

PAGE: Final = 50
MOST: Final = 200


class Journey(NamedTuple):
    """``days``: what was told of the members' health, the last day first; ``untold``: days of which nothing was.
    ``members``: how many of the team are known one by one; ``observed``: how many of them were ordered under
    observation for this journey."""

    row: ReliefRow
    team: TeamRow
    days: tuple[Health, ...]
    untold: tuple[date, ...]
    members: int
    observed: int


class Journeys(NamedTuple):
    rows: tuple[Journey, ...]
    total: int
    away: int
    """How many people are away now."""


def journeys(viewer: Viewer, area: str, now: datetime, *, skip: int = 0, limit: int = PAGE) -> Journeys:
    """The journeys of an area's teams, those that are not over first. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = visible(viewer, READ, ReliefRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        away = sum(rows.filter(last__isnull=True).values_list("heads", flat=True))
        found = list(rows.order_by(F("last").desc(nulls_first=True), "-first", "subject")[skip : skip + limit])
        return Journeys(tuple(_journeys(found, now.astimezone(CIVIL_TIME).date())), rows.count(), away)


def _journeys(rows: Collection[ReliefRow], today: date) -> Iterator[Journey]:
    with seeing_all():  # the team of a journey that the viewer sees, and how many, not who, is observed for it
        teams = TeamRow.objects.in_bulk({row.team for row in rows})
        members = Counter(MemberRow.objects.filter(subject__in=list(teams)).values_list("subject", flat=True))
        ordered = OrderRow.objects.filter(of__in=[row.subject for row in rows]).values_list("of", "subject").distinct()
        observed = Counter(of for of, _ in ordered)
    for row in rows:
        its = state_of(row)
        days = tuple(its.days[day] for day in sorted(its.days, reverse=True))
        untold = rules.untold(row.first, row.last, its.days, today)
        yield Journey(row, teams[row.team], days, tuple(untold), members[row.team], observed[row.subject])


def state_of(row: ReliefRow) -> Relief:
    """What the row was folded to, as far as it is needed to say what is to be done."""
    days = {}
    for day, well, unwell, people, told in row.days:
        its = date.fromisoformat(day)
        days[its] = Health(its, well, unwell, tuple(map(UUID, people)), datetime.fromisoformat(told))
    data = ReliefSent(team=row.team, to=row.to, heads=row.heads, first=row.first, last=row.until)
    return Relief(data, row.area, row.author, row.sent, days, row.last, row.back)


def journey(viewer: Viewer, action: str, id: UUID) -> ReliefRow:
    """A journey that an action reaches, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, ReliefRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def away(team: UUID) -> bool:
    """Whether a team, which is locked, is on a journey; within ``seeing``."""
    return ReliefRow.objects.filter(team=team, last__isnull=True).exists()


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That the members' health is told each day, and that they are observed when they are back: see
    ``tasks.rules.Provider``."""
    longest = in_force(until.astimezone(CIVIL_TIME).date()).relief_observed_days
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, ReliefRow.objects.filter(sent__lt=until))
        back = (since - longest * rules.DAY).date()
        rows = rows.filter(Q(last__isnull=True) | Q(last__gte=back))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    with seeing_all():  # since when somebody is observed for it, not who
        ids = [row.subject for row in found]
        observed = dict(OrderRow.objects.filter(of__in=ids).values_list("of").annotate(at=Min("issued")))
    for row in found:
        policy = in_force(row.first)
        yield from rules.obligations(row.subject, state_of(row), since, until, policy, observed.get(row.subject))
