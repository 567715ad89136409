"""Endpoints of lists that come in. No decision is made here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.accounts.words import language
from lianfang.exchange import queries, service
from lianfang.exchange.api_forms import router as forms
from lianfang.exchange.layout import ListKind, layout, template, words
from lianfang.exchange.mapping import Mapping
from lianfang.exchange.models import List, State
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity import sheets
from lianfang.identity.refusals import NoSheet

router = Router(tags=["exchange"])
router.add_router("", forms)

KindName = Literal["cases", "contacts", "pairs", "arrivals"]
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]
ANSWERS = {**PROBLEMS, 503: Problem}


class ListTermOut(Schema):
    code: str
    zh: str
    en: str


class FieldOut(Schema):
    """A field that a column may be. ``needed``: every row has it, or it is stated for the whole list."""

    field: str
    zh: str
    en: str
    form: str
    needed: bool
    terms: list[ListTermOut]


class GuessOut(Schema):
    """``sureness``: 3 its very title, 2 one of its titles, 1 a part of one: not taken over by itself."""

    title: str
    field: str
    sureness: int


class ListWordOut(Schema):
    said: str
    rows: int
    meaning: str | None


class ListOut(Schema):
    """A list and what became of it. ``done`` of ``rows`` tells how far a run is."""

    id: UUID
    kind: KindName
    area: str
    author: str
    state: Literal["sent", "waiting", "running", "checked", "done", "failed", "undoing", "undone"]
    dry: bool
    rows: int
    done: int
    taken: int
    left_out: int
    refused: int
    links: int
    facts: int
    people: int
    kept: int
    why: str
    sent_at: AwareDatetime
    ended_at: AwareDatetime | None


class PreviewOut(Schema):
    list: ListOut
    titles: list[str]
    sample: list[list[str]]
    guesses: list[GuessOut]
    fields: list[FieldOut]
    words: dict[str, list[ListWordOut]]
    mapping: Mapping


class RunIn(Schema):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    mapping: Mapping
    dry: bool


class ListWordsIn(Schema):
    model_config = ConfigDict(extra="forbid")

    mapping: Mapping


class ListWordsOut(Schema):
    words: dict[str, list[ListWordOut]]


class ListsOut(Schema):
    lists: list[ListOut]
    next: AwareDatetime | None
    """Give it as ``before`` for older ones."""


class RowFaultOut(Schema):
    """``note`` is true of a row that is taken all the same."""

    row: int
    field: str
    reason: str
    note: bool
    zh: str
    en: str


class FaultsOut(Schema):
    faults: list[RowFaultOut]
    next: int | None
    """Give it as ``after`` for the next page."""


class KeptIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name
    mapping: Mapping


class KeptOut(Schema):
    name: str
    kind: KindName
    mapping: Mapping
    kept_at: AwareDatetime


class DropIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name


_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            sheets.CSV_TYPE: {"schema": {"type": "string"}},
            sheets.XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_CSV = {"responses": {"200": {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


def _reading(view: Callable[..., Any]) -> Callable[..., Any]:
    """Tells a file that is no list as a fault of the file."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except NoSheet as error:
            raise Refused([Wrong("file", "no_sheet", error.zh, error.en)]) from None

    return answering(read)


@router.post("/lists/preview", response={200: PreviewOut, **ANSWERS}, openapi_extra=_FILE, operation_id="preview_list")
@_reading
def preview_list(request: HttpRequest, kind: Annotated[KindName | None, Query()] = None) -> PreviewOut:
    """Send a file of any columns: what each column seems to be, what its words mean, and some rows. The file is kept,
    sealed, until it is run, for two days at most."""
    limits.take(request.viewer, "list")
    seen = service.preview(
        request.viewer, request.body, request.content_type or "", ListKind(kind) if kind else None, now=clock.now()
    )
    return PreviewOut(
        list=_list(seen.list),
        titles=list(seen.titles),
        sample=[list(line) for line in seen.sample],
        guesses=[GuessOut(title=title, **one._asdict()) for title, one in seen.guesses.items()],
        fields=_fields(seen.mapping.kind),
        words=_words(seen.words),
        mapping=seen.mapping,
    )


@router.post("/lists/run", response={200: ListOut, **ANSWERS}, operation_id="run_list")
@_reading
def run_list(request: HttpRequest, body: RunIn) -> ListOut:
    """Check a list (``dry``), or record what is good of it. A short list is done when this answers; of a longer one ask
    how far it is. Run again, nothing is recorded twice."""
    return _list(service.start(request.viewer, body.id, body.mapping, dry=body.dry))


@router.get("/lists", response={200: ListsOut, **ANSWERS}, operation_id="lists")
@answering
def lists(request: HttpRequest, before: Annotated[AwareDatetime | None, Query()] = None) -> ListsOut:
    """The lists that were sent in one's area, newest first."""
    found = queries.page(request.viewer, before)
    following = found[-1].sent_at if len(found) == queries.PAGE else None
    return ListsOut(lists=[_list(one) for one in found], next=following)


@router.get("/lists/mappings", response={200: list[KeptOut], **ANSWERS}, operation_id="list_mappings")
@answering
def list_mappings(request: HttpRequest) -> list[KeptOut]:
    """The mappings that one keeps by a name."""
    return [
        KeptOut(name=one.name, kind=one.kind, mapping=Mapping.model_validate(one.mapping), kept_at=one.kept_at)
        for one in queries.mappings(request.viewer)
    ]


@router.post("/lists/mappings", response={204: None, **ANSWERS}, operation_id="keep_mapping")
@answering
def keep_mapping(request: HttpRequest, body: KeptIn) -> tuple[int, None]:
    """Keep a mapping by a name, in the place of one of that name."""
    service.keep(request.viewer, body.name, body.mapping, now=clock.now())
    return 204, None


@router.delete("/lists/mappings", response={204: None, **ANSWERS}, operation_id="drop_mapping")
@answering
def drop_mapping(request: HttpRequest, body: DropIn) -> tuple[int, None]:
    """Forget a kept mapping."""
    service.drop(request.viewer, body.name)
    return 204, None


@router.get("/lists/template", response={200: None, **ANSWERS}, openapi_extra=_CSV, operation_id="list_template")
@answering
def list_template(request: HttpRequest, kind: Annotated[KindName, Query()] = "cases") -> HttpResponse:
    """An empty list to fill in, with titles in the language that is asked for."""
    lang = "en" if language(request) == "en" else "zh"
    return _file(template(ListKind(kind), lang), f"{kind}.csv")


@router.get("/lists/{uuid:id}", response={200: ListOut, **ANSWERS}, operation_id="list_state")
@answering
def list_state(request: HttpRequest, id: UUID) -> ListOut:
    """How far a list is, and what became of it."""
    return _list(queries.one(request.viewer, id))


@router.post("/lists/{uuid:id}/words", response={200: ListWordsOut, **ANSWERS}, operation_id="list_words")
@_reading
def list_words(request: HttpRequest, id: UUID, body: ListWordsIn) -> ListWordsOut:
    """The words of a list that stand for terms, under a mapping, with what they mean as far as that is known."""
    return ListWordsOut(words=_words(service.words(request.viewer, id, body.mapping)))


@router.get(
    "/lists/{uuid:id}/errors", response={200: FaultsOut, **ANSWERS}, openapi_extra=_CSV, operation_id="list_errors"
)
@answering
def list_errors(
    request: HttpRequest,
    id: UUID,
    after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1,
    format: Annotated[Literal["json", "csv"], Query()] = "json",
) -> Any:
    """What was told of a list's rows: page by page, or whole as CSV."""
    if format == "csv":
        lang = "en" if language(request) == "en" else "zh"
        return _file(queries.as_csv(request.viewer, id, lang).encode(), "errors.csv")
    found = queries.faults(request.viewer, id, after)
    told = [
        RowFaultOut(row=one.row, field=one.field, reason=one.reason, note=one.note, zh=one.zh, en=one.en)
        for one in found
    ]
    return FaultsOut(faults=told, next=found[-1].n if len(found) == queries.PAGE else None)


@router.post("/lists/{uuid:id}/undo", response={200: ListOut, **ANSWERS}, operation_id="undo_list")
@answering
def undo_list(request: HttpRequest, id: UUID) -> ListOut:
    """Take a list back: what it recorded counts no more, whom it entered is erased. What somebody has worked on since
    stays, and is counted as ``kept``."""
    return _list(service.take_back(request.viewer, id))


def _file(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _list(row: List) -> ListOut:
    return ListOut(
        **{name: getattr(row, name) for name in ListOut.model_fields if name != "state"}, state=State(row.state)
    )


def _words(found: Any) -> dict[str, list[ListWordOut]]:
    return {field: [ListWordOut(**one._asdict()) for one in its] for field, its in found.items()}


def _fields(kind: ListKind) -> list[FieldOut]:
    needed = service.needed(kind)
    return [
        FieldOut(
            field=name, zh=one.zh, en=one.en, form=one.form, needed=name in needed,
            terms=[ListTermOut(**word._asdict()) for word in words(one.group)] if one.group else [],
        )
        for name, one in layout(kind).fields.items()
    ]  # fmt: skip
