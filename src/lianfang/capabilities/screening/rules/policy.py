"""Dated figures of screening (``policy/screening.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.screening.facts import Site
from lianfang.capabilities.screening.state.parts import CST

Hours = Annotated[int, Field(ge=1, le=24 * 30)]


class Edition(BaseModel):
    """What holds from a day on; see the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    attempts: Annotated[int, Field(ge=1, le=20)]
    attempt_gap_h: Annotated[int, Field(ge=0, le=48)]
    away_ends: bool
    fever_c: Annotated[float, Field(ge=36, le=40)]
    cut_off: time
    report_lapses_h: Hours
    dispose_h: Hours
    refusal_h: Hours
    follow_h: Hours
    first_contact_h: Hours
    watch_days: Annotated[int, Field(ge=1, le=60)]
    clock_bound_s: Annotated[int, Field(ge=1, le=86_400)]
    source: str
    source_zh: str

    def due(self, day: date) -> datetime:
        """Until when a day is reported."""
        return datetime.combine(day, self.cut_off, CST)

    def lapses(self, day: date) -> datetime:
        """From when on a day is not asked for any more."""
        return self.due(day) + timedelta(hours=self.report_lapses_h)


class Title(NamedTuple):
    """What something is called; the first of each language is shown, all are known."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("lianfang.capabilities.screening").joinpath("policy/screening.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def editions() -> tuple[Edition, ...]:
    """All editions, by the day from which they hold."""
    return tuple(sorted(map(Edition.model_validate, _table()["editions"]), key=lambda one: one.begins))


@lru_cache(1000)
def in_force(on: date) -> Edition:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


@lru_cache(10_000)
def at(moment: datetime) -> Edition:
    """The edition of a moment."""
    return in_force(moment.astimezone(CST).date())


@cache
def least_fever_c() -> float:
    """The lowest of all editions' temperatures of a fever."""
    return min(one.fever_c for one in editions())


@cache
def sites() -> Mapping[Site, Title]:
    """What each kind of site is called."""
    told = _table()["sites"]
    return MappingProxyType({site: Title(tuple(told[site]["zh"]), tuple(told[site]["en"])) for site in Site})
