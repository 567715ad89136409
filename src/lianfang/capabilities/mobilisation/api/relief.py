"""Endpoints of teams that help elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.isolation.queries.own import last_own
from lianfang.capabilities.mobilisation.api.shapes import (
    Day,
    HandsIn,
    HandsMadeOut,
    HandsRetractIn,
    Heads,
    Skip,
)
from lianfang.capabilities.mobilisation.facts.shifts import MOST_PLACES
from lianfang.capabilities.mobilisation.queries import relief as queries
from lianfang.capabilities.mobilisation.service import relief as service
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])
Few = Annotated[int, Field(ge=0, le=100_000)]
MOST_TOLD = 14
"""Days of health that a list shows of each journey."""


class ReliefIn(HandsIn):
    """``id`` is the sender's own: sent again, the journey is the same."""

    id: UUID
    team: UUID
    to: Area
    heads: Heads
    first: Day
    last: Day | None = None


class ReliefHealthIn(HandsIn):
    """``people``: those of the unwell who are known one by one."""

    day: Day
    well: Few
    unwell: Few
    people: Annotated[tuple[UUID, ...], Field(max_length=MOST_PLACES)] = ()
    fact: UUID | None = None


class ReliefReturnIn(HandsIn):
    last: Day
    heads: Heads
    fact: UUID | None = None


class ReliefObserveIn(HandsIn):
    disease: Code = "ncov-2020"


class ReliefHealthOut(Schema):
    day: date
    well: int
    unwell: int


class ReliefOut(Schema):
    """``days``: the last days of which health was told; ``untold``: days of which it was not. ``observed``: how many of
    the ``members`` were ordered under observation for this journey; ``undo``: what the viewer may take back."""

    id: UUID
    area: str
    team: UUID
    zh: str
    en: str
    to: str
    heads: int
    first: date
    until: date | None
    last: date | None
    back: int
    days: list[ReliefHealthOut]
    untold: list[date]
    members: int
    observed: int
    contradictions: int
    undo: UUID | None


class ReliefsOut(Schema):
    """``away``: how many people are away now, on all journeys."""

    total: int
    away: int
    journeys: list[ReliefOut]


class ReliefObservedOut(Schema):
    ordered: int


@router.get("/relief", response={200: ReliefsOut, **PROBLEMS}, operation_id="relief")
@answering
def list_relief(
    request: HttpRequest, area: Area, skip: Skip = 0,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> ReliefsOut:  # fmt: skip
    """The journeys of an area's teams to help elsewhere, those that are not over first."""
    found = queries.journeys(request.viewer, area, clock.now(), skip=skip, limit=limit)
    undo = last_own(request.viewer, [one.row.subject for one in found.rows])
    rows = [_journey(one, undo.get(one.row.subject)) for one in found.rows]
    return ReliefsOut(total=found.total, away=found.away, journeys=rows)


def _journey(one: queries.Journey, undo: UUID | None) -> ReliefOut:
    row = one.row
    names = ("area", "team", "to", "heads", "first", "until", "last", "back")
    days = [ReliefHealthOut(day=its.day, well=its.well, unwell=its.unwell) for its in one.days[:MOST_TOLD]]
    return ReliefOut(
        id=row.subject, **{name: getattr(row, name) for name in names}, zh=one.team.zh, en=one.team.en, days=days,
        untold=list(one.untold), members=one.members, observed=one.observed, contradictions=len(row.faults), undo=undo,
    )  # fmt: skip


@router.post("/relief", response={200: HandsMadeOut, **PROBLEMS}, operation_id="send_relief")
@answering
def send_relief(request: HttpRequest, body: ReliefIn) -> HandsMadeOut:
    """Send some of a team to help elsewhere; a team that is away is not sent again."""
    return HandsMadeOut(id=service.send(request.viewer, body.model_dump(exclude={"id"}), id=body.id, now=clock.now()))


@router.post("/relief/{uuid:id}/health", response={200: HandsMadeOut, **PROBLEMS}, operation_id="tell_relief_health")
@answering
def tell_relief_health(request: HttpRequest, id: UUID, body: ReliefHealthIn) -> HandsMadeOut:
    """Tell how many are well on a day, and how many are not. What is told last holds."""
    fields = body.model_dump(exclude={"fact"})
    return HandsMadeOut(id=service.tell_health(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post("/relief/{uuid:id}/return", response={200: HandsMadeOut, **PROBLEMS}, operation_id="return_of_relief")
@answering
def return_of_relief(request: HttpRequest, id: UUID, body: ReliefReturnIn) -> HandsMadeOut:
    """Record that they are back, with the last day away."""
    fields = body.model_dump(exclude={"fact"})
    return HandsMadeOut(id=service.come_back(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post("/relief/{uuid:id}/observe", response={200: ReliefObservedOut, **PROBLEMS}, operation_id="observe_relief")
@answering
def observe_relief(request: HttpRequest, id: UUID, body: ReliefObserveIn) -> ReliefObservedOut:
    """Order the members who are back under observation; who is under an order already stays as is."""
    return ReliefObservedOut(ordered=service.observe(request.viewer, id, disease=body.disease, now=clock.now()))


@router.post("/relief/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_relief")
@answering
def retract_of_relief(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a journey oneself."""
    return HandsMadeOut(id=service.retract(request.viewer, id, **body.model_dump(), now=clock.now()))
