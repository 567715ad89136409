"""When an answer is due, by the dated policy, and how answering goes, summed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from statistics import median
from typing import Any, NamedTuple

from lianfang.capabilities.isolation.state.faults import CIVIL_TIME


@cache
def _editions() -> tuple[dict[str, Any], ...]:
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/feedback.toml").read_text("utf-8")
    return tuple(sorted(tomllib.loads(text)["editions"], key=lambda one: one["valid_from"]))


def answer_h(on: date) -> int:
    """Hours within which an answer is due, by the edition of a day; before the first edition by that one."""
    held = [one for one in _editions() if one["valid_from"] <= on] or [_editions()[0]]
    return int(held[-1]["answer_h"])


def due(at: datetime) -> datetime:
    """When the answer to what came at a moment is due."""
    return at + timedelta(hours=answer_h(at.astimezone(CIVIL_TIME).date()))


class Handled(NamedTuple):
    """One feedback, as far as the sums need it."""

    at: datetime
    due: datetime
    answered_at: datetime | None


class Answering(NamedTuple):
    """``in_time`` of those answered; ``overdue`` of those that are not; ``median_h`` hours to an answer, None where
    nothing was answered yet."""

    received: int
    answered: int
    in_time: int
    overdue: int
    median_h: float | None


def answering(handled: Iterable[Handled], now: datetime) -> Answering:
    """How answering goes, as of a moment."""
    told = list(handled)
    took = [(one.answered_at - one.at).total_seconds() / 3600 for one in told if one.answered_at]
    in_time = sum(1 for one in told if one.answered_at and one.answered_at <= one.due)
    overdue = sum(1 for one in told if one.answered_at is None and one.due < now)
    return Answering(len(told), len(took), in_time, overdue, round(median(took), 1) if took else None)
