"""The facts of a day of homes with travellers: registered, joined, left, visited, and what was arranged for the ill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.rounds import VACANT
from lianfang.capabilities.drills.rules.shapes import ids, shape
from lianfang.capabilities.drills.rules.travellers import Home, Move, Visit
from lianfang.capabilities.drills.rules.visits import ARRANGED, PROOFS, SENT, SLOT, SLOTS, UNWELL, Visits
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.screening import facts as kind

PROOF: Final = PROOFS[-1]
OPEN_FOR: Final = 4.0
"""Minutes for which the form of such a visit is open."""


class Comings:
    """Writes them, with the shapes of all visits."""

    def __init__(self, world: World, visits: Visits) -> None:
        self.world, self.drill, self.visits = world, world.drill, visits
        blank = kind.round_id(self.drill.area, 1)
        came = kind.MemberJoined(person=blank, came_from="0", arrived=self.drill.first_day)
        self.came = shape(self.drill, came, ("arrived", "came_from", "person")).text
        self.left = shape(self.drill, kind.MemberLeft(person=blank), ("person",)).text
        home = kind.HouseholdRegistered(community="0", grid=blank, building="1", door="1", expected=0)
        self.registered = shape(
            self.drill, home, ("building", "community", "door", "grid"), ("expected", "unit")
        ).text  # fmt: skip

    def day(self, day: int) -> Iterator[Told]:
        """What is seen and sent on a day."""
        its = self.world.travellers
        homes, moves = its.registered[day], its.moves[day]
        for home, name in zip(homes, self._ids("registered home", [one.number for one in homes]), strict=True):
            yield self._registered(home, name)
        for what in ("joined", "left"):
            mine = [move for move in moves if move.what == what]
            for move, name in zip(mine, self._ids(what, [move.stay.person for move in mine]), strict=True):
                yield self._moved(move, name)
        seen = [(home, visit) for home, visits in its.on[day] for visit in visits]
        keys = [(home.number << 24 | visit.minute) << 4 | visit.nth for home, visit in seen]
        for (home, visit), name in zip(seen, self._ids("visit of travellers", keys), strict=True):
            yield from self._visited(home, visit, name)

    def _ids(self, purpose: str, who: list[int]) -> list[str]:
        return ids(self.drill.seed, purpose, np.array(who, np.int64))

    def _sent(self, home: Home, minute: int) -> int:
        """When the worker's device sends: at the end of each part of a day."""
        of_day = minute % DAY_MINUTES
        return minute - of_day + next(at for until, at in SENT if of_day <= until) + SLOT * (home.slot % SLOTS)

    def _registered(self, home: Home, name: str) -> Told:
        building, unit, door = home.place
        at, many = home.registered, len(home.present(home.registered))
        told = f'"{unit}"' if unit else "null"
        values = (home.area, home.by, building, home.area, door, many, home.grid, told)
        text = self.registered % (*values, home.by, name, self.drill.minutes[at], home.id)
        return Told(self._sent(home, at), home.by, at, text)

    def _moved(self, move: Move, name: str) -> Told:
        home, stay, at = move.home, move.stay, move.minute
        person, tail = self.world.people[stay.person], (home.by, name, self.drill.minutes[at], home.id)
        if move.what == "left":
            text = self.left % (home.area, home.by, person, *tail)
        elif stay.came:
            came_from, arrived = self.world.travellers.origin(stay)
            text = self.came % (home.area, home.by, arrived.isoformat(), came_from, person, *tail)
        else:
            text = self.visits.joined.text % (home.area, home.by, person, *tail)
        return Told(self._sent(home, at), home.by, at, text)

    def _visited(self, home: Home, visit: Visit, name: str) -> Iterator[Told]:
        at, sent, people = visit.minute, self._sent(home, visit.minute), self.world.people
        head = (home.area, home.by, PROOF)
        tail = (OPEN_FOR, str(self.world.round(visit.round)), home.by, name, self.drill.minutes[at], home.id)
        if not visit.present:
            yield Told(sent, home.by, at, self.visits.others[VACANT].text % (*head, *tail))
            return
        codes, suffixes = self.world.walked(visit.round).codes, self.visits.suffixes
        told = [(person, int(codes[person])) for person in visit.present]
        members = ",".join(f'{{"person":"{people[person]}",{suffixes[code]}' for person, code in told)
        yield Told(sent, home.by, at, self.visits.met.text % (*head, f"[{members}]", *tail))
        ill = [person for person, code in told if code >= UNWELL]
        if not ill:
            return
        keys = [(person << 24 | visit.minute) << 4 | visit.nth for person in ill]
        for person, id in zip(ill, self._ids("arranged for travellers", keys), strict=True):
            to, when = "hospital" if self.world.infected[person] else "home", self.drill.minutes[at + ARRANGED]
            values = (home.area, home.by, to, people[person], home.by, id, when, home.id)
            yield Told(max(sent, at + ARRANGED + 1), home.by, at + ARRANGED, self.visits.disposed.text % values)
