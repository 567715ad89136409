"""How ready an area is: by a dated list of items (``policy/readiness.toml``).

Of n items, m are in order, u are not known, the rest are not in order. Readiness lies between ``low`` = m / n, where
none of what is not known is in order, and ``high`` = (m + u) / n, where all of it is. The two meet where everything is
known: what nobody has said is neither nought nor in order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Derived = Literal["plan", "clinic", "station"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Part):
    """An item of readiness."""

    code: str
    zh: str
    en: str
    derived: Derived | None = None


class Policy(_Part):
    edition: str
    since: date
    source: str
    source_zh: str
    valid_days: int
    items: tuple[Asked, ...]

    def stated(self, code: str) -> bool:
        """Whether somebody may say how an item stands: not of the plan, whose register tells."""
        return any(one.code == code and one.derived != "plan" for one in self.items)


class Said(NamedTuple):
    """What was last stated of an item."""

    met: bool
    evidence: str
    at: datetime


class Standing(NamedTuple):
    """How an item stands: ``met`` is None where nobody knows. ``basis``: ``register``, ``stated``, ``out_of_date`` (a
    statement that is too old to count), ``nothing``."""

    code: str
    met: bool | None
    basis: Literal["register", "stated", "out_of_date", "nothing"]
    evidence: str = ""
    at: datetime | None = None


class Readiness(NamedTuple):
    """``low`` and ``high`` are shares from 0 to 1."""

    items: tuple[Standing, ...]
    low: float
    high: float
    known: int


@cache
def policy() -> Policy:
    """The policy of ``policy/readiness.toml``."""
    text = resources.files("lianfang.capabilities.command").joinpath("policy/readiness.toml").read_text("utf-8")
    return Policy.model_validate(tomllib.loads(text))


def readiness(on_record: Mapping[Derived, bool], said: Mapping[str, Said], now: datetime, its: Policy) -> Readiness:
    """How ready an area is at a moment. ``on_record`` tells what the registers have of it, ``said`` what was stated."""
    items = tuple(_standing(one, on_record, said.get(one.code), now, its.valid_days) for one in its.items)
    return Readiness(items, *_shares([one.met for one in items]), sum(one.met is not None for one in items))


def _standing(
    one: Asked, on_record: Mapping[Derived, bool], said: Said | None, now: datetime, valid_days: int
) -> Standing:
    if one.derived == "plan":
        return Standing(one.code, on_record.get("plan", False), "register")
    if said is not None and said.at + timedelta(days=valid_days) > now:
        return Standing(one.code, said.met, "stated", said.evidence, said.at)
    if one.derived is not None and on_record.get(one.derived):
        return Standing(one.code, True, "register")
    if said is not None:
        return Standing(one.code, None, "out_of_date", said.evidence, said.at)
    return Standing(one.code, None, "nothing")


def _shares(met: Sequence[bool | None]) -> tuple[float, float]:
    yes, unknown = sum(one is True for one in met), sum(one is None for one in met)
    return yes / len(met), (yes + unknown) / len(met)
