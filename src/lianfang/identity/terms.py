"""The terms: how long each class of data is held, on which legal basis."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

POLICY = "LIANFANG_RETENTION"
"""A file of the operator's in the form of ``policy/retention.toml``."""


class PolicyError(Exception):
    """The policy cannot be used; the message names the field."""


class Titled(BaseModel):
    """What has a title in both languages, and a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    source: str
    source_zh: str


class Basis(Titled):
    """A legal basis."""


class Kept(Titled):
    """How many days something is kept."""

    days: Annotated[int, Field(ge=1, le=36_500)]


class DataClass(Kept):
    """A class of data: why a person is held, and how long."""

    counts_from: Literal["since", "ends"]
    basis: str


class Brake(BaseModel):
    """More holdings due in one night than ``holdings``, and than this ``share`` of all, or a clock that has gone on by
    more than ``clock_days`` since the last trace of time: stop and ask."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holdings: Annotated[int, Field(ge=0)]
    share: Annotated[float, Field(gt=0, le=1)]
    clock_days: Annotated[int, Field(ge=1, le=365)]
    source: str


class Review(BaseModel):
    """An end lies at most ``ends_within_days`` ahead. What has lasted ``open_days`` without an end is told, class by
    class, to be looked through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ends_within_days: Annotated[int, Field(ge=1, le=3_650)]
    open_days: Annotated[int, Field(ge=1, le=3_650)]
    source: str


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    published: str
    bases: dict[str, Basis]
    classes: dict[str, DataClass]
    kept: dict[str, Kept]
    brake: Brake
    review: Review

    @model_validator(mode="after")
    def _bases_exist(self) -> Policy:
        for name, one in self.classes.items():
            if one.basis not in self.bases:
                raise ValueError(f"classes.{name}.basis: there is no basis {one.basis!r}")
        return self


@cache
def policy() -> Policy:
    """The policy in force: the operator's, or the packaged one. Raises PolicyError."""
    named = os.environ.get(POLICY)
    where = named or "policy/retention.toml"
    try:
        return Policy.model_validate(tomllib.loads(_read(named)))
    except ValidationError as error:
        first = error.errors()[0]
        raise PolicyError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (OSError, ValueError) as error:
        raise PolicyError(f"{where}: {error}") from None


def _read(named: str | None) -> str:
    return (Path(named) if named else files(__package__) / "policy" / "retention.toml").read_text("utf-8")


def classes() -> Mapping[str, DataClass]:
    """The classes of data by code."""
    return policy().classes


def bases() -> Mapping[str, Basis]:
    """The legal bases by code."""
    return policy().bases


def days(name: str) -> int:
    """How many days a class of data, or another thing that is kept, is kept. Raises KeyError."""
    found = policy()
    return (found.classes.get(name) or found.kept[name]).days


def open_classes() -> list[str]:
    """The classes whose days count from an end: without one they are never due."""
    return [name for name, one in classes().items() if one.counts_from == "ends"]


def due(data_class: str, since: date, ends: date | None) -> date | None:
    """The day on which a holding is erased; None while that is not known, since what it counts from has not happened.

    Raises KeyError for a class that the policy has not.
    """
    its = classes()[data_class]
    start = since if its.counts_from == "since" else ends
    return None if start is None else start + timedelta(days=its.days)
