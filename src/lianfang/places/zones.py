"""Development zones and other units that official notices count by and that have no code of their own (GB/T 2260).

Such a unit is read as ``<code of its parent>-<name>``: 通辽市's 经济开发区 is ``150500-经济开发区``. The list of
zones is open, so that they are recognised by the form of the name; those with a proper name of another form are
in ``aliases.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

KINDS = (
    r"(?:国家级?)?(?:航空港区|空港区|(?:高新|经济)?技术(?:产业)?开发区|经济技术?开发区|高新技术?(?:产业)?(?:开发)?区|高新技术产业园区|经开区|开发区|"
    r"综合?保税区|保税港区|保税区|出口加工区|自贸区|工业园区|产业园区|科技园区|产业集聚区|城乡一体化示范区|一体化示范区|"
    r"综合实验区|实验区|试验区|示范区|示范园区|管理区|风景名胜区|名胜区|风景区|旅游度假区|度假区|旅游区|投资区|新城区|生态城|"
    r"新区|矿区|林区|垦区|园区|农场|林场|牧场|管委会|管理委员会)"
)
"""The kinds that such names end in, longest forms first within a stem."""

_NOT_IN_NAMES = (
    "为在的和与及例其新增病者均是有来自无现已个共各由从到曾往返至系该本此等约余近"
    "死亡治愈出院确诊疑似报告累计人名市县旗州省"
)
_ZONE = re.compile(rf"(?:(?![{_NOT_IN_NAMES}])[\u4e00-\u9fff]){{0,5}}?{KINDS}(?:管委会|管理委员会)?")


def zone_at(text: str, pos: int = 0) -> int:
    """End of the zone's name that starts at ``pos``; -1 where none does."""
    found = _ZONE.match(text, pos, pos + 20)
    return found.end() if found else -1


KINDS_EN = (
    ("高新技术产业开发区", "High-tech Zone"),
    ("高新技术开发区", "High-tech Zone"),
    ("高新技术产业园区", "High-tech Zone"),
    ("高新区", "High-tech Zone"),
    ("经济技术开发区", "Economic and Technological Development Zone"),
    ("经济开发区", "Economic Development Zone"),
    ("经开区", "Economic Development Zone"),
    ("开发区", "Development Zone"),
    ("综合保税区", "Comprehensive Bonded Zone"),
    ("保税港区", "Bonded Port Zone"),
    ("保税区", "Bonded Zone"),
    ("出口加工区", "Export Processing Zone"),
    ("自贸区", "Free Trade Zone"),
    ("航空港区", "Airport Zone"),
    ("空港区", "Airport Zone"),
    ("工业园区", "Industrial Park"),
    ("产业园区", "Industrial Park"),
    ("科技园区", "Science Park"),
    ("产业集聚区", "Industrial Cluster Zone"),
    ("城乡一体化示范区", "Urban-Rural Demonstration Zone"),
    ("示范园区", "Demonstration Park"),
    ("示范区", "Demonstration Zone"),
    ("实验区", "Pilot Zone"),
    ("试验区", "Pilot Zone"),
    ("管理区", "Administrative Zone"),
    ("旅游度假区", "Tourist Resort"),
    ("度假区", "Resort"),
    ("风景名胜区", "Scenic Area"),
    ("名胜区", "Scenic Area"),
    ("风景区", "Scenic Area"),
    ("旅游区", "Tourist Area"),
    ("投资区", "Investment Zone"),
    ("生态城", "Eco-city"),
    ("新城区", "New Town"),
    ("新区", "New Area"),
    ("矿区", "Mining Area"),
    ("林区", "Forest Area"),
    ("垦区", "Reclamation Area"),
    ("园区", "Park"),
    ("农场", "Farm"),
    ("林场", "Forest Farm"),
    ("牧场", "Pasture"),
)
"""English for the kinds, the longer before the shorter that they end in."""


def zone_en(name: str, pinyin: Callable[[str], str]) -> str:
    """English name of a zone: 柳东新区 → Liudong New Area; ``pinyin`` reads what stands before the kind."""
    stem = re.sub("(管委会|管理委员会)$", "", name)
    for kind, en in KINDS_EN:
        if stem.endswith(kind):
            return f"{pinyin(stem.removesuffix(kind).removesuffix('国家级').removesuffix('国家'))} {en}".strip()
    return pinyin(stem)
