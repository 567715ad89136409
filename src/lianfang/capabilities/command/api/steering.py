"""Endpoints of headquarters, playbooks, and reports that go up."""

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
from lianfang.capabilities.command.queries.playbooks import Item, Run
from lianfang.capabilities.command.queries.playbooks import runs as running
from lianfang.capabilities.command.rules.notices import playbooks as known_playbooks
from lianfang.capabilities.command.service import steering as service
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.rules import policy
from lianfang.facts.api import Time
from lianfang.profiles.names import name_en, name_zh

router = Router(tags=["command"])


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
    """``event``: of which disease; ``fact``: it, where the viewer recorded it and may take it back."""

    id: UUID
    event_zh: str
    event_en: str
    fact: UUID | None
    headquarters: HeadquartersShape


class HeadquartersOut(CommandIn):
    """At most one for each event."""

    area: str
    at: AwareDatetime
    standing: list[HeadquartersLineOut]


class PlaybookIn(CommandIn):
    area: Area
    playbook: Coded


class PlaybookItemOut(CommandIn):
    """A kind of task: ``done`` and ``late`` of ``n``; ``due``: when the first of them is due. ``say``: what is told
    with it."""

    rule: str
    zh: str
    en: str
    say_zh: str
    say_en: str
    due: AwareDatetime
    n: int
    done: int
    late: int


class PlaybookRunOut(CommandIn):
    """A community that answers its first case; nothing tells of the case. ``by_case``: a case confirmed on record began
    it. ``run``: where it was begun by hand; ``fact``: where the viewer began it. ``items`` are those that the viewer
    sees or counts."""

    id: UUID
    run: UUID | None
    fact: UUID | None
    area: str
    begun: AwareDatetime
    by_case: bool
    items: list[PlaybookItemOut]


class PlaybookOut(CommandIn):
    code: str
    zh: str
    en: str
    source: str
    source_zh: str


class PlaybooksOut(CommandIn):
    """``known``: those that can be begun by hand."""

    area: str
    now: AwareDatetime
    known: list[PlaybookOut]
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
    """``last``: what was recorded last, where the viewer recorded it."""

    id: UUID
    area: str
    zh: str
    en: str
    found: AwareDatetime
    steps: list[EventStepOut]
    last: UUID | None
    manages: bool


class EventReportsOut(CommandIn):
    area: str
    now: AwareDatetime
    events: list[EventReportOut]


@router.get("/headquarters", response={200: HeadquartersOut, **PROBLEMS}, operation_id="headquarters")
@answering
def headquarters(request: HttpRequest, area: Area, at: Time | None = None) -> HeadquartersOut:
    """Who leads the headquarters of an area and which groups it has, for each event."""
    when, by = at or clock.now(), request.viewer.author
    standing = [
        HeadquartersLineOut(
            id=row.subject, event_zh=name_zh(row.event), event_en=name_en(row.event),
            fact=row.fact if row.author == by else None,
            headquarters=HeadquartersShape.model_validate(row.data),
        )
        for row in queries.headquarters(request.viewer, area, when)
    ]  # fmt: skip
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
    """The communities within an area that answer their first case, and how far each task of it has come."""
    now = clock.now()
    names = ("code", "zh", "en", "source", "source_zh")
    its = known_playbooks(now.astimezone(CIVIL_TIME).date()).values()
    return PlaybooksOut(
        area=area, now=now, known=[PlaybookOut(**{name: getattr(one, name) for name in names}) for one in its],
        runs=[_run(one, request.viewer.author) for one in running(request.viewer, area, now)],
    )  # fmt: skip


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


def _run(one: Run, by: str) -> PlaybookRunOut:
    row = one.row
    own = row.fact if row and row.author == by else None
    return PlaybookRunOut(
        id=one.first.id, run=row.subject if row else None, fact=own, area=one.first.community,
        begun=one.first.at, by_case=one.by_case, items=[_item(its) for its in one.items],
    )  # fmt: skip


def _item(one: Item) -> PlaybookItemOut:
    rule = policy().rule(one.rule)
    zh, en = rule.say or ("", "")
    return PlaybookItemOut(**one._asdict(), zh=rule.zh, en=rule.en, say_zh=zh, say_en=en)


def _event(request: HttpRequest, row: ReportRow) -> EventReportOut:
    steps = [EventStepOut(**step._asdict()) for step in queries.steps(row)]
    return EventReportOut(
        id=row.subject, area=row.area, zh=row.data["zh"], en=row.data["en"], found=row.data["found"], steps=steps,
        last=row.last if row.last_by == request.viewer.author else None,
        manages=reaches(request.viewer, MANAGE, row.area),
    )  # fmt: skip
