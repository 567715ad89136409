"""The risk of a county, low, medium or high, in the order of the rule's steps (``policy/risk.toml``).

The 14 days are the last whole days before the moment asked about and what has run of its own day: a case confirmed on
the first of these days is still new, one of the day before is not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.warning.rules.grading import (
    CountyEdition,
    Evidence,
    Graded,
    Turn,
    turns,
    whole_days,
)
from lianfang.profiles.disease.parts import ClusterRule


class Confirmed(NamedTuple):
    """A confirmed case that a county counts; ``day`` is that of its onset, or of its report where nobody knows it."""

    case: UUID
    confirmed_at: datetime
    day: date


class Clusters(NamedTuple):
    """What is a cluster: the rule of an edition and its code; ``rule`` is None where it says nothing of clusters."""

    rule: ClusterRule | None
    edition: str


def county(
    cases: Collection[Confirmed],
    groups: Sequence[Collection[UUID]],
    as_of: datetime,
    edition: CountyEdition,
    clusters: Clusters,
) -> Graded:
    """The level of a county before ``as_of``. ``groups``: cases that belong together, of which one may be a cluster."""
    seen = [one for one in cases if one.confirmed_at < as_of]
    since = whole_days(as_of, edition.days)
    new = [one for one in seen if one.confirmed_at >= since]
    told = [Evidence("confirmed", len(seen)), Evidence("new", len(new), _ids(new))]
    if not seen:
        return Graded("low", "none_ever", tuple(told))
    told.append(Evidence("last_new", max(one.confirmed_at for one in seen)))
    if not new:
        return Graded("low", "none_lately", tuple(told))
    if len(seen) <= edition.cumulative_most:
        return Graded("medium", "few", tuple(told))
    told.append(Evidence("cluster_edition", clusters.edition or None))
    if clusters.rule is None:
        return Graded(None, "cluster", tuple(told), ("no_cluster_rule",))
    found = recent_clusters(seen, groups, since, clusters.rule)
    told.append(Evidence("clusters", len(found)))
    if not found:
        return Graded("medium", "no_cluster", tuple(told))
    largest = max(found, key=len)
    told.append(Evidence("largest_cluster", len(largest), largest))
    return Graded("high", "cluster", tuple(told))


def recent_clusters(
    cases: Collection[Confirmed], groups: Sequence[Collection[UUID]], since: datetime, rule: ClusterRule
) -> list[tuple[UUID, ...]]:
    """The cases of each group of which enough fell ill within the rule's days, one of them confirmed since a moment."""
    known = {one.case: one for one in cases}
    found = []
    for group in groups:
        its = sorted((known[case] for case in group if case in known), key=lambda one: (one.day, one.case))
        windows = (_within(its, first.day, rule.days) for first in its)
        tied = [one for one in windows if len(one) >= rule.least and any(c.confirmed_at >= since for c in one)]
        if tied:
            found.append(_ids(max(tied, key=len)))
    return found


def history(
    cases: Collection[Confirmed],
    groups: Sequence[Collection[UUID]],
    until: datetime,
    edition: CountyEdition,
    clusters: Clusters,
) -> list[Turn]:
    """When the level of a county turned, judged as of each midnight since the day of its first case and as of
    ``until``, from what is known now."""
    first = min((one.confirmed_at for one in cases if one.confirmed_at < until), default=until)
    midnight, moments = whole_days(first, 0), [until]
    while midnight <= until:
        moments.append(midnight)
        midnight += timedelta(days=1)
    return turns(lambda at: county(cases, groups, at, edition, clusters), moments, until)


def _within(cases: Sequence[Confirmed], first: date, days: int) -> list[Confirmed]:
    return [one for one in cases if first <= one.day < first + timedelta(days)]


def _ids(cases: Collection[Confirmed]) -> tuple[UUID, ...]:
    return tuple(one.case for one in sorted(cases, key=lambda one: (one.confirmed_at, one.case)))
