"""The made outbreak of the demonstration, from ``outbreak.toml``: its people and its facts, as desks record them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import cycle
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.app.demo import hospitals
from lianfang.capabilities.cases import facts as case
from lianfang.capabilities.contacts import facts as contact
from lianfang.capabilities.isolation import facts as isolation
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.facts.fact import Days, Fact, FactData
from lianfang.profiles.disease import profile

_NAMES: Final = UUID("0f2f6f1e-2f0b-5b7e-8d3c-9e7a4f1c2d60")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CHINA: Final = MORNING.tzinfo
LATE: Final = 34
"""The number of a contact of whom nothing arrived before ``LATE_SENT``: the notice of that day is revised."""
LATE_SENT: Final = datetime(2020, 1, 28, 11, tzinfo=_CHINA)
_ROUNDS: Final = (("am", time(8, 30)), ("pm", time(16, 30)))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(resources.files("lianfang.app.demo").joinpath("outbreak.toml").read_text("utf-8"))


def people() -> list[dict[str, Any]]:
    """The outbreak's people as ``identity.service.enter`` takes them."""
    told = _told()
    rows = [(number, area, sex, age, "case") for number, area, sex, age, *_ in told["cases"]]
    rows += [(f"contact-{n}", area, "", 0, "contact") for n, (_, area, *_) in enumerate(_contacts())]
    area, sex, age, *_, number = told["excluded"]
    rows.append((number, area, sex, age, "suspected"))
    return [_entered(at, *row) for at, row in enumerate(rows)]


def _entered(at: int, key: str, area: str, sex: str, age: int, data_class: str) -> dict[str, Any]:
    """Names count in stems and branches; the passports are of Utopia, the country code is nobody's."""
    told = {
        "id": _id(f"person|{key}"),
        "kind": "person",
        "name": f"示例{_STEMS[at % 10]}{_BRANCHES[at % 12]}",
        "documents": [{"kind": "passport", "country": "UTO", "number": f"SAMPLE{1001 + at}"}],
        "phones": [f"+9991001{at:04}"],
        "address": f"示例路{at // 4 + 10}号{at % 4 + 1}单元",
        "area": area,
        "data_class": data_class,
        "basis": "infectious_disease",
        "since": "2020-01-28",
    }
    return {**told, "sex": sex, "birth_date": f"{2020 - age}-01-01"} if sex else told


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """Everything that was recorded of it before the demonstration's morning: when each hat's facts of an hour were
    received, the hat, and they; by that time."""
    told: dict[tuple[datetime, str], list[Fact]] = {}
    all_of_it = list(_facts())
    all_of_it += hospitals.facts(all_of_it)
    late = {_id(f"contact-{LATE}"), _id(f"person|contact-{LATE}")}
    for fact in sorted((fact for fact in all_of_it if fact.observed_at <= MORNING), key=lambda fact: fact.observed_at):
        hour = fact.observed_at.replace(minute=0) + timedelta(hours=1)
        if fact.subject in late:
            hour = max(hour, LATE_SENT)
        told.setdefault((min(hour, MORNING), _hat(fact.kind)), []).append(fact)
    return [(received, hat, facts) for (received, hat), facts in sorted(told.items())]


def _hat(kind: str) -> str:
    if kind.startswith("station.") or kind in ("isolation.received", "isolation.executed"):
        return "demo-station-staff"
    investigated = kind in ("case.investigated", "case.source_determined")
    of_clinic = kind.startswith(("case.", "hospital.", "bed.")) and not investigated
    return "demo-clinic-doctor" if of_clinic else "demo-epidemiologist"


def _facts() -> Iterator[Fact]:
    told = _told()
    for row in told["cases"]:
        yield from _imported(*row)
    yield from _stations()
    for n, (of, area, last, setting, relation, closeness) in enumerate(_contacts()):
        yield from _observed(n, of, area, last, setting, relation, closeness)
    for row in told["fell_ill"]:
        yield from _fallen_ill(*row)
    yield from _excluded(*told["excluded"])


def _contacts() -> list[tuple[str, ...]]:
    return [
        (of, area, last, setting, relation, closeness)
        for of, area, many, last, setting, relation, closeness in _told()["contacts"]
        for _ in range(many)
    ]


def _imported(
    number: str, area: str, sex: str, age: int, onset: str, seen: str, diagnosed: str, confirmed: str, severity: str
) -> Iterator[Fact]:
    of, at, sure = _id(number), _time(diagnosed), _time(confirmed)
    about = case.About(
        onset=Days.exactly(_day(onset)), sex=case.Sex(sex), age_years=age, first_visit=_time(seen), residence=area,
        history=("stay",), clinical=("fever", "imaging"), symptoms=("fever", "dry_cough"), found_by="clinic",
        unit="demo-clinic",
    )  # fmt: skip
    yield _fact(of, area, at, _report(number, about, severity))
    yield _fact(of, area, at + timedelta(minutes=20), case.Isolated(where="hospital"))
    yield _fact(of, area, at + timedelta(hours=1), case.Admitted(hospital="demo-hospital-1", designated=True))
    yield _fact(of, area, at + timedelta(hours=2), case.Treated())
    came = case.SourceDetermined(source=case.InfectionSource.IMPORTED, came_from=_told()["came_from"])
    yield _fact(of, area, at + timedelta(hours=18), case.Investigated(contacts=5))
    yield _fact(of, area, at + timedelta(hours=18), came)
    yield from _confirmed(of, area, at, sure)


def _confirmed(of: UUID, area: str, diagnosed: datetime, sure: datetime) -> Iterator[Fact]:
    sample = _fact(of, area, diagnosed + timedelta(minutes=40), case.Sampled(material="throat_swab"))
    yield sample
    yield _fact(
        of, area, sure - timedelta(minutes=30), case.Tested(sample=sample.id, test="pcr", result="positive", ct=27.4)
    )
    data = case.Classified(to=case.Class.CONFIRMED, edition=_edition(sure), basis="laboratory", sample=sample.id)
    yield _fact(of, area, sure, data)


def _report(number: str, about: case.About, severity: str | None, key: str = "") -> case.Reported:
    assert about.first_visit is not None
    return case.Reported(
        person=_id(f"person|{key or number}"), disease=_told()["disease"], edition=_edition(about.first_visit),
        as_class=case.Class.SUSPECTED, about=about, severity=case.ClinicalSeverity(severity) if severity else None,
        number=number,
    )  # fmt: skip


def _stations() -> Iterator[Fact]:
    opened = datetime.combine(date(2020, 1, 20), time(8), _CHINA)
    duty = dict.fromkeys(("lead", "clinician", "disinfection", "logistics"), "demo-station-staff")
    for number, name, town, capacity in _told()["stations"]:
        data = isolation.StationOpened(name=name, town=town, capacity=capacity, number=number, **duty)
        yield _fact(_id(number), town, opened, data)
        at = opened
        while (at := at + timedelta(hours=2)) < MORNING - timedelta(hours=1):
            seen = sum(came <= at < left for of, came, left in _residents() if of == number)
            yield _fact(_id(number), town, at, isolation.RoundMade(residents=seen))
            if at.hour == 20 and (number, at.day) != ("S-02", 29):
                log = isolation.StationLogged(day=at.date(), on_duty=4, residents=seen)
                yield _fact(_id(number), town, at, log)


def _observed(n: int, of: str, area: str, last: str, setting: str, relation: str, closeness: str) -> Iterator[Fact]:
    """A contact that was found the day after, ordered into observation, and checked twice a day; some checks failed."""
    subject, person = _id(f"contact-{n}"), _id(f"person|contact-{n}")
    found = _found(n, last)
    exposure = contact.Exposure(
        source=_id(of), first=_day(last) - timedelta(days=2), last=_day(last), setting=setting, relation=relation,
        closeness=(closeness,),
    )  # fmt: skip
    untraced = n % 16 == 15
    data = contact.Exposed(
        disease=_told()["disease"], edition=_edition(found), person=None if untraced else person, exposure=exposure
    )
    yield _fact(subject, area, found, data)
    if untraced:
        return
    yield _fact(subject, area, found + timedelta(hours=1), contact.Informed())
    yield from _ordered(n, subject, person, area, found, _day(last))
    chance = cycle((Attempt.SEEN_WELL,) * 6 + (Attempt.NOT_FOUND,) + (Attempt.SEEN_WELL,) * 9)
    for _ in range(n % 16):
        next(chance)
    ill = _left(n)
    day = found.date() + timedelta(days=1)
    while day <= ill.date():
        for half, at in _ROUNDS:
            outcome, when = next(chance), datetime.combine(day, at, _CHINA) + timedelta(minutes=n)
            if when > ill:
                break
            if n % 11 == 10 and half == "pm":
                continue  # nobody came: overdue by the clock
            temp = 36.2 + (n * 7 + day.day) % 8 / 10 if outcome is Attempt.SEEN_WELL else None
            checked = contact.Checked(day=day, half=contact.Half(half), outcome=outcome, temp_c=temp, by="worker")
            yield _fact(subject, area, when, checked)
        day += timedelta(days=1)


def _found(n: int, last: str) -> datetime:
    return datetime.combine(_day(last), time(18), _CHINA) + timedelta(hours=n % 5)


def _left(n: int) -> datetime:
    """When a contact's observation ended: when it fell ill, or not yet."""
    return next((_time(seen) for at, _, seen, *_ in _told()["fell_ill"] if at == n), MORNING)


def _station(n: int, area: str) -> str | None:
    """A third are observed in a station of their division."""
    return next((number for number, _, town, _ in _told()["stations"] if town == area and n % 3 == 0), None)


@cache
def _residents() -> list[tuple[str, datetime, datetime]]:
    """Who was in which station from when until when."""
    return [
        (station, _found(n, last) + timedelta(hours=4), _left(n))
        for n, (_, area, last, *_) in enumerate(_contacts())
        if n % 16 != 15 and n % 13 != 12 and (station := _station(n, area)) is not None
    ]


def _ordered(n: int, subject: UUID, person: UUID, area: str, found: datetime, last: date) -> Iterator[Fact]:
    edition = profile(_told()["disease"]).edition(_edition(found))
    assert edition.contact is not None and edition.contact.observe_days is not None
    end = datetime.combine(last + timedelta(days=edition.contact.observe_days + 1), time(), _CHINA)
    order = _id(f"order-{n}")
    station = None if (number := _station(n, area)) is None else _id(number)
    data = isolation.Ordered(
        basis="infectious_disease", approver="demo-county-duty-officer", start=found, end=end, order=order,
        order_class=isolation.OrderClass.CLOSE_CONTACT, of=subject, disease=_told()["disease"],
        edition=edition.code, mode=isolation.Mode.CENTRAL if station else isolation.Mode.HOME, station=station,
        clinician="demo-clinic-doctor", community=area, suitable=True,
    )  # fmt: skip
    yield _fact(person, area, found + timedelta(hours=1), data)
    yield _fact(person, area, found + timedelta(hours=2), isolation.OrderReceived(order=order))
    if n % 13 == 12:
        return
    yield _fact(person, area, found + timedelta(hours=4), isolation.OrderExecuted(order=order, station=station))
    if n % 9 != 8:
        yield _fact(person, area, found + timedelta(hours=9), isolation.OrderVerified(order=order, as_ordered=True))


def _fallen_ill(n: int, onset: str, seen: str, diagnosed: str, confirmed: str, number: str) -> Iterator[Fact]:
    of, area, *_ = _contacts()[n]
    subject, at = _id(number), _time(diagnosed)
    about = case.About(
        onset=Days.exactly(_day(onset)), first_visit=_time(seen), residence=area, history=("infected",),
        clinical=("fever", "blood_count"), symptoms=("fever", "fatigue"), found_by="contact_follow_up",
        unit="demo-clinic",
    )  # fmt: skip
    yield _fact(_id(f"contact-{n}"), area, _time(seen) - timedelta(hours=1), contact.Referred(to="demo-clinic"))
    yield _fact(subject, area, at, _report(number, about, "mild", f"contact-{n}"))
    yield _fact(_id(f"contact-{n}"), area, at + timedelta(minutes=5), contact.Converted(case=subject))
    yield _fact(subject, area, at + timedelta(minutes=30), case.Isolated(where="hospital"))
    yield _fact(subject, area, at + timedelta(hours=1), case.Admitted(hospital="demo-hospital-1", designated=True))
    if confirmed:
        linked = contact.Linked(infector=_id(of), certainty=contact.Certainty.PROBABLE)
        yield _fact(subject, area, _time(confirmed), linked)
        yield _fact(subject, area, _time(confirmed), case.SourceDetermined(source=case.InfectionSource.LINKED))
        yield from _confirmed(subject, area, at, _time(confirmed))


def _excluded(
    area: str, sex: str, age: int, onset: str, seen: str, diagnosed: str, out: str, number: str
) -> Iterator[Fact]:
    subject, at, end = _id(number), _time(diagnosed), _time(out)
    about = case.About(
        onset=Days.exactly(_day(onset)), sex=case.Sex(sex), age_years=age, first_visit=_time(seen), residence=area,
        history=("stay",), clinical=("fever", "blood_count"), found_by="clinic", unit="demo-clinic",
    )  # fmt: skip
    yield _fact(subject, area, at, _report(number, about, "mild"))
    for hours in (1, 26):
        sample = _fact(subject, area, at + timedelta(hours=hours), case.Sampled(material="throat_swab"))
        yield sample
        result = case.Tested(sample=sample.id, test="pcr", result="negative")
        yield _fact(subject, area, at + timedelta(hours=hours + 8), result)
    data = case.Classified(to=case.Class.EXCLUDED, edition=_edition(end), basis="tests_negative")
    yield _fact(subject, area, end, data)


def _fact(subject: UUID, area: str, at: datetime, data: FactData) -> Fact:
    name = f"{data.kind}|{subject}|{at.isoformat()}"
    return Fact.of(data, id=_id(name), subject=subject, area=area, observed_at=at)


def _id(name: str) -> UUID:
    return uuid5(_NAMES, f"outbreak|{name}")


def _day(text: str) -> date:
    return date.fromisoformat(f"2020-{text}")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}:00+08:00")


def _edition(at: datetime) -> str:
    """The edition in force on a day; the first one for the days before it."""
    its = profile(_told()["disease"])
    return its.in_force(max(at.date(), its.editions[0].begins)).code
