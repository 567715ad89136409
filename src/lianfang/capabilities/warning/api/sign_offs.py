"""Endpoints of sign-offs of forecasts."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.matrix import called
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.service import signing as service
from lianfang.capabilities.warning.state.sign_off import SignOff
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router()
Word = Annotated[str, Field(max_length=64)]
Reason = Annotated[str, Field(max_length=1_000)]


class ForecastSignedOut(Schema):
    """In which role somebody signed a forecast off, why and when; it may be quoted until the end of ``until``."""

    id: UUID
    role: str
    role_zh: str
    role_en: str
    reason: str
    at: AwareDatetime
    until: date


class ForecastSignOffIn(Schema):
    """``digest``: of the figures that were shown, as ``GET /warning/estimates`` told it for the same day and moment."""

    model_config = ConfigDict(extra="forbid")

    area: Word
    disease: Word = "ncov-2020"
    as_of: date
    known_at: Time | None = None
    digest: Word
    reason: Reason
    id: UUID | None = None


class ForecastSignOffMadeOut(Schema):
    id: UUID


class ForecastWithdrawIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


@router.post(
    "/warning/forecasts/sign-off", response={200: ForecastSignOffMadeOut, **PROBLEMS}, operation_id="sign_off_forecast"
)
@answering
def sign_off_forecast(request: HttpRequest, body: ForecastSignOffIn) -> ForecastSignOffMadeOut:
    """Signs off the forecast of an area as of a day: the figures that were shown may be quoted until the last day that
    they tell of. Any others are internal."""
    return ForecastSignOffMadeOut(id=service.sign_off(request.viewer, **body.model_dump(), now=clock.now()))


@router.post(
    "/warning/forecasts/{uuid:id}/withdraw", response={204: None, **PROBLEMS}, operation_id="withdraw_forecast"
)
@answering
def withdraw_forecast(request: HttpRequest, id: UUID, body: ForecastWithdrawIn) -> Status[None]:
    """Takes a sign-off back, with the reason: the forecast is internal again."""
    service.withdraw(request.viewer, id, body.reason, now=clock.now())
    return Status(204, None)


def signed_out(of: SignOff | None) -> ForecastSignedOut | None:
    """A sign-off with the words of its role."""
    if of is None:
        return None
    zh, en = called(of.data.role)
    return ForecastSignedOut(
        id=of.subject, role=of.data.role, role_zh=zh, role_en=en, reason=of.data.reason, at=of.signed_at,
        until=of.data.until,
    )  # fmt: skip
