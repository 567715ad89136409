"""Endpoints of strategies, headquarters, playbooks, and reports that go up."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import reaches
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command.api.shapes import Area, Coded, CommandIn, CommandMadeOut, Long, MemberUnit, Short
from lianfang.capabilities.command.facts.reports import Instance
from lianfang.capabilities.command.models import ReportRow
from lianfang.capabilities.command.queries import steering as queries
from lianfang.capabilities.command.rules.strategy import Strategy, strategies
from lianfang.capabilities.command.service import steering as service
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.facts.api import Time

router = Router(tags=["command"])


class StrategyWordsOut(CommandIn):
    code: str
    zh: str
    en: str


class StrategyOverrideOut(CommandIn):
    """A strategy that an authority decided on against the class, until ``ends``."""

    fact: UUID
    strategy: StrategyWordsOut
    reason: str
    doc_no: str
    starts: AwareDatetime
    ends: AwareDatetime


class StrategyOut(CommandIn):
    """What was decided on for an area at a moment; None where the strategy follows from its class. ``vocabulary``: the
    strategies that there are."""

    area: str
    at: AwareDatetime
    subject: UUID
    override: StrategyOverrideOut | None
    vocabulary: list[StrategyWordsOut]


class StrategyIn(CommandIn):
    """Never without reason, document and end."""

    area: Area
    strategy: Coded
    reason: Short = ""
    doc_no: Short = ""
    starts: Time
    ends: Time | None = None
    fact: UUID | None = None


class OfficeShape(CommandIn):
    """An office that leads; never the name of who holds it."""

    zh: Annotated[str, Field(min_length=1, max_length=200)]
    en: Short = ""


class GroupShape(CommandIn):
    """A working group; ``lead`` is the code of one of its members."""

    code: Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
    zh: Annotated[str, Field(min_length=1, max_length=200)]
    en: Short = ""
    lead: Annotated[str, Field(max_length=32)]
    members: Annotated[list[MemberUnit], Field(min_length=1, max_length=60)]


class HeadquartersShape(CommandIn):
    """A headquarters as it is written and read: what is read can be written again."""

    event: Coded
    zh: Short = ""
    en: Short = ""
    doc_no: Short = ""
    starts: Time
    leads: Annotated[list[OfficeShape], Field(min_length=1, max_length=10)]
    groups: Annotated[list[GroupShape], Field(default_factory=list, max_length=40)]


class HeadquartersIn(CommandIn):
    area: Area
    headquarters: HeadquartersShape
    fact: UUID | None = None


class HeadquartersLineOut(CommandIn):
    id: UUID
    fact: UUID
    headquarters: HeadquartersShape


class HeadquartersOut(CommandIn):
    """At most one for each event."""

    area: str
    at: AwareDatetime
    standing: list[HeadquartersLineOut]


class PlaybookIn(CommandIn):
    area: Area
    playbook: Coded


class PlaybookRunOut(CommandIn):
    id: UUID
    fact: UUID
    area: str
    playbook: str
    begun: AwareDatetime


class PlaybooksOut(CommandIn):
    area: str
    runs: list[PlaybookRunOut]


class EventIn(CommandIn):
    """``id`` is the sender's own; ``found``: when the institution found it."""

    id: UUID
    area: Area
    zh: Short = ""
    en: Long = ""
    found: Time


class EventArrivedIn(CommandIn):
    to: Instance
    fact: UUID | None = None


class EventStepOut(CommandIn):
    """A step up; ``done`` is None of the one that is to be made now."""

    to: Instance
    begins: AwareDatetime
    due: AwareDatetime
    done: AwareDatetime | None


class EventReportOut(CommandIn):
    id: UUID
    area: str
    zh: str
    en: str
    found: AwareDatetime
    steps: list[EventStepOut]
    last: UUID
    manages: bool


class EventReportsOut(CommandIn):
    area: str
    now: AwareDatetime
    events: list[EventReportOut]


@router.get("/strategy", response={200: StrategyOut, **PROBLEMS}, operation_id="strategy")
@answering
def strategy(request: HttpRequest, area: Area, at: Time | None = None) -> StrategyOut:
    """What was decided on an area's strategy against its class, and the strategies that there are."""
    when = at or clock.now()
    held = queries.override(request.viewer, area, when)
    known = strategies()
    told = held and StrategyOverrideOut(
        fact=held.fact, strategy=_words(known[held.strategy]), reason=held.reason, doc_no=held.doc_no,
        starts=held.starts, ends=held.ends,
    )  # fmt: skip
    return StrategyOut(
        area=area, at=when, subject=service.strategy_id(area), override=told,
        vocabulary=[_words(one) for one in known.values()],
    )  # fmt: skip


@router.post("/strategy", response={200: CommandMadeOut, **PROBLEMS}, operation_id="override_strategy")
@answering
def override_strategy(request: HttpRequest, body: StrategyIn) -> CommandMadeOut:
    """Decide on another strategy than that of the area's class, for a time and with a reason."""
    fields = body.model_dump(exclude={"area", "fact"})
    return CommandMadeOut(id=service.override(request.viewer, body.area, fields, now=clock.now(), fact=body.fact))


@router.get("/headquarters", response={200: HeadquartersOut, **PROBLEMS}, operation_id="headquarters")
@answering
def headquarters(request: HttpRequest, area: Area, at: Time | None = None) -> HeadquartersOut:
    """Who leads the headquarters of an area and which groups it has, for each event."""
    when = at or clock.now()
    rows = queries.headquarters(request.viewer, area, when)
    standing = [
        HeadquartersLineOut(id=row.subject, fact=row.fact, headquarters=HeadquartersShape.model_validate(row.data))
        for row in rows
    ]
    return HeadquartersOut(area=area, at=when, standing=standing)


@router.post("/headquarters", response={200: CommandMadeOut, **PROBLEMS}, operation_id="organise_headquarters")
@answering
def organise_headquarters(request: HttpRequest, body: HeadquartersIn) -> CommandMadeOut:
    """Record who leads the headquarters of an area for an event; what stood before is replaced."""
    fields = body.headquarters.model_dump()
    return CommandMadeOut(id=service.organise(request.viewer, body.area, fields, now=clock.now(), fact=body.fact))


@router.get("/playbooks", response={200: PlaybooksOut, **PROBLEMS}, operation_id="playbooks")
@answering
def playbooks(request: HttpRequest, area: Area) -> PlaybooksOut:
    """The playbooks that were begun within an area."""
    runs = [
        PlaybookRunOut(id=row.subject, fact=row.fact, area=row.area, playbook=row.data["playbook"], begun=row.began)
        for row in queries.runs(request.viewer, area)
    ]
    return PlaybooksOut(area=area, runs=runs)


@router.post("/playbooks", response={200: CommandMadeOut, **PROBLEMS}, operation_id="begin_playbook")
@answering
def begin_playbook(request: HttpRequest, body: PlaybookIn) -> CommandMadeOut:
    """Begin a playbook in a community: its tasks are given, once. Nothing is said of whom it is about."""
    return CommandMadeOut(id=service.begin_playbook(request.viewer, body.area, body.playbook, now=clock.now()))


@router.get("/event-reports", response={200: EventReportsOut, **PROBLEMS}, operation_id="event_reports")
@answering
def event_reports(request: HttpRequest, area: Area) -> EventReportsOut:
    """The events that have to go up the chain, with the clock of each step."""
    rows = queries.reports(request.viewer, area)
    return EventReportsOut(area=area, now=clock.now(), events=[_event(request, row) for row in rows])


@router.post("/event-reports", response={200: CommandMadeOut, **PROBLEMS}, operation_id="find_event")
@answering
def find_event(request: HttpRequest, body: EventIn) -> CommandMadeOut:
    """Record what has to be reported: the clock of the first step runs since it was found."""
    fields = body.model_dump(exclude={"id", "area"})
    service.found(request.viewer, body.id, body.area, fields, now=clock.now())
    return CommandMadeOut(id=body.id)


@router.post("/event-reports/{uuid:id}/act", response={200: CommandMadeOut, **PROBLEMS}, operation_id="event_arrived")
@answering
def event_arrived(request: HttpRequest, id: UUID, body: EventArrivedIn) -> CommandMadeOut:
    """Record that a report has arrived at an instance, step by step."""
    return CommandMadeOut(id=service.arrived(request.viewer, id, body.to, now=clock.now(), fact=body.fact))


def _words(one: Strategy) -> StrategyWordsOut:
    return StrategyWordsOut(**one._asdict())


def _event(request: HttpRequest, row: ReportRow) -> EventReportOut:
    steps = [EventStepOut(**step._asdict()) for step in queries.steps(row)]
    return EventReportOut(
        id=row.subject, area=row.area, zh=row.data["zh"], en=row.data["en"], found=row.data["found"], steps=steps,
        last=row.last, manages=reaches(request.viewer, MANAGE, row.area),
    )  # fmt: skip
