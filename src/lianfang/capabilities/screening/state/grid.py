"""A grid from its facts: where it lies, who had it when, which teams help in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Duty
from lianfang.capabilities.screening.state.parts import Fault, began, near, of, owned, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class Tenure(NamedTuple):
    """Who had a grid, or a part of it, from ``begins`` until ``ends`` (None: has it still), and who said so."""

    to: str
    duty: Duty
    building: str | None
    unit: str | None
    begins: datetime
    ends: datetime | None
    by: str


class Team(NamedTuple):
    team: str
    workers: int
    since: datetime


class Grid(NamedTuple):
    """``tenures`` are by when they begin; ``data`` is None where no registration holds."""

    area: str
    author: str
    data: kinds.GridRegistered | None
    registered_at: datetime | None
    tenures: tuple[Tenure, ...]
    teams: tuple[Team, ...]
    faults: tuple[Fault, ...]
    disputed: bool


def fold_grid(facts: Sequence[Fact]) -> Grid | None:
    """None where nothing holds of it."""
    held = standing(facts)
    if not held.facts:
        return None
    told = of(held, kinds.GridRegistered)
    faults = [Fault(fact.id, "area", "other_area") for fact, data in told if fact.area != data.community]
    placed, foreign = owned([(fact, data) for fact, data in told if fact.area == data.community])
    faults += foreign
    area = placed[-1][1].community if placed else held.facts[0].area
    first = placed[0][0] if placed else held.facts[0]
    own = [fact for fact in held.facts if near(fact.area, area)]
    faults += [Fault(f.id, "area", "not_responsible") for f in held.facts if f not in own and f not in _facts(told)]
    tenures, wrong = _tenures(own)
    teams, unknown = _teams(own)
    since = min((began(facts, fact) for fact, _ in placed), default=None)
    return Grid(
        area, first.author, placed[-1][1] if placed else None, since, tenures, teams,
        (*faults, *wrong, *unknown), bool(held.disputed),
    )  # fmt: skip


def _facts(told: Sequence[tuple[Fact, kinds.GridRegistered]]) -> list[Fact]:
    return [fact for fact, _ in told]


def _tenures(facts: Sequence[Fact]) -> tuple[tuple[Tenure, ...], list[Fault]]:
    """By when they begin: an assignment ends the one before of the same duty and place."""
    told = [fact for fact in facts if isinstance(fact.data, kinds.GridAssigned | kinds.GridHandedOver)]
    done: list[Tenure] = []
    faults: list[Fault] = []
    for fact in sorted(told, key=_begins):
        data = fact.data
        if isinstance(data, kinds.GridAssigned):
            made = Tenure(data.to, data.duty, data.building, data.unit, data.begins, None, fact.author)
            same = [n for n, one in enumerate(done) if one.ends is None and _place(one) == _place(made)]
            _end(done, same, data.begins)
            done.append(made)
        elif isinstance(data, kinds.GridHandedOver):
            given = [n for n, one in enumerate(done) if one.ends is None and one.to == data.giver]
            if not given:
                faults.append(Fault(fact.id, "giver", "not_assigned"))
            gone = [done[n]._replace(to=data.to, begins=data.begins, by=fact.author) for n in given]
            _end(done, given, data.begins)
            done += gone
    return tuple(done), faults


def _begins(fact: Fact) -> tuple[datetime, datetime, str]:
    assert isinstance(fact.data, kinds.GridAssigned | kinds.GridHandedOver)
    return fact.data.begins, when(fact), str(fact.id)


def _place(one: Tenure) -> tuple[Duty, str | None, str | None]:
    return one.duty, one.building, one.unit


def _end(done: list[Tenure], numbers: Sequence[int], at: datetime) -> None:
    for n in numbers:
        done[n] = done[n]._replace(ends=at)


def _teams(facts: Sequence[Fact]) -> tuple[tuple[Team, ...], list[Fault]]:
    here: dict[str, Team] = {}
    faults = []
    for fact in facts:
        match fact.data:
            case kinds.TeamAttached(team=team, workers=workers):
                here[team] = Team(team, workers, here[team].since if team in here else when(fact))
            case kinds.TeamDetached(team=team):
                if here.pop(team, None) is None:
                    faults.append(Fault(fact.id, "team", "not_attached"))
    return tuple(here[name] for name in sorted(here)), faults
