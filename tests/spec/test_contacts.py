"""Every row of the specification of contacts and chains."""

from __future__ import annotations

import random

import pytest

from lianfang.capabilities.contacts.state.contact import fold
from tests.spec.spec_contacts import SPECS, Spec, contact_of, facts_of, page, rows

ROWS = [(spec, *row) for spec in SPECS for row in rows(spec)]


@pytest.mark.parametrize(("spec", "story", "result"), ROWS, ids=[f"{spec.title[:30]}: {s}" for spec, s, _ in ROWS])
def test_rule(spec: Spec, story: str, result: str) -> None:
    assert spec.judge(story) == result


@pytest.mark.parametrize("story", [story for spec in SPECS if spec.judge is contact_of for story, _ in rows(spec)])
def test_the_order_of_arrival_does_not_count(story: str) -> None:
    facts = facts_of(story)
    for seed in range(5):
        assert fold(random.Random(seed).sample(facts, len(facts))) == fold(facts)


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert text.count("\n## ") == len(SPECS)
    assert "| released 2-03 |" in text
