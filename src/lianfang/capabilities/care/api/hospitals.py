"""Endpoints of hospitals and beds."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.bed_shapes import (
    BedHospitalOut,
    BedOut,
    BedsIn,
    BedsOut,
    CensusesOut,
    CensusOut,
    HospitalCardOut,
    HospitalClosedIn,
    HospitalIn,
    HospitalsOut,
    HospitalWardIn,
    HospitalWardOut,
    PlacesOut,
    SpecialtyOut,
)
from lianfang.capabilities.care.api.forms import Area, CareMadeOut, CareRetractIn
from lianfang.capabilities.care.models import HospitalRow
from lianfang.capabilities.care.queries import hospitals as queries
from lianfang.capabilities.care.rules.beds import specialties
from lianfang.capabilities.care.service import hospitals as service
from lianfang.capabilities.isolation.queries.own import last_own

router = Router(tags=["care"])
Days = Annotated[int, Field(ge=1, le=queries.MOST_DAYS)]


@router.get("/hospitals", response={200: HospitalsOut, **PROBLEMS}, operation_id="hospitals")
@answering
def hospitals(request: HttpRequest, area: Area = "", closed: bool = False) -> HospitalsOut:
    """The hospitals of one's divisions, and of each type of bed how many there are, are taken and are free."""
    found = queries.listed(request.viewer, area=area, closed=closed, now=clock.now())
    return HospitalsOut(
        hospitals=[hospital_out(one.row, one.places) for one in found],
        places=_places(queries.in_all(one.places for one in found)), known_specialties=_specialties(),
    )  # fmt: skip


@router.get("/hospitals/census", response={200: CensusesOut, **PROBLEMS}, operation_id="bed_census")
@answering
def census(request: HttpRequest, area: Area = "", hospital: UUID | None = None, days: Days = 14) -> CensusesOut:
    """How many beds of each type were taken at the censuses of the last days."""
    found = queries.census(request.viewer, area=area, hospital=hospital, days=days, now=clock.now())
    return CensusesOut(counts=[CensusOut(**one._asdict()) for one in found])


@router.post("/hospitals", response={200: CareMadeOut, **PROBLEMS}, operation_id="register_hospital")
@answering
def register(request: HttpRequest, body: HospitalIn) -> CareMadeOut:
    """Register a hospital, or replace the particulars of one."""
    fields = body.model_dump(exclude={"id", "area", "fact"})
    fact = service.register(request.viewer, body.id, body.area, fields, now=clock.now(), fact=body.fact)
    return CareMadeOut(id=body.id, fact=fact)


@router.get("/hospitals/{id}", response={200: HospitalCardOut, **PROBLEMS}, operation_id="hospital")
@answering
def hospital(request: HttpRequest, id: UUID) -> HospitalCardOut:
    """One hospital with its wards and beds."""
    found = queries.hospital_card(request.viewer, id, now=clock.now())
    beds = [
        BedOut(
            id=one.subject, ward=one.ward, number=one.number, type=one.type, temporary=one.temporary, first=one.first,
            last=one.last, stay=one.stay, entered=one.entered,
        )
        for one in found.beds
    ]  # fmt: skip
    return HospitalCardOut(
        **hospital_out(found.row, found.places).model_dump(), beds=beds,
        wards=[HospitalWardOut(ward=one.ward, zh=one.zh, en=one.en) for one in found.wards],
        known_specialties=_specialties(), undo=last_own(request.viewer, [id]).get(id),
    )  # fmt: skip


@router.post("/hospitals/{id}/close", response={200: CareMadeOut, **PROBLEMS}, operation_id="close_hospital")
@answering
def close(request: HttpRequest, id: UUID, body: HospitalClosedIn) -> CareMadeOut:
    """Close a hospital in which no bed is held."""
    return CareMadeOut(id=id, fact=service.close(request.viewer, id, now=clock.now(), fact=body.fact))


@router.post("/hospitals/{id}/wards", response={200: CareMadeOut, **PROBLEMS}, operation_id="open_hospital_ward")
@answering
def open_ward(request: HttpRequest, id: UUID, body: HospitalWardIn) -> CareMadeOut:
    """Open a ward."""
    fields = body.model_dump(exclude={"fact"})
    return CareMadeOut(id=id, fact=service.open_ward(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post("/hospitals/{id}/beds", response={200: BedsOut, **PROBLEMS}, operation_id="open_beds")
@answering
def open_beds(request: HttpRequest, id: UUID, body: BedsIn) -> BedsOut:
    """Open beds. The same again changes nothing."""
    fields = body.model_dump(exclude={"numbers"})
    return BedsOut(beds=service.open_beds(request.viewer, id, body.numbers, fields, now=clock.now()))


@router.post("/hospitals/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_hospital")
@answering
def retract(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was said of a hospital by mistake."""
    fact = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


@router.post("/beds/{id}/close", response={200: CareMadeOut, **PROBLEMS}, operation_id="close_bed")
@answering
def close_bed(request: HttpRequest, id: UUID, body: HospitalClosedIn) -> CareMadeOut:
    """Close a bed in which nobody lies."""
    return CareMadeOut(id=id, fact=service.close_bed(request.viewer, id, now=clock.now(), fact=body.fact))


def hospital_out(row: HospitalRow, places: queries.ByType) -> BedHospitalOut:
    """A hospital as it is answered."""
    return BedHospitalOut(
        id=row.subject, area=row.area, code=row.code, zh=row.zh, en=row.en, level=row.level,
        designated=row.designated, severe=row.severe, specialties=row.specialties, closed=row.closed,
        places=_places(queries.in_all([places])),
    )  # fmt: skip


def _specialties() -> list[SpecialtyOut]:
    return [SpecialtyOut(code=code, zh=one.zh, en=one.en) for code, one in specialties().items()]


def _places(places: queries.ByType) -> list[PlacesOut]:
    return [
        PlacesOut(
            type=type, permanent=one.permanent, temporary=one.temporary, held=one.held, present=one.present,
            free=one.free, overdue=one.overdue,
        )
        for type, one in places.items()
    ]  # fmt: skip
