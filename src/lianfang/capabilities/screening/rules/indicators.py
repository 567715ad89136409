"""The indicators of household screening: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

_ROUND: Final = (
    "No household and nobody left out, round by round, by grid, with a daily report by community: as reported on "
    "28 January 2020 (screening.toml)",
    "一户不落、一人不漏，分轮次、按网格排查，以社区（村）为单位日报：2020年1月28日报道（见 screening.toml）",
)
_REGISTERED: Final = ("household.registered",)
_VISITED: Final = ("household.registered", "visit.made")

DECLARED: Final = (
    Indicator(
        "households", Group.SCREENING, "登记住户", "households on the register", "household", Kind.STOCK, Better.NONE,
        "现在登记在册、划入网格的住户；轮次结束后登记的不计入该轮。",
        "Households on the register that lie in a grid; of a round that is over, those that were on it then.",
        "households = |{on the register, in a grid}|", *_ROUND, _REGISTERED, "coverage", series=False,
    ),
    Indicator(
        "households_covered", Group.SCREENING, "本轮已排查住户", "households covered in the round", "household",
        Kind.STOCK, Better.HIGHER, "本轮排查中每名应查成员均有结果的住户。",
        "Households of which every member who is due was accounted for in the present round.",
        "households_covered = |{status in the round = done}|", *_ROUND, _VISITED, "coverage", series=False,
    ),
    Indicator(
        "household_coverage", Group.SCREENING, "本轮排查覆盖率", "coverage of the round", "household", Kind.SHARE,
        Better.HIGHER, "本轮已排查住户占登记住户的比例。",
        "Households covered in the present round as a share of those on the register.",
        "household_coverage = households_covered ÷ households", *_ROUND, _VISITED, "coverage", series=False,
        of="households",
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {"household.registered": ("登记住户", "Registered"), "visit.made": ("入户", "Visited")}
)
