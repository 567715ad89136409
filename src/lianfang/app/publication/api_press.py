"""Endpoints of what is made of issued notices for the press and for others outside the country. No decision is made
here."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.app.publication.outputs import TYPES, PaperFormat, set_paper
from lianfang.app.publication.outside import notification
from lianfang.app.publication.paper import Paper
from lianfang.app.publication.press import pack, proposed
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.warning.rules.pack.printed import NoFont
from lianfang.facts.shape import Schema

router = Router(tags=["bulletins"])
FILE = {"schema": {"type": "string", "format": "binary"}}
GIVES = {
    "responses": {
        200: {
            "description": "OK",
            "content": {name.partition(";")[0]: FILE for kind, name in TYPES.items() if kind != "json"},
        }
    }
}


class BriefingLinesOut(Schema):
    """The work in three lines, as the registers give it; empty where they hold nothing of it."""

    zh: list[str]
    en: list[str]


@router.get("/issues/{id}/briefing-lines", response={200: BriefingLinesOut, **PROBLEMS}, operation_id="briefing_lines")
@answering
def briefing_lines(request: HttpRequest, id: UUID) -> BriefingLinesOut:
    """What the registers give as the three lines of a press conference about an issued notice; nothing is kept."""
    found = proposed(request.viewer, id, now=clock.now())
    return BriefingLinesOut(zh=list(found.zh), en=list(found.en))


@router.get("/briefings/{id}/file", response=PROBLEMS, openapi_extra=GIVES, operation_id="briefing_file")
@answering
def briefing_file(request: HttpRequest, id: UUID, format: PaperFormat, lang: Language = "zh") -> HttpResponse:
    """The pack of a press conference as a file. The same pack gives the same bytes."""
    return _given(pack(request.viewer, id, lang), format, f"briefing-{id}")


@router.get("/external/{id}/file", response=PROBLEMS, openapi_extra=GIVES, operation_id="external_file")
@answering
def external_file(request: HttpRequest, id: UUID, format: PaperFormat, lang: Language = "zh") -> HttpResponse:
    """What is told of an event outside the country as a file: the assessment and the sums of an issued notice."""
    return _given(notification(request.viewer, id, lang, now=clock.now()), format, f"external-{id}")


def _given(of: Paper, format: PaperFormat, name: str) -> HttpResponse:
    try:
        made = set_paper(of, format)
    except NoFont as error:
        raise Refused([Wrong("lang", "no_font", error.zh, error.en)]) from None
    headers = {"Content-Disposition": f'attachment; filename="{name}-{of.lang}.{format}"'}
    return HttpResponse(made, content_type=TYPES[format], headers=headers)
