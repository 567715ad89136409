"""Dated figures of beds, transfers and assignment (``policy/beds.toml``), and what a patient needs by them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.care.facts import BedType
from lianfang.capabilities.care.rules.policy import Word
from lianfang.capabilities.cases.facts import ClinicalSeverity
from lianfang.capabilities.isolation.state import CIVIL_TIME

Hours = Annotated[int, Field(ge=1, le=24 * 30)]
Km = Annotated[int, Field(ge=0, le=1_000)]
SEVERE: Final = frozenset({ClinicalSeverity.SEVERE.value, ClinicalSeverity.CRITICAL.value})
"""Cases that need a hospital qualified for them."""
SEVERITIES: Final = ("unknown", *(one.value for one in ClinicalSeverity))
"""The least first."""


BED_NAMES: Final[Mapping[BedType, tuple[str, str]]] = {
    BedType.GENERAL: ("普通床位", "general"),
    BedType.ISOLATION: ("隔离床位", "isolation"),
    BedType.ICU: ("重症监护床位", "intensive care"),
    BedType.VENTILATOR: ("呼吸机床位", "with a ventilator"),
}


class BedPolicy(BaseModel):
    """One edition: see the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    source: str
    source_zh: str
    census: tuple[time, ...]
    answer_h: Hours
    severe_answer_h: Hours
    move_h: Hours
    severe_move_h: Hours
    next_type_km: Km
    other_specialty_km: Km
    child_years: Annotated[int, Field(ge=0, le=21)]
    child_specialty: str
    needs: Mapping[str, tuple[BedType, ...]]


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/beds.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def bed_editions() -> tuple[BedPolicy, ...]:
    """All editions, by the day from which they hold."""
    return tuple(sorted((BedPolicy.model_validate(one) for one in _file()["editions"]), key=lambda one: one.begins))


def bed_policy(at: datetime) -> BedPolicy:
    """The edition of a moment's civil day; before the first, the first."""
    day = at.astimezone(CIVIL_TIME).date()
    return next((one for one in reversed(bed_editions()) if one.begins <= day), bed_editions()[0])


@cache
def specialties() -> Mapping[str, Word]:
    """What a hospital can be good at, by code."""
    return {code: Word.model_validate(one) for code, one in _file()["specialties"].items()}
