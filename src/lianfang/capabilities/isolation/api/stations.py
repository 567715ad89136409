"""Endpoints of stations."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.posts import unknown
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation.api.forms import (
    ActIn,
    Area,
    Code,
    IsolationFaultOut,
    IsolationRetractedOut,
    IsolationRetractIn,
    IsolationToldOut,
    Text,
    Time,
)
from lianfang.capabilities.isolation.api.orders import fault, told
from lianfang.capabilities.isolation.facts import DUTIES, MOST_STAFF, Mode
from lianfang.capabilities.isolation.queries import stations as queries
from lianfang.capabilities.isolation.queries.station_card import card
from lianfang.capabilities.isolation.service import stations as service
from lianfang.facts.shape import Schema

router = Router(tags=["isolation"])
Count = Annotated[int, Field(ge=0, le=100_000)]
Name = Annotated[str, Field(max_length=64)]


class ParticularsIn(Schema):
    """What is told of a station. Checked row by row: the four duties must each have somebody."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    town: Area
    capacity: Count
    lead: Name = ""
    clinician: Name = ""
    disinfection: Name = ""
    logistics: Name = ""
    mode: Mode = Mode.CENTRAL
    number: Code | None = None
    staff: Annotated[list[Code], Field(max_length=MOST_STAFF)] = Field(default_factory=list)
    """Accounts of those who look after the residents, and so see their names."""


class IsolationStationIn(ParticularsIn, ActIn):
    """With ``station``, the particulars of that one are replaced."""

    station: UUID | None = None


class StationsIn(Schema):
    rows: Annotated[list[dict[str, Any]], Field(max_length=service.MOST_IMPORTED)]


class IsolationWrongOut(Schema):
    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class ImportedOut(Schema):
    opened: int
    changed: int
    unchanged: int
    errors: list[IsolationWrongOut]


class WardIn(ActIn):
    ward: Code
    beds: Annotated[int, Field(ge=0, le=10_000)]
    temporary: bool
    first: date
    last: date | None = None


class LogIn(ActIn):
    day: date
    on_duty: Count
    residents: Count
    said: Text | None = None


class RoundIn(ActIn):
    residents: Count
    unseen: Annotated[list[UUID], Field(max_length=1_000)] = Field(default_factory=list)


class StationMadeOut(Schema):
    id: UUID


class OccupancyOut(Schema):
    permanent: int
    temporary: int
    held: int
    present: int
    in_temporary: int
    free: int
    alarm: bool


class StationOut(Schema):
    id: UUID
    name: str
    number: str | None
    area: str
    town: str
    mode: Mode
    capacity: int
    lead: str
    clinician: str
    disinfection: str
    logistics: str
    staff: list[str]
    opened: AwareDatetime
    closed: AwareDatetime | None
    occupancy: OccupancyOut
    last_round: AwareDatetime | None
    unwatched: int
    """Residents whom nobody has seen within the interval of the policy."""


class StationsOut(Schema):
    stations: list[StationOut]
    total: int


class ResidentOut(Schema):
    person: UUID
    order: UUID
    ward: str | None
    since: AwareDatetime
    entered: AwareDatetime | None
    due_end: AwareDatetime


class RoundOut(Schema):
    fact: UUID
    at: AwareDatetime
    author: str
    residents: int
    unseen: list[UUID]


class GapOut(Schema):
    person: UUID
    since: AwareDatetime
    until: AwareDatetime | None


class WardOut(Schema):
    ward: str
    beds: int
    temporary: bool
    first: date
    last: date | None


class LogOut(Schema):
    day: date
    on_duty: int
    residents: int
    said: str | None
    at: AwareDatetime
    author: str


class StationCardOut(StationOut):
    unknown: list[str]
    """Codes of the duties and the roster behind which there is no account or device that may sign in."""
    names: dict[str, str]
    """What those are called who have a duty, are on the roster or have recorded something, by code."""
    wards: list[WardOut]
    logs: list[LogOut]
    rounds: list[RoundOut]
    gaps: list[GapOut]
    residents: list[ResidentOut]
    contradictions: list[IsolationFaultOut]
    told: list[IsolationToldOut]


@router.get("/stations", response={200: StationsOut, **PROBLEMS}, operation_id="stations")
@answering
def stations(request: HttpRequest, area: Area = "", closed: bool = False) -> StationsOut:
    """The stations of one's divisions, with their places, their last round, and whom nobody has seen in time."""
    found = queries.listed(request.viewer, area=area, now=clock.now(), closed=closed)
    return StationsOut(stations=[_listed(one) for one in found], total=len(found))


@router.post("/stations", response={200: StationMadeOut, **PROBLEMS}, operation_id="open_station")
@answering
def open_station(request: HttpRequest, body: IsolationStationIn) -> StationMadeOut:
    """Open a station, or replace the particulars of one. Needs somebody for each of the four duties."""
    fields = body.fields()
    station = fields.pop("station")
    id = service.open_station(request.viewer, fields, now=clock.now(), station=station, **body.told())
    return StationMadeOut(id=id)


@router.post("/stations/import", response={200: ImportedOut, **PROBLEMS}, operation_id="import_stations")
@answering
def import_stations(request: HttpRequest, body: StationsIn) -> ImportedOut:
    """Open the stations of a list. The same list again changes nothing; what is wrong hinders no other row."""
    done = service.import_stations(request.viewer, body.rows, now=clock.now())
    errors = [IsolationWrongOut(**one._asdict()) for one in done.wrong]
    return ImportedOut(opened=done.opened, changed=done.changed, unchanged=done.unchanged, errors=errors)


@router.get("/stations/{id}", response={200: StationCardOut, **PROBLEMS}, operation_id="station")
@answering
def station(request: HttpRequest, id: UUID, as_of: Time | None = None, known_at: Time | None = None) -> StationCardOut:
    """One station as of a moment, by what was known at a time: places, residents, rounds, gaps, logs."""
    found = card(request.viewer, id, now=clock.now(), as_of=as_of, known_at=known_at)
    its, data = found.station, found.station.data
    assert data is not None and its.opened is not None
    posted = {*(getattr(data, one) for one in DUTIES), *data.staff}
    recorded = {entry.fact.author for entry in found.told}
    return StationCardOut(
        id=id, area=its.area, opened=its.opened, closed=its.closed, occupancy=_occupancy(found.occupancy),
        **data.model_dump(exclude={"batch"}), last_round=found.rounds[0].at if found.rounds else None,
        unwatched=found.unwatched, unknown=unknown(posted),
        names=names_of(posted | recorded),
        wards=[WardOut(**one._asdict()) for one in its.wards],
        logs=[LogOut(**{k: v for k, v in one._asdict().items() if k != "fact"}) for one in its.logs],
        rounds=[RoundOut(**one._asdict()) for one in found.rounds],
        gaps=[GapOut(**one._asdict()) for one in found.gaps],
        residents=[ResidentOut(**one._asdict()) for one in found.residents],
        contradictions=[fault(one) for one in its.faults], told=[told(one) for one in found.told],
    )  # fmt: skip


@router.post("/stations/{id}/close", response={200: StationMadeOut, **PROBLEMS}, operation_id="close_station")
@answering
def close(request: HttpRequest, id: UUID, body: ActIn) -> StationMadeOut:
    """Close a station that nobody is left in."""
    service.close(request.viewer, id, now=clock.now(), **body.told())
    return StationMadeOut(id=id)


@router.post("/stations/{id}/ward", response={200: StationMadeOut, **PROBLEMS}, operation_id="add_ward")
@answering
def ward(request: HttpRequest, id: UUID, body: WardIn) -> StationMadeOut:
    """Add beds: temporary ones are dated and counted apart."""
    service.add_ward(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return StationMadeOut(id=id)


@router.post("/stations/{id}/log", response={200: StationMadeOut, **PROBLEMS}, operation_id="log_station")
@answering
def log(request: HttpRequest, id: UUID, body: LogIn) -> StationMadeOut:
    """Write the log of a day."""
    service.write_log(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return StationMadeOut(id=id)


@router.post("/stations/{id}/round", response={200: StationMadeOut, **PROBLEMS}, operation_id="station_round")
@answering
def go_round(request: HttpRequest, id: UUID, body: RoundIn) -> StationMadeOut:
    """Record a round: who is named was not seen, everybody else was."""
    return StationMadeOut(id=service.go_round(request.viewer, id, body.fields(), now=clock.now(), **body.told()))


@router.post(
    "/stations/{id}/retract", response={200: IsolationRetractedOut, **PROBLEMS}, operation_id="retract_of_station"
)
@answering
def retract(request: HttpRequest, id: UUID, body: IsolationRetractIn) -> IsolationRetractedOut:
    """Take a fact back; taking the retraction back makes it hold again."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), **body.told())
    return IsolationRetractedOut(id=made)


def _listed(one: queries.Listed) -> StationOut:
    row = one.row
    values = {name: getattr(row, name) for name in StationOut.model_fields if hasattr(row, name) and name != "id"}
    return StationOut(
        **values, id=row.subject, occupancy=_occupancy(one.occupancy), last_round=one.last_round,
        unwatched=one.unwatched,
    )  # fmt: skip


def _occupancy(one: queries.Occupancy) -> OccupancyOut:
    return OccupancyOut(**one._asdict(), free=one.free, alarm=one.alarm)
