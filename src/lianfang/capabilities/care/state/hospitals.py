"""A hospital, folded from the facts about it. Its beds are subjects of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.care.facts import HospitalClosed, HospitalRegistered, HospitalWardOpened
from lianfang.capabilities.isolation.state import Fault, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class HospitalWard(NamedTuple):
    ward: str
    zh: str
    en: str


@dataclass(frozen=True)
class Hospital:
    """A hospital as it stands; ``data`` is None where none was registered."""

    data: HospitalRegistered | None
    area: str
    author: str
    registered: datetime | None
    closed: datetime | None
    wards: tuple[HospitalWard, ...]
    faults: tuple[Fault, ...]
    disputed: bool


def hospital(facts: Sequence[Fact]) -> Hospital:
    """The hospital whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Hospital(None, "", "", None, None, (), (), bool(held.disputed))
    faults: list[Fault] = []
    for fact in held.facts:
        data = fact.data
        if isinstance(data, HospitalRegistered):
            found = replace(
                found, data=data, area=fact.area, author=found.author or fact.author,
                registered=found.registered or when(fact), closed=None,
            )  # fmt: skip
        elif found.data is None or found.closed is not None:
            faults.append(Fault(fact.id, "hospital", "no_hospital"))
        elif isinstance(data, HospitalClosed):
            found = replace(found, closed=when(fact))
        elif isinstance(data, HospitalWardOpened):
            kept = tuple(one for one in found.wards if one.ward != data.ward)
            found = replace(found, wards=(*kept, HospitalWard(data.ward, data.zh, data.en)))
    return replace(found, faults=tuple(faults))
