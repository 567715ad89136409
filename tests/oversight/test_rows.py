"""Rows about honest records, one by one, as the record itself tells of them: what is raised, of which facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.rows import seeing_all
from lianfang.app import commands_oversight, serve
from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.command.facts.gatherings import (
    GatheringDeclared,
    GatheringKind,
    GatheringOutcome,
    GatheringTold,
)
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.rules.policy import policy
from lianfang.capabilities.oversight.service import detecting
from lianfang.capabilities.screening.state.parts import CST
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import OWN
from tests.contacts import world
from tests.screening.made import COMMUNITY, PROVINCE, WORKER, Desk, at, desk, fact, visit, well

__all__ = ["at", "desk"]
DAY = timedelta(days=1)


def raised(now: datetime, day: date, *, area: str = OWN) -> dict[str, FindingRow]:
    """The findings of a day by their rule."""
    detecting.detect(now, day=day, area=area)
    with seeing_all():
        return {one.rule: one for one in FindingRow.objects.all()}


def received(facts: list[Fact], now: datetime) -> None:
    log.append(facts, principal=WORKER.principal, now=now)


def test_qa_01_what_cannot_have_been_seen_is_raised_with_its_records(desk: Desk) -> None:
    """Five doors in a minute, each open for half of one, at four in the morning, told two days later."""
    grid, first = desk.grid(), desk.round()
    homes = [desk.home(grid, str(101 + n), 1) for n in range(5)]
    ends = list(log.read())[-1].received_at.astimezone(CST)
    begins = ends.replace(hour=4, minute=0, second=0, microsecond=0) - 2 * DAY
    told = [
        fact(visit(first, well(person), minutes=0.5, evidence="none"), home, begins + timedelta(seconds=5 * n))
        for n, (home, (person,)) in enumerate(homes)
    ]
    received(told, ends)
    found = raised(ends + DAY, begins.date())
    found = {rule: one for rule, one in found.items() if policy().rules[rule].group == "made_up"}
    assert set(found) == {"speed", "short", "off_hours", "back_dated"}
    for one in found.values():
        assert set(one.evidence) == {fact.id for fact in told}
        assert (one.area, one.unit, one.day, one.concerned) == (COMMUNITY, grid, begins.date(), [WORKER.author])
        assert one.raised_at == ends + DAY and dict(one.figures)["records"] == 5
    assert detecting.detect(ends + DAY, day=begins.date(), area=OWN).raised == []


def test_qa_02_who_is_on_a_list_and_in_no_record_for_a_day_is_missed(database: Database) -> None:
    person = world.entered()
    contact = world.expose(world.report(world.at(24)), world.on(24), world.at(25), person=person).contact
    assert "missed_person" not in raised(world.at(26), world.on(25))
    found = raised(world.at(28), world.on(27))["missed_person"]
    (one,) = (entry.fact for entry in log.read() if entry.fact.id in found.evidence)
    assert one.subject == contact and found.area == OWN


@pytest.mark.parametrize(("hours", "late"), [(1.9, False), (2.1, True)])
def test_qa_02_a_case_without_its_card_within_two_hours_is_late(database: Database, hours: float, late: bool) -> None:
    case = world.report(world.at(26), Class.SUSPECTED)
    (card,) = (entry for entry in log.read() if entry.fact.subject == case and entry.fact.kind == "case.reported")
    seen = card.received_at - timedelta(hours=hours)
    again = uuid4()
    log.append(
        [card.fact.model_copy(update={"id": log.new_id(), "subject": again, "observed_at": seen})],
        principal=world.tracer().principal, now=card.received_at,
    )  # fmt: skip
    told = detecting.detect(card.received_at + DAY, day=seen.astimezone(CST).date(), area=OWN).raised
    facts = {fact for one in told if one.rule == "late_case" for fact in one.evidence}
    assert (again in {entry.fact.subject for entry in log.read() if entry.fact.id in facts}) is late


def test_a_demonstrations_day_is_that_of_its_record(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked from another process, whose clock is the machine's."""
    world.report(world.at(26))
    last = list(log.read())[-1].received_at
    assert commands_oversight._now() > last
    monkeypatch.setattr(serve, "holds_demo", lambda: True)
    assert commands_oversight._now() == last


@pytest.mark.parametrize(("told", "late"), [((), True), ((1.9,), False), ((2.1,), True)])
def test_qa_05_a_gathering_that_nobody_dissuaded_in_two_hours_is_raised(
    database: Database, told: tuple[float, ...], late: bool
) -> None:
    party, known = uuid4(), world.at(26)
    declared = GatheringDeclared(sort=GatheringKind.BANQUET, planned=world.at(27))
    facts = [world.fact(declared, party, known)]
    facts += [world.fact(GatheringTold(outcome=GatheringOutcome.DISSUADED), party, known + timedelta(hours=one))
              for one in told]  # fmt: skip
    world.append(facts)
    found = raised(world.at(28), world.on(27))
    assert ("late_gathering" in found) is late
    if late:
        assert found["late_gathering"].evidence == [facts[0].id] and found["late_gathering"].area == OWN


def test_qa_04_completeness_is_told_of_each_grid_with_how_timely_it_is(desk: Desk) -> None:
    first, rest = desk.grid("g1"), desk.grid("g2")
    round = desk.round()
    homes = [desk.household(grid, str(101 + n)) for n, grid in enumerate((first, first, rest))]
    ends = list(log.read())[-1].received_at.astimezone(CST)
    seen = ends.replace(hour=10, minute=0, second=0, microsecond=0) - DAY

    def visits(some: list[UUID], minute: int) -> list[Fact]:
        nobody: dict[str, Any] = {"outcome": "not_met", "follower": "team-2", "minutes": 3}
        return [fact(visit(round, **nobody), home, seen + timedelta(minutes=minute + 9 * n))
                for n, home in enumerate(some)]  # fmt: skip

    received(visits(homes[:2], 0) + visits(homes[2:], 60), ends)
    raised(ends + DAY, seen.date())
    told = desk.told("/oversight/completeness", area=COMMUNITY, day=seen.date().isoformat())
    grids = {one["grid"]: (one["registered"], one["records"], one["late"]) for one in told["grids"]}
    assert grids == {"g1": (2, 2, 2), "g2": (1, 1, 1)}
    assert (told["whole"]["records"], told["whole"]["late"]) == (3, 3)
    assert desk.told("/oversight/completeness", PROVINCE, area="530000", day=seen.date().isoformat())["grids"] == []
    parts = desk.told("/oversight/board", PROVINCE, area="530000")["parts"]
    assert [one["area"] for one in parts] == ["530100"], "a community's findings are those of its prefecture"
