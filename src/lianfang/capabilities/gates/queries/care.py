"""Fever clinics, which everybody may know of; and those who asked on the open page to be called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import import_string

from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.models import CallRow, PostRow
from lianfang.capabilities.gates.rules.staffing import wanted_at
from lianfang.capabilities.tasks.queries import range_of

READ: Final = "care.read"
ASK: Final = "care.ask"
ANSWER: Final = "care.answer"
MOST: Final = 500
"""Clinics or calls of one answer."""
SUSPENDED: Final = "suspended"

Services = Callable[[Viewer, Collection[UUID]], Mapping[UUID, str]]
"""How the fever service of some clinics goes, as far as they have said."""


class Clinic(NamedTuple):
    """A fever clinic that was not closed. ``service``: how it goes, empty where nothing was said; ``open_now`` by the
    clock, its hours and that."""

    row: PostRow
    service: str
    open_now: bool


def clinics(viewer: Viewer, area: str, now: datetime) -> list[Clinic]:
    """The fever clinics of a division that were not closed. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = PostRow.objects.filter(kind_of=PostKind.CLINIC, closed__isnull=True)
        rows = visible(viewer, READ, rows).filter(area__bytes_from=first, area__bytes_before=last)
        found = list(rows.order_by("area", "name", "subject")[:MOST])
    told = {id: its for say in _services() for id, its in say(viewer, [row.subject for row in found]).items()}
    return [_clinic(row, told.get(row.subject, ""), now) for row in found]


@cache
def _services() -> tuple[Services, ...]:
    """What every installed app names as ``fever_services``."""
    named = (getattr(config, "fever_services", None) for config in apps.get_app_configs())
    return tuple(import_string(path) for path in named if path)


def _clinic(row: PostRow, service: str, now: datetime) -> Clinic:
    return Clinic(row, service, service != SUSPENDED and wanted_at(row.opens_min, row.closes_min, now))


def calls(viewer: Viewer, now: datetime, of: Collection[UUID] | None = None) -> list[CallRow]:
    """What those said of themselves who asked to be called and can be, the newest first. Raises Forbidden."""
    with seeing(viewer, ANSWER):
        rows = visible(viewer, ANSWER, CallRow.objects.filter(erase_on__gt=now.date()))
        if of is not None:
            rows = rows.filter(subject__in=list(of))
        return list(rows.order_by("-at", "subject")[:MOST])


def waiting(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> list[CallRow]:
    """Of the viewer's divisions, those who could be called after a moment; within ``seeing``."""
    rows = in_range(viewer, CallRow.objects.filter(erase_on__gt=since.date()))
    return list(rows if of is None else rows.filter(subject__in=list(of)))
