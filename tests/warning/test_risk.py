"""Every row of the specification of grades, and what holds of any county."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.warning.rules import risk
from lianfang.capabilities.warning.rules.grading import county_policy, day_of, in_force
from lianfang.capabilities.warning.rules.risk import Clusters, Confirmed
from lianfang.profiles.disease import profile
from tests.warning.spec_grades import AS_OF, SPECS, Spec, called, county_of, page, rows

ROWS = [(spec, *row) for spec in SPECS for row in rows(spec)]
EDITION = county_policy().edition[0]
CLUSTERS = Clusters(profile("ncov-2020").edition("ncov-2020-v5").cluster, "ncov-2020-v5")


@pytest.mark.parametrize(("spec", "story", "result"), ROWS, ids=[f"{spec.title[:30]}: {s}" for spec, s, _ in ROWS])
def test_rule(spec: Spec, story: str, result: str) -> None:
    assert spec.judge(story) == result


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert text.count("\n## ") == len(SPECS)
    assert "| 50@3 | medium (few) |" in text


def test_evidence_is_what_the_level_rests_on() -> None:
    graded = county_of("49@20 2@3:a")
    told = {one.code: one.value for one in graded.evidence}
    assert told == {
        "confirmed": 51, "new": 2, "last_new": AS_OF - timedelta(days=3, hours=-8), "clusters": 1,
        "largest_cluster": 2, "cluster_edition": "ncov-2020-v5",
    }  # fmt: skip
    assert graded.evidence[-1].cases == tuple(sorted(called(f"3 a {n}") for n in range(2)))


def test_without_a_rule_of_clusters_a_person_decides() -> None:
    cases = [Confirmed(called(str(n)), AS_OF - timedelta(days=1), day_of(AS_OF)) for n in range(51)]
    graded = risk.county(cases, [], AS_OF, EDITION, Clusters(None, ""))
    assert (graded.to, graded.asks) == (None, ("no_cluster_rule",))


def test_an_edition_holds_from_its_first_to_its_last_day() -> None:
    editions = county_policy().edition
    first, last = EDITION.begins, EDITION.ends
    assert last is not None
    assert in_force(editions, "ncov-2020", first) is in_force(editions, "ncov-2020", last) is EDITION
    assert in_force(editions, "ncov-2020", first - timedelta(1)) is None
    assert in_force(editions, "ncov-2020", last + timedelta(1)) is None
    assert in_force(editions, "h7n9", first) is None


CASES = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=70)


@given(CASES)
def test_the_history_ends_with_the_level_of_now(told: list[tuple[int, bool]]) -> None:
    cases = [
        Confirmed(called(str(n)), AS_OF - timedelta(days=days, hours=1), day_of(AS_OF - timedelta(days=days)))
        for n, (days, _) in enumerate(told)
    ]
    groups = [[called(str(n)) for n, (_, tied) in enumerate(told) if tied]]
    now = risk.county(cases, groups, AS_OF, EDITION, CLUSTERS)
    history = risk.history(cases, groups, AS_OF, EDITION, CLUSTERS)
    assert (history[-1].graded.to, history[-1].graded.step) == (now.to, now.step)
    assert history[0].graded.to == "low"
    assert all((a.graded.to, a.graded.step) != (b.graded.to, b.graded.step) for a, b in pairwise(history))
