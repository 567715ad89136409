"""Stations: opened, given beds, logged, gone round, closed; and many opened from a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import (
    DUTIES,
    RoundMade,
    StationClosed,
    StationLogged,
    StationOpened,
    WardOpened,
)
from lianfang.capabilities.isolation.models import ROUND_KINDS, STATION_KINDS
from lianfang.capabilities.isolation.queries import stations as queries
from lianfang.capabilities.isolation.service.recording import append, fact_of, made, record, take_back
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MANAGE: Final = "stations.manage"
EXECUTE: Final = "isolation.execute"
MOST_IMPORTED: Final = 1_000
_NAMES: Final = UUID("4d0c31a4-8b2b-5f0f-9f4e-2f6a5c7b1e60")


class Imported(NamedTuple):
    """What became of a list: stations that are new, that changed, that were known as they are; and what was wrong."""

    opened: int
    changed: int
    unchanged: int
    wrong: tuple[Wrong, ...]


def open_station(
    viewer: Viewer, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    station: UUID | None = None, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Opens a station, or changes the particulars of the one that is given. Raises Forbidden, Refused, NotThere."""
    data = _opened(fields)
    require_over(viewer, MANAGE, data.town)
    with seeing(viewer, MANAGE):
        id = station or log.new_id()
        locked(id)
        if station is not None:
            queries.located(viewer, MANAGE, id)
            _refuse_below_held(viewer, id, data, now)
        history = _history(id)
        one = fact_of(viewer, data, subject=id, area=data.town, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.station)
    return id


def _opened(fields: Mapping[str, Any]) -> StationOpened:
    missing = [name for name in DUTIES if not fields.get(name)]
    if missing:
        zh, en = "启用观察点必须有人负责，请填写", "is needed to open a station: name who it is"
        raise Refused([Wrong(name, "missing", zh, en) for name in missing])
    data = made(StationOpened, **fields)
    if not known_areas()(data.town):
        raise Refused([no_area("town")])
    return data


def _refuse_below_held(viewer: Viewer, id: UUID, data: StationOpened, now: datetime) -> None:
    """A station does not become smaller than those it has taken in."""
    its = queries.occupancy(viewer, [id], now).get(id)
    before = queries.capacity(viewer, id)
    if its and before is not None and its.held > its.permanent + its.temporary - before + data.capacity:
        zh, en = f"已有{its.held}人，床位不能更少", f"is below the {its.held} people who are there"
        raise Refused([Wrong("capacity", "below_held", zh, en)])


def close(viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None) -> None:
    """Closes a station in which nobody is left. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        queries.located(viewer, MANAGE, id)
        locked(id)
        if queries.held(viewer, id):
            raise Refused([_NOT_EMPTY])
        _act(viewer, id, MANAGE, StationClosed(), now, at, fact)


def add_ward(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> None:  # fmt: skip
    """Adds beds to a station, temporary ones for a time. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        locked(id)
        data = made(WardOpened, **fields)
        taken = queries.held_in(viewer, id, data.ward)
        if data.beds < taken:
            zh, en = f"已有{taken}人，床位不能更少", f"is below the {taken} people who lie there"
            raise Refused([Wrong("beds", "below_held", zh, en)])
        _act(viewer, id, MANAGE, data, now, at, fact)


def write_log(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> None:  # fmt: skip
    """Writes the log of a day. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, EXECUTE):
        locked(id)
        data = made(StationLogged, **fields)
        begins = datetime.combine(data.day, time(), state.CIVIL_TIME)
        there = len(queries.present(viewer, id, begins, begins + timedelta(days=1)))
        if data.residents > there:
            zh, en = f"按记录当天至多{there}人在站，请核对", f"are more than the {there} who were there by the record"
            raise Refused([Wrong("residents", "not_as_recorded", zh, en)])
        _act(viewer, id, EXECUTE, data, now, at, fact)


def go_round(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records a round; returns its fact. Raises NotThere, Forbidden, Refused."""
    data = made(RoundMade, **fields)
    with seeing(viewer, EXECUTE):
        row = queries.located(viewer, EXECUTE, id)
        if row.closed is not None:
            zh, en = state.WORDS["not_open"]
            raise Refused([Wrong("station", "not_open", zh, en)])
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact)
        _refuse_impossible(data, queries.present(viewer, id, one.observed_at, one.observed_at))
        append(viewer, [one])
    return one.id


def _refuse_impossible(data: RoundMade, present: Collection[UUID]) -> None:
    """A round vouches for those who are there by the record: no more, no fewer, and nobody else. Raises Refused."""
    wrong = []
    if data.residents != len(present):
        zh = f"按记录当时有{len(present)}人在站，填写的是{data.residents}人：请先登记入住或离开"
        en = f"the record has {len(present)} people there then, not {data.residents}: record who came or left first"
        wrong.append(Wrong("residents", "not_as_recorded", zh, en))
    if strangers := sorted({str(one)[-6:] for one in data.unseen if one not in present}):
        zh = f"{'、'.join(strangers)}当时不在本站，请核对"
        en = f"{', '.join(strangers)} did not live there then: correct it"
        wrong.append(Wrong("unseen", "no_resident", zh, en))
    if wrong:
        raise Refused(wrong)


def retract(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes a fact of a station back, a round too; returns the retraction. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        row = queries.located(viewer, MANAGE, id)
        locked(id)
        history = [entry.fact for entry in log.read(kinds=STATION_KINDS | ROUND_KINDS, subjects=[id])]
        one = take_back(viewer, history, taken, why, _without_rounds, area=row.area, at=at, now=now, fact=fact)
        if _without_rounds([*history, one]).data is None and queries.held(viewer, id):
            raise Refused([_NOT_EMPTY])
    return one.id


def _without_rounds(facts: Sequence[Fact]) -> state.Station:
    return state.station([fact for fact in facts if not isinstance(fact.data, RoundMade)])


_NOT_EMPTY: Final = Wrong(
    "station", "not_empty", "还有人在此，请先转出或解除", "still holds people: move or release them first"
)


def import_stations(viewer: Viewer, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> Imported:
    """Opens the stations of a list, good rows though others are wrong. A station is known by its number within its
    county, else by its name within its town: the same list again changes nothing. Raises Forbidden, Refused."""
    require(viewer, MANAGE)
    if len(rows) > MOST_IMPORTED:
        zh, en = f"一次最多{MOST_IMPORTED}行", f"has more than {MOST_IMPORTED} rows: send it in parts"
        raise Refused([Wrong("rows", "too_many", zh, en)])
    wrong: list[Wrong] = []
    good: dict[UUID, tuple[int, StationOpened]] = {}
    for number, fields in enumerate(rows, 1):
        try:
            data = _opened(fields)
        except Refused as error:
            wrong += [one._replace(row=number) for one in error.wrong]
            continue
        id = station_id(data)
        if not reaches(viewer, MANAGE, data.town):
            wrong.append(Wrong("town", "outside_area", "不在您负责的区域内", "is not in your area", number))
        elif id in good and good[id][1] != data:
            zh, en = "与前面的行是同一观察点而内容不同", "is the same station as a row before, with other content"
            wrong.append(Wrong("number", "twice", zh, en, number))
        else:
            good.setdefault(id, (number, data))
    with seeing(viewer, MANAGE):
        locked(*good)
        return _imported(viewer, good, wrong, now)


def _imported(
    viewer: Viewer, good: Mapping[UUID, tuple[int, StationOpened]], wrong: list[Wrong], now: datetime
) -> Imported:  # fmt: skip
    known: dict[UUID, list[Fact]] = {id: [] for id in good}
    for entry in log.read(kinds=STATION_KINDS, subjects=list(good)):
        known[entry.fact.subject].append(entry.fact)
    facts, opened, unchanged = [], 0, 0
    for id, (number, data) in good.items():
        before = state.station(known[id])
        if before.data is not None and not data.staff:  # a list without a roster leaves it as it is
            data = data.model_copy(update={"staff": before.data.staff})
        if before.data == data:
            unchanged += 1
            continue
        try:
            if before.data is not None:
                _refuse_below_held(viewer, id, data, now)
        except Refused as error:
            wrong += [one._replace(row=number) for one in error.wrong]
            continue
        opened += before.data is None
        facts.append(fact_of(viewer, data, subject=id, area=data.town, at=None, now=now, history=known[id]))
    append(viewer, facts)
    return Imported(opened, len(facts) - opened, unchanged, tuple(sorted(wrong, key=lambda one: one.row or 0)))


def station_id(data: StationOpened) -> UUID:
    """The id of a station of a list."""
    named = f"{data.town[:6]}|{data.number}" if data.number else f"{data.town}|{data.name}"
    return uuid5(_NAMES, named)


def _history(id: UUID) -> list[Fact]:
    return [entry.fact for entry in log.read(kinds=STATION_KINDS, subjects=[id])]


def _act(
    viewer: Viewer, id: UUID, action: str, data: FactData, now: datetime, at: datetime | None, fact: UUID | None
) -> None:  # fmt: skip
    row = queries.located(viewer, action, id)
    history = _history(id)
    one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
    record(viewer, history, one, state.station)
