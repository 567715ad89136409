"""What may be meant by what was typed. Each capability is asked by its own door; the viewer comes first.

People are not looked for here: each such search is a look that is recorded, with its purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import Scope, scope
from lianfang.access.viewer import Viewer
from lianfang.app.home.queries import Group, own_groups
from lianfang.capabilities.cases import queries as cases
from lianfang.capabilities.contacts import queries as contacts
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.queries.finding import posts_named
from lianfang.capabilities.isolation.queries.finding import stations_named
from lianfang.capabilities.screening.queries.finding import doors, grids_named
from lianfang.capabilities.tasks.rules import policy
from lianfang.facts.fold import EVERYWHERE
from lianfang.places import queries as places
from lianfang.places.gazetteer import Division

CASES: Final = "cases.read"
CONTACTS: Final = "contacts.read"
LEAST_OF_A_NUMBER: Final = 3
"""Fewer characters begin too many numbers."""
NOT_BY_ROW: Final = (Scope.NONE, Scope.AGGREGATE)


class FoundKind(StrEnum):
    """What was found, by the card that it opens."""

    GRID = "grid"
    POST = "post"
    CLINIC = "clinic"
    STATION = "station"
    CASE = "case"
    CONTACT = "contact"


class Thing(NamedTuple):
    """A place or a numbered thing; ``name`` is its name or its number."""

    kind: FoundKind
    id: UUID
    name: str
    area: str


class Found(NamedTuple):
    """What may be meant, each kind by itself, the best first."""

    divisions: list[Division]
    places: list[Thing]
    numbered: list[Thing]
    tasks: list[Group]


def find(viewer: Viewer, text: str, limit: int, now: datetime) -> Found:
    """What the viewer may mean, ``limit`` of each kind at most; nothing of what the viewer's role is not shown."""
    first, after = (viewer.area_from, viewer.area_to) if viewer.area else EVERYWHERE
    return Found(
        places.find(viewer, text, first, after, limit),
        places.meant(text, ((one.name, one) for one in _places(viewer, text, limit)), limit),
        list(_numbered(viewer, text, limit)),
        _tasks(viewer, text, limit, now),
    )


def _places(viewer: Viewer, text: str, limit: int) -> Iterator[Thing]:
    for id, name, area, kind in posts_named(viewer, text, limit):
        yield Thing(FoundKind.CLINIC if kind == PostKind.CLINIC else FoundKind.POST, id, name, area)
    for id, name, area in stations_named(viewer, text, limit):
        yield Thing(FoundKind.STATION, id, name, area)
    for id, name, area in grids_named(viewer, text, limit):
        yield Thing(FoundKind.GRID, id, name, area)


def _numbered(viewer: Viewer, text: str, limit: int) -> Iterator[Thing]:
    """Cases by the beginning of their number, contacts by the whole of it."""
    if len(text) < LEAST_OF_A_NUMBER or not any(map(str.isdigit, text)):
        return
    if scope(viewer, CASES) not in NOT_BY_ROW:
        for case in cases.page(viewer, cases.Asked(text=text), limit=limit).cases:
            yield Thing(FoundKind.CASE, case.subject, case.number or "", case.area)
    if scope(viewer, CONTACTS) not in NOT_BY_ROW:
        for contact in contacts.listed(viewer, contacts.Filters(number=text), limit=limit).contacts:
            yield Thing(FoundKind.CONTACT, contact.subject, contact.number or "", contact.area)


def _tasks(viewer: Viewer, text: str, limit: int, now: datetime) -> list[Group]:
    """The viewer's own tasks that can be done now: by title or place, or by the door of a household."""
    groups = own_groups(viewer, now)
    named = [(name, group) for group in groups for name in _names(group)]
    if any(map(str.isdigit, text)):
        at = {id: group for group in groups for id in group.about}
        named += [(door, at[id]) for id, door in doors(viewer, at).items()]
    best = places.meant(text, named, len(named))
    return list({(group.rule, group.area): group for group in best}.values())[:limit]


def _names(group: Group) -> tuple[str, ...]:
    rule, division = policy().rule(group.rule), places.nearest(group.area)
    return (rule.zh, rule.en, *((division.name, division.en) if division else ()))
