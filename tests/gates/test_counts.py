"""Two phones of one post count the same shift: the first count stands, the second is told, nothing is there twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.gates.facts import Counted
from lianfang.capabilities.gates.rules.staffing import Span, told_twice
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.gates.made import NOW, OFFICER, STAFF, WUHUA, Clock, Desk, a_post, meet

HOUR = timedelta(hours=1)
times = st.integers(0, 1_000).map(lambda minutes: NOW + timedelta(minutes=minutes))


def during(begins: float, ends: float) -> dict[str, datetime]:
    return {"begins": NOW + begins * HOUR, "ends": NOW + ends * HOUR}


def counts(desk: Desk, post: str) -> list[tuple[int, bool]]:
    return [(one["passed"], one["overlaps"]) for one in desk.seen(f"/posts/{post}")["counts"]]


@given(times, times, times, times)
def test_one_time_told_twice_is_so_both_ways_and_apart_it_is_not(
    a: datetime, b: datetime, c: datetime, d: datetime
) -> None:
    one, other = Span(min(a, b), max(a, b) + HOUR), Span(min(c, d), max(c, d) + HOUR)
    assert told_twice(one, other) == told_twice(other, one)
    assert told_twice(one, one)
    assert not told_twice(one, Span(one.ends, one.ends + HOUR))


def test_a_shift_counted_by_two_phones_counts_once(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    path = f"/posts/{post}/counts"
    at.on(8)
    own = str(uuid4())
    first = {**during(0, 8), "passed": 8, "checked": 8, "fact": own}
    desk.done(path, first, STAFF)
    desk.done(path, first, STAFF)  # the same phone, whose answer was lost
    assert desk.refused(path, {**during(0, 8.1), "passed": 8, "checked": 8}, STAFF) == [("begins", "counted_before")]
    assert desk.refused(path, {**during(3, 5), "passed": 2, "checked": 2}, STAFF) == [("begins", "counted_before")]
    at.on(0.2)
    desk.done(path, {**during(7.9, 8.2), "passed": 1, "checked": 1}, STAFF)  # a few minutes of both shifts
    assert counts(desk, post) == [(8, False), (1, False)]
    desk.done(f"/posts/{post}/retract", {"fact": own, "why": "mistaken"}, STAFF)
    desk.done(path, {**during(0, 8), "passed": 9, "checked": 9}, STAFF)
    assert counts(desk, post) == [(9, False), (1, False)]


def test_counts_that_came_as_facts_are_kept_and_told(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    at.on(8)
    for passed in (8, 7):
        data = Counted(**during(0, 8), passed=passed, checked=passed)
        fact = Fact.of(data, id=log.new_id(), subject=UUID(post), area=f"{WUHUA}", observed_at=at.now)
        log.append([fact], principal=OFFICER.principal)
    told = desk.seen(f"/posts/{post}")["counts"]
    assert sorted((one["passed"], one["overlaps"]) for one in told) == [(7, True), (8, True)]
    desk.done(f"/posts/{post}/retract", {"fact": told[0]["fact"], "why": "duplicate"}, STAFF)
    assert [overlaps for _, overlaps in counts(desk, post)] == [False]


def test_a_phone_is_told_until_when_its_shift_was_counted(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    at.on(2)
    meet(desk, post)

    def told() -> Any:
        (its,) = desk.seen("/field/post", STAFF)["posts"]
        return its["counted_until"]

    assert told() is None
    desk.done(f"/posts/{post}/counts", {**during(0, 2), "passed": 1, "checked": 1}, STAFF)
    assert datetime.fromisoformat(told()) == NOW + 2 * HOUR


def test_who_belongs_to_which_department_is_listed_where_it_was_said(desk: Desk, at: Clock) -> None:
    assert desk.seen("/posts/departments") == {"seats": []}
    for department in ("铁路", "海关"):
        desk.done("/posts/departments", {"account": "rail-1", "department": department, "area": WUHUA})
    (seat,) = desk.seen("/posts/departments")["seats"]
    assert seat == {"account": "rail-1", "department": "customs", "area": WUHUA, "author": "officer"}
    assert desk.seen("/posts/departments", area="530103") == {"seats": []}
    assert desk.get("/posts/departments", STAFF).status_code == 403
