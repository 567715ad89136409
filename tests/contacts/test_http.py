"""The whole line over HTTP: exposure, checks, release; what is refused, told field by field; the contact of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Account
from lianfang.accounts.refused import Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts import service
from lianfang.facts import log
from lianfang.facts.facts import Retracted
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests import law
from tests.access.made import FOREIGN, OWN, signed_in, viewer
from tests.contacts.world import DISEASE, EDITION, NOW, append, at, classify, entered, fact, on, report, tracer


class Desk:
    """Somebody at a desk, at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, who: Viewer | None = None) -> None:
        self.who, self.now = who or tracer(), at(21, 12)
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def post(self, path: str, status: int = 200, /, **body: Any) -> Any:
        return self._told("post", path, status, data=orjson.dumps(body), content_type="application/json")

    def get(self, path: str, status: int = 200, /, **query: Any) -> Any:
        return self._told("get", path, status, data=query)

    def _told(self, method: str, path: str, status: int, **sent: Any) -> Any:
        with signed_in(self.who):
            answer = getattr(self.client, method)(f"/api/v1/{path}", **sent)
        assert answer.status_code == status, answer.content
        law.acted()
        return answer.json()

    def exposes(self, case: UUID | None, last: Any, status: int = 200, **told: Any) -> Any:
        exposure = {"source": case, "last": last, "setting": "household", "closeness": ["live_together"]}
        body = {"disease": DISEASE, "edition": EDITION, "area": OWN, "exposure": exposure, "traced": True, **told}
        return self.post("contacts", status, **body)

    def checks(self, contact: str, day: int, half: str = "am", outcome: str = "seen_well", **told: Any) -> Any:
        check = {"contact": contact, "day": on(day), "half": half, "outcome": outcome, **told}
        return self.post("contacts/checks", checks=[check])


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield Desk(monkeypatch)


def cells(card: Any) -> list[str]:
    return [half["cell"] for day in card["days"] for half in day["halves"]]


def test_from_exposure_to_release_on_the_right_day(desk: Desk) -> None:
    case = report(at(21), onset=on(19))
    told = desk.exposes(case, on(20), person=entered())
    contact = told["contact"]
    assert (told["new"], told["status"], told["due"]) == (True, "observing", "2020-02-03")
    assert datetime.fromisoformat(told["release_from"]) == at(34, 23 + 59 / 60)
    desk.post(f"contacts/{contact}/inform")
    for day in range(22, 35):
        for half, hour in (("am", 8), ("pm", 15)):
            desk.now = at(day, hour)
            assert desk.checks(contact, day, half, temp_c=36.6)["taken"] == [1]
    early = desk.post(f"contacts/{contact}/release", 422, reason="completed")
    assert [(one["field"], one["reason"]) for one in early["errors"]] == [("observed_at", "too_early")]
    card = desk.get(f"contacts/{contact}")
    assert cells(card).count("seen_well") == 26 and len(card["days"]) == 14
    assert [day["number"] for day in card["days"]] == list(range(1, 15))
    desk.now = at(35, 0)
    assert desk.get("contacts/proposals")["contacts"][0]["proposals"][0]["what"] == "release"
    assert desk.post("contacts/release", contacts=[contact], reason="completed")["released"] == [contact]
    counts = desk.get("contacts/counts", area=OWN, **{"from": at(35, 0).isoformat(), "to": at(36, 0).isoformat()})
    assert (counts["stock"]["released"], counts["stock"]["holds"], counts["flows"]["released"]) == (1, True, 1)
    later = desk.checks(contact, 36)
    assert [one["reason"] for one in later["wrong"]] == ["not_begun", "ended"]
    assert desk.post(f"contacts/{contact}/release", 422, reason="lost")["errors"][0]["reason"] == "ended"


def test_con_02_still_to_trace_with_owner_and_age_in_hours(desk: Desk) -> None:
    case = report(at(21), onset=on(19))
    named = desk.exposes(case, on(20), person=entered(), traced=False)["contact"]
    unnamed = desk.exposes(case, on(20), person=None, traced=False)["contact"]
    found = desk.exposes(case, on(20), person=entered())["contact"]
    desk.now = at(22, 18)
    page = desk.post("contacts/list", status=["to_trace"])
    assert {one["contact"]: (one["age_hours"], one["owner"]) for one in page["contacts"]} == {
        named: (30.0, "author-1"), unnamed: (30.0, "author-1"),
    }  # fmt: skip
    assert page["total"] == 2
    assert desk.checks(named, 22)["wrong"][0]["reason"] == "not_traced"
    assert desk.checks(named, 22, outcome="not_found")["taken"] == [1]
    desk.post(f"contacts/{unnamed}/trace", person=entered())
    counts = desk.get("contacts/counts")["stock"]
    assert (counts["registered"], counts["traced"], counts["to_trace"], counts["observing"]) == (3, 2, 1, 2)
    desk.post(f"contacts/{unnamed}/trace", 422, person=uuid4())
    assert [one["contact"]["contact"] for one in desk.get("contacts/board")["contacts"]] == sorted([unnamed, found])


def test_con_04_a_fever_asks_for_a_referral_and_nobody_unseen_is_well(desk: Desk) -> None:
    contact = desk.exposes(report(at(21)), on(20), person=entered())["contact"]
    desk.now = at(22, 13)
    desk.checks(contact, 22, "am", "not_found")
    desk.checks(contact, 22, "pm", "seen_well", temp_c=37.3)
    card = desk.get(f"contacts/{contact}")
    assert [one["what"] for one in card["proposals"]] == ["refer"]
    assert (card["slots_due"], card["slots_seen"]) == (3, 1)
    board = desk.get("contacts/board", day=on(22))
    assert board["tally"] == {"am": {"not_found": 1}, "pm": {"seen_well": 1}}
    desk.now = at(22, 14)
    desk.post(f"contacts/{contact}/refer", to="clinic-1")
    assert desk.get(f"contacts/{contact}")["proposals"] == []
    outcome = desk.post("contacts/checks", 422, checks=[
        {"contact": contact, "day": on(22), "half": "pm", "outcome": "well"}])  # fmt: skip
    assert "outcome" in outcome["detail"]


def test_a_card_names_who_recorded(desk: Desk) -> None:
    doctor = Account.objects.create(username="doctor", display_name="王医生", area=OWN, created_at=NOW, password="x")
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.who = replace(desk.who, author=str(doctor.id))
    desk.now = at(22, 13)
    desk.checks(contact, 22)
    card = desk.get(f"contacts/{contact}")
    assert [card["names"].get(one["author"]) for one in card["timeline"]] == [None, None, "王医生"]


def test_good_rows_are_kept_and_bad_ones_told_by_row(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(22, 13)
    good = {"contact": contact, "day": on(22), "half": "am", "outcome": "seen_well", "id": uuid4()}
    rows = [
        good,
        {**good, "contact": uuid4(), "id": None},
        {**good, "half": "day", "id": None},
        {**good, "day": on(23), "id": None},
        {**good, "half": "pm", "outcome": "not_found", "temp_c": None, "id": None},
    ]
    told = desk.post("contacts/checks", checks=rows)
    assert told["taken"] == [1, 5]
    assert [(one["row"], one["field"], one["reason"]) for one in told["wrong"]] == [
        (2, "contact", "not_there"), (3, "half", "no_slot"), (4, "day", "not_begun"),
    ]  # fmt: skip
    assert desk.post("contacts/checks", checks=[good])["taken"] == [1]  # sent again, it changes nothing
    assert sum(one["kind"] == "contact.checked" for one in desk.get(f"contacts/{contact}")["timeline"]) == 2


def test_who_was_not_seen_has_no_temperature(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(22, 13)
    told = desk.checks(contact, 22, "am", "not_found", temp_c=36.5)
    assert (told["taken"], [(one["field"], one["reason"]) for one in told["wrong"]]) == ([], [("temp_c", "not_seen")])


def test_a_contact_falls_ill_and_is_the_second_generation(desk: Desk) -> None:
    case = report(at(21), Class.CONFIRMED, onset=on(19), source="imported")
    contact = desk.exposes(case, on(20), person=entered())["contact"]
    other = desk.exposes(case, on(20), person=entered())["contact"]
    desk.now = at(25)
    state = desk.post(f"contacts/{contact}/convert", as_class="confirmed", number="N-2")
    assert state["status"] == "converted"
    graph = desk.get("transmission/graph", area=OWN)
    assert {(one["id"], one["generation"]) for one in graph["nodes"]} == {(str(case), 1), (state["case"], 2)}
    (alert,) = desk.get("transmission/alerts")["alerts"]
    assert (alert["case"], alert["generation"]) == (state["case"], 2)
    circle = desk.post("transmission/links", links=[{"infector": state["case"], "infectee": case}])
    assert circle["taken"] == {} and circle["wrong"][0]["reason"] == "cycle"
    desk.now = at(35, 0)
    told = desk.post("contacts/release", contacts=[contact, other], reason="completed")
    assert (told["released"], [one["reason"] for one in told["wrong"]]) == ([other], ["ended"])
    stock = desk.get("contacts/counts")["stock"]
    assert (stock["traced"], stock["converted"], stock["released"], stock["holds"]) == (2, 1, 1, True)


def test_who_became_a_case_that_is_none_any_more_is_proposed_for_observation(desk: Desk) -> None:
    excluded, gone, ill = (desk.exposes(None, on(20), person=entered())["contact"] for _ in range(3))
    desk.now = at(23)
    became = {one: desk.post(f"contacts/{one}/convert", as_class="suspected")["case"] for one in (excluded, gone, ill)}
    assert desk.get("contacts/proposals", area=OWN)["contacts"] == []
    classify(UUID(became[excluded]), Class.EXCLUDED, at(24), "tests_negative")
    (told,) = log.read(kinds=["case.reported"], subjects=[UUID(became[gone])])
    append([fact(Retracted(why="mistaken"), told.fact.subject, at(24), corrects=told.fact.id)])
    assert_incremental_equals_refold()
    desk.now = at(24, 12)
    resume = {"what": "resume", "due": "2020-02-03"}
    listed = {
        one["contact"]["contact"]: one["proposals"] for one in desk.get("contacts/proposals", area=OWN)["contacts"]
    }
    assert listed == {one: [{**resume, "cases": [became[one]]}] for one in (excluded, gone)}
    tasks = {one["of"]: one["state"] for one in desk.get("tasks")["tasks"] if one["rule"] == "contact.resume"}
    assert tasks == dict.fromkeys((excluded, gone), "open")
    for one in (excluded, gone):
        card = desk.get(f"contacts/{one}")
        assert card["proposals"] == listed[one]
        (converted,) = [entry["id"] for entry in card["timeline"] if entry["kind"] == "contact.converted"]
        assert desk.post(f"contacts/{one}/retract", fact=converted, why="mistaken")["status"] == "observing"
    stock = desk.get("contacts/counts")["stock"]
    assert (stock["observing"], stock["converted"], stock["holds"]) == (2, 1, True)
    assert "contact.resume" not in {one["rule"] for one in desk.get("tasks")["tasks"]}
    desk.now = at(25)
    assert desk.post(f"contacts/{gone}/convert", as_class="suspected")["status"] == "converted"


def test_who_is_a_case_already_is_told_when_registered_as_a_contact(desk: Desk) -> None:
    person = entered()
    case = report(at(21), Class.CONFIRMED, person=person)
    assert "is_case" in [one["code"] for one in desk.exposes(None, on(20), person=person)["notes"]]
    assert desk.exposes(case, on(20), person=entered())["notes"] == []


def test_a_check_is_not_before_its_slot_and_of_symptoms_that_there_are(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(23, 17)
    told = {"contact": contact, "day": "2020-01-23", "half": "pm", "outcome": "seen_well"}
    rows = [{**told, "at": at(22, 17).isoformat()}, {**told, "symptoms": ["x"]}, {**told, "at": at(23, 16).isoformat()}]
    answer = desk.post("contacts/checks", checks=rows)
    assert [(one["row"], one["field"], one["reason"]) for one in answer["wrong"]] == [
        (1, "at", "not_begun"),
        (2, "symptoms", "unknown"),
    ]
    assert answer["taken"] == [3]


def test_a_link_that_there_is_not_is_not_taken_back(database: Database) -> None:
    one, other = report(at(21)), report(at(22))
    with pytest.raises(Refused) as refused:
        service.unlink(tracer(), one, other, "investigated", at=at(23), now=NOW)
    assert [wrong.reason for wrong in refused.value.wrong] == ["not_linked"]


def test_con_03_suspected_excluded_then_its_contacts_released(desk: Desk) -> None:
    case = report(at(21), onset=on(19))
    contact = desk.exposes(case, on(20), person=entered())["contact"]
    desk.now = at(24)
    decision = classify(case, Class.EXCLUDED, at(23), "tests_negative")
    (one,) = desk.get("contacts/proposals", what="source_excluded")["contacts"]
    assert one["proposals"] == [{"what": "source_excluded", "due": None, "cases": [str(case)]}]
    desk.post(f"contacts/{contact}/release", reason="source_excluded")
    last = desk.get(f"contacts/{contact}")["timeline"][-1]
    assert (last["kind"], last["cause"]) == ("contact.released", [str(decision)])
    assert desk.get("contacts/proposals")["contacts"] == []


def test_never_shorter_by_itself(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())
    exposure = {"source": None, "last": on(18), "setting": "household", "closeness": ["live_together"]}
    told = desk.post(f"contacts/{contact['contact']}/correct", fact=contact["fact"], exposure=exposure)
    assert told["due"] == "2020-02-03"
    (one,) = desk.get("contacts/proposals")["contacts"]
    assert [(its["what"], its["due"]) for its in one["proposals"]] == [("shorten", "2020-02-01")]
    short = desk.post(f"contacts/{contact['contact']}/shorten", 422, due="2020-01-30", basis="expert")
    assert short["errors"][0]["reason"] == "too_short"
    assert desk.post(f"contacts/{contact['contact']}/shorten", due="2020-02-01", basis="expert")["due"] == "2020-02-01"


def test_a_card_as_of_a_time_and_as_known_at_a_time(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(23, 10)
    desk.checks(contact, 23)
    assert "contact.checked" in [one["kind"] for one in desk.get(f"contacts/{contact}")["timeline"]]
    before = desk.get(f"contacts/{contact}", as_of=at(22).isoformat())
    assert "contact.checked" not in [one["kind"] for one in before["timeline"]]
    assert "seen_well" not in cells(before)
    desk.get(f"contacts/{contact}", 404, known_at="2020-01-01T00:00:00Z")
    counts = desk.get("contacts/counts", known_at="2020-01-01T00:00:00Z")["stock"]
    assert (counts["registered"], counts["holds"]) == (0, True)
    assert desk.get("contacts/counts", known_at="2199-01-01T00:00:00Z")["stock"]["traced"] == 1


def test_a_hand_over_counts_where_the_contact_is_followed(desk: Desk) -> None:
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(22, 10)
    desk.checks(contact, 22)
    desk.post(f"contacts/{contact}/hand-over", to=FOREIGN)
    desk.get(f"contacts/{contact}", 404)
    window = {"from": at(22, 0).isoformat(), "to": at(23, 0).isoformat()}
    below = desk.get("contacts/counts", area=OWN, **window)
    assert [below["stock"][name] for name in ("traced", "transferred", "moved_out", "observing")] == [0, 0, 1, 0]
    assert (below["flows"]["moved_in"], below["flows"]["moved_out"]) == (0, 1)
    desk.who = tracer(FOREIGN)
    there = desk.get("contacts/counts", area=FOREIGN, **window)
    assert (there["stock"]["traced"], there["stock"]["observing"], there["flows"]["moved_in"]) == (1, 1, 1)
    assert "seen_well" in cells(desk.get(f"contacts/{contact}"))
    desk.who = viewer("duty_officer", "530000")
    above = desk.get("contacts/counts", area="530000", **window)
    assert (above["stock"]["traced"], above["stock"]["observing"], above["stock"]["moved_out"]) == (1, 1, 0)
    assert (above["flows"]["moved_in"], above["flows"]["moved_out"]) == (0, 0)
    assert {one["area"]: one["stock"]["observing"] for one in above["parts"]} == {"530100": 0, "530300": 1}


def test_con_01_the_divisions_sum_to_the_whole_when_contacts_were_handed_over_twice(desk: Desk) -> None:
    """Out of a county and on into another prefecture; one whom nobody has found; one whom the prefecture follows."""
    case = report(at(21), onset=on(19))
    first, second = (desk.exposes(case, on(20), person=entered())["contact"] for _ in range(2))
    untraced = desk.exposes(case, on(20), person=None, traced=False)["contact"]
    desk.exposes(case, on(20), person=entered())
    desk.now = at(22, 10)
    for one, to in ((first, "530103"), (untraced, "530103"), (second, "530100")):
        desk.post(f"contacts/{one}/hand-over", to=to)
    desk.who = tracer("530103")
    desk.now = at(22, 11)
    desk.post(f"contacts/{first}/hand-over", to=FOREIGN)
    for area, parts in (("530100", {OWN: 1, "530103": 0, "530100": 1}), ("530000", {"530100": 2, "530300": 1})):
        desk.who = viewer("duty_officer", "530000")
        found = desk.get("contacts/counts", area=area, **{"from": at(21, 0).isoformat(), "to": at(23, 0).isoformat()})
        assert {one["area"]: one["stock"]["traced"] for one in found["parts"]} == parts
        sums = {name: sum(one["stock"][name] for one in found["parts"]) for name in found["stock"]}
        assert sums.pop("moved_out") >= found["stock"].pop("moved_out") and sums.pop("holds")
        assert found["stock"].pop("holds") and sums == found["stock"]
        for name in ("registered", "traced", "released", "converted"):
            assert sum(one["flows"][name] for one in found["parts"]) == found["flows"][name], name


def test_a_window_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    late, early = at(29).isoformat(), at(28).isoformat()
    for path, window in (
        ("contacts/counts", {"from": late, "to": early}),
        ("contacts/counts", {"from": late, "as_of": early}),
        ("transmission/graph", {"from": late, "to": early}),
    ):
        (wrong,) = desk.get(path, 422, area=OWN, **window)["errors"]
        assert (wrong["loc"], wrong["reason"]) == (["from"], "after_end")
    desk.get("contacts/counts", area=OWN, **{"from": early, "to": early})


def test_what_was_filled_when_its_slot_was_over_is_told_apart(desk: Desk) -> None:
    """It had been missed until then: on the board, in its sums, on the card and on the sheet."""
    late, kept = (desk.exposes(None, on(20), person=entered())["contact"] for _ in range(2))
    desk.now = at(22, 9)
    desk.checks(kept, 22, temp_c=36.5)
    desk.now = at(23, 9, 1)
    board = desk.get("contacts/board", day=on(22))
    assert (board["tally"]["am"], board["late"]["am"]) == ({"seen_well": 1, "missed": 1}, 0)
    made = at(22, 8).isoformat()  # whenever it is said to be made
    sent = {"temp_c": 36.6, "at": made, "id": uuid4()}
    assert desk.checks(late, 22, **sent)["taken"] == [1]
    first_told, desk.now = desk.now, at(23, 10)
    assert desk.checks(late, 22, **sent)["taken"] == [1], "sent again it is the same"
    board = desk.get("contacts/board", day=on(22))
    assert (board["tally"]["am"], board["late"]) == ({"seen_well": 2}, {"am": 1, "pm": 0})
    told = {
        line["contact"]["contact"]: [half["late"] for day in line["days"] for half in day["halves"] if half["at"]]
        for line in board["contacts"]
    }
    assert told == {late: [True], kept: [False]}
    assert [desk.get(f"contacts/{one}")["slots_late"] for one in (late, kept)] == [1, 0]
    (check,) = log.read(kinds=["contact.checked"], subjects=[UUID(late)])
    assert (check.fact.observed_at, check.fact.data.told) == (at(22, 8), first_told)


def test_the_last_exposure_is_not_taken_back_while_others_rest_on_it(desk: Desk) -> None:
    """First what rests on it: nobody who is followed is lost from sight. By the routes and as facts."""
    contact = desk.exposes(None, on(20), person=entered())["contact"]
    desk.now = at(22, 9)
    desk.checks(contact, 22, temp_c=36.6)
    told = {entry.fact.kind: entry.fact.id for entry in log.read(subjects=[UUID(contact)])}
    exposed, traced, checked = (told[f"contact.{kind}"] for kind in ("exposed", "traced", "checked"))

    def refused() -> list[tuple[str, str]]:
        answer = desk.post(f"contacts/{contact}/retract", 422, fact=exposed, why="mistaken")
        return [(one["field"], one["reason"]) for one in answer["errors"]]

    assert refused() == [("fact", "rests")]
    sent = fact(Retracted(why="mistaken"), UUID(contact), at(22, 10), corrects=exposed)
    append([sent])
    card = desk.get(f"contacts/{contact}")
    assert (card["contact"]["status"], [one["fact"] for one in card["faults"]]) == ("observing", [str(sent.id)])
    assert desk.get("contacts/counts")["stock"]["registered"] == 1
    desk.post(f"contacts/{contact}/retract", fact=str(sent.id), why="mistaken")
    desk.post(f"contacts/{contact}/retract", fact=traced, why="mistaken")
    assert refused() == [("fact", "rests")], "the check still does"
    desk.post(f"contacts/{contact}/retract", fact=checked, why="mistaken")
    desk.post(f"contacts/{contact}/retract", fact=exposed, why="mistaken")
    desk.get(f"contacts/{contact}", 404)


def test_the_same_exposure_told_twice_is_one_fact(desk: Desk) -> None:
    case, person = report(at(21), onset=on(19)), entered()
    first = desk.exposes(case, on(20), person=person, traced=False)
    again = desk.exposes(case, on(20), person=person, traced=False)
    assert (again["contact"], again["fact"], again["new"]) == (first["contact"], first["fact"], False)
    desk.exposes(case, on(20), person=person, traced=True)
    desk.exposes(case, on(20), person=person, traced=True, judged="close")
    desk.exposes(case, on(18), person=person)
    kinds = [one["kind"] for one in desk.get(f"contacts/{first['contact']}")["timeline"]]
    assert sorted(kinds) == ["contact.exposed", "contact.exposed", "contact.judged", "contact.traced"]


def test_an_exposure_from_before_there_was_the_disease_is_refused(desk: Desk) -> None:
    for told in ({"last": "1900-01-20"}, {"last": "2019-01-20"}, {"first": "2019-01-20", "last": on(20)}):
        exposure = {"source": None, "setting": "household", "closeness": ["live_together"], **told}
        body = {"disease": DISEASE, "edition": EDITION, "area": OWN, "person": entered(), "exposure": exposure}
        (wrong,) = desk.post("contacts", 422, **body)["errors"]
        assert (wrong["loc"], wrong["reason"]) == (["exposure"], "implausible") and "2019-10-02" in wrong["msg"]
    made = desk.exposes(None, on(20), person=entered())
    exposure = {"source": None, "last": "1900-01-20", "setting": "household"}
    wrong = desk.post(f"contacts/{made['contact']}/correct", 422, fact=made["fact"], exposure=exposure)["errors"]
    assert [one["reason"] for one in wrong] == ["implausible"]
    ends = {"first": on(21), "last": on(20), "source": None, "setting": "household"}
    desk.post("contacts", 422, disease=DISEASE, area=OWN, person=entered(), exposure=ends)


def test_bad_input_is_refused_by_field_and_reason(desk: Desk) -> None:
    """A malformed day, a division that there is not, somebody who is released, a division that nobody knows."""
    made = desk.exposes(None, on(20), person=entered())["contact"]
    for told, field in (({"last": "2020-02-30"}, "last"), ({"last": "soon"}, "last"), ({"setting": "moon"}, "setting")):
        exposure = {"source": None, "last": on(20), "setting": "household", **told}
        body = {"disease": DISEASE, "edition": EDITION, "area": OWN, "person": entered(), "exposure": exposure}
        assert field in desk.post("contacts", 422, **body)["errors"][0]["loc"]
    (wrong,) = desk.post(f"contacts/{made}/hand-over", 422, to="999999")["errors"]
    assert (wrong["loc"], wrong["reason"]) == (["to"], "unknown_area")
    desk.post(f"contacts/{made}/release", reason="lost")
    for act, body in (("inform", {}), ("refer", {}), ("hand-over", {"to": FOREIGN}), ("release", {"reason": "died"})):
        assert desk.post(f"contacts/{made}/{act}", 422, **body)["errors"][0]["reason"] == "ended", act


def test_who_is_exposed_after_the_release_is_another_contact(desk: Desk) -> None:
    person = entered()
    first = desk.exposes(None, on(20), person=person)["contact"]
    desk.post(f"contacts/{first}/release", reason="lost")
    desk.now = at(24)
    again = desk.exposes(None, on(23), person=person)
    assert again["new"] and again["contact"] != first
    assert desk.get(f"contacts/{first}")["contact"]["status"] == "lost"


def test_days_before_the_last_exposure_have_no_number(desk: Desk) -> None:
    person = entered()
    desk.exposes(None, on(12), person=person)
    desk.now = at(22)
    card = desk.get(f"contacts/{desk.exposes(None, on(20), person=person)['contact']}")
    assert [day["number"] for day in card["days"]] == [*[None] * 8, *range(1, 15)]
    assert (card["days"][0]["day"], card["days"][8]["day"]) == ("2020-01-13", "2020-01-21")


def test_paging_gives_every_contact_once_in_order(desk: Desk) -> None:
    contacts = [desk.exposes(None, on(day), person=entered(), traced=False)["contact"] for day in (20, 18, 19, 18)]
    for sort, descending in (("due", False), ("due", True), ("registered_at", False), ("traced_at", True)):
        seen, after = [], ""
        while after is not None:
            page = desk.post("contacts/list", sort=sort, descending=descending, limit=1, after=after)
            seen += page["contacts"]
            after = page["next"] if page["contacts"] else None
        assert sorted(one["contact"] for one in seen) == sorted(contacts)
        values = [one[sort] for one in seen if one[sort] is not None]
        assert values == sorted(values, reverse=descending)
    assert desk.post("contacts/list", 422, after="nowhere")["errors"][0]["reason"] == "no_place"
    assert desk.post("contacts/list", 422, area="000001")["errors"][0]["field"] == "area"


def test_names_are_shown_to_who_may_see_them_and_the_look_is_on_record(desk: Desk) -> None:
    from lianfang.facts import log

    person = entered()
    desk.exposes(None, on(20), person=person)
    page = desk.post("contacts/list", names=True, purpose="contact_tracing")
    assert [(one["id"], one["shown"]["name"]) for one in page["people"]] == [(str(person), "测试")]
    assert [one.fact.data.purpose for one in log.read(kinds=["identity.shown"])] == ["contact_tracing"]
    assert desk.post("contacts/list")["people"] is None


def test_facts_from_the_field_that_contradict_are_kept_and_shown(desk: Desk) -> None:
    from lianfang.capabilities.contacts.facts import Release, Released

    contact = desk.exposes(None, on(20), person=entered())["contact"]
    append([fact(Released(reason=Release.COMPLETED), UUID(contact), at(25))])
    card = desk.get(f"contacts/{contact}")
    assert (card["contact"]["status"], card["contact"]["faults"]) == ("observing", 1)
    assert [(one["field"], one["reason"]) for one in card["faults"]] == [("observed_at", "too_early")]
    assert [one["stands"] for one in card["timeline"] if one["kind"] == "contact.released"] == [False]
    assert [one["contact"] for one in desk.post("contacts/list", faulty=True)["contacts"]] == [contact]
