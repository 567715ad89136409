"""The only door for reading tasks. The viewer comes first; the list is made of what every capability tells of."""

from __future__ import annotations

from lianfang.capabilities.tasks.queries.gather import about, day_of, gathered, range_of, shown, taking
from lianfang.capabilities.tasks.queries.lists import (
    MOST_ON_A_PAGE,
    NO_PLACE,
    PAGE,
    Line,
    Page,
    Summary,
    Tally,
    Wanted,
    page,
    summary,
)
from lianfang.capabilities.tasks.queries.rows import tuples
from lianfang.capabilities.tasks.queries.whom import Assignee, assignees, held_by, holders, named, people
from lianfang.facts.refold import among

__all__ = [
    "MOST_ON_A_PAGE", "NO_PLACE", "PAGE", "Assignee", "Line", "Page", "Summary", "Tally", "Wanted", "about", "among",
    "assignees", "day_of", "gathered", "held_by", "holders", "named", "page", "people", "range_of", "shown", "summary",
    "taking", "tuples",
]  # fmt: skip
