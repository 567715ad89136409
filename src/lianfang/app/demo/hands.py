"""The made hands of the demonstration: teams, one of which helps elsewhere, volunteers with a rota, staff lent by a
unit, three calls, and what two residents at home ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.app.demo.people import people
from lianfang.capabilities.mobilisation import facts as kind
from lianfang.capabilities.mobilisation.facts.staff import workload_id
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("a4a6c0f5-6d0e-5a53-9f3f-6a4c6a1f7e20")
AREA: Final = "530103"
BY: Final = "demo-volunteer-coordinator"
BUREAU: Final = "demo-responding-department"
CARRIER: Final = "demo-volunteer"
CONSENT: Final = "2020-01-28"
VOLUNTEERS: Final = (("driving",), ("nursing",), (), ("disinfection", "driving"), (), ("repairs",), (), ("packing",))
TEAMS: Final = (
    ("示例社区协查小分队", "Sample tracing team", kind.Function.TRACING, 20),
    ("示例社区服务小分队", "Sample service team", kind.Function.SERVICE, 35),
    ("示例首批医疗队", "Sample first medical team", kind.Function.MEDICAL, 40),
)


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded before the demonstration's morning: when it was received, by whom, and the facts."""
    answered = kind.CallAnswered(department=BUREAU, heads=6, arrives=MORNING + timedelta(hours=3))
    return [
        (MORNING, BY, [*_teams(), *_volunteers(), *_shifts(), *_calls(), *_errands(BY)]),
        (MORNING, BUREAU, [_fact("answer", _id("call|1"), 0.4, answered)]),
        (MORNING, CARRIER, [*_errands(CARRIER)]),
    ]


def _id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def _fact(name: str, subject: UUID, hours: float, data: FactData) -> Fact:
    at = MORNING - timedelta(hours=hours)
    return Fact.of(data, id=_id(f"fact|{name}"), subject=subject, area=AREA, observed_at=at)


def _teams() -> Iterator[Fact]:
    """Teams with their members, the medical one away since the day before last; staff lent, and how much there is to
    do."""
    first = (MORNING - timedelta(days=2)).date()
    for number, (zh, en, function, heads) in enumerate(TEAMS):
        formed = kind.TeamFormed(zh=zh, en=en, function=function, heads=heads)
        yield _fact(f"team {number}", _id(f"team|{number}"), 60 - number / 10, formed)
    for number in range(2):
        joined = kind.TeamJoined(person=_id(f"volunteer|{number}"))
        yield _fact(f"joined {number}", _id("team|2"), 55 - number / 10, joined)
    journey = _id("relief")
    yield _fact("sent", journey, 50, kind.ReliefSent(team=_id("team|2"), to="420100", heads=40, first=first))
    told = kind.ReliefHealthTold(day=first, well=39, unwell=1)
    yield _fact("health", journey, 39, told)
    lent = kind.SecondmentBegan(unit="示例税务局", duty="visits", heads=8, first=first)
    yield _fact("lent", _id("lent"), 48, lent)
    yield _fact("load", workload_id(AREA), 48, kind.WorkloadStated(households=3000, workers=5))
    yield _fact("care", _id("care"), 5, kind.StaffCareAsked(category="rest", heads=3))


def _volunteers() -> Iterator[Fact]:
    for number, skills in enumerate(VOLUNTEERS):
        signed = kind.VolunteerSignedUp(consent=CONSENT, skills=skills)
        yield _fact(f"signed {number}", _id(f"volunteer|{number}"), 58 - number / 10, signed)


def _shifts() -> Iterator[Fact]:
    """Two a day from yesterday on; those of the first two days are filled."""
    day = MORNING.replace(hour=0) - timedelta(days=1)
    for number in range(8):
        starts = day + timedelta(days=number // 2, hours=8 + 6 * (number % 2))
        duty = ("guard", "deliveries")[number % 2]
        planned = kind.ShiftPlanned(duty=duty, starts=starts, ends=starts + timedelta(hours=4), places=2)
        yield _fact(f"shift {number}", _id(f"shift|{number}"), 40 - number / 10, planned)
        if number < 4:
            who = tuple(_id(f"volunteer|{(2 * number + n) % 6 + 2}") for n in range(2))
            staffed = kind.ShiftStaffed(proposed=who, people=who)
            yield _fact(f"staffed {number}", _id(f"shift|{number}"), 36 - number / 10, staffed)


def _calls() -> Iterator[Fact]:
    """One without an answer, one answered in part, one that is over."""
    for number, (need, heads, hours) in enumerate(
        (("deliveries", 12, 0.3), ("disinfection", 10, 0.8), ("guard", 4, 20))
    ):
        starts = MORNING + timedelta(hours=3 - hours)
        placed = kind.CallPlaced(
            need=need, heads=heads, starts=starts, ends=starts + timedelta(hours=6), departments=(BUREAU,),
            answer_by=MORNING + timedelta(minutes=30 - 60 * hours), place="示例社区东门",
        )  # fmt: skip
        yield _fact(f"call {number}", _id(f"call|{number}"), hours, placed)
    yield _fact("closed", _id("call|2"), 10, kind.CallClosed(outcome="partly"))


def _errands(by: str) -> Iterator[Fact]:
    """What two who are at home under observation ordered: open, on its way, delivered."""
    first, second = [one["id"] for one in people() if one["area"] == AREA][:2]
    orders = ((first, "shopping", 1.5, 2), (second, "medicine", 3, 1), (first, "repair", 8, 2))
    for number, (person, category, hours, rank) in enumerate(orders):
        id, goods = _id(f"errand|{number}"), category != "repair"
        placed = kind.ErrandPlaced(
            person=person, category=category, rank=rank, contactless=True, goods=goods, by_worker=True
        )  # fmt: skip
        steps: list[FactData] = [kind.ErrandAccepted(carrier=CARRIER)] if number else []
        steps += [kind.ErrandPickedUp()] if number == 1 else []
        steps += [kind.ErrandDelivered(at_door=True)] if number == 2 else []
        if by == BY:
            yield _fact(f"placed {number}", id, hours, placed)
        else:
            for n, step in enumerate(steps):
                yield _fact(f"errand {number} {n}", id, hours - 0.5 * (n + 1), step)
