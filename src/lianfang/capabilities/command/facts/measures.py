"""Measures of an authority: numbered within a document, with basis, approver and an end; the subject is the measure."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID, uuid5

from pydantic import Field, model_validator

from lianfang.capabilities.command.facts.base import MOST_UNITS, NAMES, Beside, Passage, Token, Unit, Words
from lianfang.facts.fact import FactData, OfficialText, Time

MOST_NUMBER: Final = 200


def measure_id(area: str, doc_no: str, number: int) -> UUID:
    """A measure is one by its area, document and number: loaded again it is the same."""
    return uuid5(NAMES, f"measure|{area}|{doc_no.strip()}|{number}")


class MeasureKind(StrEnum):
    """What a measure acts on. Who may enter a community is limited elsewhere, by the class of that community."""

    GATHERING = "gathering"
    TRAVEL = "travel"
    MOVEMENT = "movement"  # in and out of an area as a whole
    VENUE = "venue"
    HYGIENE = "hygiene"
    MONITORING = "monitoring"
    CARE = "care"
    SUPPLY = "supply"
    INFORMATION = "information"
    OTHER = "other"


class Exempt(StrEnum):
    """Whom a measure on movement lets pass."""

    MEDICAL = "medical"
    SUPPLY = "supply"
    EMERGENCY = "emergency"
    FARMING = "farming"
    CARE = "care"


ALWAYS_EXEMPT: Final = frozenset({Exempt.MEDICAL, Exempt.SUPPLY})
"""Whom every measure on movement lets pass."""


class MeasureProgress(StrEnum):
    """How far a unit has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


class MeasureIssued(FactData, kind="measure.issued", version=1, founds=True):
    """A measure from ``starts`` until ``ends``, or until ``review`` where it is not renewed by then: never without
    either. ``units`` carry it out."""

    number: Annotated[int, Field(ge=1, le=MOST_NUMBER)]
    sort: MeasureKind
    zh: Passage
    en: Beside = ""
    basis: Words
    approver: Words
    doc_no: Words
    starts: Time
    ends: Time | None = None
    review: Time | None = None
    units: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=MOST_UNITS)]
    exempt: Annotated[tuple[Exempt, ...], Field(max_length=len(Exempt))] = ()

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if not any(at is not None and at > self.starts for at in (self.ends, self.review)):
            raise ValueError("a measure has an end or a day of review after its start")
        if self.sort is MeasureKind.MOVEMENT and not set(self.exempt) >= ALWAYS_EXEMPT:
            raise ValueError("a measure on movement lets medical and supply traffic pass")
        return self


class MeasureRenewed(FactData, kind="measure.renewed", version=1):
    """It was reviewed and goes on until then."""

    doc_no: Words
    ends: Time | None = None
    review: Time | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.ends is None and self.review is None:
            raise ValueError("a measure has an end or a day of review")
        return self


class MeasureLifted(FactData, kind="measure.lifted", version=1):
    """It was lifted before its end."""

    doc_no: Words
    ends: Time


class MeasureProgressed(FactData, kind="measure.progressed", version=1):
    """A unit says how far it has come. What is done has evidence."""

    unit: Token
    progress: MeasureProgress
    evidence: Annotated[OfficialText, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _done_is_shown(self) -> Self:
        if self.progress is MeasureProgress.DONE and not self.evidence.strip():
            raise ValueError("done needs evidence")
        return self
