"""Endpoints of gatherings and venues."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import reaches
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command.api.shapes import Area, CommandIn, CommandMadeOut, Short
from lianfang.capabilities.command.facts.gatherings import GatheringKind, GatheringOutcome
from lianfang.capabilities.command.facts.venues import VenueKind, VenueStatus
from lianfang.capabilities.command.queries import gatherings as gathering_queries
from lianfang.capabilities.command.queries import venues as venue_queries
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.command.service import places as service
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import REPORT
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts.api import Time

router = Router(tags=["command"])
Name = Annotated[str, Field(max_length=64)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]


class GatheringIn(CommandIn):
    """``id`` is the sender's own: sent again, the gathering is the same."""

    id: UUID
    area: Area
    sort: GatheringKind
    planned: Time
    people: Annotated[int, Field(ge=1, le=100_000)] | None = None
    place: Name = ""


class GatheringActIn(CommandIn):
    """What came of it; ``handled``: the county dealt with one that was held."""

    act: Literal["postponed", "dissuaded", "held", "handled"]
    fact: UUID | None = None


class GatheringOut(CommandIn):
    """A gathering. ``dissuade_by``: until when it is to be dissuaded; ``alert``: it was held though it had been
    dissuaded, and the county has not dealt with it yet; ``last``: what was told last, where the viewer told it."""

    id: UUID
    area: str
    sort: GatheringKind
    planned: AwareDatetime
    people: int | None
    place: str
    known: AwareDatetime
    dissuade_by: AwareDatetime
    postponed: AwareDatetime | None
    dissuaded: AwareDatetime | None
    held: AwareDatetime | None
    handled: AwareDatetime | None
    alert: bool
    last: UUID | None
    mine: bool
    manages: bool


class GatheringsOut(CommandIn):
    area: str
    now: AwareDatetime
    gatherings: list[GatheringOut]


class VenueIn(CommandIn):
    id: UUID
    area: Area
    sort: VenueKind
    zh: Name = ""
    en: Short = ""


class VenueActIn(CommandIn):
    """How a venue is from ``starts`` on."""

    status: VenueStatus
    starts: Time
    doc_no: Short = ""
    reopens: Day | None = None
    limits: Short = ""
    fact: UUID | None = None


class VenueSpellOut(CommandIn):
    fact: UUID
    status: VenueStatus
    starts: AwareDatetime
    ends: AwareDatetime | None
    reopens: date | None
    limits: str
    doc_no: str


class VenueOut(CommandIn):
    """A venue; ``now`` is what holds at the moment that was asked for, None where nothing is on record; ``last``: the
    last change, where the viewer stated it."""

    id: UUID
    area: str
    sort: VenueKind
    zh: str
    en: str
    now: VenueSpellOut | None
    changes: list[VenueSpellOut]
    last: UUID | None
    mine: bool


class VenuesOut(CommandIn):
    area: str
    at: AwareDatetime
    venues: list[VenueOut]


class PublicVenueOut(CommandIn):
    """A venue as the public is told of it."""

    id: UUID
    area: str
    sort: VenueKind
    zh: str
    en: str
    status: VenueStatus
    since: AwareDatetime
    reopens: date | None
    limits: str
    doc_no: str


@router.get("/gatherings", response={200: GatheringsOut, **PROBLEMS}, operation_id="gatherings")
@answering
def gatherings(request: HttpRequest, area: Area) -> GatheringsOut:
    """The gatherings that became known in an area, and what came of each."""
    rows, viewer = gathering_queries.known(request.viewer, area), request.viewer
    found = [
        GatheringOut(
            id=row.subject, area=row.area, **row.data, known=row.began,
            dissuade_by=row.began + clocks(row.began.astimezone(CIVIL_TIME).date()).dissuade, postponed=row.postponed,
            dissuaded=row.dissuaded, held=row.held, handled=row.handled,
            alert=bool(row.dissuaded and row.held and row.dissuaded <= row.held and not row.handled),
            last=row.last if row.last_by == viewer.author else None,
            mine=reaches(viewer, REPORT, row.area), manages=reaches(viewer, MANAGE, row.area),
        )
        for row in rows
    ]  # fmt: skip
    return GatheringsOut(area=area, now=clock.now(), gatherings=found)


@router.post("/gatherings", response={200: CommandMadeOut, **PROBLEMS}, operation_id="declare_gathering")
@answering
def declare_gathering(request: HttpRequest, body: GatheringIn) -> CommandMadeOut:
    """Record a gathering that was declared or found: nothing of who takes part."""
    fields = body.model_dump(exclude={"id", "area"})
    service.declare(request.viewer, body.id, body.area, fields, now=clock.now())
    return CommandMadeOut(id=body.id)


@router.post("/gatherings/{uuid:id}/act", response={200: CommandMadeOut, **PROBLEMS}, operation_id="act_on_gathering")
@answering
def act_on_gathering(request: HttpRequest, id: UUID, body: GatheringActIn) -> CommandMadeOut:
    """Say what came of a gathering, or that one which was held was dealt with."""
    if body.act == "handled":
        return CommandMadeOut(id=service.handle(request.viewer, id, now=clock.now(), fact=body.fact))
    told = service.tell(request.viewer, id, GatheringOutcome(body.act), now=clock.now(), fact=body.fact)
    return CommandMadeOut(id=told)


@router.get("/public/venues", response={200: list[PublicVenueOut], **PROBLEMS}, operation_id="public_venues")
@answering
def public_venues(request: HttpRequest, area: Area = "", at: Time | None = None) -> list[PublicVenueOut]:
    """How each venue is at a moment, for anybody."""
    found = venue_queries.public(at or clock.now(), [area] if area else [])
    return [PublicVenueOut.model_validate(one._asdict()) for one in found]


@router.get("/venues", response={200: VenuesOut, **PROBLEMS}, operation_id="venues")
@answering
def venues(request: HttpRequest, area: Area, at: Time | None = None) -> VenuesOut:
    """The venues of an area: how each is at a moment, and every change."""
    when, viewer = at or clock.now(), request.viewer
    found = []
    for one in venue_queries.register(viewer, area):
        held = one.at(when)
        found.append(
            VenueOut(
                id=one.row.subject, area=one.row.area, **one.row.data, now=_spell(held) if held else None,
                changes=[_spell(spell) for spell in one.spells],
                last=one.last_of(viewer.author), mine=reaches(viewer, REPORT, one.row.area),
            )
        )  # fmt: skip
    return VenuesOut(area=area, at=when, venues=found)


@router.post("/venues", response={200: CommandMadeOut, **PROBLEMS}, operation_id="register_venue")
@answering
def register_venue(request: HttpRequest, body: VenueIn) -> CommandMadeOut:
    """Take a venue into the register."""
    fields = body.model_dump(exclude={"id", "area"})
    service.register(request.viewer, body.id, body.area, fields, now=clock.now())
    return CommandMadeOut(id=body.id)


@router.post("/venues/{uuid:id}/act", response={200: CommandMadeOut, **PROBLEMS}, operation_id="state_venue")
@answering
def state_venue(request: HttpRequest, id: UUID, body: VenueActIn) -> CommandMadeOut:
    """Say how a venue is from a moment on: open, limited or closed."""
    fields = body.model_dump(exclude={"fact"})
    return CommandMadeOut(id=service.state(request.viewer, id, fields, now=clock.now(), fact=body.fact))


def _spell(row: venue_queries.VenueSpellRow) -> VenueSpellOut:
    return VenueSpellOut(**{name: getattr(row, name) for name in VenueSpellOut.model_fields})
