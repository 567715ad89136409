"""``policy/contacts.toml``: hours and classes that the follow-up counts by."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.cases.facts import Class

Hours = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    since: date
    source: Annotated[str, Field(min_length=1)]


class Deadlines(_Part):
    """Hours from the registration (trace), the finding (inform), the finding of a fever (refer), the end of the last
    day (release) and the exclusion of the last source (release_excluded)."""

    trace_h: Hours
    inform_h: Hours
    refer_h: Hours
    release_h: Hours
    release_excluded_h: Hours


class SecondGeneration(_Part):
    """Cases of these classes, of generation ``least`` or later, raise the alert, to be answered within ``answer_h``."""

    least: Annotated[int, Field(ge=2)]
    classes: tuple[Class, ...]
    answer_h: Hours


class Chains(_Part):
    """So many of the longest incubation between two onsets are a long gap."""

    gap_incubations: Annotated[int, Field(ge=1)]


class Clusters(_Part):
    classes: tuple[Class, ...]


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    deadlines: Deadlines
    second_generation: SecondGeneration
    chains: Chains
    clusters: Clusters


@cache
def policy() -> Policy:
    """The policy that holds."""
    file = resources.files("lianfang.capabilities.contacts").joinpath("policy/contacts.toml")
    return Policy.model_validate(tomllib.loads(file.read_text("utf-8")))
