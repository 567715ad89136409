"""Endpoints of who fits a call or an order, and of sending them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.mobilisation.api.shapes import (
    HandsIn,
    HandsMadeOut,
    People,
)
from lianfang.capabilities.mobilisation.facts.shifts import MOST_PLACES
from lianfang.capabilities.mobilisation.service import matching
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])


class MatchOut(Schema):
    """Somebody who fits; ``zh`` and ``en`` say why."""

    person: UUID
    steps: int
    hours: float
    rested: float | None
    zh: str
    en: str


class MatchesOut(Schema):
    """``left_out``: how many do not fit, by the first reason."""

    matches: list[MatchOut]
    left_out: dict[str, int]


class CarrierMatchOut(Schema):
    """Somebody to whom an order can be given; ``zh`` and ``en`` say why."""

    carrier: str
    name: str
    steps: int
    carried: int
    hours: float
    zh: str
    en: str


class CarrierMatchesOut(Schema):
    """``left_out``: how many do not fit, by the first reason."""

    matches: list[CarrierMatchOut]
    left_out: dict[str, int]


class SendIn(HandsIn):
    proposed: People
    people: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PLACES)]
    fact: UUID | None = None


@router.get("/calls/{uuid:id}/matches", response={200: MatchesOut, **PROBLEMS}, operation_id="matches_of_call")
@answering
def matches_of_call(request: HttpRequest, id: UUID) -> MatchesOut:
    """Which volunteers fit a call, the best first, each with the reason; nothing is recorded."""
    found = matching.propose(request.viewer, id, now=clock.now())
    return MatchesOut(
        matches=[MatchOut(**one._asdict()) for one in found.found[:MOST_PLACES]], left_out=found.left_out
    )  # fmt: skip


@router.get(
    "/errands/{uuid:id}/matches", response={200: CarrierMatchesOut, **PROBLEMS}, operation_id="matches_of_errand"
)
@answering
def matches_of_errand(request: HttpRequest, id: UUID) -> CarrierMatchesOut:
    """Who could be given an order, the best first, each with the reason; nothing is recorded."""
    found = matching.propose_carriers(request.viewer, id, now=clock.now())
    matches = [CarrierMatchOut(**one._asdict()) for one in found.found[:MOST_PLACES]]
    return CarrierMatchesOut(matches=matches, left_out=found.left_out)


@router.post("/calls/{uuid:id}/send", response={200: HandsMadeOut, **PROBLEMS}, operation_id="send_to_call")
@answering
def send_to_call(request: HttpRequest, id: UUID, body: SendIn) -> HandsMadeOut:
    """Send volunteers to a call, as a person decided: each has a duty for its time."""
    return HandsMadeOut(id=matching.send(request.viewer, id, **body.model_dump(), now=clock.now()))
