"""Volunteers and what they have on, as a plan needs them; and shifts with who is on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, F

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation.facts.people import AvailabilityStated
from lianfang.capabilities.mobilisation.models import (
    DutyRow,
    MemberRow,
    ShiftRow,
    TeamCountRow,
    TeamRow,
    VolunteerRow,
)
from lianfang.capabilities.mobilisation.rules.hours import Span, free, zone_of
from lianfang.capabilities.mobilisation.rules.policy import in_force
from lianfang.capabilities.mobilisation.rules.rota import Hand, Post
from lianfang.capabilities.mobilisation.rules.strain import Strain, strain
from lianfang.capabilities.tasks.queries import named, range_of
from lianfang.identity.queries import Person

READ: Final = "teams.read"
PAGE: Final = 100
MOST: Final = 500
MOST_VOLUNTEERS: Final = 5_000
MOST_SHIFTS: Final = 2_000
LOOK_BACK: Final = timedelta(days=60)
"""How far back duty days in a row are looked for."""


class Listed(NamedTuple):
    """A volunteer with the strain of the last days and who it is, as far as that was asked for and may be seen."""

    row: VolunteerRow
    strain: Strain
    person: Person | None


class Volunteers(NamedTuple):
    rows: tuple[Listed, ...]
    total: int


def volunteers(
    viewer: Viewer, area: str, now: datetime, *, purpose: str = "", skip: int = 0, limit: int = PAGE
) -> Volunteers:
    """The volunteers of an area who have not withdrawn, the most strained first; names of those who are listed where a
    purpose is told, and the look is on record. Raises Forbidden, Refused."""
    rows = _volunteers(viewer, READ, area)
    found = strains(viewer, [row.subject for row in rows], now)

    def turn(row: VolunteerRow) -> tuple[bool, int, float, datetime, UUID]:
        its = found[row.subject]
        return not its.warned, -its.days, -its.hours, row.since, row.subject

    shown = sorted(rows, key=turn)[skip : skip + limit]
    ids = [row.subject for row in shown]
    people = named(viewer, ids, purpose, now=now) if purpose and ids else {}
    listed = (Listed(row, found[row.subject], people.get(row.subject)) for row in shown)
    return Volunteers(tuple(listed), len(rows))


def _volunteers(viewer: Viewer, action: str, area: str) -> list[VolunteerRow]:
    first, last = range_of(area)
    with seeing(viewer, action):
        rows = VolunteerRow.objects.filter(area__bytes_from=first, area__bytes_before=last, withdrawn__isnull=True)
        return list(visible(viewer, action, rows).order_by("since", "subject")[:MOST_VOLUNTEERS])


def strains(viewer: Viewer, people: Collection[UUID], now: datetime) -> dict[UUID, Strain]:
    """How strained some people are whom the viewer was shown: by all their duties, wherever they are."""
    its, today = in_force(now.astimezone(CIVIL_TIME).date()), now.astimezone(CIVIL_TIME).date()
    duties: dict[UUID, list[tuple[date, Span]]] = {one: [] for one in people}
    with seeing_all():
        rows = DutyRow.objects.filter(person__in=list(people), starts__gt=now - LOOK_BACK, starts__lte=now)
        for person, starts, ends, zone in rows.values_list("person", "starts", "ends", "zone"):
            day = starts.astimezone(zone_of(zone) or CIVIL_TIME).date()
            duties[person].append((day, Span(starts, ends)))
    return {person: strain(theirs, today, now, its) for person, theirs in duties.items()}


def volunteer(viewer: Viewer, action: str, id: UUID) -> VolunteerRow:
    """A volunteer whom an action reaches, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, VolunteerRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def hands(
    viewer: Viewer, action: str, area: str, first: datetime, last: datetime, *, but: Collection[UUID] = ()
) -> list[Hand]:
    """The volunteers of an area as a plan for a time needs them: what they can, when they are free, what they have on;
    duties of the shifts ``but`` are left out."""
    return _hands(_volunteers(viewer, action, area), first, last, but)


def of_accounts(viewer: Viewer, accounts: Collection[str], first: datetime, last: datetime) -> dict[str, Hand]:
    """By the account, the volunteer whose it is, of those who may be given something: wherever somebody signed up."""
    with seeing_all():
        rows = list(VolunteerRow.objects.filter(account__in=list(accounts), withdrawn__isnull=True).order_by("since"))
    found = _hands(rows, first, last)
    return {row.account: hand for row, hand in zip(rows, found, strict=True)}


def _hands(
    rows: Sequence[VolunteerRow], first: datetime, last: datetime, but: Collection[UUID] = ()
) -> list[Hand]:  # fmt: skip
    ids = [row.subject for row in rows]
    busy: dict[UUID, list[Span]] = defaultdict(list)
    with seeing_all():
        held = DutyRow.objects.filter(person__in=ids, ends__gt=first - timedelta(days=7), starts__lt=last + _DAY)
        for person, starts, ends in held.exclude(subject__in=list(but)).values_list("person", "starts", "ends"):
            busy[person].append(Span(starts, ends))
    days = first.astimezone(CIVIL_TIME).date() - _DAY, last.astimezone(CIVIL_TIME).date() + _DAY
    return [
        Hand(
            row.subject, frozenset(row.skills), row.area, tuple(free(_availability(row), *days, CIVIL_TIME)),
            tuple(sorted(busy[row.subject])), _hours(busy[row.subject], first, last),
        )
        for row in rows
    ]  # fmt: skip


_DAY: Final = timedelta(days=1)


def _hours(busy: Sequence[Span], first: datetime, last: datetime) -> float:
    """Of seven days that end with the plan's."""
    since = min(first, last - timedelta(days=7))
    return round(sum(Span(max(one.starts, since), one.ends).hours for one in busy if one.ends > since), 1)


def _availability(row: VolunteerRow) -> AvailabilityStated | None:
    return None if row.availability is None else AvailabilityStated.model_validate(row.availability)


class Known(NamedTuple):
    """What keeps a volunteer from a duty, or does not. ``busy`` grows while a plan is looked at."""

    withdrawn: bool
    skills: frozenset[str]
    busy: list[Span]


def known(
    viewer: Viewer,
    action: str,
    people: Collection[UUID],
    first: datetime,
    last: datetime,
    *,
    but: Collection[UUID] = (),
) -> dict[UUID, Known]:
    """Those of some people who are volunteers of the viewer's, within ``seeing``, with all their duties about a time,
    wherever they are; duties of the shifts ``but`` are left out."""
    rows = visible(viewer, action, VolunteerRow.objects.filter(subject__in=list(people)))
    found = {row.subject: Known(row.withdrawn is not None, frozenset(row.skills), []) for row in rows}
    with seeing_all():
        held = DutyRow.objects.filter(person__in=list(found), ends__gt=first - _DAY, starts__lt=last + _DAY)
        for person, starts, ends in held.exclude(subject__in=list(but)).values_list("person", "starts", "ends"):
            found[person].busy.append(Span(starts, ends))
    return found


class Shift(NamedTuple):
    """A shift with who is on it."""

    row: ShiftRow
    duties: tuple[DutyRow, ...]


def shifts(viewer: Viewer, area: str, first: datetime, last: datetime) -> list[Shift]:
    """The shifts of an area that begin within a time, the first to begin first. Raises Forbidden, Refused."""
    lowest, highest = range_of(area)
    with seeing(viewer, READ):
        rows = ShiftRow.objects.filter(
            area__bytes_from=lowest, area__bytes_before=highest, starts__gte=first, starts__lt=last,
            cancelled__isnull=True,
        )  # fmt: skip
        found = list(visible(viewer, READ, rows).order_by("starts", "area", "subject")[:MOST_SHIFTS])
        on: dict[UUID, list[DutyRow]] = defaultdict(list)
        for duty in DutyRow.objects.filter(subject__in=[row.subject for row in found]).order_by("at", "person"):
            on[duty.subject].append(duty)
    return [Shift(row, tuple(on[row.subject])) for row in found]


def shift(viewer: Viewer, action: str, id: UUID) -> ShiftRow:
    """A shift that an action reaches, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, ShiftRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def posts(found: Sequence[Shift], now: datetime) -> list[Post]:
    """The places of shifts to come that nobody has."""
    return [
        Post(row.subject, row.area, Span(row.starts, row.ends), row.places - row.taken, row.skill)
        for row, _ in found
        if row.starts > now and row.places > row.taken
    ]


class Team(NamedTuple):
    row: TeamRow
    people: tuple[UUID, ...]


class OfFunction(NamedTuple):
    """How many teams of a function are on record one by one."""

    function: str
    teams: int


class Teams(NamedTuple):
    """Some teams one by one of ``total``, how many of each function, and what authorities told of their number."""

    teams: tuple[Team, ...]
    total: int
    by_function: tuple[OfFunction, ...]
    told: tuple[TeamCountRow, ...]


def teams(viewer: Viewer, area: str, *, skip: int = 0, limit: int = PAGE) -> Teams:
    """The teams of an area, those that are no more last. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = TeamRow.objects.filter(area__bytes_from=first, area__bytes_before=last)
        seen = visible(viewer, READ, rows)
        counts = seen.filter(dissolved__isnull=True).values_list("function").annotate(n=Count("subject"))
        by_function = tuple(OfFunction(*one) for one in counts.order_by("function"))
        ordered = seen.order_by(F("dissolved").desc(nulls_first=True), "area", "formed", "subject")
        total, found = seen.count(), list(ordered[skip : skip + limit])
        on: dict[UUID, list[UUID]] = defaultdict(list)
        members = MemberRow.objects.filter(subject__in=[row.subject for row in found]).order_by("since", "person")
        for team, person in members.values_list("subject", "person"):
            on[team].append(person)
        counted = TeamCountRow.objects.filter(area__bytes_from=first, area__bytes_before=last)
        told = tuple(visible(viewer, READ, counted).order_by("area", "function")[:MOST])
    return Teams(tuple(Team(row, tuple(on[row.subject])) for row in found), total, by_function, told)


def team(viewer: Viewer, action: str, id: UUID) -> TeamRow:
    """A team that an action reaches, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, TeamRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row
