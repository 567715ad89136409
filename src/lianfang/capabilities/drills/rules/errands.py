"""Residents' orders of those who are at home under observation, and three flights for people who are stranded abroad.
Nothing is done wrongly on purpose here: the review does not compare these registers."""

from __future__ import annotations

from typing import Final

from lianfang.capabilities.checkpoints.facts import Conveyance, FlightPlanned, StrandedEstimated
from lianfang.capabilities.drills.rules.contacts import Observed
from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.posts import HOUR
from lianfang.capabilities.drills.rules.setting import officer
from lianfang.capabilities.drills.rules.world import World
from lianfang.capabilities.mobilisation.facts import errands as kind
from lianfang.facts.fact import FactData

MOST: Final = 240
"""Orders of a drill: a board has life, and the record stays what the drill is about."""
EVERY: Final = 4
"""Days between two orders of one household."""
CATEGORIES: Final = (("shopping", True), ("medicine", True), ("shopping", True), ("agency", False), ("repair", False))
FLIGHTS: Final = (("岘港", "河内", "广州"), ("胡志明市", "广州"), ("芽庄", "成都"))
SEATS: Final = 140
STRANDED: Final = 400


class Errands:
    """Writes what residents order and what becomes of it."""

    def __init__(self, world: World, everybody: list[Observed]) -> None:
        self.drill, self.desk, self.everybody = world.drill, Desk(world.drill), everybody
        self.carrier = officer(world.drill, "volunteer")
        self.workers = {one.area: one.code for one in reversed(world.homes.workers)}

    def write(self) -> None:
        self._flights()
        number = 0
        for one in self.everybody:
            if one.place != 1 or one.area not in self.workers:
                continue
            for at in range(one.told + 20 * HOUR, min(one.ends, self.drill.days * DAY_MINUTES), EVERY * DAY_MINUTES):
                if number == MOST:
                    return
                self._order(one, at, number)
                number += 1

    def _order(self, one: Observed, at: int, number: int) -> None:
        """Every ninth fails once and goes round again; what was ordered on the last day is still on its way."""
        category, goods = CATEGORIES[number % len(CATEGORIES)]
        id, by = self.desk.name("errand", number), self.workers[one.area]
        placed = kind.ErrandPlaced(
            person=one.pseudonym, category=category, rank=1 if number % 3 == 0 else 2, contactless=True, goods=goods,
            by_worker=True,
        )  # fmt: skip
        steps: list[tuple[FactData, int, str]] = [(placed, 0, by), (self._taken(), 40, self.carrier)]
        if number % 9 == 8:
            failed = kind.ErrandFailed(reason="nobody_answered", again=True)
            steps += [(failed, 100, self.carrier), (self._taken(), 160, self.carrier)]
        steps += [(kind.ErrandPickedUp(), 190, self.carrier)] if goods else []
        steps += [(kind.ErrandDelivered(at_door=True), 230, self.carrier), (kind.ErrandConfirmed(), 290, by)]
        for n, (data, after, author) in enumerate(steps):
            self.desk.tell(data, id, one.area, author, at + after, (f"errand {n}", number))

    def _taken(self) -> FactData:
        return kind.ErrandAccepted(carrier=self.carrier)

    def _flights(self) -> None:
        by, area, at = officer(self.drill, "county_duty_officer"), self.drill.area, 10 * HOUR
        said = StrandedEstimated(place="越南", people=STRANDED, about=True)
        self.desk.tell(said, self.desk.name("stranded", 0), area, by, at, ("stranded", 0))
        for n, route in enumerate(FLIGHTS):
            departs = self.drill.at((self.drill.days + n) * DAY_MINUTES)
            plan = FlightPlanned(
                conveyance=Conveyance.FLIGHT, number=f"VN{n + 1}", route=route, departs=departs, seats=SEATS
            )
            self.desk.tell(plan, self.desk.name("flight", n), area, by, at + n, ("flight", n))
