"""Endpoints of expert teams and consultations."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.forms import Area, CareActIn, CareMadeOut, CareRetractIn, CareWordOut, Code, Codes
from lianfang.capabilities.care.facts.teams import MOST_MEMBERS, Advice, Question, TeamLevel
from lianfang.capabilities.care.queries import teams as queries
from lianfang.capabilities.care.rules.policy import words
from lianfang.capabilities.care.service import teams as service
from lianfang.facts.shape import Schema

router = Router(tags=["care"])
TeamName = Annotated[str, Field(max_length=100)]


class ExpertHospitalOut(Schema):
    """A hospital that a team looks after; ``fact`` says so."""

    id: UUID
    zh: str
    en: str
    first: date
    last: date | None
    fact: UUID


class ExpertTeamOut(Schema):
    """An expert team. ``mine``: the viewer answers for it."""

    id: UUID
    area: str
    zh: str
    en: str
    level: TeamLevel
    specialties: list[str]
    headcount: int
    hospitals: list[ExpertHospitalOut]
    open: int
    mine: bool


class ConsultationOut(Schema):
    id: UUID
    team: UUID
    zh: str
    en: str
    case: UUID
    question: Question
    urgent: bool
    asked: AwareDatetime
    due: AwareDatetime
    answered: AwareDatetime | None
    advice: list[Advice]
    on_site: bool


class ExpertAccountOut(Schema):
    """Somebody who can answer for a team, with the name on the roster."""

    account: str
    name: str


class ExpertsOut(Schema):
    """The teams, what they are asked, the words of their specialties, and for who forms teams who can be a member."""

    teams: list[ExpertTeamOut]
    consultations: list[ConsultationOut]
    specialties: list[CareWordOut]
    accounts: list[ExpertAccountOut]


class ExpertTeamIn(CareActIn):
    """``id`` is the sender's own; of a team that is known, its particulars are replaced."""

    id: UUID
    area: Area
    zh: TeamName
    en: TeamName = ""
    level: TeamLevel
    specialties: Codes = Field(default_factory=list)
    members: Annotated[list[Code], Field(min_length=1, max_length=MOST_MEMBERS)]
    headcount: Annotated[int, Field(ge=1, le=10_000)]


class ExpertAssignIn(CareActIn):
    hospital: UUID
    first: date
    last: date | None = None


class ConsultationIn(CareActIn):
    """``id`` is the sender's own: the same sent twice is one question."""

    id: UUID
    team: UUID
    case: UUID
    question: Question
    urgent: bool = False


class ConsultationAnswerIn(CareActIn):
    advice: Annotated[list[Advice], Field(min_length=1, max_length=5)]
    on_site: bool = False


@router.get("/experts", response={200: ExpertsOut, **PROBLEMS}, operation_id="experts")
@answering
def experts(request: HttpRequest, open: bool = False) -> ExpertsOut:
    """The expert teams of one's divisions, the hospitals that they look after today, and what they are asked."""
    viewer, now = request.viewer, clock.now()
    members = {one.code: one.name for one in queries.answerers(viewer, now)}  # who has two roles is one member
    return ExpertsOut(
        teams=[_team(one, viewer.author) for one in queries.teams(viewer, now)],
        consultations=[_consultation(one) for one in queries.consultations(viewer, open_only=open)],
        specialties=[CareWordOut(code=code, zh=one.zh, en=one.en) for code, one in words("specialties").items()],
        accounts=[ExpertAccountOut(account=code, name=name) for code, name in members.items()],
    )


@router.post("/experts", response={200: CareMadeOut, **PROBLEMS}, operation_id="form_experts")
@answering
def form_experts(request: HttpRequest, body: ExpertTeamIn) -> CareMadeOut:
    """Form an expert team, or replace the particulars of one."""
    fields = body.fields("id", "area")
    fact = service.form(request.viewer, body.area, fields, id=body.id, now=clock.now(), fact=body.fact)
    return CareMadeOut(id=body.id, fact=fact)


@router.post("/experts/{id}/assign", response={200: CareMadeOut, **PROBLEMS}, operation_id="assign_experts")
@answering
def assign_experts(request: HttpRequest, id: UUID, body: ExpertAssignIn) -> CareMadeOut:
    """Let a team look after the patients of a hospital."""
    fact = service.assign(request.viewer, id, body.fields(), now=clock.now(), fact=body.fact)
    return CareMadeOut(id=id, fact=fact)


@router.post("/experts/{id}/dissolve", response={200: CareMadeOut, **PROBLEMS}, operation_id="dissolve_experts")
@answering
def dissolve_experts(request: HttpRequest, id: UUID, body: CareActIn) -> CareMadeOut:
    """Dissolve a team."""
    return CareMadeOut(id=id, fact=service.dissolve(request.viewer, id, now=clock.now(), fact=body.fact))


@router.post("/experts/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_experts")
@answering
def retract_of_experts(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was recorded of a team by mistake."""
    fact = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


@router.post("/consultations", response={200: CareMadeOut, **PROBLEMS}, operation_id="ask_experts")
@answering
def ask_experts(request: HttpRequest, body: ConsultationIn) -> CareMadeOut:
    """Ask an expert team about a case."""
    fact = service.ask(request.viewer, body.fields("id"), id=body.id, now=clock.now(), **body.told())
    return CareMadeOut(id=body.id, fact=fact)


@router.post("/consultations/{id}/answer", response={200: CareMadeOut, **PROBLEMS}, operation_id="answer_experts")
@answering
def answer_experts(request: HttpRequest, id: UUID, body: ConsultationAnswerIn) -> CareMadeOut:
    """Answer a question: a member of the team."""
    fact = service.answer(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post(
    "/consultations/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_consultation"
)
@answering
def retract_of_consultation(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was recorded of a consultation by mistake."""
    fact = service.retract_consultation(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


def _team(one: queries.ListedTeam, author: str) -> ExpertTeamOut:
    row = one.row
    hospitals = [
        ExpertHospitalOut(id=its.id, zh=its.zh, en=its.en, first=to.first, last=to.last, fact=to.fact)
        for its, to in one.hospitals
    ]
    return ExpertTeamOut(
        id=row.subject, area=row.area, zh=row.zh, en=row.en or row.zh, level=row.level, specialties=row.specialties,
        headcount=row.headcount, hospitals=hospitals, open=one.open, mine=author in row.members,
    )  # fmt: skip


def _consultation(one: queries.ListedConsultation) -> ConsultationOut:
    row, team = one.row, one.team
    return ConsultationOut(
        id=row.subject, team=row.team, zh=team.zh if team else "", en=(team.en or team.zh) if team else "",
        case=row.case, question=row.question, urgent=row.urgent, asked=row.asked, due=one.due, answered=row.answered,
        advice=row.advice, on_site=row.on_site,
    )  # fmt: skip
