"""Endpoints of teams."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.isolation.queries.own import last_own
from lianfang.capabilities.mobilisation.api.shapes import (
    HandsIn,
    HandsMadeOut,
    HandsRetractIn,
    Heads,
    Skip,
    Title,
)
from lianfang.capabilities.mobilisation.facts.people import Function, HeadsQualifier
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.service import teams
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])


class TeamIn(HandsIn):
    id: UUID
    area: Area
    zh: Annotated[str, Field(min_length=1, max_length=60)]
    en: Title = ""
    function: Function
    heads: Heads | None = None
    qualifier: HeadsQualifier = HeadsQualifier.EXACT
    lead: Code | None = None
    town: Area | None = None


class TeamCountIn(HandsIn):
    """How many teams of a function an authority told; without one, of all functions together."""

    area: Area
    function: Function | None = None
    teams: Heads
    qualifier: HeadsQualifier = HeadsQualifier.EXACT
    fact: UUID | None = None


class TeamActIn(HandsIn):
    act: Literal["task", "join", "leave", "dissolve"]
    person: UUID | None = None
    function: Function | None = None
    reason: Code | None = None
    fact: UUID | None = None


class TeamTaskOut(Schema):
    function: str
    since: AwareDatetime
    reason: str


class TeamOut(Schema):
    """``tasks``: all that it has done; the last is what it does now. ``undo``: what the viewer may take back."""

    id: UUID
    area: str
    zh: str
    en: str
    function: str
    heads: int | None
    qualifier: str
    town: str
    formed: AwareDatetime
    dissolved: AwareDatetime | None
    tasks: list[TeamTaskOut]
    members: list[UUID]
    undo: UUID | None


class TeamSumOut(Schema):
    function: str
    teams: int


class TeamCountOut(Schema):
    """``function`` is empty where all were told together."""

    area: str
    function: str
    teams: int
    qualifier: str
    at: AwareDatetime


class TeamsOut(Schema):
    """``total``: of how many ``teams`` these are some."""

    total: int
    teams: list[TeamOut]
    by_function: list[TeamSumOut]
    told: list[TeamCountOut]


@router.get("/teams", response={200: TeamsOut, **PROBLEMS}, operation_id="teams")
@answering
def list_teams(
    request: HttpRequest, area: Area, skip: Skip = 0,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> TeamsOut:  # fmt: skip
    """The teams of an area with what each has done, how many there are by function, and what authorities told."""
    found = queries.teams(request.viewer, area, skip=skip, limit=limit)
    undo = last_own(request.viewer, [one.row.subject for one in found.teams])
    return TeamsOut(
        total=found.total, teams=[_team(one, undo.get(one.row.subject)) for one in found.teams],
        by_function=[TeamSumOut(**one._asdict()) for one in found.by_function],
        told=[
            TeamCountOut(
                area=one.area, function=one.function, teams=one.teams, qualifier=one.qualifier, at=one.at
            )
            for one in found.told
        ],
    )  # fmt: skip


def _team(one: queries.Team, undo: UUID | None) -> TeamOut:
    row = one.row
    names = ("area", "zh", "en", "function", "heads", "qualifier", "town", "formed", "dissolved")
    tasks = [{"function": function, "since": since, "reason": reason} for function, since, reason in row.tasks]
    its = {name: getattr(row, name) for name in names}
    return TeamOut(id=row.subject, tasks=tasks, members=list(one.people), undo=undo, **its)


@router.post("/teams", response={200: HandsMadeOut, **PROBLEMS}, operation_id="form_team")
@answering
def form_team(request: HttpRequest, body: TeamIn) -> HandsMadeOut:
    """Set a team up."""
    fields = body.model_dump(exclude={"id", "area"})
    return HandsMadeOut(id=teams.form(request.viewer, fields, id=body.id, area=body.area, now=clock.now()))


@router.post("/teams/counts", response={200: HandsMadeOut, **PROBLEMS}, operation_id="count_teams")
@answering
def count_teams(request: HttpRequest, body: TeamCountIn) -> HandsMadeOut:
    """Record how many teams an area has, as an authority tells it, with how the number is meant."""
    fields = body.model_dump(exclude={"area", "fact"})
    made = teams.count(request.viewer, fields, area=body.area, now=clock.now(), fact=body.fact)
    return HandsMadeOut(id=made)


@router.post("/teams/{uuid:id}/act", response={200: HandsMadeOut, **PROBLEMS}, operation_id="team_act")
@answering
def team_act(request: HttpRequest, id: UUID, body: TeamActIn) -> HandsMadeOut:
    """Give a team another function, take somebody in or out, or dissolve it."""
    fields = body.model_dump(exclude={"act"})
    return HandsMadeOut(id=teams.act(request.viewer, id, body.act, **fields, now=clock.now()))


@router.post("/teams/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_team")
@answering
def retract_of_team(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a team oneself."""
    return HandsMadeOut(id=teams.retract(request.viewer, id, **body.model_dump(), now=clock.now()))
