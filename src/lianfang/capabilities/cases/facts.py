"""The kinds of fact about cases. The subject is the case: a person who falls ill twice is two cases.

The envelope's ``observed_at`` is when it happened: when the patient was diagnosed, sampled, admitted. Its ``area`` is
the division that is responsible for the case at that time.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import AreaCode, Code, Day, Days, FactData, OfficialText, PlaceName, Time

Codes = Annotated[tuple[Code, ...], Field(max_length=64)]


class Class(StrEnum):
    """What a case counts as."""

    REPORTED = "reported"  # told of, nothing decided yet
    SUSPECTED = "suspected"
    CLINICAL = "clinical"  # clinically diagnosed, where an edition has that class
    PROBABLE = "probable"
    CONFIRMED = "confirmed"
    ASYMPTOMATIC = "asymptomatic"
    EXCLUDED = "excluded"


class CaseOutcome(StrEnum):
    RECOVERED = "recovered"
    DIED = "died"


class ClinicalSeverity(StrEnum):
    MILD = "mild"
    ORDINARY = "ordinary"
    SEVERE = "severe"
    CRITICAL = "critical"


class InfectionSource(StrEnum):
    """Where the infection came from, as seen from the responsible area."""

    IMPORTED = "imported"
    LOCAL = "local"
    LINKED = "linked_to_import"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Stay(BaseModel):
    """Where somebody was, to the division, and when. No trail: only stays that an investigation asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: AreaCode
    first: Days
    last: Days


class About(BaseModel):
    """What is told of a case. None is not known; a later telling replaces what it gives and leaves the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    onset: Days | None = None
    infected: Days | None = None
    """When the infection took place, as far as the investigation narrowed it."""
    no_symptoms: bool | None = None
    """True where there was no onset to ask for."""
    sex: Sex | None = None
    age_years: Annotated[float, Field(ge=0, le=130)] | None = None
    """At onset, or when reported."""
    occupation: Code | None = None
    health_worker: bool | None = None
    residence: AreaCode | None = None
    stay: AreaCode | None = None
    """Where the patient is now: another thing than who is responsible."""
    history: Codes | None = None
    """Items of epidemiological history that are met, by their codes in the disease's profile."""
    clinical: Codes | None = None
    """Clinical items that are met."""
    symptoms: Codes | None = None
    stays: Annotated[tuple[Stay, ...], Field(max_length=100)] | None = None
    found_by: Code | None = None
    first_visit: Time | None = None
    """When a health service first saw the patient for this illness."""
    unit: Code | None = None
    """The institution that reports, by its code."""


class Reported(FactData, kind="case.reported", version=1, founds=True):
    """A report card: somebody may have the disease. ``observed_at`` is the diagnosis, from which the clock runs."""

    person: UUID
    disease: Code
    edition: Code
    """Of the disease's definitions, under which the class was decided."""
    as_class: Class
    about: About = About()
    severity: ClinicalSeverity | None = None
    number: Code | None = None
    """The case's number in the list that it comes from."""
    batch: UUID | None = None
    """The import that it came with."""


class Described(FactData, kind="case.described", version=1):
    """More is known of a case, or other than was said."""

    about: About


class Investigated(FactData, kind="case.investigated", version=1):
    """The epidemiological investigation was done."""

    about: About = About()
    contacts: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """How many contacts the patient named."""


class Classified(FactData, kind="case.classified", version=1):
    """Somebody decided what the case counts as."""

    to: Class
    edition: Code
    basis: Code
    """``laboratory``, ``clinical``, ``tests_negative``, ``other_diagnosis``, ``expert``."""
    sample: UUID | None = None


class SeverityAssessed(FactData, kind="case.severity_assessed", version=1):
    severity: ClinicalSeverity


class SourceDetermined(FactData, kind="case.source_determined", version=1):
    source: InfectionSource
    came_from: AreaCode | None = None


class Isolated(FactData, kind="case.isolated", version=1):
    """The patient was separated from others."""

    where: Code
    """``home``, ``station``, ``hospital``, ``held_in_place``."""


class Admitted(FactData, kind="case.admitted", version=1):
    """The patient was taken into a hospital."""

    hospital: Code
    designated: bool


class Treated(FactData, kind="case.treated", version=1):
    """Treatment began."""


class Discharged(FactData, kind="case.discharged", version=1):
    """The patient left the hospital other than recovered or dead: moved, or against advice."""

    reason: Code


class Ended(FactData, kind="case.ended", version=1):
    """The patient recovered or died."""

    outcome: CaseOutcome


class HandedOver(FactData, kind="case.handed_over", version=1):
    """Another division became responsible: from now on it alone reports the case."""

    to: AreaCode


class Sampled(FactData, kind="case.sampled", version=1):
    """A sample was taken. Its id is this fact's."""

    material: Code
    number: Code | None = None
    laboratory: Code | None = None


class SampleReceived(FactData, kind="case.sample_received", version=1):
    sample: UUID
    laboratory: Code
    fit: bool = True
    """Whether the sample could be tested."""


class Tested(FactData, kind="case.tested", version=1):
    """A laboratory's result. ``observed_at`` is when it was known."""

    sample: UUID | None
    test: Code
    result: Code
    """``positive``, ``negative``, ``indeterminate``."""
    ct: Annotated[float, Field(gt=0, lt=60)] | None = None


class Sequenced(FactData, kind="case.sequenced", version=1):
    """The genome of the pathogen was read; ``accession`` is its number in ``archive``."""

    sample: UUID | None
    accession: Code
    archive: Code
    lineage: Code | None = None


class Reviewed(FactData, kind="case.reviewed", version=1):
    """A case was looked at again under another edition; what it counts as changes only with a decision of its own."""

    edition: Code
    would_be: Class


class RiskAssessed(FactData, kind="case.risk_assessed", version=1):
    """An assessment of how an outbreak may go on in an area, on what was known. The subject is the assessment."""

    disease: Code
    as_of: Time
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    likelihood: Code
    consequence: Code
    level: Code
    basis: OfficialText
    measures: OfficialText
    place: PlaceName | None = None
    next_due: Day | None = None
