"""The indicators of isolation and of stations of observation: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

_RULE: Final = (
    "Law on the Prevention and Treatment of Infectious Diseases (China, 2004), article 39: isolation and medical "
    "observation at designated places",
    "《中华人民共和国传染病防治法》（2004年修订）第三十九条：隔离治疗与在指定场所进行医学观察",
)
_STATION_KINDS: Final = ("station.opened", "station.ward_opened", "station.closed")

ORDERS: Final = (
    Indicator(
        "orders_active", Group.ISOLATION, "在执行的隔离指令", "orders of isolation in force", "order", Kind.STOCK,
        Better.LOWER, "截至当日24时已下达、尚未解除的隔离与医学观察指令，含居家观察。",
        "Orders of isolation or observation, at home too, that were given and not lifted at 24:00.",
        "orders_active = |{given, not lifted}|", *_RULE,
        ("isolation.ordered", "isolation.executed", "isolation.mode_changed", "isolation.lifted"), "isolation",
        per_population=True,
    ),
    Indicator(
        "orders_new", Group.ISOLATION, "新下达的隔离指令", "orders of isolation, new", "order", Kind.FLOW, Better.NONE,
        "当日下达的隔离与医学观察指令。", "Orders of isolation or observation that were given on the day.",
        "orders_new(d) = |{given on d}|", *_RULE, ("isolation.ordered",), "isolation",
    ),
)  # fmt: skip
STATIONS: Final = (
    Indicator(
        "places_used", Group.ISOLATION, "留验站已占床位", "places of observation in use", "place", Kind.STOCK,
        Better.NONE, "现有启用的留验站中已安排或已入住的床位；不论由哪个地区负责其人。",
        "Places of the stations that are open, promised or taken now, whoever is responsible for those who hold them.",
        "places_used = Σ held", *_RULE, _STATION_KINDS, "stations", series=False,
    ),
    Indicator(
        "places_free", Group.ISOLATION, "留验站空余床位", "places of observation free", "place", Kind.STOCK,
        Better.HIGHER, "现有启用的留验站的床位（含临时加床）减已安排或已入住的床位；为负数的表示超员。",
        "Places of the stations that are open, temporary ones among them, without those promised or taken; less than "
        "nought where more are held than there are.",
        "places_free = Σ (permanent + temporary − held)", *_RULE, _STATION_KINDS, "stations", series=False,
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "isolation.ordered": ("下达指令", "Ordered"),
        "isolation.executed": ("执行", "Carried out"),
        "isolation.mode_changed": ("变更方式或地点", "Mode or place changed"),
        "isolation.lifted": ("解除", "Lifted"),
        "station.opened": ("启用或变更", "Opened or changed"),
        "station.ward_opened": ("增设床位", "Beds added"),
        "station.closed": ("关闭", "Closed"),
    }
)
