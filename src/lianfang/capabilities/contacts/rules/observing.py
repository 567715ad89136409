"""The days and slots of an observation, and what is known of each: working definitions beside the profile's slots.

An observation begins when the contact was found and lasts until the end of its last day. A slot is due where any of it
lies within. Day 1 is the day after the last exposure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from lianfang.capabilities.contacts.state.contact import ZONE, edition_of
from lianfang.capabilities.tasks.facts import Attempt

MOST_DAYS: Final = 120
"""Days of one grid; an observation that goes on is shown by its last ones."""


class Cell(StrEnum):
    """What a slot shows. What somebody recorded stands before what the clock says."""

    SEEN_WELL = "seen_well"
    SEEN_UNWELL = "seen_unwell"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_ATTEMPTED = "not_attempted"
    MISSED = "missed"  # over, and nobody recorded anything
    OPEN = "open"  # now
    AHEAD = "ahead"
    NOT_DUE = "not_due"  # before the contact was found, or after the observation ended


class Slot(NamedTuple):
    """A slot of a day, half-open."""

    day: date
    half: str
    begins: datetime
    ends: datetime


class Span(NamedTuple):
    """From when until when a contact is observed; ``ended_at`` is None while it goes on, ``begins`` while nobody has
    found the contact."""

    begins: datetime | None
    due: date | None
    ended_at: datetime | None


class Seen(NamedTuple):
    """A check as the grid needs it."""

    day: date
    half: str
    outcome: str
    at: datetime
    temp_c: float | None
    symptoms: tuple[str, ...]


_RANK: Final[dict[str, int]] = {
    Attempt.NOT_ATTEMPTED: 0,
    Attempt.NOT_FOUND: 1,
    Attempt.REFUSED: 2,
    Attempt.SEEN_WELL: 3,
    Attempt.SEEN_UNWELL: 4,
}
"""Of several checks of one slot the one that counts: nobody who was seen unwell is well."""


@lru_cache(256)
def halves(disease: str, edition: str) -> tuple[tuple[str, time, time], ...]:
    """The slots of a day under an edition: code, beginning and end, local time. Empty where the edition has none."""
    its = edition_of(disease, edition)
    if its is None or its.contact is None:
        return ()
    return tuple(
        (slot.code, time.fromisoformat(slot.begins), time.fromisoformat(slot.ends)) for slot in its.contact.slots
    )


@lru_cache(10_000)
def slots_of(disease: str, edition: str, day: date) -> tuple[Slot, ...]:
    """The slots of one day."""
    return tuple(
        Slot(day, code, datetime.combine(day, begins, ZONE), datetime.combine(day, ends, ZONE))
        for code, begins, ends in halves(disease, edition)
    )


def is_due(slot: Slot, span: Span) -> bool:
    """Whether a check is due in the slot."""
    if span.begins is None or span.due is None or slot.day > span.due or slot.ends <= span.begins:
        return False
    return span.ended_at is None or slot.begins < span.ended_at


def counts(checks: Iterable[Seen]) -> dict[tuple[date, str], Seen]:
    """By day and slot, the check that counts: the gravest, and of these the last."""
    best: dict[tuple[date, str], Seen] = {}
    for check in checks:
        held = best.setdefault((check.day, check.half), check)
        if held is not check and (_RANK[check.outcome], check.at) >= (_RANK[held.outcome], held.at):
            best[check.day, check.half] = check
    return best


def cell(slot: Slot, span: Span, check: Seen | None, now: datetime) -> Cell:
    """What a slot shows."""
    if check is not None:
        return Cell(check.outcome)
    if not is_due(slot, span):
        return Cell.NOT_DUE
    if now < slot.begins:
        return Cell.AHEAD
    return Cell.OPEN if now < slot.ends else Cell.MISSED


def is_late(slot: Slot, check: Seen | None) -> bool:
    """Whether a slot was filled when it was over: until then it was missed."""
    return check is not None and check.at >= slot.ends


def grid_days(whole_days: int, first_exposed: date, due: date) -> list[date]:
    """The days of an observation's grid: the whole observation of the last exposure, and what came before it where the
    observation was extended."""
    first = max(min(first_exposed + timedelta(1), due - timedelta(whole_days - 1)), due - timedelta(MOST_DAYS - 1))
    return [first + timedelta(n) for n in range((due - first).days + 1)]


def unwell(check: Seen, fever_c: float | None) -> bool:
    """Whether a check asks for a referral: fever by the edition, a symptom, or somebody who was seen unwell."""
    hot = check.temp_c is not None and fever_c is not None and check.temp_c >= fever_c
    return hot or bool(check.symptoms) or check.outcome == Attempt.SEEN_UNWELL


def completeness(cells: Iterable[Cell]) -> tuple[int, int]:
    """Slots that were due and are over, or were used; and in how many of them the contact was seen."""
    over = [one for one in cells if one not in (Cell.AHEAD, Cell.OPEN, Cell.NOT_DUE)]
    return len(over), sum(one in (Cell.SEEN_WELL, Cell.SEEN_UNWELL) for one in over)
