"""Endpoints of households."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.screening.api.shapes import (
    After,
    Area,
    AreaCode,
    GridOut,
    HouseholdLineOut,
    HouseholdOut,
    HouseholdOutcomeOut,
    Named,
    Purpose,
    ScreeningActIn,
    ScreeningFaultOut,
    ScreeningRoundOut,
    Time,
    fault_out,
    grid_out,
    household_fields,
    line_out,
    name_of,
    outcome_out,
    round_out,
)
from lianfang.capabilities.screening.facts import People, Site
from lianfang.capabilities.screening.models import ResidentRow, VisitRow
from lianfang.capabilities.screening.queries import households as queries
from lianfang.capabilities.screening.queries.households import PAGE, HouseholdState, Wanted
from lianfang.capabilities.screening.queries.own import sees_health
from lianfang.capabilities.screening.queries.rounds import holders
from lianfang.capabilities.screening.service import importing, registering
from lianfang.facts.shape import Schema

router = Router(tags=["screening"])
Limit = Annotated[int, Field(ge=1, le=queries.MOST_ON_A_PAGE)]


class HouseholdsIn(Schema):
    """What the list is narrowed to. With a ``purpose``, who is missing is named where the role sees names; the look is
    on record."""

    area: Area = ""
    grid: UUID | None = None
    round: UUID | None = None
    state: HouseholdState | None = None
    person: UUID | None = None
    after: After = ""
    limit: Limit = PAGE
    purpose: Purpose = ""


class HouseholdsOut(Schema):
    households: list[HouseholdLineOut]
    after: str | None
    total: int
    round: ScreeningRoundOut | None


class HouseholdIn(ScreeningActIn):
    """With ``household``, the registration of that one is corrected."""

    household: UUID | None = None
    community: AreaCode
    grid: UUID
    building: Named | None = None
    unit: Named | None = None
    door: Named
    site: Site | None = None
    expected: People | None = None
    at: Time | None = None


class HouseholdMadeOut(Schema):
    id: UUID


HEALTH = ("unwell_at", "disposition", "disposed_at")


class HouseholdRowsIn(Schema):
    """Rows of a spreadsheet: ``community`` (a code), ``grid`` (its name), ``building``, ``unit``, ``door``, ``site`` (a
    word), ``expected``. Checked row by row."""

    rows: Annotated[list[dict[str, Any]], Field(max_length=importing.MOST)]


class HouseholdWrongOut(Schema):
    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class HouseholdsImportedOut(Schema):
    grids: int
    added: int
    changed: int
    unchanged: int
    errors: list[HouseholdWrongOut]


class HouseholdResidentOut(Schema):
    """Somebody who lives there, lived there or was met there. ``times`` counts the visits at which one was seen. When
    one was unwell, and what was arranged, is told to who sees health."""

    person: UUID
    name: str | None
    member: bool
    joined_at: AwareDatetime | None
    left_at: AwareDatetime | None
    came_from: str | None
    arrived: date | None
    times: int
    first_at: AwareDatetime | None
    last_at: AwareDatetime | None
    unwell_at: AwareDatetime | None
    disposition: str | None
    disposed_at: AwareDatetime | None


class SeenOut(Schema):
    person: UUID
    result: str
    temp_c: float | None
    symptoms: list[str]


class VisitOut(Schema):
    """One visit. ``counts`` is false where it is not of the round that it names, which a fault tells. ``members`` is
    None to who does not see health."""

    fact: UUID
    round: UUID
    at: AwareDatetime
    author: str
    outcome: str
    counts: bool
    members: list[SeenOut] | None
    outsiders: int | None
    evidence: str
    minutes: float | None
    form: int
    follower: str
    escalated_to: str
    vacancy: str


class HouseholdCardOut(HouseholdOut):
    of_grid: GridOut | None
    names: dict[str, str]
    residents: list[HouseholdResidentOut]
    visits: list[VisitOut]
    outcomes: list[HouseholdOutcomeOut]
    faults: list[ScreeningFaultOut]


@router.post("/households/list", response={200: HouseholdsOut, **PROBLEMS}, operation_id="households")
@answering
def list_households(request: HttpRequest, body: HouseholdsIn) -> HouseholdsOut:
    """Households by where they lie, each with where it stands in the round."""
    wanted = Wanted(body.area, body.grid, body.round, body.state, body.person)
    return _page(request, wanted, body.after, body.limit, body.purpose)


@router.get("/coverage/missing", response={200: HouseholdsOut, **PROBLEMS}, operation_id="missing_households")
@answering
def list_missing(
    request: HttpRequest, area: Area = "", round: Annotated[UUID | None, Query()] = None,
    grid: Annotated[UUID | None, Query()] = None, state: HouseholdState = HouseholdState.MISSING, after: After = "",
    limit: Limit = PAGE,
) -> HouseholdsOut:  # fmt: skip
    """Who has no outcome in a round: households, and of each the members who were not seen."""
    return _page(request, Wanted(area, grid, round, state), after, limit, "")


def _page(request: HttpRequest, wanted: Wanted, after: str, limit: int, purpose: str) -> HouseholdsOut:
    page = queries.listed(request.viewer, wanted, after=after, limit=limit)
    missing = [person for line in page.lines for person in line.missing]
    people = queries.names(request.viewer, missing, purpose, now=clock.now()) if purpose else {}
    health = sees_health(request.viewer)
    return HouseholdsOut(
        households=[line_out(line, people, health) for line in page.lines], after=page.after, total=page.total,
        round=round_out(page.round) if page.round else None,
    )  # fmt: skip


@router.post("/households/import", response={200: HouseholdsImportedOut, **PROBLEMS}, operation_id="import_households")
@answering
def import_households(request: HttpRequest, body: HouseholdRowsIn) -> HouseholdsImportedOut:
    """Put the households of a list on the register, with grids that are not there yet; the same list again changes
    nothing."""
    one = importing.import_households(request.viewer, body.rows, now=clock.now())
    errors = [HouseholdWrongOut(**wrong._asdict()) for wrong in one.wrong]
    return HouseholdsImportedOut(
        grids=one.grids, added=one.added, changed=one.changed, unchanged=one.unchanged, errors=errors
    )


@router.get("/households/{id}", response={200: HouseholdCardOut, **PROBLEMS}, operation_id="household")
@answering
def show_household(request: HttpRequest, id: UUID, purpose: Purpose = "") -> HouseholdCardOut:
    """A household: who lives there, each visit, where it stands in each round, what is wrong. With a ``purpose``, the
    names that the role sees; the look is on record."""
    card = queries.card(request.viewer, id)
    health = sees_health(request.viewer)
    ids = [one.person for one in card.residents]
    people = queries.names(request.viewer, ids, purpose, now=clock.now()) if purpose else {}
    return HouseholdCardOut(
        **household_fields(card.row),
        of_grid=grid_out(card.grid, 0, 0) if card.grid else None,
        names=holders(request.viewer, [card.grid.holder] if card.grid else []),
        residents=[_resident(card, one, name_of(people.get(one.person)), health) for one in card.residents],
        visits=[_visit(one, health) for one in card.visits],
        outcomes=[outcome_out(one, health) for one in card.outcomes],
        faults=[fault_out((one.fact, one.field, one.reason)) for one in card.faults],
    )


@router.post("/households", response={200: HouseholdMadeOut, **PROBLEMS}, operation_id="register_household")
@answering
def register_household(request: HttpRequest, body: HouseholdIn) -> HouseholdMadeOut:
    """Put a household on the register, or correct the registration of one."""
    fields = body.model_dump(exclude={"household", "fact", "at"})
    made = registering.register_household(
        request.viewer, fields, household=body.household, fact=body.fact, at=body.at, now=clock.now()
    )
    return HouseholdMadeOut(id=made)


def _resident(card: queries.Card, row: ResidentRow, name: str | None, health: bool) -> HouseholdResidentOut:
    seen = card.seen(row.person)
    first, last = (seen[0], seen[-1]) if seen else (None, None)
    told = {"name": name, "times": len(seen), "first_at": first, "last_at": last}
    told |= {field: getattr(row, field) for field in HouseholdResidentOut.model_fields if field not in told}
    return HouseholdResidentOut(**told | ({} if health else dict.fromkeys(HEALTH)))


def _visit(row: VisitRow, health: bool) -> VisitOut:
    told = {field: getattr(row, field) for field in VisitOut.model_fields if field != "members"}
    names = tuple(SeenOut.model_fields)
    seen = [SeenOut(**dict(zip(names, one, strict=True))) for one in row.members] if health else None
    return VisitOut(members=seen, **told)
