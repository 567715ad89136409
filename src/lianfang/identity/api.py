"""Endpoints of the vault. No decision is made here. Nothing that tells of a person stands in an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from lianfang.access.matrix import Forbidden
from lianfang.accounts import clock, limits
from lianfang.accounts.words import Told, language
from lianfang.facts.api import Problem
from lianfang.identity import glass, queries, service, sheets, terms
from lianfang.identity.facts import Reason as EraseReason
from lianfang.identity.faults import Fault
from lianfang.identity.forms import (
    AmendIn,
    CardIn,
    DataClassOut,
    EndIn,
    EnteredOut,
    FaultOut,
    FindIn,
    FoundOut,
    GlassIn,
    HoldingIn,
    HoldingOut,
    ListIn,
    MadeOut,
    MergeIn,
    PageOut,
    PeopleIn,
    PersonOut,
    SeparateIn,
    ShownOut,
    TermOut,
    TermsOut,
    TextIn,
    TextOut,
)
from lianfang.identity.models import Holding
from lianfang.identity.persons import policy
from lianfang.identity.refusals import (
    Faulty,
    NoCursor,
    NoPerson,
    NoSheet,
    NothingToFindBy,
    NotOne,
    NotYourPurpose,
)
from lianfang.identity.vault import Altered, KeyMissing
from lianfang.sealing.errors import SealingError

router = Router(tags=["people"])

_STATUS: dict[type[Exception], int] = {
    Forbidden: 403,
    NotYourPurpose: 403,
    NoPerson: 404,
    NotOne: 409,
    Altered: 409,
    KeyMissing: 409,
    glass.NoReason: 422,
    NoSheet: 422,
    Faulty: 422,
    NoCursor: 422,
    NothingToFindBy: 422,
    SealingError: 503,
}


def _refusing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Tells what is refused as a problem, in the language that was asked for."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except tuple(_STATUS) as error:
            status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
            told = error.to(request) if isinstance(error, Told) else str(error)
            return _problem(status, told, error.faults if isinstance(error, Faulty) else ())

    return answered


def _problem(status: int, detail: str, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    titles = {403: "Forbidden", 404: "Not found", 409: "Conflict", 422: "Not valid", 503: "Not available"}
    body = Problem(
        title=titles[status], status=status, detail=detail, errors=tuple(fault._asdict() for fault in faults)
    )
    return HttpResponse(body.model_dump_json(), status=status, content_type="application/problem+json")


def _answers(answer: Any, *problems: int) -> dict[int, Any]:
    return {200: answer, **dict.fromkeys((403, 422, 503, *problems), Problem)}


@router.get("/people/terms", response=TermsOut, operation_id="people_terms")
def people_terms(request: HttpRequest) -> TermsOut:
    """The closed lists that people are entered with, and their titles."""
    return TermsOut(
        classes=[DataClassOut(id=id, zh=one.zh, en=one.en, basis=one.basis) for id, one in terms.classes().items()],
        bases=[TermOut(id=id, zh=one.zh, en=one.en) for id, one in terms.bases().items()],
        documents=[TermOut(id=id, zh=one.zh, en=one.en) for id, one in policy().documents.items()],
        erase_reasons=[TermOut(id=one, zh=zh, en=en) for one, (zh, en) in ERASE_REASONS.items()],
    )


ERASE_REASONS: dict[EraseReason, tuple[str, str]] = {
    EraseReason.ORDER: ("主管机关的决定", "an authority's order"),
    EraseReason.SUBJECT_REQUEST: ("本人请求", "the person asked for it"),
    EraseReason.ENTERED_IN_ERROR: ("录入错误", "entered in error"),
}
"""Why somebody may order an erasure; the other reasons are the clock's."""


@router.get("/people/template", operation_id="people_template", response={200: None})
def people_template(request: HttpRequest) -> HttpResponse:
    """An empty list to fill in, with titles in the language that is asked for."""
    lang = "en" if language(request) == "en" else "zh"
    return HttpResponse(
        sheets.template(lang),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="people.csv"'},
    )


@router.post("/people", response=_answers(EnteredOut), operation_id="enter_people")
@_refusing
def enter_people(request: HttpRequest, body: PeopleIn) -> EnteredOut:
    """Enter people. Sent again, nothing changes; what is wrong with one hinders none of the others."""
    people = ((row, one.model_dump()) for row, one in enumerate(body.people, 1))
    return _receipt(service.enter(request.viewer, people, now=clock.now()))


_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            sheets.CSV_TYPE: {"schema": {"type": "string"}},
            sheets.XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.post("/people/import", response=_answers(EnteredOut), openapi_extra=_FILE, operation_id="import_people")
@_refusing
def import_people(
    request: HttpRequest,
    area: Annotated[str, Query(max_length=64)] = "",
    data_class: Annotated[str, Query(max_length=64)] = "",
    basis: Annotated[str, Query(max_length=64)] = "",
) -> EnteredOut:
    """Enter the people of a CSV or XLSX list. Area, class and basis stand in for what a row leaves out."""
    defaults = {"area": area, "data_class": data_class, "basis": basis}
    rows = sheets.read(request.body, request.content_type or "", defaults)
    return _receipt(service.enter_file(request.viewer, rows, now=clock.now()))


@router.post("/people/find", response=_answers(FoundOut), operation_id="find_people")
@_refusing
def find_people(request: HttpRequest, body: FindIn) -> FoundOut:
    """The people with this document, phone, or name and birth date. The look goes on record first."""
    limits.take(request.viewer, "search")
    found = queries.find(
        request.viewer, document=body.document, phone=body.phone, name=body.name, birth_date=body.birth_date,
        purpose=body.purpose, break_glass=_reason(body.break_glass), now=clock.now(),
    )  # fmt: skip
    return FoundOut(people=[person_out(one) for one in found.people], unreadable=list(found.unreadable))


@router.post("/people/list", response=_answers(PageOut), operation_id="list_people")
@_refusing
def list_people(request: HttpRequest, body: ListIn) -> PageOut:
    """The people held in an area, page by page. Who may see sums only gets the total."""
    limits.take(request.viewer, "look")
    page = queries.page(
        request.viewer,
        area=body.area,
        data_class=body.data_class,
        after=body.after,
        purpose=body.purpose,
        now=clock.now(),
    )
    return PageOut(
        people=[person_out(one) for one in page.people],
        unreadable=list(page.unreadable),
        next=page.after,
        total=page.total,
        more=page.more,
    )


@router.post("/people/merge", response=_answers(MadeOut, 404, 409), operation_id="merge_people")
@_refusing
def merge_people(request: HttpRequest, body: MergeIn) -> MadeOut:
    """Record that two pseudonyms are one person. The answer's id is the merge's, by which it is taken back."""
    return MadeOut(id=service.merge(request.viewer, body.keep, body.other, now=clock.now()))


@router.post("/people/separate", response=_answers(MadeOut, 404, 409), operation_id="separate_people")
@_refusing
def separate_people(request: HttpRequest, body: SeparateIn) -> MadeOut:
    """Take a merge back."""
    return MadeOut(id=service.separate(request.viewer, body.merge, now=clock.now()))


@router.post("/people/{id}/card", response=_answers(PersonOut, 404, 409), operation_id="person_card")
@_refusing
def person_card(request: HttpRequest, id: UUID, body: CardIn) -> PersonOut:
    """One person, with why and until when held, and the notes. The look goes on record first."""
    limits.take(request.viewer, "look")
    reason = _reason(body.break_glass)
    return person_out(queries.card(request.viewer, id, purpose=body.purpose, break_glass=reason, now=clock.now()))


@router.put("/people/{id}", response=_answers(MadeOut, 404, 409), operation_id="amend_person")
@_refusing
def amend_person(request: HttpRequest, id: UUID, body: AmendIn) -> MadeOut:
    """Replace the fields that are given; the others stay."""
    changes = body.model_dump(exclude={"purpose"}, exclude_unset=True)
    service.amend(request.viewer, id, changes, body.purpose, now=clock.now())
    return MadeOut(id=id)


@router.post("/people/{id}/holdings", response=_answers(MadeOut, 404), operation_id="hold_person")
@_refusing
def hold_person(request: HttpRequest, id: UUID, body: HoldingIn) -> MadeOut:
    """Begin a further reason for holding somebody."""
    return MadeOut(id=service.hold(request.viewer, id, body.model_dump(), now=clock.now()))


@router.post("/people/{id}/holdings/{hid}/end", response=_answers(MadeOut, 404), operation_id="end_holding")
@_refusing
def end_holding(request: HttpRequest, id: UUID, hid: UUID, body: EndIn) -> MadeOut:
    """End a reason for holding somebody: what is due is counted from then."""
    service.end(request.viewer, id, hid, body.ends)
    return MadeOut(id=hid)


@router.post("/people/{id}/texts", response=_answers(MadeOut, 404, 409), operation_id="write_text")
@_refusing
def write_text(request: HttpRequest, id: UUID, body: TextIn) -> MadeOut:
    """Keep a note about somebody."""
    return MadeOut(id=service.write(request.viewer, id, body.text_class, body.text, now=clock.now()))


def _reason(given: GlassIn | None) -> str | None:
    return given.reason if given else None


def _receipt(receipt: service.Receipt) -> EnteredOut:
    errors = [FaultOut(**fault._asdict()) for fault in receipt.faults]
    return EnteredOut(entered=receipt.entered, skipped=receipt.skipped, refused=receipt.refused, errors=errors)


def person_out(person: queries.Person) -> PersonOut:
    """A person as the viewer's role may see one."""
    return PersonOut(
        id=person.id,
        kind=person.kind,
        fields=ShownOut(**person.shown),
        masked=list(person.masked),
        hidden=list(person.hidden),
        holdings=[_holding(one) for one in person.holdings],
        texts=[TextOut(id=note.id, text_class=note.text_class, at=note.at, text=note.text) for note in person.texts],
    )


def _holding(row: Holding) -> HoldingOut:
    return HoldingOut(
        id=row.id,
        area=row.area,
        data_class=row.data_class,
        basis=row.basis,
        since=row.since,
        ends=row.ends,
        due=row.due,
    )
