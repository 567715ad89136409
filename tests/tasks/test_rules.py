"""The list of tasks as functions of what is told and of the time: each once, in any order, by the clock alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.matrix import roles
from lianfang.capabilities.tasks.facts import Acknowledged, Assigned, Attempt, Attempted, Done, task_id
from lianfang.capabilities.tasks.rules import (
    Obligation,
    Progress,
    Where,
    climbed,
    once,
    overlaid,
    parse,
    policy,
    progress,
)
from lianfang.capabilities.tasks.state import TaskState, fold, merged
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why

NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE, OTHER = UUID(int=1), UUID(int=2)
times = st.integers(-48, 48).map(lambda hours: NOON + hours * HOUR)


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    begins = draw(times)
    due = begins + HOUR * draw(st.integers(0, 24))
    return Obligation(
        draw(st.sampled_from(["arrival.hand_over", "arrival.refer"])),
        draw(st.sampled_from([ONE, OTHER])),
        "530102",
        begins,
        due,
        draw(st.sampled_from(["", "2020-01-28.am"])),
        done_at=draw(st.none() | times),
        outcome=draw(st.none() | st.sampled_from(Attempt)),
        lapses=draw(st.none() | st.just(due + HOUR)),
    )


@given(st.lists(obligations(), max_size=12), st.randoms(use_true_random=False))
def test_the_same_obligation_is_never_twice_on_a_list_whatever_the_order_of_telling(told: list[Any], dice: Any) -> None:
    found = once(told)
    assert len({one.task for one in found}) == len(found) == len({one.task for one in told})
    shuffled = [*told, *told]
    dice.shuffle(shuffled)
    assert once(shuffled) == found
    assert [one.due for one in found] == sorted(one.due for one in found)
    for one in found:
        rivals = [its.done_at for its in told if its.task == one.task and its.done_at]
        assert one.done_at == (min(rivals) if rivals else None), "what was done stands"


@given(obligations(), times)
def test_where_a_task_stands_follows_from_its_times_and_the_clock(one: Obligation, now: datetime) -> None:
    stands = progress(one, now)
    done = one.done_at is not None and one.done_at <= now
    assert (stands in (Progress.DONE, Progress.DONE_LATE)) == done
    assert (stands is Progress.DONE_LATE) == (done and one.done_at > one.due)  # type: ignore[operator]
    if not done:
        assert (stands is Progress.AHEAD) == (now < one.begins)
        assert (stands in (Progress.LATE, Progress.MISSED)) == (now > one.due)
        assert (stands is Progress.MISSED) == (now > one.due and one.lapses is not None and one.lapses <= now)
    assert progress(one._replace(outcome=Attempt.NOT_FOUND), now) is stands, "an attempt closes nothing"


@given(obligations(), st.sampled_from(["", "worker-1"]), st.lists(times, min_size=2, max_size=2))
def test_a_task_that_stays_undone_only_climbs(one: Obligation, who: str, moments: list[datetime]) -> None:
    its, levels = policy().rules["arrival.hand_over"], [None, *Where]
    one = one._replace(done_at=None)
    earlier, later = (climbed(its, one, who, progress(one, now), now) for now in sorted(moments))
    assert levels.index(earlier) <= levels.index(later)
    if not who:
        assert later is not Where.ASSIGNEE, "there is nobody to be told"


@pytest.mark.parametrize("code", policy().rules)
def test_every_rule_names_roles_that_there_are_and_reaches_somebody_above(code: str) -> None:
    rule = policy().rules[code]
    assert rule.does and rule.does <= roles().keys()
    assert rule.zh and rule.en and rule.source
    assert all("tasks.read" in roles()[role].rights for role in rule.does), "who does it sees it"
    assert any(step.to is not Where.ASSIGNEE for step in rule.climbs)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"after_h": 1, "to": "town"}, {"after_h": 2, "to": "assignee"}],
        [{"after_h": 2, "to": "town"}, {"after_h": 1, "to": "county"}],
        [{"after_h": 1, "to": "town"}, {"after_h": 2, "to": "town"}],
    ],
)
def test_steps_that_do_not_go_up_are_refused(steps: list[dict[str, Any]]) -> None:
    rule = {"zh": "甲", "en": "a", "does": [], "climbs": steps, "since": NOON.date(), "source": "s"}
    with pytest.raises(ValueError, match="steps go up"):
        parse({"own": {"by_author": []}, "rules": {"a.b": rule}})


def test_a_rule_that_the_policy_has_not_is_an_error() -> None:
    with pytest.raises(LookupError, match=r"no rule made\.up"):
        policy().rule("made.up")


RULE, SLOT = "arrival.measure", "2020-01-28.am"
TASK = task_id(RULE, ONE, SLOT)


def fact(n: int, data: FactData, at: datetime, author: str = "a", corrects: UUID | None = None) -> Fact:
    made = Fact.of(data, id=UUID(int=100 + n), subject=TASK, area="530102", observed_at=at, corrects=corrects)
    return made.model_copy(update={"author": author})


def about(cls: type[FactData], **more: Any) -> FactData:
    return cls(of=ONE, rule=RULE, slot=SLOT, **more)


STORY = [
    fact(1, about(Assigned, to="worker-1"), NOON),
    fact(2, about(Acknowledged), NOON + HOUR, "worker-1"),
    fact(3, about(Attempted, outcome=Attempt.NOT_FOUND), NOON + 2 * HOUR, "worker-1"),
    fact(4, about(Assigned, to="worker-2"), NOON + 3 * HOUR),
    fact(5, about(Attempted, outcome=Attempt.REFUSED), NOON + 4 * HOUR, "worker-2"),
    fact(6, about(Done), NOON + 5 * HOUR, "worker-2"),
]
WRONG = fact(8, Assigned(of=OTHER, rule=RULE, slot=SLOT, to="worker-3"), NOON + 6 * HOUR)
BACK = fact(9, Retracted(why=Why.MISTAKEN), NOON + 7 * HOUR, corrects=STORY[5].id)


@given(st.permutations([*STORY[:6], WRONG]))
def test_the_facts_of_a_task_fold_the_same_in_any_order(told: list[Fact]) -> None:
    state = only(told)
    assert state is not None
    assert (state.assignee, state.acknowledged_at, state.done_at) == ("worker-2", None, NOON + 5 * HOUR)
    assert [one.outcome for one in state.tried] == [Attempt.NOT_FOUND, Attempt.REFUSED], "each attempt is told apart"
    assert [(one.fact, one.field, one.reason) for one in state.faults] == [(WRONG.id, "subject", "not_its_task")]


@given(st.permutations([*STORY[:6], BACK]))
def test_what_was_taken_back_counts_for_nothing(told: list[Fact]) -> None:
    state = only(told)
    assert state is not None and state.done_at is None and state.assignee == "worker-2"


@given(st.permutations([*STORY[:6], STORY[0].model_copy(update={"id": UUID(int=200), "area": "530302"})]))
def test_each_division_that_records_something_has_a_state_of_its_own(told: list[Fact]) -> None:
    assert [(one.area, one.assignee) for one in fold(told)] == [("530102", "worker-2"), ("530302", "worker-1")]
    both = merged(fold(told))
    assert both is not None and (both.assignee, both.done_at) == ("worker-2", NOON + 5 * HOUR)


def test_a_fault_alone_is_shown_and_changes_nothing() -> None:
    state = only([WRONG])
    assert state is not None and (state.assignee, len(state.faults)) == ("", 1)
    assert fold([]) == ()


def test_who_takes_on_what_nobody_has_has_it_and_who_takes_on_anothers_does_not() -> None:
    state = only([fact(1, about(Acknowledged), NOON, "worker-5")])
    assert state is not None and (state.assignee, state.acknowledged_at) == ("worker-5", NOON)
    state = only([STORY[0], fact(2, about(Acknowledged), NOON + HOUR, "worker-5")])
    assert state is not None and (state.assignee, state.acknowledged_at) == ("worker-1", None)


def only(facts: list[Fact]) -> TaskState | None:
    """The state of the one division that has recorded something."""
    return merged(fold(facts))


def mark(to: str, at: datetime, slot: str = "") -> TaskState:
    return TaskState(ONE, RULE, slot, "530102", "a", assignee=to, assigned_at=at)


def test_the_last_given_of_a_series_and_of_one_of_it_has_it() -> None:
    one = Obligation(RULE, ONE, "530102", NOON, NOON + HOUR, SLOT)
    series, own = mark("series", NOON), mark("own", NOON + HOUR, SLOT)
    assert overlaid(one, series, None, by_hand=False).assignee == "series"
    assert overlaid(one, series, own, by_hand=False).assignee == "own"
    assert overlaid(one, mark("later", NOON + 2 * HOUR), own, by_hand=False).assignee == "later"


@pytest.mark.parametrize(("by_hand", "done_at"), [(True, NOON), (False, None)])
def test_only_what_no_record_closes_is_closed_by_saying_so(by_hand: bool, done_at: datetime | None) -> None:
    one = Obligation(RULE, ONE, "530102", NOON, NOON + HOUR, SLOT)
    own = mark("w", NOON, SLOT)._replace(done_at=NOON)
    assert overlaid(one, None, own, by_hand=by_hand).obligation.done_at == done_at
