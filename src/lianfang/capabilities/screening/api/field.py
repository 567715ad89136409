"""The endpoint of the phones: all that work without a network needs, in one answer."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.screening.api.shapes import Purpose, name_of
from lianfang.capabilities.screening.queries import bundle as queries
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.tasks.api import TaskOut, TaskRuleOut, rules_out, task_out
from lianfang.facts.shape import Schema
from lianfang.profiles.disease import terms

router = Router(tags=["screening"])


class FieldGridOut(Schema):
    id: UUID
    name: str
    area: str
    site: str


class FieldRoundOut(Schema):
    id: UUID
    number: int
    area: str
    opened_at: AwareDatetime
    due: AwareDatetime


class FieldMemberOut(Schema):
    person: UUID
    name: str | None


class FieldSeenOut(Schema):
    """The last visit of a round. ``ended``: the household has its outcome."""

    outcome: str
    at: AwareDatetime
    ended: bool


class FieldHouseholdOut(Schema):
    id: UUID
    area: str
    grid: UUID
    building: str
    unit: str
    door: str
    site: str
    expected: int | None
    members: list[FieldMemberOut]
    seen: dict[str, FieldSeenOut]
    disputed: bool
    faults: bool


class FieldFormOut(Schema):
    """The fields of a kind of fact, as a JSON schema."""

    version: int
    data: dict[str, Any]


class FieldTermOut(Schema):
    code: str
    zh: str
    en: str


class BundleOut(Schema):
    """``complete`` is false where one has more households than a phone is given. ``clock_bound_s``: a clock that is off
    by more is told to be wrong."""

    server_time: AwareDatetime
    version: str
    role: str
    area: str
    author: str
    clock_bound_s: int
    complete: bool
    grids: list[FieldGridOut]
    rounds: list[FieldRoundOut]
    households: list[FieldHouseholdOut]
    tasks: list[TaskOut]
    rules: dict[str, TaskRuleOut]
    symptoms: list[FieldTermOut]
    forms: dict[str, FieldFormOut]


@router.get("/field/bundle", response={200: BundleOut, **PROBLEMS}, operation_id="field_bundle")
@answering
def field_bundle(request: HttpRequest, purpose: Purpose = "") -> BundleOut:
    """The grids that one has, their households with who lives there, the open rounds, the tasks, and the forms. With a
    ``purpose``, the names that the role sees; the look is on record."""
    viewer, now = request.viewer, clock.now()
    one = queries.bundle(viewer, purpose, now=now)
    return BundleOut(
        server_time=now, version=version("lianfang"), role=viewer.role, area=viewer.area, author=viewer.author,
        clock_bound_s=policy.at(now).clock_bound_s, complete=one.complete,
        grids=[FieldGridOut(id=row.subject, name=row.name, area=row.area, site=row.site) for row in one.grids],
        rounds=[
            FieldRoundOut(id=row.subject, number=row.number, area=row.area, opened_at=row.opened_at, due=row.due)
            for row in one.rounds
        ],
        households=[_home(home, one) for home in one.homes],
        tasks=[task_out(line) for line in one.tasks.lines], rules=rules_out(one.tasks.lines),
        symptoms=[FieldTermOut(code=term.code, zh=term.zh, en=term.en) for term in terms("symptom")],
        forms={kind: FieldFormOut(version=number, data=schema) for kind, (number, schema) in one.forms.items()},
    )  # fmt: skip


def _home(home: queries.Home, one: queries.Bundle) -> FieldHouseholdOut:
    row = home.row
    return FieldHouseholdOut(
        id=row.subject, area=row.area, grid=row.grid, building=row.building, unit=row.unit, door=row.door,
        site=row.site, expected=row.expected,
        members=[FieldMemberOut(person=id, name=name_of(one.people.get(id))) for id in home.members],
        seen={
            str(round): FieldSeenOut(outcome=outcome, at=at, ended=round in home.ended)
            for round, (outcome, at) in home.seen.items()
        },
        disputed=row.disputed, faults=home.faults,
    )  # fmt: skip
