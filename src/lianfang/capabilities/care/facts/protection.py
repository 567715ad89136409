"""The kinds of fact about the protection of those who care: equipment, exposures, infections. No member of staff is
named."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.facts.fact import Code, FactData

_NAMES = UUID("6b7a1d54-0ce5-5d0c-8f1c-9d5e4a7b3c21")
Pieces = Annotated[int, Field(ge=0, le=100_000_000)]


class ExposureRoute(StrEnum):
    """How somebody of the staff was exposed."""

    SPLASH = "splash"
    NEEDLE = "needle"
    BREACH = "breach"
    UNPROTECTED = "unprotected"


class ExposureOutcome(StrEnum):
    WELL = "well"
    INFECTED = "infected"


class ProtectionStated(FactData, kind="protection.stated", version=1, founds=True):
    """A facility says how much of an item of protection it has, in pieces, and how many a day uses up."""

    facility: UUID
    item: Code
    stock: Pieces
    used_per_day: Pieces


class StaffExposed(FactData, kind="staff.exposed", version=1, founds=True):
    """Somebody of the staff of a facility was exposed. The subject is the exposure."""

    facility: UUID
    how: ExposureRoute
    high_risk: bool


class ExposureClosed(FactData, kind="staff.exposure_closed", version=1):
    """What came of it, at the end of the observation or before."""

    outcome: ExposureOutcome


def protection_id(facility: UUID, item: str) -> UUID:
    """What stands for an item at a facility."""
    return uuid5(_NAMES, f"protection|{facility}|{item}")
