"""Development zones and other units that official notices count by and that have no code of their own (GB/T 2260).

Such a unit is read as ``<code of its parent>-<name>``: 通辽市's 经济开发区 is ``150500-经济开发区``. The list of
zones is open, so that they are recognised by the form of the name; those with a proper name of another form are
in ``aliases.toml``.
"""

from __future__ import annotations

import re

KINDS = (
    r"(?:国家级?)?(?:(?:高新|经济)?技术(?:产业)?开发区|经济技术?开发区|高新技术?(?:产业)?(?:开发)?区|高新技术产业园区|经开区|开发区|"
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
