"""Endpoints of producers and of the hands that they ask for."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.supplies.api.production_forms import (
    Area,
    BeginIn,
    Count,
    ItemNameOut,
    Place,
    ProductionIdOut,
    ProductionRetractIn,
    TellIn,
)
from lianfang.capabilities.supplies.facts.producers import (
    MOST_GROUPS,
    MOST_PEOPLE,
    MOST_PRODUCTS,
    DemandSet,
    OutputReported,
    Working,
    WorkStated,
)
from lianfang.capabilities.supplies.models import ItemRow
from lianfang.capabilities.supplies.queries import production as queries
from lianfang.capabilities.supplies.rules.production import Restart, in_force
from lianfang.capabilities.supplies.service import production as service
from lianfang.facts.api import Time
from lianfang.facts.fact import Day
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])


class CapacityGapOut(Schema):
    """``gap``: units a day that are asked for beyond what can be made; ``factor``: how many times as much is asked."""

    gap: int
    factor: float | None


class OutputDayOut(Schema):
    day: date
    n: int


class MakingOut(Schema):
    """What a producer makes of an item: on a usual day, at most, on the days that it has told of, and what is asked."""

    item: UUID
    usual: int
    per_day: int
    made: OutputDayOut | None
    output: list[OutputDayOut]
    demand: int | None
    gap: CapacityGapOut | None


class ProducerOut(Schema):
    """``working`` is None where nobody has said."""

    id: UUID
    area: str
    name: str
    en: str
    working: Working | None
    since: date | None
    makes: list[MakingOut]


class RestartOut(Schema):
    """Of ``of`` producers ``back`` work, in part or in full; ``share`` from 0 to 1; ``most``: whether that may be
    called most of them."""

    day: date
    of: int
    back: int
    full: int
    silent: int
    share: float | None
    most: bool


class ProducersOut(Schema):
    area: str
    day: date
    restart: RestartOut
    curve: list[RestartOut]
    producers: list[ProducerOut]
    items: list[ItemNameOut]
    edition: str
    source: str
    source_zh: str


class ProductIn(Schema):
    item: UUID
    per_day: Annotated[int, Field(ge=1, le=10**12)]


class ProducerIn(BeginIn):
    name: Place
    en: Place = ""
    makes: Annotated[list[ProductIn], Field(min_length=1, max_length=MOST_PRODUCTS)]


class ProducerWorkIn(TellIn):
    working: Working
    since: Day


class ProducerOutputIn(TellIn):
    item: UUID
    day: Day
    quantity: Count


class ProducerDemandIn(TellIn):
    item: UUID
    since: Day
    per_day: Count


class LabourOut(Schema):
    """Hands that a producer asks for; ``given`` counts each group."""

    id: UUID
    area: str
    producer: UUID
    name: str
    en: str
    people: int
    groups: int
    begins: AwareDatetime
    ends: AwareDatetime
    given: list[int]
    going: int


class LabourTeamOut(Schema):
    id: UUID
    zh: str
    en: str
    members: int


class LabourListOut(Schema):
    requests: list[LabourOut]
    teams: list[LabourTeamOut]


class LabourIn(Schema):
    id: UUID
    producer: UUID
    people: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    groups: Annotated[int, Field(ge=1, le=MOST_GROUPS)] = 1
    begins: Time
    ends: Time


class LabourGiveIn(TellIn):
    """Without ``confirm`` it is only shown who would go; ``confirm`` is how many that were."""

    teams: Annotated[list[UUID], Field(min_length=1, max_length=service.MOST_TEAMS)]
    confirm: Annotated[int, Field(ge=0, le=MOST_PEOPLE)] | None = None


class LabourGivenOut(Schema):
    """How many go in each group, how many are missing, and how many were passed over since they work elsewhere then."""

    groups: list[int]
    missing: int
    busy: int
    done: bool


@router.get("/producers", response={200: ProducersOut, **PROBLEMS}, operation_id="producers")
@answering
def producers(request: HttpRequest, area: Area = "", day: Day | None = None) -> ProducersOut:
    """The producers of an area on a day: who works, what they make, what they lack of what is asked of them."""
    on = day or queries.today(clock.now())
    found, its = queries.board(request.viewer, area, on), in_force(on)
    return ProducersOut(
        area=area, day=on, restart=_restart(on, found.restart), curve=[_restart(*one) for one in found.curve],
        producers=[_producer(one) for one in found.producers], items=[item_out(one) for one in found.items.values()],
        edition=its.code, source=its.source, source_zh=its.source_zh,
    )  # fmt: skip


@router.post("/producers", response={200: ProductionIdOut, **PROBLEMS}, operation_id="list_producer")
@answering
def list_producer(request: HttpRequest, body: ProducerIn) -> ProductionIdOut:
    """Put a producer on record, or change what is told of it."""
    fields = body.model_dump(exclude={"id", "area"})
    return ProductionIdOut(id=service.list_producer(request.viewer, body.area, fields, id=body.id, now=clock.now()))


@router.post("/producers/{id}/work", response={200: ProductionIdOut, **PROBLEMS}, operation_id="state_producer_work")
@answering
def state_work(request: HttpRequest, id: UUID, body: ProducerWorkIn) -> ProductionIdOut:
    """State that a producer stands still, works in part, or in full."""
    return _told(request, id, WorkStated, body)


@router.post("/producers/{id}/output", response={200: ProductionIdOut, **PROBLEMS}, operation_id="report_output")
@answering
def report_output(request: HttpRequest, id: UUID, body: ProducerOutputIn) -> ProductionIdOut:
    """Report what a producer made on a day."""
    return _told(request, id, OutputReported, body)


@router.post("/producers/{id}/demand", response={200: ProductionIdOut, **PROBLEMS}, operation_id="set_producer_demand")
@answering
def set_demand(request: HttpRequest, id: UUID, body: ProducerDemandIn) -> ProductionIdOut:
    """Record what is asked of a producer a day."""
    return _told(request, id, DemandSet, body)


@router.post("/production/{id}/retract", response={200: ProductionIdOut, **PROBLEMS}, operation_id="retract_production")
@answering
def retract(request: HttpRequest, id: UUID, body: ProductionRetractIn) -> ProductionIdOut:
    """Take back what one has recorded of a producer, of hands, a price or a project."""
    made = service.take_back(request.viewer, id, body.taken, body.why, now=clock.now(), fact=body.fact)
    return ProductionIdOut(id=made)


@router.get("/labour", response={200: LabourListOut, **PROBLEMS}, operation_id="labour")
@answering
def labour(request: HttpRequest, area: Area = "") -> LabourListOut:
    """The hands that producers ask for, and the teams that could go."""
    requests, teams = queries.labour(request.viewer, area, clock.now())
    return LabourListOut(
        requests=[_labour(one) for one in requests], teams=[LabourTeamOut(**one._asdict()) for one in teams]
    )


@router.post("/labour", response={200: ProductionIdOut, **PROBLEMS}, operation_id="ask_labour")
@answering
def ask_labour(request: HttpRequest, body: LabourIn) -> ProductionIdOut:
    """Ask for hands for a shift."""
    fields = body.model_dump(exclude={"id", "producer"})
    return ProductionIdOut(id=service.ask_hands(request.viewer, body.producer, fields, id=body.id, now=clock.now()))


@router.post("/labour/{id}/give", response={200: LabourGivenOut, **PROBLEMS}, operation_id="give_labour")
@answering
def give_labour(request: HttpRequest, id: UUID, body: LabourGiveIn) -> LabourGivenOut:
    """Show who of some teams would go, and with the number that was shown, have them go."""
    plan = service.give_hands(
        request.viewer, id, body.teams, now=clock.now(), fact=body.fact, confirm=body.confirm
    )  # fmt: skip
    return LabourGivenOut(
        groups=[len(group) for group in plan.groups], missing=plan.missing, busy=len(plan.busy),
        done=body.confirm is not None,
    )  # fmt: skip


def _told(
    request: HttpRequest, id: UUID, kind: type[WorkStated | OutputReported | DemandSet], body: TellIn
) -> ProductionIdOut:
    fields = body.model_dump(exclude={"fact"})
    return ProductionIdOut(id=service.tell(request.viewer, id, kind, fields, fact=body.fact, now=clock.now()))


def item_out(row: ItemRow) -> ItemNameOut:
    return ItemNameOut(
        id=row.subject, code=row.code, zh=row.zh, en=row.en, unit_zh=row.unit_zh, unit_en=row.unit_en
    )  # fmt: skip


def _restart(day: date, one: Restart) -> RestartOut:
    return RestartOut(day=day, **one._asdict())


def _producer(one: queries.Listed) -> ProducerOut:
    row = one.row
    return ProducerOut(
        id=row.subject, area=row.area, name=row.name, en=row.en or row.name, working=one.working, since=one.since,
        makes=[_making(its) for its in one.makes],
    )  # fmt: skip


def _making(one: queries.Making) -> MakingOut:
    return MakingOut(
        item=one.item, usual=one.usual, per_day=one.per_day,
        made=OutputDayOut(day=one.made[0], n=one.made[1]) if one.made else None,
        output=[OutputDayOut(day=day, n=n) for day, n in one.output], demand=one.demand,
        gap=CapacityGapOut(**one.gap._asdict()) if one.gap else None,
    )  # fmt: skip


def _labour(one: queries.Hands) -> LabourOut:
    row, name = one.row, one.producer.name if one.producer else ""
    return LabourOut(
        id=row.subject, area=row.area, producer=row.producer, name=name,
        en=(one.producer.en or name) if one.producer else "", people=row.people, groups=row.groups, begins=row.begins,
        ends=row.ends, given=[len(group) for group in row.given], going=one.going,
    )  # fmt: skip
