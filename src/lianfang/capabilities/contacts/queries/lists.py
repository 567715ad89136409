"""The list of contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from lianfang.access.matrix import Scope, require_unnarrowed, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.contacts.models import ContactRow, ExposureRow
from lianfang.places.queries import subtree_range
from lianfang.places.spans import Scattered

READ: Final = "contacts.read"
PAGE, MOST = 50, 500
Sort = Literal["registered_at", "due", "last_exposed", "traced_at", "ended_at"]
DAYS: Final = frozenset({"due", "last_exposed"})


@dataclass(frozen=True)
class Filters:
    """What a list is _narrowed by; None and empty narrow nothing. Days include both ends."""

    contacts: tuple[UUID, ...] = ()
    area: str = ""
    status: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    disease: str | None = None
    source: UUID | None = None
    person: UUID | None = None
    case: UUID | None = None
    batch: UUID | None = None
    number: str | None = None
    setting: str | None = None
    conveyance: str | None = None
    reason: str | None = None
    author: str | None = None
    observed: bool | None = None
    faulty: bool | None = None
    due_from: date | None = None
    due_to: date | None = None
    exposed_from: date | None = None
    exposed_to: date | None = None
    registered_from: datetime | None = None
    registered_to: datetime | None = None


class Page(NamedTuple):
    """A page of a list; ``after`` leads to the next one, ``total`` counts the whole list."""

    contacts: tuple[ContactRow, ...]
    after: str | None
    total: int


def contacts_of(viewer: Viewer, action: str = READ) -> QuerySet[ContactRow]:
    """The contacts that the viewer may see, row by row."""
    own = Q(author__in=own_work(viewer).authors)
    return visible(viewer, action, ContactRow.objects.all(), own=own, subject="person")


def listed(
    viewer: Viewer,
    filters: Filters,
    *,
    sort: Sort = "registered_at",
    descending: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """The contacts that the filters leave, page by page; rows without the value that is sorted by come last. Who may
    see sums only gets the total of an area alone. Raises Forbidden, Refused."""
    require_unnarrowed(viewer, READ, filters != Filters(area=filters.area))
    with seeing(viewer, READ):
        sums = scope(viewer, READ) is Scope.AGGREGATE
        rows = in_range(viewer, ContactRow.objects.all()) if sums else contacts_of(viewer)
        rows = _narrowed(rows, filters)
        total = rows.count()
        if sums:
            return Page((), None, total)
        order = F(sort).desc(nulls_last=True) if descending else F(sort).asc(nulls_last=True)
        if after:
            rows = rows.filter(_beyond(sort, descending, after))
        found = tuple(rows.order_by(order, "subject")[: min(limit, MOST)])
    going_on = None
    if len(found) == min(limit, MOST):
        last = getattr(found[-1], sort)
        going_on = f"{last.isoformat() if last is not None else ''}/{found[-1].subject}"
    return Page(found, going_on, total)


def in_area(code: str) -> Q:
    """Rows of a division and of all below it; all for none. Raises Refused where there is no such division."""
    if not code:
        return Q()
    try:
        area_from, area_to = subtree_range(code)
    except (LookupError, Scattered):
        raise Refused([no_area()]) from None
    return Q(area__bytes_from=area_from, area__bytes_before=area_to)


def in_order(begins: datetime | None, ends: datetime | None) -> None:
    """Raises Refused for a window that ends before it begins."""
    if begins is not None and ends is not None and ends < begins:
        raise Refused([Wrong("from", "after_end", "晚于截止时间，请核对", "is after the end: give an earlier time")])


def _narrowed(rows: QuerySet[ContactRow], filters: Filters) -> QuerySet[ContactRow]:
    """The rows that the filters leave."""
    where = in_area(filters.area)
    for name in ("disease", "person", "case", "batch", "number", "reason", "author", "observed"):
        value = getattr(filters, name)
        where &= Q(**{name: value}) if value is not None else Q()
    where &= Q(subject__in=filters.contacts) if filters.contacts else Q()
    where &= Q(status__in=filters.status) if filters.status else Q()
    where &= Q(close__in=filters.close) if filters.close else Q()
    where &= Q(settings__contains=[filters.setting]) if filters.setting else Q()
    where &= Q(conveyances__contains=[filters.conveyance]) if filters.conveyance else Q()
    for name, column in (("due", "due"), ("exposed", "last_exposed"), ("registered", "registered_at")):
        first, last = getattr(filters, f"{name}_from"), getattr(filters, f"{name}_to")
        where &= Q(**{f"{column}__gte": first}) if first is not None else Q()
        where &= Q(**{f"{column}__lte": last}) if last is not None else Q()
    if filters.faulty is not None:
        where &= ~Q(faults=[]) if filters.faulty else Q(faults=[])
    if filters.source is not None:
        where &= Q(Exists(ExposureRow.objects.filter(subject=OuterRef("subject"), source=filters.source)))
    return rows.filter(where)


def _beyond(sort: Sort, descending: bool, after: str) -> Q:
    """What comes after a place of the list. Raises Refused where it is none."""
    value, _, subject = after.partition("/")
    try:
        last = None if not value else parse_date(value) if sort in DAYS else parse_datetime(value)
        id = UUID(subject)
        if value and last is None:
            raise ValueError
    except ValueError:
        zh, en = "不是名单中的位置，请用上一页返回的值", "is no place in the list: take it from the answer before"
        raise Refused([Wrong("after", "no_place", zh, en)]) from None
    if last is None:
        return Q(**{f"{sort}__isnull": True, "subject__gt": id})
    further = Q(**{f"{sort}__{'lt' if descending else 'gt'}": last})
    return further | Q(**{sort: last, "subject__gt": id}) | Q(**{f"{sort}__isnull": True})
