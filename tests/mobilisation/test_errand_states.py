"""Where an order stands follows from its facts, whatever the order in which they arrive and however often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.mobilisation.facts import errands as kinds
from lianfang.capabilities.mobilisation.state.errands import CLOSED, Errand, ErrandStage, errand
from lianfang.facts.fact import Fact, FactData

BEGAN = datetime(2020, 2, 14, tzinfo=UTC)
PEOPLE = ("liu", "bai")
PLACED = kinds.ErrandPlaced(
    person=UUID(int=1), category="shopping", rank=2, contactless=True, goods=True, by_worker=False
)  # fmt: skip
STEPS: list[FactData] = [
    PLACED, *(kinds.ErrandAccepted(carrier=one) for one in PEOPLE), kinds.ErrandPickedUp(),
    kinds.ErrandDelivered(at_door=True), kinds.ErrandFailed(reason="sold_out", again=True),
    kinds.ErrandFailed(reason="not_possible", again=False), kinds.ErrandGivenBack(), kinds.ErrandConfirmed(),
    kinds.ErrandCancelled(),
]  # fmt: skip

told = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), st.integers(1, 600)), max_size=14)


def facts_of(rows: list[tuple[FactData, str, int]]) -> list[Fact]:
    return [
        Fact.of(
            data, id=UUID(int=100 + n), subject=UUID(int=2), area="530102", observed_at=BEGAN + timedelta(minutes=at)
        ).model_copy(update={"author": by, "device": by})
        for n, (data, by, at) in enumerate([(PLACED, "liu", 0), *rows])
    ]  # fmt: skip


@given(told, st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_vol_01_the_state_of_an_order_is_the_same_in_any_order_of_arrival(
    rows: list[tuple[FactData, str, int]], seed: int
) -> None:
    facts = facts_of(rows)
    found = errand(facts)
    shuffled = facts + facts[: len(facts) // 2]
    Random(seed).shuffle(shuffled)
    assert errand(shuffled) == found
    _is_sound(found)
    # Every fact either counted or is told as a contradiction; none counted twice.
    assert len(found.faults) <= len(facts) - 1 and len({one.fact for one in found.faults}) == len(found.faults)
    assert found.data == PLACED


def _is_sound(its: Errand) -> None:
    assert (its.carrier == "") == (its.stage in (ErrandStage.PLACED, ErrandStage.CANCELLED) and not its.accepted)
    assert (its.closed is not None) == (its.stage in CLOSED)
    if its.stage in (ErrandStage.DELIVERED, ErrandStage.CONFIRMED):
        times = [its.placed, its.accepted, its.picked_up, its.delivered]
        assert all(times) and times == sorted(times), "placed, taken, picked up, delivered, each with its time"
    if its.stage is ErrandStage.CANCELLED:
        assert its.picked_up is None
