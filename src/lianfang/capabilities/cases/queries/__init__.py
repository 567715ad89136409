"""The only door for reading cases. The viewer comes first; a question about the past takes two times."""

from __future__ import annotations

from lianfang.capabilities.cases.queries.card import CardOf, Told, card
from lianfang.capabilities.cases.queries.columns import COLUMNS, OWN_GROUPS, SORTS, Column, titles
from lianfang.capabilities.cases.queries.counts import Counted, counts
from lianfang.capabilities.cases.queries.listing import Asked, Condition, Page, page, pages
from lianfang.capabilities.cases.queries.others import assessments, obligations, samples, views

__all__ = [
    "COLUMNS",
    "OWN_GROUPS",
    "SORTS",
    "Asked",
    "CardOf",
    "Column",
    "Condition",
    "Counted",
    "Page",
    "Told",
    "assessments",
    "card",
    "counts",
    "obligations",
    "page",
    "pages",
    "samples",
    "titles",
    "views",
]
