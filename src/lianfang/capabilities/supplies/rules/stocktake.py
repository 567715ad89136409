"""The columns of a stocktake as a file."""

from __future__ import annotations

from typing import Final

FIELDS: Final = ("item", "lot", "amount", "unit")
TITLES: Final = ("物资编码", "批号", "数量", "单位")
COLUMNS: Final = {"编码": "item"} | dict(zip((*FIELDS, *TITLES), (*FIELDS, *FIELDS), strict=True))
"""The field of each title."""


def template(lang: str) -> str:
    """An empty list with its titles, as a spreadsheet opens it."""
    return "\ufeff" + ",".join(TITLES if lang == "zh" else FIELDS) + "\r\n"
