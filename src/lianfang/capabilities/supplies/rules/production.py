"""Dated figures of production, support and sharing (``policy/production.toml``), and what follows from them: how many
producers are back at work, what they lack of what is asked of them, until when support is due."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.supplies.facts.producers import Working
from lianfang.capabilities.supplies.facts.support import OF_PRODUCERS, SupportCategory

Hours = Annotated[int, Field(ge=1, le=24 * 30)]


class Policy(BaseModel):
    """One edition; what each figure is, is said in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    source: str
    source_zh: str
    support_h: Hours
    facility_h: Hours
    report_by_h: Annotated[int, Field(ge=0, le=24)]
    most_above: Annotated[float, Field(gt=0, lt=1)]
    share_days: Annotated[int, Field(ge=1, le=60)]
    floor_days: Annotated[int, Field(ge=0, le=60)]
    reserve_percent: Annotated[int, Field(ge=0, le=100)]
    solve_s: Annotated[float, Field(gt=0, le=60)]


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/production.toml").read_text("utf-8")
    return tuple(sorted((Policy(**one) for one in tomllib.loads(text)["editions"]), key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


class Restart(NamedTuple):
    """Of ``of`` producers ``back`` are back at work, in part or in full; of ``silent`` nobody has said. ``share`` is
    back / of, from 0 to 1, None where there is no producer."""

    of: int
    back: int
    full: int
    silent: int
    share: float | None
    most: bool
    """Whether "most of the producers" may be said."""


def restart(working: Sequence[Working | None], its: Policy) -> Restart:
    """How many producers are back at work, by what each has said, None where it has said nothing: whoever is silent
    counts as not back. Source of the sentence: "most producers of medical goods were back at work by 28 January",
    reported on 29 January 2020."""
    back = sum(one in (Working.PART, Working.FULL) for one in working)
    share = back / len(working) if working else None
    return Restart(
        len(working), back, sum(one is Working.FULL for one in working), sum(one is None for one in working), share,
        share is not None and share > its.most_above,
    )  # fmt: skip


class Gap(NamedTuple):
    """What is asked a day beyond what is made: ``gap`` units (nought where enough is made), and how many times as much
    is asked as is made; None where nothing is."""

    gap: int
    factor: float | None


def capacity_gap(made_per_day: int, asked_per_day: int) -> Gap:
    """Source: 50,000 masks a day, and 700,000 asked for; reported on 14 February 2020: 650,000 a day, 14 times."""
    return Gap(max(0, asked_per_day - made_per_day), asked_per_day / made_per_day if made_per_day else None)


def due(category: SupportCategory, asked: datetime, told: datetime | None, its: Policy) -> datetime:
    """Until when support is to be given: as was told, else so many hours after it was asked for."""
    hours = its.support_h if category in OF_PRODUCERS else its.facility_h
    return told or asked + timedelta(hours=hours)
