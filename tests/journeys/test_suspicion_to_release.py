"""From a fever to the last release: a story of sixteen days at the desks, with the demonstration's clock."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.demo import clean_environment, running

COUNTY, CITY = "530102", "530100"
HOUSEHOLD = {"setting": "household", "closeness": ["live_together"], "relation": "spouse"}


class Refusal(AssertionError):
    def __init__(self, status: int, body: Any) -> None:
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


class Hats:
    """The demonstration, asked by one who changes hats."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/api/v1/"
        self._cookie = ""
        self._hats = {one["role"]: one["id"] for one in self._ask("session", None)["appointments"]}
        self._worn = ""

    def get(self, path: str) -> Any:
        self.wear("epidemiologist")
        return self._ask(path, None)

    def post(self, role: str, path: str, **body: Any) -> Any:
        self.wear(role)
        return self._ask(path, body)

    def wear(self, role: str) -> None:
        if role != self._worn:
            self._ask("session/appointment", {"id": self._hats[role]})
            self._worn = role

    def _ask(self, path: str, body: Any) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Cookie": self._cookie}
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self._cookie = (answer.headers["Set-Cookie"] or self._cookie).split(";")[0]
                return json.load(answer) if answer.status != 204 else None
        except urllib.error.HTTPError as error:
            raise Refusal(error.code, json.loads(error.read() or b"null")) from None

    def counts(self) -> dict[str, int]:
        found = self.get(f"cases/counts?area={CITY}")
        contacts = self.get(f"contacts/counts?area={CITY}")["stock"]
        assert contacts["holds"]
        return {**found["stocks"], **{f"contacts_{name}": n for name, n in contacts.items()}}

    def person(self, role: str, data_class: str) -> str:
        id = str(uuid4())
        someone = {
            "id": id,
            "name": "示例行者",
            "area": COUNTY,
            "data_class": data_class,
            "basis": "infectious_disease",
        }
        entered = self.post(role, "people", people=[someone])
        assert entered["entered"] == 1, entered
        return id


@pytest.fixture(scope="module")
def story(own_home: Path) -> Iterator[dict[str, Any]]:
    """The first day, 30 January: a fever becomes a confirmed case with two contacts."""
    told: dict[str, Any] = {}
    with running(own_home, clean_environment(own_home)) as demo:
        desk = Hats(demo.url)
        told["before"] = desk.counts()
        about = {
            "onset": {"earliest": "2020-01-28", "latest": "2020-01-28"}, "history": ["stay"],
            "clinical": ["fever", "blood_count"], "symptoms": ["fever"], "found_by": "clinic",
            "first_visit": "2020-01-30T08:10:00+08:00",
        }  # fmt: skip
        report = {"disease": "ncov-2020", "as_class": "suspected", "area": COUNTY, "about": about, "severity": "mild"}
        person = desk.person("clinic_doctor", "suspected")
        told["case"] = case = desk.post("clinic_doctor", "cases", person=person, number="T-1", **report)["case"]
        told["suspected"] = desk.counts()
        sample = desk.post("clinic_doctor", f"cases/{case}/sample", material="throat_swab")["fact"]
        desk.post("laboratory", f"cases/{case}/test", sample=sample, test="pcr", result="positive", ct=24.5)
        classified = {"to": "confirmed", "edition": "ncov-2020-v3", "basis": "laboratory", "sample": sample}
        desk.post("epidemiologist", f"cases/{case}/classify", **classified)
        desk.post("epidemiologist", f"cases/{case}/determine-source", source="imported", came_from="420100")
        told["confirmed"] = desk.counts()
        told["contacts"] = [_exposed(desk, case) for _ in range(3)]
        other = desk.person("clinic_doctor", "suspected")
        told["doubtful"] = desk.post("clinic_doctor", "cases", person=other, number="T-2", **report)["case"]
        told["of_doubtful"] = _exposed(desk, told["doubtful"])
        told["observed"] = desk.counts()
    return told


def _exposed(desk: Hats, source: str) -> str:
    person = desk.person("epidemiologist", "contact")
    exposure = {"source": source, "last": "2020-01-30", **HOUSEHOLD}
    exposed = {"person": person, "disease": "ncov-2020", "area": COUNTY, "traced": True, "exposure": exposure}
    made = desk.post("epidemiologist", "contacts", **exposed)
    assert (made["status"], made["due"]) == ("observing", "2020-02-13")
    return str(made["contact"])


def changes(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - n for name, n in before.items() if after[name] != n}


def test_each_step_of_the_first_day_moves_what_it_should_and_nothing_else(story: dict[str, Any]) -> None:
    assert changes(story["before"], story["suspected"]) == {"suspected": 1, "suspected_cum": 1}
    assert changes(story["suspected"], story["confirmed"]) == {
        "suspected": -1, "confirmed_cum": 1, "confirmed_existing": 1, "imported_cum": 1, "not_in_hospital": 1,
        "not_in_designated": 1,
    }  # fmt: skip
    observed = changes(story["confirmed"], story["observed"])
    assert observed == {
        "suspected": 1, "suspected_cum": 1, "contacts_registered": 4, "contacts_traced": 4, "contacts_observing": 4,
    }  # fmt: skip


def test_a_suspicion_that_is_excluded_leaves_the_stock_and_its_contact_may_go(
    own_home: Path, story: dict[str, Any]
) -> None:
    with running(own_home, clean_environment(own_home), "--day", "2020-02-01") as demo:
        desk = Hats(demo.url)
        before, doubtful = desk.counts(), story["doubtful"]
        for at in ("2020-01-31T09:00:00+08:00", "2020-02-01T08:00:00+08:00"):
            sample = desk.post("clinic_doctor", f"cases/{doubtful}/sample", material="throat_swab", observed_at=at)[
                "fact"
            ]
            tested = {"sample": sample, "test": "pcr", "result": "negative"}
            desk.post("laboratory", f"cases/{doubtful}/test", **tested)
        excluded = {"to": "excluded", "edition": "ncov-2020-v3", "basis": "tests_negative"}
        desk.post("epidemiologist", f"cases/{doubtful}/classify", **excluded)
        assert changes(before, desk.counts()) == {"suspected": -1, "suspected_excluded_cum": 1}
        proposed = {
            one["contact"]["contact"]: [p["what"] for p in one["proposals"]]
            for one in desk.get(f"contacts/proposals?area={COUNTY}")["contacts"]
        }
        contact = story["of_doubtful"]
        assert "source_excluded" in proposed[contact]
        assert not set(story["contacts"]) & proposed.keys()
        desk.post("epidemiologist", "contacts/release", contacts=[contact], reason="source_excluded")
        after = changes(before, desk.counts())
        assert (after["contacts_observing"], after["contacts_released"]) == (-1, 1)


def test_one_contact_falls_ill_and_the_rest_are_released_on_the_right_day(
    own_home: Path, story: dict[str, Any]
) -> None:
    first, second, third = story["contacts"]
    with running(own_home, clean_environment(own_home), "--day", "2020-02-04") as demo:
        desk = Hats(demo.url)
        before = desk.counts()
        for day in _days(date(2020, 1, 31), date(2020, 2, 3)):
            for half in ("am", "pm"):
                _checked(desk, day, half, first, second, third)
        ill = {"outcome": "seen_unwell", "temp_c": 38.1, "symptoms": ["fever"]}
        _checked(desk, date(2020, 2, 4), "am", first, **ill)
        assert "refer" in {p["what"] for p in desk.get(f"contacts/{first}")["proposals"]}
        desk.post("epidemiologist", f"contacts/{first}/refer")
        onset = {"onset": {"earliest": "2020-02-04", "latest": "2020-02-04"}, "found_by": "contact_follow_up"}
        about = {**onset, "history": ["infected"], "clinical": ["fever_respiratory", "blood_count"]}
        made = desk.post("epidemiologist", f"contacts/{first}/convert", as_class="suspected", about=about, number="T-3")
        case = made["case"]
        sample = desk.post("epidemiologist", f"cases/{case}/sample", material="throat_swab")["fact"]
        desk.post("laboratory", f"cases/{case}/test", sample=sample, test="pcr", result="positive")
        edition = desk.get(f"cases/{case}")["edition"]
        classified = {"to": "confirmed", "edition": edition, "basis": "laboratory", "sample": sample}
        desk.post("epidemiologist", f"cases/{case}/classify", **classified)
        graph = desk.get(f"transmission/graph?area={COUNTY}")
        generations = {node["id"]: node["generation"] for node in graph["nodes"]}
        assert (generations[story["case"]], generations[case]) == (1, 2)
        assert {"infector": story["case"], "infectee": case}.items() <= next(
            edge for edge in graph["edges"] if edge["infectee"] == case
        ).items()
        moved = changes(before, desk.counts())
        assert (moved["contacts_observing"], moved["contacts_converted"], moved["confirmed_cum"]) == (-1, 1, 1)
        with pytest.raises(Refusal) as early:
            desk.post("epidemiologist", f"contacts/{second}/release", reason="completed")
        assert early.value.status == 422
    with running(own_home, clean_environment(own_home), "--day", "2020-02-14") as demo:
        desk = Hats(demo.url)
        for day in _days(date(2020, 2, 4), date(2020, 2, 13)):
            for half in ("am", "pm"):
                _checked(desk, day, half, second, third)
        before = desk.counts()
        card = desk.get(f"contacts/{second}")
        assert card["slots_seen"] == card["slots_due"] == 28
        released = desk.post("county_duty_officer", "contacts/release", contacts=[second, third], reason="completed")
        assert (len(released["released"]), released["wrong"]) == (2, [])
        assert changes(before, desk.counts()) == {"contacts_observing": -2, "contacts_released": 2}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _checked(desk: Hats, day: date, half: str, *contacts: str, **seen: Any) -> None:
    at = f"{day}T{'09' if half == 'am' else '17'}:00:00+08:00"
    its = {"day": str(day), "half": half, "by": "worker", "at": at, "outcome": "seen_well", "temp_c": 36.6, **seen}
    taken = desk.post("epidemiologist", "contacts/checks", checks=[{**its, "contact": one} for one in contacts])
    assert taken["wrong"] == [], taken
