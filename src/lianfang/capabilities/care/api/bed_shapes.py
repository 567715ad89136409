"""What requests about hospitals, beds, stays and transfers say, and what they are answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.care.api.forms import Area, CareActIn, Code, Codes
from lianfang.capabilities.care.facts import (
    MOST_ASSIGNED,
    BedType,
    HospitalLevel,
    LeftFor,
    NotMoved,
    TransferReason,
)
from lianfang.capabilities.care.queries.waiting import WaitsFor
from lianfang.capabilities.care.service.hospitals import MOST_BEDS
from lianfang.capabilities.care.state.transfers import TransferStage
from lianfang.facts.shape import Schema

Name = Annotated[str, Field(max_length=64)]


class HospitalIn(Schema):
    """Particulars of a hospital; ``id`` is the sender's own, and that of one that is known replaces its particulars."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area
    code: Code
    zh: Name
    en: Name = ""
    level: HospitalLevel
    designated: bool = False
    severe: bool = False
    specialties: Codes = Field(default_factory=list)
    fact: UUID | None = None


class HospitalClosedIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


class HospitalWardIn(Schema):
    model_config = ConfigDict(extra="forbid")

    ward: Code
    zh: Name
    en: Name = ""
    fact: UUID | None = None


class BedsIn(Schema):
    """Beds to open, by their numbers; temporary ones need a last day."""

    model_config = ConfigDict(extra="forbid")

    ward: Code
    numbers: Annotated[list[Code], Field(min_length=1, max_length=MOST_BEDS)]
    type: BedType
    temporary: bool = False
    first: date
    last: date | None = None


class BedsOut(Schema):
    beds: list[UUID]


class PlacesOut(Schema):
    """Beds of a type: ``held`` are kept or taken, ``present`` are those whose patient has come, ``overdue`` are held
    though they were to be given up."""

    type: BedType
    permanent: int
    temporary: int
    held: int
    present: int
    free: int
    overdue: int


class BedHospitalOut(Schema):
    id: UUID
    area: str
    code: str
    zh: str
    en: str
    level: HospitalLevel
    designated: bool
    severe: bool
    specialties: list[str]
    closed: AwareDatetime | None
    places: list[PlacesOut]


class SpecialtyOut(Schema):
    code: str
    zh: str
    en: str


class HospitalsOut(Schema):
    """``places``: of all of them together; ``known_specialties``: those that a hospital can be registered with."""

    hospitals: list[BedHospitalOut]
    places: list[PlacesOut]
    known_specialties: list[SpecialtyOut]


class HospitalWardOut(Schema):
    ward: str
    zh: str
    en: str


class BedOut(Schema):
    id: UUID
    ward: str
    number: str
    type: BedType
    temporary: bool
    first: date
    last: date | None
    stay: UUID | None
    """Of whom it is; None where it is free."""
    entered: bool


class HospitalCardOut(BedHospitalOut):
    """``undo``: what the viewer has recorded of it last, and may take back."""

    wards: list[HospitalWardOut]
    beds: list[BedOut]
    known_specialties: list[SpecialtyOut]
    undo: UUID | None


class CensusOut(Schema):
    at: AwareDatetime
    type: BedType
    beds: int
    present: int


class CensusesOut(Schema):
    counts: list[CensusOut]


class BedStayOut(Schema):
    bed: UUID
    stay: UUID
    person: UUID
    case: UUID | None
    ward: str
    number: str
    type: BedType
    temporary: bool
    severity: str | None
    since: AwareDatetime
    entered: AwareDatetime | None
    left: AwareDatetime | None
    reason: LeftFor | None
    offline: bool
    transfer: UUID | None
    fact: UUID
    released: UUID | None
    case_ended: bool
    twice: bool


class BedStaysOut(Schema):
    stays: list[BedStayOut]


class BedClashOut(Schema):
    """A fact about a bed that contradicts what else is on record, and counts for nothing."""

    fact: UUID
    bed: UUID
    number: str
    hospital: UUID | None
    hospital_zh: str
    hospital_en: str
    kind: str
    at: AwareDatetime
    author: str
    person: UUID | None
    stay: UUID | None
    against: UUID | None
    field: str
    reason: str
    zh: str
    en: str


class BedClashesOut(Schema):
    clashes: list[BedClashOut]


class BedClaimIn(CareActIn):
    """A bed of a type for a patient; ``stay`` is the sender's own id for it. ``arrive`` false keeps the bed."""

    hospital: UUID
    type: BedType
    stay: UUID
    bed: UUID | None = None
    case: UUID | None = None
    person: UUID | None = None
    arrive: bool = True


class BedClaimOut(Schema):
    bed: UUID
    stay: UUID
    fact: UUID


class BedReleaseIn(CareActIn):
    stay: UUID
    reason: LeftFor


class TransferRequestIn(Schema):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    bed: UUID
    stay: UUID
    to: UUID
    type: BedType
    reason: TransferReason
    fact: UUID | None = None


class TransferApproveIn(Schema):
    """``stay`` is the sender's own id for the bed that is kept; a certain one where ``bed`` says so."""

    model_config = ConfigDict(extra="forbid")

    stay: UUID
    bed: UUID | None = None
    fact: UUID | None = None


class TransferStepIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


class TransferNotIn(TransferStepIn):
    reason: NotMoved


class TransferOut(Schema):
    id: UUID
    person: UUID
    case: UUID | None
    hospital: UUID
    hospital_zh: str
    hospital_en: str
    to_hospital: UUID
    to_zh: str
    to_en: str
    from_area: str
    to_area: str
    type: BedType
    severe: bool
    why: TransferReason
    stage: TransferStage
    requested: AwareDatetime
    approved: AwareDatetime | None
    departed: AwareDatetime | None
    received: AwareDatetime | None
    ended: AwareDatetime | None
    reason: NotMoved | None
    number: str | None
    due: AwareDatetime | None
    sides: list[str]
    """Which of the two, ``from`` and ``to``, lie in one's divisions."""


class TransfersOut(Schema):
    transfers: list[TransferOut]


class WaitsOut(Schema):
    case: UUID
    person: UUID
    area: str
    number: str | None
    severity: str
    waits_for: WaitsFor
    since: AwareDatetime
    hours: float
    hospital_zh: str
    hospital_en: str
    bed: UUID | None
    stay: UUID | None
    kept_in: UUID | None
    kept_zh: str
    kept_en: str
    kept_number: str
    transfer: UUID | None


class WaitingOut(Schema):
    """``waiting`` is empty for whoever sees sums only (``masked``)."""

    waiting: list[WaitsOut]
    bed: int
    designated: int
    qualified: int
    severe: int
    longest_h: float
    masked: bool


class AssignmentIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area


class AssignedLineOut(Schema):
    case: UUID
    area: str
    number: str | None
    severity: str
    hours: float
    hospital: UUID | None
    type: BedType | None
    km: float | None
    why_zh: str
    why_en: str


class AssignmentOut(Schema):
    """A proposal; ``digest`` stands for it. ``gap``: at most this share of the kilometres could be saved."""

    lines: list[AssignedLineOut]
    hospitals: list[BedHospitalOut]
    edition: str
    source_zh: str
    source: str
    gap: float
    digest: str


class AssignmentChangeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    case: UUID
    hospital: UUID | None = None


class AssignmentConfirmIn(AssignmentIn):
    """``plan`` is the sender's own id; ``changes`` are the lines that a person decided otherwise."""

    plan: UUID
    digest: Annotated[str, Field(max_length=64)]
    changes: Annotated[list[AssignmentChangeIn], Field(max_length=MOST_ASSIGNED)] = Field(default_factory=list)


class AssignmentConfirmedOut(Schema):
    plan: UUID
    kept: int
    changed: int
