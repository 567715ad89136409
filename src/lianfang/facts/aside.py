"""What was set aside, for a person to see to: listed, shown, corrected and appended, or discarded with a reason.

Showing the original bytes is a look, recorded before they are shown: they may name people. When their time is over the
bytes are erased; that something was set aside, and why, stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.facts import aside_rows, clock, log
from lianfang.facts.aside_rows import Row
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import AsideResolved, AsidesErased, AsideShown, End, Why
from lianfang.facts.log import Outcome, Status
from lianfang.facts.personal import TITLES, Personal
from lianfang.facts.sent import May, Principal
from lianfang.sealing.current import keystore

MOST_LISTED = 100
ERASED_AT_ONCE = 500
BY_THE_CLOCK: Final = Principal("retention", "retention")
RESOLVED = frozenset({AsideResolved.kind})
_ASIDES: Final = UUID("5f1f4f0a-0a3f-5d5e-8f11-3d2c5f9a7b60")  # names the subject of what is told of all
_CLASSES = re.compile(r"(?P<path>[\w.\[\]*]+): holds [^\[\]]* \[(?P<classes>[a-z ]+)\]")


class AsideState(StrEnum):
    OPEN = "open"
    APPENDED = "appended"
    DISCARDED = "discarded"


class Range(NamedTuple):
    """Whose it is to see: what was sent of areas between two codes, by somebody at work there; and what one has sent
    oneself. A sender may name any area: what is shown there was sent from there too."""

    author: str
    area_from: str
    area_to: str


class Found(NamedTuple):
    """One that was set aside. ``personal`` are the fields and classes of personal data for which it was, if it was."""

    row: Row
    state: AsideState
    readable: bool
    personal: tuple[tuple[str, Personal], ...]


class Shown(NamedTuple):
    found: Found
    original: bytes | None
    """None where its time was over."""


class Unknown(LookupError):
    """No such thing was set aside, or not within the range."""


class Resolved(ValueError):
    """Somebody has dealt with it already."""


class NotFit(ValueError):
    """The corrected fact cannot be appended either; the message says why. Nothing was changed."""


def listed(seen_by: Range, *, before: int | None = None, every: bool = False, limit: int = MOST_LISTED) -> list[Found]:
    """What was set aside, latest first: what nobody has dealt with, or ``every`` one. ``before`` is the last number of
    the page before."""
    where, values = _within(seen_by)
    if before is not None:
        where, values = f"{where} AND number < %s", [*values, before]
    if not every:
        where += " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.subject = fact_set_aside.id AND f.kind = %s)"
        values = [*values, AsideResolved.kind]
    return _found(aside_rows.select(where, values, min(limit, MOST_LISTED)))


def show(number: int, seen_by: Range, *, principal: Principal, purpose: str, role: str) -> Shown:
    """One with its original bytes. The look is in the record before they are read. Raises Unknown, Unreadable."""
    found = _one(number, seen_by)
    _record(found.row, AsideShown(number=number, purpose=purpose, role=role), principal, log.new_id())
    return Shown(found, aside_rows.original(found.row) if found.readable else None)


def correct(number: int, seen_by: Range, fact: bytes, *, principal: Principal, may: May | None = None) -> Outcome:
    """Appends a fact in the place of what was set aside. Raises Unknown, Resolved, NotFit."""
    with transaction.atomic():
        found = _unresolved(number, seen_by)
        (outcome,) = log.append([fact], principal=principal, may=may)
        if outcome.status is Status.SET_ASIDE or outcome.id is None:
            raise NotFit(outcome.reason)
        data = AsideResolved(number=number, end=End.APPENDED)
        _record(found.row, data, principal, uuid5(found.row.id, AsideResolved.kind), cause=(outcome.id,))
    return outcome


def discard(number: int, seen_by: Range, why: Why, *, principal: Principal) -> None:
    """Notes that it is not to be appended, and why. Raises Unknown, Resolved."""
    with transaction.atomic():
        found = _unresolved(number, seen_by)
        data = AsideResolved(number=number, end=End.DISCARDED, why=why)
        _record(found.row, data, principal, uuid5(found.row.id, AsideResolved.kind))


def erase_due(now: datetime, days: int) -> int:
    """Erases the keys of what was set aside more than ``days`` days ago; how many. Run again, it erases none."""
    latest, erased = now - timedelta(days=days), 0
    before: int | None = None
    while True:
        where, values = "received_at < %s", [latest]
        rows = aside_rows.select(
            where + (" AND number < %s" if before else ""), [*values, before] if before else values, ERASED_AT_ONCE
        )
        if not rows:
            return erased
        before = rows[-1].number
        due = [found for found in _found(rows) if found.readable]
        if due:
            keystore().erase([found.row.id for found in due], now)
            unresolved = sum(found.state is AsideState.OPEN for found in due)
            data = AsidesErased(asides=len(due), unresolved=unresolved)
            fact = Fact.of(data, id=log.new_id(), subject=_ASIDES, area="0", observed_at=now)
            log.append([fact], principal=BY_THE_CLOCK)
            erased += len(due)


def _within(seen_by: Range) -> tuple[str, list[object]]:
    return (
        '(area COLLATE "C" >= %s AND area COLLATE "C" < %s AND sent_from COLLATE "C" >= %s '
        'AND sent_from COLLATE "C" < %s OR author = %s)',
        [seen_by.area_from, seen_by.area_to, seen_by.area_from, seen_by.area_to, seen_by.author],
    )


def _one(number: int, seen_by: Range) -> Found:
    where, values = _within(seen_by)
    rows = aside_rows.select(f"{where} AND number = %s", [*values, number], 1)
    if not rows:
        raise Unknown(number)
    return _found(rows)[0]


def _unresolved(number: int, seen_by: Range) -> Found:
    log.head_locked()  # two who deal with one at once: the second sees what the first did
    found = _one(number, seen_by)
    if found.state is not AsideState.OPEN:
        raise Resolved(f"it was {found.state} already")
    return found


def _found(rows: Sequence[Row]) -> list[Found]:
    if not rows:
        return []
    ends = _ends([row.id for row in rows])
    readable = aside_rows.readable(rows)
    return [
        Found(row, AsideState(ends.get(row.id, AsideState.OPEN)), row.id in readable, tuple(personal(row.reason)))
        for row in rows
    ]


def _ends(ids: Collection[UUID]) -> dict[UUID, str]:
    """How those that were dealt with were."""
    entries = log.read(kinds=RESOLVED, subjects=ids)
    return {e.fact.subject: e.fact.data.end for e in entries if isinstance(e.fact.data, AsideResolved)}


def personal(reason: str) -> list[tuple[str, Personal]]:
    """The fields and classes that a reason names, where something was set aside for personal data."""
    return [
        (found["path"], Personal(code))
        for found in _CLASSES.finditer(reason)
        for code in found["classes"].split()
        if Personal(code) in TITLES
    ]


def _record(row: Row, data: FactData, principal: Principal, id_: UUID, cause: tuple[UUID, ...] = ()) -> None:
    fact = Fact.of(data, id=id_, subject=row.id, area=row.area or "0", observed_at=clock.now(), cause=cause)
    (outcome,) = log.append([fact], principal=principal)
    if outcome.status is not Status.APPENDED:
        raise Resolved(outcome.reason)
