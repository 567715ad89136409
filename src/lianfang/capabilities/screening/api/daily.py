"""Endpoints of daily reports and of who arrived."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.screening.api.ledger import NumberOut
from lianfang.capabilities.screening.api.shapes import Area, AreaCode, ScreeningActIn, day_or
from lianfang.capabilities.screening.facts import Disposals
from lianfang.capabilities.screening.queries import daily as queries
from lianfang.capabilities.screening.rules.counts import Counted as Number
from lianfang.capabilities.screening.rules.daily import Category, Reporting
from lianfang.capabilities.screening.service import reporting as service
from lianfang.facts.fact import Day
from lianfang.facts.shape import Schema

router = Router(tags=["screening"])


class DailyFiguresOut(Schema):
    """Person-times by where people came from; persons with symptoms, who are those of ``disposals`` summed.
    ``from_outside`` is the sum of the first two."""

    households: int
    from_listed: NumberOut
    from_elsewhere: NumberOut
    from_outside: NumberOut
    local: NumberOut
    unwell: NumberOut
    disposals: Disposals


class DailyUnitOut(Schema):
    """A community. ``figures`` are as it reported them; None where it has not, which is not zero."""

    area: str
    state: Reporting
    first_at: AwareDatetime | None
    at: AwareDatetime | None
    author: str
    reason: str | None
    figures: DailyFiguresOut | None


class DailyWaitingOut(Schema):
    household: UUID
    person: UUID
    unwell_at: AwareDatetime


class DailyCountedOut(Schema):
    """What a community's records of a day come to, and what stands in the way of its report."""

    figures: DailyFiguresOut
    zero: bool
    undisposed: list[DailyWaitingOut]
    unresolved: list[UUID]


class DailyOut(Schema):
    day: date
    due: AwareDatetime
    states: dict[Reporting, int]
    sums: DailyFiguresOut
    units: list[DailyUnitOut]
    counted: DailyCountedOut | None
    """Of one community: what its records come to now."""


class DailyReportIn(ScreeningActIn):
    """``zero`` says that there was nothing. ``reason``: why nothing was arranged for somebody with symptoms."""

    area: AreaCode
    day: Day
    zero: bool = False
    reason: Annotated[str, Field(max_length=2_000)] | None = None


class MissedOut(Schema):
    """Somebody on a manifest who is in no household's record."""

    arrival: UUID
    person: UUID
    area: str
    arrived: AwareDatetime


class WaitedOut(MissedOut):
    """Somebody who was not seen at the door within the policy's hours; ``screened_at`` where it was later."""

    screened_at: AwareDatetime | None


class TimelyOut(Schema):
    """How soon those who were listed for a community were seen at the door; ``median_hours`` from arrival, None where
    nobody was seen."""

    area: str
    listed: int
    screened: int
    within_hours: int
    median_hours: float | None


class ArrivedOut(Schema):
    """In persons: ``matched`` + ``manifest_only`` + ``community_only`` = ``union``. Of the listed, ``screened`` were
    seen at the door, ``within_hours`` of them within the policy's hours."""

    matched: int
    manifest_only: int
    community_only: int
    union: int
    screened: int
    within_hours: int
    median_hours: float | None
    communities: list[TimelyOut]
    missed: list[MissedOut]
    waited: list[WaitedOut]


@router.get("/screening/report", response={200: DailyOut, **PROBLEMS}, operation_id="screening_report")
@answering
def show_report(request: HttpRequest, area: Area = "", day: Annotated[Day | None, Query()] = None) -> DailyOut:
    """The reports of a day: who has reported, who is late, and the sums."""
    now = clock.now()
    one = queries.daily(request.viewer, day_or(day, now), area, now=now)
    single = len(one.units) == 1 and one.units[0].area == area
    return DailyOut(
        day=one.day, due=one.due, states=dict(one.states), sums=_sums(one.sums),
        units=[_unit(unit) for unit in one.units],
        counted=_counted(queries.counted(request.viewer, area, one.day)) if single else None,
    )  # fmt: skip


@router.post("/screening/report", response={200: DailyCountedOut, **PROBLEMS}, operation_id="report_screening")
@answering
def send_report(request: HttpRequest, body: DailyReportIn) -> DailyCountedOut:
    """Report a community's day, with what its records come to."""
    told = service.report(
        request.viewer, body.area, body.day, zero=body.zero, reason=body.reason, fact=body.fact, now=clock.now()
    )
    return _counted(told)


@router.get("/screening/arrivals", response={200: ArrivedOut, **PROBLEMS}, operation_id="screening_arrivals")
@answering
def show_arrivals(request: HttpRequest, area: Area = "") -> ArrivedOut:
    """How manifests and the records of households agree, and how soon those who arrived were seen at the door."""
    one = queries.arrived(request.viewer, area, now=clock.now())
    missed = [MissedOut(**dict(zip(MissedOut.model_fields, its, strict=True))) for its in one.missed]
    told = one._asdict() | {
        "missed": missed,
        "communities": [TimelyOut(**its._asdict()) for its in one.communities],
        "waited": [WaitedOut(**its._asdict()) for its in one.waited],
    }
    return ArrivedOut(**told)


def _n(number: Number) -> NumberOut:
    return NumberOut(n=number.n, unit=number.unit)


def _counted(one: queries.Counted) -> DailyCountedOut:
    told = one.figures
    times = told.person_times
    return DailyCountedOut(
        figures=DailyFiguresOut(
            households=told.households, from_listed=_n(times[Category.LISTED]),
            from_elsewhere=_n(times[Category.ELSEWHERE]), from_outside=_n(told.checks), local=_n(times[Category.LOCAL]),
            unwell=_n(told.unwell), disposals=told.disposals,
        ),
        zero=told.zero,
        undisposed=[DailyWaitingOut(**each._asdict()) for each in one.undisposed],
        unresolved=list(one.unresolved),
    )  # fmt: skip


def _sums(one: queries.Sums) -> DailyFiguresOut:
    disposals = Disposals(
        hospital=one.hospital.n, home=one.home.n, central=one.central.n, other=one.other.n, none=one.undisposed.n
    )
    return DailyFiguresOut(
        households=one.households, from_listed=_n(one.from_listed),
        from_elsewhere=_n(one.from_elsewhere), from_outside=_n(one.from_listed + one.from_elsewhere),
        local=_n(one.local), unwell=_n(one.unwell), disposals=disposals,
    )  # fmt: skip


def _unit(unit: queries.Unit) -> DailyUnitOut:
    row = unit.report
    figures = _sums(queries.sums([row])) if row else None
    return DailyUnitOut(
        area=unit.area, state=unit.state, first_at=row.first_at if row else None, at=row.at if row else None,
        author=row.author if row else "", reason=row.reason if row else None, figures=figures,
    )  # fmt: skip
