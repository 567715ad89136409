"""Every row of the specification of isolation."""

from __future__ import annotations

import random

import pytest

from lianfang.capabilities.isolation import state
from tests.spec.spec_isolation import SPECS, Spec, facts_of, grounds_of, order_of, page, rows

ROWS = [(spec, *row) for spec in SPECS for row in rows(spec)]


@pytest.mark.parametrize(("spec", "story", "result"), ROWS, ids=[f"{spec.title[:30]}: {s}" for spec, s, _ in ROWS])
def test_rule(spec: Spec, story: str, result: str) -> None:
    assert spec.judge(story) == result


@pytest.mark.parametrize("story", [story for spec in SPECS if spec.judge is order_of for story, _ in rows(spec)])
def test_the_order_of_arrival_does_not_count(story: str) -> None:
    facts = facts_of(story)
    grounds = grounds_of(facts)
    for seed in range(5):
        other = random.Random(seed).sample(facts, len(facts))
        assert state.orders(other, grounds) == state.orders(facts, grounds)


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert text.count("\n## ") == len(SPECS)
    assert "| ordered 0 | issued |" in text
