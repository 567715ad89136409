"""Stranded people: three flights, families that are never split, and a flight whose people arrive once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.checkpoints.facts import SeatingConfirmed
from lianfang.capabilities.checkpoints.rules import Flight, Party, seat_families
from lianfang.facts import log
from tests.checkpoints.desk import COUNTY, NOW, Desk, person
from tests.checkpoints.test_travel import ROUTES, flight

PLACES = ("岘港", "河内", "胡志明市", "芽庄", "顺化")


def of_family(desk: Desk, numbers: range, place: str = "岘港") -> list[str]:
    """People of one family who asked to be brought home."""
    family, people = str(uuid4()), [person(n) for n in numbers]
    for one in people:
        desk.ok("/stranded", {"person": one, "place": place, "area": COUNTY, "family": family})
    return people


def seats(desk: Desk) -> Counter[str]:
    return Counter(one["seat"] for one in desk.ok("/stranded/list", {"limit": 500})["stranded"])


def test_a_family_goes_together_or_waits_together(desk: Desk) -> None:
    id = flight(desk, seats=4)
    three, two = of_family(desk, range(1, 4)), of_family(desk, range(4, 6))
    desk.ok(f"/stranded/{three[1]}/seat", {"seat": "assigned", "flight": id})
    assert seats(desk) == {"assigned": 3, "waiting": 2}
    assert desk.wrong(f"/stranded/{two[0]}/seat", {"seat": "assigned", "flight": id}) == [("flight", "no_seats")]
    assert seats(desk) == {"assigned": 3, "waiting": 2}, "one seat is left, and nobody of a family of two has it"
    desk.ok(f"/stranded/{three[0]}/seat", {"seat": "declined"})
    totals = desk.ok("/stranded/list", {})["totals"]
    assert totals["assigned"] + totals["waiting"] + totals["declined"] == totals["registered"] == 5
    desk.ok(f"/stranded/{two[1]}/seat", {"seat": "assigned", "flight": id})
    assert seats(desk) == {"assigned": 2, "declined": 3}


def test_trv_01_three_flights_are_proposed_families_together_and_their_people_arrive_once(desk: Desk) -> None:
    ids = [flight(desk, seats=3, number=f"VN{n}", route=route) for n, route in enumerate(ROUTES, 1)]
    desk.ok("/stranded/estimate", {"place": "越南", "people": 400, "about": True, "area": COUNTY})
    families = [of_family(desk, range(1, 3)), of_family(desk, range(3, 7)), of_family(desk, range(7, 8), "芽庄")]
    proposed = desk.read("/stranded/seating")
    told = {frozenset(one["people"]): (one["flight"], one["why"]) for one in proposed["lines"]}
    assert told == {
        frozenset(families[0]): (ids[0], "in_turn"), frozenset(families[1]): (None, "no_room"),
        frozenset(families[2]): (ids[2], "in_turn"),
    }  # fmt: skip
    assert (proposed["seated"], proposed["waiting"]) == (3, 7) and seats(desk) == {"waiting": 7}
    plan = {"id": str(uuid4()), "area": COUNTY, "digest": proposed["digest"]}
    for _ in range(2):  # sent again, it is the same
        assert desk.ok("/stranded/seating/confirm", plan) == {"id": plan["id"], "seated": 3, "changed": 0}
    landed = {"arrived": (NOW - timedelta(hours=1)).isoformat(), "came_from": None}
    assert len(desk.ok(f"/flights/{ids[0]}/landed", landed)["listed"]) == 2
    assert desk.ok(f"/flights/{ids[0]}/landed", landed)["listed"] == {}, "entered once"
    arrived = desk.ok("/arrivals/list", {})["arrivals"]
    assert sorted(one["person"] for one in arrived) == sorted(families[0])
    assert {(one["number"], one["area"]) for one in arrived} == {("VN1", COUNTY)}


def test_what_was_proposed_and_what_was_chosen_instead_is_on_record(desk: Desk) -> None:
    near, other = flight(desk, seats=2), flight(desk, seats=9, number="VN9", route=["岘港", "成都"])
    two, three = of_family(desk, range(1, 3)), of_family(desk, range(3, 6))
    proposed = desk.read("/stranded/seating")
    assert {one["people"][0]: one["flight"] for one in proposed["lines"]} == {two[0]: near, three[0]: other}
    plan = {"id": str(uuid4()), "area": COUNTY, "digest": proposed["digest"]}
    swapped = {**plan, "changes": [{"person": three[0], "flight": near}, {"person": two[0], "flight": other}]}
    answer = desk.post("/stranded/seating/confirm", swapped)
    assert answer.status_code == 422
    assert [(one["row"], one["reason"]) for one in answer.json()["errors"]] == [(2, "no_seats")]
    assert seats(desk) == {"waiting": 5}, "all of it or nothing"
    changed = {**plan, "changes": [{"person": two[0], "flight": None}]}
    assert desk.ok("/stranded/seating/confirm", changed) == {"id": plan["id"], "seated": 3, "changed": 1}
    assert seats(desk) == {"assigned": 3, "waiting": 2}
    again = {**changed, "id": str(uuid4())}
    assert desk.post("/stranded/seating/confirm", again).status_code == 409, "who waits has changed"
    (entry,) = log.read(subjects=[UUID(plan["id"])])
    assert isinstance(entry.fact.data, SeatingConfirmed)
    told = [(str(one.people[0]), one.proposed, one.chosen) for one in entry.fact.data.lines]
    assert told == [(two[0], UUID(near), None), (three[0], UUID(other), UUID(other))]


def test_trv_02_about_400_on_three_flights_assigned_waiting_and_declined_are_all_who_registered() -> None:
    sizes = [1, 2, 3, 4, 2, 1, 5] * 23  # 414 people in 161 families
    people = iter(range(1, 10_000))
    stops = [stop for route in ROUTES for stop in route[:-1]]
    asked = [
        Party(tuple(UUID(int=next(people)) for _ in range(size)), stops[n % len(stops)])
        for n, size in enumerate(sizes)
    ]  # fmt: skip
    declined, waiting = asked[:6], asked[6:]
    flights = [Flight(UUID(int=10_000 + n), tuple(route), 140) for n, route in enumerate(ROUTES)]
    found = seat_families(waiting, flights)
    on = {one.id: sum(len(each.people) for each in found if each.flight == one.id) for one in flights}
    assert all(0 < n <= 140 for n in on.values())
    left = sum(len(one.people) for one in found if one.flight is None)
    assert sum(on.values()) + left + sum(len(one.people) for one in declined) == sum(sizes) == 414


parties = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(PLACES)), max_size=30)
planned = st.lists(
    st.tuples(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True), st.integers(-2, 12)), max_size=5
)


@given(parties, planned)
@settings(max_examples=150, deadline=None)
def test_families_are_never_split_and_seats_never_given_twice(
    waits: list[tuple[int, str]], flights: list[tuple[list[str], int]]
) -> None:
    people = iter(range(1, 10_000))
    asked = [Party(tuple(UUID(int=next(people)) for _ in range(size)), place) for size, place in waits]
    flown = [Flight(UUID(int=10_000 + n), (*route, "广州"), free) for n, (route, free) in enumerate(flights)]
    found = seat_families(asked, flown)
    assert [one.people for one in found] == [one.people for one in asked], "everybody registered has one answer"
    given_on = Counter[UUID]()
    for one in found:
        if one.flight:
            given_on[one.flight] += len(one.people)
            assert one.place in next(its.route[:-1] for its in flown if its.id == one.flight)
    assert all(given_on[one.id] <= max(one.free, 0) for one in flown)
    left = {one.id: one.free - given_on[one.id] for one in flown}
    for one in found:
        if one.flight is None:
            assert all(left[its.id] < len(one.people) for its in flown if one.place in its.route[:-1])
    assert found == seat_families(asked, flown)
