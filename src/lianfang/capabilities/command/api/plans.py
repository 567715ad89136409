"""Endpoints of plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.command.api.levels import Area, PlanActivatedOut, activated
from lianfang.capabilities.command.api.shapes import PlanUnitOut
from lianfang.capabilities.command.facts import PlanIssued, ResponseLevel
from lianfang.capabilities.command.queries import plans as queries
from lianfang.capabilities.command.rules.plan_file import PARTICULARS, TEMPLATE_CSV, TEMPLATE_TOML
from lianfang.capabilities.command.service import plans as service
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.rules import Progress
from lianfang.facts.fact import Day
from lianfang.facts.shape import Schema

router = Router(tags=["command"])
Form = Literal["toml", "csv"]
LONGEST_TEXT = 2_000_000
"""Characters of the text of a plan."""


class ResponsePlanOut(Schema):
    """A plan with the version of the day; where none holds (``current`` false), the last that did or will."""

    id: UUID
    area: str
    code: str
    zh: str
    en: str
    edition: str
    issuer: str
    doc_no: str
    first: date
    last: date
    current: bool
    versions: int
    items: int
    units: int
    activated: bool


class PlansOut(Schema):
    area: str
    day: date
    plans: list[ResponsePlanOut]


class PlanItemOut(Schema):
    code: str
    zh: str
    en: str
    units: list[str]
    due_h: int
    levels: list[ResponseLevel]


class PlanVersionOut(Schema):
    fact: UUID
    edition: str
    zh: str
    en: str
    issuer: str
    doc_no: str
    first: date
    last: date
    recorded_at: AwareDatetime
    units: list[PlanUnitOut]
    items: list[PlanItemOut]


class PlanTaskOut(Schema):
    """One item of one unit. ``state`` is None for who sees no tasks of it; ``assignee``: the name of who has it."""

    item: str
    zh: str
    en: str
    due: AwareDatetime
    task: UUID | None
    state: Progress | None
    assignee: str | None
    done_at: AwareDatetime | None


class PlanChecklistOut(Schema):
    """What one unit has to do; ``id`` is what its tasks are about."""

    id: UUID
    unit: PlanUnitOut
    tasks: list[PlanTaskOut]


class PlanActivationOut(Schema):
    """A version put into action for a level; ``until``: when that level ends. ``done`` of ``known`` tasks are done;
    ``known`` leaves out what the role does not see."""

    id: UUID
    edition: str
    level: ResponseLevel
    declared_for: str
    at: AwareDatetime
    until: AwareDatetime | None
    total: int
    known: int
    done: int
    late: int
    checklists: list[PlanChecklistOut]


class PlanCardOut(Schema):
    id: UUID
    area: str
    current: UUID | None
    """The fact of the version that holds today."""
    versions: list[PlanVersionOut]
    activations: list[PlanActivationOut]


class PlanIn(Schema):
    """``text`` is the plan in TOML, or the items in CSV; with CSV the particulars come beside it. ``trial``: it is
    looked at and not recorded."""

    model_config = ConfigDict(extra="forbid")

    area: Area
    format: Form
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    trial: bool = False
    fact: UUID | None = None
    code: Annotated[str, Field(max_length=64)] = ""
    edition: Annotated[str, Field(max_length=64)] = ""
    zh: Annotated[str, Field(max_length=400)] = ""
    en: Annotated[str, Field(max_length=400)] = ""
    issuer: Annotated[str, Field(max_length=400)] = ""
    doc_no: Annotated[str, Field(max_length=400)] = ""
    first: Day | None = None
    last: Day | None = None

    def particulars(self) -> dict[str, Any]:
        """What was told beside the text."""
        return {name: its for name in PARTICULARS if (its := getattr(self, name)) not in ("", None)}


class PlanIssuedOut(Schema):
    """``new`` is False where the version was on record already; ``tasks``: of each level, how many its activation
    makes."""

    id: UUID
    new: bool
    items: int
    units: int
    tasks: dict[ResponseLevel, int]


class PlanTemplateOut(Schema):
    format: Form
    text: str


class PlanActivateIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


@router.get("/plans", response={200: PlansOut, **PROBLEMS}, operation_id="plans")
@answering
def plans(request: HttpRequest, area: Area, day: Day | None = None) -> PlansOut:
    """The plans of an area and of what lies below it, each with the version of a day (by default today)."""
    now = clock.now()
    on = day or now.astimezone(CIVIL_TIME).date()
    return PlansOut(area=area, day=on, plans=[_listed(one) for one in queries.listed(request.viewer, area, now, on)])


@router.get("/plans/template", response={200: PlanTemplateOut, **PROBLEMS}, operation_id="plan_template")
@answering
def plan_template(request: HttpRequest, format: Annotated[Form, Query()] = "toml") -> PlanTemplateOut:
    """A small plan in one of the formats, to be filled in."""
    return PlanTemplateOut(format=format, text=TEMPLATE_TOML if format == "toml" else TEMPLATE_CSV)


@router.post("/plans", response={200: PlanIssuedOut, **PROBLEMS}, operation_id="issue_plan")
@answering
def issue_plan(request: HttpRequest, body: PlanIn) -> PlanIssuedOut:
    """Issue a version of a plan from a text. Every error is told with its row and field, and then nothing recorded."""
    found = service.issue(
        request.viewer, body.area, body.format, body.text, body.particulars(), now=clock.now(), trial=body.trial,
        fact=body.fact,
    )  # fmt: skip
    return PlanIssuedOut(
        id=found.plan, new=found.new, items=len(found.data.items), units=len(found.data.units),
        tasks=_tasks_of(found.data),
    )  # fmt: skip


@router.get("/plans/{id}", response={200: PlanCardOut, **PROBLEMS}, operation_id="plan")
@answering
def plan(request: HttpRequest, id: UUID) -> PlanCardOut:
    """A plan, by its own id or that of one of its checklists, with its versions and what was activated of them."""
    now = clock.now()
    card = queries.card(request.viewer, id, now, now.astimezone(CIVIL_TIME).date())
    checklists = [its for one in card.active for its in one.checklists]
    names = names_of(doing.task.assignee for its in checklists for doing in its.items if doing.task)
    return PlanCardOut(
        id=card.id, area=card.area, current=card.current,
        versions=[
            PlanVersionOut(fact=row.fact, recorded_at=row.at, **row.issued().model_dump(exclude={"code"}))
            for row in card.versions
        ],
        activations=[_active(one, names) for one in card.active],
    )  # fmt: skip


@router.post("/plans/{id}/activate", response={200: PlanActivatedOut, **PROBLEMS}, operation_id="activate_plan")
@answering
def activate_plan(request: HttpRequest, id: UUID, body: PlanActivateIn) -> PlanActivatedOut:
    """Put a plan into action for the level in force, of its area or of the nearest above. Again, nothing is added."""
    return activated(service.activate(request.viewer, id, now=clock.now(), fact=body.fact))


def _listed(one: queries.Listed) -> ResponsePlanOut:
    its = one.version
    told = {name: getattr(its, name) for name in PARTICULARS}
    return ResponsePlanOut(
        id=one.id, area=one.area, current=one.current, versions=one.versions, items=len(its.items),
        units=len(its.units), activated=one.activated, **told,
    )  # fmt: skip


def _tasks_of(data: PlanIssued) -> dict[ResponseLevel, int]:
    levels = [level for level in ResponseLevel if level is not ResponseLevel.ENDED]
    return {level: sum(len(set(item.units)) for item in data.items if level in item.levels) for level in levels}


def _active(one: queries.Active, names: Mapping[str, str]) -> PlanActivationOut:
    states = [doing.progress for its in one.checklists for doing in its.items]
    return PlanActivationOut(
        id=one.id, edition=one.edition, level=ResponseLevel(one.level), declared_for=one.declared_for, at=one.at,
        until=one.until, total=len(states), known=sum(state is not None for state in states),
        done=sum(state in (Progress.DONE, Progress.DONE_LATE) for state in states),
        late=sum(state in (Progress.LATE, Progress.MISSED) for state in states),
        checklists=[
            PlanChecklistOut(
                id=its.id, unit=PlanUnitOut(**its.unit.model_dump()), 
                tasks=[_doing(doing, names) for doing in its.items],
            )
            for its in one.checklists
        ],
    )  # fmt: skip


def _doing(one: queries.Doing, names: Mapping[str, str]) -> PlanTaskOut:
    task = one.task
    assignee = names.get(task.assignee, task.assignee) if task else None
    return PlanTaskOut(
        item=one.item.code, zh=one.item.zh, en=one.item.en, due=one.due,
        task=task.obligation.task if task else None, state=one.progress, assignee=assignee,
        done_at=task.obligation.done_at if task else None,
    )  # fmt: skip
