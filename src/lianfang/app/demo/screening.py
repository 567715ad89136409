"""The made households of the demonstration, from ``screening.toml``: two rounds of visits, and reports by day."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.capabilities.screening import facts as kind
from lianfang.capabilities.screening.facts import Outcome, Result
from lianfang.capabilities.screening.rules.daily import Coming, figures, noon
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("8f0d3f0e-51f6-5a0e-9d0b-6a1f4be0c5a7")
_CHINA: Final = MORNING.tzinfo
_WORKER, _CHIEF = "demo-grid-worker", "demo-epidemiologist"
_BEGAN: Final = datetime.combine(date(2020, 1, 24), time(9), _CHINA)
_ARRIVED: Final = date(2020, 1, 20)
_VISIT: Final = timedelta(minutes=17)
_DISPOSED: Final = timedelta(minutes=40)


class Home(NamedTuple):
    """A household: its grid with the first of its two buildings and who has it, its number there, those who live there,
    and where the first of them came from."""

    community: str
    grid: UUID
    grid_name: str
    building: int
    holder: str
    number: int
    found: bool
    people: tuple[UUID, ...]
    came_from: str | None

    @property
    def door(self) -> dict[str, str]:
        floor, side = divmod(self.number // 2, 2)
        return {"building": f"{self.building + self.number % 2}栋", "unit": "1单元", "door": f"{floor + 1}0{side + 1}"}

    @property
    def id(self) -> UUID:
        return kind.household_id(self.community, *self.door.values())


class Visit(NamedTuple):
    home: Home
    at: datetime
    data: kind.Visited


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(resources.files("lianfang.app.demo").joinpath("screening.toml").read_text("utf-8"))


@cache
def homes() -> tuple[Home, ...]:
    """Every household, grid by grid. One in seventeen is empty; in the others live one to four."""
    found = {(community, name): n for community, name, n in _told()["found"]}
    made: list[Home] = []
    grids = Counter[str]()
    for community, name, _, holder, many, _ in _told()["grids"]:
        building = 2 * grids[community] + 1
        grids[community] += 1
        late = found.get((community, name), 0)
        for number in range(many + late):
            at = len(made)
            people = 0 if at % 17 == 3 else at * 7 % 4 + 1
            came_from = _told()["outside"][at % 2] if people and at % 13 in (4, 9) else None
            ids = tuple(uuid5(_NAMES, f"person|{at}|{n}") for n in range(people))
            grid = kind.grid_id(community, name)
            made.append(Home(community, grid, name, building, holder, number, number >= many, ids, came_from))
    return tuple(made)


def people() -> list[dict[str, Any]]:
    """Who lives in the grid worker's own grids, as ``identity.service.enter`` takes them."""
    own = [(home, id) for home in homes() if home.holder == _WORKER for id in home.people]
    return [
        {
            "id": id, "kind": "person", "name": f"示例住户{at + 1}", "phones": [f"+9991002{at:04}"],
            "address": "".join(home.door.values()), "area": home.community, "data_class": "screening",
            "basis": "infectious_disease", "since": _BEGAN.date().isoformat(),
        }
        for at, (home, id) in enumerate(own)
    ]  # fmt: skip


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """Everything that was recorded before the demonstration's morning: when it was received, by whom, and the facts; by
    that time."""
    batches: dict[tuple[datetime, str], list[Fact]] = {}
    for author, fact in sorted(_facts(), key=lambda told: (told[1].observed_at, str(told[1].id))):
        received = min(fact.observed_at.replace(hour=fact.observed_at.hour // 6 * 6) + timedelta(hours=6), MORNING)
        batches.setdefault((received.replace(minute=0), author), []).append(fact)
    return [(received, author, told) for (received, author), told in sorted(batches.items())]


def _facts() -> Iterator[tuple[str, Fact]]:
    visits = {number: list(_visits(number)) for number, *_ in _told()["rounds"]}
    every = [visit for theirs in visits.values() for visit in theirs]
    yield from ((_CHIEF, fact) for fact in (*_grids(), *_rounds(visits), *_references()))
    for home in homes():
        yield from ((home.holder, fact) for fact in _registered(home))
    for visit in every:
        yield visit.home.holder, _fact(visit.home.id, visit.home.community, visit.at, visit.data)
    for visit in every:
        if (arranged := _arranged(visit)) is not None:
            at = visit.at + _DISPOSED
            yield visit.home.holder, _fact(visit.home.id, visit.home.community, at, arranged)
    yield from ((_author(fact.area), fact) for fact in _reports(every))


def _author(community: str) -> str:
    """Who reports of a community: who has its first grid."""
    holders = (str(holder) for code, _, _, holder, *_ in _told()["grids"] if code == community)
    return next(holders)


def _grids() -> Iterator[Fact]:
    for community, name, site, holder, *_ in _told()["grids"]:
        id = kind.grid_id(community, name)
        yield _fact(id, community, _BEGAN, kind.GridRegistered(community=community, name=name, site=site))
        yield _fact(id, community, _BEGAN, kind.GridAssigned(to=holder, begins=_BEGAN))
    for community, name, team, workers in _told()["teams"]:
        data = kind.TeamAttached(team=team, workers=workers)
        yield _fact(kind.grid_id(community, name), community, _opened(2), data)


def _registered(home: Home) -> Iterator[Fact]:
    since = _opened(2) + timedelta(hours=2) if home.found else _BEGAN + timedelta(minutes=home.number)
    data = kind.HouseholdRegistered(community=home.community, grid=home.grid, expected=len(home.people), **home.door)
    yield _fact(home.id, home.community, since, data)
    for n, person in enumerate(home.people):
        came = {"came_from": home.came_from, "arrived": _ARRIVED} if home.came_from and n == 0 else {}
        yield _fact(home.id, home.community, since, kind.MemberJoined(person=person, **came), str(person))


def _rounds(visits: Mapping[int, list[Visit]]) -> Iterator[Fact]:
    for number, opened, due, closed in _told()["rounds"]:
        id, area = kind.round_id(_told()["area"], number), _told()["area"]
        yield _fact(id, area, _time(opened), kind.RoundOpened(number=number, due=_time(due)))
        if closed:
            last = {visit.home.id: visit.data.outcome for visit in visits[number]}
            ended = Counter(last.values())
            data = kind.RoundClosed(
                households=len(last), done=ended[Outcome.MET], not_met=ended[Outcome.NOT_MET],
                refused=ended[Outcome.REFUSED], vacant=ended[Outcome.VACANT],
                members=sum(len(home.people) for home in homes() if home.id in last),
            )  # fmt: skip
            yield _fact(id, area, _time(closed), data)


def _visits(number: int) -> Iterator[Visit]:
    """The visits of a round. In the first, everybody has an outcome; the second has come so far in each grid."""
    reached = {(community, name): n for community, name, *_, n in _told()["grids"]}
    for at, home in enumerate(homes()):
        if number == 1 and not home.found:
            yield from _first(at, home)
        elif number == 2 and home.number < reached[home.community, home.grid_name]:
            yield _second(at, home, reached[home.community, home.grid_name])


def _first(at: int, home: Home) -> Iterator[Visit]:
    """Over three days: most were met, one home in seventeen is empty, a few refused or were not found three times."""
    began = _opened(1) + timedelta(days=home.number % 3, hours=1) + _VISIT * (home.number // 3)
    if not home.people:
        yield _visit(1, at, home, began, outcome=Outcome.VACANT, vacancy="property")
    elif at % 23 == 7:
        yield _visit(1, at, home, began, outcome=Outcome.REFUSED, escalated_to=_CHIEF)
    elif at % 31 == 5:
        for hours in (0, 5, 8):
            day = _opened(1) + timedelta(days=1, hours=1 + hours)
            yield _visit(1, at, home, day, outcome=Outcome.NOT_MET, follower=_WORKER)
    else:
        yield _visit(1, at, home, began)


def _second(at: int, home: Home, reached: int) -> Visit:
    """Over two days; in every grid that is not through, nobody opened at the last door."""
    half = -(-reached // 2)
    day, nth = divmod(home.number, half)
    began = _opened(2) + timedelta(days=day, hours=1) + _VISIT * nth
    if not home.people:
        return _visit(2, at, home, began, outcome=Outcome.VACANT, vacancy="neighbour")
    if home.number == reached - 1 and reached % 2:
        return _visit(2, at, home, began, outcome=Outcome.NOT_MET, follower=_WORKER)
    return _visit(2, at, home, began)


def _visit(number: int, at: int, home: Home, when: datetime, **told: Any) -> Visit:
    outcome = told.get("outcome", Outcome.MET)
    ill = _ill(number, home)
    members = [] if outcome is not Outcome.MET else [_seen(at + n, id) for n, id in enumerate(home.people)]
    if ill is not None and members:
        members[0] = kind.Seen(person=home.people[0], result=Result.UNWELL, temp_c=ill[0], symptoms=("fever",))
    evidence = "none" if at % 37 == 20 else "signature" if at % 9 == 0 else "qr"
    data = kind.Visited(
        round=kind.round_id(_told()["area"], number), members=tuple(members), evidence=evidence, form=1,
        minutes=2 + at % 5 / 2, outsiders=int(home.came_from is not None) if members else None,
        **{"outcome": outcome, **told},
    )  # fmt: skip
    return Visit(home, when, data)


def _seen(at: int, person: UUID) -> kind.Seen:
    return kind.Seen(person=person, result=Result.WELL, temp_c=round(36.1 + at % 8 / 10, 1))


def _ill(number: int, home: Home) -> tuple[float, str] | None:
    """The temperature of who is unwell in a household, and what was arranged."""
    return next(
        (
            (temp_c, arranged)
            for of, community, name, nth, temp_c, arranged in _told()["unwell"]
            if (of, community, name, nth) == (number, home.community, home.grid_name, home.number)
        ),
        None,
    )


def _arranged(visit: Visit) -> kind.Disposed | None:
    for one in visit.data.members:
        if one.result is Result.UNWELL:
            number = next(n for n, *_ in _told()["rounds"] if kind.round_id(_told()["area"], n) == visit.data.round)
            _, arranged = _ill(number, visit.home) or (0, "")
            return kind.Disposed(person=one.person, disposition=arranged) if arranged else None
    return None


def _references() -> Iterator[Fact]:
    for area, households, source in _told()["references"]:
        data = kind.ReferenceStated(households=households, source=source)
        yield _fact(kind.reference_id(area), area, _BEGAN, data)


def _reports(visits: list[Visit]) -> Iterator[Fact]:
    """Each community's report of each day since the first round, from its own visits of the day."""
    late = {(community, day): at for community, day, at in _told()["late"]}
    missing = {(community, day) for community, day in _told()["unreported"]}
    communities = list(dict.fromkeys(community for community, *_ in _told()["grids"]))
    day = _opened(1).date()
    while day < MORNING.date():
        stem = f"{day:%m-%d}"
        for community in communities:
            if (community, stem) in missing:
                continue
            its = [visit for visit in visits if visit.home.community == community and visit.at.date() == day]
            at = datetime.combine(day, time.fromisoformat(late.get((community, stem), "17:40")), _CHINA)
            yield _fact(kind.report_id(community, day), community, at, _report(its, day))
        day += timedelta(days=1)


def _report(visits: list[Visit], day: date) -> kind.Reported:
    """What a community's visits of a day come to, counted by the rule of the daily report."""
    seen = [one.person for visit in visits for one in visit.data.members]
    comings = {
        visit.home.people[0]: [Coming(visit.home.came_from, noon(_ARRIVED), True)]
        for visit in visits
        if visit.home.came_from
    }
    ill = {
        one.person: arranged.disposition if (arranged := _arranged(visit)) else None
        for visit in visits
        for one in visit.data.members
        if one.result is Result.UNWELL
    }
    told = figures(len({visit.home.id for visit in visits}), Counter(seen), comings, day, ill)
    times = {category.value: n.n for category, n in told.person_times.items()}
    return kind.Reported(
        day=day, zero=told.zero, households=told.households, unwell=told.unwell.n, disposals=told.disposals, **times
    )


def _opened(number: int) -> datetime:
    return next(_time(opened) for n, opened, *_ in _told()["rounds"] if n == number)


def _fact(subject: UUID, area: str, at: datetime, data: FactData, key: str = "") -> Fact:
    name = f"{data.kind}|{subject}|{at.isoformat()}|{key}"
    return Fact.of(data, id=uuid5(_NAMES, name), subject=subject, area=area, observed_at=at)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}:00+08:00")
