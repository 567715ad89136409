"""The board of an area: contacts under observation, and the slots of their days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.contacts.models import Check, ContactRow
from lianfang.capabilities.contacts.queries.days import Day, days_of
from lianfang.capabilities.contacts.queries.lists import MOST, READ, contacts_of, in_area
from lianfang.capabilities.contacts.rules.observing import Cell, Seen, Span, cell, counts, is_late, slots_of
from lianfang.capabilities.contacts.state.contact import ZONE
from lianfang.capabilities.contacts.state.keeping import related
from lianfang.capabilities.tasks.queries import tuples


class Line(NamedTuple):
    """A contact and its days."""

    contact: ContactRow
    days: tuple[Day, ...]


class Board(NamedTuple):
    """A page of the contacts that were under observation on a day, those that end first; and of all of them, what each
    slot of that day shows: ``tally`` has the number of contacts by slot and cell, ``late`` by slot how many of these
    were filled when the slot was over."""

    day: date
    lines: tuple[Line, ...]
    after: str | None
    total: int
    tally: dict[str, dict[str, int]]
    late: dict[str, int]


def board(
    viewer: Viewer, area: str, day: date, *, now: datetime, after: str = "", limit: int = 50, action: str = READ
) -> Board:
    """The board of an area for a day; with the ``action`` of recording checks, for those who do. Raises Forbidden,
    Refused."""
    with seeing(viewer, action):
        rows = observed_on(contacts_of(viewer, action).filter(in_area(area)), day)
        total = rows.count()
        tally, late = _tally(rows, day, now)
        page = list(_after(rows, after).order_by("due", "subject")[: min(limit, MOST)])
        checks = _checks_of({row.subject: row.area for row in page}, [row.subject for row in page])
    lines = tuple(Line(row, _days(row, checks.get(row.subject, ()), now)) for row in page)
    going_on = f"{page[-1].due}/{page[-1].subject}" if len(page) == min(limit, MOST) else None
    return Board(day, lines, going_on, total, tally, late)


def observed_on(rows: QuerySet[ContactRow], day: date) -> QuerySet[ContactRow]:
    """The contacts that were under observation on a day."""
    begins = datetime.combine(day, datetime.min.time(), ZONE)
    still = Q(ended_at__isnull=True) | Q(ended_at__gt=begins)
    return rows.filter(still, observed=True, traced_at__lt=begins + timedelta(1), due__gte=day)


def _checks_of(
    areas: Mapping[UUID, str], subjects: Collection[UUID] | QuerySet[Any, Any], day: date | None = None
) -> dict[UUID, list[Seen]]:
    """The checks of contacts, of one day or of all, by contact; within ``seeing``. ``areas`` are the contacts'."""
    found = Check.objects.filter(subject__in=subjects)
    if day is not None:
        found = found.filter(day=day)
    checks: dict[UUID, list[Seen]] = defaultdict(list)
    for subject, told_in, *its in tuples(found, "subject", "told_in", *Seen._fields):
        if told_in == areas[subject] or related(told_in, areas[subject]):
            checks[subject].append(Seen(*its))
    return checks


def span_of(row: ContactRow) -> Span:
    return Span(row.traced_at if row.observed else None, row.due, row.ended_at)


def _days(row: ContactRow, checks: Iterable[Seen], now: datetime) -> tuple[Day, ...]:
    return days_of(row.disease, row.edition, span_of(row), row.first_exposed, row.last_exposed, checks, now)


def _tally(rows: QuerySet[ContactRow], day: date, now: datetime) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """By slot of a day the number of contacts by cell, and of those that were filled late."""
    columns = ("subject", "area", "disease", "edition", "traced_at", "due", "ended_at")
    found = tuples(rows, *columns)
    checks = _checks_of({subject: area for subject, area, *_ in found}, rows.values("subject"), day)
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    late = Counter[str]()
    for subject, _, disease, edition, *span in found:
        best = counts(checks.get(subject, ()))
        for slot in slots_of(disease, edition, day):
            check = best.get((day, slot.half))
            tally[slot.half][cell(slot, Span(*span), check, now)] += 1
            late[slot.half] += is_late(slot, check)
    return {half: {one.value: cells[one] for one in Cell if cells[one]} for half, cells in tally.items()}, dict(late)


def _after(rows: QuerySet[ContactRow], after: str) -> QuerySet[ContactRow]:
    if not after:
        return rows
    due, _, subject = after.partition("/")
    try:
        place = date.fromisoformat(due), UUID(subject)
    except ValueError:
        zh, en = "不是名单中的位置，请用上一页返回的值", "is no place in the list: take it from the answer before"
        raise Refused([Wrong("after", "no_place", zh, en)]) from None
    return rows.filter(Q(due__gt=place[0]) | Q(due=place[0], subject__gt=place[1]))
