"""From a fever at a gate to the last release: gate, clinic, centre, hospital and laboratory, each at its own desk.

After every act the registers are held against a refold of the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from lianfang.access.viewer import Viewer
from lianfang.identity import service as vault
from tests.access.made import viewer
from tests.checkpoints.desk import employed
from tests.gates.made import CENTRE, DOCTOR, OFFICER, STAFF, WUHUA, Clock, Desk, a_post, at, desk, meet

__all__ = ["at", "desk"]

LABORATORY = viewer("laboratory", author="laboratory")
FIRST, LAST = date(2020, 1, 28), date(2020, 2, 11)
"""The last exposure, and the fourteenth day after it."""


def person(now: datetime, who: Viewer, data_class: str, name: str) -> str:
    id = str(uuid4())
    sent = {"id": id, "name": name, "area": WUHUA, "data_class": data_class, "basis": "infectious_disease"}
    assert vault.enter(who, [(1, sent)], now=now).entered == 1
    return id


def open_of(desk: Desk, who: Viewer, of: str) -> set[str]:
    """What is still to be done about something, on somebody's list."""
    tasks = desk.seen("/tasks", who, limit=500)["tasks"]
    return {task["rule"] for task in tasks if task["of"] == of and task["done_at"] is None}


def counts(desk: Desk, **within: str) -> dict[str, int]:
    found = desk.seen("/cases/counts", CENTRE, area=WUHUA, **within)["stocks"]
    contacts = desk.seen("/contacts/counts", CENTRE, area=WUHUA, **within)["stock"]
    assert contacts["holds"]
    told = {**found, "observing": contacts["observing"], "released": contacts["released"]}
    return {name: n for name, n in told.items() if n}


def held_at_the_gate(desk: Desk) -> str:
    """A vehicle with five, of whom one has a fever: it goes on when all were measured, and the one does not."""
    post = a_post(desk)
    stop = desk.done(f"/posts/{post}/vehicles", {"vehicle_type": "car", "occupants": 5}, STAFF)["id"]
    met = [meet(desk, post, vehicle=stop) for _ in range(4)]
    ill = meet(desk, post, vehicle=stop, temp_c=38.4, fever=True, symptoms=["fever"])
    desk.done(f"/vehicles/{stop}/pass", who=STAFF)
    assert [one["held"] for one in (*met, ill)] == [None] * 4 + ["temperature"]
    first, *_ = desk.seen("/defence", OFFICER)
    assert (first["screened"], first["found"]) == (5, 1)
    return str(ill["id"])


def suspected(desk: Desk, at: Clock, held: str) -> str:
    """The centre takes the notice up, the clinic has the person brought, looks, and reports."""
    assert open_of(desk, CENTRE, held) == {"gate.take_up", "gate.transfer", "gate.decide"}
    desk.done(f"/holds/{held}/take-up", {}, CENTRE)
    desk.done(f"/holds/{held}/transfer", {"to": "wuhua-clinic"}, DOCTOR)
    card = desk.seen(f"/holds/{held}", DOCTOR)["report"]
    card["about"] |= {
        "onset": {"earliest": "2020-01-27", "latest": "2020-01-27"}, "history": ["stay"],
        "clinical": ["fever", "blood_count"],
    }  # fmt: skip
    ill = person(at.on(0.5), DOCTOR, "suspected", "过路人")
    body = {**card, "person": ill, "disease": "ncov-2020", "observed_at": at.now, "severity": "mild"}
    case = str(desk.done("/cases", body, DOCTOR)["case"])
    desk.done(f"/holds/{held}/end", {"outcome": "reported", "case": case}, DOCTOR)
    assert open_of(desk, CENTRE, held) == set()
    assert counts(desk) == {"suspected": 1, "suspected_cum": 1}
    return case


def admitted(desk: Desk, at: Clock, case: str) -> Viewer:
    """The county asks a hospital for a bed; the hospital has the request on its list and takes the patient in."""
    hospital = viewer("clinic_doctor", author=employed("clinic_doctor", name="定点医院"))
    (task,) = (one for one in desk.seen("/tasks", DOCTOR)["tasks"] if one["rule"] == "case.admit")
    assert (task["of"], task["state"], task["assignee"]) == (case, "open", "")
    assert desk.seen("/tasks", hospital)["total"] == 0
    desk.done(f"/tasks/{task['id']}/assign", {"of": case, "to": hospital.author}, OFFICER)
    asked = {"tasks": [{"id": task["id"], "of": case}], "purpose": "treatment"}
    (told,) = desk.done("/tasks/people", asked, hospital)["people"].values()
    assert told["fields"]["name"] == "过路人"
    desk.done(f"/tasks/{task['id']}/acknowledge", {"of": case}, hospital)
    at.on(1)
    desk.done(f"/cases/{case}/admit", {"hospital": "wuhua-first", "designated": True}, hospital)
    assert [one["state"] for one in desk.seen("/tasks", hospital)["tasks"]] == ["done"]
    return hospital


def confirmed(desk: Desk, at: Clock, case: str, hospital: Viewer) -> None:
    sample = desk.done(f"/cases/{case}/sample", {"material": "throat_swab"}, hospital)["fact"]
    at.on(3)
    result = {"sample": sample, "test": "pcr", "result": "positive"}
    desk.done(f"/cases/{case}/test", result, LABORATORY)
    decided = {"to": "confirmed", "edition": "ncov-2020-v3", "basis": "laboratory", "sample": sample}
    desk.done(f"/cases/{case}/classify", decided, CENTRE)
    desk.done(f"/cases/{case}/determine-source", {"source": "imported", "came_from": "420100"}, CENTRE)
    desk.done(f"/cases/{case}/investigate", {"contacts": 2}, CENTRE)
    assert not open_of(desk, CENTRE, case) & {"case.admit", "case.designate", "case.verify", "case.investigate"}
    told = counts(desk)
    assert "suspected" not in told and "not_in_hospital" not in told and "not_in_designated" not in told
    assert (told["confirmed_existing"], told["imported_cum"]) == (1, 1)


def observed(desk: Desk, at: Clock, case: str) -> list[str]:
    contacts = []
    for name in ("同车甲", "同车乙"):
        exposure = {"source": case, "last": str(FIRST), "setting": "household", "closeness": ["live_together"]}
        body = {
            "person": person(at.now, CENTRE, "contact", name), "disease": "ncov-2020", "area": WUHUA, "traced": True,
            "exposure": exposure,
        }  # fmt: skip
        made = desk.done("/contacts", body, CENTRE)
        assert (made["status"], made["due"]) == ("observing", str(LAST))
        contacts.append(str(made["contact"]))
    assert counts(desk)["observing"] == 2
    return contacts


def checks(contacts: list[str]) -> Iterator[dict[str, Any]]:
    for n in range(1, (LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        for half, hour in (("am", "09"), ("pm", "17")):
            when = {"day": str(day), "half": half, "at": f"{day}T{hour}:00:00+08:00", "by": "worker"}
            yield from ({**when, "contact": one, "outcome": "seen_well", "temp_c": 36.6} for one in contacts)


def test_a_fever_at_a_gate_goes_its_way_to_a_bed_and_all_are_released_in_the_end(desk: Desk, at: Clock) -> None:
    case = suspected(desk, at, held_at_the_gate(desk))
    hospital = admitted(desk, at, case)
    confirmed(desk, at, case, hospital)
    contacts = observed(desk, at, case)
    at.on(24 * 13 + 10)
    early = desk.post("/contacts/release", {"contacts": contacts, "reason": "completed"}, CENTRE).json()
    assert early["released"] == [] and len(early["wrong"]) == 2
    at.on(24)
    taken = desk.done("/contacts/checks", {"checks": list(checks(contacts))}, CENTRE)
    assert taken["wrong"] == []
    done = desk.done("/contacts/release", {"contacts": contacts, "reason": "completed"}, OFFICER)
    assert (len(done["released"]), done["wrong"]) == (2, [])
    desk.done(f"/cases/{case}/end", {"outcome": "recovered"}, hospital)
    at.on(1)
    told = counts(desk)
    assert (told["confirmed_cum"], told["cured_cum"], told["released"]) == (1, 1, 2)
    assert not {"suspected", "confirmed_existing", "observing", "not_in_hospital"} & told.keys()
    assert {rule for of in (case, *contacts) for rule in open_of(desk, CENTRE, of)} <= {"case.event"}
