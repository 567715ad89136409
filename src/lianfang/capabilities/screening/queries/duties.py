"""What is to be done at doors, for the list of tasks: a grid's share of a round, follow-ups, reports, education."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.checkpoints.models import ArrivalRow
from lianfang.capabilities.screening.facts import Outcome, report_id
from lianfang.capabilities.screening.models import (
    CubeRow,
    EducationRow,
    GridRow,
    HouseholdRow,
    OutcomeRow,
    ReportRow,
    ResidentRow,
    RoundRow,
    SizeRow,
)
from lianfang.capabilities.screening.queries.own import own_grids, within
from lianfang.capabilities.screening.queries.sightings import sightings
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.screening.rules.outcomes import Status
from lianfang.capabilities.screening.state.parts import CST
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.profiles.disease.parts import stem
from lianfang.profiles.disease.parts import within as lies_in

ACTION: Final = "tasks.read"
ROUND, FOLLOW, REFUSAL, DISPOSE, REPORT, EDUCATE, FIND = (
    "screening.round", "screening.follow", "screening.refusal", "screening.dispose", "screening.report",
    "screening.educate", "screening.find",
)  # fmt: skip
GIVEN_UP: Final = timedelta(days=30)
"""So long after a day its open follow-ups are still listed."""


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """As ``tasks.rules.Provider`` has it. What lies in a grid is the list of who has the grid. Raises Forbidden."""
    with seeing(viewer, ACTION):
        found = [
            *_of_grids(viewer, of), *_of_households(viewer, of), *_of_unwell(viewer, since, of),
            *_of_units(viewer, since, until, of), *_of_arrivals(viewer, since, until, of),
        ]  # fmt: skip
    return [one for one in found if one.begins < until and _counts(one, since)]


def _counts(one: Obligation, since: datetime) -> bool:
    if one.done_at is not None:
        return one.done_at > since
    return one.lapses is None or one.lapses > since


def _mine(viewer: Viewer, rows: QuerySet[Any], grid: str = "grid") -> QuerySet[Any]:
    rows = in_range(viewer, rows)
    return rows.filter(**{f"{grid}__in": own_grids(viewer)}) if scope(viewer, ACTION) is Scope.OWN else rows


def _rounds(since: datetime | None = None) -> list[RoundRow]:
    over = Q(closed_at__isnull=True) | (Q(closed_at__gt=since) if since else Q())
    return list(RoundRow.objects.filter(over).order_by("opened_at", "subject"))


def _of_grids(viewer: Viewer, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """A grid's households of an open round, and what its households are to be told."""
    rows = _mine(viewer, GridRow.objects.filter(registered_at__isnull=False), "subject")
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    grids = list(rows.only("subject", "area", "author"))
    if not grids:
        return
    ids = [grid.subject for grid in grids]
    sizes = dict(SizeRow.objects.filter(grid__in=ids).values_list("grid", "households"))
    for round in _rounds():
        ended: dict[UUID, int] = {
            grid: sum(told) for grid, *told in CubeRow.objects.filter(round=round.subject, grid__in=ids).values_list(
                "grid", "done", "not_met", "refused", "vacant"
            )
        }  # fmt: skip
        for grid in grids:
            if lies_in(grid.area, round.area) and sizes.get(grid.subject, 0) > ended.get(grid.subject, 0):
                yield Obligation(
                    ROUND, grid.subject, grid.area, round.opened_at, round.due, slot=str(round.subject),
                    author=grid.author,
                )  # fmt: skip
    for told in EducationRow.objects.all():
        for grid in grids:
            if lies_in(grid.area, told.area):
                yield Obligation(
                    EDUCATE, grid.subject, grid.area, told.at, told.due, slot=str(told.subject),
                    lapses=told.due + GIVEN_UP, author=told.author,
                )  # fmt: skip


def _of_households(viewer: Viewer, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """Who goes on with a household that was not met or only in part, and with a refusal that was passed on."""
    rounds = [row.subject for row in _rounds()]
    closed = _last_closed()
    waiting = Q(status__in=(Status.OPEN, Status.REFUSED), round__in=rounds)
    reopened = Q(status=Status.OPEN, round__in=[row.subject for row in closed])
    rows = _mine(viewer, OutcomeRow.objects.filter(waiting | reopened))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    for row in rows.values_list("subject", "round", "area", "status", "last", "last_at"):
        subject, round, area, status, last, at = row
        its = policy.at(at)
        refused = status == Status.REFUSED or last == Outcome.REFUSED
        hours = its.refusal_h if refused else its.follow_h
        due = at + timedelta(hours=hours)
        yield Obligation(REFUSAL if refused else FOLLOW, subject, area, at, due, slot=str(round))
    for over in closed:
        yield from _left_out(viewer, over, of)


def _last_closed() -> list[RoundRow]:
    """Closed rounds that no other of their division has followed: what they miss is on no other list."""
    newest = {row.area: row for row in RoundRow.objects.order_by("number")}
    return [row for row in newest.values() if row.closed_at is not None]


def _left_out(viewer: Viewer, round: RoundRow, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """Households that were on the register before a round was closed, as was told afterwards, and were never visited in
    it. Looked for only in grids that have more of them than outcomes."""
    assert round.closed_at is not None
    here = within(_mine(viewer, SizeRow.objects.all()), round.area)
    sizes = dict(here.values("grid").annotate(n=Sum("households")).values_list("grid", "n"))
    later = HouseholdRow.objects.filter(grid__in=list(sizes), registered_at__gt=round.closed_at)
    sizes = Counter(sizes) - Counter(dict(later.values("grid").annotate(n=Count("subject")).values_list("grid", "n")))
    visited = CubeRow.objects.filter(round=round.subject, grid__in=list(sizes))
    sizes -= Counter(dict(visited.values("grid").annotate(n=Sum("visited")).values_list("grid", "n")))
    rows = HouseholdRow.objects.filter(grid__in=list(sizes), registered_at__lte=round.closed_at)
    rows = rows.exclude(subject__in=OutcomeRow.objects.filter(round=round.subject).values("subject"))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    due = round.closed_at + timedelta(hours=policy.at(round.closed_at).follow_h)
    for subject, area in rows.values_list("subject", "area"):
        yield Obligation(FOLLOW, subject, area, round.closed_at, due, slot=str(round.subject))


def _of_unwell(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """Something is arranged for everybody who was found unwell."""
    rows = _mine(viewer, ResidentRow.objects.filter(unwell_at__isnull=False))
    rows = rows.filter(Q(disposed_at__isnull=True) | Q(disposed_at__gt=since))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    for row in rows:
        due = row.unwell_at + timedelta(hours=policy.at(row.unwell_at).dispose_h)
        yield Obligation(
            DISPOSE, row.subject, row.area, row.unwell_at, due, slot=str(row.person), person=row.person,
            done_at=row.disposed_at,
        )  # fmt: skip


def _of_units(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:  # fmt: skip
    """Every community with households reports each day."""
    here = _mine(viewer, GridRow.objects.filter(registered_at__isnull=False), "subject")
    sized = set(in_range(viewer, SizeRow.objects.all()).values_list("area", flat=True).distinct())
    began = {
        area: at.astimezone(CST).date()
        for area, at in here.values("area").annotate(at=Min("registered_at")).values_list("area", "at")
        if area in sized
    }
    first = (since - timedelta(hours=policy.at(since).report_lapses_h)).astimezone(CST).date()
    days = [first + timedelta(days=n) for n in range((until.astimezone(CST).date() - first).days + 1)]
    reports = in_range(viewer, ReportRow.objects.filter(day__in=days))
    done = {(area, day): at for area, day, at in reports.values_list("area", "day", "first_at")}
    for area, start in began.items():
        for day in days:
            id = report_id(area, day)
            if day >= start and (of is None or id in of):
                its = policy.in_force(day)
                begins = datetime.combine(day, datetime.min.time(), CST)
                yield Obligation(
                    REPORT, id, area, begins, its.due(day), slot=day.isoformat(), lapses=its.lapses(day),
                    done_at=done.get((area, day)),
                )  # fmt: skip


def _of_arrivals(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:  # fmt: skip
    """Somebody on a manifest who is in no household's record is looked for: the arrival is the subject."""
    rows = in_range(viewer, ArrivalRow.objects.filter(arrived__gt=since - timedelta(days=policy.at(until).watch_days)))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    for id, area, missed, person in _unmet(rows, in_range(viewer, SizeRow.objects.all()), until):
        yield Obligation(FIND, id, area, missed, missed, person=person)


def missed(now: datetime, of: Q) -> list[tuple[UUID, str, datetime]]:
    """The arrivals, ``of`` which rows, whom by now no household has a record of, each with its division and when that
    began to count as missed (QA-02). Within ``seeing_all``."""
    rows = ArrivalRow.objects.filter(of, arrived__gt=now - timedelta(days=policy.at(now).watch_days))
    found = _unmet(rows, SizeRow.objects.filter(of), now)
    return [(id, area, since) for id, area, since, _ in found if since < now]


def _unmet(
    rows: QuerySet[ArrivalRow], sizes: QuerySet[SizeRow], until: datetime
) -> Iterator[tuple[UUID, str, datetime, UUID | None]]:
    """The arrivals before a time of whom no household has a record, where households are visited at all: id, division,
    when it counts as missed, person."""
    its = policy.at(until)
    visited = set(sizes.values_list("area", flat=True).distinct())
    beginnings = {code[:n] for code in visited for n in range(1, len(code) + 1)}
    coming = list(rows.filter(arrived__lt=until).values_list("subject", "area", "arrived", "person"))
    seen = sightings(ResidentRow.objects.all(), {person for *_, person in coming})
    for id, area, arrived, person in coming:
        if any(at >= arrived for at in seen.get(person, ())):
            continue
        if stem(area) not in beginnings and not any(area[:n] in visited for n in range(1, len(area))):
            continue  # nobody visits households there
        # until then the hand-over is what is asked for
        yield id, area, arrived + timedelta(hours=its.first_contact_h), person
