"""Endpoints of measures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import reaches
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command.api.shapes import (
    Area,
    CommandIn,
    CommandMadeOut,
    CommandRetractIn,
    Evidence,
    Long,
    MemberUnit,
    Short,
)
from lianfang.capabilities.command.facts.measures import MOST_NUMBER, Exempt, MeasureKind, MeasureProgress
from lianfang.capabilities.command.models import MeasureRow
from lianfang.capabilities.command.queries import measures as queries
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.command.service import measures as service
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import REPORT
from lianfang.capabilities.command.service.retracting import retract
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts.api import Time

router = Router(tags=["command"])
Standing = Literal["ahead", "in_force", "ended"]


class ControlMeasureIn(CommandIn):
    """A measure of the set; what it says itself goes before what the set says."""

    number: Annotated[int, Field(ge=1, le=MOST_NUMBER)]
    sort: MeasureKind
    zh: Long
    en: Long = ""
    units: Annotated[list[MemberUnit], Field(max_length=100)]
    exempt: Annotated[list[Exempt], Field(default_factory=list, max_length=len(Exempt))]
    starts: Time | None = None
    ends: Time | None = None
    review: Time | None = None


class MeasuresIn(CommandIn):
    """The measures of one document. Each has an end or a day of review, its own or the set's."""

    area: Area
    basis: Short = ""
    approver: Short = ""
    doc_no: Short = ""
    starts: Time
    ends: Time | None = None
    review: Time | None = None
    measures: Annotated[list[ControlMeasureIn], Field(min_length=1, max_length=100)]


class MeasuresMadeOut(CommandIn):
    ids: list[UUID]


class MeasureActIn(CommandIn):
    """``progress`` needs ``unit`` and ``progress``, and ``evidence`` of what is done; ``renew`` and ``lift`` need the
    number of the document and an end."""

    act: Literal["progress", "renew", "lift"]
    unit: Short = ""
    progress: MeasureProgress = MeasureProgress.UNDER_WAY
    evidence: Evidence = ""
    doc_no: Short = ""
    ends: Time | None = None
    review: Time | None = None
    fact: UUID | None = None


class UnitProgressOut(CommandIn):
    """What a unit said last; ``fact``: it, where the viewer said it and may take it back. ``mine``: the viewer may say
    how far it has come."""

    code: str
    zh: str
    en: str
    progress: MeasureProgress
    evidence: str
    at: AwareDatetime | None
    fact: UUID | None
    mine: bool


class ControlMeasureOut(CommandIn):
    """A measure. ``until``: when it stops to hold, by its end, its review or because it was lifted; ``stale``: it is in
    force and no unit has said anything for long; ``inherited``: of an area above."""

    id: UUID
    fact: UUID
    area: str
    number: int
    sort: MeasureKind
    zh: str
    en: str
    basis: str
    approver: str
    doc_no: str
    starts: AwareDatetime
    until: AwareDatetime
    standing: Standing
    progress: MeasureProgress
    stale: bool
    inherited: bool
    exempt: list[Exempt]
    units: list[UnitProgressOut]
    manages: bool
    disputed: bool


class MeasuresOut(CommandIn):
    """``done`` of the ``of`` measures in force are carried out. ``stale_h``: after so many hours without a word a
    measure is listed."""

    area: str
    at: AwareDatetime
    done: int
    of: int
    stale_h: int
    measures: list[ControlMeasureOut]


class ResponsibleOut(CommandIn):
    """A unit with the measures in force that it carries out. ``planned``: a plan in force gives it something to do."""

    code: str
    zh: str
    en: str
    planned: bool
    measures: list[UUID]


class MatrixOut(CommandIn):
    """``known``: the units that plans and measures name, which a further measure may be given to."""

    area: str
    at: AwareDatetime
    known: list[MemberUnit]
    units: list[ResponsibleOut]


class PublicMeasureOut(CommandIn):
    """A measure as the public is told of it."""

    id: UUID
    area: str
    number: int
    sort: MeasureKind
    zh: str
    en: str
    basis: str
    approver: str
    doc_no: str
    starts: AwareDatetime
    ends: AwareDatetime
    exempt: list[Exempt]


@router.get("/public/measures", response={200: list[PublicMeasureOut], **PROBLEMS}, operation_id="public_measures")
@answering
def public_measures(request: HttpRequest, area: Area = "", at: Time | None = None) -> list[PublicMeasureOut]:
    """The measures in force at a moment, for anybody. An ended one is not among them."""
    found = queries.in_force(at or clock.now(), [area] if area else [])
    return [PublicMeasureOut.model_validate({**one._asdict(), "exempt": list(one.exempt)}) for one in found]


@router.get("/measures", response={200: MeasuresOut, **PROBLEMS}, operation_id="measures")
@answering
def measures(request: HttpRequest, area: Area, at: Time | None = None) -> MeasuresOut:
    """The measures that hold in an area or within it, with how far each unit has come."""
    when = at or clock.now()
    rows = queries.board(request.viewer, area, when)
    stale_h = clocks(when.astimezone(CIVIL_TIME).date()).stale_h
    stale = {row.subject for row in queries.without_progress(request.viewer, area, when, stale_h)}
    found = [_measure(request, row, area, when, row.subject in stale) for row in rows]
    in_force = [one for one in found if one.standing == "in_force"]
    return MeasuresOut(
        area=area, at=when, done=sum(one.progress is MeasureProgress.DONE for one in in_force), of=len(in_force),
        stale_h=stale_h, measures=found,
    )  # fmt: skip


@router.post("/measures", response={200: MeasuresMadeOut, **PROBLEMS}, operation_id="issue_measures")
@answering
def issue_measures(request: HttpRequest, body: MeasuresIn) -> MeasuresMadeOut:
    """Issue the measures of one document, all or none. Never without basis, approver, a unit and an end."""
    common = body.model_dump(exclude={"area", "measures"})
    each = [one.model_dump() for one in body.measures]
    return MeasuresMadeOut(ids=service.issue(request.viewer, body.area, common, each, now=clock.now()))


@router.get("/measures/matrix", response={200: MatrixOut, **PROBLEMS}, operation_id="responsibility_matrix")
@answering
def responsibility_matrix(request: HttpRequest, area: Area, at: Time | None = None) -> MatrixOut:
    """Which unit carries out which measures in force; units without a plan first."""
    when = at or clock.now()
    units = [
        ResponsibleOut(
            code=one.unit.code, zh=one.unit.zh, en=one.unit.en, planned=one.planned,
            measures=[row.subject for row in one.measures],
        )
        for one in queries.matrix(request.viewer, area, when)
    ]  # fmt: skip
    known = [MemberUnit(**one.model_dump()) for one in queries.named(request.viewer, area)]
    return MatrixOut(area=area, at=when, units=units, known=known)


@router.post("/measures/{uuid:id}/act", response={200: CommandMadeOut, **PROBLEMS}, operation_id="act_on_measure")
@answering
def act_on_measure(request: HttpRequest, id: UUID, body: MeasureActIn) -> CommandMadeOut:
    """Say how far a unit has come, renew a measure, or lift it."""
    now, who = clock.now(), request.viewer
    if body.act == "progress":
        fact = service.progress(
            who, id, unit=body.unit, progress=body.progress, evidence=body.evidence, now=now, fact=body.fact
        )  # fmt: skip
    elif body.act == "renew":
        fact = service.renew(
            who, id, doc_no=body.doc_no, ends=body.ends, review=body.review, now=now, fact=body.fact
        )  # fmt: skip
    else:
        fact = service.lift(who, id, doc_no=body.doc_no, ends=body.ends or now, now=now, fact=body.fact)
    return CommandMadeOut(id=fact)


@router.post("/command/{uuid:id}/retract", response={200: CommandMadeOut, **PROBLEMS}, operation_id="retract_command")
@answering
def retract_command(request: HttpRequest, id: UUID, body: CommandRetractIn) -> CommandMadeOut:
    """Take back what one has recorded of a measure, a notice, a ticket, a gathering, a venue or a strategy."""
    return CommandMadeOut(id=retract(request.viewer, id, body.taken, body.why, now=clock.now(), fact=body.fact))


def _measure(request: HttpRequest, row: MeasureRow, area: str, at: datetime, stale: bool) -> ControlMeasureOut:
    its, viewer = row.issued(), request.viewer
    said: dict[str, Any] = {one["code"]: one for one in row.units}
    units = [
        UnitProgressOut(
            zh=unit.zh, en=unit.en, mine=reaches(viewer, REPORT, unit.area or row.area),
            **{name: said[unit.code][name] for name in ("code", "progress", "evidence", "at")},
            fact=said[unit.code]["fact"] if said[unit.code]["author"] == viewer.author else None,
        )
        for unit in its.units
    ]  # fmt: skip
    standing: Standing = "ahead" if at < row.starts else "in_force" if at < row.until else "ended"
    return ControlMeasureOut(
        id=row.subject, fact=row.fact, area=row.area, number=row.number, sort=its.sort, zh=its.zh, en=its.en,
        basis=its.basis, approver=its.approver, doc_no=its.doc_no, starts=row.starts, until=row.until,
        standing=standing, progress=MeasureProgress(row.progress), stale=stale,
        inherited=row.area != area and not row.area.startswith(area.rstrip("0") or area), exempt=list(its.exempt),
        units=units, manages=reaches(viewer, MANAGE, row.area), disputed=row.disputed,
    )  # fmt: skip
