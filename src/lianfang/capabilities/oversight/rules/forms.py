"""What forms stand on, what they cost, and which are asked for on a day (``policy/forms.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from statistics import median
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

Minutes = Annotated[float, Field(ge=0, le=480)]


class FormState(StrEnum):
    """``resting``: no law requires it, and forms rest in the area or in one above."""

    ASKED = "asked"
    RESTING = "resting"
    ENDED = "ended"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(_Part):
    """What a form may stand on. ``statutory``: a law or a regulation requires it."""

    code: str
    statutory: bool
    zh: str
    en: str


class Sheet(_Part):
    """A sheet that is filled from the record, by its code there."""

    code: str
    basis: str
    purpose: str
    purpose_en: str


class Own(Sheet):
    """What a part of Lianfang asks: the minutes of one entry."""

    zh: str
    en: str
    minutes: Minutes
    minutes_of: Mapping[str, Minutes] = {}

    def cost(self, kind: str) -> float:
        """Minutes that an entry of a kind takes."""
        return self.minutes_of.get(kind, self.minutes)


class Policy(_Part):
    code: str
    begins: date
    source: str
    source_zh: str
    budget_min: Minutes
    general: frozenset[str]
    bases: tuple[Basis, ...]
    own: tuple[Own, ...]
    sheets: tuple[Sheet, ...]

    def basis(self, code: str) -> Basis | None:
        return next((one for one in self.bases if one.code == code), None)

    def statutory(self, code: str) -> bool:
        """Whether a law or a regulation requires what stands on a basis."""
        its = self.basis(code)
        return its is not None and its.statutory


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/forms.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


def state_of(*, statutory: bool, ends: date | None, on: date, resting: bool) -> FormState:
    """Whether a form is asked for on a day; its last day is one of them."""
    if ends is not None and ends < on:
        return FormState.ENDED
    return FormState.RESTING if resting and not statutory else FormState.ASKED


class Burden(NamedTuple):
    """Minutes that forms took on a day: the median over the ``workers`` who made entries, how many were over the
    budget, minutes by part, and ``more``: what other forms in force take of each worker besides."""

    workers: int
    median_min: float | None
    over: int
    by_part: Mapping[str, float]
    more: float


def burden(entries: Iterable[tuple[str, str, int]], part_of: Mapping[str, str], more: float, policy: Policy) -> Burden:
    """The burden of a day from author, kind and number of the entries; kinds of no part cost nothing."""
    own = {one.code: one for one in policy.own}
    theirs: dict[str, float] = {}
    by_part: dict[str, float] = {}
    for author, kind, n in entries:
        part = own.get(part_of.get(kind, ""))
        if part is not None:
            cost = part.cost(kind) * n
            theirs[author] = theirs.get(author, more) + cost
            by_part[part.code] = by_part.get(part.code, 0) + cost
    over = sum(minutes > policy.budget_min for minutes in theirs.values())
    return Burden(len(theirs), median(theirs.values()) if theirs else None, over, by_part, more)
