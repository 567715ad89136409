"""Which areas somebody can be held in: divisions, the grids and communities below their counties, and zones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lianfang.places.gazetteer import COUNTRY, Gazetteer
from lianfang.places.queries import current_gazetteer

FEWEST_MORE, MOST_MORE = 3, 9
"""Characters that the code of a town, a community or a grid has after its county's. Statistical codes have twelve
digits (3 for the town, 3 for the community); a grid has up to three more."""


def known_areas() -> Callable[[str], bool]:
    """Tells whether an area exists, by the divisions as they are now."""
    gazetteer = current_gazetteer()

    @cache
    def known(code: str) -> bool:
        return exists(gazetteer, code)

    return known


def exists(gazetteer: Gazetteer, code: str) -> bool:
    """Whether ``code`` is a division's, lies below a county's, or is ``<parent>-<name>`` of a zone of a division."""
    parent, dash, zone = code.partition("-")
    if dash:
        return bool(zone) and parent != COUNTRY and gazetteer.division(parent) is not None
    shortest, longest = max(1, len(code) - MOST_MORE), len(code) - FEWEST_MORE
    if any(_has_grids(gazetteer, code[:length]) for length in range(shortest, longest + 1)):
        return True
    return gazetteer.division(code) is not None


def _has_grids(gazetteer: Gazetteer, code: str) -> bool:
    """Counties, and prefectures without counties."""
    division = gazetteer.division(code)
    if division is None or division.level != "prefecture":
        return division is not None and division.level == "county"
    return not any(child.level == "county" for child in gazetteer.children(code))
