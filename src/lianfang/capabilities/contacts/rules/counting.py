"""Counts of contacts (CON-01): whoever was traced is observed, released, a case, transferred, lost or dead.

累计追踪 = 在观 + 解除 + 转为病例 + 转出 + 失访 (+ 死亡). Contacts that were never to be observed are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
    """Contacts of a division at a moment. ``traced`` is counted by itself, not summed; ``moved_out`` are those of them
    that another division follows now, and part of ``stocks[transferred]``; ``untraced_ended`` were never found."""

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
    open_, moved, untraced, stocks = 0, 0, 0, Counter[str]()
    for subject, one in last.items():
        gone = one.ends is not None and one.ends <= at
        if subject in found:
            moved += gone
            stocks[Status.TRANSFERRED if gone else one.status] += 1
        elif gone or one.status != Status.TO_TRACE:
            untraced += 1
        else:
            open_ += 1
    return Tally(len(found), open_, {one.value: stocks[one] for one in STOCKS}, moved, untraced)


def flows(passages: Iterable[Passage], begins: datetime, ends: datetime) -> dict[str, int]:
    """What happened in a division and all below it, ``begins <= t < ends``."""
    found = Counter[str]()
    for one in passages:
        if not one.counted:
            continue
        if begins <= one.begins < ends:
            found["registered"] += one.number == 0
            found["traced"] += one.newly_traced
            found[one.status] += one.event
            found["moved_in"] += not one.event
        if one.left and one.ends is not None and begins <= one.ends < ends:
            found["moved_out"] += 1
    return {name: found[name] for name in FLOWS}


def by_child(passages: Iterable[Passage], child_of: Callable[[str], str | None]) -> dict[str, list[Passage]]:
    """The passages of each division right below, by its code."""
    parts: dict[str, list[Passage]] = {}
    for one in passages:
        if (child := child_of(one.area)) is not None:
            parts.setdefault(child, []).append(one)
    return parts
