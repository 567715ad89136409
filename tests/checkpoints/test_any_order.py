"""The facts of a whole story, in whatever order they arrive: the same registers, and the same list."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.checkpoints import facts as travel
from lianfang.capabilities.checkpoints import models
from lianfang.capabilities.checkpoints.state import CST, fold_arrival
from lianfang.capabilities.tasks import queries
from lianfang.capabilities.tasks.facts import Assigned, Attempt, Attempted, Done, task_id
from lianfang.capabilities.tasks.models import TaskRow
from lianfang.facts import fold, log, rebuild
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from tests.access.made import OWN, viewer
from tests.checkpoints.desk import OFFICER, OTHER
from tests.daily import examples

BEGAN = datetime(2020, 1, 28, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ARRIVAL, PERSON, FLIGHT, CALL = (UUID(int=n) for n in range(1, 5))
MEASURE = "arrival.measure"


def _fact(n: int, data: FactData, subject: UUID, hours: float, *, area: str = OWN, corrects: int = 0) -> Fact:
    its = UUID(int=1000 + corrects) if corrects else None
    at = BEGAN + hours * HOUR
    return Fact.of(data, id=UUID(int=1000 + n), subject=subject, area=area, observed_at=at, corrects=its)


def listed(**changes: Any) -> FactData:
    told = {
        "person": PERSON, "conveyance": "flight", "number": "TR188", "arrived": BEGAN, "came_from": "420100",
        "destination": OWN, "key_person": True,
    }  # fmt: skip
    return travel.ArrivalListed(**{**told, **changes})


def measured(slot: str, temp_c: float, day: int = 28) -> FactData:
    return travel.ArrivalMeasured(day=date(2020, 1, day), slot=slot, temp_c=temp_c)


REFER = task_id("arrival.refer", ARRIVAL, "2020-01-28.pm")
STORY = [
    _fact(1, listed(), ARRIVAL, 0),
    _fact(2, travel.ArrivalAcknowledged(by_unit="u-1"), ARRIVAL, 1),
    _fact(3, Assigned(to="w-1", of=ARRIVAL, rule=MEASURE), task_id(MEASURE, ARRIVAL), 1),
    _fact(4, measured("am", 36.5), ARRIVAL, 2),
    _fact(5, measured("pm", 38.0), ARRIVAL, 6),
    _fact(6, measured("am", 36.4, 27), ARRIVAL, 7),  # of another day than it was made
    _fact(7, travel.ArrivalAcknowledged(by_unit="u-2"), ARRIVAL, 8),  # taken over before
    _fact(8, listed(number="TR189"), ARRIVAL, 9, corrects=1),
    _fact(9, Done(of=ARRIVAL, rule="arrival.refer", slot="2020-01-28.pm"), REFER, 7),
    _fact(10, Attempted(outcome=Attempt.REFUSED, of=ARRIVAL, rule=MEASURE), task_id(MEASURE, ARRIVAL), 3),
    _fact(11, Assigned(to="w-2", of=ARRIVAL, rule=MEASURE), task_id(MEASURE, ARRIVAL), 5),
    _fact(12, Retracted(why=Why.MISTAKEN), ARRIVAL, 10, corrects=4),
    _fact(13, travel.ArrivalAcknowledged(by_unit="u-3"), ARRIVAL, 0.5, area=OTHER),  # of no concern to that division
    _fact(14, travel.MedicineSupplied(item="m-1"), ARRIVAL, 3),
    _fact(15, travel.FlightPlanned(conveyance="flight", number="1", route=("岘港", "广州"), seats=1), FLIGHT, 0),
    _fact(16, travel.StrandedRegistered(place="岘港"), PERSON, 0),
    _fact(17, travel.SeatSettled(seat="assigned", flight=FLIGHT), PERSON, 1),
    _fact(18, travel.SeatSettled(seat="declined"), PERSON, 2),
    _fact(19, travel.HelpAsked(person=PERSON, family=2, needs=(), place="河内"), CALL, 0),
    _fact(20, travel.HelpAnswered(state="settled"), CALL, 2),
    _fact(21, travel.HelpAnswered(state="taken_up"), CALL, 3),  # after it was settled
    _fact(22, listed(destination=OTHER), ARRIVAL, 11, area=OTHER, corrects=8),  # nobody asked that division
    _fact(
        23, travel.FlightPlanned(conveyance="flight", number="2", route=("甲", "乙"), seats=9), FLIGHT, 1, area=OTHER
    ),
]
ROWS = (models.ArrivalRow, models.FlightRow, models.StrandedRow, models.HelpRow, TaskRow)
LATE = BEGAN + 30 * HOUR


def told(order: list[Fact], sizes: list[int]) -> tuple[Any, Any]:
    """What the registers hold and what the list says, after the facts have come in this order and in these batches."""
    with transaction.atomic():
        at = 0
        while at < len(order):
            size = sizes[at % len(sizes)]
            outcomes = log.append(order[at : at + size], principal=OFFICER.principal)
            assert {one.status for one in outcomes} == {"appended"}
            at += size
        assert fold.stopped() == {}
        rebuild.assert_incremental_equals_refold()
        with seeing_all():
            held = {
                model.__name__: Counter(str(sorted(row.items())) for row in model.objects.values()) for model in ROWS
            }
        found = queries.page(OFFICER, queries.Wanted(), day=date(2020, 1, 28), now=LATE, limit=500)
        transaction.set_rollback(True)
    return held, found


@pytest.fixture
def in_order(database: Database) -> tuple[Any, Any]:
    return told(STORY, [len(STORY)])


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(STORY), sizes=st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_a_story_told_in_any_order_leaves_the_same_registers_and_the_same_list(
    in_order: tuple[Any, Any], order: list[Fact], sizes: list[int]
) -> None:
    assert told(order, sizes) == in_order


def test_the_story_comes_to_what_it_says(database: Database) -> None:
    _, page = told(STORY, [1])
    lines = {(one.task.obligation.rule, one.task.obligation.slot): one for one in page.lines}
    assert {key: str(one.progress) for key, one in lines.items()} == {
        ("arrival.hand_over", ""): "done",
        (MEASURE, "2020-01-28.am"): "missed",  # its measurement was taken back
        (MEASURE, "2020-01-28.pm"): "done",
        ("arrival.supply", ""): "done",
        ("arrival.refer", "2020-01-28.pm"): "done",
        ("travel.help", ""): "done",
    }
    assert lines[MEASURE, "2020-01-28.am"].task.assignee == "w-2"
    assert lines[MEASURE, "2020-01-28.am"].task.attempts == 0, "the attempt was at the series, not at this slot"


@given(st.permutations([_fact(30, listed(destination="530103"), ARRIVAL, 12, corrects=8), *STORY[:2], STORY[7]]))
def test_whom_it_was_listed_for_sends_an_arrival_on_and_the_next_one_does_so_in_turn(order: list[Fact]) -> None:
    state = fold_arrival(order)
    assert state is not None and (state.destination, state.faults) == ("530103", ())
    on = _fact(31, listed(destination=OTHER), ARRIVAL, 13, area="530103", corrects=30)
    state = fold_arrival([on, *order])
    assert state is not None and (state.destination, state.faults) == (OTHER, ())


def test_nobody_lists_arrivals_for_others() -> None:
    assert fold_arrival([_fact(1, listed(destination=OTHER), ARRIVAL, 0)]) is None


@given(st.permutations([one for one in STORY if one.subject == ARRIVAL]))
def test_an_arrival_folds_the_same_in_any_order(order: list[Fact]) -> None:
    state = fold_arrival(order)
    assert state is not None
    assert state.destination == OWN
    assert (state.number, state.by_unit, [m.slot for m in state.measures]) == ("TR189", "u-1", ["pm"])
    assert {(one.fact.int - 1000, one.reason) for one in state.faults} == {
        (6, "other_day"),
        (7, "taken_over"),
        (13, "not_responsible"),
        (22, "not_responsible"),
    }
    assert state.taken_over is not None and state.taken_over.at.astimezone(CST).hour == 10


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("travel.flight_planned", {"conveyance": "ship", "number": None, "route": ["甲", "乙"], "seats": 10**12}),
        ("travel.stranded_estimated", {"place": "甲", "people": 10**12, "about": True}),
        ("arrival.listed", {"person": str(PERSON), "conveyance": "own", "number": None, "came_from": None,
                            "arrived": "9999-12-31T23:59:00Z", "destination": OWN}),
        ("arrival.measured", {"day": "9999-12-31", "slot": "am", "temp_c": 36.5}),
    ],
)  # fmt: skip
def test_what_no_register_could_hold_is_set_aside_and_stops_none(
    database: Database, kind: str, data: dict[str, Any]
) -> None:
    sent = {
        "id": str(UUID(int=77)), "kind": kind, "version": 1, "subject": str(ARRIVAL), "area": OWN,
        "observed_at": "2020-01-28T00:00:00Z", "data": data,
    }  # fmt: skip
    (outcome,) = log.append_json(orjson.dumps([sent]), principal=viewer("epidemiologist").principal, area=OWN)
    assert outcome.status == "set_aside"
    assert fold.stopped() == {}
