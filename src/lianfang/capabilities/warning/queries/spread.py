"""How far a disease has reached in an area, as of a moment and as known at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from lianfang.access.matrix import require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.queries.confirmed import READ, Moment, counted_in, moment
from lianfang.capabilities.warning.rules.grading import day_of
from lianfang.capabilities.warning.rules.spread import (
    LEVELS,
    Flow,
    Found,
    Place,
    Spread,
    flows,
    place_at,
    sources,
    spread,
)
from lianfang.places.queries import current_gazetteer

MOST_DAYS: Final = 366
_BELOW: Final = {"country": "province", "province": "prefecture", "prefecture": "county", "county": "town"}
"""The level right below each."""


class Reach(NamedTuple):
    """``level``: that of the areas that are told; ``matrix``: from where each got its imported cases, by divisions of
    the same level within the area that was asked for, by province outside of it, by country from abroad."""

    level: str
    at: Moment
    spread: Spread
    matrix: tuple[Flow, ...]
    sources: Mapping[InfectionSource, int]


def reach(
    viewer: Viewer, area: str, *, disease: str, level: str = "", days: int = 28, as_of: datetime | None = None,
    known_at: datetime | None = None, now: datetime,
) -> Reach:  # fmt: skip
    """The areas newly reached on each of the last days, and where the cases of the area came from. Raises Forbidden,
    Refused."""
    within = range_of(area)
    require_over(viewer, READ, area)
    its = current_gazetteer().division(area)
    level = level or _BELOW.get(its.level if its else "", "town")
    if level not in LEVELS:
        there = ", ".join(LEVELS)
        raise Refused([Wrong("level", "unknown", f"没有级别{level}，可用：{there}", f"is none of {there}: name one")])
    at = moment(as_of, known_at, now)
    known = counted_in(viewer, within, disease, at)
    cases = [Found(one.case, one.area, one.confirmed_at, one.source, one.came_from) for one in known]
    last = day_of(at.as_of - timedelta(microseconds=1))
    place = place_at(level)
    told = spread(cases, place, last - timedelta(days - 1), last)
    return Reach(level, at, told, tuple(flows(cases, place, _origin(within, place))), sources(cases))


def _origin(within: tuple[str, str], place: Place) -> Place:
    """Where somebody came from, as closely as is told of areas within a range, by province outside of it."""
    province = place_at("province")

    def of(area: str) -> str | None:
        if within[0] <= area < within[1]:
            return place(area) or area
        return province(area)

    return of
