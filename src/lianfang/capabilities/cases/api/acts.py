"""Endpoints that record: the report card, and every act on a case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import create_model

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import service
from lianfang.capabilities.cases.api.forms import (
    CaseCorrectIn,
    CaseMadeOut,
    CaseRetractIn,
    RecordedOut,
    RecordIn,
    ReportIn,
)
from lianfang.facts.fact import Code, FactData

router = Router()

ACTS: Final[Mapping[str, type[FactData]]] = MappingProxyType(
    {
        "describe": kinds.Described,
        "investigate": kinds.Investigated,
        "classify": kinds.Classified,
        "assess-severity": kinds.SeverityAssessed,
        "determine-source": kinds.SourceDetermined,
        "isolate": kinds.Isolated,
        "admit": kinds.Admitted,
        "treat": kinds.Treated,
        "discharge": kinds.Discharged,
        "end": kinds.Ended,
        "hand-over": kinds.HandedOver,
        "sample": kinds.Sampled,
        "receive-sample": kinds.SampleReceived,
        "test": kinds.Tested,
        "sequence": kinds.Sequenced,
    }
)
"""The last part of the address, and the kind of fact that it records."""
_ENVELOPE: Final = frozenset(RecordIn.model_fields)


@router.post("/cases", response={200: CaseMadeOut, **PROBLEMS}, operation_id="report_case")
@answering
def report_case(request: HttpRequest, body: ReportIn) -> CaseMadeOut:
    """Reports a case of a person who was entered before. A person has one open case of a disease, wherever it is
    reported; who falls ill again is another case."""
    now = clock.now()
    card = service.Card(
        **{**body.model_dump(exclude={"observed_at", "about", "cause"}), "cause": tuple(body.cause)},
        at=body.observed_at or now,
        about=body.about,
    )
    made = service.report(request.viewer, card, now=now)
    return CaseMadeOut(case=made.case, fact=made.fact)


@router.post("/cases/{uuid:id}/correct", response={200: RecordedOut, **PROBLEMS}, operation_id="correct_case_report")
@answering
def correct_case_report(request: HttpRequest, id: UUID, body: CaseCorrectIn) -> RecordedOut:
    """Corrects the report card of a case: what is told stands in its place, and the card as it was stays on record."""
    told = {name: getattr(body, name) for name in body.model_fields_set - _ENVELOPE}
    return RecordedOut(
        fact=service.correct(
            request.viewer, id, body.corrects, told, at=body.observed_at, now=clock.now(), id=body.id, seen=body.seen
        )
    )


def _form(act: str, kind: type[FactData]) -> Any:
    """What an act's route takes: the kind's own fields, and when it happened."""
    fields: dict[str, Any] = {name: (field.rebuild_annotation(), field) for name, field in kind.model_fields.items()}
    if kind is kinds.Classified:
        fields["edition"] = (Code | None, None)
    name = "".join(part.title() for part in act.split("-"))
    return create_model(f"{name}CaseIn", __base__=RecordIn, **fields)


def _route(act: str, kind: type[FactData]) -> None:
    form = _form(act, kind)

    def view(request: HttpRequest, id: UUID, body: Any) -> RecordedOut:
        now = clock.now()
        told = {name: getattr(body, name) for name in body.model_fields_set - _ENVELOPE}
        recorded = service.record(
            request.viewer, id, kind, told, at=body.observed_at or now, now=now, id=body.id, corrects=body.corrects,
            seen=body.seen,
        )  # fmt: skip
        return RecordedOut(fact=recorded)

    view.__doc__ = kind.__doc__
    view.__name__ = f"{act.replace('-', '_')}_case"
    view.__annotations__ = {"request": HttpRequest, "id": UUID, "body": form, "return": RecordedOut}
    router.post(f"/cases/{{uuid:id}}/{act}", response={200: RecordedOut, **PROBLEMS}, operation_id=view.__name__)(
        answering(view)
    )


for _act, _kind in ACTS.items():
    _route(_act, _kind)


@router.post("/cases/{uuid:id}/retract", response={200: RecordedOut, **PROBLEMS}, operation_id="retract_case_fact")
@answering
def retract_case_fact(request: HttpRequest, id: UUID, body: CaseRetractIn) -> RecordedOut:
    """Takes back a fact of a case: it stays on record and counts for nothing. Who may record its kind may."""
    return RecordedOut(fact=service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), id=body.id))
