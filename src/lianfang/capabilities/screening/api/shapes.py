"""What requests and answers about screening have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.screening.models import GridRow, HouseholdRow, OutcomeRow, RoundRow
from lianfang.capabilities.screening.queries.households import Line
from lianfang.capabilities.screening.state.parts import CHECKS, CST, WORDS
from lianfang.facts.api import Time
from lianfang.facts.fact import AreaCode, Code
from lianfang.facts.shape import Schema
from lianfang.identity.queries import Person

Area = Annotated[str, Field(max_length=64)]
Named = Annotated[str, Field(min_length=1, max_length=32)]
Purpose = Annotated[str, Field(max_length=64)]
After = Annotated[str, Field(max_length=16)]
Grids = Annotated[list[UUID], Field(max_length=1_000)]

__all__ = ["Area", "AreaCode", "Code", "Time"]


class ScreeningActIn(Schema):
    """``fact`` is the sender's own id for what is recorded, by which sending it again is known."""

    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


class ScreeningFaultOut(Schema):
    """A fact that counts for nothing until it is put right."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


class ScreeningCheckOut(Schema):
    """What is to be looked at in ``n`` households, though it is no single fact's fault."""

    reason: str
    n: int
    zh: str
    en: str


class GridOut(Schema):
    """A grid and who has it; empty where nobody does."""

    id: UUID
    name: str
    area: str
    site: str
    holder: str
    households: int
    members: int
    teams: list[tuple[str, int, AwareDatetime]]
    registered: bool
    faults: list[ScreeningFaultOut]
    disputed: bool


class ScreeningRoundOut(Schema):
    """A round. ``households``, ``done`` and ``ended`` are of the viewer's divisions while it is open, and what it was
    closed with then; ``checks`` tell what has changed since."""

    id: UUID
    area: str
    number: int
    opened_at: AwareDatetime
    due: AwareDatetime
    closed_at: AwareDatetime | None
    households: int
    done: int
    ended: int
    faults: list[ScreeningFaultOut]
    checks: list[ScreeningCheckOut]
    disputed: bool


class HouseholdOutcomeOut(Schema):
    """Where a household stands in a round, in households and in members."""

    round: UUID
    status: str
    last: str
    last_at: AwareDatetime
    visits: int
    due: int
    seen: int
    away: int
    not_met: int
    excused: int
    unwell: int | None
    outsiders: int
    follower: str
    escalated_to: str
    without_evidence: int


class HouseholdOut(Schema):
    id: UUID
    area: str
    grid: UUID | None
    building: str
    unit: str
    door: str
    site: str
    expected: int | None
    members: int
    registered_at: AwareDatetime | None
    disputed: bool


class HouseholdLineOut(HouseholdOut):
    """In a list: with where it stands in the round, and stood in the one before."""

    outcome: HouseholdOutcomeOut | None
    before: str | None
    missing: list[UUID]
    names: dict[str, str]
    """Of the missing, as far as the role sees names."""


def fault_out(told: tuple[Any, str, str]) -> ScreeningFaultOut:
    """A fault with what to do in both languages."""
    fact, field, reason = told
    zh, en = WORDS[reason]
    return ScreeningFaultOut(fact=fact, field=field, reason=reason, zh=zh, en=en)


def checks_out(told: Mapping[str, int]) -> list[ScreeningCheckOut]:
    """What is to be looked at, by its code, in both languages; nothing of what no household has."""
    return [
        ScreeningCheckOut(reason=reason, n=n, zh=CHECKS[reason][0].format(n=n), en=CHECKS[reason][1].format(n=n))
        for reason, n in told.items()
        if n
    ]


def grid_out(row: GridRow, households: int, members: int) -> GridOut:
    return GridOut(
        id=row.subject, name=row.name, area=row.area, site=row.site, holder=row.holder, households=households,
        members=members, teams=row.teams, registered=row.registered_at is not None,
        faults=[fault_out(one) for one in row.faults], disputed=row.disputed,
    )  # fmt: skip


def round_out(
    row: RoundRow, households: int = 0, done: int = 0, ended: int = 0, reopened: int = 0
) -> ScreeningRoundOut:  # fmt: skip
    return ScreeningRoundOut(
        id=row.subject, area=row.area, number=row.number, opened_at=row.opened_at, due=row.due,
        closed_at=row.closed_at, households=households, done=done, ended=ended,
        faults=[fault_out(one) for one in row.faults], checks=checks_out({"reopened": reopened}),
        disputed=row.disputed,
    )  # fmt: skip


def outcome_out(row: OutcomeRow, health: bool) -> HouseholdOutcomeOut:
    """``unwell`` is told to who sees health."""
    told = {name: getattr(row, name) for name in HouseholdOutcomeOut.model_fields}
    return HouseholdOutcomeOut(**told | ({} if health else {"unwell": None}))


def household_fields(row: HouseholdRow) -> dict[str, Any]:
    """A household's own columns."""
    names = [name for name in HouseholdOut.model_fields if name != "id"]
    return {"id": row.subject, **{name: getattr(row, name) for name in names}}


def line_out(line: Line, people: Mapping[UUID, Person], health: bool) -> HouseholdLineOut:
    return HouseholdLineOut(
        **household_fields(line.row),
        outcome=outcome_out(line.outcome, health) if line.outcome else None,
        before=line.before,
        missing=list(line.missing),
        names={str(id): name for id in line.missing if (name := name_of(people.get(id)))},
    )


def name_of(person: Person | None) -> str | None:
    """The name as the viewer's role sees it, masked or in full; None where it does not."""
    return person.shown.get("name") if person else None


def day_or(day: date | None, now: datetime) -> date:
    """The day that was asked for, or today's."""
    return day or now.astimezone(CST).date()
