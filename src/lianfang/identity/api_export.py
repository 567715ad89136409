"""Endpoints of files of people. No decision is made here."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import ConfigDict, Field

from lianfang.access.matrix import Forbidden
from lianfang.accounts import clock, limits
from lianfang.accounts.words import Told, language
from lianfang.epi.disclosure.export import COLUMNS
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity import export
from lianfang.identity.refusals import NotYourPurpose
from lianfang.sealing.errors import SealingError

router = Router(tags=["people"])

Column = Literal["age_band", "sex", "area", "data_class", "since", "ends"]
_CSV = {"responses": {"200": {"description": "A CSV file.", "content": {"text/csv": {"schema": {"type": "string"}}}}}}
_TITLES = {403: "Forbidden", 422: "Not valid", 503: "Not available"}


class ExportIn(Schema):
    """Which people, and whether with names. ``columns`` are those of a file without names."""

    model_config = ConfigDict(extra="forbid")

    form: Literal["named", "pseudonymised"]
    area: Annotated[str, Field(max_length=64)] = ""
    data_class: Annotated[str, Field(max_length=64)] = ""
    columns: list[Column] = Field(default_factory=lambda: list(COLUMNS), min_length=1, max_length=len(COLUMNS))
    purpose: Annotated[str, Field(max_length=64)]


@router.post(
    "/people/export",
    response=dict.fromkeys((403, 422, 429, 503), Problem),
    openapi_extra=_CSV,
    operation_id="export_people",
)
def export_people(request: HttpRequest, body: ExportIn) -> HttpResponse:
    """A file of people, as CSV. The look goes on record first. Without names, nothing is exported where fewer than k
    people would be alike: the answer names the combinations."""
    limits.take(request.viewer, "export")
    lang: Literal["zh", "en"] = "en" if language(request) == "en" else "zh"
    try:
        if body.form == "named":
            text = export.named(
                request.viewer,
                area=body.area,
                data_class=body.data_class,
                purpose=body.purpose,
                lang=lang,
                now=clock.now(),
            )
        else:
            text = export.pseudonymised(
                request.viewer,
                area=body.area,
                data_class=body.data_class,
                columns=list(dict.fromkeys(body.columns)),
                purpose=body.purpose,
                lang=lang,
                now=clock.now(),
            )
    except export.TooFew as error:
        return _problem(422, error.to(request), error)
    except (export.NoNames, NotYourPurpose) as error:
        return _problem(403, error.to(request))
    except Forbidden as error:
        return _problem(403, str(error))
    except Told as error:
        return _problem(422, error.to(request))
    except SealingError:
        return _problem(503, "The key store does not answer." if lang == "en" else "密钥库没有响应。")
    return HttpResponse(
        text.encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{body.form}.csv"'},
    )


def _problem(status: int, detail: str, too_few: export.TooFew | None = None) -> HttpResponse:
    errors = tuple(
        {"field": "columns", "reason": "too_few", "cell": one.cell, "people": one.people}
        for one in (too_few.failing if too_few else ())
    )
    body = Problem(title=_TITLES[status], status=status, detail=detail, errors=errors)
    return HttpResponse(body.model_dump_json(), status=status, content_type="application/problem+json")
