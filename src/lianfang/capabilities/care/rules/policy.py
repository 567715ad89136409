"""Dated figures and words of triage, referrals and consultations (``policy/triage.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.isolation.state import CIVIL_TIME

Hours = Annotated[int, Field(ge=1, le=24 * 30)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


class Policy(BaseModel):
    """One edition: see the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    source: str
    source_zh: str
    see_min: Minutes
    consult_h: Hours
    report_h: Hours
    twin_min: Minutes
    receive_h: Hours
    close_h: Hours
    answer_h: Hours
    answer_urgent_h: Hours


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/triage.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    return tuple(sorted((Policy.model_validate(one) for one in _file()["editions"]), key=lambda one: one.begins))


def policy_at(at: datetime) -> Policy:
    """The edition of a moment's civil day; before the first, the first."""
    day = at.astimezone(CIVIL_TIME).date()
    return next((one for one in reversed(editions()) if one.begins <= day), editions()[0])


@cache
def words(vocabulary: str) -> Mapping[str, Word]:
    """The words of a vocabulary by their codes."""
    return {code: Word.model_validate(one) for code, one in _file()[vocabulary].items()}
