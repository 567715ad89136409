"""The facts of a day at the doors: households registered on the first round, visits, what was arranged for the ill."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules import rounds, tally
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.rounds import DOUBLED, INVENTED, MET, NOT_MET, REFUSED, VACANT
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.drills.rules.shapes import Shape, ids, shape
from lianfang.capabilities.drills.rules.world import Told, Walked, World
from lianfang.capabilities.screening import facts as kind
from lianfang.facts.fact import FactData

Ints = NDArray[np.int64]
SENT: Final = ((rounds.NOON, 760), (rounds.EVENING, 1120), (DAY_MINUTES, 1290))
"""Until which minute of a day visits were made, and from when on they are sent."""
SLOT, SLOTS = 10, 4
"""Minutes: devices send in so many slots, one after the other."""
AGAIN: Final = 9
"""The attempt that the second record of a doubled visit counts as, for its id."""
CAUGHT: Final = 8
"""The attempt that a visit after the round counts as, for its id."""
SCANNED: Final = 0.7
"""Share of proved visits at which a code at the door was read; the others are signed."""
PROOFS: Final = ("none", "qr", "signature")
ARRANGED: Final = 25
"""Minutes from a visit until something is arranged for somebody unwell."""


UNWELL: Final = 1000
"""Added to the tenths of a degree of who is unwell: see ``Visits.suffixes``."""


class Visits:
    """The facts at the doors of a drill, day by day."""

    def __init__(self, world: World) -> None:
        self.world, self.drill = world, world.drill
        self.follower = self.chief = chief(self.drill)
        blank = kind.round_id(self.drill.area, 1)
        visited = {"round": blank, "evidence": kind.Evidence.NONE, "form": 1}
        met = kind.Visited(outcome=kind.Outcome.MET, outsiders=0, **visited)
        others = {
            NOT_MET: kind.Visited(outcome=kind.Outcome.NOT_MET, follower=self.follower, **visited),
            REFUSED: kind.Visited(outcome=kind.Outcome.REFUSED, escalated_to=self.chief, **visited),
            VACANT: kind.Visited(outcome=kind.Outcome.VACANT, vacancy=kind.Vacancy.PROPERTY, **visited),
        }
        self.met = self._shape(met, ("evidence", "round"), ("members", "minutes"))
        self.others = {code: self._shape(one, ("evidence", "round"), ("minutes",)) for code, one in others.items()}
        home = kind.HouseholdRegistered(community="0", grid=blank, building="1", unit="1", door="1", expected=0)
        self.registered = self._shape(home, ("building", "community", "door", "grid", "unit"), ("expected",))
        self.joined = self._shape(kind.MemberJoined(person=blank), ("person",), ())
        arranged = kind.Disposed(person=blank, disposition=kind.Disposition.HOSPITAL)
        self.disposed = self._shape(arranged, ("disposition", "person"), ())

    def _shape(self, data: FactData, texts: tuple[str, ...], others: tuple[str, ...]) -> Shape:
        return shape(self.drill, data, texts, others)

    @cached_property
    def suffixes(self) -> list[str]:
        """What a member's record ends with, by the temperature in tenths of a degree: as in ``Walked.codes``."""
        told = {0: '"result":"away","symptoms":[],"temp_c":null}'}
        for tenths in range(300, 451):
            told[tenths] = f'"result":"well","symptoms":[],"temp_c":{tenths / 10}}}'
            told[1000 + tenths] = f'"result":"unwell","symptoms":["fever"],"temp_c":{tenths / 10}}}'
        return [told.get(n, "") for n in range(1451)]

    def day(self, day: int) -> Iterator[Told]:
        """What is sent on a day, in no order."""
        its = self.drill.response
        for lag in range(its.late_days + 1):
            seen_on = day - lag
            if seen_on >= 0:
                yield from self._seen(seen_on, lag, last=day == self.drill.days - 1)
        if day and day % its.round_days == 0:
            yield from self._caught_up(day)

    def _caught_up(self, day: int) -> Iterator[Told]:
        """On the evening after a round the visits to those doors of which it has no record."""
        walked = self.world.walked(day // self.drill.response.round_days)
        doors = np.flatnonzero(walked.tally.caught)
        minute = day * DAY_MINUTES + walked.round.evening[doors]
        yield from self._written(walked, doors, tally.outcome_again(walked.round)[doors], minute, CAUGHT, 0)

    def _seen(self, day: int, lag: int, *, last: bool) -> Iterator[Told]:
        number = day // self.drill.response.round_days + 1
        walked = self.world.walked(number)
        within = day - walked.round.first
        late = walked.round.late
        sent = late >= lag if last else late == lag
        for attempt in range(rounds.ATTEMPTS):
            if 0 <= within - attempt < rounds.VISIT_DAYS:
                doors = np.flatnonzero((walked.round.day == within - attempt) & sent)
                if attempt == 0 and number == 1:
                    yield from self._registered(walked, doors[walked.round.attempts[doors] > 0], lag)
                yield from self._visited(walked, doors, attempt, lag)

    def _visited(self, walked: Walked, doors: Ints, attempt: int, lag: int) -> Iterator[Told]:
        one, told = walked.round, walked.tally
        made = doors[tally.tries(one, told)[doors] > attempt]
        is_last = attempt == tally.tries(one, told)[made] - 1
        outcome = np.where(is_last, tally.last_is(one, told)[made], NOT_MET)
        minute = self._minute(walked, made, attempt)
        yield from self._written(walked, made, outcome, minute, attempt, lag)
        twice = is_last & (told.error[made] == DOUBLED)
        yield from self._written(walked, made[twice], outcome[twice], minute[twice] + 1, AGAIN, lag)

    def _minute(self, walked: Walked, doors: Ints, attempt: int) -> Ints:
        """When an attempt is told to have been made."""
        minute = rounds.at_minute(walked.round, doors, attempt)
        shifted = np.minimum(minute % DAY_MINUTES + walked.tally.shift[doors], DAY_MINUTES - 10)
        told: Ints = minute - minute % DAY_MINUTES + shifted
        return told

    def _written(
        self, walked: Walked, doors: Ints, outcome: Ints, minute: Ints, attempt: int, lag: int
    ) -> Iterator[Told]:
        homes, texts, told = self.world.homes, self.drill.minutes, walked.tally
        round, number = str(self.world.round(walked.round.number)), walked.round.number
        proof = np.where(told.unproved[doors], 0, np.where(walked.round.proof[doors] < SCANNED, 1, 2))
        columns = (doors, homes.grid[doors], outcome, minute, self._sent(doors, minute, lag), proof, told.halves[doors])
        names = ids(self.drill.seed, "visit", doors, number, 10 * attempt)
        for (door, grid, code, at, sent, shown, halves), name in zip(np.stack(columns, 1).tolist(), names, strict=True):
            area, by, subject, when = homes.grid_area[grid], homes.workers[grid].code, homes.ids[door], texts[at]
            head, tail = (area, by, PROOFS[shown]), (halves / 2, round, by, name, when, subject)
            if code != MET:
                yield Told(sent, by, at, self.others[code].text % (*head, *tail))
                continue
            members, ill = self._members(walked, door)
            yield Told(sent, by, at, self.met.text % (*head, members, *tail))
            if ill and attempt != AGAIN and told.error[door] != INVENTED:
                yield from self._arranged(ill, number, Told(sent, by, at + ARRANGED, ""), area, subject)

    def _members(self, walked: Walked, door: int) -> tuple[str, list[int]]:
        """The members of a household as a visit has them, and who of them was unwell."""
        household = self.world.homes.household[door]
        first, after = self.world.population.first[household : household + 2].tolist()
        codes, suffixes = walked.codes[first:after].tolist(), self.suffixes
        people = self.world.people[first:after]
        written = [f'{{"person":"{id}",{suffixes[code]}' for id, code in zip(people, codes, strict=True)]
        return f"[{','.join(written)}]", [first + n for n, code in enumerate(codes) if code >= UNWELL]

    def _arranged(self, ill: list[int], number: int, sent: Told, area: str, subject: str) -> Iterator[Told]:
        """What was arranged for those who were unwell, a while after the visit."""
        names = ids(self.drill.seed, "arranged", np.array(ill, np.int64), number)
        for person, name in zip(ill, names, strict=True):
            to = "hospital" if self.world.infected[person] else "home"
            values = (
                area,
                sent.by,
                to,
                self.world.people[person],
                sent.by,
                name,
                self.drill.minutes[sent.seen],
                subject,
            )
            yield sent._replace(sent=max(sent.sent, sent.seen + 1), text=self.disposed.text % values)

    def _registered(self, walked: Walked, doors: Ints, lag: int) -> Iterator[Told]:
        """The households of doors that are visited for the first time, a minute before, and who lives there."""
        homes, world = self.world.homes, self.world
        minute = rounds.at_minute(walked.round, doors, 0) - 1
        sent = self._sent(doors, self._minute(walked, doors, 0), lag)
        names = ids(self.drill.seed, "registered", doors)
        lived = homes.household[doors][homes.members[doors]]
        starts, many = world.population.first[lived], np.diff(world.population.first)[lived]
        members = np.repeat(starts - np.cumsum(many) + many, many) + np.arange(many.sum())
        joined = iter(ids(self.drill.seed, "joined", members.astype(np.int64)))
        for door, at, slot, name in zip(doors.tolist(), minute.tolist(), sent.tolist(), names, strict=True):
            grid, household = int(homes.grid[door]), int(homes.household[door])
            area, by, subject, when = (
                homes.grid_area[grid],
                homes.workers[grid].code,
                homes.ids[door],
                self.drill.minutes[at],
            )
            first, after = world.population.first[household : household + 2].tolist() if household >= 0 else (0, 0)
            building, unit, number = homes.parts[door]
            place = (building, area, number, after - first, homes.grid_ids[grid], unit)
            yield Told(slot, by, at, self.registered.text % (area, by, *place, by, name, when, subject))
            for person, its in zip(world.people[first:after], islice(joined, after - first), strict=True):
                yield Told(slot, by, at, self.joined.text % (area, by, person, by, its, when, subject))

    def _sent(self, doors: Ints, minute: Ints, lag: int) -> Ints:
        """When the device of each door's worker sends: at the end of each part of the day, or on the morning of a later
        day."""
        of_day = minute % DAY_MINUTES
        base = np.where(of_day <= SENT[0][0], SENT[0][1], np.where(of_day <= SENT[1][0], SENT[1][1], SENT[2][1]))
        slot = SLOT * (self.world.homes.grid[doors] % SLOTS)
        if lag == 0:
            return minute - of_day + base + slot
        day = np.minimum(minute // DAY_MINUTES + lag, self.drill.days - 1)
        late = np.where(day > minute // DAY_MINUTES, SENT[0][1], base)
        return day * DAY_MINUTES + late + slot
