"""Whether an event has to be told outside the country, by the decision instrument, and how much time is left."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.bulletins.facts.external import ExternalAssessed
from lianfang.capabilities.bulletins.state.external import Event

RULE: Final = "external.notify"


class Named(NamedTuple):
    """A code with its title in both languages."""

    code: str
    zh: str
    en: str


class Recipient(NamedTuple):
    """``ends_clock``: telling them is what the hours are counted for; ``named``: which one is said in words."""

    code: str
    zh: str
    en: str
    ends_clock: bool
    named: bool


class Instrument(NamedTuple):
    """One edition of the decision instrument."""

    code: str
    begins: date
    needed: int
    assess_h: int
    notify_h: int
    source: str
    source_zh: str
    criteria: tuple[Named, ...]
    listed: tuple[Named, ...]


class Clock(StrEnum):
    """How far the telling is."""

    NOT_NEEDED = "not_needed"
    RUNNING = "running"
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"


@cache
def _policy() -> dict[str, Any]:
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/annex2.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def instruments() -> tuple[Instrument, ...]:
    """All editions, the earliest first."""
    found = (
        Instrument(**{**one, "criteria": _named(one["criteria"]), "listed": _named(one["listed"])})
        for one in _policy()["editions"]
    )
    return tuple(sorted(found, key=lambda one: one.begins))


def instrument_of(at: datetime) -> Instrument:
    """The edition in force at a moment; before the first, the first."""
    day = at.astimezone(CIVIL_TIME).date()
    return next((one for one in reversed(instruments()) if one.begins <= day), instruments()[0])


def instrument(code: str) -> Instrument:
    """An edition by its code. Raises LookupError."""
    found = next((one for one in instruments() if one.code == code), None)
    if found is None:
        raise LookupError(code)
    return found


@cache
def recipients() -> dict[str, Recipient]:
    """Who may be told, by code."""
    return {one["code"]: Recipient(**one) for one in _policy()["recipients"]["known"]}


@cache
def channels() -> dict[str, Named]:
    """By which way, by code."""
    return {one.code: one for one in _named(_policy()["channels"])}


def _named(rows: Iterable[dict[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(**row) for row in rows)


def has_to_be_told(assessed: ExternalAssessed) -> bool:
    """Whether an event has to be told: so many of the four questions as its edition says, or a disease that always
    is."""
    met = sum(one.met for one in assessed.judged)
    return assessed.listed is not None or met >= instrument(assessed.edition).needed


def due(its: Event) -> datetime | None:
    """Until when it has to be told: by the first of the assessments that say so, while the last still does; None where
    it does not have to be."""
    if its.holding is None or not has_to_be_told(its.holding.data):
        return None
    first = next(one for one in its.assessments if has_to_be_told(one.data))
    return first.at + timedelta(hours=instrument(first.data.edition).notify_h)


def told_at(its: Event) -> datetime | None:
    """When those were told for whom the hours are counted."""
    return next((one.at for one in its.notifications if recipients()[one.data.to].ends_clock), None)


def assessed_in_time(its: Event) -> bool:
    """Whether the first assessment came within its own hours."""
    first = its.assessments[0]
    return first.at <= first.data.known_at + timedelta(hours=instrument(first.data.edition).assess_h)


def clock(due: datetime | None, told_at: datetime | None, now: datetime) -> Clock:
    """How far the telling is; ``due`` is None where nobody has to be told, ``told_at`` where nobody was."""
    if due is None:
        return Clock.NOT_NEEDED
    if told_at is not None:
        return Clock.IN_TIME if told_at <= due else Clock.LATE
    return Clock.RUNNING if now <= due else Clock.OVERDUE
