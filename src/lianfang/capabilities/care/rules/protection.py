"""Days of protection of those who care (``policy/protection.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from lianfang.capabilities.care.rules.policy import Word
from lianfang.capabilities.isolation.state import CIVIL_TIME


class ProtectionPolicy(BaseModel):
    """One edition: see the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    source: str
    source_zh: str
    alarm_days: int
    warn_days: int
    jump: int


class Supply(StrEnum):
    """How long what a facility has will last."""

    ENOUGH = "enough"
    SHORT = "short"
    ALARM = "alarm"
    UNUSED = "unused"  # none is used, so that no days can be told


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/protection.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _editions() -> tuple[ProtectionPolicy, ...]:
    return tuple(
        sorted((ProtectionPolicy.model_validate(one) for one in _file()["editions"]), key=lambda it: it.begins)
    )


def protection_policy(at: datetime) -> ProtectionPolicy:
    """The edition of a moment's civil day; before the first, the first."""
    day = at.astimezone(CIVIL_TIME).date()
    return next((one for one in reversed(_editions()) if one.begins <= day), _editions()[0])


@cache
def items() -> Mapping[str, Word]:
    """The items by their codes."""
    return {code: Word.model_validate(one) for code, one in _file()["items"].items()}


def days_left(stock: int, used_per_day: int) -> float | None:
    """For how many days a stock lasts, in tenths, never more than there is; None where none is used."""
    return stock * 10 // used_per_day / 10 if used_per_day else None


def supply(days: float | None, its: ProtectionPolicy) -> Supply:
    """How a facility stands with an item."""
    if days is None:
        return Supply.UNUSED
    if days < its.alarm_days:
        return Supply.ALARM
    return Supply.SHORT if days < its.warn_days else Supply.ENOUGH


def jumps(before: int, stock: int, its: ProtectionPolicy) -> bool:
    """Whether a stock is so far from the one before that a wrong unit may be the reason."""
    return bool(before and stock) and (stock >= before * its.jump or stock * its.jump <= before)
