"""The contacts of a drill: exposures, orders of observation and their ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.contacts import facts as kind
from lianfang.capabilities.drills.rules.cases import HOUR, Case, Cases
from lianfang.capabilities.drills.rules.desks import Desk, code, minutes
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.drills.rules.stations import station_id
from lianfang.capabilities.drills.rules.world import World
from lianfang.capabilities.isolation import facts as order
from lianfang.profiles.disease import profile

Ints = NDArray[np.int64]
SETTINGS: Final = (
    ("household", "relative", "live_together"),
    ("study", "classmate", "study_together"),
    ("work", "colleague", "work_together"),
    ("conveyance", "fellow_traveller", "conveyance_near"),
    ("meal", "friend", "companion"),
)
"""By the setting of the outbreak: setting, relation and closeness, by their codes in the profile's terms."""
BASIS: Final = "infectious_disease"
PUT, SEEN_IN_PLACE = 3 * HOUR, 8 * HOUR
"""Minutes from an order until the person is where it says, and until somebody has seen so."""


@dataclass
class Observed:
    """A contact: a person under one observation. ``exposures``: minute told, source, setting, last day. ``place``: −1
    none, 0 a station, 1 at home. ``due``: the last day; ``ends``: the minute at which it is over, by release or by
    becoming ``case``."""

    number: int
    person: int
    id: str
    pseudonym: str
    area: str
    told: int
    place: int
    due: int
    exposures: list[tuple[int, Case, int, int]] = field(default_factory=list)
    case: Case | None = None
    ends: int = NEVER

    @property
    def at_station(self) -> bool:
        return self.place == 0


def observed(world: World, cases: Cases) -> list[Observed]:
    """Everybody who was traced, by person. What is told of somebody who is a case already is not told again."""
    its, drill = world.outbreak, world.drill
    traced = minutes(its.traced)
    rows = np.flatnonzero((traced >= 0) & (traced < drill.days * DAY_MINUTES))
    rows = rows[np.lexsort((traced[rows], its.contact_person[rows]))]
    edition = profile(drill.disease).edition(drill.edition)
    days = edition.contact.whole_days if edition.contact else 0
    own = {one.person: one for one in cases.cases}
    found: dict[int, Observed] = {}
    for row in rows.tolist():
        person, source = int(its.contact_person[row]), cases.of.get(int(its.contact_infection[row]))
        at = max(int(traced[row]), source.reported + HOUR) if source else NEVER
        case = own.get(person)
        if source is None or at >= drill.days * DAY_MINUTES or (case is not None and case.reported <= at + HOUR):
            continue
        last = min(int(its.contact_last[row]), at // DAY_MINUTES)
        one = found.get(person)
        if one is None:
            if (last + days + 1) * DAY_MINUTES <= at + HOUR:
                continue  # found when the time of observation was over, or so nearly that nobody is told of it before
            place = int(its.at_home[row])
            one = found[person] = _registered(world, person, at, place, last + days)
            one.case = case
        elif at < one.told or (one.due + 1) * DAY_MINUTES <= at or any(e[1] is source for e in one.exposures):
            continue
        one.exposures.append((at, source, int(its.contact_setting[row]), last))
        one.due = max(one.due, last + days)
    for one in found.values():
        released = (one.due + 1) * DAY_MINUTES + 20
        if one.case is not None and one.case.reported >= released:
            one.case = None
        one.ends = one.case.reported + 5 if one.case else released
    return list(found.values())


def _registered(world: World, person: int, at: int, place: int, due: int) -> Observed:
    drill = world.drill
    id = ids(drill.seed, "contact", np.array([person], np.int64))[0]
    area = drill.communities[world.population.community[world.population.household[person]]]
    return Observed(person, person, id, world.people[person], area, at, place, due)


def named(everybody: list[Observed]) -> dict[int, int]:
    """How many contacts each infection's case named."""
    counts: dict[int, int] = {}
    for one in everybody:
        for _, source, *_ in one.exposures:
            counts[source.infection] = counts.get(source.infection, 0) + 1
    return counts


class Following:
    """Writes the facts of contacts and of their orders; checks are written apart (``checks``)."""

    def __init__(self, world: World, everybody: list[Observed]) -> None:
        self.world, self.everybody, self.drill, self.desk = world, everybody, world.drill, Desk(world.drill)
        self.end = self.drill.days * DAY_MINUTES - 1

    def write(self) -> None:
        """Everything that is recorded of all contacts."""
        for one in self.everybody:
            self._exposed(one)
            self._ended(one)
            if one.place >= 0:
                self._order(one)

    def _exposed(self, one: Observed) -> None:
        by = code("cdc", one.area)
        for n, (at, source, setting, last) in enumerate(one.exposures):
            where, relation, close = SETTINGS[min(setting, len(SETTINGS) - 1)]
            exposure = kind.Exposure(
                source=UUID(source.id), last=self.drill.day(last), setting=where, closeness=(close,), relation=relation
            )
            data = kind.Exposed(
                disease=self.drill.disease, edition=self.drill.edition, person=UUID(one.pseudonym), exposure=exposure
            )
            if at < one.ends:
                self.desk.tell(data, one.id, one.area, by, at, (f"exposed {n}", one.number))
        self.desk.tell(kind.Informed(), one.id, one.area, by, one.told + HOUR // 2, ("informed", one.number))

    def _ended(self, one: Observed) -> None:
        by = code("cdc", one.area)
        if one.case is not None:
            became = kind.Converted(case=UUID(one.case.id))
            self.desk.tell(became, one.id, one.area, by, one.ends, ("converted", one.number))
        else:
            over = kind.Released(reason=kind.Release.COMPLETED)
            self.desk.tell(over, one.id, one.area, by, one.ends, ("released", one.number))

    def order_of(self, one: Observed) -> str:
        return self.desk.name("order", one.number)

    def _order(self, one: Observed) -> None:
        """The order and what is done about it, unless the contact is a case before that."""
        n, drill, by, staff = one.number, self.drill, code("cdc", one.area), code("station", one.area)
        id, start = UUID(self.order_of(one)), one.told + HOUR // 2
        station = UUID(station_id(drill, one.area)) if one.at_station else None
        restricting: dict[str, Any] = {"basis": BASIS, "approver": by, "start": drill.at(start)}
        data = order.Ordered(
            **restricting, end=self._end_of(self._due_at(one, start)), order=id, of=UUID(one.id),
            order_class=order.OrderClass.CLOSE_CONTACT, disease=drill.disease, edition=drill.edition,
            mode=order.Mode.CENTRAL if station else order.Mode.HOME, station=station,
            clinician=code("doctor", one.area), community=one.area, suitable=None if station else True,
        )  # fmt: skip
        for what, at, acted, who in (
            ("ordered", start, data, by),
            ("received", start + HOUR, order.OrderReceived(order=id), staff),
            ("executed", start + PUT, order.OrderExecuted(order=id, station=station), staff),
            ("verified", start + SEEN_IN_PLACE, order.OrderVerified(order=id, as_ordered=True), by),
        ):
            if at < one.ends:
                self.desk.tell(acted, one.pseudonym, one.area, who, at, (what, n))
        self._extended(one, id, restricting)
        reason = "became_case" if one.case else "completed"
        lifted = order.Lifted(order=id, reason=reason)
        self.desk.tell(lifted, one.pseudonym, one.area, by, max(one.ends + 5, start + 1), ("lifted", n))

    def _extended(self, one: Observed, id: UUID, restricting: dict[str, Any]) -> None:
        """The order goes on where somebody was exposed again."""
        until = self._due_at(one, one.told + HOUR // 2)
        for n, (at, *_) in enumerate(one.exposures):
            longer = self._due_at(one, at)
            if longer > until and at + 10 < one.ends:
                until = longer
                data = order.Extended(**restricting, end=self._end_of(longer), order=id, reason="exposure")
                by = code("cdc", one.area)
                self.desk.tell(data, one.pseudonym, one.area, by, at + 10, (f"extended {n}", one.number))

    def _due_at(self, one: Observed, at: int) -> int:
        """The last day of observation as it is known at a minute."""
        lasts = [last for told, _, _, last in one.exposures]
        known = [last for told, _, _, last in one.exposures if told <= at]
        return one.due - max(lasts) + max(known)

    def _end_of(self, due: int) -> Any:
        return self.drill.midnight + timedelta(days=due + 1)

    def rows(self) -> Iterator[tuple[Observed, list[Any]]]:
        """Each contact with its row: person, status, last day, case, exposures."""
        for one in self.everybody:
            over = one.ends <= self.end
            status = ("converted" if one.case else "released") if over else "observing"
            if one.told + HOUR // 2 > self.end:
                status = "to_trace"
            told = [last for at, _, _, last in one.exposures if at < one.ends]
            whole = one.due - max(last for *_, last in one.exposures) + max(told)
            case = one.case.id if one.case and over else None
            yield one, [one.pseudonym, status, self.drill.day(whole).isoformat(), case, len(told)]

    def orders(self) -> Iterator[tuple[Observed, list[Any]]]:
        """Each contact under an order with the order's row: stage, mode, station."""
        for one in self.everybody:
            start = one.told + HOUR // 2
            if one.place < 0 or start > self.end or start >= one.ends:
                continue
            stage = "issued"
            for name, after in (("received", HOUR), ("executed", PUT), ("verified", SEEN_IN_PLACE)):
                if start + after < one.ends and start + after <= self.end:
                    stage = name
            if max(one.ends + 5, start + 1) <= self.end:
                stage = "lifted"
            station = station_id(self.drill, one.area) if one.at_station else None
            yield one, [stage, "central" if one.at_station else "home", station]
