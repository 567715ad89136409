"""``policy/findings.toml``: the rules of findings, dated, with their figures, their words and their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Said = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    zh: Said
    en: Said


class Figures(_Part):
    """What a rule holds records against; a rule has those that it asks for."""

    hours: Annotated[float, Field(ge=0)] = 0.0
    minutes: Annotated[float, Field(ge=0)] = 0.0
    limit: Annotated[float, Field(ge=0)] = 0.0
    begins_min: Annotated[int, Field(ge=0, le=1440)] = 0
    ends_min: Annotated[int, Field(ge=0, le=1440)] = 1440
    evening_min: Annotated[int, Field(ge=0, le=1440)] = 1440
    spans: tuple[Annotated[int, Field(ge=1, le=28)], ...] = (1,)
    q: Share = 0.05
    least: Annotated[int, Field(ge=1)] = 1
    effect: Share = 0.0
    beside: Share = 0.0
    """The chance that is enough where other rules name records of the unit."""


class Measured(_Part):
    """How often a rule held of records that were honest: ``alarms`` of so many ``of`` unit-days without any made-up
    record, in drills, on a day."""

    on: date
    alarms: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=1)]


class Rule(Words):
    group: str
    text_zh: Said
    text_en: Said
    since: date
    source: Said
    source_zh: Said
    figures: Figures
    limit_is: str = ""
    """What the limit is called among ``Policy.figures``, with its unit."""
    measured: Measured | None = None


class Policy(_Part):
    edition: str
    source: Said
    source_zh: Said
    groups: Mapping[str, Words]
    outcomes: Mapping[str, Words]
    figures: Mapping[str, Words]
    kinds: Mapping[str, Words]
    rules: Mapping[str, Rule]

    def unit(self, rule: str) -> str:
        """Under which of ``figures`` the limit of a rule is told, with its unit; empty where it tells nothing more than
        the rule's own text."""
        its = self.rules.get(rule)
        return its.limit_is if its else "limit"


@cache
def policy() -> Policy:
    """The policy that is packaged."""
    file = resources.files("lianfang.capabilities.oversight").joinpath("policy/findings.toml")
    return Policy.model_validate(tomllib.loads(file.read_text("utf-8")))
