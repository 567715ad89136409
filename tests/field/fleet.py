"""Phones, servers, and a network between them that loses, doubles and delays: a week of it in a moment, by a seed.

What a server does with a batch is the record's own (``facts.sent``: validation, canonical bytes, ids); what phones do
is what the field app does: keep until an answer names it, send again what no answer named, wherever it was killed.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import orjson

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.state.household import Span, fold_household
from lianfang.capabilities.screening.state.round import fold_round
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.sent import Principal, from_json

BEGAN = datetime(2020, 1, 28, tzinfo=UTC)
COUNTY, COMMUNITY = "530102", "530102001002"
ROUND = kinds.round_id(COUNTY, 1)
GRID = kinds.grid_id(COMMUNITY, "g")
SITES, PHONES, DOORS, PEOPLE = 3, 20, 30, 2
FAULTY = 0.3  # of messages
WEEK_S, MEET_S, VISIT_S = 7 * 86_400, 6 * 3_600, 20_000
BATCH = 7
FURTHEST_S = 2 * 3_600  # a phone's clock is off by so much at most


class Site:
    """A server: the union of facts by id. The first that it has of an id stays."""

    def __init__(self) -> None:
        self.held: dict[UUID, Fact] = {}
        self.bodies: dict[UUID, bytes] = {}
        self.order: list[UUID] = []
        self.conflicts: set[UUID] = set()

    def take(self, batch: bytes, author: str) -> list[UUID]:
        """The ids that its answer names."""
        sent = from_json(batch, Principal(author, author))
        assert sent.asides == [], sent.asides
        for item in sent.ready:
            self.put(item.read(), item.body)
        return [item.id for item in sent.ready]

    def put(self, fact: Fact, body: bytes) -> None:
        if fact.id not in self.held:
            self.held[fact.id], self.bodies[fact.id] = fact, body
            self.order.append(fact.id)
        elif self.bodies[fact.id] != body:
            self.conflicts.add(fact.id)

    def registers(self) -> dict[UUID, Any]:
        """Every household and the round, folded from what is held, as it came."""
        facts = [self.held[id] for id in self.order]
        return folded(facts)


def folded(facts: Iterable[Fact]) -> dict[UUID, Any]:
    """What facts come to, in the order in which they are given."""
    by_subject: dict[UUID, list[Fact]] = {}
    for one in facts:
        by_subject.setdefault(one.subject, []).append(one)
    held = fold_round(by_subject.get(ROUND, []))
    spans: Mapping[UUID, Span] = {}
    if held is not None:
        spans = {ROUND: Span(held.area, held.opened_at, held.closed_at)}
    return {
        subject: held if subject == ROUND else fold_household(theirs, spans) for subject, theirs in by_subject.items()
    }


@dataclass
class Phone:
    """What is on its storage outlives a crash; what was on the way does not."""

    code: str
    site: int
    skew_s: float
    outbox: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    offset_s: float | None = None
    number: int = 0
    session: int = 0
    """Grows with each crash: an answer to one before finds nobody."""


class Fleet:
    """The whole of it. ``run`` ends when nothing is on its way and every phone has met a server in peace."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now_s = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._faulty = FAULTY
        self.sites = [Site() for _ in range(SITES)]
        self.phones = [
            Phone(f"phone-{n}", n % SITES, self.dice.uniform(-FURTHEST_S, FURTHEST_S)) for n in range(PHONES)
        ]
        self.saved: dict[UUID, dict[str, Any]] = {}
        self.doors = [kinds.household_id(COMMUNITY, "1栋", "1单元", f"{n}01") for n in range(DOORS)]
        self.people = [[self._id() for _ in range(PEOPLE)] for _ in self.doors]
        self._office()

    def run(self) -> None:
        for phone in self.phones:
            for act, mean_s in ((self._visit, VISIT_S), (self._meet, MEET_S), (self._crash, 86_400)):
                self._often(phone, act, mean_s)
            self._after(self.dice.uniform(0, WEEK_S), lambda phone=phone: self._hand_over(phone))  # type: ignore[misc]  # a default binds
        for number in range(SITES):
            self._often(number, self._gossip, MEET_S)
        self._drain(WEEK_S)
        self._faulty = 0.0
        for _ in range(3):  # what was waiting; then the servers among themselves
            for phone in self.phones:
                self._meet(phone)
            self._drain()
            for number in range(SITES):
                self._gossip(number)
            self._drain()

    # the network

    def _send(self, deliver: Callable[[], None]) -> None:
        """Three in ten messages are lost, doubled, or come much later than others."""
        delay = self.dice.uniform(0.05, 2)
        fate = self.dice.choice(("lost", "doubled", "late")) if self.dice.random() < self._faulty else ""
        if fate == "lost":
            return
        if fate == "late":
            delay += self.dice.expovariate(1 / 7_200)
        self._after(delay, deliver)
        if fate == "doubled":
            self._after(delay + self.dice.expovariate(1 / 600), deliver)

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.now_s + seconds, next(self._numbers), act))

    def _often(self, who: Any, act: Callable[[Any], None], mean_s: float) -> None:
        def again() -> None:
            act(who)
            if self.now_s < WEEK_S:
                self._after(self.dice.expovariate(1 / mean_s), again)

        self._after(self.dice.expovariate(1 / mean_s), again)

    def _drain(self, until_s: float = float("inf")) -> None:
        while self._events and self._events[0][0] <= until_s:
            self.now_s, _, act = heapq.heappop(self._events)
            act()
        if until_s < float("inf"):
            self.now_s = until_s
            self._events = [event for event in self._events if event[0] > until_s]
            heapq.heapify(self._events)

    # what phones do

    def _visit(self, phone: Phone) -> None:
        """A visit, now and then a correction of an earlier one, or somebody who has moved."""
        at = self.dice.randrange(DOORS)
        chance = self.dice.random()
        if chance < 0.1 and phone.made:
            before = self.dice.choice(phone.made)
            data = kinds.Visited(round=ROUND, outcome="refused", evidence="none", form=1)
            self._save(phone, data, UUID(before["subject"]), corrects=before["id"])
        elif chance < 0.2:
            kind = self.dice.choice((kinds.MemberLeft, kinds.MemberJoined))
            self._save(phone, kind(person=self.people[at][0]), self.doors[at], visit=False)
        elif chance < 0.25:  # two who find the same door give it the same id
            door = f"{self.dice.randrange(4)}99"
            data = kinds.HouseholdRegistered(community=COMMUNITY, grid=GRID, building="9栋", unit=None, door=door)
            self._save(phone, data, kinds.household_id(COMMUNITY, "9栋", None, door), visit=False)
        else:
            seen = [{"person": one, "result": "well", "temp_c": 36.5} for one in self.people[at]]
            data = kinds.Visited(round=ROUND, outcome="met", members=seen, outsiders=0, evidence="qr", form=1)
            self._save(phone, data, self.doors[at])

    def _save(
        self, phone: Phone, data: FactData, subject: UUID, corrects: str | None = None, visit: bool = True
    ) -> None:
        phone.number += 1
        fact = {
            "id": str(self._id()), "kind": data.kind, "version": data.version, "subject": str(subject),
            "area": COMMUNITY, "observed_at": (BEGAN + timedelta(seconds=self.now_s + phone.skew_s)).isoformat(),
            "clock_offset": phone.offset_s, "device": phone.code, "device_seq": phone.number,
            "corrects": corrects, "data": data.model_dump(mode="json"),
        }  # fmt: skip
        phone.outbox[UUID(str(fact["id"]))] = fact
        self.saved[UUID(str(fact["id"]))] = fact
        if visit and corrects is None:
            phone.made.append(fact)

    def _meet(self, phone: Phone) -> None:
        """Sends what waits, in batches; each is forgotten when an answer names it, and only then."""
        session, site = phone.session, self.sites[phone.site]
        waiting = list(phone.outbox.values())
        for start in range(0, len(waiting), BATCH):
            batch = orjson.dumps(waiting[start : start + BATCH])

            def deliver(batch: bytes = batch) -> None:
                named = site.take(batch, phone.code)

                def answered() -> None:
                    if phone.session != session:
                        return
                    phone.offset_s = phone.skew_s
                    for id in named:
                        phone.outbox.pop(id, None)

                self._send(answered)

            self._send(deliver)

    def _crash(self, phone: Phone) -> None:
        phone.session += 1

    def _hand_over(self, phone: Phone) -> None:
        """A day's work goes to a colleague's phone of the same office; now and then both go on sending it."""
        colleagues = [one for one in self.phones if one.site == phone.site and one is not phone]
        other = self.dice.choice(colleagues)
        other.outbox.update({id: fact for id, fact in phone.outbox.items() if id not in other.outbox})
        if self.dice.random() < 0.7:
            phone.outbox.clear()

    # what offices do

    def _office(self) -> None:
        facts = [(kinds.RoundOpened(number=1, due=BEGAN + timedelta(days=9)), ROUND, COUNTY)]
        for number, (door, people) in enumerate(zip(self.doors, self.people, strict=True)):
            at = kinds.HouseholdRegistered(
                community=COMMUNITY, grid=GRID, building="1栋", unit="1单元", door=f"{number}01", expected=PEOPLE
            )
            facts.append((at, door, COMMUNITY))  # type: ignore[arg-type]  # kinds of several sorts
            facts += [(kinds.MemberJoined(person=one), door, COMMUNITY) for one in people]  # type: ignore[misc]
        made = [
            Fact.of(data, id=self._id(), subject=subject, area=area, observed_at=BEGAN - timedelta(hours=1))
            for data, subject, area in facts
        ]
        batch = orjson.dumps([one.model_dump(mode="json", exclude={"author", "device"}) for one in made])
        self.sites[0].take(batch, "office")

    def _gossip(self, number: int) -> None:
        """A server tells another all that it has, as it has it."""
        site, other = self.sites[number], self.sites[(number + 1) % SITES]
        told = [(site.held[id], site.bodies[id]) for id in site.order]

        def deliver() -> None:
            for fact, body in told:
                other.put(fact, body)

        self._send(deliver)

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)
