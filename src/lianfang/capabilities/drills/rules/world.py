"""Everything of a drill that its days are written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules import homes as doors
from lianfang.capabilities.drills.rules import people, rounds, tally
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.homes import Homes
from lianfang.capabilities.drills.rules.travellers import Travellers
from lianfang.capabilities.screening.facts import round_id
from lianfang.epi.simulate.outbreak import Outbreak
from lianfang.epi.simulate.population import Population


class Told(NamedTuple):
    """A fact on its way: when its device sends it and when it was seen, in minutes from the first midnight, by whom,
    and its canonical bytes as text. Of one device and sending, in the order of ``seen``."""

    sent: int
    by: str
    seen: int
    text: str


class Walked(NamedTuple):
    """A round as it was and as it was recorded."""

    round: rounds.Round
    found: rounds.Found
    tally: tally.Tally
    codes: NDArray[np.int64]
    """How each person is recorded where met: the temperature in tenths; with 1000 added, unwell; 0: away."""


@dataclass
class World:
    """A drill's people, homes and outbreak. ``walked`` gives a round; those that were asked for last are kept."""

    drill: Drill
    population: Population
    outbreak: Outbreak
    homes: Homes
    people: list[str]
    travellers: Travellers
    _kept: dict[int, Walked] = field(default_factory=dict)

    @classmethod
    def of(cls, drill: Drill, population: Population, outbreak: Outbreak) -> World:
        its = doors.homes(drill, population)
        persons = people.person_ids(drill, population.age.size)
        return cls(drill, population, outbreak, its, persons, Travellers(drill, population, its))

    def walked(self, number: int) -> Walked:
        kept = self._kept.pop(number, None)
        if kept is None:
            if len(self._kept) > 1:
                del self._kept[next(iter(self._kept))]
            one = rounds.a_round(self.drill, self.homes, number)
            found = rounds.found(self.drill, self.population, one, *self.health)
            its = tally.tally(self.drill, self.population, self.homes, one, found)
            kept = Walked(one, found, its, tally.codes(self.population, self.homes, found, its))
        self._kept[number] = kept
        return kept

    @cached_property
    def infected(self) -> NDArray[np.bool_]:
        """Whether each person is infected at any time."""
        its = np.zeros(self.population.age.size, np.bool_)
        its[self.outbreak.person] = True
        return its

    @cached_property
    def concerned(self) -> NDArray[np.bool_]:
        """Whether each person is infected at any time, or met somebody who was."""
        its = self.infected.copy()
        its[self.outbreak.contact_person] = True
        return its

    @cached_property
    def health(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Of each person the day from which he or she has symptoms, until when, and from which he or she is away in a
        hospital or has not come yet; nan: never."""
        its, size = self.outbreak, self.population.age.size
        ill, well, gone = (np.full(size, np.nan) for _ in range(3))
        ill[its.person], well[its.person] = its.onset, its.ended
        gone[its.person] = np.fmin(its.admitted, its.isolated)
        return ill, well, gone

    def closed(self, number: int) -> dict[str, int] | None:
        """What a round comes to as it is recorded; None where it is not closed within the drill."""
        if rounds.closes_on(self.drill, number) >= self.drill.days:
            return None
        its = tally.closed(self.walked(number).tally, self.homes)
        more = self.travellers.closed(number)
        return its and {name: many + more.get(name, 0) for name, many in its.items()}

    def round(self, number: int) -> UUID:
        return round_id(self.drill.area, number)

    @property
    def end(self) -> int:
        """The last minute of the drill's last day."""
        return self.drill.days * DAY_MINUTES - 1
