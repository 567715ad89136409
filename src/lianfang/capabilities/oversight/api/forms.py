"""Endpoints of the registry of forms and of what they cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.facts.forms import MOST_FIELDS
from lianfang.capabilities.oversight.models.forms import RestingRow
from lianfang.capabilities.oversight.queries import forms as queries
from lianfang.capabilities.oversight.rules.forms import FormState
from lianfang.capabilities.oversight.service import forms as service
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router(tags=["oversight"])
Area = Annotated[str, Field(max_length=64)]
Code = Annotated[str, Field(max_length=32)]
Text = Annotated[str, Field(max_length=200)]


class FormBasisOut(Schema):
    """``statutory``: a law or a regulation requires what stands on it, and no act lets it rest."""

    code: str
    statutory: bool
    zh: str
    en: str


class AskedFieldOut(Schema):
    """``known``: the part of Lianfang that has it: it is taken from there and not asked."""

    code: str
    zh: str
    en: str
    known: str | None


class AskedFormOut(Schema):
    """``kind``: own, what Lianfang asks; sheet, what it fills in; office, what an office asks besides."""

    code: str
    kind: Literal["own", "sheet", "office"]
    area: str
    zh: str
    en: str
    basis: str
    doc_no: str
    purpose: str
    purpose_en: str
    ends: date | None
    minutes: float
    times_a_day: float | None
    statutory: bool
    state: FormState
    fields: list[AskedFieldOut]
    id: UUID | None
    fact: UUID | None
    author: str


class RestingOut(Schema):
    """The act that lets forms rest: of which area, since when, why."""

    area: str
    reason: str
    since: AwareDatetime


class FormRegistryOut(Schema):
    """``known``: fields that Lianfang has, with the part that has each; ``twice``: codes that two forms in force
    ask."""

    area: str
    forms: list[AskedFormOut]
    resting: RestingOut | None
    twice: list[str]
    bases: list[FormBasisOut]
    known: dict[str, str]
    source: str
    source_zh: str


class BurdenOut(Schema):
    """Minutes that forms took on a day. ``more``: of what offices ask besides, for each worker; nobody's own minutes
    are told."""

    area: str
    day: date
    workers: int
    median_min: float | None
    budget_min: float
    over: int
    alert: bool
    by_part: dict[str, float]
    more: float


class AskedFieldIn(Schema):
    model_config = ConfigDict(extra="forbid")

    code: Code
    zh: Text
    en: Text = ""


class FormRegisterIn(Schema):
    """``basis``, ``purpose`` and ``ends`` are needed: without them a form is refused."""

    model_config = ConfigDict(extra="forbid")

    area: Area
    code: Code
    zh: Text
    en: Text = ""
    basis: Annotated[str, Field(max_length=64)] = ""
    doc_no: Text
    purpose: Text = ""
    ends: date | None = None
    minutes: Annotated[int, Field(ge=1, le=480)]
    times_a_day: Annotated[float, Field(gt=0, le=50)]
    fields: Annotated[list[AskedFieldIn], Field(min_length=1, max_length=MOST_FIELDS)]
    fact: UUID | None = None


class FormWithdrawIn(Schema):
    model_config = ConfigDict(extra="forbid")

    why: Why = Why.MISTAKEN
    fact: UUID | None = None


class FormsSuspendIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    reason: Text
    fact: UUID | None = None


class FormsResumeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    fact: UUID | None = None


class FormRecordedOut(Schema):
    id: UUID


@router.get("/burden/forms", response={200: FormRegistryOut, **PROBLEMS}, operation_id="form_registry")
@answering
def form_registry(request: HttpRequest, area: Area) -> FormRegistryOut:
    """Every form that the workers of an area may be asked for, with its basis, purpose, end and minutes."""
    now = clock.now()
    found, its = queries.listed(request.viewer, area, now), queries.policy(now)
    return FormRegistryOut(
        area=area, forms=[_form(one) for one in found.forms], resting=_resting(found.resting), twice=list(found.twice),
        bases=[FormBasisOut(**one.model_dump()) for one in its.bases], known=dict(queries.known_fields()),
        source=its.source, source_zh=its.source_zh,
    )  # fmt: skip


@router.get("/burden", response={200: BurdenOut, **PROBLEMS}, operation_id="form_burden")
@answering
def form_burden(request: HttpRequest, area: Area, day: Annotated[date | None, Query()] = None) -> BurdenOut:
    """What forms took of an area's workers on a day, by default yesterday."""
    now = clock.now()
    on = day or now.astimezone(CIVIL_TIME).date() - timedelta(days=1)
    found, its = queries.spent(request.viewer, area, on, now)
    return BurdenOut(
        area=area, day=on, budget_min=its.budget_min, by_part=dict(found.by_part), workers=found.workers,
        median_min=found.median_min, over=found.over, more=found.more,
        alert=found.median_min is not None and found.median_min > its.budget_min,
    )  # fmt: skip


@router.post("/burden/forms", response={200: FormRecordedOut, **PROBLEMS}, operation_id="register_form")
@answering
def register_form(request: HttpRequest, body: FormRegisterIn) -> FormRecordedOut:
    """Register a form that an office asks for."""
    fields = body.model_dump(exclude={"area", "fact"})
    return FormRecordedOut(
        id=service.register(request.viewer, body.area, fields, now=clock.now(), fact=body.fact)
    )  # fmt: skip


@router.post("/burden/forms/{id}/withdraw", response={200: FormRecordedOut, **PROBLEMS}, operation_id="withdraw_form")
@answering
def withdraw_form(request: HttpRequest, id: UUID, body: FormWithdrawIn) -> FormRecordedOut:
    """Take a form back as it was registered last."""
    service.withdraw(request.viewer, id, body.why, now=clock.now(), fact=body.fact)
    return FormRecordedOut(id=id)


@router.post("/burden/suspend", response={200: FormRecordedOut, **PROBLEMS}, operation_id="suspend_forms")
@answering
def suspend_forms(request: HttpRequest, body: FormsSuspendIn) -> FormRecordedOut:
    """Let all forms rest that no law requires, in an area and below."""
    fact = service.suspend(request.viewer, body.area, body.reason, now=clock.now(), fact=body.fact)
    return FormRecordedOut(id=fact)


@router.post("/burden/resume", response={200: FormRecordedOut, **PROBLEMS}, operation_id="resume_forms")
@answering
def resume_forms(request: HttpRequest, body: FormsResumeIn) -> FormRecordedOut:
    """Ask for them again."""
    return FormRecordedOut(id=service.resume(request.viewer, body.area, now=clock.now(), fact=body.fact))


def _form(one: queries.Form) -> AskedFormOut:
    return AskedFormOut(**{**one._asdict(), "fields": [AskedFieldOut(**its._asdict()) for its in one.fields]})


def _resting(row: RestingRow | None) -> RestingOut | None:
    return RestingOut(area=row.area, reason=row.reason, since=row.since) if row else None
