"""What was drawn by lot: records to ask about again, with how far they agree; the places of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.gates.models import InspectionRow, PostRow
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.facts.sampling import RecallResult
from lianfang.capabilities.oversight.models.sampling import RecordDrawRow, SiteDrawRow
from lianfang.capabilities.oversight.rules.sampling import Interval, wilson
from lianfang.capabilities.screening.models import HouseholdRow, VisitRow
from lianfang.capabilities.tasks.queries import range_of

DRAW: Final = "sampling.draw"
MOST: Final = 100


class DrawnRecord(NamedTuple):
    """A visit that was drawn, as it was recorded; ``known`` false: it was taken back since. ``recall``: the fact that
    has the ``result``."""

    record: UUID
    household: UUID | None
    label: str
    area: str
    at: datetime | None
    outcome: str
    known: bool
    result: RecallResult | None
    recall: UUID | None
    own: bool


class RecordDraw(NamedTuple):
    row: RecordDrawRow
    records: tuple[DrawnRecord, ...]
    counts: Mapping[RecallResult, int]
    agreement: Interval | None


class DrawnSite(NamedTuple):
    """A post of the day; ``inspection`` that was made of it then, ``on_site`` or by telephone."""

    post: UUID
    name: str
    area: str
    inspection: UUID | None
    on_site: bool | None


class SiteDraw(NamedTuple):
    """``sites`` and the seed are None until the day has come."""

    row: SiteDrawRow
    sites: tuple[DrawnSite, ...] | None


def visits(viewer: Viewer, area: str, first: date, last: date) -> list[UUID]:
    """The visits of an area on some days: what is drawn from; within ``seeing``."""
    lower, upper = range_of(area)
    rows = VisitRow.objects.filter(area__bytes_from=lower, area__bytes_before=upper, day__gte=first, day__lte=last)
    return list(in_range(viewer, rows).values_list("fact", flat=True))


def posts(viewer: Viewer, area: str) -> list[UUID]:
    """The posts of an area that are open: what is drawn from; within ``seeing``."""
    lower, upper = range_of(area)
    rows = PostRow.objects.filter(closed__isnull=True, area__bytes_from=lower, area__bytes_before=upper)
    return list(in_range(viewer, rows).values_list("subject", flat=True))


def record_draws(viewer: Viewer, area: str) -> list[RecordDraw]:
    """The draws of records of an area and below, the newest first. Raises Forbidden, Refused."""
    lower, upper = range_of(area)
    require_over(viewer, DRAW, area)
    with seeing(viewer, DRAW):
        found = RecordDrawRow.objects.filter(area__bytes_from=lower, area__bytes_before=upper)
        rows = list(in_range(viewer, found).order_by("-at")[:MOST])
        ids = [UUID(one) for row in rows for one in row.drawn]
        told = {one.fact: one for one in in_range(viewer, VisitRow.objects.filter(fact__in=ids))}
        of = {one.subject for one in told.values()}
        doors = {one.subject: one for one in in_range(viewer, HouseholdRow.objects.filter(subject__in=of))}
    return [_records(viewer, row, told, doors) for row in rows]


def _records(
    viewer: Viewer, row: RecordDrawRow, told: Mapping[UUID, VisitRow], doors: Mapping[UUID, HouseholdRow]
) -> RecordDraw:
    records = tuple(_record(viewer, row, UUID(one), told, doors) for one in row.drawn)
    counts = {result: sum(one.result == result for one in records) for result in RecallResult}
    agrees, other = counts[RecallResult.AGREES], counts[RecallResult.DISAGREES]
    return RecordDraw(row, records, counts, wilson(agrees, agrees + other))


def _record(
    viewer: Viewer, row: RecordDrawRow, id: UUID, told: Mapping[UUID, VisitRow], doors: Mapping[UUID, HouseholdRow]
) -> DrawnRecord:
    its, answer = told.get(id), row.recalls.get(str(id))
    door = doors.get(its.subject) if its else None
    return DrawnRecord(
        id, its.subject if its else None, _door(door), its.area if its else row.area,
        its.at if its else None, its.outcome if its else "", its is not None,
        RecallResult(answer["result"]) if answer else None, UUID(answer["fact"]) if answer else None,
        bool(answer) and answer["author"] == viewer.author,
    )  # fmt: skip


def _door(row: HouseholdRow | None) -> str:
    return "-".join(one for one in (row.building, row.unit, row.door) if one) if row else ""


def record_draw(viewer: Viewer, id: UUID) -> RecordDrawRow:
    """One draw of records; within ``seeing``. Raises NotThere."""
    row = in_range(viewer, RecordDrawRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def site_draws(viewer: Viewer, area: str, now: datetime) -> list[SiteDraw]:
    """The draws of places of an area and below, the latest day first. Which they are is told on the day, to nobody
    earlier. Raises Forbidden, Refused."""
    lower, upper = range_of(area)
    require_over(viewer, DRAW, area)
    today = now.astimezone(CIVIL_TIME).date()
    with seeing(viewer, DRAW):
        found = SiteDrawRow.objects.filter(area__bytes_from=lower, area__bytes_before=upper)
        rows = list(in_range(viewer, found).order_by("-day", "-at")[:MOST])
        ids = [UUID(one) for row in rows if row.day <= today for one in row.drawn]
        names = {one.subject: one for one in in_range(viewer, PostRow.objects.filter(subject__in=ids))}
        made = list(in_range(viewer, InspectionRow.objects.filter(post__in=ids)).order_by("at"))
    return [SiteDraw(row, _sites(row, names, made) if row.day <= today else None) for row in rows]


def _sites(row: SiteDrawRow, names: Mapping[UUID, PostRow], made: list[InspectionRow]) -> tuple[DrawnSite, ...]:
    of_day = {one.post: one for one in made if one.at.astimezone(CIVIL_TIME).date() == row.day}
    found = []
    for id in map(UUID, row.drawn):
        post, inspection = names.get(id), of_day.get(id)
        found.append(
            DrawnSite(
                id, post.name if post else "", post.area if post else row.area,
                inspection.subject if inspection else None, inspection.checked_in if inspection else None,
            )
        )  # fmt: skip
    return tuple(found)
