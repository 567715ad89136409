"""The line list: filtered by any column, sorted, page by page by the place that the last one left off at."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.access.matrix import Scope, require_unnarrowed, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.queries.columns import COLUMNS, READ, SORTS
from lianfang.capabilities.cases.queries.whose import own
from lianfang.places.queries import subtree_range
from lianfang.places.spans import END, Scattered

ACTION: Final = "cases.read"
PAGE: Final = 50
LONGEST_PAGE: Final = 500
MOST_COUNTED: Final = 20_000
"""Cases of a list that are counted: beyond it, a count would take longer than the page."""


class Condition(NamedTuple):
    """What a column must be: one of some values, from ``least`` to ``most`` (both included), or known or not."""

    any_of: tuple[str, ...] = ()
    least: str | None = None
    most: str | None = None
    known: bool | None = None


@dataclass(frozen=True)
class Asked:
    """A list: ``text`` begins a case's number; ``where`` conditions by column; ``twice`` only cases of which the person
    has another open one of the disease; ``waiting`` only confirmed cases in no hospital."""

    area: str = ""
    text: str = ""
    where: Mapping[str, Condition] = field(default_factory=dict)
    twice: bool = False
    waiting: bool = False
    sort: str = "reported_at"
    descending: bool = True


class Page(NamedTuple):
    """Cases, the place to go on from (None at the end), and how many the whole list has; ``more`` where it has more
    than were counted."""

    cases: list[CaseRow]
    after: str | None
    total: int
    more: bool = False


def page(viewer: Viewer, asked: Asked, *, after: str = "", limit: int = PAGE) -> Page:
    """A page of the viewer's cases; who may see sums only gets the total. Raises Forbidden, Refused."""
    require_unnarrowed(viewer, ACTION, bool(asked.text or asked.where or asked.twice or asked.waiting))
    place, counted = _place(after, asked)
    with seeing(viewer, ACTION):
        rows = _filtered(viewer, asked)
        if scope(viewer, ACTION) is Scope.AGGREGATE:
            return Page([], None, rows.count())
        if counted is None:
            counted = rows.order_by().values("subject")[: MOST_COUNTED + 1].count()
        found = _after(rows, asked, place, limit)
    going_on = _mark(found[-1], asked, counted) if len(found) == limit else None
    return Page(found, going_on, min(counted, MOST_COUNTED), counted > MOST_COUNTED)


def pages(viewer: Viewer, asked: Asked, *, limit: int = LONGEST_PAGE) -> Iterator[list[CaseRow]]:
    """The whole list in pages, each read by itself: nothing is held while a slow receiver takes its file."""
    after = ""
    while True:
        found = page(viewer, asked, after=after, limit=limit)
        if found.cases:
            yield found.cases
        if found.after is None:
            return
        after = found.after


def _filtered(viewer: Viewer, asked: Asked) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.all()
    if scope(viewer, ACTION) is Scope.AGGREGATE:
        rows = in_range(viewer, rows)
    else:
        rows = visible(viewer, ACTION, rows, own=own(viewer))
    if asked.area:
        area_from, area_to = known_range(asked.area)
        rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)
    if asked.text:
        rows = rows.filter(number__bytes_from=asked.text, number__bytes_before=asked.text + END)
    for name, condition in asked.where.items():
        rows = rows.filter(_condition(name, condition))
    if asked.waiting:
        rows = rows.filter(to=Class.CONFIRMED, outcome=None, hospital=None)
    if asked.twice:
        other = CaseRow.objects.filter(person=OuterRef("person"), disease=OuterRef("disease"), outcome=None)
        others = other.exclude(subject=OuterRef("subject")).exclude(to=Class.EXCLUDED)
        rows = rows.filter(Exists(others), outcome=None).exclude(to=Class.EXCLUDED)
    return rows


def known_range(area: str) -> tuple[str, str]:
    """The range of a division's codes. Raises Refused."""
    try:
        return subtree_range(area)
    except (LookupError, Scattered):
        raise Refused([Wrong("area", "unknown_area", f"没有区划{area}", f"there is no division {area}")]) from None


def _condition(name: str, its: Condition) -> Q:
    column = COLUMNS[name]
    found = Q()
    if its.any_of:
        if column.kind == "area":
            inside = Q()
            for code in its.any_of:
                area_from, area_to = known_range(code)
                inside |= Q(**{f"{name}__bytes_from": area_from, f"{name}__bytes_before": area_to})
            found &= inside
        else:
            found &= Q(**{f"{name}__in": [_value(name, one) for one in its.any_of]})
    if its.least is not None:
        found &= Q(**{f"{name}__gte": _value(name, its.least)})
    if its.most is not None:
        found &= Q(**{f"{name}__lte": _value(name, its.most)})
    if its.known is not None:
        found &= Q(**{f"{name}__isnull": not its.known})
    return found


def _value(name: str, told: str) -> Any:
    """A condition's value as the column's kind reads it. Raises Refused."""
    kind = COLUMNS[name].kind
    try:
        value = READ[kind](told)
        if kind == "time" and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value
    except (ValueError, KeyError):
        forms = {"day": "2020-01-28", "time": "2020-01-28T09:00:00+08:00", "yes_no": "true", "number": "38"}
        form = forms.get(kind, "UUID")
        raise Refused([Wrong(f"where.{name}", "form", f"格式应为{form}", f"is to be written as {form}")]) from None


def _place(after: str, asked: Asked) -> tuple[tuple[Any, UUID] | None, int | None]:
    """The place that a page left off at, and the total that the first one counted. Raises Refused."""
    if not after:
        return None, None
    try:
        value, subject, total, sort = orjson.loads(base64.urlsafe_b64decode(after.encode()))
        if sort != asked.sort or not isinstance(total, int):
            raise ValueError(sort)
        return (None if value is None else READ[COLUMNS[sort].kind](str(value)), UUID(subject)), total
    except (ValueError, TypeError, KeyError, binascii.Error):
        raise Refused(
            [Wrong("after", "no_place", "不是名单中的位置", "is no place in this list; take it from the answer before")]
        ) from None


def _mark(last: CaseRow, asked: Asked, total: int) -> str:
    told = orjson.dumps([getattr(last, asked.sort), str(last.subject), total, asked.sort])
    return base64.urlsafe_b64encode(told).decode()


def _after(rows: QuerySet[CaseRow], asked: Asked, place: tuple[Any, UUID] | None, limit: int) -> list[CaseRow]:
    """The next cases. A list is read in up to three parts, each along an index: the rest of the cases with the same
    value, those beyond it, and at the end those of which the value is not known."""
    sort, sign, beyond = asked.sort, "-" if asked.descending else "", "lt" if asked.descending else "gt"
    known = rows.filter(**{f"{sort}__isnull": False}).order_by(f"{sign}{sort}", f"{sign}subject")
    unknown = rows.filter(**{f"{sort}__isnull": True}).order_by(f"{sign}subject")
    nullable = CaseRow._meta.get_field(sort).null
    if place is None:
        parts = [known if nullable else rows.order_by(f"{sign}{sort}", f"{sign}subject")]
    elif place[0] is None:
        return list(unknown.filter(**{f"subject__{beyond}": place[1]})[:limit])
    else:
        same = rows.filter(**{sort: place[0], f"subject__{beyond}": place[1]}).order_by(f"{sign}subject")
        parts = [same, known.filter(**{f"{sort}__{beyond}": place[0]})]
    found: list[CaseRow] = []
    for part in [*parts, *([unknown] if nullable else [])]:
        if len(found) < limit:
            found += part[: limit - len(found)]
    return found


assert set(SORTS) <= set(COLUMNS)
