"""Dated figures and words of gates (``policy/gates.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.gates.facts import Measure

Hours = Annotated[int, Field(ge=1, le=24 * 30)]
VOCABULARIES: Final = (
    "place_types", "departments", "vehicle_types", "reasons", "agents", "findings", "dimensions", "languages",
)  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Treatment(_Part):
    """How often a place, and a conveyance, is treated so."""

    measure: Measure
    every_h: Hours
    conveyance_every_h: Hours


class NoticeText(_Part):
    """What those who pass are told, by its version."""

    code: str
    zh: str
    en: str


class Policy(_Part):
    """One edition; the file says what each figure is."""

    code: str
    begins: date
    source: str
    source_zh: str
    hold_c: Annotated[float, Field(ge=35, le=42)]
    transfer_h: Hours
    hold_h: Hours
    basis: str
    take_up_h: Hours
    decide_h: Hours
    longest_duty_h: Hours
    hand_over_h: Hours
    pause_min: Annotated[int, Field(ge=0, le=600)]
    notice_read_h: Hours
    rectify_h: Hours
    red_h: Hours
    conveyance_days: Annotated[int, Field(ge=1, le=60)]
    record_s: Annotated[int, Field(ge=1, le=600)]
    call_back_h: Hours
    danger: tuple[str, ...]
    emergency: str
    clock_bound_s: Annotated[int, Field(ge=1, le=86_400)]
    treatments: tuple[Treatment, ...]
    notices: tuple[NoticeText, ...]


class Word(_Part):
    """One of a vocabulary; ``names`` are the others by which lists have it, ``of`` the word of another that it is
    under."""

    zh: str
    en: str
    names: tuple[str, ...] = ()
    of: str = ""


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("lianfang.capabilities.gates").joinpath("policy/gates.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    return tuple(sorted((Policy.model_validate(one) for one in _table()["editions"]), key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


@cache
def words(vocabulary: str) -> Mapping[str, Word]:
    """One of ``VOCABULARIES`` by code."""
    return {code: Word.model_validate(one) for code, one in _table()[vocabulary].items()}


def code_of(vocabulary: str, said: str) -> str | None:
    """The code of a word as a list has it: its code, its name in either language, or another of its names."""
    return _by_name(vocabulary).get(said.strip().casefold())


@cache
def _by_name(vocabulary: str) -> Mapping[str, str]:
    found = words(vocabulary)
    return {
        name.casefold(): code
        for code, one in found.items()
        for name in (code, one.zh, one.en, *one.zh.split("/"), *one.names)
    }
