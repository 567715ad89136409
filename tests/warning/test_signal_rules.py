"""The rules of signals at their edges, on pictures that are made by hand; and the fold of what came of a signal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.warning.facts.signal import MOST, Outcome, Raised, Reviewed
from lianfang.capabilities.warning.rules.alarms import Excess
from lianfang.capabilities.warning.rules.signals import RULES, findings
from lianfang.capabilities.warning.rules.signals.cases import allowed_h
from lianfang.capabilities.warning.rules.signals.finding import Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import (
    CST,
    Alarm,
    Case,
    Group,
    Missed,
    Picture,
    Positive,
    Sum,
    Watched,
)
from lianfang.capabilities.warning.rules.signals.policy import policy
from lianfang.capabilities.warning.rules.signals.wording import spoken
from lianfang.capabilities.warning.state.signal import Status, fold
from lianfang.facts.fact import Entry, Fact, signed
from lianfang.places.gazetteer import Gazetteer

NOW = datetime(2020, 2, 20, 12, tzinfo=CST)
ABOVE = {code: (("530100", "prefecture"), ("530000", "province")) for code in ("530102", "530103")}


def case(n: int, day: int, **told: Any) -> Case:
    """A case that was reported and confirmed at nine on a day of February 2020, its onset that day too."""
    at = datetime(2020, 2, 1, 9, tzinfo=CST) + timedelta(day - 1)
    held = {
        "subject": UUID(int=n), "area": "530102", "disease": "ncov-2020", "edition": "ncov-2020-v2",
        "as_class": Class.CONFIRMED, "source": InfectionSource.IMPORTED, "source_at": at, "came_from": None,
        "onset": at.date(), "reported_at": at, "received_at": at, "confirmed_at": at, "stay": None, "listed": False,
        "generation": 1, "classified_at": at,
    }  # fmt: skip
    return Case(**{**held, **told})


def found(rule: str, *cases: Case, **told: Any) -> list[Finding]:
    seen = Picture(as_of=NOW, cases=cases, firsts=cases, above=ABOVE, **told)
    return [one for one in findings(seen, policy()) if one.rule == rule]


def unknown(n: int, day: int, **told: Any) -> Case:
    return case(n, day, **{"source": InfectionSource.UNKNOWN, **told})


def figures(one: Finding) -> dict[str, object]:
    return {its.code: its.value for its in one.evidence}


@pytest.mark.parametrize(
    ("days", "raised"),
    [((1,), 0), ((1, 14), 2), ((1, 15), 0), ((1, 14, 20), 3), ((1, 15, 16), 2)],
    ids=lambda told: str(told),
)
def test_sources_unknown_twice_within_fourteen_days(days: tuple[int, ...], raised: int) -> None:
    its = found("unknown_source", *(unknown(n, day) for n, day in enumerate(days, 1)))
    assert sum(len(one.triggers) for one in its) == raised


def test_a_source_counts_as_unknown_when_found_so_or_when_the_hours_are_over() -> None:
    waiting = unknown(1, 20, source_at=None)
    assert found("unknown_source", waiting, unknown(2, 19)) == []
    over = unknown(1, 17, source_at=None, confirmed_at=NOW - timedelta(hours=72))
    assert len(found("unknown_source", over, unknown(2, 19))) == 1
    assert found("unknown_source", over, unknown(2, 19, infector=True)) == []
    assert found("unknown_source", over, unknown(2, 19, area="530103")) == []


@pytest.mark.parametrize(
    ("this", "before", "raised"), [(9, 0, False), (10, 0, True), (10, 5, True), (10, 6, False), (12, 6, True)]
)
def test_growth_is_a_doubling_of_numbers_that_are_not_small(this: int, before: int, raised: bool) -> None:
    days = ((13, this), (12, before), (20, 30))  # a day that is not over counts for nothing
    its = found("growth", decided=tuple(Sum("530102", "ncov-2020", date(2020, 2, day), n) for day, n in days if n))
    assert [one.area for one in its] == (["530000", "530100", "530102"] if raised else [])
    if raised:
        assert figures(its[0])["ratio"] == (round(this / before, 2) if before else None)


def test_a_first_case_tells_the_widest_division_of_which_it_is_the_first() -> None:
    its = found("first_case", case(1, 3), case(2, 2, area="530103"), case(3, 1, as_class=Class.SUSPECTED))
    assert {(one.area, figures(one)["first_of"]) for one in its} == {("530102", "county"), ("530103", "province")}
    linked = case(4, 5, source=InfectionSource.LINKED)
    assert [one.triggers for one in found("first_local", case(1, 3), linked)] == [(str(UUID(int=4)),)]
    assert [one.triggers for one in found("first_local", case(1, 3, generation=2), linked)] == [(str(UUID(int=1)),)]
    assert found("first_local", case(1, 3), unknown(2, 4)) == []


def test_a_cluster_keeps_the_case_that_made_it_one_as_its_key() -> None:
    def tie(one: int, other: int) -> tuple[UUID, UUID, datetime]:
        return UUID(int=one), UUID(int=other), NOW - timedelta(days=1)

    cases = [case(1, 3), case(2, 10), case(3, 12), case(4, 18)]
    two = found("cluster", *cases, groups=(Group((UUID(int=1), UUID(int=2)), (tie(1, 2),)),))
    ids = tuple(one.subject for one in cases)
    all_ = found("cluster", *cases, groups=(Group(ids, (tie(1, 2), tie(2, 3), tie(3, 4))),))
    assert two[0].signal == all_[0].signal
    assert (len(two[0].triggers), len(all_[0].triggers), figures(all_[0])["cases"]) == (2, 4, 3)
    apart = (case(1, 1), case(2, 19))
    assert found("cluster", *apart, groups=(Group((UUID(int=1), UUID(int=2)), (tie(1, 2),)),)) == []


def test_reports_that_are_late_by_the_edition() -> None:
    on_time = case(1, 18, received_at=case(1, 18).reported_at + timedelta(hours=2))
    assert found("missing_report", on_time) == []
    late = case(2, 18, received_at=case(1, 18).reported_at + timedelta(hours=3))
    assert allowed_h(late) == 2
    (one,) = found("missing_report", on_time, late)
    assert (one.triggers, figures(one)["longest_h"]) == ((str(late.subject),), 1.0)
    assert found("missing_report", late._replace(listed=True)) == []


def test_people_missed_samples_and_alarms() -> None:
    missed = tuple(Missed(UUID(int=n), "530102001001", "ncov-2020", NOW - timedelta(hours=n)) for n in (3, 5))
    one, other = found("missed_person", missed=(*missed, missed[0]._replace(disease=None)))
    assert (other.disease, other.signal != one.signal) == (None, True)
    assert (one.area, figures(one)) == ("530102", {"late": 2, "longest_h": 5.0})
    sample = Positive(UUID(int=1), UUID(int=9), "530102", "ncov-2020", NOW, NOW)
    (one,) = found("market_positive", positives=(sample, sample._replace(sample=UUID(int=2))))
    assert (one.key, len(one.triggers)) == (str(UUID(int=9)), 2)
    alarm = Alarm("530102", "ncov-2020", "ears-c2", date(2020, 2, 17), 9, 2.5, 6.1)
    (one,) = found("aberration", alarms=(alarm, alarm._replace(day=date(2020, 2, 16))))
    assert one.triggers == ("2020-02-17",)


def test_a_cluster_across_counties_is_of_the_smallest_division_that_holds_them() -> None:
    since, day = date(2020, 2, 15), date(2020, 2, 19)
    its = Excess("530102", "scan", since, day, 9, 2.5, None, ("530102", "530103"), 250.0)
    scan = Watched("scan", "ncov-2020", its)
    (one,) = found("neighbours", watched=(scan, scan._replace(alarm=its._replace(day=date(2020, 2, 16)))))
    assert (one.area, one.key, one.triggers) == ("530100", "530102", ("530102.2020-02-19", "530103.2020-02-19"))
    assert figures(one) == {
        "observed": 9, "expected": 2.5, "first_day": "2020-02-15", "last_day": "2020-02-19", "counties": 2,
        "recurs_days": 250.0,
    }  # fmt: skip
    (far,) = found("neighbours", watched=(scan._replace(alarm=its._replace(places=("530102", "420106"))),))
    assert far.area == "100000"
    ill = Watched("clinic", None, Excess("530102", "ears-c2", day, day, 30, 12.0, 20.5, ("530102",), None))
    (one,) = found("syndrome", watched=(ill, scan))
    assert (one.area, one.disease, one.key, one.triggers) == ("530102", None, "clinic.ears-c2", ("2020-02-19",))
    assert found("aberration", watched=(ill, scan)) == []


def test_every_rule_of_the_policy_is_one_that_there_is_and_is_in_words() -> None:
    its = policy()
    assert set(RULES) == {one.id for one in its.rules}
    assert set(its.statuses) == set(Status) and set(its.outcomes) == set(Outcome)
    assert its.on(date(2019, 12, 31)) == {}


@pytest.mark.parametrize(
    ("code", "value", "en"),
    [
        ("came_from", "420100", "Wuhan"),
        ("edition", "ncov-2020-v2", "Second edition"),
        ("setting", "household", "household"),
        ("detector", "ears-c1", "EARS C1"),
        ("counted", "clinic", "fever clinics"),
        ("first_of", "province", "province"),
        ("cases", 3, None),
        ("last_day", "2020-02-17", None),
        ("edition", "none", None),
    ],
)
def test_what_values_are_called(code: str, value: object, en: str | None) -> None:
    said = spoken(code, value, "ncov-2020", Gazetteer.load())
    assert said is None if en is None else said is not None and en.lower() in said.en.lower(), said


def test_a_version_of_a_rule_holds_from_its_day_on() -> None:
    rule = policy().rules[0]
    later = rule.model_copy(update={"version": "2", "since": date(2020, 3, 1)})
    its = policy().model_copy(update={"rules": (later, *policy().rules)})
    assert its.on(date(2020, 2, 29))[rule.id].version == "1"
    assert its.on(date(2020, 3, 1))[rule.id].version == "2"


@given(st.lists(st.integers(0, 3 * MOST), unique=True, max_size=20), st.integers(0, 2 * MOST))
def test_what_was_raised_is_not_raised_again(raised: list[int], triggers: int) -> None:
    all_ = tuple(str(n) for n in range(triggers))
    finding = Finding("growth", "1", "530102", None, "-", all_, (), evidence(cases=triggers))
    parts = finding.beyond(str(n) for n in raised)
    told = [one for part in parts for one in part.triggers]
    assert sorted(told, key=int) == [one for one in all_ if int(one) not in set(raised)]
    assert len({part.raising for part in parts}) == len(parts) and all(len(part.triggers) <= MOST for part in parts)
    assert finding.beyond([*told, *map(str, raised)]) == []


ACTS = st.lists(st.one_of(st.just(None), st.sampled_from(Outcome)), max_size=8)


@given(ACTS, st.randoms(use_true_random=False))
def test_the_fold_of_a_signal_does_not_ask_in_which_order_facts_came(acts: list[Outcome | None], dice: Any) -> None:
    entries = [entry(n, act) for n, act in enumerate([None, *acts])]
    mixed = list(entries)
    dice.shuffle(mixed)
    its = fold(mixed)
    assert its is not None and its == fold(entries)
    assert its.count == 1 + acts.count(None)
    last = next((act for act in reversed(acts) if act is not None), None)
    if last is None or (last is Outcome.DISMISSED and acts[-1] is None):
        assert its.status is Status.OPEN
    elif last is Outcome.REOPENED:
        assert its.status is Status.OPEN and its.reopened
    else:
        assert its.status == last.value
    assert (its.waiting_since is None) == (its.status is not Status.OPEN)


def entry(n: int, act: Outcome | None) -> Entry:
    """The ``n``-th fact of a signal, an hour after the one before: raised again, or reviewed."""
    data: Any = Raised(
        rule="growth", rule_version="1", key="-", triggers=(str(n),), as_of=NOW, seq=n, evidence=(),
    ) if act is None else Reviewed(outcome=act, reason="…", role="epidemiologist")  # fmt: skip
    fact = Fact.of(data, id=UUID(int=n + 1), subject=UUID(int=99), area="530102", observed_at=NOW + timedelta(hours=n))
    return Entry(n + 1, NOW, signed(fact, "author-1", "device-1"), b"", b"")
