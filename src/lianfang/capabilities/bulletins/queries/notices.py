"""The only door for reading bulletins. The viewer comes first; every question takes what was known when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Count as CountOf
from django.db.models import Exists, Max, OuterRef, QuerySet

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import METRICS, BulletinRecord, Count, Kind
from lianfang.capabilities.bulletins.models import NoticeRow
from lianfang.capabilities.bulletins.rules.reconcile import Check, check, previous_of
from lianfang.capabilities.bulletins.state.notices import Notice, Point, Situation, curve, situation, standing
from lianfang.places.gazetteer import Gazetteer

READ: Final = "bulletins.read"


class AreaSummary(NamedTuple):
    """An area that has notices."""

    code: str
    latest_as_of: datetime | None
    notices: int


class Knowledge(NamedTuple):
    """Everything known of an area's notices at a time."""

    notices: tuple[Notice, ...]
    known_at: datetime | None

    def at(self, as_of: datetime | None) -> Notice | None:
        return standing(self.notices, as_of)


def _standing(viewer: Viewer, known_at: datetime | None) -> QuerySet[NoticeRow]:
    """The viewer's notices that were known, and not yet corrected, at ``known_at`` (None: now)."""
    rows = visible(viewer, READ, NoticeRow.objects.all(), "area_code")
    if known_at is not None:
        rows = rows.filter(received_at__lte=known_at)
    return rows.filter(~Exists(rows.filter(corrects=OuterRef("fact_id"))))


def areas(viewer: Viewer) -> list[AreaSummary]:
    """The viewer's areas with at least one notice, by code. Raises Forbidden."""
    counted = _standing(viewer, None).values("area_code").annotate(latest=Max("as_of"), n=CountOf("fact_id"))
    with seeing(viewer, READ):
        return [AreaSummary(r["area_code"], r["latest"], r["n"]) for r in counted.order_by("area_code")]


def given(viewer: Viewer, moments: Sequence[datetime]) -> dict[datetime, int]:
    """How many of the viewer's areas have a notice as of each of these moments; a moment without any is not in it.
    Raises Forbidden."""
    of = (
        _standing(viewer, None)
        .filter(as_of__in=moments)
        .values("as_of")
        .annotate(n=CountOf("area_code", distinct=True))
    )
    with seeing(viewer, READ):
        return {row["as_of"]: row["n"] for row in of}


def known(viewer: Viewer, area: str, known_at: datetime | None = None) -> Knowledge:
    """The notices of ``area`` as known at ``known_at``, in the order in which they became known; none where the area is
    not the viewer's. Raises Forbidden."""
    rows = _standing(viewer, known_at).filter(area_code=area).order_by("seq")
    with seeing(viewer, READ):
        return Knowledge(tuple(_notice(r) for r in rows), known_at)


def _notice(row: NoticeRow) -> Notice:
    record = BulletinRecord.model_validate(row.record)
    return Notice(str(row.fact_id), row.seq, row.received_at, record, row.text, row.text_origin)


def situation_at(knowledge: Knowledge, as_of: datetime | None, divisions: Sequence[str]) -> Situation | None:
    """The situation of the area as of a moment; None where no notice is that old."""
    notice = knowledge.at(as_of)
    return situation(notice, divisions) if notice else None


def checks(knowledge: Knowledge, notice: Notice, gazetteer: Gazetteer) -> tuple[Check, ...]:
    """The identities of ``notice``, held against the notice before it and other printings of the same cut-off."""
    others = [n.record for n in knowledge.notices if n.fact_id != notice.fact_id]
    same = [r for r in others if r.as_of == notice.record.as_of]
    return check(notice.record, previous=previous_of(notice.record, others), others=same, gazetteer=gazetteer)


def curve_of(knowledge: Knowledge) -> tuple[Point, ...]:
    return curve(knowledge.notices)


class Statement(NamedTuple):
    """What one notice said of one number."""

    notice: Notice
    count: Count


def earlier(knowledge: Knowledge, notice: Notice) -> list[Statement]:
    """The stocks of which ``notice`` is silent, as the latest notice before it that told them left them."""
    told = {f.metric for f in notice.record.figures}
    cut = notice.record.as_of
    before = [n for n in knowledge.notices if cut and n.record.as_of and n.record.as_of <= cut and n != notice]
    found = []
    for one in sorted(before, key=lambda n: (n.record.as_of, n.seq), reverse=True):
        for count in one.record.figures:
            if count.metric not in told and METRICS[count.metric].kind is Kind.STOCK:
                told.add(count.metric)
                found.append(Statement(one, count))
    return found


def history(knowledge: Knowledge, metric: str, division: str | None) -> list[Statement]:
    """What each notice said of ``metric`` for ``division`` (None: the area itself), in order of knowledge."""
    said = []
    for notice in knowledge.notices:
        pool = (
            notice.record.figures
            if division is None
            else [c for entry in notice.record.by_area for c in entry.walk() if division in (c.code, c.name)]
        )
        said += [Statement(notice, c) for c in pool if c.metric == metric]
    return said
