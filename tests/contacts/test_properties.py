"""What holds of contacts whatever is recorded of them, in whatever order it arrives."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import About, Class, Classified, InfectionSource, Reported, SourceDetermined
from lianfang.capabilities.contacts import facts as kinds
from lianfang.capabilities.contacts.models import ContactRegister
from lianfang.capabilities.contacts.rules.counting import STOCKS, flows, passages, tally
from lianfang.capabilities.contacts.state.contact import Status, fold
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact, FactData, folding_order
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.fold import EVERYWHERE, within
from lianfang.facts.rebuild import contents_of
from tests import law
from tests.contacts.world import DISEASE, EDITION, FOREIGN, OWN, at, exposure, on, tracer
from tests.daily import examples
from tests.database import empty

_NAMES = UUID(int=13)
HOUR = timedelta(hours=1)


def named(name: str) -> UUID:
    return uuid5(_NAMES, name)


def a_fact(name: str, subject: str, data: FactData, when: datetime, *, area: str = OWN, corrects: str = "") -> Fact:
    return Fact.of(
        data, id=named(name), subject=named(subject), area=area, observed_at=when,
        corrects=named(corrects) if corrects else None,
    )  # fmt: skip


ACTS: dict[str, Any] = {
    "exposed": lambda who, day: kinds.Exposed(
        disease=DISEASE, edition=EDITION, person=named(who), exposure=exposure(None, on(day))
    ),
    "traced": lambda who, day: kinds.Traced(person=named(who)),
    "informed": lambda who, day: kinds.Informed(),
    "converted": lambda who, day: kinds.Converted(case=named(f"case of {who}")),
    "completed": lambda who, day: kinds.Released(reason=kinds.Release.COMPLETED),
    "excluded": lambda who, day: kinds.Released(reason=kinds.Release.SOURCE_EXCLUDED),
    "lost": lambda who, day: kinds.Released(reason=kinds.Release.LOST),
    "died": lambda who, day: kinds.Released(reason=kinds.Release.DIED),
    "out": lambda who, day: kinds.Released(reason=kinds.Release.TRANSFERRED_OUT, to="420100"),
    "handed": lambda who, day: kinds.HandedOver(to=FOREIGN),
    "back": lambda who, day: kinds.HandedOver(to=OWN),
}
STORY = st.lists(
    st.tuples(st.sampled_from("pqrs"), st.sampled_from(sorted(ACTS)), st.integers(0, 40 * 24)), min_size=1, max_size=25
)
"""Of each act: who it is about, what, and the hour from 10 January on."""


def facts_of(story: list[tuple[str, str, int]]) -> dict[str, list[Fact]]:
    """The facts of each contact, by time. Everybody is exposed and registered first."""
    told: dict[str, list[Fact]] = {
        who: [a_fact(f"{who} first", who, ACTS["exposed"](who, 9), at(10, -1))] for who in "pqrs"
    }
    areas = dict.fromkeys("pqrs", OWN)
    for number, (who, act, hour) in sorted(enumerate(story), key=lambda one: (one[1][2], one[0])):
        when = at(10) + hour * HOUR + timedelta(seconds=number)
        data = ACTS[act](who, 10 + hour // 24 - 1)
        told[who].append(a_fact(f"{number}", who, data, when, area=areas[who]))
        areas[who] = data.to if isinstance(data, kinds.HandedOver) else areas[who]
    return told


@settings(max_examples=300, deadline=None)
@given(STORY, st.integers(-24, 45 * 24))
def test_con_01_traced_is_the_sum_of_what_they_came_to_after_any_acts(
    story: list[tuple[str, str, int]], hour: int
) -> None:
    told, when = facts_of(story), at(10) + hour * HOUR
    all_ = [one for facts in told.values() for one in passages(fold(facts))]
    prefixes = [fold([one for one in facts if folding_order(one)[0] <= when]) for facts in told.values()]
    for area in (OWN, FOREIGN):
        here = [one for one in all_ if one.area == area]
        counted = tally(here, when)
        assert counted.holds
        begun = {one.subject for one in here if one.begins <= when}
        there = [its for its in prefixes if its is not None and its.subject in begun]
        # by another way: each contact folded from what had happened by then
        was_traced = {its.subject: any(one.area == area and one.traced for one in its.spells) for its in there}
        expected = Counter(its.status for its in there if was_traced[its.subject] and its.area == area)
        assert counted.stocks == {one.value: expected[one] for one in STOCKS}
        assert counted.traced == sum(was_traced[its.subject] and its.area == area for its in there)
        assert counted.moved_out == sum(its.area != area for its in there)
        assert counted.to_trace == sum(
            its.area == area and its.status is Status.TO_TRACE for its in there if not was_traced[its.subject]
        )


@settings(max_examples=200, deadline=None)
@given(STORY, st.integers(-24, 45 * 24))
def test_con_01_divisions_sum_to_what_holds_both(story: list[tuple[str, str, int]], hour: int) -> None:
    """A contact counts in one of them, however often it was handed over."""
    told, when = facts_of(story), at(10) + hour * HOUR
    all_ = [one for facts in told.values() for one in passages(fold(facts))]
    whole, parts = (
        tally(all_, when),
        [tally([one for one in all_ if one.area == area], when) for area in (OWN, FOREIGN)],
    )
    assert whole.moved_out == 0
    for name in ("traced", "to_trace", "untraced_ended"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts), name
    assert whole.stocks == {one.value: sum(part.stocks[one] for part in parts) for one in STOCKS}
    here, there = (flows([one for one in all_ if one.area == area], at(1), when) for area in (OWN, FOREIGN))
    across = flows(all_, at(1), when)
    assert (across["moved_in"], across["moved_out"]) == (0, 0)
    assert (here["moved_in"], here["moved_out"]) == (there["moved_out"], there["moved_in"])


@settings(max_examples=100, deadline=None)
@given(STORY, st.integers(0, 45 * 24), st.integers(0, 45 * 24))
def test_stock_plus_flow_is_the_stock_that_follows(story: list[tuple[str, str, int]], one: int, other: int) -> None:
    """What was there, and what happened in the window, make what is there: for one division whose contacts stay."""
    stay = [act for act in story if act[1] not in ("handed", "back")]
    told = facts_of(stay)
    begins, ends = (at(10) + hour * HOUR for hour in sorted((one, other)))
    all_ = [one for facts in told.values() for one in passages(fold(facts))]
    # stocks hold at a moment that is included, windows are half-open: a moment before
    before, after = (tally(all_, moment - timedelta(microseconds=1)) for moment in (begins, ends))
    happened = flows(all_, begins, ends)
    assert after.traced - before.traced == happened["traced"]
    ended_again = [name for name in ("released", "transferred", "lost", "died") if happened[name]]
    if not ended_again:
        assert after.stocks["converted"] - before.stocks["converted"] == happened["converted"]


def whole_story() -> list[Fact]:
    """Cases and one that a contact became, links, checks, corrections, retractions, a hand-over, a cluster."""

    def reported(name: str, day: int, as_class: Class, onset: int | None = None) -> Fact:
        about = About(onset=Days.exactly(on(onset)) if onset else None)
        data = Reported(
            person=named(f"{name}'s person"), disease=DISEASE, edition=EDITION, as_class=as_class, about=about
        )
        return a_fact(f"{name} reported", name, data, at(day))

    def exposed(name: str, contact: str, source: str, last: int, day: int, corrects: str = "") -> Fact:
        data = kinds.Exposed(
            disease=DISEASE, edition=EDITION, person=named(f"{contact}'s person"),
            exposure=exposure(named(source), on(last)),
        )  # fmt: skip
        return a_fact(name, contact, data, at(day), corrects=corrects)

    def checked(
        name: str, contact: str, day: int, half: str, outcome: str, corrects: str = "", area: str = OWN
    ) -> Fact:
        data = kinds.Checked(day=on(day), half=half, outcome=outcome, by="worker")
        return a_fact(name, contact, data, at(day, 9 if half == "am" else 15), corrects=corrects, area=area)

    confirmed = Classified(to=Class.CONFIRMED, edition=EDITION, basis="laboratory")
    excluded = Classified(to=Class.EXCLUDED, edition=EDITION, basis="tests_negative")
    linked = kinds.Linked(infector=named("A"), certainty=kinds.Certainty.PROBABLE)
    return [
        reported("A", 21, Class.SUSPECTED, 19),
        a_fact("A confirmed", "A", confirmed, at(22)),
        a_fact("A imported", "A", SourceDetermined(source=InfectionSource.IMPORTED), at(23)),
        reported("B", 24, Class.CONFIRMED),
        a_fact("A>B", "B", linked, at(25)),
        a_fact("B>A", "A", kinds.Linked(infector=named("B"), certainty=kinds.Certainty.POSSIBLE), at(25)),
        a_fact("not B>A", "A", kinds.Unlinked(infector=named("B"), basis="expert"), at(26)),
        exposed("p to A", "p", "A", 20, 22),
        exposed("p to X", "p", "X", 19, 22),
        a_fact("p traced", "p", kinds.Traced(person=named("p's person")), at(22, 15)),
        checked("p 23 am", "p", 23, "am", "seen_well"),
        checked("p 23 pm", "p", 23, "pm", "not_found"),
        checked("p 23 pm again", "p", 23, "pm", "seen_unwell", corrects="p 23 pm"),
        reported("C", 26, Class.CONFIRMED, 25),
        a_fact("p is C", "p", kinds.Converted(case=named("C")), at(26)),
        a_fact("C>A", "A", kinds.Linked(infector=named("C"), certainty=kinds.Certainty.POSSIBLE), at(27)),
        exposed("q to A", "q", "A", 24, 25),
        exposed("q to A better", "q", "A", 20, 26, corrects="q to A"),
        a_fact("q traced", "q", kinds.Traced(person=named("q's person")), at(25, 15)),
        a_fact("q traced wrongly", "q", kinds.Traced(person=named("somebody else")), at(26, 15)),
        checked("q 26 am", "q", 26, "am", "seen_well"),
        a_fact("q 26 am retracted", "q", Retracted(why=Why.MISTAKEN), at(26, 20), corrects="q 26 am"),
        a_fact("q handed", "q", kinds.HandedOver(to=FOREIGN), at(28)),
        checked("q 29 am", "q", 29, "am", "seen_well", area=FOREIGN),
        exposed("s to B", "s", "B", 24, 25),
        checked("s 26 am", "s", 26, "am", "not_found"),
        a_fact("s handed", "s", kinds.HandedOver(to=FOREIGN), at(28)),
        exposed("r to B", "r", "B", 24, 25),
        a_fact("r retracted", "r", Retracted(why=Why.DUPLICATE), at(26), corrects="r to B"),
        checked("r 26 am", "r", 26, "am", "seen_well"),
        reported("D", 27, Class.SUSPECTED),
        a_fact("B>D", "D", kinds.Linked(infector=named("B"), certainty=kinds.Certainty.CERTAIN), at(28)),
        a_fact("D excluded", "D", excluded, at(29)),
        a_fact("family", "family", kinds.ClusterNamed(
            disease=DISEASE, setting="household", cases=(named("A"), named("C")), linked=True), at(28)),
        a_fact("X>E", "E", kinds.Linked(infector=named("X"), certainty=kinds.Certainty.CERTAIN), at(28)),
        reported("E", 28, Class.CONFIRMED),
    ]  # fmt: skip


@pytest.fixture
def in_order(database: Database) -> Any:
    return registers_after(database, [whole_story()])


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_any_order_of_arrival_gives_the_same_registers(
    database: Database, in_order: Any, chance: Any, size: int
) -> None:
    story = whole_story()
    chance.shuffle(story)
    batches = [story[n : n + size] for n in range(0, len(story), size)]
    assert registers_after(database, batches) == in_order
    law.acted()


def registers_after(database: Database, batches: list[list[Fact]]) -> Any:
    empty(database)
    for batch in batches:
        outcomes = log.append(batch, principal=tracer().principal)
        assert {one.status for one in outcomes} == {"appended"}, outcomes
    with within(*EVERYWHERE):
        return contents_of(ContactRegister())


def test_the_whole_story_leaves_something_in_every_table(database: Database) -> None:
    tables = registers_after(database, [whole_story()])
    assert {name for name, rows in tables.items() if not rows} == set()
