"""Hospitals, their wards and beds. A clinic is a hospital of a lower level; a bed belongs to one hospital for good."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.facts.fact import Code, Day, FactData, PlaceName

MOST_SPECIALTIES: Final = 32

Name = Annotated[PlaceName, Field(min_length=1, pattern=r"\S")]


class HospitalLevel(StrEnum):
    """How much a hospital can do, from a clinic to a hospital of the third grade."""

    CLINIC = "clinic"
    COMMUNITY = "community"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


class BedType(StrEnum):
    GENERAL = "general"
    ISOLATION = "isolation"
    ICU = "icu"
    VENTILATOR = "ventilator"


def bed_id(hospital: UUID, number: str) -> UUID:
    """The id of the bed of a number, which is its own within its hospital."""
    return uuid5(hospital, number)


class HospitalRegistered(FactData, kind="hospital.registered", version=1, founds=True):
    """A hospital, or other particulars of one that is known. ``code`` is the one that cases have it by; ``designated``
    for the disease; ``severe``: qualified to treat severe and critical cases."""

    code: Code
    zh: Name
    en: PlaceName = ""
    level: HospitalLevel
    designated: bool
    severe: bool
    specialties: Annotated[tuple[Code, ...], Field(max_length=MOST_SPECIALTIES)] = ()
    """Of the policy's specialties, by their codes."""


class HospitalClosed(FactData, kind="hospital.closed", version=1):
    """It takes in nobody any more."""


class HospitalWardOpened(FactData, kind="hospital.ward_opened", version=1):
    """A ward of the hospital, or other names of one."""

    ward: Code
    zh: Name
    en: PlaceName = ""


class BedOpened(FactData, kind="bed.opened", version=1, founds=True):
    """A bed can be used from ``first`` to ``last``, both included. Temporary ones have a last day and are counted apart
    from permanent ones. The subject is the bed."""

    hospital: UUID
    ward: Code
    number: Code
    type: BedType
    temporary: bool = False
    first: Day
    last: Day | None = None


class BedClosed(FactData, kind="bed.closed", version=1):
    """Nobody is put into the bed any more."""
