"""Forms and whether they rest, folded from what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault
from lianfang.capabilities.oversight.facts.forms import FormRegistered, FormsSuspended
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class AskedForm(NamedTuple):
    """A form as it was registered last."""

    fact: UUID
    area: str
    data: FormRegistered | None
    at: datetime
    author: str
    disputed: bool
    faults: tuple[Fault, ...] = ()


class Resting(NamedTuple):
    """Whether the forms of an area rest since ``at``."""

    area: str
    suspended: FormsSuspended | None
    at: datetime
    author: str
    faults: tuple[Fault, ...] = ()


def form(facts: Sequence[Fact]) -> AskedForm:
    """A form; without ``data`` where all that was said of it was taken back."""
    held = standing(facts)
    told = [fact for fact in held.facts if isinstance(fact.data, FormRegistered)]
    last = told[-1] if told else facts[0]
    data = last.data if told and isinstance(last.data, FormRegistered) else None
    return AskedForm(last.id, last.area, data, folding_order(last)[0], last.author, bool(held.disputed))


def resting(facts: Sequence[Fact]) -> Resting:
    """Whether an area's forms rest, by what was said last."""
    held = standing(facts).facts
    last = held[-1] if held else facts[0]
    data = last.data if held and isinstance(last.data, FormsSuspended) else None
    return Resting(last.area, data, folding_order(last)[0], last.author)
