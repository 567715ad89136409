"""Many people at once, as from a flight: a plan of who goes where, looked at first, then carried out as shown."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.checkpoints.queries import Wanted as OfManifest
from lianfang.capabilities.checkpoints.queries import arrivals
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import Mode, OrderClass
from lianfang.capabilities.isolation.models import ORDER_KINDS
from lianfang.capabilities.isolation.models import orders as fold
from lianfang.capabilities.isolation.queries import stations as queries
from lianfang.capabilities.isolation.rules.allocate import Allocation, Person, Places, allocate
from lianfang.capabilities.isolation.service import orders
from lianfang.capabilities.isolation.service.recording import append, fact_of
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

MOST: Final = 1_000
"""People placed at once."""


class Wanted(NamedTuple):
    """A station to use, for at most so many people; None: as many as have room."""

    station: UUID
    at_most: int | None = None


class Plan(NamedTuple):
    """Who goes where. ``placed`` and ``left`` and ``already`` (who is under an order) are all who were named;
    ``by_station`` counts, zeros told. ``digest`` stands for the plan: to carry it out, give it back."""

    placed: tuple[tuple[UUID, UUID], ...]
    left: tuple[UUID, ...]
    already: tuple[UUID, ...]
    by_station: Mapping[UUID, int]
    digest: str
    done: bool


def place(
    viewer: Viewer, people: Sequence[Person], stations: Sequence[Wanted], fields: Mapping[str, Any], *, batch: UUID,
    now: datetime, grounds: Mapping[UUID, UUID] = MappingProxyType({}), confirm: str = "",
) -> Plan:  # fmt: skip
    """Plans the placing of many people; with ``confirm``, the digest of a plan that leaves nobody, orders them there.

    ``fields`` are those of ``Ordered`` that all have in common; ``grounds`` has the ``of`` of those who have their own.
    An order's area is its station's. Who is under an order of this
    ``batch`` already is where it says: the same again changes nothing, and the same plan confirmed again answers
    as it did when it was carried out. Raises Forbidden, Refused, Changed.
    """
    require(viewer, orders.ORDER)
    _refuse_repeated(people, stations)
    for row, one in enumerate(people, 1):
        orders.refuse_unknown(viewer, one.person, row)
    with seeing(viewer, orders.ORDER):
        locked(*(one.person for one in people), *(one.station for one in stations))
        known: dict[UUID, list[Fact]] = {one.person: [] for one in people}
        for entry in log.read(kinds=ORDER_KINDS, subjects=list(known)):
            known[entry.fact.subject].append(entry.fact)
        folded = {one.person: fold(known[one.person]) for one in people}
        if confirm and (before := _carried_out(folded, stations, batch, confirm)):
            return before
        already = tuple(person for person, its in folded.items() if its.standing is not None)
        rows = {one.station: queries.located(viewer, queries.READ, one.station) for one in stations}
        fresh = [one for one in people if one.person not in already]
        found = allocate(fresh, _places(viewer, stations, rows, now))
        plan = _plan(found, already, stations)
        if not confirm:
            return plan
        if confirm != plan.digest:
            raise Changed("名单或床位已有变化，请重新查看方案", "people or places have changed: look at the plan again")
        if plan.left:
            zh, en = f"还有{len(plan.left)}人没有床位，请增加观察点", f"{len(plan.left)} people are left: add stations"
            raise Refused([Wrong("stations", "left", zh, en)])
        append(viewer, _orders(viewer, plan, rows, fields, batch, grounds, now))
        return plan._replace(done=True)


def _carried_out(
    folded: Mapping[UUID, state.Orders], stations: Sequence[Wanted], batch: UUID, digest: str
) -> Plan | None:  # fmt: skip
    """The plan of this digest, where the orders of the batch are those that it came to; None where they are not."""
    placed: list[tuple[UUID, UUID]] = []
    others: list[UUID] = []
    for person, its in folded.items():
        order = its.order(order_id(batch, person))
        station = order.stays[0].ordered_station if order else None
        if station is None:
            others.append(person)
        else:
            placed.append((person, station))
    plan = _plan(Allocation(tuple(placed), ()), tuple(others), stations)
    return plan._replace(done=True) if placed and plan.digest == digest else None


def order_id(batch: UUID, person: UUID) -> UUID:
    """The id of the order that a batch gives somebody."""
    return uuid5(batch, str(person))


def of_manifest(viewer: Viewer, batch: UUID, named: Sequence[Person], *, now: datetime) -> list[Person]:
    """Everybody on a manifest, those who are ``named`` as they are named. Raises Forbidden, Refused."""
    listed: list[UUID] = []
    after: str | None = ""
    while after is not None and len(listed) <= MOST:
        page = arrivals(viewer, OfManifest(batch=batch), after=after, limit=MOST, now=now)
        listed += [row.person for row in page.rows]
        after = page.after
    own = {one.person: one for one in named}
    wrong = []
    if not listed:
        wrong.append(Wrong("manifest", "unknown_manifest", "没有这份名单，请核对", "is no manifest that is known here"))
    elif absent := [row for row, one in enumerate(named, 1) if one.person not in listed]:
        wrong += [Wrong("person", "not_listed", "不在这份名单上", "is not on the manifest", row) for row in absent]
    if wrong:
        raise Refused(wrong)
    return [own.get(person, Person(person)) for person in dict.fromkeys(listed)]


def _refuse_repeated(people: Sequence[Person], stations: Sequence[Wanted]) -> None:
    if not people:
        raise Refused([Wrong("people", "missing", "名单为空，请填写人员", "are none: name them, or a manifest")])
    if len(people) > MOST:
        zh, en = f"一次最多{MOST}人", f"are more than {MOST}: place them in parts"
        raise Refused([Wrong("people", "too_many", zh, en)])
    seen: dict[UUID, int] = {}
    wrong = []
    for row, one in enumerate(people, 1):
        if one.person in seen:
            first = seen[one.person]
            wrong.append(Wrong("person", "twice", f"与第{first}行是同一人", f"is the person of row {first}", row))
        if one.mode is Mode.HOME:
            zh, en = "居家观察不分配床位", "needs no place: give an order at home"
            wrong.append(Wrong("mode", "not_home", zh, en, row))
        seen.setdefault(one.person, row)
    named = Counter(one.station for one in stations)
    wrong += [
        Wrong("stations", "twice", f"{id} 重复", f"has {id} more than once") for id, times in named.items() if times > 1
    ]
    if wrong:
        raise Refused(wrong)


def _places(
    viewer: Viewer, stations: Sequence[Wanted], rows: Mapping[UUID, Any], now: datetime
) -> list[Places]:  # fmt: skip
    held = queries.occupancy(viewer, list(rows), now)
    return [
        Places(
            one.station,
            Mode(rows[one.station].mode),
            0
            if rows[one.station].closed
            else min(held[one.station].free, MOST if one.at_most is None else one.at_most),
        )
        for one in stations
    ]


def _plan(found: Allocation, already: tuple[UUID, ...], stations: Sequence[Wanted]) -> Plan:
    counted = Counter(station for _, station in found.placed)
    told = "|".join(f"{person}>{station}" for person, station in found.placed)
    told += "||" + "|".join(map(str, (*found.left, "already", *already)))
    digest = hashlib.sha256(told.encode()).hexdigest()
    return Plan(
        found.placed, found.left, already, {one.station: counted[one.station] for one in stations}, digest, False
    )  # fmt: skip


def _orders(
    viewer: Viewer, plan: Plan, rows: Mapping[UUID, Any], fields: Mapping[str, Any], batch: UUID,
    grounds: Mapping[UUID, UUID], now: datetime,
) -> list[Fact]:  # fmt: skip
    facts = []
    for person, station in plan.placed:
        row = rows[station]
        own = {"order": order_id(batch, person), "mode": row.mode, "station": station, "batch": batch}
        if person in grounds:
            own["of"] = grounds[person]
        data = orders.ordered(viewer, {**fields, **own})
        if not facts or data.order_class is not OrderClass.OTHER:  # otherwise the ground is the same for all
            orders.refuse_without_ground(data, person, now)
        facts.append(fact_of(viewer, data, subject=person, area=row.area, at=None, now=now))
    return facts
