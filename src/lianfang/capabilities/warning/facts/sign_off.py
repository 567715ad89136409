"""The kinds of fact by which a forecast is signed off. The subject is the sign-off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lianfang.capabilities.warning.facts.restriction import Reason
from lianfang.facts.fact import Code, Day, FactData, Time


class ForecastSignedOff(FactData, kind="forecast.signed_off", version=1, founds=True):
    """The forecast of a disease in the division may be quoted until the end of ``until``: the one as of the day
    ``as_of``, by what was known at ``known_at`` (None: when it was signed off), from the facts up to ``seq``, by the
    terms ``edition``. ``digest`` is of its figures (``rules/sign_off.py``): others are another forecast."""

    disease: Code
    as_of: Day
    known_at: Time | None
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    edition: Code
    digest: Code
    reason: Reason
    role: Code
    until: Day


class SignOffWithdrawn(FactData, kind="forecast.sign_off_withdrawn", version=1):
    """A forecast that was signed off is internal again."""

    reason: Reason
    role: Code
