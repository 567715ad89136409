"""Residents' orders: dated figures (``policy/errands.toml``), who comes first, and what is to be done by when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation.state.errands import Errand
from lianfang.capabilities.tasks.rules import Obligation

COUNSELLING: Final = "counselling"
ACCEPT, DELIVER = "errand.accept", "errand.deliver"
Hours = Annotated[int, Field(ge=1, le=24 * 30)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Category(_Part):
    """What somebody may ask for. ``need``: as what somebody in a station asks for it there."""

    code: str
    zh: str
    en: str
    data_class: str
    goods: bool
    need: str
    skill: str = ""


class Failure(_Part):
    """Why something was not brought. ``again``: it goes round again."""

    code: str
    zh: str
    en: str
    again: bool


class Policy(_Part):
    """One edition. Hours are by rank, the first before the others."""

    code: str
    begins: date
    source: str
    source_zh: str
    accept_h: tuple[Hours, ...]
    deliver_h: tuple[Hours, ...]
    most_carried: Annotated[int, Field(ge=1, le=1000)]
    first: int
    others: int
    categories: tuple[Category, ...]
    failures: tuple[Failure, ...]

    def category(self, code: str) -> Category | None:
        return next((one for one in self.categories if one.code == code), None)

    def failure(self, code: str) -> Failure | None:
        return next((one for one in self.failures if one.code == code), None)

    def rank(self, *, first: bool) -> int:
        """Which come before which: one number, whatever the reason."""
        return self.first if first else self.others

    def due(self, placed: datetime, rank: int) -> datetime:
        """Until when it is to be there."""
        return placed + timedelta(hours=_of(self.deliver_h, rank))

    def accept_by(self, placed: datetime, rank: int) -> datetime:
        """Until when somebody is to have taken it."""
        return placed + timedelta(hours=_of(self.accept_h, rank))


def _of(hours: tuple[int, ...], rank: int) -> int:
    return hours[min(max(rank, 1), len(hours)) - 1]


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/errands.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(at: datetime) -> Policy:
    """The edition that holds at a moment; before the first, the first."""
    day = at.astimezone(CIVIL_TIME).date()
    return next((one for one in reversed(editions()) if one.begins <= day), editions()[0])


def deliver_rule(category: str) -> str:
    """The rule of the tasks by which an order of the category is brought: it says who does that."""
    return f"{DELIVER}_{COUNSELLING}" if category == COUNSELLING else DELIVER


def obligations(id: UUID, its: Errand) -> Iterator[Obligation]:
    """That somebody takes an order, and that it is brought, which is the own work of who carries it. Whose door it is,
    the tasks do not tell: only who carries it is told. Those for counselling have rules of their own, which counsellors
    alone see."""
    if its.data is None or its.placed is None:
        return
    policy, rank = in_force(its.placed), its.data.rank
    suffix = f"_{COUNSELLING}" if its.data.category == COUNSELLING else ""
    for rule, due, done, whose in (
        (ACCEPT, policy.accept_by(its.placed, rank), its.accepted or its.closed, its.author),
        (DELIVER, policy.due(its.placed, rank), its.delivered or its.closed, its.carrier or its.author),
    ):
        yield Obligation(rule + suffix, id, its.area, its.placed, due, done_at=done, author=whose)
