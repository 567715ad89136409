"""Posts: which are the viewer's, who is on duty, what was not covered, what was not treated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, can, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.checkpoints.state import CST, Fault
from lianfang.capabilities.gates.facts import Counted, Measure, PostKind, PostOpened, ShiftPlanned, Treated
from lianfang.capabilities.gates.models import CountRow, DepartmentRow, PostRow, ShiftRow, TreatmentRow
from lianfang.capabilities.gates.rules import due, staffing
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import Policy
from lianfang.capabilities.gates.state.owners import county_of, near, responsible
from lianfang.capabilities.tasks.queries import range_of
from lianfang.facts import log

READ: Final = "gates.read"
RUN: Final = "gates.run"
MANAGE: Final = "gates.manage"
SCREEN: Final = "gates.screen"
DAY: Final = timedelta(days=1)
MOST: Final = 2_000
"""Posts of one list."""
SHOWN: Final = 200
"""Counts and treatments of a card."""


class Listed(NamedTuple):
    """A post in a list: who is on duty now, which minutes of the day nobody covers, what is overdue."""

    row: PostRow
    on_duty: int
    unstaffed: bool
    """Open now, and nobody on duty."""
    gaps: list[staffing.Span]
    overdue: timedelta | None
    """By how much the treatment that is most overdue is; None where none is."""


class Card(NamedTuple):
    """One post with its day."""

    listed: Listed
    shifts: list[ShiftRow]
    too_long: list[staffing.Duty]
    counts: list[CountRow]
    overlapping: frozenset[UUID]
    """The counts of which another is of the same time: two phones of a post have counted one shift."""
    treatments: list[TreatmentRow]
    due: list[due.Due]
    faults: list[Fault]
    """Shifts, counts and treatments of divisions that are not responsible for it."""


def midnight(day: date) -> datetime:
    """When a civil day begins."""
    return datetime.combine(day, time(), CST)


def mine(viewer: Viewer, action: str) -> QuerySet[PostRow]:
    """The posts that an action of the viewer's reaches: for whom the own ones alone, those of the own department, of
    the device's post, or where one is on a shift, was some hours ago or will be in some hours. Who belongs to a
    department and sees the own ones alone reaches no other's by any action. Within ``seeing``."""
    rows = PostRow.objects.all()
    if scope(viewer, action) is Scope.OWN:
        return visible(viewer, action, rows, own=_own(viewer))
    rows = visible(viewer, action, rows)
    its = department(viewer)
    return rows.filter(department=its) if its else rows


def tasked(viewer: Viewer) -> QuerySet[PostRow] | None:
    """The posts of whose tasks the viewer is told: the own department's, and none where a role that works at no post
    has no department. None for all those of the viewer's divisions. Within ``seeing``."""
    if scope(viewer, READ) is not Scope.OWN or (can(viewer, SCREEN) and not department(viewer)):
        return None
    return mine(viewer, READ)


def department(viewer: Viewer) -> str:
    """The department of who sees the own posts alone: as the division said that holds the viewer's or lies in it, the
    nearest one. A seat that another division gave counts for nothing. Empty for everybody else."""
    if scope(viewer, READ) is not Scope.OWN:
        return ""
    with seeing_all():
        seats = DepartmentRow.objects.filter(account=viewer.author).values_list("area", "department")
        held = [(area, its) for area, its in seats if near(area, viewer.area)]
    return max(held, key=lambda one: (len(one[0]), one), default=("", ""))[1]


def seats(viewer: Viewer, area: str = "") -> list[DepartmentRow]:
    """Which department the accounts of the viewer's divisions belong to, as the divisions said. Raises Forbidden,
    Refused."""
    with seeing(viewer, MANAGE):
        rows = visible(viewer, MANAGE, DepartmentRow.objects.all())
        if area:
            first, last = range_of(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        return list(rows.order_by("department", "area", "account")[:MOST])


def _own(viewer: Viewer) -> Q:
    if its := department(viewer):
        return Q(department=its)
    if viewer.post:
        try:
            return Q(subject=UUID(viewer.post)) | Q(number=viewer.post)
        except ValueError:
            return Q(number=viewer.post)
    now = clock.now()
    margin = timedelta(hours=policy_at(now).hand_over_h)
    shifts = ShiftRow.objects.filter(staff__contains=[viewer.author], begins__lte=now + margin, ends__gte=now - margin)
    return Q(subject__in=shifts.values("subject"))


def located(viewer: Viewer, action: str, id: UUID) -> PostRow:
    """The row of a post that an action reaches; within ``seeing``. Raises NotThere."""
    row = mine(viewer, action).filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def listed(
    viewer: Viewer, *, area: str = "", kind_of: str = "", department: str = "", place_type: str = "", day: date,
    now: datetime, closed: bool = False,
) -> list[Listed]:  # fmt: skip
    """The posts that the viewer sees, narrowed, with their day. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = mine(viewer, READ)
        wanted = {"kind_of": kind_of, "department": department, "place_type": place_type}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if not closed:
            rows = rows.filter(closed__isnull=True)
        if area:
            first, last = range_of(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        found = list(rows.order_by("area", "number", "name", "subject")[:MOST])
        return _described(viewer, found, day, now)


def _described(viewer: Viewer, rows: Sequence[PostRow], day: date, now: datetime) -> list[Listed]:
    """Posts with their day. Within ``seeing``."""
    ids = [row.subject for row in rows]
    shifts = shifts_of(viewer, ids, midnight(day) - DAY, midnight(day) + DAY, now)
    treated = _latest(ids, now)
    its = policy_at(now)
    return [_listed(row, shifts[row.subject], treated[row.subject], day, now, its) for row in rows]


def _listed(
    row: PostRow, shifts: Sequence[staffing.Shift], treated: due.Treated, day: date, now: datetime, its: Policy
) -> Listed:  # fmt: skip
    on_duty, gaps = staffing.on_duty(shifts, now), uncovered(row, shifts, day)
    if row.kind_of == PostKind.CLINIC:
        return Listed(row, on_duty, False, gaps, None)
    wanted = row.closed is None and staffing.wanted_at(row.opens_min, row.closes_min, now)
    waits = [now - one.due for one in due.treatments(row.opened, treated, now, its) if not one.done and one.due < now]
    overdue = max(waits, default=None) if row.closed is None else None
    return Listed(row, on_duty, wanted and not on_duty, gaps, overdue)


def uncovered(row: PostRow, shifts: Iterable[staffing.Shift], day: date) -> list[staffing.Span]:
    """The parts of a civil day in which a post is open and nobody is on duty; a clinic's hospital sees to its own."""
    if row.kind_of == PostKind.CLINIC:
        return []
    since, until = row.opened, row.closed
    spans = [
        staffing.Span(max(one.begins, since.astimezone(CST)), min(one.ends, until) if until else one.ends)
        for one in staffing.hours(row.opens_min, row.closes_min, day)
    ]
    return staffing.gaps([one for one in spans if one.begins < one.ends], shifts)


def shifts_of(
    viewer: Viewer, ids: Collection[UUID], since: datetime, until: datetime, now: datetime
) -> Mapping[UUID, list[staffing.Shift]]:
    """The shifts of posts that touch a time, and the one that ``now`` is in. Within ``seeing``."""
    found: dict[UUID, list[staffing.Shift]] = defaultdict(list)
    touching = Q(begins__lt=until, ends__gt=since) | Q(begins__lte=now, ends__gt=now)
    for row in ShiftRow.objects.filter(touching, subject__in=list(ids)).order_by("begins", "fact"):
        found[row.subject].append(_shift(row))
    return found


def staffed(viewer: Viewer, moments: Collection[datetime]) -> dict[datetime, tuple[int, int]]:
    """At how many of the viewer's posts somebody is to be on duty at each moment, and at how many a shift is on."""
    if not moments or not can(viewer, READ):
        return {}
    with seeing(viewer, READ):
        rows = list(mine(viewer, READ).filter(closed__isnull=True).exclude(kind_of=PostKind.CLINIC))
        shifts = shifts_of(viewer, [row.subject for row in rows], min(moments), max(moments), max(moments))
    found = {}
    for at in moments:
        wanted = [
            row.subject
            for row in rows
            if row.opened <= at and staffing.wanted_at(row.opens_min, row.closes_min, at.astimezone(CST))
        ]
        found[at] = len(wanted), sum(staffing.on_duty(shifts[id], at.astimezone(CST)) > 0 for id in wanted)
    return found


def _shift(row: ShiftRow) -> staffing.Shift:
    """A shift in civil time, as the hours of posts are told."""
    return staffing.Shift(row.begins.astimezone(CST), row.ends.astimezone(CST), tuple(row.staff))


def _latest(ids: Collection[UUID], now: datetime) -> Mapping[UUID, dict[tuple[Measure, str], list[datetime]]]:
    """When each place and conveyance was last treated, by measure. Within ``seeing``."""
    rows = TreatmentRow.objects.filter(subject__in=list(ids), at__lte=now)
    rows = rows.order_by("subject", "measure", "conveyance", "-at").distinct("subject", "measure", "conveyance")
    found: dict[UUID, dict[tuple[Measure, str], list[datetime]]] = defaultdict(dict)
    for subject, measure, conveyance, at in rows.values_list("subject", "measure", "conveyance", "at"):
        found[subject][Measure(measure), conveyance or ""] = [at]
    return found


def card(viewer: Viewer, id: UUID, *, day: date, now: datetime) -> Card:
    """One post with a day of it: shifts, gaps, duty that is too long (wherever), counts, treatments and what is due.
    Raises NotThere, Forbidden."""
    its = policy_at(now)
    begins, ends = midnight(day), midnight(day) + DAY
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        (told,) = _described(viewer, [row], day, now)
        shifts = ShiftRow.objects.filter(subject=id, begins__lt=ends, ends__gt=begins).order_by("begins", "fact")
        treated = TreatmentRow.objects.filter(subject=id, at__lt=ends).order_by("-at", "fact")[:SHOWN]
        found, kept, made = list(shifts), _counts(id, begins, ends), list(treated)
        staff = {who for one in found for who in one.staff}
        long = [one for one in duties(viewer, begins, ends, its) if one.who in staff]
        last = due.treatments(row.opened, _latest([id], now)[id], now, its)
        foreign = _foreign(id)
    kept_clean = row.closed is None and row.kind_of != PostKind.CLINIC
    open_ones = [one for one in last if one.done is None and kept_clean]
    return Card(told, found, long, kept, _overlapping(kept), made, open_ones, foreign)


def counted_before(viewer: Viewer, post: UUID, begins: datetime, ends: datetime) -> list[CountRow]:
    """The counts of a post that are of the same time, by when they begin. Within ``seeing``. Raises NotThere."""
    wanted, row = staffing.Span(begins, ends), located(viewer, RUN, post)
    return [one for one in _counts(row.subject, begins, ends) if staffing.told_twice(wanted, _span(one))]


def _counts(post: UUID, begins: datetime, ends: datetime) -> list[CountRow]:
    rows = CountRow.objects.filter(subject=post, begins__lt=ends, ends__gt=begins)
    return list(rows.order_by("begins", "fact"))


def _span(one: CountRow) -> staffing.Span:
    return staffing.Span(one.begins, one.ends)


def _overlapping(counts: Sequence[CountRow]) -> frozenset[UUID]:
    pairs = [(a, b) for a, b in combinations(counts, 2) if staffing.told_twice(_span(a), _span(b))]
    return frozenset(one.fact for pair in pairs for one in pair)


def _foreign(id: UUID) -> list[Fault]:
    each = frozenset(one.kind for one in (ShiftPlanned, Counted, Treated))
    facts = [entry.fact for entry in log.read(kinds={PostOpened.kind, *each}, subjects=[id])]
    return responsible([fact for fact in facts if fact.kind in each], county_of(facts))[1]


def duties(viewer: Viewer, since: datetime, until: datetime, its: Policy) -> list[staffing.Duty]:
    """Who is on duty for too long without a rest in a time, at whatever posts of the viewer's divisions. Within
    ``seeing``."""
    margin = timedelta(hours=2 * its.longest_duty_h)
    rows = in_range(viewer, ShiftRow.objects.filter(begins__lt=until + margin, ends__gt=since - margin))
    shifts = [_shift(row) for row in rows]
    longest, pause = timedelta(hours=its.longest_duty_h), timedelta(minutes=its.pause_min)
    found = staffing.too_long(shifts, longest, pause)
    return [one for one in found if one.begins < until and one.ends > since]
