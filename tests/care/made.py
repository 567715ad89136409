"""Hospitals, beds and patients for trials of beds, by way of the routes."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class, ClinicalSeverity, SeverityAssessed
from tests.access.made import OWN as WUHUA
from tests.access.made import viewer
from tests.cases import made as cases
from tests.gates.made import Desk

OFFICER = viewer("county_duty_officer", author="officer")
DOCTOR = viewer("clinic_doctor", author="doctor")
ABOVE = viewer("duty_officer", "530000", author="above")
FAR, FAR_OFFICER = "530302", viewer("county_duty_officer", "530302", author="far-officer")


@pytest.fixture
def ward(database: Any) -> Desk:
    return Desk()


def a_hospital(
    desk: Desk, beds: dict[str, int] | None = None, *, who: Viewer = OFFICER, area: str = WUHUA, **other: Any
) -> UUID:
    """A designated hospital, qualified for severe cases, with beds by type."""
    id = uuid4()
    told = {"id": id, "area": area, "code": f"h-{str(id)[:8]}", "zh": "市定点医院", "en": "City Hospital"}
    desk.done("/hospitals", {**told, "level": "tertiary", "designated": True, "severe": True, **other}, who)
    for type, n in (beds if beds is not None else {"isolation": 1}).items():
        open_beds(desk, id, [f"{type[:3]}-{one + 1}" for one in range(n)], who=who, type=type)
    return id


def open_beds(desk: Desk, hospital: UUID, numbers: list[str], *, who: Viewer = OFFICER, **other: Any) -> list[str]:
    body = {"ward": "w1", "numbers": numbers, "type": "isolation", "first": "2020-01-20", **other}
    found: list[str] = desk.done(f"/hospitals/{hospital}/beds", body, who)["beds"]
    return found


def a_case(severity: ClinicalSeverity | None = None, area: str = WUHUA, **other: Any) -> UUID:
    """A suspected case that is in no hospital."""
    case = cases.reported(Class.SUSPECTED, area=area, **other)
    if severity is not None:
        cases.act(case, SeverityAssessed, at=cases.hours(0.2), who=cases.viewer(area=area), severity=severity)
    return case


def claim(hospital: UUID, case: UUID | None = None, **other: Any) -> dict[str, Any]:
    """A claim as sent."""
    whom: dict[str, Any] = {"case": case} if case else {"person": uuid4()}
    return {"hospital": hospital, "type": "isolation", "stay": uuid4(), **whom, **other}


def places(desk: Desk, hospital: UUID, type: str = "isolation", who: Viewer = OFFICER) -> dict[str, int]:
    """The beds of a type of a hospital."""
    found = desk.get(f"/hospitals/{hospital}", who).json()["places"]
    return next(one for one in found if one["type"] == type)
