"""Production in a drill: makers of masks and of other goods that go back to work one after the other, what one of them
lacks, hands that it asks for, what necessities cost, and parts of hospitals made against the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.supplies import facts as kind
from lianfang.capabilities.supplies.facts.prices import price_id
from lianfang.capabilities.supplies.facts.producers import Product, Working
from lianfang.capabilities.supplies.facts.projects import Step
from lianfang.capabilities.supplies.facts.support import SupportCategory, SupportOutcome
from lianfang.facts.fact import FactData

LISTED, STATED, REPORTED, PRICED = 7 * 60, 8 * 60, 18 * 60, 11 * 60
"""Minutes of a day."""
MAKERS: Final = (
    ("口罩一厂", "Mask works 1", 0, 50_000, 1),
    ("口罩二厂", "Mask works 2", 0, 20_000, 3),
    ("防护服厂", "Protective clothing works", 1, 2_000, 4),
    ("消毒用品厂", "Disinfectant works", 2, 8_000, 6),
    ("检测试剂厂", "Test kit works", 3, 5_000, 9),
)
"""Name, the number of the item that it makes, how much on a usual day, and on which day it is back at work."""
ASKED: Final = 700_000
"""Masks a day that the first is asked for, of whose 50,000 the papers wrote."""
GROWS: Final = 1.06
"""Output of a day to that of the day before, until it is twice the usual."""
GOODS: Final = (("rice", 280), ("pork", 2_600), ("eggs", 620), ("cabbage", 150), ("mask", 100))
"""What each cost before, in hundredths of a yuan."""
DEARER: Final = {"pork": 1.04, "cabbage": 1.09}
"""By how much what is in short supply rises a day, in the first county, for as many days as ``RISES`` has."""
RISES: Final = 5
WATCHED: Final = 4
"""In so many counties prices are told."""
STEPS: Final = (
    ("layout", "放样", "laying out"), ("cutting", "下料", "cutting"), ("making", "制作", "making"),
    ("grinding", "打磨", "grinding"), ("coating", "涂装", "coating"), ("dispatch", "发运", "dispatch"),
)  # fmt: skip
PROJECTS: Final = (
    ("医院钢结构加工", "Steel parts of a hospital"),
    ("第二座医院钢结构加工", "Steel parts of a second hospital"),
)
PARTS, HOURS, STARTS = 4_800, 24, 10
"""Of the project, and the day on which the first begins; another begins on the last."""
TAKES: Final = 16
"""Hours that all parts take through a stage."""
SILENT: Final = len(MAKERS) - 1
"""The maker that has told nothing of its last days."""
QUIET: Final = 3
"""How many these are."""


class Works:
    """Writes the facts of production."""

    def __init__(self, drill: Drill, officer: str) -> None:
        """``officer``: the account that keeps it."""
        self.drill, self.officer, self.desk = drill, officer, Desk(drill)
        self.areas = counties(drill)

    def write(self) -> None:
        """Everything that is recorded of production."""
        for n in range(len(MAKERS)):
            self._maker(n)
        self._lacking()
        for day in range(self.drill.days):
            self._prices(day)
        for n, day in enumerate((STARTS, self.drill.days - 1)):
            self._project(n, day)
        for n, day in enumerate((3, self.drill.days)):
            self._asking(n, day)

    def _area(self, n: int) -> str:
        return self.areas[n % len(self.areas)]

    def _maker(self, n: int) -> None:
        zh, en, item, usual, back = MAKERS[n]
        id, made = UUID(self.desk.name("producer", n)), UUID(self.desk.name("supply item", item))
        listed = kind.ProducerListed(name=f"演练{zh}", en=en, makes=(Product(item=made, per_day=usual),))
        self._tell(listed, id, self._area(n), LISTED, ("producer listed", n))
        if n == 0:
            asked = kind.DemandSet(item=made, since=self.drill.day(0), per_day=ASKED)
            self._tell(asked, id, self._area(n), LISTED + 1, ("producer demand", n))
        stopped = kind.WorkStated(working=Working.STOPPED, since=self.drill.day(0))
        self._tell(stopped, id, self._area(n), STATED, ("producer stopped", n))
        for day, working in ((back, Working.PART), (back + 3, Working.FULL)):
            stated = kind.WorkStated(working=working, since=self.drill.day(day))
            self._tell(stated, id, self._area(n), day * DAY_MINUTES + STATED, (f"producer {working}", n))
        for day in range(back, self.drill.days - (QUIET if n == SILENT else 0)):
            quantity = int(usual * min(2.0, 0.4 * GROWS ** (day - back)))
            output = kind.OutputReported(item=made, day=self.drill.day(day), quantity=quantity)
            number = n * self.drill.days + day
            self._tell(output, id, self._area(n), day * DAY_MINUTES + REPORTED, ("producer output", number))

    def _lacking(self) -> None:
        """The first maker lacks material, which is found; a hospital's network, which is still being seen to."""
        first, area = UUID(self.desk.name("producer", 0)), self._area(0)
        needs: tuple[tuple[SupportCategory, dict[str, Any], int, int | None], ...] = (
            (SupportCategory.MATERIAL, {"producer": first, "zh": "熔喷布不足"}, 1, 40),
            (SupportCategory.TRANSPORT, {"producer": first, "zh": "原料车辆无法进城"}, 2, 60),
            (
                SupportCategory.NETWORK,
                {"facility": "演练定点医院", "zh": "隔离病区网络中断"},
                self.drill.days - 1,
                None,
            ),
        )
        for n, (category, of, day, solved) in enumerate(needs):
            id, begins = UUID(self.desk.name("support", n)), day * DAY_MINUTES + STATED + 30
            self._tell(kind.SupportAsked(category=category, **of), id, area, begins, ("support asked", n))
            self._tell(kind.SupportTaken(), id, area, begins + 90, ("support taken", n))
            if solved is not None:
                closed = kind.SupportClosed(outcome=SupportOutcome.SOLVED)
                self._tell(closed, id, area, begins + solved * 60, ("support closed", n))

    def _asking(self, n: int, day: int) -> None:
        """The first maker asks for hands for the shift of a day, on the day before it."""
        shift = self.drill.at(day * DAY_MINUTES + STATED)
        producer = UUID(self.desk.name("producer", 0))
        asked = kind.HandsAsked(producer=producer, people=120, groups=4, begins=shift, ends=shift + timedelta(hours=8))
        id, minute = UUID(self.desk.name("labour", n)), (day - 1) * DAY_MINUTES + STATED
        self._tell(asked, id, self._area(0), minute, ("labour asked", n))

    def _prices(self, day: int) -> None:
        for at, area in enumerate(self.areas[:WATCHED]):
            for n, (good, before) in enumerate(GOODS):
                rise = DEARER.get(good, 1.0) ** min(day, RISES) if at == 0 else 1.0
                outlet = "演练便民超市"
                data = kind.PriceReported(outlet=outlet, good=good, day=self.drill.day(day), fen=int(before * rise))
                number = (day * len(self.areas) + at) * len(GOODS) + n
                subject = price_id(area, outlet, good)
                self._tell(data, subject, area, day * DAY_MINUTES + PRICED, ("price reported", number))

    def _project(self, number: int, day: int) -> None:
        """Every stage begins an hour after the one before it, and all are through after a day."""
        id, begins = UUID(self.desk.name("project", number)), day * DAY_MINUTES + LISTED
        zh, en = PROJECTS[number]
        opened = kind.ProjectOpened(
            zh=f"演练{zh}", en=en, parts=PARTS, steps=tuple(Step(code=code, zh=zh, en=en) for code, zh, en in STEPS),
            begins=self.drill.at(begins), due=self.drill.at(begins + HOURS * 60),
        )  # fmt: skip
        self._tell(opened, id, self._area(0), begins, ("project opened", number))
        for hour in range(3, HOURS, 3):
            for n, (code, _, _) in enumerate(STEPS):
                done = min(PARTS, max(0, (hour - n) * PARTS // TAKES))
                told = kind.ProgressMade(step=code, done=done)
                each = (number * HOURS + hour) * 10 + n
                self._tell(told, id, self._area(0), begins + hour * 60 + n, ("project progress", each))

    def _tell(self, data: FactData, subject: UUID, area: str, minute: int, name: tuple[str, int]) -> None:
        self.desk.tell(data, str(subject), area, self.officer, minute, name)
