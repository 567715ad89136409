"""Endpoints of triage. No decision is made here, and nothing is asked of who pays."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.forms import (
    Area,
    CareActIn,
    CareFaultOut,
    CareMadeOut,
    CareRetractIn,
    CareWordOut,
    Codes,
    faults_out,
)
from lianfang.capabilities.care.facts.triage import Came, Conclusion, History, VisitOutcome, Way
from lianfang.capabilities.care.queries import triage as queries
from lianfang.capabilities.care.rules.policy import policy_at, words
from lianfang.capabilities.care.service import triage as service
from lianfang.capabilities.gates.rules.holding import policy_at as gates_policy_at
from lianfang.facts.shape import Schema
from lianfang.profiles.disease import terms as words_of_diseases

router = Router(tags=["care"])


class TriageTermsOut(Schema):
    """The words and figures in force."""

    symptoms: list[CareWordOut]
    items: list[CareWordOut]
    fever_c: float
    consult_h: int
    source: str
    source_zh: str


class TriageClinicOut(Schema):
    """A fever clinic: who waits, who is with a doctor, who came today."""

    id: UUID
    name: str
    area: str
    open_now: bool
    waiting: int
    inside: int
    today: int


class TriageStepOut(Schema):
    """What is to be done first about a visit, and by when."""

    rule: str
    begins: AwareDatetime
    due: AwareDatetime


class TriageVisitOut(Schema):
    """A visit. ``number`` is the how-manieth it was of its day at its clinic; ``made`` the fact of the triage."""

    id: UUID
    made: UUID
    clinic: UUID
    number: int
    came: Came
    way: Way
    temp_c: float | None
    symptoms: list[str]
    history: History
    items: list[str]
    fever: bool
    arrived: AwareDatetime
    seen: AwareDatetime | None
    consulted: AwareDatetime | None
    conclusion: Conclusion | None
    ended: AwareDatetime | None
    outcome: VisitOutcome | None
    case: UUID | None
    next: TriageStepOut | None
    contradictions: list[CareFaultOut]


class TriageOut(Schema):
    clinics: list[TriageClinicOut]
    visits: list[TriageVisitOut]


class TriagedIn(CareActIn):
    """What is told at the door. A temperature is taken as it was written, so that a slip can be asked back."""

    clinic: UUID
    came: Came
    way: Way
    temp_c: Annotated[float, Field(ge=-100, le=10_000)] | None = None
    symptoms: Codes = Field(default_factory=list)
    history: History
    items: Codes = Field(default_factory=list)
    referral: UUID | None = None


class TriageIn(TriagedIn):
    """``id`` is the sender's own: the same sent twice is one visit. ``twin``: another person with the same answers came
    within minutes. ``name`` and ``phone`` go to the vault."""

    id: UUID
    name: Annotated[str, Field(max_length=64)] = ""
    phone: Annotated[str, Field(max_length=32)] = ""
    twin: bool = False


class TriageMadeOut(CareMadeOut):
    """``erase_on``: the day on which the vault forgets who it was."""

    erase_on: date | None


class TriageConsultIn(CareActIn):
    conclusion: Conclusion


class TriageEndIn(CareActIn):
    outcome: VisitOutcome
    case: UUID | None = None


@router.get("/triage/terms", response={200: TriageTermsOut, **PROBLEMS}, operation_id="triage_terms")
@answering
def triage_terms(request: HttpRequest) -> TriageTermsOut:
    """The words of triage, and the temperature from which somebody has a fever."""
    now = clock.now()
    its = policy_at(now)
    return TriageTermsOut(
        symptoms=[CareWordOut(code=one.code, zh=one.zh, en=one.en) for one in words_of_diseases("symptom")],
        items=[CareWordOut(code=code, zh=one.zh, en=one.en) for code, one in words("items").items()],
        fever_c=gates_policy_at(now).hold_c, consult_h=its.consult_h, source=its.source, source_zh=its.source_zh,
    )  # fmt: skip


@router.get("/triage", response={200: TriageOut, **PROBLEMS}, operation_id="triage_board")
@answering
def triage_board(request: HttpRequest, area: Area = "", clinic: UUID | None = None) -> TriageOut:
    """The fever clinics of one's divisions, and who waits there or came today: who is to be seen first stands first."""
    found = queries.board(request.viewer, area=area, clinic=clinic, now=clock.now())
    return TriageOut(clinics=[_clinic(one) for one in found.clinics], visits=[_visit(one) for one in found.visits])


@router.post("/triage", response={200: TriageMadeOut, **PROBLEMS}, operation_id="triage")
@answering
def triage(request: HttpRequest, body: TriageIn) -> TriageMadeOut:
    """Record who came to a clinic's door, and where triage sends him or her."""
    fields = body.fields("id", "name", "phone", "twin")
    contact = service.Contact(body.name.strip(), body.phone.strip())
    made = service.arrive(
        request.viewer, fields, contact, id=body.id, twin=body.twin, now=clock.now(), **body.told()
    )  # fmt: skip
    return TriageMadeOut(**made._asdict())


@router.post("/triage/{id}/correct", response={200: CareMadeOut, **PROBLEMS}, operation_id="correct_triage")
@answering
def correct_triage(request: HttpRequest, id: UUID, body: TriagedIn) -> CareMadeOut:
    """Tell anew what was told at the door."""
    fact = service.correct(request.viewer, id, body.fields(), now=clock.now(), fact=body.fact)
    return CareMadeOut(id=id, fact=fact)


@router.post("/triage/{id}/seen", response={200: CareMadeOut, **PROBLEMS}, operation_id="visit_seen")
@answering
def visit_seen(request: HttpRequest, id: UUID, body: CareActIn) -> CareMadeOut:
    """A doctor sees the patient."""
    return CareMadeOut(id=id, fact=service.see(request.viewer, id, now=clock.now(), **body.told()))


@router.post("/triage/{id}/consult", response={200: CareMadeOut, **PROBLEMS}, operation_id="consult_visit")
@answering
def consult_visit(request: HttpRequest, id: UUID, body: TriageConsultIn) -> CareMadeOut:
    """Record what the centre for disease control says of a patient: by the centre itself."""
    fact = service.consult(request.viewer, id, body.conclusion, now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/triage/{id}/end", response={200: CareMadeOut, **PROBLEMS}, operation_id="end_visit")
@answering
def end_visit(request: HttpRequest, id: UUID, body: TriageEndIn) -> CareMadeOut:
    """Record how a visit ended. Nobody with a fever and an epidemiological history is discharged without a consult."""
    fact = service.end(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/triage/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_visit")
@answering
def retract_of_visit(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was recorded of a visit by mistake."""
    fact = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


def _clinic(one: queries.ClinicState) -> TriageClinicOut:
    return TriageClinicOut(
        id=one.row.subject, name=one.row.name, area=one.row.area, open_now=one.open_now, waiting=one.waiting,
        inside=one.inside, today=one.today,
    )  # fmt: skip


def _visit(one: queries.Queued) -> TriageVisitOut:
    row, step = one.row, one.next
    own = ("id", "made", "number", "next", "contradictions")
    told: dict[str, Any] = {name: getattr(row, name) for name in TriageVisitOut.model_fields if name not in own}
    return TriageVisitOut(
        id=row.subject, made=row.fact, number=one.number, contradictions=faults_out(row.visit().faults),
        next=TriageStepOut(rule=step.rule, begins=step.begins, due=step.due) if step else None, **told,
    )  # fmt: skip
