"""The endpoint of sequenced genomes."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.queries.sequences import sequences as ask
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router()
Word = Annotated[str, Field(max_length=64)]


class SequenceOut(Schema):
    """A genome, of a human host or of the environment; nothing of the person or of the sample's number."""

    accession: str
    archive: str | None
    lineage: str | None
    disease: str
    host: Literal["human", "environment"]
    specimen: str
    sampled_on: date
    province: str | None
    province_zh: str | None
    province_en: str | None


class SequencesOut(Schema):
    area: str
    sequences: list[SequenceOut]


@router.get("/sequences", response={200: SequencesOut, **PROBLEMS}, operation_id="sequences")
@answering
def sequences(
    request: HttpRequest, area: Word = "", disease: Word = "", format: Literal["json", "csv"] = "json"
) -> SequencesOut | HttpResponse:
    """Metadata of the genomes read from samples of an area, for exchange with others: without personal data."""
    gazetteer, found = current_gazetteer(), []
    for one in ask(request.viewer, area, disease):
        its = gazetteer.division(one.province) if one.province else None
        found.append(
            SequenceOut(
                **one._asdict(), province_zh=its.name if its else None,
                province_en=(its.en or its.pinyin) if its else None,
            )
        )  # fmt: skip
    if format == "json":
        return SequencesOut(area=area, sequences=found)
    lines = io.StringIO()
    writer: Any = csv.DictWriter(lines, list(SequenceOut.model_fields))
    writer.writeheader()
    writer.writerows(one.model_dump() for one in found)
    headers = {"Content-Disposition": 'attachment; filename="sequences.csv"'}
    return HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
