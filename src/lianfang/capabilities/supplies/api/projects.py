"""Endpoints of emergency projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.supplies.api.production_forms import Area, BeginIn, Code, ProductionIdOut, TellIn, Words
from lianfang.capabilities.supplies.facts.projects import MOST_PARTS, MOST_STAGES
from lianfang.capabilities.supplies.queries import production as queries
from lianfang.capabilities.supplies.rules.projects import hours_left
from lianfang.capabilities.supplies.service import production as service
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])


class ProjectToldOut(Schema):
    at: AwareDatetime
    done: int


class ProjectStepOut(Schema):
    """A stage: how many parts have passed it, and when that was told."""

    code: str
    zh: str
    en: str
    done: int
    told: list[ProjectToldOut]


class ProjectOut(Schema):
    """``left`` parts have not passed the last stage, ``ideal`` would be left at an even pace; at the pace so far the
    last is through at ``through``. ``passes`` of ``all_passes``: parts times stages."""

    id: UUID
    area: str
    zh: str
    en: str
    parts: int
    begins: AwareDatetime
    due: AwareDatetime
    hours_left: float
    left: int
    ideal: float
    through: AwareDatetime | None
    standing: Literal["done", "silent", "on_time", "late"]
    passes: int
    all_passes: int
    steps: list[ProjectStepOut]


class ProjectsOut(Schema):
    at: AwareDatetime
    projects: list[ProjectOut]


class ProjectStepIn(Schema):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
    zh: Annotated[str, Field(max_length=100)]
    en: Annotated[str, Field(max_length=100)]


class ProjectIn(BeginIn):
    zh: Words
    en: Words
    parts: Annotated[int, Field(ge=1, le=MOST_PARTS)]
    steps: Annotated[list[ProjectStepIn], Field(min_length=1, max_length=MOST_STAGES)]
    begins: Time
    due: Time


class ProjectProgressIn(TellIn):
    step: Code
    done: Annotated[int, Field(ge=0, le=MOST_PARTS)]


@router.get("/projects", response={200: ProjectsOut, **PROBLEMS}, operation_id="projects")
@answering
def projects(request: HttpRequest, area: Area = "") -> ProjectsOut:
    """The emergency projects of an area, and how each stands against its clock."""
    now = clock.now()
    return ProjectsOut(at=now, projects=[_project(one, now) for one in queries.projects(request.viewer, area, now)])


@router.post("/projects", response={200: ProductionIdOut, **PROBLEMS}, operation_id="open_project")
@answering
def open_project(request: HttpRequest, body: ProjectIn) -> ProductionIdOut:
    """Begin an emergency project with its ordered stages, or change its particulars."""
    fields = body.model_dump(exclude={"id", "area"})
    return ProductionIdOut(id=service.open_project(request.viewer, body.area, fields, id=body.id, now=clock.now()))


@router.post("/projects/{id}/progress", response={200: ProductionIdOut, **PROBLEMS}, operation_id="make_progress")
@answering
def make_progress(request: HttpRequest, id: UUID, body: ProjectProgressIn) -> ProductionIdOut:
    """Tell how many parts have passed a stage by now."""
    made = service.make_progress(request.viewer, id, body.step, body.done, fact=body.fact, now=clock.now())
    return ProductionIdOut(id=made)


def _project(one: queries.Running, now: datetime) -> ProjectOut:
    row, told = one.row, one.row.told()
    return ProjectOut(
        id=row.subject, area=row.area, zh=row.zh, en=row.en, parts=row.parts, begins=row.begins, due=row.due,
        hours_left=hours_left(row.due, now), **one.burn._asdict(),
        steps=[
            ProjectStepOut(**step, done=done, told=_told(told.get(step["code"], ())))
            for step, done in zip(row.steps, one.counts, strict=True)
        ],
    )  # fmt: skip


def _told(counts: Sequence[tuple[datetime, int]]) -> list[ProjectToldOut]:
    return [ProjectToldOut(at=at, done=n) for at, n in counts]
