"""Moves of patients between hospitals, and the plan by which those who wait are given beds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.care.facts.hospitals import BedType
from lianfang.facts.fact import AreaCode, Code, FactData

MOST_ASSIGNED: Final = 500
"""Patients whom one confirmed plan gives beds."""


class TransferReason(StrEnum):
    SEVERE = "severe"  # to a hospital that is qualified for severe cases
    DESIGNATED = "designated"  # to a hospital that is designated for the disease
    BED_TYPE = "bed_type"
    SPECIALTY = "specialty"
    FULL = "full"
    RECOVERING = "recovering"  # to a lower level, nearer home


class NotMoved(StrEnum):
    """Why a transfer was declined or called off."""

    NO_BED = "no_bed"
    NOT_FIT = "not_fit"  # the patient cannot travel now
    NOT_NEEDED = "not_needed"
    ELSEWHERE = "elsewhere"


class TransferRequested(FactData, kind="transfer.requested", version=1, founds=True):
    """A hospital asks another to take over a patient. The subject is the transfer, its division that of the hospital
    where the patient lies."""

    person: UUID
    case: UUID | None
    bed: UUID
    stay: UUID
    """Where the patient lies now."""
    hospital: UUID
    to_hospital: UUID
    to_area: AreaCode
    type: BedType
    severe: bool
    """Whether the case was severe or critical when this was asked."""
    reason: TransferReason


class TransferApproved(FactData, kind="transfer.approved", version=1):
    """A bed is kept for the patient."""

    bed: UUID
    stay: UUID


class TransferDeclined(FactData, kind="transfer.declined", version=1):
    reason: NotMoved


class TransferDeparted(FactData, kind="transfer.departed", version=1):
    """The patient is on the way."""


class TransferReceived(FactData, kind="transfer.received", version=1):
    """The patient lies in the bed of the other hospital, whose records count from now on."""


class TransferCancelled(FactData, kind="transfer.cancelled", version=1):
    reason: NotMoved


class Assigned(BaseModel):
    """One patient of a plan: what was proposed, and what a person made of it. None: no bed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: UUID
    proposed: UUID | None
    chosen: UUID | None


class AssignmentConfirmed(FactData, kind="assignment.confirmed", version=1, founds=True):
    """Somebody confirmed which hospitals those who wait go to. The subject is the plan."""

    edition: Code
    """Of the policy by which it was proposed."""
    lines: Annotated[tuple[Assigned, ...], Field(min_length=1, max_length=MOST_ASSIGNED)]
