"""Dated figures of isolation: hours, days, reasons, categories (``policy/isolation.toml``)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Hours = Annotated[int, Field(ge=1, le=24 * 30)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    code: str
    zh: str
    en: str


class ChangeReason(Word):
    """Why an order goes on otherwise: elsewhere (``move``), at home (``home``), for longer (``extend``)."""

    acts: tuple[Literal["move", "home", "extend"], ...]


class Category(Word):
    """What people under observation ask for. ``data_class`` is one of the table of permissions: a role that does not
    meet its people does not see such needs."""

    data_class: str
    meet_h: Hours
    urgent_h: Hours


class Policy(_Part):
    """One edition: hours are counted from the act before, see the file."""

    code: str
    begins: date
    source: str
    source_zh: str
    bases: tuple[str, ...]
    most_days: Annotated[int, Field(ge=1, le=366)]
    receive_h: Hours
    execute_h: Hours
    verify_h: Hours
    correct_h: Hours
    lift_h: Hours
    round_h: Hours
    log_until_h: Hours
    log_lapses_h: Hours
    acknowledge_h: Hours
    acknowledge_urgent_h: Hours
    lift_reasons: tuple[Word, ...]
    change_reasons: tuple[ChangeReason, ...]
    categories: tuple[Category, ...]

    def category(self, code: str) -> Category | None:
        return next((one for one in self.categories if one.code == code), None)


@cache
def editions() -> tuple[Policy, ...]:
    """All editions, by the day from which they hold."""
    text = resources.files(__package__.rpartition(".")[0]).joinpath("policy/isolation.toml").read_text("utf-8")
    found = (Policy.model_validate(one) for one in tomllib.loads(text)["editions"])
    return tuple(sorted(found, key=lambda one: one.begins))


def in_force(on: date) -> Policy:
    """The edition of a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])
