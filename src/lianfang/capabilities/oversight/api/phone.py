"""The endpoint of inspectors' phones: all that an inspection without a network needs, in one answer."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.oversight.queries import phone as queries
from lianfang.facts.shape import Schema

router = Router(tags=["oversight"])


class InspectedPlaceOut(Schema):
    """``drawn``: by lot, to be inspected today; ``on_site`` whether that was done there, None where it was not done."""

    id: UUID
    name: str
    area: str
    place_type: str
    drawn: bool
    on_site: bool | None


class InspectionWordOut(Schema):
    """``of``: the part of the work that a thing to look at belongs to; empty for a part itself."""

    code: str
    zh: str
    en: str
    of: str


class LookAgainOut(Schema):
    """What was found and put right since; ``answer``: the words of who put it right."""

    inspection: UUID
    post: UUID | None
    area: str
    item: str
    rectified: AwareDatetime
    answer: str | None


class InspectionFormOut(Schema):
    """The fields of a kind of fact, as a JSON schema."""

    version: int
    data: dict[str, Any]


class InspectionBundleOut(Schema):
    """``clock_bound_s``: a clock that is off by more is told to be wrong. ``on_site`` and ``by_phone`` count the
    inspections of one's divisions."""

    server_time: AwareDatetime
    version: str
    role: str
    area: str
    author: str
    clock_bound_s: int
    places: list[InspectedPlaceOut]
    items: list[InspectionWordOut]
    parts: list[InspectionWordOut]
    again: list[LookAgainOut]
    on_site: int
    by_phone: int
    forms: dict[str, InspectionFormOut]


@router.get("/field/inspections", response={200: InspectionBundleOut, **PROBLEMS}, operation_id="field_inspections")
@answering
def field_inspections(request: HttpRequest) -> InspectionBundleOut:
    """The open posts, those drawn for today, the check list by the part of the work, and what is to be looked at
    again."""
    viewer, now = request.viewer, clock.now()
    one = queries.part(viewer, now=now)
    return InspectionBundleOut(
        server_time=now, version=version("lianfang"), role=viewer.role, area=viewer.area, author=viewer.author,
        clock_bound_s=policy_at(now).clock_bound_s,
        places=[
            InspectedPlaceOut(
                id=row.subject, name=row.name, area=row.area, place_type=row.place_type, drawn=row.subject in one.drawn,
                on_site=one.drawn.get(row.subject),
            )
            for row in one.places
        ],
        items=_words("findings"), parts=_words("dimensions"),
        again=[LookAgainOut(**its._asdict()) for its in one.again],
        on_site=one.on_site, by_phone=one.by_phone,
        forms={kind: InspectionFormOut(version=number, data=dict(its)) for kind, (number, its) in one.forms.items()},
    )  # fmt: skip


def _words(of: str) -> list[InspectionWordOut]:
    return [InspectionWordOut(code=code, zh=its.zh, en=its.en, of=its.of) for code, its in words(of).items()]
