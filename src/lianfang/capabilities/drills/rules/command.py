"""Command at work: its posts, an event that goes up, measures with progress and evidence, notices with receipts and
deliveries, joint tickets, gatherings and venues. Nothing is done wrongly on purpose here: the review does not compare
these registers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.command import facts as kind
from lianfang.capabilities.command.facts.gatherings import GatheringOutcome
from lianfang.capabilities.command.facts.headquarters import Group, Office, headquarters_id
from lianfang.capabilities.command.facts.instructions import Addressee, DeliveryReason, InstructionKind, receipt_id
from lianfang.capabilities.command.facts.measures import Exempt, MeasureKind, MeasureProgress, measure_id
from lianfang.capabilities.command.facts.reports import Instance
from lianfang.capabilities.command.facts.tickets import Side, side_id
from lianfang.capabilities.command.facts.venues import VenueStatus
from lianfang.capabilities.command.rules.delivery import READ_IT
from lianfang.capabilities.command.rules.delivery import clocks as delivery_clocks
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.command.rules.notices import sorts
from lianfang.capabilities.drills.rules.desks import Desk, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.plan import ISSUER
from lianfang.capabilities.drills.rules.posts import HOUR
from lianfang.capabilities.drills.rules.setting import officers
from lianfang.capabilities.tasks.facts import Assigned, task_id
from lianfang.epi.simulate import dice
from lianfang.facts.fact import FactData

BEGINS: Final = 8 * HOUR
DOCUMENT: Final = "演练-3"
EVERY: Final = 3
"""Days between two notices, and between two gatherings or tickets of a county."""
MAIL: Final = "duty-mail"
ROBOT: Final = "department-robot"
"""Channels: one serves the whole area, one the responding department."""
DUTY: Final = "county_duty_officer"
DEPARTMENT: Final = "responding_department"
UNITS: Final = {DUTY: ("值班室", "duty office"), DEPARTMENT: ("联动部门", "responding department")}


class Ordered(NamedTuple):
    """A fact: what about what, where, by whom, at which minute, and what its id is made of."""

    data: FactData
    subject: UUID
    area: str
    by: str
    minute: int
    name: tuple[str, int]


class Stage(NamedTuple):
    """Where command works against an event, in whose name and by which document: over ``area`` with its counties for so
    many days, by accounts of roles; ``at`` is the moment of a minute since the first midnight, ``name`` an id of a
    purpose and a number, ``drawn`` a draw of 0 to 1."""

    area: str
    event: str
    issuer: str
    document: str
    counties: Sequence[str]
    accounts: Mapping[str, str]
    days: int
    at: Callable[[int], datetime]
    name: Callable[[str, int], UUID]
    drawn: Callable[[int, int], float]


@cache
def words() -> Mapping[str, Any]:
    """What is ordered, in words."""
    file = resources.files("lianfang.capabilities.drills").joinpath("policy/command.toml")
    return tomllib.loads(file.read_text("utf-8"))


class Command:
    """Writes what a drill's command orders."""

    def __init__(self, drill: Drill) -> None:
        self.drill, self.desk = drill, Desk(drill)

    def write(self) -> None:
        for one in ordered(self._stage()):
            purpose, number = one.name
            name = (f"command {purpose}", number)
            self.desk.tell(one.data, str(one.subject), one.area, one.by, one.minute, name)

    def _stage(self) -> Stage:
        drill, accounts = self.drill, {one.role: one.code for one in officers(self.drill)}
        return Stage(
            drill.area, drill.disease, ISSUER, DOCUMENT, counties(drill), accounts, drill.days, drill.at,
            lambda purpose, number: UUID(self.desk.name(f"command {purpose}", number)),
            lambda what, number: dice.uniform(dice.key(drill.seed, "command"), what, number, 0),
        )  # fmt: skip


def ordered(on: Stage) -> Iterator[Ordered]:
    """Everything that is recorded of it, in no order; also what falls after the last day."""
    yield from _posts(on)
    yield from _event(on)
    yield from _measures(on)
    for n, day in enumerate(range(1, on.days, EVERY)):
        yield from _notice(on, n, day * DAY_MINUTES + BEGINS + HOUR)
    for number, county in enumerate(on.counties):
        yield from _venues(on, number, county)
        for n, day in enumerate(range(1 + number % EVERY, on.days, EVERY)):
            yield from _gathering(on, number * 100 + n, county, day * DAY_MINUTES + BEGINS + 2 * HOUR)
            yield from _ticket(on, number * 100 + n, county, day * DAY_MINUTES + BEGINS + 3 * HOUR)


def _turn(of: str, number: int) -> Mapping[str, Any]:
    """Of a list the one whose turn it is."""
    its = words()[of]
    return its[number % len(its)]  # type: ignore[no-any-return]  # as the file has it


def _posts(on: Stage) -> Iterator[Ordered]:
    """The headquarters of the area, and command posts of all its counties but the last."""
    by, starts = on.accounts[DUTY], on.at(BEGINS)
    for number, county in enumerate(on.counties[:-1] or on.counties):
        data = kind.CommandPostEstablished(
            **words()["post"], issuer=on.issuer, doc_no=on.document, starts=starts
        )  # fmt: skip
        yield Ordered(data, kind.command_post_id(county), county, by, BEGINS, ("command post", number))
    groups = tuple(Group(**one, members=tuple(_unit(on, unit) for unit in UNITS)) for one in words()["groups"])
    leads = tuple(Office(**one) for one in words()["leads"])
    tree = kind.HeadquartersOrganised(
        event=on.event, **words()["headquarters"], doc_no=on.document, starts=starts, leads=leads,
        groups=groups,
    )  # fmt: skip
    yield Ordered(tree, headquarters_id(on.area, on.event), on.area, by, BEGINS, ("headquarters", 0))


def _event(on: Stage) -> Iterator[Ordered]:
    """A cluster in the first county, reported step by step; the last step is still to be made."""
    subject, county, found = on.name("event", 0), on.counties[0], 2 * DAY_MINUTES + BEGINS
    data = kind.EventFound(**words()["event"], found=on.at(found))
    yield Ordered(data, subject, county, on.accounts[DUTY], found, ("event found", 0))
    for n, to in enumerate(list(Instance)[:-1]):
        told, minute = kind.EventReported(to=to), found + 50 * (n + 1)
        yield Ordered(told, subject, county, on.accounts[DUTY], minute, ("event reported", n))


def _measures(on: Stage) -> Iterator[Ordered]:
    end = on.at((on.days + 14) * DAY_MINUTES)
    for number, one in enumerate(words()["measures"], start=1):
        subject, review = measure_id(on.area, on.document, number), number in words()["reviewed"]
        units = (DUTY, DEPARTMENT) if one["department"] else (DUTY,)
        ends = on.at(on.days // 2 * DAY_MINUTES) if number == words()["ended"] else end
        issued = kind.MeasureIssued(
            number=number, sort=one["sort"], zh=one["zh"], en=one["en"], basis=words()["basis"], approver=on.issuer,
            doc_no=on.document, starts=on.at(BEGINS), ends=None if review else ends,
            review=on.at(7 * DAY_MINUTES) if review else None,
            units=tuple(_unit(on, code) for code in units),
            exempt=tuple(Exempt) if one["sort"] == MeasureKind.MOVEMENT else (),
        )  # fmt: skip
        by = on.accounts[DUTY]
        yield Ordered(issued, subject, on.area, by, BEGINS, ("measure issued", number))
        if review:
            renewed = kind.MeasureRenewed(doc_no=f"{on.document}-续", ends=end)
            yield Ordered(renewed, subject, on.area, by, 6 * DAY_MINUTES + BEGINS, ("measure renewed", number))
        if number == words()["lifted"]:
            minute = max(on.days - 2, 1) * DAY_MINUTES + BEGINS
            lifted = kind.MeasureLifted(doc_no=f"{on.document}-止", ends=on.at(minute))
            yield Ordered(lifted, subject, on.area, by, minute, ("measure lifted", number))
        for nth, code in enumerate(units):
            yield from _progress(on, subject, number * 10 + nth, code)


def _unit(on: Stage, code: str) -> kind.Unit:
    zh, en = UNITS[code]
    return kind.Unit(code=code, zh=zh, en=en, account=on.accounts[code])


def _progress(on: Stage, subject: UUID, number: int, unit: str) -> Iterator[Ordered]:
    """Three in four carry it out within the drill, one after the other; one in eight never says a word."""
    drawn, by = on.drawn(0, number), on.accounts[unit]
    if drawn >= 0.875:
        return
    began = kind.MeasureProgressed(unit=unit, progress=MeasureProgress.UNDER_WAY)
    minute = BEGINS + HOUR + int(drawn * 2 * DAY_MINUTES)
    yield Ordered(began, subject, on.area, by, minute, ("measure under way", number))
    if drawn < 0.75:
        done = kind.MeasureProgressed(unit=unit, progress=MeasureProgress.DONE, evidence=words()["evidence"])
        minute += 4 * HOUR + int(drawn * (on.days - 3) * DAY_MINUTES)
        yield Ordered(done, subject, on.area, by, minute, ("measure done", number))


def _notice(on: Stage, n: int, minute: int) -> Iterator[Ordered]:
    subject, one = on.name("notice", n), _turn("notices", n)
    to = (*(Addressee(area=county) for county in on.counties), Addressee(area=on.area, account=on.accounts[DEPARTMENT]))
    its, sent = sorts(on.at(minute).date())[InstructionKind.ORDER], on.at(minute)
    assert its.act is not None
    data = kind.InstructionSent(
        sort=InstructionKind.ORDER, zh=one["zh"], en=one["en"], zh_text=one["text"], issuer=on.issuer,
        doc_no=f"{on.document}-{n + 1}", to=to, read_by=sent + its.read, act_by=sent + its.act,
    )  # fmt: skip
    yield Ordered(data, subject, on.area, on.accounts[DUTY], minute, ("notice sent", n))
    account = on.accounts[DEPARTMENT]
    of = receipt_id(subject, to[-1].token)
    for nth, rule in enumerate((READ_IT, "instruction.act")):
        given = Assigned(to=account, of=of, rule=rule)
        name = ("notice given", n * 10 + nth)
        yield Ordered(given, task_id(rule, of), on.area, on.accounts[DUTY], minute, name)
    yield from _deliveries(on, subject, n, minute, to)
    for nth, addressee in enumerate(to):
        yield from _receipt(on, subject, n * 1000 + nth, minute, addressee)


def _deliveries(on: Stage, subject: UUID, n: int, minute: int, to: Sequence[Addressee]) -> Iterator[Ordered]:
    """The mail takes every third at the second try; the robot of the department takes every fourth never."""
    again = delivery_clocks(on.at(minute).date()).again
    for channel, whom, fails in (
        (MAIL, tuple(to), 1 if n % EVERY == 1 else 0),
        (ROBOT, (to[-1],), len(again) + 1 if n % 4 == 2 else 0),
    ):
        waits = [timedelta(minutes=1), *again][: fails + 1]
        at = minute
        for nth, wait in enumerate(waits):
            at += int(wait.total_seconds() // 60)
            told = kind.InstructionDelivered(
                channel=channel, taken=nth == fails, reason=DeliveryReason.SENT, to=whom
            )  # fmt: skip
            yield Ordered(told, subject, on.area, on.accounts[DUTY], at, (f"notice by {channel}", n * 10 + nth))


def _receipt(on: Stage, subject: UUID, number: int, sent: int, to: Addressee) -> Iterator[Ordered]:
    """Most read it within the hour, some hours late, some not at all; who reads it in time acts within the day."""
    drawn, by = on.drawn(1, number), on.accounts[DEPARTMENT if to.account else DUTY]
    late, never = (sum(divmod(number, 1000)) % 6 == rest for rest in (3, 4))
    if never:
        return
    minute = sent + 5 + int(drawn * 50) + (5 * HOUR if late else 0)
    yield Ordered(kind.InstructionRead(to=to), subject, to.area, by, minute, ("notice read", number))
    if not late:
        acted = kind.InstructionActed(to=to, note=words()["done"])
        minute += 2 * HOUR + int(drawn * 20 * HOUR)
        yield Ordered(acted, subject, to.area, by, minute, ("notice acted", number))


def _ticket(on: Stage, number: int, county: str, minute: int) -> Iterator[Ordered]:
    """Every third waits for the place still."""
    subject, one = on.name("ticket", number), _turn("tickets", number)
    department, by = on.accounts[DEPARTMENT], on.accounts[DUTY]
    due = on.at(minute) + clocks(on.at(minute).date()).ticket
    yield Ordered(
        kind.TicketOpened(department=department, **one, due=due), subject, county, by, minute,
        ("ticket opened", number),
    )  # fmt: skip
    part, rule = side_id(subject, Side.DEPARTMENT), "ticket.confirm"
    given = Assigned(to=department, of=part, rule=rule)
    yield Ordered(given, task_id(rule, part), county, by, minute, ("ticket given", number))
    both = [(Side.DEPARTMENT, department, 20 * HOUR), (Side.PLACE, by, 30 * HOUR)]
    for side, who, after in both[: 1 if number % 3 == 2 else 2]:
        confirmed = kind.TicketConfirmed(side=side)
        yield Ordered(confirmed, subject, county, who, minute + after, (f"ticket {side}", number))


def _gathering(on: Stage, number: int, county: str, minute: int) -> Iterator[Ordered]:
    """Every fifth is held although it was dissuaded, and the county sees to it; every fourth is postponed."""
    subject, one = on.name("gathering", number), _turn("gatherings", number)
    by, planned = on.accounts[DUTY], minute + 30 * HOUR
    data = kind.GatheringDeclared(**one, planned=on.at(planned), place=words()["place"])
    yield Ordered(data, subject, county, by, minute, ("gathering declared", number))
    first = GatheringOutcome.POSTPONED if number % 4 == 3 else GatheringOutcome.DISSUADED
    yield Ordered(
        kind.GatheringTold(outcome=first), subject, county, by, minute + HOUR, ("gathering told", number)
    )  # fmt: skip
    if number % 5 == 4:
        held = kind.GatheringTold(outcome=GatheringOutcome.HELD)
        yield Ordered(held, subject, county, by, planned, ("gathering held", number))
        yield Ordered(
            kind.GatheringHandled(), subject, county, by, planned + HOUR, ("gathering handled", number)
        )  # fmt: skip


def _venues(on: Stage, number: int, county: str) -> Iterator[Ordered]:
    """All close on the first day; the market is let open with limits after half of the time."""
    by, half = on.accounts[DUTY], max(on.days // 2, 1) * DAY_MINUTES + BEGINS
    for n, one in enumerate(words()["venues"]):
        its = number * 10 + n
        subject = on.name("venue", its)
        data = kind.VenueRegistered(**one)
        yield Ordered(data, subject, county, by, BEGINS, ("venue registered", its))
        limited = kind.VenueStated(
            status=VenueStatus.LIMITED, starts=on.at(half), doc_no=on.document, limits=words()["limits"]
        )  # fmt: skip
        closed = kind.VenueStated(
            status=VenueStatus.CLOSED, starts=on.at(BEGINS + HOUR), doc_no=on.document,
            reopens=on.at((on.days + 20) * DAY_MINUTES).date() if n else None,
        )  # fmt: skip
        yield Ordered(closed, subject, county, by, BEGINS + 1, ("venue closed", its))
        if one is words()["venues"][-1]:
            yield Ordered(limited, subject, county, by, half, ("venue limited", its))
