"""The indicators of supplies: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

_RULE: Final = (
    "Reserve targets and a list of what is short: Yunnan's press conference of 28 January 2020",
    "加大储备力度、应储尽储、列出极度缺乏的物资：2020年1月28日云南省新闻发布会",
)
_KINDS: Final = ("stock.moved", "stock.item_listed", "stock.store_opened", "stock.store_closed")

DECLARED: Final = (
    Indicator(
        "stock_needed", Group.SUPPLIES, "有消耗的物资（按仓库）", "items in use, by store", "item", Kind.STOCK,
        Better.NONE, "各仓库中近期有消耗或按标准有需求的物资种数，一个仓库的一种物资计一项。",
        "Items that stores have used of late or need by the norms; an item in a store counts one.",
        "stock_needed = |{(store, item): used or needed}|", *_RULE, _KINDS, "supplies", series=False,
    ),
    Indicator(
        "stock_short", Group.SUPPLIES, "短缺物资（按仓库）", "items that run short, by store", "item", Kind.SHARE,
        Better.LOWER, "可用天数低于政策规定的短缺线或已用完的物资，占有消耗的物资。",
        "Of the items in use, those whose days of supply are below the policy's line of shortage, or that are used up.",
        "stock_short = |{(store, item): days of supply < short_days}|", *_RULE, _KINDS, "supplies", series=False,
        of="stock_needed",
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "stock.moved": ("物资变动", "Stock moved"),
        "stock.item_listed": ("列入目录", "Item listed"),
        "stock.store_opened": ("启用仓库", "Store opened"),
        "stock.store_closed": ("停用仓库", "Store closed"),
    }
)
