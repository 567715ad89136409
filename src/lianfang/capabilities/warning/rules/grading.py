"""What the grades of counties and communities have in common: editions by date, evidence, and when a grade turned."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib import resources
from typing import Annotated, Final, NamedTuple, TypeVar
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.warning.state.grade import Decision

CST: Final = timezone(timedelta(hours=8))
_NAMES: Final = UUID("8d2a6c1e-4b57-5f4a-8c39-0e6f5d7a9b21")
Count = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Part):
    zh: str
    en: str


class Grade(Title):
    """A level or class, with the strategy that goes with it."""

    strategy_zh: str
    strategy_en: str


class Edition(Title):
    """One edition of a way to grade; ``ends`` is its last day, None where none is known."""

    code: str
    begins: date
    ends: date | None = None
    diseases: tuple[str, ...]
    days: Count
    source: str


class CountyEdition(Edition):
    cumulative_most: Count


class CommunityEdition(Edition):
    unknown_least: Count
    outbreak_least: Count
    ask_outbreaks: Count
    ask_size: Count


AnyEdition = TypeVar("AnyEdition", bound=Edition)


class _Words(_Part):
    steps: Mapping[str, Title]
    evidence: Mapping[str, Title]
    asks: Mapping[str, Title]


class CountyPolicy(_Words):
    edition: tuple[CountyEdition, ...]
    levels: Mapping[str, Grade]


class CommunityPolicy(_Words):
    decide_h: Count
    edition: tuple[CommunityEdition, ...]
    classes: Mapping[str, Grade]


@cache
def county_policy() -> CountyPolicy:
    """``policy/risk.toml``."""
    return CountyPolicy.model_validate(_read("risk"))


@cache
def community_policy() -> CommunityPolicy:
    """``policy/community.toml``."""
    return CommunityPolicy.model_validate(_read("community"))


def _read(name: str) -> dict[str, object]:
    file = resources.files("lianfang.capabilities.warning").joinpath(f"policy/{name}.toml")
    return tomllib.loads(file.read_text("utf-8"))


def in_force(editions: Iterable[AnyEdition], disease: str, on: date) -> AnyEdition | None:
    """The edition of a disease in force on a day, the latest begun; None where there is none."""
    found = [
        one for one in editions
        if disease in one.diseases and one.begins <= on and (one.ends is None or on <= one.ends)
    ]  # fmt: skip
    return max(found, key=lambda one: one.begins, default=None)


class Evidence(NamedTuple):
    """What a grade rests on: a code of the policy, a number, a moment or a code, and the cases that it speaks of."""

    code: str
    value: int | str | datetime | None
    cases: tuple[UUID, ...] = ()


class Graded(NamedTuple):
    """A grade: ``step`` is the rule's step that decided, ``asks`` what the rule leaves to a person."""

    to: str | None
    step: str
    evidence: tuple[Evidence, ...] = ()
    asks: tuple[str, ...] = ()


class Turn(NamedTuple):
    """That a grade, or what is asked of a person, became another at a moment."""

    at: datetime
    graded: Graded


def day_of(at: datetime) -> date:
    """The calendar day of a moment in China."""
    return at.astimezone(CST).date()


def whole_days(as_of: datetime, days: int) -> datetime:
    """When the last ``days`` whole days before a moment began, at midnight in China."""
    return datetime.combine(day_of(as_of) - timedelta(days), time(), CST)


def turns(judge: Callable[[datetime], Graded], moments: Iterable[datetime], until: datetime) -> list[Turn]:
    """When a grade turned: judged at each of some moments up to ``until``, the first always told."""
    found: list[Turn] = []
    for at in sorted({one for one in moments if one <= until}):
        graded = judge(at)
        if not found or _stands(graded) != _stands(found[-1].graded):
            found.append(Turn(at, graded))
    return found


def _stands(graded: Graded) -> tuple[str | None, str, tuple[str, ...]]:
    return graded.to, graded.step, graded.asks


def graded_id(scheme: str, area: str, disease: str) -> UUID:
    """The subject of the decisions on an area."""
    return uuid5(_NAMES, f"{scheme}|{area}|{disease}")


class Holding(NamedTuple):
    """The decision that holds, if any, and since when cases count: None where all do."""

    decision: Decision | None
    since: datetime | None


def holding(decisions: Iterable[Decision], confirmed: Iterable[datetime], as_of: datetime, lowest: str) -> Holding:
    """Which decision holds before a moment: the last, until its day is over or a case was confirmed since. Where it was
    decided that an area is at the ``lowest`` grade again, the cases before do not count with those that followed."""
    last = max((one for one in decisions if one.at < as_of), key=lambda one: (one.at, one.fact), default=None)
    if last is None:
        return Holding(None, None)
    if any(last.at < at < as_of for at in confirmed):
        return Holding(None, last.at if last.to == lowest else None)
    return Holding(last if day_of(as_of) <= last.until else None, None)
