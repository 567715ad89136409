"""Endpoints that read: the line list, its file, the card, samples, and saved views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Status

from lianfang.access.matrix import Forbidden
from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.accounts.words import language
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.api.forms import (
    CaseCardOut,
    CaseListIn,
    CasePageOut,
    FilterIn,
    SampleRowOut,
    Time,
    ViewIn,
    ViewOut,
    Word,
)
from lianfang.capabilities.cases.api.shown import card_out, case_out
from lianfang.epi.disclosure.cells import MARK, table
from lianfang.facts.api import Problem
from lianfang.identity.api import person_out
from lianfang.identity.queries import shown
from lianfang.identity.refusals import NotYourPurpose

router = Router()
_CSV = {"responses": {"200": {"description": "A CSV file.", "content": {"text/csv": {"schema": {"type": "string"}}}}}}


@router.post("/cases/list", response={200: CasePageOut, **PROBLEMS}, operation_id="list_cases", exclude_unset=True)
@answering
def list_cases(request: HttpRequest, body: CaseListIn) -> CasePageOut:
    """The line list, page by page. With ``names`` and a purpose, the people of the page as far as one's role sees them;
    that look is on record."""
    if body.names and body.purpose is None:
        raise Refused([Wrong("purpose", "missing", "查看姓名须说明用途", "say for what you look at names")])
    page = queries.page(request.viewer, _asked(body), after=body.after, limit=body.limit)
    people: dict[str, Any] = {}
    if body.names and page.cases:
        try:
            found = shown(
                request.viewer, [row.person for row in page.cases], purpose=body.purpose or "", now=clock.now()
            )
        except NotYourPurpose as error:
            raise Forbidden(error.to(request)) from None
        people = {str(id): person_out(one) for id, one in found.items()}
    columns = body.columns or list(queries.COLUMNS)
    return CasePageOut(
        cases=[case_out(row, columns) for row in page.cases], after=page.after, total=page.total, more=page.more,
        people=people,
    )  # fmt: skip


@router.post("/cases/export", response={**PROBLEMS, 429: Problem}, openapi_extra=_CSV, operation_id="export_cases")
@answering
def export_cases(request: HttpRequest, body: FilterIn) -> StreamingHttpResponse:
    """The whole list as a CSV file, row after row as it is read. No names are in it: people are pseudonyms."""
    limits.take(request.viewer, "export")
    columns = body.columns or list(queries.COLUMNS)
    pages = queries.pages(request.viewer, _asked(body))
    first = next(pages, [])  # what is refused is told before the file begins
    lines = _lines(first, pages, columns, en=language(request) == "en")
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="cases.csv"'},
    )


def _lines(first: list[Any], pages: Iterable[list[Any]], columns: list[str], *, en: bool) -> Iterator[bytes]:
    header = [queries.COLUMNS[name].en if en else queries.COLUMNS[name].zh for name in columns]
    yield table(header, [[getattr(row, name) for name in columns] for row in first]).encode()
    for page in pages:
        rows = table([], [[getattr(row, name) for name in columns] for row in page])
        yield rows.removeprefix(MARK + "\r\n").encode()


def _asked(body: FilterIn) -> queries.Asked:
    where = {
        name: queries.Condition(tuple(one.any_of), one.least, one.most, one.known) for name, one in body.where.items()
    }
    return queries.Asked(
        area=body.area, text=body.text, where=where, twice=body.twice, waiting=body.waiting, sort=body.sort,
        descending=body.descending,
    )  # fmt: skip


@router.get("/cases/{uuid:id}", response={200: CaseCardOut, **PROBLEMS}, operation_id="case", exclude_unset=True)
@answering
def case(request: HttpRequest, id: UUID, as_of: Time | None = None, known_at: Time | None = None) -> CaseCardOut:
    """A case with its timeline, intervals, samples, checks and what is to be done: as of a moment, from what was known
    at a time (default: now)."""
    return card_out(queries.card(request.viewer, id, as_of=as_of, known_at=known_at))


@router.get("/cases/columns", response=dict[str, dict[str, Any]], operation_id="case_columns")
def case_columns(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The columns of the line list: kind, titles, titles of the codes, and which can be sorted by."""
    return {
        name: {
            "kind": one.kind,
            "zh": one.zh,
            "en": one.en,
            "sorts": name in queries.SORTS,
            "terms": {code: {"zh": zh, "en": en} for code, (zh, en) in queries.titles(one.terms).items()}
            if one.terms
            else {},
        }
        for name, one in queries.COLUMNS.items()
    }


@router.get("/samples", response={200: list[SampleRowOut], **PROBLEMS}, operation_id="samples")
@answering
def samples(
    request: HttpRequest, number: Word = "", laboratory: Word = "", waiting: bool | None = None
) -> list[SampleRowOut]:
    """Samples by the beginning of their number, of a laboratory, waiting for a result or with one; the newest 200."""
    found = queries.samples(request.viewer, number=number, laboratory=laboratory, waiting=waiting)
    return [
        SampleRowOut(
            case=row.subject, **{name: getattr(row, name) for name in SampleRowOut.model_fields if name != "case"}
        )
        for row in found
    ]


@router.get("/views", response={200: list[ViewOut], **PROBLEMS}, operation_id="views")
@answering
def views(request: HttpRequest, room: Word = "") -> list[ViewOut]:
    """One's own saved views, of one room or of all."""
    return [
        ViewOut(id=row.id, room=row.room, name=row.name, shown=row.shown) for row in queries.views(request.viewer, room)
    ]


@router.post("/views", response={200: ViewOut, **PROBLEMS}, operation_id="keep_view")
@answering
def keep_view(request: HttpRequest, body: ViewIn) -> ViewOut:
    """Keeps a list as it is set up, under a name; one of the same name is replaced."""
    return ViewOut(id=service.keep_view(request.viewer, body.room, body.name, body.shown), **body.model_dump())


@router.delete("/views/{uuid:id}", response={204: None, **PROBLEMS}, operation_id="drop_view")
@answering
def drop_view(request: HttpRequest, id: UUID) -> Status[None]:
    """Deletes one of one's own saved views."""
    service.drop_view(request.viewer, id)
    return Status(204, None)
