"""Beds: one patient at a time, whoever wants it, whatever is told and in whatever order it comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.facts import BedOpened, BedType, bed_id
from lianfang.capabilities.care.facts.beds import BedOccupiedOffline
from lianfang.capabilities.care.service import stays
from lianfang.capabilities.cases.facts import ClinicalSeverity
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from tests.access.made import OWN as WUHUA
from tests.care.made import ABOVE, DOCTOR, FAR_OFFICER, OFFICER, a_case, a_hospital, claim, places
from tests.gates.made import NOW, Clock, Desk
from tests.isolation.test_claims import at_once


def appended(data: FactData, bed: str, *, hours: float = 0, id: UUID | None = None) -> Fact:
    """A fact that a device sends by itself."""
    one = Fact.of(
        data, id=id or log.new_id(), subject=UUID(bed), area=WUHUA, observed_at=NOW + timedelta(hours=hours)
    )  # fmt: skip
    (outcome,) = log.append([one], principal=DOCTOR.principal)
    assert outcome.status == "appended", outcome
    return one


def test_of_fifty_devices_that_claim_the_last_bed_one_gets_it_and_the_others_learn_what_else_is_free(
    ward: Desk, at: Clock
) -> None:
    hospital, other = a_hospital(ward), a_hospital(ward, {"isolation": 3}, en="Second Hospital")
    told: list[str] = []

    def claiming() -> None:
        try:
            stays.claim(OFFICER, hospital, BedType.ISOLATION, stays.Patient(uuid4()), uuid4(), now=NOW)
        except stays.Refused as error:
            told.append(error.wrong[0].en)
            raise

    outcomes = at_once(*[claiming] * 50)
    assert set(outcomes) == {"done", "full"}
    assert len(told) == 49
    assert set(told) == {"has no bed of the type left; others have: Second Hospital 3"}
    assert places(ward, hospital) | {} == {
        "type": "isolation", "permanent": 1, "temporary": 0, "held": 1, "present": 1, "free": 0, "overdue": 0,
    }  # fmt: skip
    assert places(ward, other)["free"] == 3


def test_who_wants_a_bed_that_is_taken_is_told_which_are_free_there(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward, {"isolation": 3})
    bed = ward.done("/beds/claim", claim(hospital))["bed"]
    answer = ward.post("/beds/claim", claim(hospital, bed=bed))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["en"] == "is taken; 2 of the type are free here: iso-2, iso-3"


def test_a_claim_sent_twice_is_one_and_a_patient_has_one_bed(ward: Desk, at: Clock) -> None:
    hospital, case = a_hospital(ward, {"isolation": 2}), a_case()
    sent = claim(hospital, case)
    first, again = ward.done("/beds/claim", sent, DOCTOR), ward.done("/beds/claim", sent, DOCTOR)
    assert first == again
    assert ward.refused("/beds/claim", claim(hospital, case)) == [("person", "has_bed")]
    assert places(ward, hospital)["held"] == 1


def test_the_case_is_admitted_with_the_bed_and_ends_with_the_stay(ward: Desk, at: Clock) -> None:
    hospital, case = a_hospital(ward), a_case()
    assert [one["case"] for one in ward.get("/waiting", OFFICER).json()["waiting"]] == [str(case)]
    at.on(2)
    done = ward.done("/beds/claim", claim(hospital, case))
    (lies,) = ward.get(f"/hospitals/{hospital}/stays").json()["stays"]
    assert (lies["case"], lies["stay"], lies["case_ended"]) == (str(case), done["stay"], False)
    assert ward.get("/waiting", OFFICER).json()["bed"] == 0
    at.on(24)
    ward.done(f"/beds/{done['bed']}/release", {"stay": done["stay"], "reason": "left"})
    assert places(ward, hospital)["free"] == 1
    assert ward.get("/waiting", OFFICER).json()["bed"] == 1


def test_a_leaving_that_was_a_mistake_is_taken_back_with_what_the_case_said_of_it(ward: Desk, at: Clock) -> None:
    hospital, case = a_hospital(ward), a_case()
    at.on(2)
    done = ward.done("/beds/claim", claim(hospital, case))
    at.on(1)
    gone = ward.done(f"/beds/{done['bed']}/release", {"stay": done["stay"], "reason": "left"})
    assert ward.get("/waiting", OFFICER).json()["bed"] == 1
    ward.done(f"/beds/{done['bed']}/retract", {"fact": gone["fact"], "why": "mistaken"})
    (lies,) = ward.get(f"/hospitals/{hospital}/stays").json()["stays"]
    assert (lies["stay"], lies["case_ended"]) == (done["stay"], False)
    assert ward.get("/waiting", OFFICER).json()["bed"] == 0, "and is in hospital by the case's record"
    ward.done(f"/beds/{done['bed']}/retract", {"fact": done["fact"], "why": "mistaken"})
    assert ward.get("/waiting", OFFICER).json()["bed"] == 1, "never was there"


def test_a_stay_that_would_end_before_it_began_is_refused_and_one_over_midnight_is_not(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward)
    done = ward.done("/beds/claim", claim(hospital, at="2020-01-27T23:40:00+08:00"))
    release = {"stay": done["stay"], "reason": "left"}
    early = {**release, "at": "2020-01-27T23:39:00+08:00"}
    assert ward.refused(f"/beds/{done['bed']}/release", early) == [("at", "ends_before_begins")]
    ward.done(f"/beds/{done['bed']}/release", {**release, "at": "2020-01-28T00:20:00+08:00"})
    (lay,) = ward.get(f"/hospitals/{hospital}/stays", OFFICER, over=True).json()["stays"]
    assert (lay["since"], lay["left"], lay["reason"]) == ("2020-01-27T15:40:00Z", "2020-01-27T16:20:00Z", "left")


def test_a_claim_without_a_network_that_comes_late_is_kept_as_a_contradiction_and_counts_no_patient(
    ward: Desk, at: Clock
) -> None:
    hospital = a_hospital(ward)
    done = ward.done("/beds/claim", claim(hospital))
    told = BedOccupiedOffline(stay=uuid4(), person=uuid4())
    late = appended(told, done["bed"], hours=-3)
    assert places(ward, hospital)["held"] == 1
    (clash,) = ward.get("/beds/clashes").json()["clashes"]
    assert (clash["fact"], clash["person"], clash["against"]) == (str(late.id), str(told.person), done["stay"])
    assert clash["reason"] == "occupied"
    assert [one["stay"] for one in ward.get(f"/hospitals/{hospital}/stays").json()["stays"]] == [done["stay"]]
    ward.done(f"/beds/{done['bed']}/retract", {"fact": done["fact"], "why": "mistaken"})
    assert ward.get("/beds/clashes").json()["clashes"] == []
    (lies,) = ward.get(f"/hospitals/{hospital}/stays").json()["stays"]
    assert (lies["stay"], lies["offline"]) == (str(told.stay), True)


def test_a_patient_whom_two_beds_are_told_of_is_shown_as_such(ward: Desk, at: Clock) -> None:
    hospital, person = a_hospital(ward, {"isolation": 2}), uuid4()
    ward.done("/beds/claim", claim(hospital, person=person))
    appended(BedOccupiedOffline(stay=uuid4(), person=person), str(bed_id(hospital, "iso-2")))
    assert [one["twice"] for one in ward.get(f"/hospitals/{hospital}/stays").json()["stays"]] == [True, True]


def test_a_bed_stays_in_its_hospital(ward: Desk, at: Clock) -> None:
    hospital, other = a_hospital(ward), a_hospital(ward)
    bed = str(bed_id(hospital, "iso-1"))
    appended(BedOpened(hospital=other, ward="w1", number="iso-9", type=BedType.ICU, first=NOW.date()), bed, hours=1)
    (clash,) = ward.get("/beds/clashes").json()["clashes"]
    assert (clash["reason"], clash["hospital"]) == ("in_another_hospital", str(hospital))
    assert [one["type"] for one in ward.get(f"/hospitals/{other}").json()["places"]] == ["isolation"]


def test_obs_08_temporary_beds_are_dated_and_counted_apart(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward)
    beds = {"ward": "w2", "numbers": ["t-1", "t-2"], "type": "isolation", "temporary": True, "first": "2020-01-28"}
    assert ward.refused(f"/hospitals/{hospital}/beds", beds) == [("last", "needs_last")]
    assert ward.refused(f"/hospitals/{hospital}/beds", {**beds, "last": "2020-01-27"}) == [
        ("last", "no_last_before_first")
    ]
    ward.done(f"/hospitals/{hospital}/beds", {**beds, "last": "2020-01-28"})
    assert (places(ward, hospital)["permanent"], places(ward, hospital)["temporary"]) == (1, 2)
    ward.done("/beds/claim", claim(hospital, bed=bed_id(hospital, "t-1")))
    at.on(14)  # it is 29 January in China
    now = places(ward, hospital)
    assert (now["permanent"], now["temporary"], now["held"], now["overdue"], now["free"]) == (1, 1, 1, 1, 1)


def test_beds_with_patients_are_not_closed_nor_is_their_hospital(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward)
    done = ward.done("/beds/claim", claim(hospital))
    assert ward.refused(f"/beds/{done['bed']}/close", {}) == [("bed", "not_empty")]
    assert ward.refused(f"/hospitals/{hospital}/close", {}) == [("hospital", "not_empty")]
    ward.done(f"/beds/{done['bed']}/release", {"stay": done["stay"], "reason": "left"})
    ward.done(f"/beds/{done['bed']}/close", {})
    assert ward.refused("/beds/claim", claim(hospital)) == [("hospital", "full")]
    ward.done(f"/hospitals/{hospital}/close", {})
    assert ward.refused("/beds/claim", claim(hospital)) == [("hospital", "no_hospital")]


def test_a_severe_case_is_put_into_a_qualified_hospital_only(ward: Desk, at: Clock) -> None:
    small, case = a_hospital(ward, severe=False, level="primary"), a_case(ClinicalSeverity.SEVERE)
    assert ward.refused("/beds/claim", claim(small, case)) == [("hospital", "not_qualified")]


def test_the_census_counts_who_lay_there_at_half_past_seven(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward, {"isolation": 2})
    at.on(-10)
    done = ward.done("/beds/claim", claim(hospital, at="2020-01-27T19:31:00+08:00"))
    ward.done("/beds/claim", claim(hospital, at="2020-01-27T07:29:00+08:00"))
    at.on(22)
    leaves = {"stay": done["stay"], "reason": "left", "at": "2020-01-28T19:29:00+08:00"}
    ward.done(f"/beds/{done['bed']}/release", leaves)
    counts = ward.get("/hospitals/census", OFFICER, hospital=hospital, days=2).json()["counts"]
    assert [(one["at"][:16], one["beds"], one["present"]) for one in counts] == [
        ("2020-01-27T07:30", 2, 1), ("2020-01-27T19:30", 2, 1), ("2020-01-28T07:30", 2, 2), ("2020-01-28T19:30", 2, 1),
    ]  # fmt: skip


def test_two_hospitals_have_not_one_code_and_others_see_nothing(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward, code="same")
    again = {"id": uuid4(), "area": WUHUA, "code": "same", "zh": "另一家", "level": "primary"}
    assert ward.refused("/hospitals", again) == [("code", "taken")]
    assert ward.get(f"/hospitals/{hospital}", FAR_OFFICER).status_code == 404
    assert ward.post("/beds/claim", claim(hospital), FAR_OFFICER).status_code == 404
    assert ward.get(f"/hospitals/{hospital}/stays", ABOVE).status_code == 404
    assert ward.get("/waiting", ABOVE).json()["masked"] is True


def test_a_hospital_is_changed_closed_opened_again_and_each_taken_back_by_who_did_it(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward, specialties=["paediatrics"])

    def card(who: Viewer = OFFICER) -> dict[str, Any]:
        return dict(ward.get(f"/hospitals/{hospital}", who).json())

    def take_back() -> None:
        ward.done(f"/hospitals/{hospital}/retract", {"fact": card()["undo"], "why": "mistaken"}, OFFICER)

    first = card()
    assert first["specialties"] == ["paediatrics"] and card(DOCTOR)["undo"] is None
    told = {name: first[name] for name in ("id", "area", "code", "zh", "level")}
    wrong = {**told, "specialties": ["palmistry"]}
    assert ward.refused("/hospitals", wrong, OFFICER) == [("specialties", "unknown_specialty")]
    ward.done("/hospitals", {**told, "specialties": ["dialysis"]}, OFFICER)
    assert (card()["specialties"], card()["designated"]) == (["dialysis"], False)
    ward.done(f"/hospitals/{hospital}/close", {}, OFFICER)
    assert card()["closed"] is not None
    take_back()
    assert card()["closed"] is None
    take_back()
    assert (card()["specialties"], card()["designated"]) == (["paediatrics"], True)
    ward.done(f"/hospitals/{hospital}/wards", {"ward": "w9", "zh": "九病区"}, OFFICER)
    take_back()
    assert card()["wards"] == []


def test_the_database_itself_holds_two_stays_of_one_bed_apart(ward: Desk, at: Clock) -> None:
    hospital = a_hospital(ward)
    ward.done("/beds/claim", claim(hospital))
    with pytest.raises(IntegrityError, match="care_stay_one_at_a_time"), seeing_all(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO care_stay SELECT (jsonb_populate_record(s, jsonb_build_object('stay', gen_random_uuid()))).* "
            "FROM care_stay s"
        )
