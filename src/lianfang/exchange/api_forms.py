"""Endpoints of the forms of the field. No decision is made here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import ConfigDict, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.accounts.words import language
from lianfang.exchange.forms import fill, paper
from lianfang.exchange.forms.parts import Sheet, Words
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity.forms import Purpose
from lianfang.identity.refusals import NotYourPurpose
from lianfang.identity.sheets import XLSX_TYPE

router = Router(tags=["exchange"])

Format = Literal["json", "xlsx", "html"]
Code = Annotated[str, Field(max_length=64)]
Place = Annotated[str, Field(max_length=256)]
ANSWERS = {**PROBLEMS, 503: Problem}
_FILES = {
    "responses": {"200": {"content": {XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}}, "text/html": {}}}}
}


class FormOut(Schema):
    """A form. ``of`` says what it is of: one case or contact, given as ``subject``, or an area on a day. ``named``
    where it has room for the person."""

    form: str
    zh: str
    en: str
    of: Literal["case", "contact", "area"]
    named: bool


class ListCellOut(Schema):
    label: str
    text: str


class TableOut(Schema):
    title: str
    columns: list[str]
    rows: list[list[str]]


class SheetOut(Schema):
    """A form, filled in, in the language that was asked for. ``after`` leads to its next page."""

    form: str
    title: str
    cells: list[ListCellOut]
    tables: list[TableOut]
    note: str
    after: str | None


class FormIn(Schema):
    """Which form of what. With ``purpose`` it has the names that the role may see, and the look goes on record."""

    model_config = ConfigDict(extra="forbid")

    subject: UUID | None = None
    area: Code = ""
    day: date | None = None
    disease: Code = ""
    after: Place = ""
    format: Format = "json"
    purpose: Purpose


def _for_a_purpose(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except NotYourPurpose as error:
            raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None

    return answering(answered)


@router.get("/forms", response={200: list[FormOut], **ANSWERS}, operation_id="forms")
@answering
def forms(request: HttpRequest) -> list[FormOut]:
    """The forms of the field."""
    return [
        FormOut(form=one.code, zh=one.zh, en=one.en, of=one.of, named=one.named)
        for one in fill.forms(request.viewer, clock.now())
    ]


@router.get("/forms/{form}", response={200: SheetOut, **ANSWERS}, openapi_extra=_FILES, operation_id="form")
@_for_a_purpose
def form(
    request: HttpRequest,
    form: Code,
    subject: Annotated[UUID | None, Query()] = None,
    area: Code = "",
    day: Annotated[date | None, Query()] = None,
    disease: Code = "",
    after: Place = "",
    format: Annotated[Format, Query()] = "json",
) -> Any:
    """A form without names, as JSON, as a workbook or as a page to print."""
    return _filled(request, fill.Asked(form, subject, area, day, disease, after), format)


@router.post("/forms/{form}", response={200: SheetOut, **ANSWERS}, openapi_extra=_FILES, operation_id="named_form")
@_for_a_purpose
def named_form(request: HttpRequest, form: Code, body: FormIn) -> Any:
    """A form with the names that the role may see. The look goes on record first."""
    limits.take(request.viewer, "look")
    asked = fill.Asked(form, **body.model_dump(exclude={"format"}))
    return _filled(request, asked, body.format)


def _filled(request: HttpRequest, asked: fill.Asked, format: Format) -> Any:
    lang: Literal["zh", "en"] = "en" if language(request) == "en" else "zh"
    sheet = fill.fill(request.viewer, asked, Words(lang), now=clock.now())
    if format == "xlsx":
        return _file(paper.workbook(sheet), XLSX_TYPE, f'attachment; filename="{sheet.form}.xlsx"')
    if format == "html":
        return _file(paper.page(sheet, lang).encode(), "text/html; charset=utf-8", "inline")
    return _out(sheet)


def _file(body: bytes, content_type: str, disposition: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": disposition})


def _out(sheet: Sheet) -> SheetOut:
    return SheetOut(
        form=sheet.form,
        title=sheet.title,
        cells=[ListCellOut(**one._asdict()) for one in sheet.cells],
        tables=[TableOut(**one._asdict()) for one in sheet.tables],
        note=sheet.note,
        after=sheet.after,
    )
