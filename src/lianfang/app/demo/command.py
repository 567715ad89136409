"""The made command of the demonstration: what a city orders in nine days, as the drills' command does, in a county that
wears the demonstration's hats and in others beside it; its province above it; and a community that answers its first
case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING, author
from lianfang.app.demo.notices import DISEASE
from lianfang.app.demo.supplies import CITY
from lianfang.capabilities.command import facts as kind
from lianfang.capabilities.command.facts.headquarters import Group, Office, headquarters_id
from lianfang.capabilities.command.facts.playbooks import PlaybookBegun, playbook_id
from lianfang.capabilities.command.rules.notices import playbooks
from lianfang.capabilities.drills.rules.command import DEPARTMENT, DUTY, UNITS, Ordered, Stage, ordered, words
from lianfang.capabilities.drills.rules.plan import issued
from lianfang.capabilities.tasks.facts import Assigned, Done, task_id
from lianfang.epi.simulate import dice
from lianfang.facts.fact import Fact
from lianfang.places.gazetteer import Gazetteer

_NAMES: Final = UUID("b1c9f7d4-52e6-5d0f-8a3b-6f0e2c4d9a75")
_PROVINCE: Final = "530000"
_ISSUER, _DOCUMENT = "示例指挥部", "示例-3"
_COUNTIES: Final = ("530102", "530103", "530111", "530112")
_COMMUNITY, _PLAYBOOK = "530102001001", "first_case"
_DAYS, _SEED = 9, 20200130
_LATE: Final = 2
"""Of the plan's tasks, the one that is done late."""
_MIDNIGHT: Final = MORNING.replace(hour=0) - timedelta(days=_DAYS - 1)


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded of it before the demonstration's morning: when it was received, by whom, and the facts."""
    by_author: dict[str, list[Fact]] = defaultdict(list)
    for one in (*ordered(_stage()), *_province(), *_plans(), _first_case()):
        if (at := _at(one.minute)) <= MORNING:
            by_author[one.by].append(
                Fact.of(one.data, id=_fact(*one.name), subject=one.subject, area=one.area, observed_at=at)
            )
    return [(MORNING, by, sorted(its, key=lambda one: one.observed_at)) for by, its in sorted(by_author.items())]


def _stage() -> Stage:
    accounts = {role: author(role) for role in (DUTY, DEPARTMENT)}
    return Stage(
        CITY, DISEASE, _ISSUER, _DOCUMENT, _COUNTIES, accounts, _DAYS, _at,
        lambda purpose, number: uuid5(_NAMES, f"{purpose}|{number}"),
        lambda what, number: dice.uniform(dice.key(_SEED, "command"), what, number, 0),
    )  # fmt: skip


def _province() -> Iterator[Ordered]:
    """The level of the province, who leads its headquarters, its command post and those of its prefectures but the
    last."""
    by, minute = author(f"duty_officer:{_PROVINCE}"), _minute(24, 12)
    said = {"doc_no": "示例-1", "starts": _at(minute)}
    level = kind.LevelDeclared(level=kind.ResponseLevel.I, issuer=_ISSUER, **said)
    yield Ordered(level, kind.response_id(_PROVINCE), _PROVINCE, by, minute, ("level", 0))
    members = tuple(kind.Unit(code=code, zh=zh, en=en) for code, (zh, en) in UNITS.items())
    tree = kind.HeadquartersOrganised(
        event=DISEASE, **words()["headquarters"], **said, leads=tuple(Office(**one) for one in words()["leads"]),
        groups=tuple(Group(**one, members=members) for one in words()["groups"]),
    )  # fmt: skip
    yield Ordered(tree, headquarters_id(_PROVINCE, DISEASE), _PROVINCE, by, minute, ("province led", 0))
    prefectures = [one.code for one in Gazetteer.load().children(_PROVINCE, _at(minute).date())]
    for n, code in enumerate((_PROVINCE, *prefectures[:-1])):
        post = kind.CommandPostEstablished(**words()["post"], issuer=_ISSUER, **said)
        yield Ordered(post, kind.command_post_id(code), code, by, minute, ("post of the province", n))


def _plans() -> Iterator[Ordered]:
    """Plans of the city and of all its counties here but the last; the city's is put into action with its level."""
    accounts, minute = {role: author(role) for role in (DUTY, DEPARTMENT)}, _minute(23, 9)
    plan = issued(
        _at(minute).date(), accounts, _ISSUER, "示例-2", "突发公共卫生事件应急预案", "Public health emergency plan"
    )
    for n, area in enumerate((CITY, *_COUNTIES[:-1])):
        yield Ordered(plan, kind.plan_id(area, plan.code), area, accounts[DUTY], minute, ("plan", n))
    yield from _activated(plan, accounts)


def _activated(plan: kind.PlanIssued, accounts: Mapping[str, str]) -> Iterator[Ordered]:
    """For the level of the province: each unit's tasks are given out; all but the last of them are done, one late."""
    by, begun, name = accounts[DUTY], _minute(24, 13), ("plan activated", 0)
    data = kind.PlanActivated(
        level=kind.ResponseLevel.I, issued=_fact("plan", 0), declared=_fact("level", 0), declared_for=_PROVINCE
    )
    yield Ordered(data, kind.plan_id(CITY, plan.code), CITY, by, begun, name)
    lists = {unit.code: kind.checklist_id(_fact(*name), unit.code) for unit in plan.units}
    for n, (unit, of) in enumerate(lists.items()):
        given = Assigned(to=accounts[unit], of=of, rule=kind.RULE)
        yield Ordered(given, task_id(kind.RULE, of), CITY, by, begun, ("plan given", n))
    asked = [(item, unit) for item in plan.items for unit in item.units]
    for n, (item, unit) in enumerate(asked[:-1]):
        done = Done(of=lists[unit], rule=kind.RULE, slot=item.code)
        minute = begun + (item.due_h * 60 + 90 if n == _LATE else item.due_h * 40)
        yield Ordered(done, task_id(kind.RULE, lists[unit], item.code), CITY, accounts[unit], minute, ("plan done", n))


def _fact(purpose: str, number: int) -> UUID:
    return uuid5(_NAMES, f"fact|{purpose}|{number}")


def _first_case() -> Ordered:
    """Begun by hand: where the outbreak's cases stay is known to the county only."""
    minute = _minute(29, 10)
    starts = _at(minute)
    data = PlaybookBegun(playbook=_PLAYBOOK, edition=playbooks(starts.date())[_PLAYBOOK].edition, starts=starts)
    return Ordered(data, playbook_id(_COMMUNITY, _PLAYBOOK), _COMMUNITY, author(DUTY), minute, ("first case", 0))


def _minute(day: int, hour: int) -> int:
    """Of an hour in January, since the first midnight."""
    return int((_MIDNIGHT.replace(day=day, hour=hour) - _MIDNIGHT).total_seconds()) // 60


def _at(minute: int) -> datetime:
    return _MIDNIGHT + timedelta(minutes=minute)
