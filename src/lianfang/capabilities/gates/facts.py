"""The kinds of fact about gates: points on roads and quarantine stations, who is on duty there, whom they meet.

The subject of a meeting is the encounter, a fresh id each time: who it was is known to the vault alone, and forgotten
at the end of retention. A vehicle's stop is an encounter of its own. Points, notices and inspections are subjects too.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import (
    AreaCode,
    Code,
    Day,
    FactData,
    OfficialText,
    PlaceName,
    Restricting,
    Text,
    TextClass,
    Time,
)

People = Annotated[int, Field(ge=0, le=1_000_000)]
MinuteOfDay = Annotated[int, Field(ge=0, le=1440)]
PublicNumber = Annotated[str, Field(pattern=r"^[0-9]{3,16}$"), Text(TextClass.CODE)]
"""The telephone of an office, digits alone. The record takes no mobile number: those are people's."""


class PostKind(StrEnum):
    POINT = "point"  # a checkpoint on a road, at a gate
    STATION = "station"  # a temporary station of traffic quarantine
    CLINIC = "clinic"  # a fever clinic, which the public is told of; its own hospital staffs and cleans it


class PostOpened(FactData, kind="post.opened", version=1, founds=True):
    """A point, station or clinic was set up, or its particulars changed."""

    name: PlaceName
    kind_of: PostKind
    place_type: Code
    """Of the vocabulary in the policy: a railway station, an airport, a village."""
    town: AreaCode
    department: Code | None = None
    """Whose it is, by its code in the policy; None where it is the division's own."""
    lead: PlaceName
    """The organisation that answers for it."""
    east_deg: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Where the post stands, in degrees east and north (WGS 84); never where anybody is."""
    north_deg: Annotated[float, Field(ge=-90, le=90)] | None = None
    opens_min: MinuteOfDay = 0
    """Minutes after midnight; 0 to 1440 is around the clock, and to close before opening is to close past midnight."""
    closes_min: MinuteOfDay = 1440
    number: Code | None = None
    telephone: PublicNumber | None = None
    batch: UUID | None = None


class PostClosed(FactData, kind="post.closed", version=1):
    """Nobody is on duty there any more."""


class ShiftPlanned(FactData, kind="post.shift_planned", version=1):
    """Who is on duty from when until when. The shift is known by this fact's id."""

    begins: Time
    ends: Time
    staff: Annotated[tuple[Code, ...], Field(max_length=100)]
    """Accounts or devices; nobody: a shift that is still to be filled."""


class Counted(FactData, kind="post.counted", version=1):
    """How many passed a post, and how many of these were checked, counted at the end of a shift."""

    begins: Time
    ends: Time
    passed: People
    checked: People
    reason: Code | None = None
    """Why not everybody was checked, by its code in the policy."""


class Measure(StrEnum):
    DISINFECTION = "disinfection"
    VENTILATION = "ventilation"


class Treated(FactData, kind="post.treated", version=1):
    """A place or a conveyance was disinfected or aired."""

    measure: Measure
    room: PlaceName
    """What part of it: a hall, a carriage, the whole."""
    agent: Code | None = None
    """The means, by its code in the policy; none for airing."""
    concentration_mg_per_l: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)]
    operator: Code
    conveyance: Code | None = None
    """The number of a train, flight or line; None for the place itself. Never a private vehicle's plate."""


class DepartmentSeated(FactData, kind="post.department_seated", version=1):
    """An account belongs to a department, whose posts alone it sees in the division that says so. The subject stands
    for the account and that division."""

    account: Code
    department: Code


class VehicleStopped(FactData, kind="gate.vehicle_stopped", version=1, founds=True):
    """A vehicle was stopped. The subject is this stop; plate and contact are in the vault under it."""

    post: UUID
    vehicle_type: Code
    occupants: Annotated[int, Field(ge=1, le=2_000)]
    came_from: AreaCode | None = None
    going_to: AreaCode | None = None


class VehiclePassed(FactData, kind="gate.vehicle_passed", version=1):
    """A vehicle was let on. It counts once every occupant was measured or has refused."""


class Notice(BaseModel):
    """What somebody was told of the rules: which text, in which language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Code
    language: Code


class Screened(FactData, kind="gate.screened", version=1, founds=True):
    """Somebody was met at a post: three questions and a temperature. The subject is the encounter."""

    post: UUID
    vehicle: UUID | None = None
    """The stop of the vehicle that he or she was in."""
    came_from: AreaCode | None = None
    going_to: AreaCode | None = None
    fever: bool | None = None
    """The answer to the third question; None: not asked."""
    symptoms: Annotated[tuple[Code, ...], Field(max_length=64)] = ()
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    refused: bool = False
    notice: Notice | None = None
    took_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    """How long the form was open, in seconds."""


class HoldReason(StrEnum):
    TEMPERATURE = "temperature"
    ANSWER = "answer"  # says that he or she has a fever or symptoms
    JUDGEMENT = "judgement"  # somebody on duty sees that he or she is ill


class Held(Restricting, FactData, kind="gate.held", version=1):
    """Somebody is held in place, is to be moved to a clinic, and the centre is told: one act. The subject is the
    encounter, ``area`` the division whose centre is told. No post can undo it."""

    reason: HoldReason
    edition: Code
    """Of the policy that has the threshold."""


class HoldTakenUp(FactData, kind="gate.taken_up", version=1):
    """The centre has the notice."""


class Transferred(FactData, kind="gate.transferred", version=1):
    """The one who was held has come to a clinic or hospital."""

    to: Code


class HoldOutcome(StrEnum):
    REPORTED = "reported"  # as a suspected case
    NOT_SUSPECTED = "not_suspected"
    LEFT = "left"  # went away before anybody came


class HoldEnded(FactData, kind="gate.decided", version=1):
    """A clinician or the centre decided what came of it."""

    outcome: HoldOutcome
    case: UUID | None = None


class NoticeSent(FactData, kind="post.notice_sent", version=1, founds=True):
    """A notice was sent to one post. The subject is this copy; ``group`` is the same for all copies."""

    post: UUID
    group: UUID
    title: OfficialText
    text: OfficialText


class Step(StrEnum):
    DELIVERED = "delivered"
    READ = "read"
    ACTED = "acted"


class NoticeReceived(FactData, kind="post.notice_received", version=1):
    """A post has it, has read it, has done what it says."""

    step: Step


class InspectionMode(StrEnum):
    ON_SITE = "on_site"
    PHONE = "phone"


class Finding(BaseModel):
    """One thing that was not as it should be, by its code in the policy. What the photograph shows needs no face."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: Code
    said: OfficialText | None = None
    photo: UUID | None = None


class Inspected(FactData, kind="inspection.made", version=1, founds=True):
    """Somebody looked whether a post, or the gates of a community (the envelope's area), work as ordered."""

    post: UUID | None
    mode: InspectionMode
    checked_in: bool
    """Whether the code that hangs at the place was read there."""
    findings: Annotated[tuple[Finding, ...], Field(max_length=20)] = ()


class Rectified(FactData, kind="inspection.rectified", version=1):
    """What was found was put right, say those who answer for it, in words of their own where they have any."""

    item: Code
    said: OfficialText | None = None
    photo: UUID | None = None


class Rechecked(FactData, kind="inspection.rechecked", version=1):
    """An inspector looked again."""

    item: Code
    rectified: bool


class StatementAdded(FactData, kind="inspection.statement_added", version=1):
    """Those who were inspected say how it was, in their own words; it stands beside what was found."""

    said: Annotated[OfficialText, Field(min_length=1, max_length=1_000, pattern=r"\S")]


class Spoken(StrEnum):
    ZH = "zh"
    EN = "en"


class CallAsked(FactData, kind="care.call_asked", version=1, founds=True):
    """Somebody who feels ill has left a telephone number on the open page, and is to be called. The subject is this one
    report, a fresh id each time; the number is in the vault under it. Without a number nothing is recorded."""

    symptoms: Annotated[tuple[Code, ...], Field(max_length=64)] = ()
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    language: Spoken
    erase_on: Day
    """The day on which the vault forgets the number, as the caller was told."""
