"""The endpoint of the printed assessment pack."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.capabilities.cases.models import zone
from lianfang.capabilities.warning.queries.pack import pack
from lianfang.capabilities.warning.rules.pack.printed import NoFont, pdf
from lianfang.capabilities.warning.rules.pack.words import Lang, Words
from lianfang.facts.api import Time

router = Router()
Word = Annotated[str, Field(max_length=64)]
_GIVES = {
    "responses": {
        200: {"description": "OK", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


@router.get("/warning/pack.pdf", response=PROBLEMS, openapi_extra=_GIVES, operation_id="assessment_pack")
@answering
def assessment_pack(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", lang: Lang = "zh", as_of: date | None = None,
    known_at: Time | None = None,
) -> HttpResponse:  # fmt: skip
    """The assessment pack of an area to print: curves, R, forecast, areas, chains, risk and the quality of the data, as
    of the end of a day and as known at a time."""
    now = clock.now()
    given = pack(request.viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    try:
        made = pdf(given, Words(lang, zone()), now)
    except NoFont as error:
        raise Refused([Wrong("lang", "no_font", error.zh, error.en)]) from None
    name = f"{area}-{given.as_of.isoformat()}-{lang}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )  # fmt: skip
