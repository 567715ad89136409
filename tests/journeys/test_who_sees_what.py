"""A served installation from its first link to an erasure: who sees what of one person, and who can tell."""

from __future__ import annotations

import json

import pytest

from tests.served import Browser, Officer, Served

NAME, PHONE, ADDRESS = "欧阳测试", "13900001111", "测试路9号院3栋502"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(first_seventeen: str) -> str:
    """With the check digit of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return first_seventeen + "10X98765432"[total % 11]


DOCUMENT = resident_id("53010219850101913")


@pytest.fixture(scope="module")
def officers(served: Served) -> dict[str, Officer]:
    areas = {
        "epidemiologist": "530102",
        "county_duty_officer": "530102",
        "grid_worker": "530102",
        "duty_officer": "530000",
        "auditor": "530000",
    }
    return {role: served.officer(f"journey-{role.replace('_', '-')}", role, area) for role, area in areas.items()}


@pytest.fixture(scope="module")
def person(officers: dict[str, Officer]) -> str:
    sent = {
        "name": NAME,
        "sex": "female",
        "birth_date": "1985-01-01",
        "documents": [{"kind": "resident_id", "country": "CHN", "number": DOCUMENT}],
        "phones": [PHONE],
        "address": ADDRESS,
        "area": "530102",
        "data_class": "contact",
        "basis": "infectious_disease",
        "since": "2026-11-01",
    }
    browser = officers["epidemiologist"].browser
    receipt = browser.post("people", {"people": [sent, {**sent, "name": "", "documents": [], "phones": ["12"]}]})
    assert receipt.status == 200, receipt
    assert (receipt.body["entered"], receipt.body["refused"]) == (1, 1)
    assert {error["row"] for error in receipt.body["errors"]} == {2}
    found = browser.post("people/find", {"document": DOCUMENT.lower(), "purpose": "contact_tracing"})
    assert found.status == 200, found
    [one] = found.body["people"]
    assert one["fields"]["name"] == NAME
    return str(one["id"])


def card(browser: Browser, person: str, purpose: str, **more: object) -> tuple[int, str]:
    said = browser.post(f"people/{person}/card", {"purpose": purpose, **more})
    return said.status, json.dumps(said.body, ensure_ascii=False)


def test_each_role_sees_its_fields_and_no_more(officers: dict[str, Officer], person: str) -> None:
    status, said = card(officers["epidemiologist"].browser, person, "contact_tracing")
    assert status == 200 and NAME in said and DOCUMENT in said and PHONE in said and ADDRESS in said
    status, said = card(officers["county_duty_officer"].browser, person, "contact_tracing")
    assert status == 200 and NAME not in said and DOCUMENT not in said and PHONE not in said and ADDRESS not in said
    assert "530***********" + DOCUMENT[-4:] in said and "139****1111" in said
    # A grid worker never learns that somebody is a contact: not even that the vault holds the person for it.
    for role, purpose in (("grid_worker", "follow_up"), ("duty_officer", "contact_tracing"), ("auditor", "oversight")):
        status, said = card(officers[role].browser, person, purpose)
        assert status in (403, 404) and NAME not in said and DOCUMENT[-4:] not in said


def test_another_county_gets_what_it_gets_for_nobody(served: Served, person: str) -> None:
    foreign = served.officer("journey-foreign", "epidemiologist", "150100").browser
    real = foreign.post(f"people/{person}/card", {"purpose": "contact_tracing"})
    missing = foreign.post("people/01900000-0000-7000-8000-000000000000/card", {"purpose": "contact_tracing"})
    assert real.status == missing.status == 404
    assert {**real.body, "id": ""} == {**missing.body, "id": ""}
    found = foreign.post("people/find", {"document": DOCUMENT, "purpose": "contact_tracing"})
    assert found.body["people"] == []


def test_broken_glass_is_seen_reviewed_and_told_to_the_person(officers: dict[str, Officer], person: str) -> None:
    county, auditor = officers["county_duty_officer"].browser, officers["auditor"].browser
    status, said = card(county, person, "case_investigation", break_glass={"reason": " "})
    assert status == 422 and NAME not in said
    reason = {"reason": "夜间急诊，联系不上家属"}
    status, said = card(county, person, "case_investigation", break_glass=reason)
    assert status == 200 and NAME in said and PHONE in said
    listed = auditor.get("looks?only=break_glass").body
    [broken] = [one for one in listed["broken"] if one["review"] is None]
    assert NAME not in json.dumps(listed, ensure_ascii=False) and "急诊" not in json.dumps(listed, ensure_ascii=False)
    reviewed = auditor.post(f"looks/{broken['fact']}/review", {"outcome": "justified"})
    assert reviewed.status == 200, reviewed
    looks = auditor.get(f"people/{person}/looks").body["looks"]
    assert {look["role"]["id"] for look in looks} >= {"epidemiologist", "county_duty_officer"}
    assert sum(look["break_glass"] for look in looks) == 1


def test_a_person_sees_what_is_held_and_who_looked(officers: dict[str, Officer], person: str) -> None:
    given = officers["epidemiologist"].browser.post(f"people/{person}/own-code", {})
    assert given.status == 200, given
    own = Browser(officers["epidemiologist"].browser.url)
    assert own.get("mine").status == 401
    assert own.post("session/own", {"code": given.body["code"]}).status == 200
    mine = own.get("mine")
    said = json.dumps(mine.body, ensure_ascii=False)
    assert mine.status == 200 and NAME in said and "county_duty_officer" in said
    assert mine.headers["cache-control"] == "no-store"
    assert own.post("mine/statement", {"text": "地址已变更，请更正。"}).status == 200
    assert own.post("people/find", {"document": DOCUMENT, "purpose": "subject_request"}).status == 403
    assert Browser(own.url).post("session/own", {"code": given.body["code"]}).status == 400


def test_an_erased_person_is_nowhere(served: Served, officers: dict[str, Officer], person: str) -> None:
    county, epidemiologist = officers["county_duty_officer"].browser, officers["epidemiologist"].browser
    order = {"reason_code": "subject_request", "basis": "subject_request"}
    assert county.post(f"people/{person}/erase", order).status == 409  # who broke the glass does not erase the traces
    county = served.officer("journey-second", "county_duty_officer", "530102").browser
    assert epidemiologist.post(f"people/{person}/erase", {"reason_code": "order", "basis": "order"}).status == 403
    erased = county.post(f"people/{person}/erase", order)
    assert erased.status == 200, erased
    found = epidemiologist.post("people/find", {"document": DOCUMENT, "purpose": "contact_tracing"})
    assert found.body["people"] == []
    assert card(epidemiologist, person, "contact_tracing")[0] == 404
    assert NAME not in served.log.read_text(encoding="utf-8") and DOCUMENT not in served.log.read_text(encoding="utf-8")
