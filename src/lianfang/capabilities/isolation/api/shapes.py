"""What requests about orders say, and what they are answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.isolation.api.forms import (
    ActIn,
    After,
    Area,
    Code,
    IsolationFaultOut,
    IsolationToldOut,
    Limit,
    Text,
    Time,
)
from lianfang.capabilities.isolation.facts import Mode, OrderClass
from lianfang.capabilities.isolation.queries import orders as queries
from lianfang.capabilities.isolation.service import allocation
from lianfang.capabilities.isolation.state import Stage
from lianfang.facts.shape import Schema
from lianfang.identity.forms import PersonOut


class GroundIn(ActIn):
    """Why somebody is to be isolated, who approved it, from when until when."""

    order_class: OrderClass
    of: UUID
    disease: Code
    edition: Code
    basis: Code
    approver: Code | None = None
    start: Time
    end: Time
    reason: Text | None = None
    clinician: Code | None = None
    suitable: bool | None = None
    community: Area | None = None


class OrderIn(GroundIn):
    """``area`` is responsible for the person: for a station, usually the station's."""

    person: UUID
    area: Area
    mode: Mode
    station: UUID | None = None
    order: UUID | None = None


class ExecutedIn(ActIn):
    """``corrects`` is an earlier record of the same, which this one replaces: another place, ward or time."""

    station: UUID | None = None
    ward: Code | None = None
    corrects: UUID | None = None


class VerifiedIn(ActIn):
    as_ordered: bool


class DecisionIn(ActIn):
    reason: Code
    approver: Code | None = None
    basis: Code | None = None


class ChangeIn(DecisionIn):
    mode: Mode
    station: UUID | None = None
    clinician: Code | None = None
    community: Area | None = None
    suitable: bool | None = None
    start: Time | None = None
    end: Time | None = None


class HomeIn(DecisionIn):
    """``community`` is needed where the order names none yet."""

    suitable: bool
    community: Area | None = None
    end: Time | None = None


class ExtendIn(DecisionIn):
    end: Time


class LiftIn(ActIn):
    reason: Code


class DoneOut(Schema):
    order: UUID
    fact: UUID
    stage: Stage


class IsolationNextOut(Schema):
    """What is to be done first: ``receive``, ``execute``, ``verify``, ``correct`` or ``lift``, and by when."""

    act: str
    due: AwareDatetime


class OrderOut(Schema):
    order: UUID
    person: UUID
    area: str
    order_class: OrderClass
    of: UUID
    disease: str
    edition: str
    basis: str
    approver: str
    reason: str | None
    clinician: str | None
    community: str | None
    suitable: bool | None
    batch: UUID | None
    stage: Stage
    mode: Mode
    station: UUID | None
    issued: AwareDatetime
    start: AwareDatetime
    end: AwareDatetime
    lifted: AwareDatetime | None
    lift_reason: str | None
    day: int
    """The how-manieth day of the order it is now, of ``days``."""
    days: int
    next: IsolationNextOut | None
    faults: int
    disputed: bool


class IsolationStayOut(Schema):
    mode: Mode
    station: UUID | None
    ordered_station: UUID | None
    ward: str | None
    since: AwareDatetime
    received: AwareDatetime | None
    executed: AwareDatetime | None
    executed_by: str
    verified: AwareDatetime | None
    as_ordered: bool | None
    left: AwareDatetime | None


class IsolationCardOut(OrderOut):
    unknown: list[str]
    """Codes of the approver and the clinician behind which there is no account that may sign in."""
    names: dict[str, str]
    """What the approver, the clinician and those are called who have recorded something, by code."""
    stays: list[IsolationStayOut]
    told: list[IsolationToldOut]
    contradictions: list[IsolationFaultOut]
    disputes: dict[str, list[UUID]]


class OrdersIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area = ""
    stage: Stage | None = None
    mode: Mode | None = None
    order_class: OrderClass | None = None
    disease: Code | None = None
    station: UUID | None = None
    batch: UUID | None = None
    person: UUID | None = None
    of: UUID | None = None
    lift_reason: Code | None = None
    standing: bool | None = None
    late: bool = False
    """Those whose end is over and that were not lifted."""
    after: After = ""
    limit: Limit = queries.PAGE
    names: bool = False
    purpose: Annotated[str, Field(max_length=64)] = ""


class OrdersOut(Schema):
    orders: list[OrderOut]
    people: dict[str, PersonOut] | None
    """By pseudonym, where names were asked for; whom one may not see is not among them."""
    total: int
    next: str | None


class IsolationCountsOut(Schema):
    """Orders in force, by stage and by mode: every stage and mode, zeros told."""

    stage: dict[str, int]
    mode: dict[str, int]


class ContradictionOut(IsolationFaultOut):
    person: UUID
    area: str
    kind: str
    at: AwareDatetime
    author: str


class IsolationTermOut(Schema):
    code: str
    zh: str
    en: str


class IsolationChangeReasonOut(IsolationTermOut):
    """``acts``: ``move``, ``home``, ``extend``."""

    acts: list[str]


class IsolationTermsOut(Schema):
    edition: str
    begins: date
    source: str
    source_zh: str
    bases: list[IsolationTermOut]
    lift_reasons: list[IsolationTermOut]
    change_reasons: list[IsolationChangeReasonOut]
    categories: list[IsolationTermOut]
    hours: dict[str, int]
    most_days: int


class PlacedIn(Schema):
    model_config = ConfigDict(extra="forbid")

    person: UUID
    mode: Mode = Mode.CENTRAL
    station: UUID | None = None
    of: UUID | None = None


class AllocateStationIn(Schema):
    model_config = ConfigDict(extra="forbid")

    station: UUID
    at_most: Annotated[int, Field(ge=0, le=100_000)] | None = None


class AllocateIn(GroundIn):
    manifest: UUID | None = None
    """The batch of a manifest of arrivals: all on it, those in ``people`` as they stand there."""
    people: Annotated[list[PlacedIn], Field(max_length=allocation.MOST)] = Field(default_factory=list)
    stations: Annotated[list[AllocateStationIn], Field(min_length=1, max_length=200)]
    batch: UUID
    confirm: Annotated[str, Field(max_length=64)] = ""


class IsolationPlaceOut(Schema):
    person: UUID
    station: UUID


class PlanOut(Schema):
    placed: list[IsolationPlaceOut]
    left: list[UUID]
    already: list[UUID]
    by_station: dict[str, int]
    digest: str
    done: bool
