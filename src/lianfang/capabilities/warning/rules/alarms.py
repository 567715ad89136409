"""What is looked at every day besides the cases of each division (``policy/alarms.toml``), and its alarms. Pure.

Counts of people with symptoms are held against their own past, as cases are; confirmations of neighbouring counties
are looked at together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.warning.rules.series import Counts
from lianfang.capabilities.warning.rules.series_estimates import Span, alarms, bridged, controlled
from lianfang.capabilities.warning.rules.series_terms import Break
from lianfang.epi.aberration.scan import neighbours, scan

Source = Literal["clinic", "checkpoint"]
SCAN = "scan"
Some = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    zh: str
    en: str


class Watching(Word):
    """A kind of count."""

    code: Source
    source: str


class Scan(Word):
    """Of the last ``days``, clusters of up to ``window_days`` and ``most_places`` that come by chance at most as often
    as ``level``."""

    days: Some
    window_days: Some
    most_places: Some
    within_km: Annotated[float, Field(gt=0)]
    level: Annotated[float, Field(gt=0, lt=1)]
    permutations: Some
    seed: int
    source: str


class Terms(_Part):
    """The edition."""

    edition: str
    begins: date
    sources: tuple[Watching, ...]
    scan: Scan


class Excess(NamedTuple):
    """More were counted than expected. ``area`` is a county, of a scan the one in the middle of ``places``; from
    ``since`` to ``day``, both included. By chance it comes once in ``recurs_days``, where that is known."""

    area: str
    detector: str
    since: date
    day: date
    observed: int
    expected: float | None
    upper: float | None
    places: tuple[str, ...]
    recurs_days: float | None


@cache
def terms() -> Terms:
    """The edition in use."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/alarms.toml").read_text("utf-8")
    return Terms.model_validate(tomllib.loads(text))


def words(code: str) -> Word | None:
    """What a kind of count, or the scan, is called; None for others."""
    return terms().scan if code == SCAN else next((one for one in terms().sources if one.code == code), None)


def of_counts(counts: Counts, counties: Sequence[str], of: Span) -> Iterator[Excess]:
    """The alarms of counts (counties, days told) that stay when those of all counties are looked at together."""
    unbroken: list[tuple[Break, ...]] = [()] * len(counties)
    for county, its in zip(counties, controlled(counts, alarms(counts, of, unbroken), of, unbroken), strict=True):
        for one in its:
            day = date.fromordinal(one.day)
            yield Excess(county, one.detector, day, day, one.observed, one.expected, one.upper, (county,), None)


def across(
    counts: Counts, counties: Sequence[str], centres: Counts, of: Span, broken: Sequence[Sequence[Break]]
) -> Iterator[Excess]:
    """Clusters of confirmations (counties, days told) that end on the last day told, whose ``centres`` are degrees east
    and north, NaN where unknown."""
    its = terms().scan
    steady = bridged(counts, of, broken)[0][:, -its.days :]
    seen = np.flatnonzero(steady.any(1))
    if not seen.size or steady.shape[1] <= its.window_days:
        return
    near = neighbours(centres[seen], most=its.most_places, within_km=its.within_km)
    found = scan(
        steady[seen], near, window=its.window_days, level=its.level, permutations=its.permutations, seed=its.seed
    )
    for one in found:
        places = tuple(counties[seen[place]] for place in one.places)
        since, day = (date.fromordinal(of.as_of - ago) for ago in (one.days - 1, 0))
        yield Excess(
            places[0], SCAN, since, day, one.observed, round(one.expected, 3), None, places, round(1 / one.chance, 1)
        )
