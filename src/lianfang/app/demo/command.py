"""The made command of the demonstration: what a city orders in nine days, as the drills' command does, in a county that
wears the demonstration's hats and in others beside it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING, author
from lianfang.app.demo.notices import DISEASE
from lianfang.app.demo.supplies import CITY
from lianfang.capabilities.drills.rules.command import DEPARTMENT, DUTY, Stage, ordered
from lianfang.epi.simulate import dice
from lianfang.facts.fact import Fact

_NAMES: Final = UUID("b1c9f7d4-52e6-5d0f-8a3b-6f0e2c4d9a75")
_COUNTIES: Final = ("530102", "530103", "530111", "530112")
_DAYS, _SEED = 9, 20200130
_MIDNIGHT: Final = MORNING.replace(hour=0) - timedelta(days=_DAYS - 1)


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded of it before the demonstration's morning: when it was received, by whom, and the facts."""
    by_author: dict[str, list[Fact]] = defaultdict(list)
    for one in ordered(_stage()):
        if (at := _at(one.minute)) <= MORNING:
            id = uuid5(_NAMES, f"fact|{one.name[0]}|{one.name[1]}")
            by_author[one.by].append(Fact.of(one.data, id=id, subject=one.subject, area=one.area, observed_at=at))
    return [(MORNING, by, sorted(its, key=lambda one: one.observed_at)) for by, its in sorted(by_author.items())]


def _stage() -> Stage:
    accounts = {role: author(role) for role in (DUTY, DEPARTMENT)}
    return Stage(
        CITY, DISEASE, "示例指挥部", "示例-3", _COUNTIES, accounts, _DAYS, _at,
        lambda purpose, number: uuid5(_NAMES, f"{purpose}|{number}"),
        lambda what, number: dice.uniform(dice.key(_SEED, "command"), what, number, 0),
    )  # fmt: skip


def _at(minute: int) -> datetime:
    return _MIDNIGHT + timedelta(minutes=minute)
