"""The endpoint of what inspectors ask about besides what they find."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.oversight.queries import inspections as queries
from lianfang.facts.shape import Schema

router = Router(tags=["oversight"])
Area = Annotated[str, Field(max_length=64)]


class UndissuadedOut(Schema):
    id: UUID
    area: str
    began: AwareDatetime
    due: AwareDatetime


class StillMeasureOut(Schema):
    """``since``: the last that any unit told of it, else its start."""

    id: UUID
    area: str
    number: int
    zh: str
    en: str
    since: AwareDatetime


class UndoneOut(Schema):
    gatherings: list[UndissuadedOut]
    measures: list[StillMeasureOut]
    stale_h: int


@router.get("/inspections/undone", response={200: UndoneOut, **PROBLEMS}, operation_id="undone")
@answering
def undone(request: HttpRequest, area: Area) -> UndoneOut:
    """Known gatherings that nobody dissuaded in time; measures in force without progress."""
    found = queries.undone(request.viewer, area, clock.now())
    return UndoneOut(
        gatherings=[UndissuadedOut(**one._asdict()) for one in found.gatherings],
        measures=[StillMeasureOut(**one._asdict()) for one in found.measures], stale_h=found.stale_h,
    )  # fmt: skip
