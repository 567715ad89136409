"""A bed and the stays in it, folded from the facts about it: at most one patient at a time, whatever was told and in
whatever order it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.care.facts import (
    BedClosed,
    BedOccupied,
    BedOccupiedOffline,
    BedOpened,
    BedReleased,
    BedReserved,
)
from lianfang.capabilities.isolation.state import CIVIL_TIME, Fault, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

Begins = BedReserved | BedOccupied | BedOccupiedOffline
_FOREVER: Final = datetime.max.replace(tzinfo=CIVIL_TIME)


class BedStay(NamedTuple):
    """The time for which a bed is a patient's: from ``since``, reserved or occupied, until ``left``. ``entered``: when
    the patient came."""

    stay: UUID
    person: UUID
    case: UUID | None
    transfer: UUID | None
    plan: UUID | None
    fact: UUID
    """The one that began it; ``offline`` where that was told by a device without a network."""
    author: str
    offline: bool
    since: datetime
    entered: datetime | None
    left: datetime | None
    reason: str | None
    released: UUID | None
    """The fact that ended it."""

    def over(self, other: BedStay) -> bool:
        """Whether both have the bed at one moment."""
        return self.since < (other.left or _FOREVER) and other.since < (self.left or _FOREVER)


class Clash(NamedTuple):
    """A stay that cannot have been as it was told, and the one that holds against it."""

    stay: BedStay
    against: UUID | None


@dataclass(frozen=True)
class Bed:
    """A bed with its stays, by when they began. ``clashes`` are stays that were told and do not count."""

    data: BedOpened | None
    area: str
    author: str
    closed: datetime | None
    stays: tuple[BedStay, ...]
    clashes: Mapping[UUID, Clash]
    """By the fact that began the stay."""
    faults: tuple[Fault, ...]
    disputed: bool

    def open_at(self, at: datetime) -> bool:
        """Whether somebody could be put into it."""
        return (
            self.data is not None
            and open_on(self.data.first, self.data.last, at.astimezone(CIVIL_TIME).date())
            and (self.closed is None or at < self.closed)
        )

    @property
    def now(self) -> BedStay | None:
        """The stay that has not ended."""
        return next((one for one in self.stays if one.left is None), None)


def open_on(first: date, last: date | None, day: date) -> bool:
    """Whether a bed that is open from ``first`` to ``last``, both included, is so on a day."""
    return first <= day and (last is None or day <= last)


def bed(facts: Sequence[Fact]) -> Bed:
    """The bed whose facts these are, in whatever order they are given."""
    held = standing(facts)
    faults: list[Fault] = []
    opened = _opened(held.facts, faults)
    told = sorted(_told(held.facts, faults), key=lambda one: (one.offline, one.since, one.fact))
    empty = Bed(
        opened.data if opened else None, opened.area if opened else "", opened.author if opened else "", None, (), {},
        (), bool(held.disputed),
    )  # fmt: skip
    stays, clashes = _kept(empty, told)
    closed = _closed(held.facts, stays, faults)
    if closed is not None:
        empty = Bed(empty.data, empty.area, empty.author, closed, (), {}, (), empty.disputed)
        stays, clashes = _kept(empty, told)
    faults += [
        Fault(fact, "bed", "occupied" if one.against else "not_open" if opened else "no_bed")
        for fact, one in clashes.items()
    ]
    return Bed(
        empty.data, empty.area, empty.author, closed, tuple(sorted(stays, key=lambda one: one.since)), clashes,
        tuple(faults), empty.disputed,
    )  # fmt: skip


class _Opened(NamedTuple):
    data: BedOpened
    area: str
    author: str


def _opened(facts: Iterable[Fact], faults: list[Fault]) -> _Opened | None:
    """The bed's particulars: of the hospital that had it first, as they were told last."""
    found: _Opened | None = None
    for fact in facts:
        data = fact.data
        if not isinstance(data, BedOpened):
            continue
        if data.last is not None and data.last < data.first:
            faults.append(Fault(fact.id, "last", "no_last_before_first"))
        elif data.temporary and data.last is None:
            faults.append(Fault(fact.id, "last", "needs_last"))
        elif found is not None and found.data.hospital != data.hospital:
            faults.append(Fault(fact.id, "hospital", "in_another_hospital"))
        else:
            found = _Opened(data, fact.area, found.author if found else fact.author)
    return found


def _told(facts: Sequence[Fact], faults: list[Fault]) -> list[BedStay]:
    """The stays as they were told, each by itself."""
    found: dict[UUID, BedStay] = {}
    for fact in sorted(facts, key=_turn):
        data = fact.data
        if isinstance(data, BedReserved | BedOccupied | BedOccupiedOffline):
            before = found.get(data.stay)
            wrong = _refused(before, fact, data)
            if wrong:
                faults.append(Fault(fact.id, *wrong))
            else:
                found[data.stay] = _begun(before, fact, data)
        elif isinstance(data, BedReleased):
            its = found.get(data.stay)
            if its is None:
                faults.append(Fault(fact.id, "stay", "no_stay"))
            elif its.left is not None:
                faults.append(Fault(fact.id, "stay", "again"))
            elif when(fact) < (its.entered or its.since):
                faults.append(Fault(fact.id, "at", "ends_before_begins"))
            else:
                found[data.stay] = its._replace(left=when(fact), reason=data.reason.value, released=fact.id)
    return list(found.values())


def _turn(fact: Fact) -> tuple[int, datetime, UUID]:
    """What begins a stay comes before what ends it, though a clock says otherwise: the wrong time is told of so."""
    kinds = (BedReserved, BedOccupied, BedOccupiedOffline, BedReleased)
    return next((n for n, kind in enumerate(kinds) if isinstance(fact.data, kind)), -1), when(fact), fact.id


def _refused(before: BedStay | None, fact: Fact, data: Begins) -> tuple[str, str] | None:
    if before is None:
        return None
    if before.person != data.person:
        return "person", "other_person"
    if before.entered is not None or isinstance(data, BedReserved):
        return "stay", "again"
    return ("at", "ends_before_begins") if when(fact) < before.since else None


def _begun(before: BedStay | None, fact: Fact, data: Begins) -> BedStay:
    at = when(fact)
    if before is not None:
        return before._replace(entered=at, case=before.case or data.case)
    offline, reserved = isinstance(data, BedOccupiedOffline), isinstance(data, BedReserved)
    return BedStay(
        data.stay, data.person, data.case, getattr(data, "transfer", None), getattr(data, "plan", None), fact.id,
        fact.author, offline, at, None if reserved else at, None, None, None,
    )  # fmt: skip


def _kept(of: Bed, told: Sequence[BedStay]) -> tuple[list[BedStay], dict[UUID, Clash]]:
    """Those that can have been: first what was claimed online, each where the bed is open and nobody else's."""
    stays: list[BedStay] = []
    clashes: dict[UUID, Clash] = {}
    for one in told:
        against = next((other.stay for other in stays if one.over(other)), None)
        if against is None and of.open_at(one.since):
            stays.append(one)
        else:
            clashes[one.fact] = Clash(one, against)
    return stays, clashes


def _closed(facts: Iterable[Fact], stays: Sequence[BedStay], faults: list[Fault]) -> datetime | None:
    """When the bed was closed: not while somebody lay in it."""
    closed = None
    for fact in facts:
        if isinstance(fact.data, BedOpened):
            closed = None
        elif isinstance(fact.data, BedClosed):
            at = when(fact)
            if any(one.since < at < (one.left or _FOREVER) for one in stays):
                faults.append(Fault(fact.id, "bed", "not_empty"))
            else:
                closed = at
    return closed
