"""Dated figures of stock: days to hold, what is asked back, what care needs a day (``policy/stock.toml``)."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=1, le=366)]
Share = Annotated[Decimal, Field(ge=0, le=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Norm(_Part):
    """What a day needs of something, for each bed taken, each bed of intensive care, each of the staff on duty and each
    resident of a place of observation."""

    code: str
    zh: str
    en: str
    bed: Share
    critical_bed: Share
    staff: Share
    resident: Share
    source: str
    source_zh: str


class Policy(_Part):
    """One edition; see the file for what each figure means."""

    code: str
    begins: date
    source: str
    source_zh: str
    use_days: Days
    short_days: Days
    low_days: Days
    target_days: Days
    hoard_days: Days
    unusual_times: Annotated[int, Field(ge=2)]
    usual_of: Annotated[int, Field(ge=1, le=200)]
    usual_from: Annotated[int, Field(ge=1)]
    expiring_days: Days
    most_growth: Annotated[Decimal, Field(ge=1)]
    growth_days: Days
    count_by_h: Annotated[int, Field(ge=0, le=24)]
    receive_h: Annotated[int, Field(ge=1, le=240)]
    norms: tuple[Norm, ...]

    def norm(self, code: str | None) -> Norm | None:
        return next((one for one in self.norms if one.code == code), None)


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/stock.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text, parse_float=Decimal)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])
