"""Dated figures and words of teams, volunteers, rotas and calls (``policy/hands.toml``)."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=1, le=100_000)]
Words = Literal["skills", "needs", "declined", "closed", "retasked", "care", "cared", "consents"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    code: str
    zh: str
    en: str


class Policy(_Part):
    """One edition: what each figure means is said in the file."""

    code: str
    begins: date
    source: str
    source_zh: str
    answer_min: Number
    rest_h: Number
    longest_h: Number
    days_in_row: Number
    week_h: Number
    care_h: Number
    households_per_worker: Number
    told_ahead_days: Number
    relief_told_h: Number
    relief_lapses_h: Number
    relief_observed_days: Number
    consents: tuple[Word, ...]
    skills: tuple[Word, ...]
    needs: tuple[Word, ...]
    declined: tuple[Word, ...]
    closed: tuple[Word, ...]
    retasked: tuple[Word, ...]
    care: tuple[Word, ...]
    cared: tuple[Word, ...]

    @property
    def rest(self) -> timedelta:
        """The least time between two duties of one person."""
        return timedelta(hours=self.rest_h)

    def words(self, kind: Words) -> tuple[Word, ...]:
        """The words of a kind."""
        found: tuple[Word, ...] = getattr(self, kind)
        return found

    def knows(self, kind: Words, code: str) -> bool:
        return any(one.code == code for one in self.words(kind))


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/hands.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])
