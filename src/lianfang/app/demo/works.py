"""The made production of the demonstration: makers that go back to work, what they lack, hands, prices of necessities,
and parts of a hospital made against the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.app.demo.supplies import CITY, OFFICER, fact, item
from lianfang.capabilities.supplies import facts as kind
from lianfang.capabilities.supplies.facts.prices import price_id
from lianfang.capabilities.supplies.facts.producers import Product, Working
from lianfang.capabilities.supplies.facts.projects import Step
from lianfang.capabilities.supplies.facts.support import SupportCategory
from lianfang.facts.fact import Fact

_NAMES: Final = UUID("9e4a1b60-27c8-5f13-b5d9-0c6e83f7a214")
_MAKERS: Final = (
    ("示例口罩一厂", "Sample mask works 1", 0, 50_000, Working.FULL, 5),
    ("示例口罩二厂", "Sample mask works 2", 0, 20_000, Working.PART, 3),
    ("示例防护服厂", "Sample protective clothing works", 1, 800, Working.PART, 2),
    ("示例消毒用品厂", "Sample disinfectant works", 2, 6_000, Working.FULL, 4),
    ("示例制药厂", "Sample drug works", 4, 1_500, Working.STOPPED, 6),
)
"""Name, the number of the item that it makes, how much on a usual day, how it works, and for how many days."""
_ASKED: Final = 700_000
_PRICES: Final = (
    ("rice", 280, 282), ("pork", 2_600, 2_720), ("eggs", 620, 625), ("cabbage", 150, 198), ("mask", 100, None),
)  # fmt: skip
"""What each costs before, and on the last day; None where it is sold out."""
_SHOP: Final = "示例便民超市"
_STEPS: Final = (
    ("layout", "放样", "laying out", 2_600), ("cutting", "下料", "cutting", 2_300), ("making", "制作", "making", 1_900),
    ("grinding", "打磨", "grinding", 1_500), ("coating", "涂装", "coating", 1_100),
    ("dispatch", "发运", "dispatch", 700),
)  # fmt: skip
"""Stages, and how many parts have passed each by the morning."""
_PARTS, _RUNS = 4_800, 11
"""Of the project, and hours that it has run."""


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded before the demonstration's morning: when it was received, by whom, and the facts."""
    told = [*_makers(), *_needs(), *_prices(), *_project()]
    return [(MORNING, OFFICER, sorted(told, key=lambda one: one.observed_at))]


def _maker(n: int) -> UUID:
    return uuid5(_NAMES, f"maker|{n}")


def _fact(name: str, subject: UUID, hours: float, data: Any, area: str = CITY) -> Fact:
    return fact(f"works|{name}", subject, area, hours, data)


def _makers() -> Iterator[Fact]:
    today = MORNING.date()
    for n, (zh, en, makes, usual, working, back) in enumerate(_MAKERS):
        listed = kind.ProducerListed(name=zh, en=en, makes=(Product(item=item(makes), per_day=usual),))
        yield _fact(f"listed {n}", _maker(n), 200, listed)
        stated = kind.WorkStated(working=working, since=today - timedelta(days=back))
        yield _fact(f"works {n}", _maker(n), back * 24, stated)
        for day in range(1, back if working is not Working.STOPPED else 0):
            made = kind.OutputReported(
                item=item(makes), day=today - timedelta(days=day), quantity=usual * (10 - day) // 10
            )
            yield _fact(f"output {n} {day}", _maker(n), day * 24 - 10, made)
    asked = kind.DemandSet(item=item(0), since=today - timedelta(days=4), per_day=_ASKED)
    yield _fact("asked", _maker(0), 96, asked)
    shift = MORNING + timedelta(days=1)
    hands = kind.HandsAsked(producer=_maker(0), people=120, groups=4, begins=shift, ends=shift + timedelta(hours=8))
    yield _fact("hands", uuid5(_NAMES, "hands"), 3, hands)


def _needs() -> Iterator[Fact]:
    """What a maker lacks for longer than it may, what another does, and a hospital's network, which is seen to."""
    needs: tuple[tuple[SupportCategory, dict[str, Any], float, bool], ...] = (
        (SupportCategory.MATERIAL, {"producer": _maker(0), "zh": "熔喷布不足"}, 53, True),
        (SupportCategory.RESTART, {"producer": _maker(4), "zh": "返岗员工住宿未落实"}, 20, False),
        (SupportCategory.NETWORK, {"facility": "示例定点医院", "zh": "隔离病区网络信号弱"}, 4, True),
    )
    for n, (category, of, hours, taken) in enumerate(needs):
        id = uuid5(_NAMES, f"need|{n}")
        yield _fact(f"need {n}", id, hours, kind.SupportAsked(category=category, **of))
        if taken:
            yield _fact(f"taken {n}", id, hours - 1, kind.SupportTaken())


def _prices() -> Iterator[Fact]:
    """What necessities cost in the week before the base ends, and in the last days."""
    for good, before, now in _PRICES:
        for day in (*range(15, 8, -1), 2, 1, 0):
            fen = before if day else now
            price = kind.PriceReported(
                outlet=_SHOP, good=good, day=MORNING.date() - timedelta(days=day), fen=fen,
                supply="enough" if fen else "out",
            )  # fmt: skip
            yield _fact(f"price {good} {day}", price_id("530102", _SHOP, good), day * 24 + 0.5, price, "530102")


def _project() -> Iterator[Fact]:
    id, begins = uuid5(_NAMES, "project"), MORNING - timedelta(hours=_RUNS)
    opened = kind.ProjectOpened(
        zh="示例医院钢结构加工", en="Steel parts of a sample hospital", parts=_PARTS,
        steps=tuple(Step(code=code, zh=zh, en=en) for code, zh, en, _ in _STEPS), begins=begins,
        due=begins + timedelta(hours=24),
    )  # fmt: skip
    yield _fact("project", id, _RUNS, opened)
    for hour in (8, 5, 3, 1):
        for n, (code, _, _, done) in enumerate(_STEPS):
            told = kind.ProgressMade(step=code, done=done * (_RUNS - hour) // (_RUNS - 1))
            yield _fact(f"progress {code} {hour}", id, hour - n / 100, told)
