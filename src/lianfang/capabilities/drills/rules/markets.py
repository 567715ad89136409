"""Markets: one in each county, inspected item by item, with environmental samples and what is done where one is
positive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import LABORATORY, Desk, code, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.posts import HOUR
from lianfang.capabilities.drills.rules.setting import officer
from lianfang.capabilities.warning import facts as kind
from lianfang.epi.simulate import dice

ITEMS: Final = (
    "no_wild_animals", "no_live_poultry", "quarantine_papers", "disinfection", "waste", "ventilation", "masks",
)  # fmt: skip
POINTS: Final = ("stall", "board", "sewage")
"""What is looked at and where samples are taken, by the policy of markets."""
MEASURES: Final = ("disinfected", "closed", "people_tested")
OPENS: Final = 8 * HOUR
BEGINS: Final = 9 * HOUR
SAMPLED, RESULT, HANDLED = 20, 26 * HOUR, 5 * HOUR
"""Minutes from an inspection until samples are taken; from these until their results; from a result until something is
done about it."""


class Sample(NamedTuple):
    """A sample that was taken at a minute; ``name``: of its fact."""

    name: tuple[str, int]
    point: str
    at: int
    positive: bool


class Market(NamedTuple):
    """``inspected``: minute and items that were not met, of each inspection."""

    number: int
    id: str
    area: str
    name: str
    inspected: tuple[tuple[int, tuple[str, ...]], ...]
    samples: tuple[Sample, ...]


class Markets:
    """Writes what is recorded of markets, and what the registers hold of them in the end."""

    def __init__(self, drill: Drill) -> None:
        self.drill, self.desk, self.end = drill, Desk(drill), drill.days * DAY_MINUTES - 1
        self.all = [self._market(number, area) for number, area in enumerate(counties(drill))]

    def _market(self, number: int, area: str) -> Market:
        its, inspected, samples = self.drill.response, [], []
        for nth, first in enumerate(range(0, self.drill.days, its.inspect_days)):

            def draw(what: int, step: int = nth) -> float:
                return dice.uniform(dice.key(self.drill.seed, "markets"), number, step, what)

            at = (first + int(draw(0) * its.inspect_days)) * DAY_MINUTES + BEGINS + int(draw(1) * 6 * HOUR)
            inspected.append((at, tuple(item for n, item in enumerate(ITEMS) if draw(10 + n) < its.found)))
            samples += [
                Sample((f"market sample {nth} {n}", number), point, at + SAMPLED, draw(20 + n) < its.market_positive)
                for n, point in enumerate(POINTS)
            ]
        id, name = self.desk.name("market", number), f"演练{number + 1}号农贸市场"
        return Market(number, id, area, name, tuple(inspected), tuple(samples))

    def write(self) -> None:
        """Everything that is recorded of markets."""
        inspector, tester = officer(self.drill, "inspector"), code(LABORATORY, self.drill.area)
        for one in self.all:
            cdc = code("cdc", one.area)
            opened = kind.MarketRegistered(name=one.name, market_kind="farmers_market", sells=("fresh_meat", "aquatic"))
            self.desk.tell(opened, one.id, one.area, cdc, OPENS, ("market registered", one.number))
            for at, unmet in one.inspected:
                found = tuple(kind.Finding(item=item, met=item not in unmet) for item in ITEMS)
                name = (f"market inspected {at}", one.number)
                self.desk.tell(kind.MarketInspected(findings=found), one.id, one.area, inspector, at, name)
            for sample in one.samples:
                taken = kind.MarketSampled(disease=self.drill.disease, point=sample.point, laboratory=tester)
                id = self.desk.tell(taken, one.id, one.area, cdc, sample.at, sample.name)
                result = "positive" if sample.positive else "negative"
                tested = kind.MarketTested(sample=UUID(id), test="pcr", result=result)
                known, (purpose, number) = sample.at + RESULT, sample.name
                self.desk.tell(tested, one.id, one.area, cdc, known, (f"{purpose} tested", number))
                if sample.positive:
                    done, name = kind.MarketHandled(measures=MEASURES), (f"{purpose} handled", number)
                    self.desk.tell(done, one.id, one.area, cdc, known + HANDLED, name)

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Each market with the row: name, inspections, items not met, positive samples, whether it is closed."""
        for one in self.all:
            inspected = [unmet for at, unmet in one.inspected if at <= self.end]
            known = [sample for sample in one.samples if sample.positive and sample.at + RESULT <= self.end]
            closed = any(sample.at + RESULT + HANDLED <= self.end for sample in known)
            unmet = len(inspected[-1]) if inspected else 0
            yield one.id, [one.name, len(inspected), unmet, len(known), closed]

    def samples(self) -> Iterator[tuple[str, list[Any]]]:
        """Each sample with the row: market, point, result."""
        for one in self.all:
            for sample in one.samples:
                if sample.at <= self.end:
                    result = "positive" if sample.positive else "negative"
                    known = sample.at + RESULT <= self.end
                    yield self.desk.name(*sample.name), [one.id, sample.point, result if known else None]
