"""What is recorded, refused, taken back, handed over; and that one illness is reported by one division."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.accounts.refused import NotThere, Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.facts import Class
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.identity import service as vault
from tests import law
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, QILIN, WUHUA, act, entered, hours, onset, reported, viewer


def reasons(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.field, one.reason) for one in error.value.wrong]


def test_cas_02_what_contradicts_is_refused_with_field_and_reason(database: Database) -> None:
    case = reported()
    with pytest.raises(Refused) as told:
        act(case, kinds.Ended, at=hours(2), outcome="recovered")
    assert reasons(told) == [("outcome", "no_end")]
    assert "decide what it is first" in told.value.en and "请先判定" in told.value.zh
    assert log.head().seq == 1
    act(case, kinds.Classified, at=hours(3), to="confirmed", basis="laboratory")
    act(case, kinds.Ended, at=hours(9), outcome="died")
    with pytest.raises(Refused) as told:
        act(case, kinds.Described, at=hours(48), about=onset("2020-01-30"))
    assert reasons(told) == [("about.onset", "onset_after_end")]


def test_where_another_fact_would_become_impossible_it_is_named(database: Database) -> None:
    case = reported()
    admitted = act(case, kinds.Admitted, at=hours(3), hospital="h-1", designated=True)
    left = act(case, kinds.Discharged, at=hours(200), reason="other")
    with pytest.raises(Refused) as told:
        service.retract(viewer(), case, admitted, Why.MISTAKEN, now=hours(210))
    assert reasons(told) == [("observed_at", "not_in_hospital")] and str(left) in told.value.en
    service.retract(viewer(), case, left, Why.MISTAKEN, now=hours(211))
    service.retract(viewer(), case, admitted, Why.MISTAKEN, now=hours(212))
    law.acted()
    assert queries.card(viewer(), case).state.stays == ()


def test_what_is_taken_back_can_be_given_back(database: Database) -> None:
    case = reported()
    decided = act(case, kinds.Classified, at=hours(3), to="excluded", basis="tests_negative")
    taken = service.retract(viewer(), case, decided, Why.MISTAKEN, now=hours(4))
    assert queries.card(viewer(), case).state.to is Class.SUSPECTED
    service.retract(viewer(), case, taken, Why.MISTAKEN, now=hours(5))
    law.acted()
    assert queries.card(viewer(), case).state.to is Class.EXCLUDED


def test_a_report_card_that_others_rest_on_is_not_taken_back(database: Database) -> None:
    """First what rests on it; nothing is lost from sight meanwhile."""
    case = reported()
    report = queries.card(viewer(), case).state.report
    sample = act(case, kinds.Sampled, at=hours(1), material="throat_swab")
    with pytest.raises(Refused) as told:
        service.retract(viewer(), case, report, Why.MISTAKEN, now=hours(2))
    assert reasons(told) == [("fact", "rests")] and "1 other records" in told.value.en and "还有1条" in told.value.zh
    sent = Fact.of(Retracted(why=Why.MISTAKEN), id=uuid4(), subject=case, area=WUHUA, observed_at=hours(2),
                   corrects=report)  # fmt: skip
    log.append([sent], principal=viewer().principal)
    law.acted()
    assert [(one.fact, one.code) for one in queries.card(viewer(), case).state.faults] == [(sent.id, "rests")]
    service.retract(viewer(), case, sample, Why.MISTAKEN, now=hours(3))
    law.acted()
    with pytest.raises(NotThere):
        queries.card(viewer(), case)


def test_a_counted_case_leaves_the_counts_by_revision_only(database: Database) -> None:
    case = reported(Class.CONFIRMED)
    report = queries.card(viewer(), case).state.report
    doctor = viewer("clinic_doctor", author="cdc-1")
    with pytest.raises(Refused) as told:
        service.retract(doctor, case, report, Why.MISTAKEN, now=hours(2))
    assert reasons(told) == [("fact", "counted")] and "核减" in told.value.zh
    act(case, kinds.Classified, at=hours(3), to="excluded", basis="expert", who=doctor)
    counted = queries.counts(viewer(), WUHUA, disease=DISEASE, since=hours(1), until=hours(4))
    assert (counted.whole.stocks["confirmed_cum"], counted.whole.flows["revised_minus"]) == (0, 1)
    assert all(one.holds for one in counted.balances)
    with pytest.raises(Refused) as told:  # excluded, it rests on its card still
        service.retract(doctor, case, report, Why.MISTAKEN, now=hours(5))
    assert reasons(told) == [("fact", "rests")]


def test_of_two_report_cards_of_one_case_one_is_taken_back(database: Database) -> None:
    case, now = reported(Class.CONFIRMED), hours(3)
    card = kinds.Reported(person=uuid4(), disease=DISEASE, edition="ncov-2020-v3", as_class=Class.CONFIRMED)
    second = Fact.of(card, id=uuid4(), subject=case, area=WUHUA, observed_at=hours(1))
    log.append([second], principal=viewer().principal)
    service.retract(viewer(), case, second.id, Why.DUPLICATE, now=now)
    law.acted()
    assert queries.card(viewer(), case).state.faults == ()


def test_an_offline_fact_that_contradicts_is_kept_and_shown(database: Database) -> None:
    case = reported()
    late = Fact.of(kinds.Ended(outcome="recovered"), id=uuid4(), subject=case, area=WUHUA, observed_at=hours(5))
    assert log.append([late], principal=viewer().principal)[0].status == "appended"
    law.acted()
    card = queries.card(viewer(), case)
    assert [(one.fact, one.code) for one in card.state.faults] == [(late.id, "no_end")]
    assert [(one.entry.fact.id, one.holds, one.counts) for one in card.timeline][-1] == (late.id, True, False)
    page = queries.page(viewer(), queries.Asked(where={"faults": queries.Condition(least="1")}))
    assert [row.subject for row in page.cases] == [case]
    act(case, kinds.Classified, at=hours(4), to="confirmed", basis="laboratory", now=hours(9))
    assert queries.card(viewer(), case).state.faults == ()


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        (kinds.Sampled, {"material": "hair"}, ("material", "unknown")),
        (kinds.Tested, {"sample": None, "test": "pcr", "result": "maybe"}, ("result", "unknown")),
        (kinds.Classified, {"to": "clinical", "basis": "clinical"}, ("to", "not_in_edition")),
        (kinds.Classified, {"to": "confirmed", "basis": "hunch"}, ("basis", "unknown")),
        (kinds.Classified, {"to": "confirmed", "basis": "expert", "edition": "v99"}, ("edition", "unknown")),
        (kinds.HandedOver, {"to": "999999"}, ("to", "unknown_area")),
        (kinds.Described, {"about": {"history": ["moon"]}}, ("about.history", "unknown")),
        (kinds.Described, {"about": {"residence": "539999"}}, ("about.residence", "unknown_area")),
        (kinds.Isolated, {"where": "cellar"}, ("where", "unknown")),
    ],
)
def test_what_nobody_knows_is_refused(
    database: Database, kind: type, fields: dict[str, object], wrong: tuple[str, str]
) -> None:
    case = reported()
    with pytest.raises(Refused) as told:
        act(case, kind, at=hours(2), **fields)
    assert reasons(told) == [wrong]


def test_before_the_first_edition_a_case_is_judged_by_it(database: Database) -> None:
    case = reported(at=hours(-24 * 7), about=onset("2020-01-18"))
    act(case, kinds.Classified, at=hours(-24 * 7 + 1), to="confirmed", basis="laboratory")
    assert {one.edition for one in queries.card(viewer(), case).state.decided} == {"ncov-2020-v2"}


def test_no_edition_is_named_before_it_begins(database: Database) -> None:
    with pytest.raises(Refused) as told:
        reported(edition="ncov-2020-v7")
    assert reasons(told) == [("edition", "not_yet")] and "2020-09-11" in told.value.en and "请选择" in told.value.zh
    case = reported()
    with pytest.raises(Refused) as told:
        act(case, kinds.Classified, at=hours(2), to="suspected", basis="expert", edition="ncov-2020-v5")
    assert reasons(told) == [("edition", "not_yet")]


def test_nothing_is_decided_by_an_edition_to_come(database: Database) -> None:
    reported()
    asked = {"disease": DISEASE, "edition": "ncov-2020-v5", "area": WUHUA, "now": hours(24)}
    shown = service.review(viewer(), **asked)
    with pytest.raises(Refused) as told:
        service.review(viewer(), **asked, confirmed=shown.digest, decide=True)
    assert reasons(told) == [("edition", "not_yet")]


def test_refusals_call_classes_and_codes_by_their_titles(database: Database) -> None:
    case = reported(Class.CONFIRMED)
    with pytest.raises(Refused) as told:
        act(case, kinds.Classified, at=hours(2), to="suspected", basis="expert")
    assert "现为“确诊病例”，不能改为“疑似病例”" in told.value.zh
    with pytest.raises(Refused) as told:
        act(case, kinds.Classified, at=hours(2), to="clinical", basis="expert")
    assert "没有“临床诊断病例”，可用：" in told.value.zh and "无症状感染者" in told.value.zh
    act(case, kinds.Ended, at=hours(3), outcome="died")
    with pytest.raises(Refused) as told:
        act(case, kinds.Treated, at=hours(4))
    assert "以“死亡”结束" in told.value.zh
    with pytest.raises(Refused) as told:
        act(case, kinds.Classified, at=hours(4), to="confirmed", basis="hunch")
    assert "专家判定（expert）" in told.value.zh
    with pytest.raises(Refused) as told:
        reported(edition="v99")
    assert told.value.zh.startswith("edition：没有版本v99，可用：") and "防控方案第二版" in told.value.zh


def test_nothing_is_recorded_ahead_of_the_clock(database: Database) -> None:
    case = reported()
    with pytest.raises(Refused) as told:
        act(case, kinds.Investigated, at=hours(5), now=hours(4))
    assert reasons(told) == [("observed_at", "in_future")]
    act(case, kinds.Investigated, at=hours(4.1), now=hours(4))


def test_the_same_act_twice_is_one(database: Database) -> None:
    case, id = reported(), uuid4()
    for _ in range(2):
        assert act(case, kinds.Classified, at=hours(3), to="confirmed", basis="laboratory", id=id) == id
    assert log.head().seq == 2
    with pytest.raises(Refused) as told:
        act(case, kinds.Classified, at=hours(3), to="excluded", basis="expert", id=id)
    assert reasons(told) == [("id", "set_aside")]


def test_the_same_report_card_twice_is_one_case(database: Database) -> None:
    person, case, id = entered(), uuid4(), uuid4()
    made = [reported(person=person, case=case, id=id) for _ in range(2)]
    assert made == [case, case] and log.head().seq == 1


def test_one_illness_is_reported_by_one_division(database: Database) -> None:
    """Two districts report the same case: the second one is told whose it is."""
    everywhere = viewer("epidemiologist", "530000")
    person = entered(WUHUA, everywhere)
    vault.hold(
        everywhere, person, {"area": QILIN, "data_class": "suspected", "basis": "cyberspace_notice"}, now=hours(0)
    )
    case = reported(person=person)
    with pytest.raises(service.OpenAlready) as told:
        reported(person=person, area=QILIN)
    assert WUHUA in told.value.en and told.value.case is None and str(case) not in told.value.en
    with pytest.raises(service.OpenAlready) as told:
        reported(person=person)
    assert told.value.case == case
    act(case, kinds.Classified, at=hours(2), to="excluded", basis="other_diagnosis")
    assert reported(person=person, area=QILIN, at=hours(300), about=onset("2020-02-05")) != case


def test_who_falls_ill_again_is_a_second_case_of_the_same_person(database: Database) -> None:
    person = entered()
    first = reported(Class.CONFIRMED, person=person)
    act(first, kinds.Ended, at=hours(300), outcome="recovered")
    second = reported(person=person, at=hours(2000), about=onset("2020-04-15"), edition="ncov-2020-v6")
    assert first != second
    card = queries.card(viewer(), second)
    assert [row.subject for row in card.others] == [first]


@pytest.mark.parametrize("at", [20, 300])
def test_who_has_died_is_not_reported_anew(database: Database, at: float) -> None:
    """Not as diagnosed after the death, and not before it."""
    person = entered()
    first = reported(person=person)
    act(first, kinds.Ended, at=hours(30), outcome="died")
    with pytest.raises(Refused) as told:
        reported(person=person, at=hours(at), now=hours(400))
    assert reasons(told) == [("person", "died")] and str(first) in told.value.zh


def test_nobody_falls_ill_again_before_the_first_illness_is_over(database: Database) -> None:
    person = entered()
    first = reported(Class.CONFIRMED, person=person)
    ended = act(first, kinds.Ended, at=hours(300), outcome="recovered")
    with pytest.raises(Refused) as told:
        reported(person=person, at=hours(200), now=hours(400))
    assert reasons(told) == [("observed_at", "earlier_not_over")] and "2020-02-09" in told.value.en
    act(first, kinds.Ended, at=hours(150), now=hours(400), outcome="recovered", corrects=ended)
    assert reported(person=person, at=hours(200), now=hours(400)) != first


def test_a_card_sent_offline_of_who_has_died_is_shown(database: Database) -> None:
    person = entered()
    act(reported(person=person), kinds.Ended, at=hours(30), outcome="died")
    card = kinds.Reported(person=person, disease=DISEASE, edition="ncov-2020-v3", as_class=Class.SUSPECTED)
    late = Fact.of(card, id=uuid4(), subject=uuid4(), area=WUHUA, observed_at=hours(40))
    assert log.append([late], principal=viewer().principal)[0].status == "appended"
    law.acted()
    assert "died" in [one.code for one in queries.card(viewer(), late.subject).checks]


def test_two_pseudonyms_of_one_person_are_one_person(database: Database) -> None:
    who = viewer()
    first, second = entered(), entered()
    reported(person=first)
    vault.merge(who, first, second, now=hours(1))
    with pytest.raises(service.OpenAlready):
        reported(person=second, at=hours(2))


def test_nobody_reports_whom_the_division_has_not_entered(database: Database) -> None:
    for person in (uuid4(), entered(QILIN)):
        with pytest.raises(Refused) as told:
            reported(person=person)
        assert reasons(told) == [("person", "no_person")]
    with pytest.raises(Forbidden):
        reported(area=QILIN, who=viewer(), person=uuid4())


def test_handed_over_it_is_the_other_divisions_alone(database: Database) -> None:
    case = reported(Class.CONFIRMED)
    act(case, kinds.HandedOver, at=hours(5), to=QILIN)
    with pytest.raises(NotThere):
        queries.card(viewer(), case)
    with pytest.raises(NotThere):
        act(case, kinds.Investigated, at=hours(6))
    act(case, kinds.Investigated, at=hours(6), who=viewer(area=QILIN))
    sums = {area: queries.counts(viewer(area="530000"), area, disease=DISEASE) for area in (WUHUA, QILIN, "530000")}
    assert [found.whole.stocks["confirmed_cum"] for found in sums.values()] == [0, 1, 1]
    assert [found.whole.flows["confirmed_new"] for found in sums.values()] == [1, 0, 1]
    assert sums[WUHUA].whole.flows["confirmed_handed_out"] == sums[QILIN].whole.flows["confirmed_handed_in"] == 1
    assert sums["530000"].whole.flows["confirmed_handed_out"] == 0
    assert all(one.holds for found in sums.values() for one in found.balances)


def test_another_divisions_fact_changes_nothing(database: Database) -> None:
    """Sent offline for a case of which only the id is known."""
    case = reported()
    stranger = viewer(area=QILIN)
    foreign = Fact.of(
        kinds.Classified(to="excluded", edition="ncov-2020-v3", basis="expert"), id=uuid4(), subject=case, area=QILIN,
        observed_at=hours(3),
    )  # fmt: skip
    log.append([foreign], principal=stranger.principal)
    law.acted()
    card = queries.card(viewer(), case)
    assert card.state.to is Class.SUSPECTED and [one.code for one in card.state.faults] == ["not_responsible"]
    with pytest.raises(NotThere):
        queries.card(stranger, case)


def test_an_offline_hand_over_to_nowhere_leaves_the_case_where_it_is(database: Database) -> None:
    case = reported(Class.CONFIRMED)
    sent = Fact.of(kinds.HandedOver(to="999999"), id=uuid4(), subject=case, area=WUHUA, observed_at=hours(3))
    assert log.append([sent], principal=viewer().principal)[0].status == "appended"
    law.acted()
    card = queries.card(viewer(), case)
    assert card.state.area == WUHUA and [one.code for one in card.state.faults] == ["unknown_area"]
    assert queries.counts(viewer(), WUHUA, disease=DISEASE).whole.stocks["confirmed_cum"] == 1


def test_a_fault_of_anothers_does_not_keep_a_case_from_being_handed_over_to_them(database: Database) -> None:
    """It is a fault for another reason then."""
    case = reported()
    stay = kinds.Stay(area="420100", first=Days.exactly(date(2020, 1, 14)), last=Days.exactly(date(2020, 1, 10)))
    sent = kinds.Investigated(about=kinds.About(stays=(stay,)))
    foreign = Fact.of(sent, id=uuid4(), subject=case, area=QILIN, observed_at=hours(3))
    log.append([foreign], principal=viewer(area=QILIN).principal)
    act(case, kinds.HandedOver, at=hours(5), to=QILIN)
    card = queries.card(viewer(area=QILIN), case)
    assert [(one.fact, one.code) for one in card.state.faults] == [(foreign.id, "stay_order")]


def test_what_came_before_the_onset_is_refused_or_shown(database: Database) -> None:
    """Nobody is treated before falling ill; one may be isolated or in hospital for another reason."""
    case = reported(about=onset("2020-01-27"))
    with pytest.raises(Refused) as told:
        act(case, kinds.Treated, at=hours(-48), now=hours(2))
    assert reasons(told) == [("observed_at", "before_onset")]
    act(case, kinds.Isolated, at=hours(-400), now=hours(2), where="station")
    act(case, kinds.Admitted, at=hours(-48), now=hours(2), hospital="h-1", designated=True)
    card = queries.card(viewer(), case)
    assert [one.code for one in card.checks if "onset" in one.code] == [
        "before_onset_isolated",
        "before_onset_admitted",
    ]
    assert all(one.high_h >= one.low_h >= 0 for one in card.intervals if one.low_h is not None)
    act(case, kinds.Treated, at=hours(-20), now=hours(2))


def test_what_others_told_since_is_not_overwritten(desk: Desk) -> None:
    case = desk.report()
    desk.now = hours(1)
    latest = desk.get(f"cases/{case}")["latest"]
    desk.post(f"cases/{case}/describe", {"about": {"occupation": "teacher"}, "seen": latest})
    desk.post(f"cases/{case}/describe", {"about": {"sex": "male"}, "seen": latest})
    told = desk.post(f"cases/{case}/describe", {"about": {"occupation": "retired"}, "seen": latest}, 409)
    assert "occupation" in told["detail"]
    assert desk.get(f"cases/{case}")["about"]["occupation"] == "teacher"


def test_a_doctor_sees_and_cares_for_the_own_patients(database: Database) -> None:
    doctor = viewer("clinic_doctor", author="doctor-1")
    mine, other = reported(who=doctor), reported()
    assert [row.subject for row in queries.page(doctor, queries.Asked()).cases] == [mine]
    act(mine, kinds.Treated, at=hours(2), who=doctor)
    with pytest.raises(NotThere):
        act(other, kinds.Treated, at=hours(2), who=doctor)
    (card,) = (entry.fact.id for entry in log.read(kinds=["case.reported"], subjects=[other]))
    with pytest.raises(NotThere):
        service.correct(doctor, other, card, {"as_class": Class.CONFIRMED}, at=None, now=hours(2))
    with pytest.raises(NotThere):
        service.retract(doctor, other, card, Why.MISTAKEN, now=hours(2))
    assert queries.counts(doctor, WUHUA, disease=DISEASE).whole.stocks["suspected"] == 1
    assert queries.counts(viewer(), WUHUA, disease=DISEASE).whole.stocks["suspected"] == 2


def test_a_list_of_samples_shows_nothing_of_the_patient(desk: Desk) -> None:
    case = desk.report(
        number="530102-001", about={"sex": "male", "onset": {"earliest": "2020-01-24", "latest": "2020-01-25"}}
    )
    desk.now = hours(1)
    desk.post(f"cases/{case}/sample", {"material": "throat_swab", "number": "KM-0001"})
    desk.who = viewer("laboratory", KUNMING, "lab-1")
    (sample,) = desk.get("samples", waiting=True)
    assert set(sample) == {
        "id", "case", "area", "disease", "number", "material", "laboratory", "sampled_at", "received_at", "fit", "test",
        "result", "result_at",
    }  # fmt: skip
    desk.get(f"cases/{case}", 403)
    desk.who = viewer("laboratory", QILIN, "lab-2")
    assert desk.get("samples") == []
    desk.who = viewer("grid_worker")
    desk.get("samples", 403)


def test_a_laboratory_finds_samples_and_no_cases(database: Database) -> None:
    laboratory, case = viewer("laboratory", KUNMING, "lab-1"), reported()
    sample = act(case, kinds.Sampled, at=hours(1), material="throat_swab", number="KM-0001")
    (found,) = queries.samples(laboratory, number="KM-", waiting=True)
    assert (found.id, found.subject) == (sample, case)
    with pytest.raises(Forbidden):
        queries.page(laboratory, queries.Asked())
    act(case, kinds.SampleReceived, at=hours(2), who=laboratory, sample=sample, laboratory="lab-1")
    act(case, kinds.Tested, at=hours(3), who=laboratory, sample=sample, test="pcr", result="positive", ct=31.5)
    act(case, kinds.Sequenced, at=hours(9), who=laboratory, sample=sample, accession="EPI_ISL_402124", archive="gisaid")
    assert queries.samples(laboratory, waiting=True) == []
    assert [one.id for one in queries.samples(laboratory, waiting=False)] == [sample]
    with pytest.raises(Forbidden):
        act(case, kinds.Classified, at=hours(4), who=laboratory, to="confirmed", basis="laboratory")
    card = queries.card(viewer(), case)
    assert (
        card.state.samples[0].accession == "EPI_ISL_402124" and card.proposal and card.proposal.would_be == "confirmed"
    )


def test_a_province_sees_sums_and_no_case(database: Database) -> None:
    case, above = reported(Class.CONFIRMED), viewer("duty_officer", "530000")
    page = queries.page(above, queries.Asked())
    assert (page.cases, page.total) == ([], 1)
    assert queries.counts(above, "530000", disease=DISEASE).whole.stocks["confirmed_existing"] == 1
    with pytest.raises(NotThere):
        queries.card(above, case)
    with pytest.raises(Forbidden):
        queries.counts(viewer("duty_officer", KUNMING), "530000", disease=DISEASE)


def test_corrected_the_decision_is_another_and_the_first_stays_on_record(database: Database) -> None:
    case = reported()
    decided = act(case, kinds.Classified, at=hours(3), to="excluded", basis="expert")
    act(case, kinds.Classified, at=hours(3), now=hours(5), to="confirmed", basis="laboratory", corrects=decided)
    card = queries.card(viewer(), case)
    assert card.state.to is Class.CONFIRMED
    assert [(one.entry.fact.kind, one.holds) for one in card.timeline] == [
        ("case.reported", True), ("case.classified", False), ("case.classified", True)
    ]  # fmt: skip
    with pytest.raises(Refused) as told:
        act(case, kinds.Investigated, at=hours(6), corrects=UUID(int=1))
    assert reasons(told) == [("corrects", "no_fact")]


def test_two_acts_of_one_moment_follow_each_other(database: Database) -> None:
    """A decision of the moment of the report is held against it as the record will hold it."""
    case = reported()
    act(case, kinds.Classified, at=hours(0), to="excluded", basis="other_diagnosis")
    with pytest.raises(Refused) as told:
        act(case, kinds.Admitted, at=hours(0), hospital="h-1", designated=True)
    assert reasons(told) == [("observed_at", "excluded")]
    assert queries.card(viewer(), case).state.faults == ()


def test_a_report_card_is_corrected_whole_and_stays_its_reporters(desk: Desk) -> None:
    case = desk.report(number="W-1", severity="mild")
    (told,) = desk.get(f"cases/{case}")["timeline"]
    reporter, desk.who = desk.who, viewer(author="another")
    desk.now = hours(5)
    onset = {"earliest": "2020-01-22", "latest": "2020-01-22"}
    body = {"corrects": told["id"], "as_class": "suspected", "number": "W-2", "about": {"onset": onset}}
    desk.post(f"cases/{case}/correct", body)
    card = desk.get(f"cases/{case}")
    assert (card["number"], card["severity"], card["reported_at"]) == ("W-2", None, told["at"])
    assert card["about"]["onset"] == onset and card["edition"] == told["data"]["edition"]
    assert [one["holds"] for one in card["timeline"]] == [False, True]
    assert queries.card(viewer(), case).state.author == reporter.author
    assert desk.post(f"cases/{case}/correct", {**body, "person": str(uuid4())}, 422)
    desk.post(f"cases/{desk.report()}/correct", body, 404)
