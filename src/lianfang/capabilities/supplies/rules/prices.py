"""Necessities whose prices are watched (``policy/prices.toml``), and when a price is told of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Good(_Part):
    code: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str


class Policy(_Part):
    """One edition; what each figure is, is said in the file."""

    code: str
    begins: date
    source: str
    source_zh: str
    alert_percent: Annotated[float, Field(gt=0, le=1000)]
    base_before: date
    base_days: Annotated[int, Field(ge=1, le=366)]
    goods: tuple[Good, ...]


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/prices.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


class Against(NamedTuple):
    """A price against its base: ``base_fen`` is the mean, ``change`` what it differs by (0.15 is 15 % more). Both are
    None where there is no base, or no price."""

    base_fen: float | None
    change: float | None
    alert: Literal["up", "down"] | None


def against_base(fen: Mapping[date, int], day: date, its: Policy) -> Against:
    """The price of a day against the shop's own base; ``fen`` has its prices by day. A day that belongs to the base is
    never told of."""
    before = sorted((one for one in fen if one < its.base_before), reverse=True)[: its.base_days]
    based_on = before or sorted(fen)[: its.base_days]
    if day not in fen or not based_on:
        return Against(None, None, None)
    base = sum(fen[one] for one in based_on) / len(based_on)
    change = fen[day] / base - 1
    if day in based_on or abs(fen[day] - base) * 100 <= its.alert_percent * base:
        return Against(base, change, None)
    return Against(base, change, "up" if change > 0 else "down")
