"""What follows from arrivals: the hand-over, the measurements of key persons, medicine, and who is brought to a clinic.

TRV-01 to TRV-04 and SCR-13. Times and thresholds are ``policy/arrivals.toml``'s.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.checkpoints.state import CST, Arrival, Fault, Measure
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.profiles.disease import was_listed

HAND_OVER, MEASURE, SUPPLY, REFER, HELP = (
    "arrival.hand_over", "arrival.measure", "arrival.supply", "arrival.refer", "travel.help",
)  # fmt: skip
OF_A_KEY_PERSON: Final = (MEASURE, SUPPLY, REFER)
"""What is given to one and the same worker for a key person."""

WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "before_registration": ("早于登记时间，请核对", "is before the registration: correct the time"),
        "needs_flight": ("分配座位须注明航班", "a seat needs its flight: name it"),
        "before_call": ("早于求助时间，请核对", "is before the call: correct the time"),
        "not_responsible": ("该区域不负责此记录", "this division is not responsible for it"),
        "no_step": ("不能由现状态转为此状态", "cannot follow where the call stands now"),
        "listed_twice": ("此次到达已登记，请更正原登记", "the arrival is listed already: correct that listing"),
        "before_arrival": ("早于到达时间，请核对", "is before the arrival: correct the time"),
        "taken_over": ("已由目的地接收，不必重复", "was taken over before: nothing more is needed"),
        "other_day": ("与实际测量日期不符，请核对", "is not the day on which it was measured: correct it"),
        "no_slot": ("当日规定中没有此时段，可用：{known}", "is no slot of the day; there are: {known}"),
        "before_slot": ("该时段尚未开始", "has not begun yet"),
        "no_flight": ("没有此航班，请核对", "names no flight that is planned: correct it"),
        "no_seat": ("该航班座位已满，请改列候补", "has no free seat: put the person on the waiting list"),
        "no_seats": (
            "全家{n}人，该航班只余{free}个座位，家人不分开：请另选航班或全家列候补",
            "has {free} seats for a family of {n}, who go together: choose another flight or put all of them on the "
            "waiting list",
        ),
        "family_elsewhere": (
            "家人登记在另一地区，请在该地区登记",
            "the family is registered in another division: register there",
        ),
        "seats_given": (
            "少于已分配的座位，请先将部分人员改列候补",
            "are fewer than were given: put some of the people on the waiting list first",
        ),
        "same_stop": ("相邻两站相同，请核对", "names one stop twice in a row: correct it"),
        "not_registered": ("此人未登记，请先登记", "this person is not registered: register first"),
        "unknown_area": ("没有这个区划代码，请核对", "is no division's code: correct it"),
        "outside_area": ("不在您负责的区域内", "is not in your area"),
        "too_far": ("超过{days}天之后，请核对", "lies more than {days} days ahead: correct it"),
        "too_old": ("距今超过{days}天，请核对", "lies more than {days} days back: correct it"),
        "in_future": ("在现在之后，请核对", "lies ahead: correct it"),
        "listed_otherwise": (
            "已登记而内容不同，请更正原登记",
            "is listed already with other content: correct that listing",
        ),
        "twice": ("名单中重复而内容不同，请核对", "stands twice in the list with different content: correct it"),
        "not_key": ("此人不是重点人员，无需定时测量", "is no key person: no measurement at set times is asked for"),
        "needs_assignee": (
            "重点人员须指定专人，请从可分派人员中选择",
            "a key person needs somebody who is assigned: choose one of the assignees",
        ),
        "no_fact": ("没有这条记录，或已撤回", "names no record of it that holds: choose another"),
        "no_person": ("没有登记此人，请先登记人员", "names nobody who is entered: enter the person first"),
        "empty": ("请填写至少一项", "nothing is to be changed: give at least one field"),
    }
)
"""What is wrong, by its code: what to do, in both languages."""


class Slot(NamedTuple):
    """A time of the day, local, at which a key person is measured."""

    code: str
    zh: str
    en: str
    begins: time
    ends: time


class Edition(NamedTuple):
    """What holds for arrivals from a day on."""

    code: str
    begins: date
    hand_over: timedelta
    watch_days: int
    fever_c: float
    refer: timedelta
    supply: timedelta
    help: timedelta
    key_of: tuple[str, ...]
    listed_days: int
    slots: tuple[Slot, ...]
    source: str

    def slot(self, code: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.code == code), None)


@cache
def editions() -> tuple[Edition, ...]:
    """The editions of the policy, by when they begin."""
    text = resources.files("lianfang.capabilities.checkpoints").joinpath("policy/arrivals.toml").read_text("utf-8")
    return tuple(sorted((_edition(one) for one in tomllib.loads(text)["edition"]), key=lambda one: one.begins))


def _edition(one: Mapping[str, Any]) -> Edition:
    hours = {name: timedelta(hours=one[f"{name}_h"]) for name in ("hand_over", "refer", "supply", "help")}
    slots = tuple(Slot(**slot) for slot in one["slots"])
    return Edition(
        one["code"], one["begins"], hours["hand_over"], one["watch_days"], one["fever_c"], hours["refer"],
        hours["supply"], hours["help"], tuple(one["key_of"]), one["listed_days"], slots, one["source"],
    )  # fmt: skip


@lru_cache(1000)
def in_force(on: date) -> Edition:
    """The edition that holds on a day; before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= on), editions()[0])


def is_key(came_from: str | None, arrived: datetime, zone: tzinfo = CST) -> bool:
    """Whether an arrival from an area is a key person by the policy of the day."""
    if came_from is None:
        return False
    day = arrived.astimezone(zone).date()
    its = in_force(day)
    first = day - timedelta(days=its.listed_days)
    return any(was_listed(disease, came_from, first, day) for disease in its.key_of)


def of_arrival(one: Arrival, zone: tzinfo = CST) -> Edition:
    """The edition that holds for an arrival: that of its day."""
    return in_force(one.arrived.astimezone(zone).date())


def watched_until(one: Arrival, zone: tzinfo = CST) -> datetime | None:
    """When the watch over a key person ends; None for others."""
    return ends(one, zone) if one.key_person else None


def ends(one: Arrival, zone: tzinfo = CST) -> datetime:
    """When an arrival closes by itself, whoever it was (SCR-12): with the days that a key person is watched."""
    return _at(watched(one.arrived, zone)[1] + timedelta(days=1), time(), zone)


def going_on(now: datetime, zone: tzinfo = CST) -> list[tuple[datetime, datetime | None]]:
    """The half-open spans of times of arrival that have not closed by now; None where a span has no end."""
    today, its = now.astimezone(zone).date(), editions()
    spans = []
    for one, following in zip(its, (*its[1:], None), strict=True):
        since = max(today - timedelta(days=one.watch_days), one.begins if one is not its[0] else date.min)
        spans.append((_at(since, time(), zone), _at(following.begins, time(), zone) if following else None))
    return [(since, until) for since, until in spans if until is None or since < until]


def watched(arrived: datetime, zone: tzinfo = CST) -> tuple[date, date]:
    """The first and the last day on which a key person is measured."""
    day = arrived.astimezone(zone).date()
    return day, day + timedelta(days=in_force(day).watch_days)


def unwell(measure: Measure, edition: Edition) -> bool:
    """Whether a measurement asks for a fever clinic."""
    return bool(measure.symptoms) or (measure.temp_c is not None and measure.temp_c >= edition.fever_c)


def faults(one: Arrival, zone: tzinfo = CST) -> tuple[Fault, ...]:
    """What contradicts an arrival: what the fold found, and measurements of slots that the policy has not, or that had
    not begun."""
    its, found = of_arrival(one, zone), []
    for measure in one.measures:
        slot = its.slot(measure.slot)
        if slot is None:
            found.append(Fault(measure.noted.fact, "slot", "no_slot"))
        elif measure.noted.at < _at(measure.day, slot.begins, zone):
            found.append(Fault(measure.noted.fact, "slot", "before_slot"))
    return (*one.faults, *found)


def obligations(
    subject: UUID, one: Arrival, since: datetime, until: datetime, zone: tzinfo = CST
) -> Iterator[Obligation]:
    """What is to be done about an arrival, as ``tasks.rules.Provider`` has it: the destination takes it over; a key
    person is measured at every slot and brought medicine; whoever is unwell is brought to a clinic. Once an arrival has
    closed, only that is still asked for."""
    edition, over = of_arrival(one, zone), ends(one, zone)
    taken = one.taken_over.at if one.taken_over else None
    made = [_of(subject, one, HAND_OVER, one.arrived, one.arrived + edition.hand_over, done_at=taken, lapses=over)]
    if one.key_person:
        made += _measures(subject, one, edition, since, until, zone)
        if taken:
            first = min((supply.noted.at for supply in one.supplies), default=None)
            made.append(_of(subject, one, SUPPLY, taken, taken + edition.supply, done_at=first, lapses=over))
    made += [
        _of(subject, one, REFER, m.noted.at, m.noted.at + edition.refer, f"{m.day}.{m.slot}")
        for m in one.measures
        if unwell(m, edition)
    ]
    for each in made:
        gone = each.done_at < since if each.done_at else each.lapses is not None and each.lapses <= since
        if each.begins < until and not gone:
            yield each


def active_until(one: Arrival, zone: tzinfo = CST) -> datetime | None:
    """From when on an arrival asks for nothing more; None while something of it has no end of its own."""
    edition = of_arrival(one, zone)
    waits = one.key_person and not one.supplies
    if one.taken_over is None or waits or any(unwell(m, edition) for m in one.measures):
        return None
    told = [one.taken_over.at, *(supply.noted.at for supply in one.supplies), *(m.noted.at for m in one.measures)]
    return max([*told, *([end] if (end := watched_until(one, zone)) else [])])


def _measures(
    subject: UUID, one: Arrival, edition: Edition, since: datetime, until: datetime, zone: tzinfo
) -> list[Obligation]:
    """The slots from arrival to the end of the watch, of the days that are asked about."""
    first, last = watched(one.arrived, zone)
    day = max(first, since.astimezone(zone).date())
    found = []
    while day <= min(last, until.astimezone(zone).date()):
        for code, begins, due, lapses in _slots(edition, day, zone):
            if due <= one.arrived:
                continue
            its = [m for m in one.measures if m.day == day and m.slot == code and m.noted.at >= begins]
            done = min(its, key=lambda m: m.noted.at, default=None)
            outcome = None if done is None else Attempt.SEEN_UNWELL if unwell(done, edition) else Attempt.SEEN_WELL
            found.append(
                _of(
                    subject, one, MEASURE, max(begins, one.arrived), due, f"{day}.{code}",
                    done_at=done.noted.at if done else None, outcome=outcome, lapses=lapses,
                )
            )  # fmt: skip
        day += timedelta(days=1)
    return found


@lru_cache(1000)
def _slots(edition: Edition, day: date, zone: tzinfo) -> list[tuple[str, datetime, datetime, datetime]]:
    """Of each slot of a day its code, when it begins, when it is due and when it lapses."""
    lapses = _at(day + timedelta(days=1), time(), zone)
    return [(slot.code, _at(day, slot.begins, zone), _at(day, slot.ends, zone), lapses) for slot in edition.slots]


def _of(
    subject: UUID, one: Arrival, rule: str, begins: datetime, due: datetime, slot: str = "", **more: Any
) -> Obligation:
    return Obligation(
        rule, subject, one.destination, begins, due, slot=slot, person=one.person, author=one.author, **more
    )


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone)


class Party(NamedTuple):
    """People who go together, by when the first of them was registered, and where they are."""

    people: tuple[UUID, ...]
    place: str


class Flight(NamedTuple):
    """A flight with the seats that nobody has."""

    id: UUID
    route: tuple[str, ...]
    free: int


class Seated(NamedTuple):
    """What is proposed for people who go together: a flight; or none, for a reason of ``NOT_SEATED``."""

    people: tuple[UUID, ...]
    place: str
    flight: UUID | None
    why: str


NOT_SEATED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "in_turn": ("先登记先安排，全家同机", "in the order of registration, the family together"),
        "no_flight": ("没有从该地出发的航班", "no flight leaves from there"),
        "no_room": ("余下的座位不够全家", "the seats that are left are too few for the family"),
    }
)
"""Why somebody is proposed for a flight, or for none."""


def seat_families(parties: Sequence[Party], flights: Sequence[Flight]) -> list[Seated]:
    """A flight for each party, in the order of registration: the first that stops where they are (not at its end) and
    has room for all of them. Who is too many for what is left waits whole, and who comes after may still fit.

    ``flights`` come in the order in which they leave. The same input gives the same answer.
    """
    free, found = {one.id: one.free for one in flights}, []
    for party in parties:
        near = [one for one in flights if party.place in one.route[:-1]]
        fits = next((one.id for one in near if free[one.id] >= len(party.people)), None)
        if fits is not None:
            free[fits] -= len(party.people)
        why = "in_turn" if fits is not None else "no_room" if near else "no_flight"
        found.append(Seated(party.people, party.place, fits, why))
    return found


def seating_digest(lines: Sequence[Seated]) -> str:
    """What stands for a proposal: another one has another."""
    told = (f"{','.join(map(str, one.people))}>{one.flight or ''}" for one in lines)
    return hashlib.sha256("|".join(told).encode()).hexdigest()


def help_obligation(
    subject: UUID, area: str, author: str, person: UUID, asked_at: datetime, answered_at: datetime | None
) -> Obligation:
    """A call for help is taken up, settled or found impossible within the policy's hours."""
    due = asked_at + in_force(asked_at.astimezone(CST).date()).help
    return Obligation(HELP, subject, area, asked_at, due, person=person, done_at=answered_at, author=author)
