"""The rules about made-up records: each by the table of what it says, none of honest records, all on a small drill."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.detect import INVENTING, Cheats, world
from lianfang.capabilities.drills.rules.detection import Made, made, score
from lianfang.capabilities.oversight.rules import chance, clocks
from lianfang.capabilities.oversight.rules.columns import Visit, columns
from lianfang.capabilities.oversight.rules.groups import Found
from lianfang.capabilities.oversight.rules.made_up import found
from lianfang.capabilities.oversight.rules.policy import policy

unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""On a machine with much else to do."""
MONDAY_8 = 1_580_083_200.0
"""8 in the morning of 27 January 2020, in civil time."""
DAY, HOUR, MINUTE = 86_400.0, 3_600.0, 60.0


def visit(n: int, **told: Any) -> Visit:
    """The nth of a unit's visits of a morning, eight minutes after the one before."""
    at = MONDAY_8 + n * 8 * MINUTE
    its: dict[str, Any] = {"household": n, "unit": "a", "at": at, "received": at + HOUR, "open_min": 3.0,
                           "proved": True, "everybody": True, "vacant": False,
                           "temps": [(f"{n}", 362 + n % 11)]}  # fmt: skip
    return Visit(**{**its, **told})


def told(*visits: Visit) -> dict[str, int]:
    """How many records each rule names."""
    many: dict[str, int] = {}
    for one in found(columns(visits).records, policy()):
        many[one.rule] = many.get(one.rule, 0) + one.records.size
    return many


@pytest.mark.parametrize(
    ("rule", "changed", "named"),
    [
        ("back_dated", {"received": MONDAY_8 + 24 * HOUR}, 0),
        ("back_dated", {"received": MONDAY_8 + 24 * HOUR + 1}, 1),
        ("late_record", {"received": MONDAY_8 + 15 * HOUR}, 0),
        ("late_record", {"received": MONDAY_8 + 17 * HOUR}, 1),
        ("late_record", {"received": MONDAY_8 + 25 * HOUR}, 0),
        ("short", {"open_min": 0.9}, 1),
        ("short", {"open_min": 1.0}, 0),
        ("short", {"open_min": None}, 0),
        ("short", {"open_min": 0.5, "temps": []}, 0),
    ],
)
def test_a_rule_of_one_record_holds_from_its_limit_on(rule: str, changed: dict[str, object], named: int) -> None:
    assert told(visit(0, **changed), visit(1)).get(rule, 0) == named


@pytest.mark.parametrize(("doors", "named"), [(1, 0), (2, 0), (3, 3)])
def test_more_than_two_doors_in_a_minute_cannot_be(doors: int, named: int) -> None:
    visits = [visit(n, at=MONDAY_8 + 10 * n) for n in range(doors)]
    assert told(*visits).get("speed", 0) == named
    assert "speed" not in told(*(one._replace(unit=n) for n, one in enumerate(visits))), "of different units they can"


def test_visits_at_night_are_told_with_the_first_calls_of_that_evening() -> None:
    night = [visit(n, at=MONDAY_8 + 14 * HOUR + n * 600) for n in range(2)]
    evening = visit(5, at=MONDAY_8 + 11 * HOUR)
    again = [visit(6, everybody=False, temps=[]), visit(6, at=MONDAY_8 + 11.5 * HOUR)]
    assert told(*night, evening, *again)["off_hours"] == 3
    assert "off_hours" not in told(night[0], evening), "one alone is no habit"


@unhurried
@given(st.integers(0, 400), st.integers(1, 400), st.floats(0.01, 0.99))
def test_what_is_more_frequent_is_never_more_likely_by_chance(hits: int, of: int, share: float) -> None:
    many = np.array([min(hits, of), min(hits + 1, of)])
    tail = chance.above(many, np.array([of, of]), np.array([share, share]))
    assert (tail >= 0).all() and (tail <= 1).all() and tail[1] <= tail[0]


@unhurried
@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=30))
def test_nothing_stands_out_where_all_is_likely(values: list[float]) -> None:
    many = len(values)
    out = chance.standing_out(np.array(values), np.ones(many, np.bool_), np.zeros(many, np.int64), 0.049)
    assert not out.any()


@settings(unhurried, max_examples=20)
@given(st.integers(0, 2**31), st.integers(1, 12))
def test_few_records_are_not_judged_by_statistics(seed: int, many: int) -> None:
    """Where there is nothing to hold them against, a share says nothing: whatever the records are."""
    chosen = np.random.default_rng(seed)
    visits = [visit(n, temps=[("x", int(chosen.integers(355, 375)))], proved=bool(chosen.random() < 0.5))
              for n in range(many)]  # fmt: skip
    assert told(*visits) == {}


def never_away(*units: tuple[int, int]) -> dict[int, Found]:
    """What is found of units of 300 first calls of a week, of which so many find everybody, and so many more are told
    within half a minute; by unit."""
    visits, chosen = [], np.random.default_rng(4)
    for unit, (hits, hurried) in enumerate(units):
        for n in range(300):
            at = MONDAY_8 + n // 43 * DAY + n % 43 * 8 * MINUTE
            temps = [(f"{unit} {n} {m}", int(chosen.integers(360, 373))) for m in range(1 + n % 3)]
            open_min = 0.5 if n < hurried else 2 + 5 * float(chosen.random())
            visits.append(visit(n, household=(unit, n), unit=unit, at=at, received=at + HOUR, temps=temps,
                                open_min=open_min, everybody=n < hurried + hits))  # fmt: skip
    its = columns(visits)
    told = [one for one in found(its.records, policy()) if one.rule == "never_away"]
    for one in told:
        assert (its.records.measured[one.records] >= 2).all(), "one person at home says little"
        assert its.records.everybody[one.records].all()
    return {int(str(its.units[one.unit])): one for one in told}


def test_who_never_finds_anybody_away_stands_out_and_who_differs_as_units_do_does_not() -> None:
    assert set(never_away(*[(255, 0)] * 29, (288, 0))) == {29}
    assert never_away(*[(255, 0)] * 29, (267, 0)) == {}
    assert never_away(*[(225 + 2 * n, 0) for n in range(30)], (288, 0)) == {}, "units differ much by themselves"


def test_where_other_rules_name_many_records_less_is_asked_of_the_rest() -> None:
    (one,) = never_away(*[(255, 0)] * 29, (240, 30)).values()
    assert one.figures["of"] == 270, "what others name is left out"
    assert (one.days, one.figures["share"] - one.figures["usual"] < 0.05) == (28, True)


def test_nothing_at_all_is_found_of_no_records() -> None:
    assert found(columns([]).records, policy()) == []


def test_a_finding_names_each_record_once_and_no_person() -> None:
    its = found(small("copied").columns.records, policy())
    assert its and all(np.unique(one.records).size == one.records.size for one in its)
    assert set(Found._fields) == {"rule", "unit", "day", "days", "records", "figures"}


@pytest.mark.parametrize(("hours", "is_late"), [(1, False), (2, False), (2.01, True)])
def test_what_comes_after_its_clock_is_late(hours: float, is_late: bool) -> None:
    began = datetime(2020, 1, 27, tzinfo=UTC)
    after = began + timedelta(hours=hours)
    assert clocks.late(began, after, after, 2) is is_late
    assert clocks.late(began, None, after, 2) is is_late, "nor has it come"
    assert clocks.overdue(began, None, began + timedelta(hours=24), 24)
    assert not clocks.overdue(began, began, after + timedelta(days=9), 24)


@cache
def small(generator: str) -> Made:
    """A fortnight of a town, in which one worker in ten invents."""
    return made(world(generator, persons=9_000, days=7, seed=5, cheats=Cheats(3 * INVENTING)))


@pytest.mark.parametrize("generator", ["copied", "narrow"])
def test_made_up_visits_are_found_and_honest_ones_let_be(generator: str) -> None:
    its = score(small(generator), policy())
    assert its.made_up > 20
    assert its.recall >= 0.8 and its.false_alarms <= 0.02, its
    assert its.told == its.late > 20


@pytest.mark.long
@pytest.mark.parametrize("generator", ["rounded", "hurried", "at_night", "uneven", "steady"])
def test_made_up_visits_of_a_county_are_found(generator: str) -> None:
    its = score(made(world(generator, persons=40_000, seed=21)), policy())
    assert its.recall >= 0.8 and its.false_alarms <= 0.02, its
