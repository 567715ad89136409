"""Signals: a page of them, one, and how many of each rule there are, as they stand or as they stood."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final, NamedTuple
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.warning.models.signals import SignalRegister, SignalRow, row_of
from lianfang.capabilities.warning.rules.signals.policy import Policy, Rule, policy
from lianfang.capabilities.warning.state.signal import Status, fold
from lianfang.facts import log
from lianfang.places.queries import current_gazetteer, subtree_range
from lianfang.places.spans import Scattered

READ: Final = "warning.read"
MOST: Final = 10_000
"""Signals of one area that are counted, or looked through as they stood."""


@dataclass(frozen=True)
class Asked:
    """Signals of an area and all below it, raised last from ``since`` on and before ``until``."""

    area: str = ""
    status: Status | None = None
    rule: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Page(NamedTuple):
    """Signals, the last raised first; ``after`` is the place to go on from, None at the end. What is known up to the
    fact ``seq``."""

    signals: list[SignalRow]
    after: str | None
    total: int
    seq: int


class Counted(NamedTuple):
    """The signals of one rule: by where they stand; ``raised`` how many times in all, ``folded`` of these beyond each
    one's first; ``median_seconds`` from a signal's coming up to its review, None where none was reviewed."""

    rule: Rule
    by_status: dict[Status, int]
    raised: int
    folded: int
    median_seconds: float | None


class Part(NamedTuple):
    """The signals of a division right below the area, and how many of them wait for a review."""

    area: str
    open: int
    signals: int


def page(
    viewer: Viewer, asked: Asked, *, known_at: datetime | None = None, after: str = "", limit: int = 50
) -> Page:  # fmt: skip
    """A page of the viewer's signals, as they were known at a time. Raises Forbidden, Refused."""
    place = _place(after)
    if known_at is not None:
        rows = [row for row in _as_they_stood(viewer, asked, known_at) if _matches(row, asked)]
        rest = [row for row in rows if place is None or _order(row) > _order_of(*place)]
        found, total, seq = rest[:limit], len(rows), log.seq_at(known_at)
    else:
        with seeing(viewer, READ):
            seq = log.head().seq
            wanted = _filtered(viewer, asked)
            total = wanted.count()
            left = wanted.filter(_beyond(*place)) if place else wanted
            found = list(left.order_by("-last_at", "subject")[:limit])
    mark = _mark(found[-1]) if len(found) == limit else None
    return Page(found, mark, total, seq)


def one(viewer: Viewer, id: UUID, *, known_at: datetime | None = None) -> SignalRow:
    """A signal. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = visible(viewer, READ, SignalRow.objects.all()).filter(subject=id).first()
    if row is None:
        raise NotThere
    stood = next(iter(_refolded([id], known_at)), None) if known_at else row
    if stood is None:
        raise NotThere
    return stood


def counts(
    viewer: Viewer, area: str, *, since: datetime | None = None, until: datetime | None = None,
    known_at: datetime | None = None,
) -> tuple[list[Counted], list[Part], int]:  # fmt: skip
    """The signals of an area by rule, all rules of the policy among them, and by the divisions right below it, as they
    were known at a time; the fact up to which it is so. Raises Forbidden, Refused."""
    _range(area)
    require_over(viewer, READ, area)
    asked = Asked(area=area, since=since, until=until)
    if known_at is not None:
        seq = log.seq_at(known_at)
        rows = [row for row in _as_they_stood(viewer, asked, known_at) if _matches(row, asked)]
    else:
        with seeing(viewer, READ):
            seq = log.head().seq
            rows = list(_filtered(viewer, asked).order_by("-last_at")[:MOST])
    of_rule: dict[str, list[SignalRow]] = defaultdict(list)
    for row in rows:
        of_rule[row.rule].append(row)
    counted = [_counted(rule, of_rule[rule.id]) for rule in _newest(policy())]
    return counted, _parts(area, rows), seq


def _newest(its: Policy) -> Iterable[Rule]:
    return {one.id: one for one in sorted(its.rules, key=lambda one: one.since)}.values()


def _counted(rule: Rule, rows: list[SignalRow]) -> Counted:
    by_status = {status: sum(row.status == status for row in rows) for status in Status}
    took = [one["seconds"] for row in rows for one in row.reviews if one["seconds"] is not None]
    raised = sum(row.count for row in rows)
    return Counted(rule, by_status, raised, raised - len(rows), median(took) if took else None)


def _parts(area: str, rows: list[SignalRow]) -> list[Part]:
    gazetteer = current_gazetteer()
    below = {child.code for child in gazetteer.children(area)}
    open_: dict[str, int] = defaultdict(int)
    all_: dict[str, int] = defaultdict(int)
    for row in rows:
        part = next((code for code in (row.area, *gazetteer.ancestors(row.area)) if code in below), None)
        if part is not None:
            all_[part] += 1
            open_[part] += row.status == Status.OPEN
    return [Part(code, open_[code], all_[code]) for code in sorted(below)]


def _filtered(viewer: Viewer, asked: Asked) -> QuerySet[SignalRow]:
    rows = visible(viewer, READ, SignalRow.objects.all())
    if asked.area:
        area_from, area_to = _range(asked.area)
        rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.rule:
        rows = rows.filter(rule=asked.rule)
    if asked.since:
        rows = rows.filter(last_at__gte=asked.since)
    return rows.filter(last_at__lt=asked.until) if asked.until else rows


def _matches(row: SignalRow, asked: Asked) -> bool:
    return (
        asked.status in (None, row.status)
        and asked.rule in ("", row.rule)
        and (asked.since is None or row.last_at >= asked.since)
        and (asked.until is None or row.last_at < asked.until)
    )


def _as_they_stood(viewer: Viewer, asked: Asked, known_at: datetime) -> list[SignalRow]:
    """The signals of an area from what was known at a time."""
    with seeing(viewer, READ):
        rows = _filtered(viewer, Asked(area=asked.area)).filter(raised_at__lte=known_at)
        ids = list(rows.order_by("-last_at", "subject").values_list("subject", flat=True)[:MOST])
    return sorted(_refolded(ids, known_at), key=_order)


def _refolded(ids: list[UUID], known_at: datetime) -> Iterable[SignalRow]:
    told = defaultdict(list)
    for entry in log.read(known_at=known_at, kinds=SignalRegister.kinds, subjects=ids):
        told[entry.fact.subject].append(entry)
    return [row_of(its) for entries in told.values() if (its := fold(entries)) is not None]


def _range(area: str) -> tuple[str, str]:
    try:
        return subtree_range(area)
    except (LookupError, Scattered):
        raise Refused([no_area()]) from None


def _order(row: SignalRow) -> tuple[float, UUID]:
    return _order_of(row.last_at, row.subject)


def _order_of(last_at: datetime, subject: UUID) -> tuple[float, UUID]:
    return -last_at.timestamp(), subject


def _beyond(last_at: datetime, subject: UUID) -> Q:
    return Q(last_at__lt=last_at) | Q(last_at=last_at, subject__gt=subject)


def _mark(last: SignalRow) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([last.last_at.isoformat(), str(last.subject)])).decode()


def _place(after: str) -> tuple[datetime, UUID] | None:
    if not after:
        return None
    try:
        last_at, subject = orjson.loads(base64.urlsafe_b64decode(after.encode()))
        at = datetime.fromisoformat(last_at)
        if at.tzinfo is None:
            raise ValueError(last_at)
        return at, UUID(subject)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise Refused(
            [Wrong("after", "no_place", "不是名单中的位置", "is no place in this list; take it from the answer before")]
        ) from None
