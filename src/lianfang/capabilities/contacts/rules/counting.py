"""Counts of contacts (CON-01): whoever was traced is observed, released, a case, transferred, lost or dead.

累计追踪 = 在观 + 解除 + 转为病例 + 转出 + 失访 (+ 死亡). Contacts that were never to be observed are not counted.

At any moment a contact counts in one division: in that which follows it, and in all that this one lies in. What another
division of the record took over counts there from then on, so that the divisions of an area sum to it; 转出 are those
whom the record follows no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.state.contact import Contact, Spell, Status

STOCKS: Final = (
    Status.OBSERVING, Status.RELEASED, Status.CONVERTED, Status.TRANSFERRED, Status.LOST, Status.DIED,
)  # fmt: skip
"""What those who were traced come to."""
FLOWS: Final = ("registered", "traced", "released", "converted", "transferred", "lost", "died", "moved_in", "moved_out")


class Passage(NamedTuple):
    """A spell of a contact as counts need it. ``event``: the status began with it, not only a division's turn;
    ``left``: it ended because another division took over."""

    subject: UUID
    number: int
    area: str
    disease: str
    status: str
    traced: bool
    counted: bool
    event: bool
    newly_traced: bool
    left: bool
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True)
class Tally:
    """Contacts that a division follows at a moment. ``traced`` is counted by itself, not summed; ``untraced_ended``
    were never found. ``moved_out`` are none of them: another division, outside of this one, has taken them over."""

    traced: int
    to_trace: int
    stocks: Mapping[str, int]
    moved_out: int
    untraced_ended: int

    @property
    def holds(self) -> bool:
        """Whether the identity holds."""
        return self.traced == sum(self.stocks.values())


def passages(its: Contact) -> list[Passage]:
    """The spells of a contact, with what distinguishes an event from a hand-over."""
    counted = its.observed or any(told.close is not False for told in its.standing)
    spells: tuple[Spell | None, ...] = (None, *its.spells, None)
    found = []
    for number, (before, spell, after) in enumerate(zip(spells, spells[1:], spells[2:], strict=False)):
        assert spell is not None
        found.append(
            Passage(
                its.subject,
                number,
                spell.area,
                its.disease,
                spell.status,
                spell.traced,
                counted,
                before is None or before.status != spell.status,
                spell.traced and (before is None or not before.traced),
                after is not None and after.area != spell.area,
                spell.begins,
                spell.ends,
            )
        )
    return found


def tally(passages: Iterable[Passage], at: datetime) -> Tally:
    """Counts the passages of one division and all below it, at a moment."""
    last: dict[UUID, Passage] = {}
    found: set[UUID] = set()
    for one in passages:
        if one.counted and one.begins <= at:
            if one.number >= last.setdefault(one.subject, one).number:
                last[one.subject] = one
            if one.traced:
                found.add(one.subject)
    traced, open_, moved, untraced, stocks = 0, 0, 0, 0, Counter[str]()
    for subject, one in last.items():
        if one.ends is not None and one.ends <= at:
            moved += 1
        elif subject in found:
            traced += 1
            stocks[one.status] += 1
        elif one.status == Status.TO_TRACE:
            open_ += 1
        else:
            untraced += 1
    return Tally(traced, open_, {one.value: stocks[one] for one in STOCKS}, moved, untraced)


def flows(passages: Sequence[Passage], begins: datetime, ends: datetime) -> dict[str, int]:
    """What happened in a division and all below it, ``begins <= t < ends``. A hand-over within it is nothing."""
    within = {(one.subject, one.number) for one in passages}
    found = Counter[str]()
    for one in passages:
        if not one.counted:
            continue
        if begins <= one.begins < ends:
            found["registered"] += one.number == 0
            found["traced"] += one.newly_traced
            found[one.status] += one.event
            found["moved_in"] += one.number > 0 and (one.subject, one.number - 1) not in within
        if one.left and one.ends is not None and begins <= one.ends < ends:
            found["moved_out"] += (one.subject, one.number + 1) not in within
    return {name: found[name] for name in FLOWS}


def by_child(passages: Iterable[Passage], area: str, child_of: Callable[[str], str | None]) -> dict[str, list[Passage]]:
    """The passages of each division right below ``area``, by its code; under its own those that lie in none of them."""
    parts: dict[str, list[Passage]] = {}
    for one in passages:
        parts.setdefault(child_of(one.area) or area, []).append(one)
    return parts
