"""Who of many goes to which station: everybody once, no station beyond its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.facts import Mode


class Person(NamedTuple):
    """Somebody to place: in a station or a hospital, at a certain one where ``station`` says so."""

    person: UUID
    mode: Mode = Mode.CENTRAL
    station: UUID | None = None


class Places(NamedTuple):
    """The free places of a station."""

    station: UUID
    mode: Mode
    free: int


class Allocation(NamedTuple):
    """Where each goes, in the order in which they were given, and who is left without a place."""

    placed: tuple[tuple[UUID, UUID], ...]
    left: tuple[UUID, ...]


def allocate(people: Sequence[Person], places: Sequence[Places]) -> Allocation:
    """Places everybody for whom there is room: first who is to go to a certain station, then the others, station by
    station in the order given. ``people`` are told once each; nobody is dropped: placed and left are all of them.

    Source: 335 passengers of flight TR188 on 24 January 2020, 2 to hospital, 114 to a hotel, 219 to a centre.
    """
    free = {one.station: max(0, one.free) for one in places}
    goes: dict[UUID, UUID] = {}
    for one in people:
        if one.station is not None and free.get(one.station, 0) > 0 and one.person not in goes:
            goes[one.person] = one.station
            free[one.station] -= 1
    for one in people:
        if one.station is None and one.person not in goes:
            found = next((p.station for p in places if p.mode is one.mode and free[p.station] > 0), None)
            if found is not None:
                goes[one.person] = found
                free[found] -= 1
    placed = tuple((one.person, goes[one.person]) for one in people if one.person in goes)
    return Allocation(placed, tuple(one.person for one in people if one.person not in goes))
