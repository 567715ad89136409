"""The kinds of fact about triage at the door of a fever clinic. The subject is the visit, a fresh id each time: who it
was is known to the vault alone. Nothing here asks who pays."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, FactData

Codes = Annotated[tuple[Code, ...], Field(max_length=64)]


class Came(StrEnum):
    """On whose word somebody came."""

    WALK_IN = "walk_in"
    COMMUNITY = "community"
    PRIMARY_CARE = "primary_care"
    CHECKPOINT = "checkpoint"
    STATION = "station"
    AMBULANCE = "ambulance"


class History(StrEnum):
    """Whether there is an epidemiological history; unknown: it could not be asked."""

    NONE = "none"
    PRESENT = "present"
    UNKNOWN = "unknown"


class Way(StrEnum):
    """Where triage sends somebody."""

    FEVER_CLINIC = "fever_clinic"
    EMERGENCY = "emergency"
    GENERAL = "general"
    ELSEWHERE = "elsewhere"


class Conclusion(StrEnum):
    """What the centre for disease control says of a patient."""

    NO_SUSPICION = "no_suspicion"
    OBSERVE = "observe"
    REPORT = "report"


class VisitOutcome(StrEnum):
    """How a visit ended."""

    DISCHARGED = "discharged"
    ADMITTED = "admitted"
    SUSPECTED = "suspected"
    TRANSFERRED = "transferred"
    LEFT = "left"
    """Left without leave: nobody let the patient go."""


class Triaged(FactData, kind="triage.made", version=1, founds=True):
    """Somebody was asked and measured at the door, and sent on."""

    clinic: UUID
    came: Came
    way: Way
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    symptoms: Codes = ()
    history: History
    items: Codes = ()
    """What of the history is met, by the codes of the policy."""
    referral: UUID | None = None


class Seen(FactData, kind="triage.seen", version=1):
    """A doctor of the clinic sees the patient."""


class Consulted(FactData, kind="triage.consulted", version=1):
    """The centre for disease control was asked about the patient and has answered."""

    conclusion: Conclusion


class VisitEnded(FactData, kind="triage.ended", version=1):
    """The patient left the clinic."""

    outcome: VisitOutcome
    case: UUID | None = None
    """The case that was reported, of whom is suspected."""
