"""What is estimated every day and from what, as dated, cited data: ``policy/estimates.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lianfang.profiles.disease import profile
from lianfang.profiles.disease.parts import Delay

Method = Literal["ears-c1", "ears-c2", "cusum"]
OneOrMore = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    code: str
    zh: str
    en: str


class Course(_Part):
    """The last so many days are looked at; so many delays, from 0, are told apart."""

    days: OneOrMore
    delays: OneOrMore
    source: str


class Reproduction(_Part):
    window_days: OneOrMore
    serial_days: OneOrMore
    source: str


class NowcastTerms(_Part):
    draws: OneOrMore
    seed: int
    source: str


class ForecastTerms(_Part):
    days: OneOrMore
    origins: OneOrMore
    source: str


class InfectionTerms(_Part):
    """Incubations are told up to ``longest_days``."""

    longest_days: OneOrMore
    source: str


class KeptTerms(_Part):
    """Estimates are kept for ``days`` after the day that they tell of."""

    days: OneOrMore
    source: str


class AlarmTerms(_Part):
    false_share: Annotated[float, Field(gt=0, lt=1)]
    days: OneOrMore
    source: str


class Detector(Word):
    """``least_sd`` is of EARS, ``first_days``, of which the mean is taken, of CUSUM."""

    code: Method
    least_sd: float = 0.0
    first_days: int = 0
    source: str


class Break(_Part):
    """From ``day`` on counts in ``area`` follow another definition or source."""

    disease: str
    area: str
    day: date
    zh: str
    en: str
    source: str


class Estimates(_Part):
    """The edition."""

    edition: str
    begins: date
    course: Course
    reproduction: Reproduction
    nowcast: NowcastTerms
    forecast: ForecastTerms
    infections: InfectionTerms
    kept: KeptTerms
    alarms: AlarmTerms
    detectors: tuple[Detector, ...]
    breaks: tuple[Break, ...]
    words: tuple[Word, ...]

    @property
    def said(self) -> Mapping[str, Word]:
        """The words, by code."""
        return {word.code: word for word in self.words}


@cache
def terms() -> Estimates:
    """The edition in use."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/estimates.toml").read_text("utf-8")
    return Estimates.model_validate(tomllib.loads(text))


def serial_interval(disease: str) -> Delay | None:
    """The first serial interval of a disease's profile with a mean above a day and an sd; None where there is none."""
    for delay in profile(disease).delays:
        if delay.name == "serial_interval" and delay.mean_days and delay.mean_days > 1 and delay.sd_days:
            return delay
    return None
