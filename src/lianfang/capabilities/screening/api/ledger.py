"""Endpoints of grids, rounds and coverage."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.screening.api.shapes import (
    Area,
    AreaCode,
    Code,
    GridOut,
    Grids,
    Named,
    ScreeningActIn,
    ScreeningCheckOut,
    ScreeningRoundOut,
    Time,
    checks_out,
    grid_out,
    round_out,
)
from lianfang.capabilities.screening.facts import Duty, Site
from lianfang.capabilities.screening.queries import coverage as ledgers
from lianfang.capabilities.screening.queries import rounds as queries
from lianfang.capabilities.screening.rules.policy import sites
from lianfang.capabilities.screening.service import grids as giving
from lianfang.capabilities.screening.service import registering
from lianfang.capabilities.screening.service import rounds as service
from lianfang.facts.shape import Schema

router = Router(tags=["screening"])


class TenureOut(Schema):
    """Who had a grid, or a building or unit of it, from when until when (None: still), and who said so."""

    to: str
    duty: str
    building: str
    unit: str
    begins: AwareDatetime
    ends: AwareDatetime | None
    by: str


class GridCardOut(GridOut):
    tenures: list[TenureOut]
    names: dict[str, str]


class SiteOut(Schema):
    code: str
    zh: str
    en: str


class GridsOut(Schema):
    """``names``: what holders are called, by code, for whoever gives grids to somebody."""

    grids: list[GridOut]
    sites: list[SiteOut]
    names: dict[str, str]


class GridIn(Schema):
    model_config = ConfigDict(extra="forbid")

    community: AreaCode
    name: Named
    site: Site = Site.COMMUNITY


class GridsAssignIn(Schema):
    model_config = ConfigDict(extra="forbid")

    grids: Annotated[Grids, Field(min_length=1)]
    to: Code
    duty: Duty = Duty.GRID_WORKER
    building: Named | None = None
    unit: Named | None = None


class GridsHandOverIn(Schema):
    """Without grids, all that the giver has in the viewer's divisions."""

    model_config = ConfigDict(extra="forbid")

    giver: Code
    to: Code
    grids: Grids = Field(default_factory=list)


class GridsChangedOut(Schema):
    changed: list[UUID]


class GridMadeOut(Schema):
    id: UUID


class ScreeningRoundsOut(Schema):
    rounds: list[ScreeningRoundOut]


class ScreeningRoundIn(ScreeningActIn):
    """The round ``number`` of a division; given again while it is open, its end is moved."""

    area: AreaCode
    number: Annotated[int, Field(ge=1, le=999)]
    due: Time


class ScreeningRoundMadeOut(Schema):
    id: UUID


class NumberOut(Schema):
    """A number with what it counts: 户 households, 人 persons, 人次 person-times. Numbers of two kinds are never added
    to, compared with or divided by each other."""

    n: int
    unit: Literal["户", "人", "人次"]


class LedgerOut(Schema):
    """Households: ``registered`` = ``done`` + ``not_met`` + ``refused`` + ``vacant`` + ``missing``. Members: ``due`` =
    ``seen`` + ``away`` + ``left`` + ``excused`` + ``unseen``. ``covered`` is done over registered, 0 to 1; None where
    nothing is on the register. ``reference`` is what another source counts of households."""

    registered: int
    done: int
    not_met: int
    refused: int
    vacant: int
    missing: int
    open: int
    found: int
    covered: float | None
    due: int
    seen: int
    away: int
    left: int
    excused: int
    unseen: int
    unwell: int | None
    visits: int
    person_times: NumberOut
    without_evidence: int
    grids: int
    unassigned: int
    reference: int | None


class PartOut(Schema):
    code: str
    grid: UUID | None
    name: str
    holder: str
    ledger: LedgerOut


class CoverageOut(Schema):
    area: str
    round: ScreeningRoundOut | None
    previous: ScreeningRoundOut | None
    whole: LedgerOut
    parts: list[PartOut]
    grids: list[PartOut]
    faults: int
    checks: list[ScreeningCheckOut]
    unplaced: int
    names: dict[str, str]


@router.get("/grids", response={200: GridsOut, **PROBLEMS}, operation_id="grids")
@answering
def list_grids(request: HttpRequest, area: Area = "", unassigned: bool = False) -> GridsOut:
    """The grids that one is shown, with who has each and how large it is."""
    found = queries.grids(request.viewer, area, unassigned=unassigned)
    return GridsOut(
        grids=[grid_out(one.row, one.households, one.members) for one in found],
        sites=[SiteOut(code=site, zh=title.zh[0], en=title.en[0]) for site, title in sites().items()],
        names=queries.holders(request.viewer, {one.row.holder for one in found}),
    )


@router.post("/grids", response={200: GridMadeOut, **PROBLEMS}, operation_id="register_grid")
@answering
def register_grid(request: HttpRequest, body: GridIn) -> GridMadeOut:
    """Register a grid of a community; again with another kind of site, it is corrected."""
    return GridMadeOut(id=registering.register_grid(request.viewer, body.model_dump(), now=clock.now()))


@router.post("/grids/assign", response={200: GridsChangedOut, **PROBLEMS}, operation_id="assign_grids")
@answering
def assign_grids(request: HttpRequest, body: GridsAssignIn) -> GridsChangedOut:
    """Give grids, or a building or unit of one, to an account or a post, all or none."""
    return GridsChangedOut(
        changed=giving.assign(
            request.viewer, body.to, body.grids, duty=body.duty, building=body.building, unit=body.unit,
            now=clock.now(),
        )
    )  # fmt: skip


@router.post("/grids/hand-over", response={200: GridsChangedOut, **PROBLEMS}, operation_id="hand_over_grids")
@answering
def hand_over_grids(request: HttpRequest, body: GridsHandOverIn) -> GridsChangedOut:
    """Give on what somebody has, with everything that is open in it."""
    return GridsChangedOut(changed=giving.hand_over(request.viewer, body.giver, body.to, body.grids, now=clock.now()))


@router.get("/grids/{id}", response={200: GridCardOut, **PROBLEMS}, operation_id="grid")
@answering
def show_grid(request: HttpRequest, id: UUID) -> GridCardOut:
    """A grid, and who had it when."""
    one = queries.grid(request.viewer, id)
    names = list(TenureOut.model_fields)
    told = [TenureOut(**{name: getattr(row, name) for name in names}) for row in one.tenures]
    had = {one.row.holder, *(code for row in told for code in (row.to, row.by))}
    its = grid_out(one.row, one.households, one.members)
    return GridCardOut(**its.model_dump(), tenures=told, names=queries.holders(request.viewer, had))


@router.get("/rounds", response={200: ScreeningRoundsOut, **PROBLEMS}, operation_id="rounds")
@answering
def list_rounds(request: HttpRequest, area: Area = "", open: bool = False) -> ScreeningRoundsOut:
    """The rounds of an area and of the divisions around it, the newest first."""
    found = queries.rounds(request.viewer, area, open_only=open)
    return ScreeningRoundsOut(rounds=[round_out(*one) for one in found])


@router.post("/rounds", response={200: ScreeningRoundMadeOut, **PROBLEMS}, operation_id="open_round")
@answering
def open_round(request: HttpRequest, body: ScreeningRoundIn) -> ScreeningRoundMadeOut:
    """Open a round of a division in which every grid has somebody, or move the end of the one that is open."""
    made = service.open_round(request.viewer, body.area, body.number, body.due, fact=body.fact, now=clock.now())
    return ScreeningRoundMadeOut(id=made)


@router.post("/rounds/{id}/close", response={200: CoverageOut, **PROBLEMS}, operation_id="close_round")
@answering
def close_round(request: HttpRequest, id: UUID, body: ScreeningActIn) -> CoverageOut:
    """Close a round in which nobody is missing. Refused with how many are, else."""
    return coverage_out(request.viewer, service.close(request.viewer, id, fact=body.fact, now=clock.now()))


@router.get("/coverage", response={200: CoverageOut, **PROBLEMS}, operation_id="coverage")
@answering
def coverage(request: HttpRequest, area: Area = "", round: Annotated[UUID | None, Query()] = None) -> CoverageOut:
    """The ledger of an area, and of each of its parts, in a round; by default the one that it is in."""
    return coverage_out(request.viewer, ledgers.coverage(request.viewer, area, round))


def coverage_out(viewer: Viewer, one: ledgers.Coverage) -> CoverageOut:
    return CoverageOut(
        area=one.area,
        round=round_out(one.round, one.whole.registered, one.whole.done, _ended(one.whole)) if one.round else None,
        previous=round_out(one.previous) if one.previous else None,
        whole=_ledger(one.whole),
        parts=[_part(part) for part in one.parts],
        grids=[_part(part) for part in one.grids],
        faults=one.faults,
        checks=checks_out(one.checks),
        unplaced=one.unplaced,
        names=queries.holders(viewer, {part.holder for part in one.grids}),
    )


def _ended(one: ledgers.Ledger) -> int:
    return one.registered - one.missing


def _part(part: ledgers.Part) -> PartOut:
    return PartOut(
        code=part.code, grid=part.grid, name=part.name, holder=part.holder, ledger=_ledger(part.ledger)
    )  # fmt: skip


def _ledger(one: ledgers.Ledger) -> LedgerOut:
    told = one._asdict() | {"person_times": NumberOut(n=one.person_times, unit="人次"), "covered": one.covered}
    return LedgerOut(**told)
