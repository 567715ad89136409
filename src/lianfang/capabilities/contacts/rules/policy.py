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
    """Hours from the registration (trace), the tracing (inform; find: from then on whoever is in no household's record
    and no check is missed), the finding of a fever (refer), the end of the last day (release), the exclusion of the
    last source (release_excluded), and the exclusion or withdrawal of the case that the contact became (resume)."""

    trace_h: Hours
    inform_h: Hours
    find_h: Hours
    refer_h: Hours
    release_h: Hours
    release_excluded_h: Hours
    resume_h: Hours


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


class FirstKnown(BaseModel):
    """The onset of the first case of a disease that anybody knows of."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    day: date
    source: Annotated[str, Field(min_length=1)]


class Exposures(_Part):
    """No exposure is longer ago than so many days before the first known case of its disease, where one is told."""

    before_first_known_days: Annotated[int, Field(ge=0)]
    first_known: dict[str, FirstKnown]


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    deadlines: Deadlines
    second_generation: SecondGeneration
    chains: Chains
    clusters: Clusters
    exposures: Exposures


@cache
def policy() -> Policy:
    """The policy that holds."""
    file = resources.files("lianfang.capabilities.contacts").joinpath("policy/contacts.toml")
    return Policy.model_validate(tomllib.loads(file.read_text("utf-8")))
