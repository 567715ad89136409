"""Every row of the specification of cases."""

from __future__ import annotations

import random

import pytest

from lianfang.capabilities.cases.rules.counting import STOCKS, balances, count
from lianfang.capabilities.cases.state import fold
from tests.spec.spec_cases import SPECS, Spec, counted, facts_of, page, rows, stands, state_of, tallies

ROWS = [(spec, *row) for spec in SPECS for row in rows(spec)]
STORIES = [story for spec in SPECS if spec.judge is stands for story, _ in rows(spec)]
COUNTED = [story for spec in SPECS if spec.judge is counted for story, _ in rows(spec)]


@pytest.mark.parametrize(("spec", "story", "result"), ROWS, ids=[f"{spec.title[:30]}: {s}" for spec, s, _ in ROWS])
def test_rule(spec: Spec, story: str, result: str) -> None:
    assert spec.judge(story) == result


@pytest.mark.parametrize("story", STORIES)
def test_the_order_of_arrival_does_not_count(story: str) -> None:
    facts = facts_of(story)
    for seed in range(5):
        assert fold(random.Random(seed).sample(facts, len(facts))) == fold(facts)


@pytest.mark.parametrize("story", COUNTED)
def test_the_sums_of_any_window_close(story: str) -> None:
    cases = [state_of(one) for one in story.split("/")]
    for since in range(-12, 72, 6):
        for until in range(since, 73, 6):
            opening = count(tallies(cases, since, since, "530102")).stocks
            sums = balances(count(tallies(cases, since, until, "530102")), opening, [])
            assert [one for one in sums if not one.holds] == []


@pytest.mark.parametrize("story", COUNTED)
def test_no_stock_is_ever_negative(story: str) -> None:
    cases = [state_of(one) for one in story.split("/")]
    for until in range(-12, 73, 4):
        stocks = count(tallies(cases, 0, until, "530102")).stocks
        assert min(stocks[name] for name in STOCKS) >= 0


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert text.count("\n## ") == len(SPECS)
    assert "| reported 0 | suspected in 530102 |" in text
