"""Homes to which somebody comes or from which somebody goes within a drill: of residents who return, and hotel rooms.

Who comes is recorded on that day, at night on the next morning, and seen at once in every round that is open, so that
nobody is missed in it; where the last have left the worker looks too. These homes open, and are recorded rightly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np

from lianfang.capabilities.drills.rules import rounds
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER, Account, Drill
from lianfang.capabilities.drills.rules.homes import Homes, hotel_name
from lianfang.capabilities.screening import facts as kind
from lianfang.epi.simulate.population import Population

MORNING, NIGHT = 480, 1260
"""Minutes of a day: from when until when somebody who comes is recorded."""
AFTER: Final = 30
"""Minutes after which somebody who has come is recorded."""
ROOMS_OPEN: Final = 470
Row = list[Any]


class Stay(NamedTuple):
    """Somebody is on the register from a minute until another (NEVER: still). ``came``: from elsewhere."""

    person: int
    begins: int
    ends: int
    came: bool


class Visit(NamedTuple):
    """A visit in a round; ``nth`` of those of the same minute; ``present``: who lives there then."""

    round: int
    nth: int
    minute: int
    present: tuple[int, ...]


class Home(NamedTuple):
    """``place``: building, unit, door; ``registered``: the minute of its registration; ``slot``: as of its grid."""

    number: int
    id: str
    area: str
    grid: str
    by: str
    slot: int
    place: tuple[str, str | None, str]
    registered: int
    stays: tuple[Stay, ...]
    visits: tuple[Visit, ...]

    def present(self, minute: int) -> tuple[int, ...]:
        """Who is on the register at a minute."""
        return tuple(one.person for one in self.stays if one.begins <= minute < one.ends)


class Move(NamedTuple):
    """Somebody has ``joined`` a home at a minute, or ``left`` it."""

    home: Home
    stay: Stay
    minute: int
    what: str


class Hotel(NamedTuple):
    id: str
    name: str
    area: str
    worker: Account


class Travellers:
    """All such homes of a drill. By day: ``on`` has the homes that are visited, with their visits of the day; ``moves``
    who comes and goes; ``registered`` the homes that come on the register."""

    def __init__(self, drill: Drill, population: Population, homes: Homes) -> None:
        self.drill, self.population, self.end = drill, population, drill.days * DAY_MINUTES - 1
        self.hotels = [_hotel(drill, n, at) for n, at in enumerate(population.hotel_community.tolist())]
        found = [one for one in (*self._doors(homes), *self._rooms()) if one.registered <= self.end]
        self.homes = [one._replace(number=n) for n, one in enumerate(found)]
        self.on: dict[int, list[tuple[Home, list[Visit]]]] = defaultdict(list)
        self.moves: dict[int, list[Move]] = defaultdict(list)
        self.registered: dict[int, list[Home]] = defaultdict(list)
        for home in self.homes:
            self.registered[home.registered // DAY_MINUTES].append(home)
            for stay in home.stays:
                self.moves[stay.begins // DAY_MINUTES].append(Move(home, stay, stay.begins, "joined"))
                if stay.ends < NEVER:
                    self.moves[stay.ends // DAY_MINUTES].append(Move(home, stay, stay.ends, "left"))
            of_day: dict[int, list[Visit]] = defaultdict(list)
            for visit in home.visits:
                of_day[visit.minute // DAY_MINUTES].append(visit)
            for day, visits in of_day.items():
                self.on[day].append((home, visits))

    def _recorded(self, day: float) -> int:
        """When somebody is recorded who comes at a time: that day, or the next morning."""
        minute = int(day * DAY_MINUTES) + AFTER
        whole, of_day = minute // DAY_MINUTES, minute % DAY_MINUTES
        if of_day > NIGHT:
            whole, of_day = whole + 1, MORNING
        at = whole * DAY_MINUTES + max(of_day, MORNING)
        return at if at <= self.end else NEVER

    def _gone(self, day: float) -> int:
        """When it is recorded that somebody has left."""
        minute = int(day * DAY_MINUTES)
        at = minute // DAY_MINUTES * DAY_MINUTES + min(max(minute % DAY_MINUTES, MORNING), NIGHT)
        return at if at <= self.end else NEVER

    def _doors(self, homes: Homes) -> Iterator[Home]:
        """Households to which somebody returns."""
        its = self.population
        days, minutes, _ = rounds.schedule(homes)
        for door in np.flatnonzero(homes.travelling).tolist():
            grid, household = int(homes.grid[door]), int(homes.household[door])
            first, after = its.first[household : household + 2].tolist()
            visited = int(days[door]) * DAY_MINUTES + int(minutes[door])
            stays = []
            for person, arrived in zip(range(first, after), its.arrived[first:after].tolist(), strict=True):
                came = not np.isnan(arrived)
                begins = max(self._recorded(arrived), visited - 1) if came else visited - 1
                if begins < NEVER:
                    stays.append(Stay(person, begins, NEVER, came))
            yield self._home(
                homes.ids[door], homes.grid_area[grid], homes.grid_ids[grid], homes.workers[grid].code, grid,
                homes.parts[door], visited - 1, stays, visited,
            )  # fmt: skip

    def _rooms(self) -> Iterator[Home]:
        """Rooms of hotels: as many as there are parties at once."""
        its = self.population
        for n, hotel in enumerate(self.hotels):
            rooms: list[list[Stay]] = []
            parties = [self._party(at) for at in np.flatnonzero(its.hotel == n).tolist()]
            for party in sorted(one for one in parties if one[0].begins < NEVER):
                free = next((room for room in rooms if room[-1].ends < party[0].begins), None)
                if free is None:
                    rooms.append(free := [])
                free += party
            for nth, stays in enumerate(rooms):
                place = (hotel.name, None, str(nth + 1))
                visited = nth % rounds.VISIT_DAYS * DAY_MINUTES + rounds.MORNING + nth % (rounds.NOON - rounds.MORNING)
                id = str(kind.household_id(hotel.area, *place))
                yield self._home(
                    id, hotel.area, hotel.id, hotel.worker.code, n, place, ROOMS_OPEN, stays, visited
                )  # fmt: skip

    def _party(self, household: int) -> list[Stay]:
        its = self.population
        first, after = its.first[household : household + 2].tolist()
        begins, ends = self._recorded(float(its.arrived[first])), self._gone(float(its.leaves[first]))
        return [Stay(person, begins, ends, True) for person in range(first, after)]

    def _home(
        self, id: str, area: str, grid: str, by: str, slot: int, place: tuple[str, str | None, str], registered: int,
        stays: list[Stay], visited: int,
    ) -> Home:  # fmt: skip
        """``visited``: the minute of the first round's visit; those of the others follow at the same pace."""
        at: dict[int, set[int]] = defaultdict(set)
        for number in range(1, rounds.count(self.drill) + 1):
            minute = (number - 1) * self.drill.response.round_days * DAY_MINUTES + visited
            if minute <= self.end:
                at[minute].add(number)
        for one in stays:
            for minute in (one.begins, one.ends):
                if registered < minute <= self.end:
                    at[minute].update(self._open(minute))
        home = Home(0, id, area, grid, by, slot, place, registered, tuple(stays), ())
        visits = (
            Visit(number, nth, minute, home.present(minute))
            for minute, numbers in sorted(at.items())
            for nth, number in enumerate(sorted(numbers))
        )
        return home._replace(visits=tuple(visits))

    def _open(self, minute: int) -> Iterator[int]:
        """The rounds that are open at a minute."""
        for number in range(1, rounds.count(self.drill) + 1):
            opened = (number - 1) * self.drill.response.round_days * DAY_MINUTES + rounds.OPENED
            if opened <= minute <= self.closes(number):
                yield number

    def closes(self, number: int) -> int:
        """The minute at which a round is closed; that of the drill's end where it is not."""
        day = rounds.closes_on(self.drill, number)
        return day * DAY_MINUTES + rounds.OPENED if day < self.drill.days else self.end

    def outcomes(self, number: int, codes: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[tuple[Home, Row]]:
        """Each home that was visited in a round with its row of ``tally.COLUMNS``."""
        for home in self.homes:
            visits = [one for one in home.visits if one.round == number]
            if not visits:
                continue
            due = home.present(self.closes(number))
            seen = [int(codes[person]) for one in visits for person in one.present if codes[person]]
            ill = {person for one in visits for person in one.present if codes[person] >= 1000}
            away = sum(not codes[person] for person in due)
            yield home, [
                rounds.MET if due else rounds.VACANT, len(visits), len(due), len(due) - away, away, len(ill),
                len(seen), 0, sum(code % 1000 for code in seen),
            ]  # fmt: skip

    def closed(self, number: int) -> dict[str, int]:
        """What a round comes to for these homes, as ``tally.closed``."""
        present = [
            len(home.present(self.closes(number)))
            for home in self.homes
            if any(one.round == number for one in home.visits)
        ]
        done = sum(many > 0 for many in present)
        return {"households": len(present), "done": done, "vacant": len(present) - done, "members": sum(present)}

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Each home with the register's row: grid, and how many live there in the end."""
        for home in self.homes:
            yield home.id, [home.grid, len(home.present(self.end))]

    def came(self) -> Iterator[tuple[int, Row]]:
        """Each person who came from elsewhere with the row: home, from where, on which day, whether he or she left."""
        for home in self.homes:
            for one in home.stays:
                if one.came:
                    came_from, arrived = self.origin(one)
                    yield one.person, [home.id, came_from, arrived.isoformat(), one.ends < NEVER]

    def origin(self, stay: Stay) -> tuple[str, date]:
        """Where somebody came from, and on which day."""
        its = self.population
        return self.drill.origins[its.origin[stay.person]], self.drill.day(int(its.arrived[stay.person]))


def _hotel(drill: Drill, number: int, community: int) -> Hotel:
    area, name = drill.communities[community], hotel_name(number)
    worker = Account(f"hw-{number + 1:05}", "grid_worker", area, f"网格员 {area} {name}")
    return Hotel(str(kind.grid_id(area, name)), name, area, worker)
