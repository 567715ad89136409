"""What a comparison of measures takes as given, as dated, cited data: ``policy/whatif.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Measure = Literal["isolation", "tracing", "closures", "masks", "entry"]
Status = Literal["verified", "unverified", "working"]
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Part):
    """How few data are too few, and how much is reckoned. Days are whole."""

    source: str
    recent_days: int
    least_cases: int
    most_cases: int
    least_own: int
    least_days: int
    most_days: int
    least_runs: int
    most_runs: int
    most_scenarios: int
    most_infections: int
    earliest_day: int


class Start(_Part):
    """What the page begins with."""

    source: str
    days: int
    runs: int
    seed: int


class Assumption(_Part):
    """A figure that can be changed, within bounds, both included."""

    code: str
    zh: str
    en: str
    unit: Literal["number", "day", "person", "piece", "set", "share"]
    least: float
    most: float


class MeasureTerm(_Part):
    code: Measure
    zh: str
    en: str
    text_zh: str
    text_en: str
    delay: bool
    """Whether days pass until somebody is reached."""


class _Cited(_Part):
    source: str
    source_zh: str | None = None
    """Where it is more than a publication's name."""
    doi: str | None = None
    status: Status


class Published(_Cited):
    """A figure and where it is from; ``low`` to ``high`` is the range that the source gives (of a reproduction number
    its 95 % interval)."""

    value: float
    low: float | None = None
    high: float | None = None


class MeasureFigures(_Cited):
    """The share that a measure reaches, after so many days, and what it prevents in those reached."""

    share: Share
    delay: Annotated[float, Field(ge=0)]
    effect: Share


class Disease(_Part):
    """What was published of a disease."""

    reproduction: Published
    assumptions: Mapping[str, Published]
    measures: Mapping[Measure, MeasureFigures]


class Begins(_Part):
    """A set of measures that the page begins with: from which day each is in force."""

    zh: str
    en: str
    begins: Mapping[Measure, int] = Field(alias="from")


class Said(_Part):
    zh: str
    en: str


class WhatIf(_Part):
    """The edition."""

    edition: str
    begins: date
    limits: Limits
    start: Start
    assumptions: tuple[Assumption, ...]
    measures: tuple[MeasureTerm, ...]
    diseases: Mapping[str, Disease]
    starts: tuple[Begins, ...]
    left_out: tuple[Said, ...]


@cache
def terms() -> WhatIf:
    """The edition in use."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/whatif.toml").read_text("utf-8")
    return WhatIf.model_validate(tomllib.loads(text))
