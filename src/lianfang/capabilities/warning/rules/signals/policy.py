"""``policy/signals.toml``: the rules of signals, dated, with their figures, their words and their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.cases.facts import Class, InfectionSource

Some = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Figures(_Part):
    """What a rule holds what was seen against; a rule has those that it asks for."""

    classes: tuple[Class, ...] = ()
    sources: tuple[InfectionSource, ...] = ()
    generation: Annotated[int, Field(ge=2)] = 2
    days: Some = 14
    least: Some = 1
    ratio: Annotated[float, Field(gt=1)] = 2.0
    undetermined_after_h: Some = 72
    late_days: Some = 14
    levels: tuple[str, ...] = ("county",)


class Rule(Words):
    """A version of a rule, which holds from ``since`` on, until a later one does."""

    id: str
    version: str
    since: date
    text_zh: Annotated[str, Field(min_length=1)]
    text_en: Annotated[str, Field(min_length=1)]
    figures: Figures
    told: tuple[str, ...] = ()
    source: Annotated[str, Field(min_length=1)]


class Policy(_Part):
    told: tuple[str, ...]
    look_back_days: Some
    source: Annotated[str, Field(min_length=1)]
    statuses: Mapping[str, Words]
    outcomes: Mapping[str, Words]
    evidence: Mapping[str, Words]
    values: Mapping[str, Words]
    rules: tuple[Rule, ...]

    def on(self, day: date) -> dict[str, Rule]:
        """The rules that hold on a day, by their ids, each in its version of then."""
        held: dict[str, Rule] = {}
        for one in self.rules:
            if one.since <= day and (one.id not in held or held[one.id].since <= one.since):
                held[one.id] = one
        return held

    def rule(self, id: str, version: str) -> Rule | None:
        """A version of a rule; None for one that the policy no longer has."""
        return next((one for one in self.rules if (one.id, one.version) == (id, version)), None)

    def roles(self, id: str, version: str) -> tuple[str, ...]:
        """The roles on whose lists a signal of a rule comes."""
        rule = self.rule(id, version)
        return (rule.told if rule else ()) or self.told


@cache
def policy() -> Policy:
    """The policy that is packaged."""
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/signals.toml")
    return Policy.model_validate(tomllib.loads(file.read_text("utf-8")))
