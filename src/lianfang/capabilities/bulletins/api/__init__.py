"""Endpoints of bulletins. No decision is made here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.errors import HttpError
from pydantic import Field

from lianfang.capabilities.bulletins.api.briefings import router as briefings
from lianfang.capabilities.bulletins.api.external import router as external
from lianfang.capabilities.bulletins.api.feedback import router as feedback
from lianfang.capabilities.bulletins.api.library import router as library
from lianfang.capabilities.bulletins.facts import (
    METRICS,
    Basis,
    BulletinRecord,
    Count,
    Kind,
    Moment,
    Qualifier,
    Source,
    TextOrigin,
    Unit,
    Unread,
)
from lianfang.capabilities.bulletins.queries import notices as queries
from lianfang.capabilities.bulletins.rules.judge import judge
from lianfang.capabilities.bulletins.rules.lint import Finding
from lianfang.capabilities.bulletins.rules.reconcile import Check
from lianfang.capabilities.bulletins.service import notices as service
from lianfang.capabilities.bulletins.state.notices import Notice, Row
from lianfang.facts import log
from lianfang.facts.api import Problem, Time
from lianfang.facts.shape import Schema
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.queries import current_gazetteer

router = Router(tags=["bulletins"])
for part in (library, feedback, briefings, external):
    router.add_router("", part)

Lang = Literal["zh", "en"]
LONGEST_TEXT = 200_000  # characters of a pasted text: a newspaper page has about 20,000


class AreaOut(Schema):
    code: str
    zh: str
    zh_short: str
    en: str
    pinyin: str
    level: str


class AreaSummaryOut(AreaOut):
    latest_as_of: Moment | None
    n_notices: int


class CellOut(Schema):
    n: int
    unit: Unit
    qualifier: Qualifier
    basis: Basis
    start: int | None
    end: int | None


class RowOut(AreaOut):
    cells: dict[str, CellOut | None]
    children: list[RowOut] = Field(default_factory=list)


class NoticeOut(Schema):
    fact_id: str
    seq: int
    received_at: Moment
    bulletin_id: str
    source: Source
    text: str
    text_origin: TextOrigin
    record: BulletinRecord


class TitleOut(Schema):
    zh: str
    en: str
    unit: Unit
    kind: Kind


class PointOut(Schema):
    as_of: Moment
    bulletin_id: str
    window_hours: float | None
    values: dict[str, int]


class CurveOut(Schema):
    points: list[PointOut]


class StatementOut(CellOut):
    fact_id: str
    seq: int
    as_of: Moment
    known_at: Moment
    text_origin: TextOrigin
    source: Source
    excerpt: str


class SituationOut(Schema):
    area: AreaOut
    as_of: Moment
    known_at: Moment
    seq: int
    chain: str
    notice: NoticeOut
    metrics: list[str]
    titles: dict[str, TitleOut]
    rows: list[RowOut]
    unplaced: list[RowOut]
    totals: dict[str, CellOut]
    earlier: dict[str, StatementOut]
    checks: list[Check]
    curve: CurveOut
    moments: list[Moment]


class BulletinOut(Schema):
    lang: Lang
    text: str
    record: BulletinRecord
    seq: int
    chain: str
    round_trip: bool


class ReadIn(Schema):
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    area_code: str | None = Field(None, max_length=64)
    published_at: Time | None = None


class ReadOut(Schema):
    bulletins: list[BulletinRecord]
    checks: list[Check]
    unread: list[Unread]
    findings: list[Finding]
    places: dict[str, AreaOut]


@router.get("/areas", response=list[AreaSummaryOut], operation_id="areas")
def areas(request: HttpRequest) -> list[AreaSummaryOut]:
    """The areas that have notices."""
    gazetteer = current_gazetteer()
    return [
        AreaSummaryOut(**_area(gazetteer, a.code).model_dump(), latest_as_of=a.latest_as_of, n_notices=a.notices)
        for a in queries.areas(request.viewer)
    ]


@router.get("/areas/{code}/situation", response={200: SituationOut, 404: Problem}, operation_id="situation")
def situation(request: HttpRequest, code: str, as_of: Time | None = None, known_at: Time | None = None) -> SituationOut:
    """An area as of a moment (default: its latest notice), from what was known at a time (default: now)."""
    gazetteer = current_gazetteer()
    knowledge = queries.known(request.viewer, code, known_at)
    notice = knowledge.at(as_of)
    if notice is None or notice.record.as_of is None:
        raise HttpError(404, "No notice of this area is known for this moment.")
    children = gazetteer.children(code, notice.record.as_of.date())
    found = queries.situation_at(knowledge, as_of, [d.code for d in children])
    assert found is not None
    return SituationOut(
        area=_area(gazetteer, code),
        as_of=notice.record.as_of,
        known_at=known_at or timezone.now(),
        seq=notice.seq,
        chain=log.chain_at(notice.seq),
        notice=_notice(notice),
        metrics=list(found.metrics),
        titles=titles([*found.metrics, *(f.metric for n in knowledge.notices for f in n.record.figures)]),
        rows=[_row(gazetteer, r, found.metrics) for r in found.rows],
        unplaced=[
            _row(gazetteer, Row(e.code or e.name, {e.metric: e}), found.metrics, name=e.name) for e in found.unplaced
        ],
        totals={f.metric: _cell(f) for f in notice.record.figures},
        earlier={s.count.metric: _statement(s) for s in queries.earlier(knowledge, notice)},
        checks=list(queries.checks(knowledge, notice, gazetteer)),
        curve=CurveOut(points=[_point(p) for p in queries.curve_of(knowledge)]),
        moments=sorted({n.record.as_of for n in knowledge.notices if n.record.as_of}),
    )


@router.get("/areas/{code}/history", response=list[StatementOut], operation_id="history")
def history(
    request: HttpRequest, code: str, metric: str, division: str | None = None, known_at: Time | None = None
) -> list[StatementOut]:
    """What each notice of the area said of one number, in the order in which it became known."""
    knowledge = queries.known(request.viewer, code, known_at)
    return [_statement(s) for s in queries.history(knowledge, metric, division) if s.notice.record.as_of]


@router.get("/areas/{code}/bulletin", response={200: BulletinOut, 404: Problem}, operation_id="bulletin")
def bulletin(
    request: HttpRequest,
    code: str,
    lang: Lang = "zh",
    as_of: Time | None = None,
    known_at: Time | None = None,
) -> BulletinOut:
    """The official notice of an area as of a moment, written from the record; nothing is stored."""
    try:
        composed = service.compose(
            request.viewer, code, as_of=as_of, known_at=known_at, lang=lang, gazetteer=current_gazetteer()
        )
    except service.NoNotice:
        raise HttpError(404, "No notice of this area is known for this moment.") from None
    return BulletinOut(**composed._asdict())


@router.post("/bulletins/read", response={200: ReadOut, 422: Problem}, operation_id="read")
def read(request: HttpRequest, body: ReadIn) -> ReadOut:
    """Reads a pasted text: its notices, their checks, and what was not understood. Nothing is stored."""
    gazetteer = current_gazetteer()
    judged = judge(body.text, area=body.area_code, published_at=body.published_at, gazetteer=gazetteer)
    named = {c.code for r in judged.records for entry in r.by_area for c in entry.walk() if c.code}
    return ReadOut(
        bulletins=list(judged.records),
        checks=list(judged.checks),
        unread=list(judged.unread),
        findings=list(judged.findings),
        places={code: _area(gazetteer, code) for code in sorted(named | {r.area_code for r in judged.records})},
    )


def _area(gazetteer: Gazetteer, code: str, name: str | None = None) -> AreaOut:
    found = gazetteer.division(code)
    if found is None:
        return AreaOut(code=code, zh=name or code, zh_short=name or code, en=name or code, pinyin="", level="unknown")
    return AreaOut(
        code=code,
        zh=found.name,
        zh_short=found.short or found.name,
        en=found.en or found.pinyin or found.name,
        pinyin=found.pinyin,
        level=found.level,
    )


def _cell(count: Count) -> CellOut:
    return CellOut(
        n=count.n,
        unit=count.unit,
        qualifier=count.qualifier,
        basis=count.basis,
        start=count.start,
        end=count.end,
    )


def _row(gazetteer: Gazetteer, row: Row, metrics: Iterable[str], name: str | None = None) -> RowOut:
    return RowOut(
        **_area(gazetteer, row.code, name).model_dump(),
        cells={m: _cell(row.cells[m]) if m in row.cells else None for m in metrics},
        children=[_row(gazetteer, child, metrics) for child in row.children],
    )


def _notice(notice: Notice) -> NoticeOut:
    return NoticeOut(
        fact_id=notice.fact_id,
        seq=notice.seq,
        received_at=notice.received_at,
        bulletin_id=notice.record.bulletin_id,
        source=notice.record.source,
        text=notice.text,
        text_origin=TextOrigin(notice.text_origin),
        record=notice.record,
    )


def titles(metrics: Iterable[str]) -> dict[str, TitleOut]:
    """Each metric's title, unit and kind."""
    return {
        m: TitleOut(zh=METRICS[m].zh, en=METRICS[m].en, unit=METRICS[m].unit, kind=METRICS[m].kind)
        for m in dict.fromkeys(metrics)
    }


def _point(point: Any) -> PointOut:
    record = point.notice.record
    return PointOut(
        as_of=record.as_of,
        bulletin_id=record.bulletin_id,
        window_hours=record.window.hours if record.window else None,
        values=dict(point.values),
    )


def _statement(statement: queries.Statement) -> StatementOut:
    notice, count = statement
    return StatementOut(
        **_cell(count).model_dump(),
        fact_id=notice.fact_id,
        seq=notice.seq,
        as_of=notice.record.as_of,
        known_at=notice.received_at,
        text_origin=TextOrigin(notice.text_origin),
        source=notice.record.source,
        excerpt=_sentence(notice.text, count),
    )


def _sentence(text: str, count: Count) -> str:
    """The sentence of ``text`` that holds the number; empty for a number that is not printed."""
    if count.start is None or count.end is None:
        return ""
    start = max(text.rfind(mark, 0, count.start) for mark in "。！？\n") + 1
    ends = [e for e in (text.find(mark, count.end) for mark in "。！？\n") if e >= 0]
    return text[start : min(ends, default=len(text) - 1) + 1].strip()
