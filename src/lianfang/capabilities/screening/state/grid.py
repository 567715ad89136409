"""A grid from its facts: where it lies, who had it when, which teams help in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Duty, grid_id
from lianfang.capabilities.screening.state.parts import Fault, Own, began, near, of, own, when
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
    mine, faults, home = own_facts(facts)
    held = standing(mine)
    first = next(iter(held.facts), None) or next((fact for fact in facts if faults and fact.id == faults[0].fact), None)
    if first is None:
        return None
    told = of(held, kinds.GridRegistered)
    placed = [(fact, data) for fact, data in told if data.community == home]
    faults += [Fault(fact.id, "area", "other_area") for fact, data in told if data.community != home]
    area = home or first.area
    theirs = [fact for fact in held.facts if near(fact.area, area)]
    faults += [Fault(fact.id, "area", "not_responsible") for fact in held.facts if not near(fact.area, area)]
    since = min((began(mine, fact) for fact, _ in placed), default=None)
    tenures, wrong = _tenures(theirs)
    teams, unknown = _teams(theirs)
    return Grid(
        area, (placed[0][0] if placed else first).author, placed[-1][1] if placed else None, since, tenures, teams,
        (*faults, *wrong, *unknown), bool(held.disputed),
    )  # fmt: skip


def own_facts(facts: Sequence[Fact]) -> Own:
    """The facts of a grid without those of divisions that have no say in it."""
    return own(facts, kinds.GridRegistered, _registered_as)


def _registered_as(fact: Fact) -> tuple[str, UUID]:
    assert isinstance(fact.data, kinds.GridRegistered)
    return fact.data.community, grid_id(fact.data.community, fact.data.name)


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
