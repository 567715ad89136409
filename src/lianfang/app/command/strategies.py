"""The strategy of each county and community: what follows from its class by the rule of the day, or what an authority
decided on instead. The viewer comes first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from lianfang.access.matrix import can
from lianfang.access.viewer import Viewer
from lianfang.capabilities.command.queries.steering import overrides, require_known
from lianfang.capabilities.command.rules.strategy import (
    Derived,
    Scheme,
    Term,
    derived,
    read_as,
    readings,
    strategies,
)
from lianfang.capabilities.command.state.strategy import Override
from lianfang.capabilities.warning.queries import risk
from lianfang.capabilities.warning.queries.risk import Asked, GradedArea
from lianfang.capabilities.warning.rules.grading import community_policy, county_policy, day_of

WARNING: Final = "warning.read"
DISEASE: Final = "ncov-2020"
MOST_LINES: Final = 400
"""More than the counties of any province."""


class Line(NamedTuple):
    """An area with its class (None where the rule leaves it open), what follows from it (None where no rule of the day
    says), what was decided on instead, and of both what holds."""

    area: str
    scheme: Scheme
    counts_as: Term | None
    follows: Derived | None
    override: Override | None
    holds: Term | None


class Held(NamedTuple):
    """In how many counties a strategy holds, None where none follows, and in how many of these by a decision."""

    strategy: Term | None
    counties: int
    decided: int


def lines(viewer: Viewer, area: str, at: datetime) -> list[Line] | None:
    """The counties of an area, and of a county or a part of it also the communities that have cases; None for who is
    not told of classes. Raises Forbidden, Refused."""
    if not can(viewer, WARNING):
        return None
    asked = Asked(area, DISEASE, as_of=at + timedelta(microseconds=1))  # what happens at the moment counts
    found: list[tuple[Scheme, GradedArea]] = [("county", one) for one in risk.counties(viewer, asked, now=at).places]
    if len(found) <= 1:
        found += [("community", one) for one in risk.with_cases(viewer, asked, now=at).places]
    decided = overrides(viewer, [one.area for _, one in found], at)
    return [_line(scheme, one, decided.get(one.area), at) for scheme, one in found]


def own(viewer: Viewer, area: str, at: datetime) -> Override | None:
    """What was decided on for an area itself, or for the nearest one above. Raises Forbidden, Refused."""
    require_known(viewer, area)
    return overrides(viewer, [area], at).get(area)


def tally(told: list[Line]) -> list[Held]:
    """In how many counties each strategy holds, in the order of the vocabulary; those of which none follows last."""
    counties = [one for one in told if one.scheme == "county"]
    found = (
        Held(strategy, len(its), sum(one.override is not None for one in its))
        for strategy in (*strategies().values(), None)
        if (its := [one for one in counties if one.holds == strategy])
    )
    return list(found)


def _line(scheme: Scheme, one: GradedArea, decided: Override | None, at: datetime) -> Line:
    its = _counted_as(scheme, one)
    follows = derived(its.code, day_of(at), scheme) if its else None
    holds = strategies()[decided.strategy] if decided else follows.strategy if follows else None
    return Line(one.area, scheme, its, follows, decided, holds)


def _counted_as(scheme: Scheme, one: GradedArea) -> Term | None:
    """As it is graded; of a county on a day without grades, whether it has cases."""
    to = one.graded.to
    if to is not None:
        words = county_policy().levels[to] if scheme == "county" else community_policy().classes[to]
        return Term(to, words.zh, words.en)
    if scheme == "county" and "no_edition" in one.graded.asks:
        confirmed = next((told.value for told in one.graded.evidence if told.code == "confirmed"), 0)
        return readings()[read_as(confirmed if isinstance(confirmed, int) else 0)]
    return None
