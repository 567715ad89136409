"""Counts by two times; the whole story in any order of arrival; what a notice may say."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import queries
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRegister
from lianfang.capabilities.cases.rules.counting import FLOW_NAMES, STOCK_NAMES
from lianfang.capabilities.tasks.rules import policy
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.rebuild import contents_of
from tests import law
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, QILIN, START, WUHUA, YUNNAN, act, entered, hours, onset, reported, viewer
from tests.daily import examples
from tests.database import empty

ABOVE = viewer("duty_officer", YUNNAN)


def told(area: str = WUHUA, **asked: object) -> queries.Counted:
    return queries.counts(ABOVE, area, disease=DISEASE, **asked)


def test_cas_03_a_converted_case_leaves_one_stock_and_enters_the_other_at_once(database: Database) -> None:
    case = reported()
    act(case, kinds.Classified, at=hours(9), to="confirmed", basis="laboratory")
    for at, suspected, confirmed in ((8.99, 1, 0), (9, 1, 0), (9.01, 0, 1)):
        stocks = told(as_of=hours(at)).whole.stocks
        assert (stocks["suspected"], stocks["confirmed_cum"]) == (suspected, confirmed), at
    first, second = told(since=hours(0), until=hours(9)), told(since=hours(9), until=hours(24))
    assert (first.whole.flows["suspected_to_confirmed"], second.whole.flows["suspected_to_confirmed"]) == (0, 1)


def test_cas_01_zeros_are_computed_zeros(database: Database) -> None:
    """Counts come of cases alone: without any, each is a sum that came to zero, and after a severe one is excluded."""
    found = told()
    assert set(found.whole.stocks) == set(STOCK_NAMES) and set(found.whole.flows) == set(FLOW_NAMES)
    assert {*found.whole.stocks.values(), *found.whole.flows.values()} == {0}
    case = reported(Class.CONFIRMED, severity="severe")
    act(case, kinds.Classified, at=hours(1), to="excluded", basis="expert")
    assert (told(as_of=hours(1)).whole.stocks["severe"], told().whole.stocks["severe"]) == (1, 0)


def test_cas_02_a_window_counts_what_happened_in_it(database: Database) -> None:
    """From its beginning on, before its end: windows that follow each other count everything once."""
    registers(STORY, 1)
    whole = told(YUNNAN, since=hours(0), until=hours(500)).whole.flows
    edges = [0, 1, 7, 9, 9.5, 24, 400, 500]
    parts = [told(YUNNAN, since=hours(one), until=hours(other)).whole.flows for one, other in pairwise(edges)]
    assert whole == {name: sum(part[name] for part in parts) for name in whole}
    assert whole["confirmed_new"] == 2 and [part["suspected_to_confirmed"] for part in parts[2:5]] == [0, 2, 0]


def test_the_names_of_notices_are_kept() -> None:
    """Names that notices have are theirs; contacts and generations are counted where they are followed."""
    elsewhere = ("contacts_", "screened_", "symptomatic_cum", "generation2")
    missing = [name for name in METRICS if name not in (*STOCK_NAMES, *FLOW_NAMES) and not name.startswith(elsewhere)]
    assert missing == []


def test_yesterdays_counts_come_out_the_same_tomorrow(database: Database) -> None:
    first = reported(Class.CONFIRMED, now=hours(1))
    reported(now=hours(1))
    known = _last_known()
    before = told()
    act(first, kinds.Classified, at=hours(2), now=hours(30), to="excluded", basis="expert")
    reported(Class.CONFIRMED, at=hours(1), now=hours(30))
    assert told(known_at=known).whole == before.whole and told(known_at=known).seq == 2
    assert told().whole.stocks["confirmed_cum"] == 1 and told().whole.flows["revised_minus"] == 1
    assert told(as_of=hours(1.5)).whole.stocks["confirmed_cum"] == 2
    assert told(known_at=START - timedelta(days=9)).whole.stocks["suspected"] == 0


def test_cas_03_what_was_counted_falls_by_revision_only(desk: Desk) -> None:
    """Neither taken back nor corrected to another class does a case leave the cumulative counts unseen."""
    case, other = desk.report(), desk.report(as_class="confirmed")
    desk.now = hours(2)
    decided = desk.post(f"cases/{case}/classify", {"to": "confirmed", "basis": "laboratory"})["fact"]
    (card,) = desk.get(f"cases/{other}")["timeline"]
    known, before = _last_known(), told()
    desk.now = hours(30)
    taking = (
        (f"cases/{case}/retract", {"fact": decided, "why": "mistaken"}, "fact"),
        (f"cases/{case}/classify", {"to": "excluded", "basis": "expert", "corrects": decided}, "corrects"),
        (f"cases/{other}/correct", {"corrects": card["id"], "as_class": "suspected"}, "corrects"),
    )
    for path, body, field in taking:
        (wrong,) = desk.post(path, body, 422)["errors"]
        assert (wrong["field"], wrong["reason"]) == (field, "counted") and "exclude it" in wrong["en"], path
    assert told().whole == before.whole
    for one in (case, other):
        desk.post(f"cases/{one}/classify", {"to": "excluded", "basis": "expert"})
    found = told(since=hours(24), until=hours(48))
    assert (found.whole.stocks["confirmed_cum"], found.whole.flows["revised_minus"]) == (0, 2)
    assert all(one.holds for one in found.balances)
    assert told(known_at=known).whole == before.whole and before.whole.stocks["confirmed_cum"] == 2


def test_cas_03_what_devices_took_back_offline_of_a_counted_case_is_kept_and_shown(database: Database) -> None:
    case = reported()
    decided = act(case, kinds.Classified, at=hours(2), to="confirmed", basis="laboratory")
    taken = Fact.of(
        Retracted(why=Why.MISTAKEN), id=uuid4(), subject=case, area=WUHUA, observed_at=hours(5), corrects=decided
    )
    log.append([taken], principal=viewer().principal, now=hours(6))
    law.acted()
    state = queries.card(viewer(), case).state
    assert [(one.fact, one.code) for one in state.faults] == [(taken.id, "counted")]
    assert told().whole.stocks["confirmed_cum"] == 1


def _last_known() -> datetime:
    return list(log.read())[-1].received_at


def test_the_divisions_sum_to_the_whole_and_what_lies_in_none_is_shown(database: Database) -> None:
    reported(Class.CONFIRMED)
    reported(Class.CONFIRMED, area=QILIN)
    reported(area=KUNMING)
    found = told(YUNNAN)
    parts = {part.area: part.counts for part in found.parts}
    assert parts[KUNMING].stocks["confirmed_cum"] == parts["530300"].stocks["confirmed_cum"] == 1
    assert sum(part.stocks["suspected"] for part in parts.values()) == found.whole.stocks["suspected"] == 1
    assert all(one.holds for one in found.balances) and len(found.balances) >= 6
    city = {part.area: part.counts.stocks["suspected"] for part in told(KUNMING).parts}
    assert city[KUNMING] == 1 and city[WUHUA] == 0


def test_for_an_area_only_what_came_from_outside_is_imported(database: Database) -> None:
    for came_from in (QILIN, "420100"):
        case = reported(Class.CONFIRMED)
        act(case, kinds.SourceDetermined, at=hours(3), source="imported", came_from=came_from)
    county, province = told().whole.flows, told(YUNNAN).whole.flows
    assert (county["imported_new"], county["local_new"]) == (2, 0)
    assert (province["imported_new"], province["local_new"]) == (1, 1)


def test_cas_04_all_new_are_imported_only_where_none_is_unknown(desk: Desk) -> None:
    cases = [desk.report(as_class="confirmed") for _ in range(2)]
    assert desk.get("cases/counts", area=QILIN, status=403)
    for n, case in enumerate(cases):
        assert desk.get("cases/counts", area=WUHUA)["attributes"]["all_new_imported"] is False, n
        desk.post(f"cases/{case}/determine-source", {"source": "imported", "came_from": "420000"})
    assert desk.get("cases/counts", area=WUHUA)["attributes"]["all_new_imported"] is True
    later = desk.get("cases/counts", area=WUHUA, since=hours(24).isoformat())
    assert later["attributes"]["all_new_imported"] is None


def test_a_window_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    for field in ("until", "as_of"):
        sent = {"area": WUHUA, "since": hours(24).isoformat(), field: hours(23).isoformat()}
        (wrong,) = desk.get("cases/counts", 422, **sent)["errors"]
        assert (wrong["loc"], wrong["reason"]) == ([field], "before_since")
    desk.get("cases/counts", area=WUHUA, since=hours(24).isoformat(), until=hours(24).isoformat())


def test_cas_06_cas_17_who_is_in_no_designated_hospital_is_counted_and_listed(desk: Desk) -> None:
    case = desk.report(as_class="confirmed")
    found = desk.get("cases/counts", area=WUHUA)
    assert (found["attributes"]["all_in_designated_hospital"], found["stocks"]["not_in_designated"]) == (False, 1)
    assert desk.post("cases/list", {"waiting": True})["total"] == 1
    desk.now = hours(5)
    desk.post(f"cases/{case}/admit", {"hospital": "h-1", "designated": True})
    assert desk.post("cases/list", {"waiting": True})["total"] == 0
    found = desk.get("cases/counts", area=WUHUA)
    assert (found["attributes"]["all_in_designated_hospital"], found["stocks"]["hospitalised"]) == (True, 1)
    (waited,) = [one for one in desk.get(f"cases/{case}")["intervals"] if one["name"] == "confirmed_admitted"]
    assert waited["high_h"] == 5


def story() -> list[Fact]:
    """Two cases of one day, with what goes wrong in a record: corrected, taken back, handed over, and one fault."""
    facts: list[Fact] = []

    def add(case: UUID, data: object, at: float, area: str = WUHUA, corrects: UUID | None = None) -> UUID:
        fact = Fact.of(data, id=uuid4(), subject=case, area=area, observed_at=hours(at), corrects=corrects)
        facts.append(fact)
        return fact.id

    for n in range(2):
        case = uuid4()
        card = kinds.Reported(
            person=uuid4(), disease=DISEASE, edition="ncov-2020-v3", as_class="suspected", about=onset("2020-01-24")
        )
        add(case, card, n)
        sample = add(case, kinds.Sampled(material="throat_swab"), 2)
        add(case, kinds.Tested(sample=sample, test="pcr", result="positive"), 7)
        decided = add(case, kinds.Classified(to="excluded", edition="ncov-2020-v3", basis="expert"), 8)
        second = kinds.Classified(to="confirmed", edition="ncov-2020-v3", basis="laboratory", sample=sample)
        add(case, second, 9, corrects=decided)
        add(case, kinds.Admitted(hospital="h-1", designated=True), 10)
        wrong = add(case, kinds.Ended(outcome="died"), 20)
        add(case, Retracted(why=Why.MISTAKEN), 21, corrects=wrong)
        add(case, kinds.HandedOver(to=QILIN), 24)
        add(case, kinds.SeverityAssessed(severity="severe"), 30, QILIN)
        add(case, kinds.Ended(outcome="recovered"), 400, QILIN)
        add(case, kinds.SeverityAssessed(severity="mild"), 401, QILIN)
    return facts


STORY = story()


def registers(facts: list[Fact], parts: int) -> dict[str, object]:
    """What the registers hold when the facts arrive in this order, in so many batches."""
    size = -(-len(facts) // parts)
    for start in range(0, len(facts), size):
        log.append(facts[start : start + size], principal=viewer().principal, now=hours(500))
    law.acted()
    with seeing_all():
        return contents_of(CaseRegister())


def test_the_whole_story_in_any_order_of_arrival_gives_the_same_registers(database: Database) -> None:
    whole = registers(STORY, 1)
    assert sum(whole["cases_case"].values()) == 2 and sum(whole["cases_sample"].values()) == 2

    @settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(seed=st.integers(0, 2**32), parts=st.integers(1, 24))
    def trial(seed: int, parts: int) -> None:
        empty(database)
        connection.close()
        assert registers(random.Random(seed).sample(STORY, len(STORY)), parts) == whole

    trial()


def test_of_the_story_one_fact_alone_is_at_fault(database: Database) -> None:
    registers(STORY, 1)
    card = queries.card(viewer(area=QILIN), STORY[0].subject)
    assert [one.code for one in card.state.faults] == ["ended"]
    assert (card.state.to, card.state.outcome, card.state.severity) == ("confirmed", "recovered", "severe")


def test_epi_02_an_assessment_says_on_what_it_rests_and_unknown_sources_stay_to_be_traced(desk: Desk) -> None:
    case = desk.report(as_class="confirmed")
    body = {
        "area": WUHUA, "disease": DISEASE, "as_of": START.isoformat(), "likelihood": "likely", "consequence": "major",
        "basis": "一例来源不明", "measures": "加强溯源", "next_due": "2020-01-30",
    }  # fmt: skip
    desk.post("assessments", body)
    (made,) = desk.get("assessments", area=WUHUA)["assessments"]
    assert (made["level"], made["seq"]) == ("high", 1)
    assert desk.post("assessments", {**body, "likelihood": "sure"}, 422)["errors"][0]["reason"] == "unknown"
    assert desk.post("assessments", {**body, "as_of": hours(9).isoformat()}, 422)["errors"][0]["field"] == "as_of"
    (open_,) = [one for one in desk.get(f"cases/{case}")["obligations"] if one["rule"] == "case.trace_source"]
    assert open_["done_at"] is None
    desk.now = hours(3)
    desk.post(f"cases/{case}/determine-source", {"source": "local"})
    (closed,) = [one for one in desk.get(f"cases/{case}")["obligations"] if one["rule"] == "case.trace_source"]
    assert closed["done_at"] is not None


def _events(who: Viewer, of: list[UUID] | None = None) -> list[tuple[UUID, datetime]]:
    told = queries.obligations(who, START, hours(100), of=of)
    return [(one.subject, one.due) for one in told if one.rule == "case.event"]


def test_r_rep_2_the_first_confirmed_case_of_a_county_is_reported_as_an_event(database: Database) -> None:
    """Within 2 hours of the confirmation, by hand; the second is none, unless the first was none."""
    suspected, first, second = (
        reported(),
        reported(Class.CONFIRMED, at=hours(1)),
        reported(Class.CONFIRMED, at=hours(2)),
    )
    assert _events(viewer()) == [(first, hours(3))]
    town = viewer(area=f"{WUHUA}002")
    reported(Class.CONFIRMED, area=town.area, at=hours(3))
    assert _events(town) == [] and _events(viewer(), of=[second, suspected]) == []
    reported(Class.CONFIRMED, area=QILIN, at=hours(4))
    assert len(_events(viewer("duty_officer", YUNNAN))) == 2
    act(first, kinds.Ended, at=hours(5), outcome="recovered")
    assert _events(viewer()) == [(first, hours(3))]
    act(first, kinds.Classified, at=hours(6), to="excluded", basis="other_diagnosis")
    assert _events(viewer()) == [(second, hours(4))]
    assert policy().rule("case.event").by_hand


def test_what_is_to_be_done_is_told_to_tasks(database: Database) -> None:
    case, other = reported(), reported(area=QILIN)
    mine = {(one.rule, one.subject, one.done_at) for one in queries.obligations(viewer(), START, hours(24))}
    todo = {"case.verify", "case.investigate", "case.sample", "case.admit"}
    assert mine == {(rule, case, None) for rule in todo}
    assert {one.subject for one in queries.obligations(viewer(area=QILIN), START, hours(24), of=[case, other])} == {
        other
    }
    act(case, kinds.Investigated, at=hours(5))
    done = {one.rule: one.done_at for one in queries.obligations(viewer(), START, hours(24))}
    assert done == {rule: None for rule in todo} | {"case.verify": hours(5), "case.investigate": hours(5)}


def test_cas_16_a_review_shows_the_difference_first_and_changes_no_class_by_itself(desk: Desk) -> None:
    about = {"onset": {"earliest": "2020-01-24", "latest": "2020-01-24"}, "history": [], "clinical": ["fever"]}
    case = desk.report(about=about)
    unclear = desk.report()
    ask = {"disease": DISEASE, "edition": "ncov-2020-v2"}
    shown = desk.post("cases/review", ask)
    (found,) = shown["differences"]
    assert (found["case"], found["was"], found["would_be"], found["can"]) == (str(case), "suspected", "reported", False)
    assert (shown["cases"], shown["unclear"], shown["recorded"]) == (2, 1, 0)
    assert log.head().seq == 2
    desk.now = hours(1)
    desk.post("cases/review", {**ask, "confirmed": "0" * 64}, 409)
    assert desk.post("cases/review", {**ask, "confirmed": shown["digest"]})["recorded"] == 1
    card = desk.get(f"cases/{case}")
    assert (card["to"], card["edition"], card["would_be"]) == ("suspected", "ncov-2020-v3", "reported")
    listed = desk.post("cases/list", {"where": {"would_be": {"known": True}}})
    assert [one["subject"] for one in listed["cases"]] == [str(case)] != [str(unclear)]


def test_cas_16_hubei_in_february_the_clinically_diagnosed_are_decided_in_one_run(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(monkeypatch, area="420102")
    desk.now = hours(24 * 10)
    items = ["fever_respiratory", "blood_count", "imaging"]
    about = {"onset": {"earliest": "2020-01-24", "latest": "2020-01-24"}, "history": [], "clinical": items}
    cases = [
        desk.report(about=about, edition="ncov-2020-d5", area="420102", person=str(entered("420102"))) for _ in range(3)
    ]
    desk.now = hours(24 * 15)
    ask = {"disease": DISEASE, "edition": "ncov-2020-d5-hubei", "area": "420102", "decide": True}
    shown = desk.post("cases/review", ask)
    assert shown["moves"] == [{"was": "suspected", "would_be": "clinical", "cases": 3}]
    assert desk.post("cases/review", {**ask, "confirmed": shown["digest"]})["recorded"] == 6
    counts = desk.get("cases/counts", area="420102", until=hours(24 * 16).isoformat(), since=hours(24 * 14).isoformat())
    assert (counts["flows"]["clinical_new"], counts["flows"]["suspected_to_clinical"]) == (3, 3)
    assert counts["stocks"]["suspected"] == 0 and all(one["holds"] for one in counts["checks"])
    assert {desk.get(f"cases/{case}")["edition"] for case in cases} == {"ncov-2020-d5-hubei"}
