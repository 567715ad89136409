"""The kind of fact by which a person decides what a county or community counts as. The subject is the area under one
scheme for one disease; its id follows from these (``rules.grading.graded_id``)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lianfang.capabilities.warning.facts.signal import Evidence
from lianfang.facts.fact import Code, Day, FactData, OfficialText, Time


class Scheme(StrEnum):
    COUNTY = "county"
    """The risk of a county."""
    COMMUNITY = "community"
    """What a community counts as."""


class AreaGraded(FactData, kind="area.graded", version=1, founds=True):
    """A person's decision, which holds from ``observed_at`` to the end of ``until``, unless a case is confirmed there
    before. What the rule said then is kept with what it rested on: ``computed`` (None where it left it open), ``step``,
    ``evidence``, of what had happened by ``as_of`` as known up to the fact ``seq``."""

    scheme: Scheme
    disease: Code
    to: Code
    until: Day
    reason: Annotated[OfficialText, Field(min_length=1, max_length=1_000)]
    role: Code
    edition: Code | None
    computed: Code | None
    step: Code
    asks: Annotated[tuple[Code, ...], Field(max_length=16)] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=64)] = ()
    as_of: Time
    seq: Annotated[int, Field(ge=0, lt=2**63)]
