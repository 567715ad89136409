"""Clusters by the dated rule of an edition: so many cases within so many days that belong together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.profiles.disease import NoEdition, NoProfile, profile
from lianfang.profiles.disease.parts import ClusterRule


class Dated(NamedTuple):
    """A case and the day that it counts on: of its onset, or of its report where nobody knows when it fell ill."""

    case: UUID
    day: date


class Window(NamedTuple):
    """The days within which the most cases fall, both included, and these cases."""

    first: date
    last: date
    cases: tuple[UUID, ...]


def densest(cases: Iterable[Dated], days: int) -> Window | None:
    """The ``days`` days in a row within which most cases fall, the earliest such; None without a case."""
    ordered = sorted(cases, key=lambda one: (one.day, one.case))
    best: Window | None = None
    for start, first in enumerate(ordered):
        last = first.day + timedelta(days - 1)
        its = tuple(one.case for one in ordered[start:] if one.day <= last)
        if best is None or len(its) > len(best.cases):
            best = Window(first.day, last, its)
    return best


def is_cluster(window: Window | None, rule: ClusterRule | None) -> bool | None:
    """Whether the cases make a cluster; None where the edition has no rule."""
    if rule is None:
        return None
    return window is not None and len(window.cases) >= rule.least


def counting_classes(rule: ClusterRule | None) -> set[Class]:
    """The classes of cases that make a cluster."""
    counting = set(policy().clusters.classes)
    return {*counting, Class.ASYMPTOMATIC} if rule and rule.counts_asymptomatic else counting


def rule_on(disease: str, area: str, day: date | None) -> tuple[ClusterRule | None, str]:
    """The rule of clusters in force in an area on a day, or the first before there was any, and the edition that has
    it; None where there is none."""
    if day is None:
        return None, ""
    try:
        edition = profile(disease).judged_by(day, area)
    except (NoProfile, NoEdition):
        return None, ""
    return edition.cluster, edition.code


class Tied(NamedTuple):
    """A case of a group: the day that it counts on, and since when it is known as what it is; ``counts`` where that is
    of the classes that make a cluster."""

    case: UUID
    day: date
    since: datetime
    counts: bool


class Formed(NamedTuple):
    """When a group came to be a cluster, and with which case."""

    case: UUID
    at: datetime


def formed(cases: Iterable[Tied], ties: Iterable[tuple[UUID, UUID, datetime]], rule: ClusterRule) -> Formed | None:
    """When cases came to be a cluster by the rule, in the order in which cases and the ties (two cases, and since when
    the tie is known) came to be known; None where they are none. It does not change with what is told later."""
    known = {one.case: one for one in cases}
    told = sorted(
        (max(at, known[one].since, known[other].since), one, other)
        for one, other, at in ties
        if one in known and other in known
    )
    group = {case: [case] for case in known}
    for at, one, other in told:
        if group[one] is group[other]:
            continue
        joined = [*group[one], *group[other]]
        group |= dict.fromkeys(joined, joined)
        window = densest((Dated(case, known[case].day) for case in joined if known[case].counts), rule.days)
        if window is not None and is_cluster(window, rule):
            return Formed(max(window.cases, key=lambda case: (known[case].since, case)), at)
    return None
