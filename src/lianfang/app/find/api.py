"""The endpoint of the palette. No decision is made here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.app.find import queries
from lianfang.app.find.queries import FoundKind, Thing
from lianfang.app.home.queries import Group
from lianfang.capabilities.tasks.rules import policy
from lianfang.facts.shape import Schema
from lianfang.places import queries as places
from lianfang.places.gazetteer import Division

router = Router(tags=["find"])

MOST_FOUND = 20


class TypedIn(Schema):
    """What was typed: of a name in Chinese, pinyin or English, of a code or of a number."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=60)]
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 8


class WhereOut(Schema):
    """The nearest division with a name. ``code`` is that of the thing itself."""

    code: str
    zh: str
    en: str


class DivisionFoundOut(WhereOut):
    """``above``: the division that it lies in; null for the country."""

    level: str
    above: WhereOut | None


class ThingFoundOut(Schema):
    """A place by its name, a case or a contact by its number."""

    kind: FoundKind
    id: UUID
    name: str
    area: WhereOut


class TasksFoundOut(Schema):
    """Own tasks of one rule in one place that can be done now; ``due`` is when the first of them falls due."""

    rule: str
    zh: str
    en: str
    area: WhereOut
    n: int
    late: int
    due: AwareDatetime


class AllFoundOut(Schema):
    """What may be meant, each kind by itself, the best first."""

    divisions: list[DivisionFoundOut]
    places: list[ThingFoundOut]
    numbered: list[ThingFoundOut]
    tasks: list[TasksFoundOut]


@router.post("/find", response={200: AllFoundOut, **PROBLEMS}, operation_id="find")
@answering
def find(request: HttpRequest, body: TypedIn) -> AllFoundOut:
    """What of the viewer's own area may be meant by what was typed: divisions, places, numbers, own tasks; no people.
    What is typed, which may be a person's name, stands in no address."""
    found = queries.find(request.viewer, body.text, body.limit, clock.now())
    return AllFoundOut(
        divisions=[_division(one) for one in found.divisions],
        places=[_thing(one) for one in found.places],
        numbered=[_thing(one) for one in found.numbered],
        tasks=[_tasks(one) for one in found.tasks],
    )


def _where(code: str) -> WhereOut:
    at = places.nearest(code)
    return WhereOut(code=code, zh=at.name if at else code, en=at.en if at else code)


def _division(one: Division) -> DivisionFoundOut:
    above = _where(one.parent) if one.parent else None
    return DivisionFoundOut(code=one.code, zh=one.name, en=one.en, level=one.level, above=above)


def _thing(one: Thing) -> ThingFoundOut:
    return ThingFoundOut(kind=one.kind, id=one.id, name=one.name, area=_where(one.area))


def _tasks(one: Group) -> TasksFoundOut:
    rule = policy().rule(one.rule)
    return TasksFoundOut(
        rule=one.rule, zh=rule.zh, en=rule.en, area=_where(one.area), n=one.n, late=one.late,
        due=one.first.task.obligation.due,
    )  # fmt: skip
