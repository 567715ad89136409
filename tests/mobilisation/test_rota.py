"""Rotas: nobody twice at a time, rest kept, over midnight and over a clock change; small cases against brute force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rota import first_fit, people, shifts
from lianfang.capabilities.mobilisation.facts import AvailabilityStated, Window
from lianfang.capabilities.mobilisation.rules import hours
from lianfang.capabilities.mobilisation.rules.hours import NoSuchTime, Span, too_near
from lianfang.capabilities.mobilisation.rules.matching import Carrier, match, match_carriers
from lianfang.capabilities.mobilisation.rules.rota import Hand, Line, Post, Rota, faults, make, steps_apart

START = datetime(2020, 2, 3, tzinfo=UTC)
REST = timedelta(hours=8)
CHINA, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
ALWAYS = (Span(START - timedelta(days=9), START + timedelta(days=30)),)


def span(first: float, length: float = 8) -> Span:
    return Span(START + timedelta(hours=first), START + timedelta(hours=first + length))


def hand(number: int, *free: Span, skills: str = "", **other: Any) -> Hand:
    return Hand(UUID(int=number), frozenset(skills.split()), "530102001001", tuple(free) or ALWAYS, **other)


def post(number: int, at: Span, places: int = 1, skill: str = "") -> Post:
    return Post(UUID(int=1_000 + number), "530102001001", at, places, skill)


def rota(hands: list[Hand], posts: list[Post], most_hours: float = 60) -> Rota:
    return make(hands, posts, rest=REST, most_hours=most_hours, limit_s=5)


def test_a_hundred_and_twenty_volunteers_in_four_groups_and_nobody_twice() -> None:
    groups = [post(n, span(0), 30, "packing") for n in range(4)]
    made = rota([hand(n, skills="packing") for n in range(1, 121)], groups)
    assert len(made.lines) == 120 == len({line.person for line in made.lines}) and not made.open and made.gap == 0
    assert [sum(line.shift == one.shift for line in made.lines) for one in groups] == [30] * 4


def test_the_load_is_shared() -> None:
    made = rota([hand(n) for n in range(1, 11)], [post(n, span(24 * n), 5) for n in range(6)])
    assert len(made.lines) == 30 and (made.least, made.longest) == (24, 24)


def test_who_could_do_nothing_else_is_not_lost_to_another_shift() -> None:
    """The only driver drives, though he or she comes first in every list."""
    made = rota([hand(1, skills="driving"), hand(2)], [post(1, span(0)), post(2, span(0), skill="driving")])
    assert {(line.shift.int, line.person.int) for line in made.lines} == {(1_001, 2), (1_002, 1)}


slots = st.integers(0, 9).map(lambda n: span(n * 5, 7))
hands_of = st.lists(st.tuples(st.booleans(), st.lists(slots, max_size=3), st.integers(0, 3)), min_size=1, max_size=5)
posts_of = st.lists(st.tuples(slots, st.integers(1, 2), st.sampled_from(["", "driving"])), min_size=1, max_size=5)


def cases(told: Any, wanted: Any) -> tuple[list[Hand], list[Post]]:
    hands = [
        Hand(UUID(int=n + 1), frozenset({"driving"} if drives else ()), "530102001001",
             ALWAYS if len(free) == 3 else tuple(hours.merged(Span(a, b + timedelta(hours=8)) for a, b in free)),
             (span(busy * 11),) if busy else ())
        for n, (drives, free, busy) in enumerate(told)
    ]  # fmt: skip
    return hands, [post(n, *one) for n, one in enumerate(wanted)]


@settings(max_examples=60, deadline=None)
@given(hands_of, posts_of)
def test_nobody_is_booked_twice_and_rest_is_kept(told: Any, wanted: Any) -> None:
    hands, posts = cases(told, wanted)
    made = rota(hands, posts)
    assert faults(made.lines, hands, posts, REST) == []
    by_shift = {one.shift: one for one in posts}
    for one in hands:
        duties = [*one.busy, *(by_shift[line.shift].span for line in made.lines if line.person == one.person)]
        assert not any(too_near(a, b, REST) for a, b in combinations(duties, 2) if {a, b} - set(one.busy))
    assert made.places == len(made.lines) + sum(n for _, n in made.open) and made.most >= len(made.lines)
    assert made == rota(list(reversed(hands)), list(reversed(posts)))


def most_by_force(hands: list[Hand], posts: list[Post]) -> int:
    pairs = [Line(p.shift, h.person) for h in hands for p in posts]
    pairs = [one for one in pairs if not faults([one], hands, posts, REST)]
    for n in range(min(len(pairs), sum(one.places for one in posts)), 0, -1):
        if any(not faults(some, hands, posts, REST) for some in combinations(pairs, n)):
            return n
    return 0


@settings(max_examples=25, deadline=None)
@given(hands_of.filter(lambda told: len(told) < 4), posts_of.filter(lambda wanted: len(wanted) < 4))
def test_no_plan_fills_more_of_a_small_case(told: Any, wanted: Any) -> None:
    hands, posts = cases(told, wanted)
    made, most = rota(hands, posts, 1_000), most_by_force(hands, posts)
    assert len(made.lines) == most <= made.most


def test_what_is_filled_at_first_can_be_moved_for_what_stayed_open() -> None:
    """The first shift is given to who is free for both; the second can only be filled where that is changed."""
    first, second = span(0), span(10)
    hands = [hand(1), hand(2, span(-1, 12))]
    made = rota(hands, [post(1, first), post(2, second)])
    assert len(made.lines) == 2 and made.gap == 0


def test_nobody_has_more_than_the_most_hours() -> None:
    made = rota([hand(1), hand(2, hours=50)], [post(n, span(24 * n)) for n in range(9)])
    assert made.longest <= 60 and len(made.lines) == 8


def test_a_thousand_for_a_week_and_no_fewer_than_first_come_first_served() -> None:
    hands, posts = people(), shifts(7)
    made = rota(hands, posts)
    assert faults(made.lines, hands, posts, REST) == []
    assert len(made.lines) >= len(first_fit(hands, posts)) and made.gap <= 0.01


def test_a_shift_over_midnight_ends_on_the_day_after() -> None:
    night = hours.occurrence(date(2020, 2, 3), "2000", "0400", CHINA)
    assert night == Span(datetime(2020, 2, 3, 12, tzinfo=UTC), datetime(2020, 2, 3, 20, tzinfo=UTC))
    assert hours.occurrence(date(2020, 2, 3), "0800", "0800", CHINA).hours == 24


@pytest.mark.parametrize(("day", "length"), [(date(2020, 3, 28), 7), (date(2020, 10, 24), 9), (date(2020, 6, 1), 8)])
def test_a_shift_over_a_clock_change_is_as_long_as_it_is(day: date, length: float) -> None:
    night = hours.occurrence(day, "2200", "0600", BERLIN)
    assert night.hours == length
    after = hours.occurrence(day + timedelta(days=1), "1330", "2130", BERLIN)
    assert too_near(night, after, REST) is (after.starts - night.ends < REST)
    assert (after.starts - night.ends) == timedelta(hours=7.5)
    free = AvailabilityStated(first=day, windows=(Window(days=(day.isoweekday(),), since="2200", until="0600"),))
    assert hours.within(night, hours.free(free, day, day, BERLIN))


def test_a_time_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        hours.occurrence(date(2020, 3, 29), "0230", "1000", BERLIN)
    assert hours.occurrence(date(2020, 10, 25), "0230", "1000", BERLIN).hours == 8.5  # the first of the two


def test_the_rest_between_two_duties_is_counted_across_the_change() -> None:
    """By the clock there are eight hours between them, really seven: nobody has both."""
    late = hours.occurrence(date(2020, 3, 28), "1500", "2300", BERLIN)
    early = hours.occurrence(date(2020, 3, 29), "0700", "1500", BERLIN)
    always = Span(late.starts - REST, early.ends + REST)
    made = rota([hand(1, always)], [post(1, late), post(2, early)])
    assert len(made.lines) == 1
    turns = enumerate((("1500", "2300"), ("0700", "1500")))
    winter = [hours.occurrence(date(2020, 2, 28 + n), *turn, BERLIN) for n, turn in turns]
    made = rota([hand(1, Span(winter[0].starts, winter[1].ends))], [post(n, one) for n, one in enumerate(winter)])
    assert len(made.lines) == 2


def test_who_said_nothing_of_hours_is_free_and_who_said_some_only_then() -> None:
    day = date(2020, 2, 3)
    some = AvailabilityStated(first=day, last=day, windows=(Window(days=(1,), since="0800", until="1200"),))
    assert [one.hours for one in hours.free(some, day, day + timedelta(days=7), CHINA)] == [4]
    assert hours.within(span(0), hours.free(None, day, day, CHINA))


def test_a_match_is_the_nearest_able_and_rested_with_the_reason() -> None:
    near = hand(1, skills="driving", hours=16.0, busy=(span(-40),))
    far = hand(2, skills="driving")._replace(area="530103001001")
    tired = hand(3, skills="driving", busy=(span(-12),))
    found = match([far, near, tired, hand(4)], span(0), "530102001001", ("driving", "驾驶", "driving"), REST)
    assert [one.person.int for one in found.found] == [1, 2] and found.left_out["not_able"] == 1
    assert found.left_out["too_near"] == 1
    assert found.found[0].zh == "同社区，会驾驶，近7天在岗16小时，已休息32小时"
    assert found.found[1].en == "in the same prefecture, can do driving, 0 hours on duty in 7 days"


def test_an_order_goes_to_who_is_able_near_free_and_carries_few() -> None:
    here, now = "530102001001", span(0, 1)

    def carrier(code: str, its: Hand | None, carried: int = 0) -> Carrier:
        return Carrier(code, code, here, carried, its)

    away = hand(3, skills="repairs")._replace(area="530102002001")
    all_of_them = [
        carrier("unknown", None), carrier("laden", hand(1, skills="repairs"), 2),
        carrier("near", hand(2, skills="repairs")),
        carrier("away", away), carrier("full", hand(4, skills="repairs"), 12), carrier("unable", hand(5)),
        carrier("on duty", hand(6, skills="repairs", busy=(span(-3),))),
        carrier("later", hand(7, span(5), skills="repairs")),
        carrier("rested", hand(8, skills="repairs", hours=8.0, busy=(span(-20),))),
    ]  # fmt: skip
    found = match_carriers(all_of_them, now, here, ("repairs", "水电维修", "repairs"), 12)
    assert [one.carrier for one in found.found] == ["near", "rested", "laden", "away", "unknown"]
    assert found.left_out == {"not_able": 1, "not_free": 2, "too_many": 1}
    told = {one.carrier: one.zh for one in found.found}
    assert told["rested"] == "同社区，会水电维修，手上0单，近7天在岗8小时，已休息12小时"
    assert told["unknown"] == "同社区，技能未登记，手上0单"
    assert match_carriers(all_of_them[::-1], now, here, None, 12).found[-1].carrier == "away"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("530102001001", "530102001001", 0), ("530102001", "530102001001", 0), ("530102001001", "530102001002", 1),
     ("530102001001", "530102002001", 2), ("530102001001", "530103001001", 3), ("530102", "532300", 4),
     ("530102", "420100", 5)],
)  # fmt: skip
def test_steps_between_divisions(one: str, other: str, steps: int) -> None:
    assert steps_apart(one, other) == steps
