"""What visits come to: for a household, for each who lives there, in whatever order they arrive."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Disposition
from lianfang.capabilities.screening.rules.outcomes import Standing, Status, attempts, known, standings
from lianfang.capabilities.screening.state.grid import fold_grid
from lianfang.capabilities.screening.state.household import Household, Span, fold_household
from lianfang.capabilities.screening.state.round import fold_round
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted

NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)
HERE, ROUND, GRID = "530102001002", UUID(int=1), UUID(int=3)
HOME = kinds.household_id(HERE, None, None, "101")
ROUNDS = {ROUND: Span("530102", NOON - timedelta(hours=1), None)}
ONE, TWO = UUID(int=11), UUID(int=12)


def fact(
    data: FactData, minutes: float, n: int = 0, area: str = HERE, corrects: UUID | None = None, subject: UUID = HOME
) -> Fact:  # fmt: skip
    id = UUID(int=1000 + n) if n else uuid4()
    at = NOON + timedelta(minutes=minutes)
    one = Fact.of(data, id=id, subject=subject, area=area, observed_at=at, corrects=corrects)
    return one.model_copy(update={"author": "worker"})


def seen(person: UUID, result: str = "well", **more: Any) -> kinds.Seen:
    return kinds.Seen(person=person, result=result, **more)


def visit(minutes: float, outcome: str, *members: kinds.Seen, n: int = 0, round: UUID = ROUND, **more: Any) -> Fact:
    data = kinds.Visited(round=round, outcome=outcome, members=members, **{"evidence": "qr", "form": 1, **more})
    return fact(data, minutes, n)


REGISTERED = fact(kinds.HouseholdRegistered(community=HERE, grid=GRID, door="101"), -300, 1)
FAMILY = [REGISTERED, fact(kinds.MemberJoined(person=ONE), -290, 2), fact(kinds.MemberJoined(person=TWO), -290, 3)]


def folded(*facts: Fact, rounds: dict[UUID, Span] = ROUNDS) -> Household:
    one = fold_household(facts, rounds)
    assert one is not None
    return one


def standing(*facts: Fact, rounds: dict[UUID, Span] = ROUNDS) -> Standing:
    (one,) = standings(folded(*FAMILY, *facts, rounds=rounds), rounds)
    return one


def test_everybody_seen_is_done_and_nobody_seen_is_not() -> None:
    one = standing(visit(0, "met", seen(ONE), seen(TWO)))
    assert (one.status, one.due, one.seen, one.missing) == (Status.DONE, 2, 2, 0)
    one = standing(visit(0, "met", seen(ONE)))
    assert (one.status, one.seen, one.missing) == (Status.OPEN, 1, 1)


def test_a_second_visit_adds_to_the_first() -> None:
    one = standing(visit(0, "met", seen(ONE)), visit(60, "met", seen(TWO)))
    assert (one.status, one.visits, one.seen) == (Status.DONE, 2, 2)


def test_somebody_who_moves_in_is_missing_until_seen() -> None:
    third = UUID(int=13)
    met = visit(0, "met", seen(ONE), seen(TWO))
    moved = fact(kinds.MemberJoined(person=third), 10)
    assert (standing(met, moved).status, standing(met, moved).missing) == (Status.OPEN, 1)
    assert standing(met, moved, visit(20, "met", seen(third))).status is Status.DONE
    ended = {ROUND: ROUNDS[ROUND]._replace(closed_at=NOON + timedelta(minutes=5))}
    assert standing(met, moved, rounds=ended).status is Status.DONE  # who came later is not of that round


def test_away_as_the_household_tells_is_an_outcome() -> None:
    one = standing(visit(0, "met", seen(ONE), seen(TWO, "away")))
    assert (one.status, one.seen, one.away) == (Status.DONE, 1, 1)


def test_not_met_ends_it_after_so_many_attempts_with_a_follower_only() -> None:
    tries = [visit(180 * n, "not_met", follower="a-1") for n in range(3)]
    assert standing(*tries[:2]).status is Status.OPEN
    one = standing(*tries)
    assert (one.status, one.excused, one.missing) == (Status.NOT_MET, 0, 0)
    assert one.not_met == 2  # each of the two has a follower
    nobody = [visit(180 * n, "not_met") for n in range(3)]
    assert standing(*nobody).status is Status.OPEN
    at_once = [visit(n, "not_met", follower="a-1") for n in range(3)]
    assert standing(*at_once).status is Status.OPEN  # three knocks within two hours are one attempt


def test_a_refusal_ends_it_when_it_was_passed_on() -> None:
    assert standing(visit(0, "refused")).status is Status.OPEN
    passed_on = visit(0, "refused", escalated_to="town-1")
    assert (standing(passed_on).status, standing(passed_on).excused) == (Status.REFUSED, 2)
    assert standing(passed_on, visit(60, "met", seen(ONE), seen(TWO))).status is Status.DONE


def test_an_empty_home_is_verified_not_assumed() -> None:
    assert standing(visit(0, "vacant")).status is Status.OPEN
    verified = visit(0, "vacant", vacancy="neighbour")
    one = standing(verified)
    assert (one.status, one.excused, one.missing) == (Status.OPEN, 0, 2)  # two are on the register there
    assert [fault.reason for fault in folded(*FAMILY, verified).faults] == ["lived_in"]
    gone = [fact(kinds.MemberLeft(person=person), 10) for person in (ONE, TWO)]
    assert (standing(verified, *gone).status, folded(*FAMILY, verified, *gone).faults) == (Status.VACANT, ())


def test_a_home_without_anybody_on_record_is_not_done_by_meeting_somebody() -> None:
    (one,) = standings(folded(REGISTERED, visit(0, "met")), ROUNDS)
    assert (one.status, one.due) == (Status.OPEN, 0)


def test_a_later_not_met_takes_nothing_away() -> None:
    one = standing(visit(0, "met", seen(ONE), seen(TWO)), visit(60, "not_met"))
    assert one.status is Status.DONE


def test_fever_is_unwell_whatever_was_ticked_and_waits_for_what_is_arranged() -> None:
    hot = visit(0, "met", seen(ONE, temp_c=37.3), seen(TWO, temp_c=37.2))
    one, two = known(folded(*FAMILY, hot))
    assert (one.unwell_at, one.disposition, two.unwell_at) == (NOON, None, None)
    arranged = fact(kinds.Disposed(person=ONE, disposition=Disposition.HOSPITAL), 30)
    one, _ = known(folded(*FAMILY, hot, arranged))
    assert (one.disposition, one.disposed_at) == (Disposition.HOSPITAL, NOON + timedelta(minutes=30))


def test_two_workers_at_one_door_are_two_visits_and_one_household() -> None:
    first, second = visit(0, "met", seen(ONE), seen(TWO)), visit(1, "met", seen(ONE), seen(TWO))
    one = standing(first, second)
    assert (one.status, one.visits, one.person_times, one.seen) == (Status.DONE, 2, 4, 2)
    again = fact(kinds.HouseholdRegistered(community=HERE, grid=GRID, door="101"), -200)
    assert folded(*FAMILY, again).faults == ()  # the same door found twice
    other = fact(kinds.HouseholdRegistered(community=HERE, grid=UUID(int=4), door="101"), -200)
    assert [fault.reason for fault in folded(*FAMILY, other).faults] == ["registered_twice"]


@pytest.mark.parametrize(
    ("facts", "rounds", "reason"),
    [
        ([visit(0, "met")], ROUNDS, "not_registered"),
        ([*FAMILY, visit(0, "met", seen(ONE), round=UUID(int=9))], ROUNDS, "no_round"),
        ([*FAMILY, visit(-100, "met", seen(ONE))], ROUNDS, "before_round"),
        ([*FAMILY, visit(9, "met", seen(ONE))], {ROUND: Span("530102", NOON, NOON)}, "after_round"),
        ([*FAMILY, visit(9, "met", seen(ONE))], {ROUND: Span("530302", NOON, None)}, "other_round"),
    ],
)
def test_a_visit_that_is_of_no_round_is_kept_and_told(
    facts: list[Fact], rounds: dict[UUID, Span], reason: str
) -> None:  # fmt: skip
    one = folded(*facts, rounds=rounds)
    assert [fault.reason for fault in one.faults] == [reason]
    assert [visit.counts for visit in one.visits] == [False] and standings(one, rounds) == []


def test_a_visit_to_a_household_taken_off_the_register_is_not_lost() -> None:
    gone = fact(Retracted(why="mistaken"), 5, corrects=REGISTERED.id)
    met = visit(0, "met", seen(ONE), seen(TWO))
    one = folded(*FAMILY, gone, met)
    assert (one.place, len(one.visits)) == (None, 1)
    assert {person.person for person in known(one)} == {ONE, TWO}
    back = fact(Retracted(why="mistaken"), 6, corrects=gone.id)
    assert standings(folded(*FAMILY, gone, met, back), ROUNDS)[0].status is Status.DONE


def test_a_correction_moves_a_household_and_keeps_since_when_it_is_on_the_register() -> None:
    moved = kinds.HouseholdRegistered(community=HERE, grid=UUID(int=4), door="101")
    one = folded(*FAMILY, fact(moved, 50, corrects=REGISTERED.id))
    assert one.place is not None and one.place.grid == UUID(int=4)
    assert one.registered_at == NOON - timedelta(minutes=300)


def test_another_county_has_no_say() -> None:
    foreign = fact(kinds.MemberLeft(person=ONE), 0, area="530302001002")
    one = folded(*FAMILY, foreign)
    assert one.members() == (ONE, TWO) and [fault.reason for fault in one.faults] == ["not_responsible"]


ABROAD = "530302001002"
EARLY = -100_000


def test_another_county_registers_no_household_of_this_one_however_early_it_saw_it() -> None:
    stolen = fact(kinds.HouseholdRegistered(community=ABROAD, grid=GRID, door="stolen"), EARLY, area=ABROAD)
    one = folded(*FAMILY, stolen)
    assert (one.area, one.place, one.members()) == (HERE, REGISTERED.data, (ONE, TWO))
    assert [(fault.fact, fault.field, fault.reason) for fault in one.faults] == [
        (stolen.id, "subject", "other_subject")
    ]  # fmt: skip
    feigned = fact(kinds.HouseholdRegistered(community=HERE, grid=GRID, door="101"), EARLY, area=ABROAD)
    one = folded(*FAMILY, feigned)
    assert (one.registered_at, [fault.reason for fault in one.faults]) == (
        NOON - timedelta(minutes=300), ["other_area"]
    )  # fmt: skip


def test_another_county_neither_takes_back_nor_corrects_what_is_said_here() -> None:
    gone = fact(Retracted(why="mistaken"), 5, area=ABROAD, corrects=REGISTERED.id)
    moved = fact(
        kinds.HouseholdRegistered(community=ABROAD, grid=GRID, door="101"), 6, area=ABROAD, corrects=REGISTERED.id
    )
    one = folded(*FAMILY, gone, moved)
    assert (one.area, one.place) == (HERE, REGISTERED.data)
    assert {fault.fact for fault in one.faults} == {gone.id, moved.id}
    back = fact(Retracted(why="mistaken"), 7, area=ABROAD, corrects=moved.id)
    assert {fault.fact for fault in folded(*FAMILY, moved, back).faults} == set()


def test_a_grid_stays_with_its_community_and_who_has_it() -> None:
    id = kinds.grid_id(HERE, "g1")
    grid = fact(kinds.GridRegistered(community=HERE, name="g1"), 0, subject=id)
    given_out = fact(kinds.GridAssigned(to="one", begins=NOON), 1, subject=id)
    stolen = fact(kinds.GridRegistered(community=ABROAD, name="stolen"), EARLY, area=ABROAD, subject=id)
    taken = fact(kinds.GridAssigned(to="thief", begins=NOON), 2, area=ABROAD, subject=id)
    one = fold_grid([stolen, taken, grid, given_out])
    assert one is not None and one.data is not None
    assert (one.area, one.data.name, [its.to for its in one.tenures]) == (HERE, "g1", ["one"])
    assert {(fault.fact, fault.reason) for fault in one.faults} == {
        (stolen.id, "other_subject"), (taken.id, "not_responsible"),
    }  # fmt: skip


def test_a_round_is_opened_by_its_own_division() -> None:
    id, due = kinds.round_id("530102", 1), NOON + timedelta(days=3)
    opened = fact(kinds.RoundOpened(number=1, due=due), 0, area="530102", subject=id)
    stolen = fact(kinds.RoundOpened(number=1, due=due), EARLY, area="530302", subject=id)
    ended = kinds.RoundClosed(households=0, done=0, not_met=0, refused=0, vacant=0, members=0)
    one = fold_round([stolen, opened, fact(ended, 9, area="530302", subject=id)])
    assert one is not None and (one.area, one.opened_at, one.closed_at) == ("530102", NOON, None)
    assert sorted(fault.reason for fault in one.faults) == ["not_responsible", "other_subject"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "refused", "members": [{"person": str(ONE), "result": "well"}]},
        {"outcome": "met", "vacancy": "meter"},
        {"outcome": "met", "members": [{"person": str(ONE), "result": "away", "temp_c": 36.5}]},
        {"outcome": "met", "members": [{"person": str(ONE), "result": "well"}] * 2},
        {"outcome": "met", "households": [str(HOME)]},
        {"outcome": "met", "same_as": str(HOME)},
    ],
)
def test_a_form_that_contradicts_itself_or_copies_another_is_no_visit(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kinds.Visited.model_validate({"round": str(ROUND), "evidence": "qr", "form": 1, **wrong})


def test_no_kind_holds_the_answers_of_several_households_or_refers_to_another_visit() -> None:
    """Answers cannot be copied in bulk: each visit is a fact of one household, with its own id, time and answers."""
    assert set(kinds.Visited.model_fields) == {
        "round", "outcome", "members", "outsiders", "evidence", "minutes", "form", "follower", "escalated_to",
        "vacancy",
    }  # fmt: skip
    assert kinds.Visited.model_fields["evidence"].is_required() and kinds.Visited.model_fields["round"].is_required()


@pytest.mark.parametrize(("hours", "counted"), [((), 0), ((0,), 1), ((0, 1), 1), ((0, 2), 2), ((0, 1, 2.5), 2)])
def test_attempts_lie_apart(hours: tuple[float, ...], counted: int) -> None:
    assert attempts([NOON + timedelta(hours=one) for one in hours], 2) == counted


EVENTS = [
    *FAMILY,
    visit(0, "met", seen(ONE), n=4),
    visit(30, "met", seen(TWO, "unwell", temp_c=38.0, symptoms=("fever",)), n=5),
    fact(kinds.MemberLeft(person=ONE), 60, 6),
    fact(kinds.MemberJoined(person=UUID(int=13), came_from="420100", arrived=NOON.date()), 61, 7),
    fact(kinds.Disposed(person=TWO, disposition=Disposition.CENTRAL), 62, 8),
    fact(kinds.HouseholdRegistered(community=HERE, grid=UUID(int=4), door="102"), 63, 9, corrects=REGISTERED.id),
    visit(70, "not_met", n=10, follower="a-1"),
    visit(80, "met", seen(UUID(int=13)), n=11),
]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.randoms(use_true_random=False), st.sets(st.integers(0, len(EVENTS) - 1)))
def test_the_order_of_arrival_changes_nothing(chance: random.Random, some: set[int]) -> None:
    facts = [EVENTS[n] for n in sorted(some)]
    shuffled = list(facts)
    chance.shuffle(shuffled)
    one, other = fold_household(facts, ROUNDS), fold_household(shuffled + shuffled[:2], ROUNDS)
    assert one == other
    if one is not None:
        for its in standings(one, ROUNDS):
            assert its.seen + its.away + its.not_met + its.excused + its.missing == its.due
            assert its.missing >= 0


def test_a_grid_is_handed_over_with_a_trace() -> None:
    grid = fact(kinds.GridRegistered(community=HERE, name="g1"), 0, subject=kinds.grid_id(HERE, "g1"))
    given_out = fact(kinds.GridAssigned(to="one", begins=NOON), 1)
    lead = fact(
        kinds.GridAssigned(to="one", duty="building_lead", building="7栋", begins=NOON + timedelta(minutes=1)), 2
    )
    on = fact(kinds.GridHandedOver(giver="one", to="two", begins=NOON + timedelta(hours=1)), 60)
    one = fold_grid([on, lead, grid, given_out])
    assert one is not None
    told = [(its.to, its.duty, its.ends) for its in one.tenures]
    ends = NOON + timedelta(hours=1)
    assert told == [
        ("one", "grid_worker", ends), ("one", "building_lead", ends), ("two", "grid_worker", None),
        ("two", "building_lead", None),
    ]  # fmt: skip
    wrong = fold_grid([grid, on])
    assert wrong is not None and [fault.reason for fault in wrong.faults] == ["not_assigned"]


def test_a_team_helps_as_hands_only() -> None:
    grid = fact(kinds.GridRegistered(community=HERE, name="g1"), 0, subject=kinds.grid_id(HERE, "g1"))
    helped = fact(kinds.TeamAttached(team="t-1", workers=4), 1)
    one = fold_grid([grid, helped])
    assert one is not None and [(team.team, team.workers) for team in one.teams] == [("t-1", 4)]
    one = fold_grid([grid, helped, fact(kinds.TeamDetached(team="t-1"), 2)])
    assert one is not None and one.teams == ()
    assert set(kinds.TeamAttached.model_fields) == {"team", "workers"}
