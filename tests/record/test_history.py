"""What holds of a subject's facts, whatever the order in which they came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.history import standing
from lianfang.identity.facts import Act, Shown

SUBJECT = UUID(int=7)
START = datetime(2020, 1, 28, tzinfo=UTC)


def told(number: int, *, corrects: int | None = None, back: bool = False) -> Fact:
    """The fact ``number``, an hour after the one before; ``back`` takes back what it corrects."""
    data = Retracted(why=Why.MISTAKEN) if back else Shown(people=(), fields=(), act=Act.DISPLAY, purpose="a", role="b")
    return Fact.of(
        data,
        id=UUID(int=number),
        subject=SUBJECT,
        area="530000",
        observed_at=START + timedelta(hours=number),
        corrects=None if corrects is None else UUID(int=corrects),
    )


STORIES = [
    # what was told, what holds, what is disputed
    ([told(1), told(2)], [1, 2], {}),
    ([told(1), told(2, corrects=1)], [2], {}),
    ([told(1), told(2, corrects=1, back=True)], [], {}),
    ([told(1), told(2, corrects=1, back=True), told(3, corrects=2, back=True)], [1], {}),
    ([told(1), told(2, corrects=1), told(3, corrects=2)], [3], {}),
    ([told(1), told(2, corrects=1), told(3, corrects=1)], [3], {1: [2, 3]}),
    ([told(1), told(2, corrects=1), told(3, corrects=1), told(4, corrects=2, back=True)], [3], {}),
    ([told(2, corrects=1)], [2], {}),
    ([told(1, corrects=2), told(2, corrects=1)], [2], {}),
]


@pytest.mark.parametrize(("facts", "holding", "disputed"), STORIES)
def test_what_holds(facts: list[Fact], holding: list[int], disputed: dict[int, list[int]]) -> None:
    for order in permutations(facts):
        held = standing(order)
        assert [f.id.int for f in held.facts] == holding
        assert {k.int: [v.int for v in rivals] for k, rivals in held.disputed.items()} == disputed


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    size = draw(st.integers(1, 8))
    corrects = [draw(st.none() | st.integers(1, size)) for _ in range(size)]
    return [
        told(n, corrects=other, back=other is not None and draw(st.booleans())) for n, other in enumerate(corrects, 1)
    ]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_says_nothing(facts: list[Fact], chance: Random) -> None:
    held = standing(facts)
    shuffled = [*facts, facts[0]]
    chance.shuffle(shuffled)
    assert standing(shuffled) == held
    assert not any(isinstance(f.data, Retracted) for f in held.facts)
