"""Fever clinics that the public finds, and who leaves a number on the open page, without signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client

from lianfang.access.rows import seeing_all
from lianfang.accounts import limits
from lianfang.accounts.limits import rate
from lianfang.capabilities.gates.models import CallRow
from lianfang.capabilities.gates.queries import obligations
from lianfang.facts import log
from lianfang.identity import retention
from lianfang.identity.models import Holding, Subject, Tag
from tests.access.made import FOREIGN, viewer
from tests.gates.made import CENTRE, NOW, OFFICER, STAFF, STRANGER, WUHUA, Clock, Desk

STRANGE_CENTRE = viewer("epidemiologist", FOREIGN, author="strange-centre")
PHONE = "13800138000"
CLINIC = {
    "name": "五华区人民医院发热门诊", "kind_of": "发热门诊", "town": f"{WUHUA}001", "lead": "五华区人民医院",
    "telephone": "0871-6532 4888", "east_deg": 102.7, "north_deg": 25.05, "opens_min": 480, "closes_min": 1080,
}  # fmt: skip


class Passer:
    """Somebody who opens the page: no session, no cookie, an address."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})

    def find(self, area: str = "", at: str = "10.0.0.1") -> Any:
        return self.client.get("/api/v1/care", {"area": area}, REMOTE_ADDR=at)

    def ask(self, at: str = "10.0.0.1", **other: Any) -> Any:
        body = {
            "id": str(uuid4()), "area": WUHUA, "phone": PHONE, "symptoms": ["fever", "cough"], "temp_c": 38.2,
            "language": "zh", **other,
        }  # fmt: skip
        return self.client.post(
            "/api/v1/care/calls", orjson.dumps(body), content_type="application/json", REMOTE_ADDR=at
        )


@pytest.fixture
def passer(desk: Desk) -> Passer:
    return Passer()


def phones(n: int) -> list[str]:
    return [f"138{at:08d}" for at in range(n)]


def rules(who: Any, at: Clock) -> list[Any]:
    since = at.now - timedelta(days=30)
    return [one for one in obligations(who, since, at.now + timedelta(days=1)) if one.rule == "care.call_back"]


def test_a_clinic_is_entered_found_shut_and_opened_again(desk: Desk, passer: Passer, at: Clock) -> None:
    id = desk.done("/posts", CLINIC)["id"]
    (found,) = passer.find(WUHUA).json()["clinics"]
    assert (found["id"], found["telephone"], found["open_now"]) == (id, "087165324888", True)
    at.on(9)
    assert not passer.find(WUHUA).json()["clinics"][0]["open_now"]
    assert passer.find(FOREIGN).json()["clinics"] == [] and passer.find().json()["clinics"] == []
    desk.done(f"/posts/{id}/close")
    assert passer.find(WUHUA).json()["clinics"] == []
    at.on(1)
    desk.done("/posts", {**CLINIC, "post": id, "opens_min": 0, "closes_min": 1440})
    assert passer.find(WUHUA).json()["clinics"][0]["open_now"]


def test_clinics_come_from_lists_and_twice_are_once(desk: Desk, passer: Passer, at: Clock) -> None:
    rows = [{**CLINIC, "name": f"{n}号发热门诊", "number": f"F{n}"} for n in range(3)]
    assert desk.done("/posts/import", {"rows": rows})["opened"] == 3
    assert desk.done("/posts/import", {"rows": rows})["unchanged"] == 3
    assert len(passer.find(f"{WUHUA[:4]}00").json()["clinics"]) == 3
    rows = [{**CLINIC, "telephone": ""}, {**CLINIC, "telephone": PHONE}, {**CLINIC, "telephone": "call us"}]
    told = desk.done("/posts/import", {"rows": rows})["errors"]
    assert [(one["field"], one["reason"]) for one in told] == [
        ("telephone", "missing"), ("telephone", "personal"), ("telephone", "string_pattern_mismatch"),
    ]  # fmt: skip


def test_a_clinics_hospital_sees_to_its_own(desk: Desk, at: Clock) -> None:
    id = desk.done("/posts", CLINIC)["id"]
    at.on(48)
    card = desk.seen(f"/posts/{id}")
    assert not card["unstaffed"] and card["gaps"] == [] and card["treatments_due"] == [] and not card["red"]
    assert [one.rule for one in obligations(OFFICER, NOW, at.now)] == []
    desk.done(f"/posts/{id}/shifts", {"begins": NOW, "ends": at.now + timedelta(hours=8), "staff": ["staff"]})
    assert desk.refused(f"/posts/{id}/encounters", {"temp_c": 38.5}, STAFF) == [("post", "clinic")]


def test_who_only_looks_leaves_nothing(desk: Desk, passer: Passer, at: Clock) -> None:
    desk.done("/posts", CLINIC)
    head = log.head()
    answer = passer.find(WUHUA)
    assert answer.status_code == 200 and not answer.cookies and not passer.client.cookies
    assert answer["Cache-Control"] == "no-store"
    assert log.head() == head
    told = answer.json()
    assert {"fever", "cough", "dyspnoea"} <= {one["code"] for one in told["symptoms"]}
    assert (told["fever_c"], told["emergency"], told["kept_days"]) == (37.3, "120", 7)


def test_a_number_goes_to_the_vault_and_a_call_to_the_county(desk: Desk, passer: Passer, at: Clock) -> None:
    answer = passer.ask()
    assert answer.status_code == 200 and not answer.cookies, answer.content
    assert answer.json() == {"erase_on": "2020-02-04"}
    (entry,) = log.read(kinds={"care.call_asked"})
    assert PHONE not in entry.fact.model_dump_json() and entry.fact.author == "open-page"
    with seeing_all():
        subject = Subject.objects.get(id=entry.fact.subject)
        assert subject.kind == "encounter" and not Tag.objects.filter(subject=subject.id).exists()
        (held,) = Holding.objects.filter(subject=subject.id)
    assert (held.data_class, str(held.due)) == ("self_report", "2020-02-04")
    (task,) = rules(CENTRE, at)
    assert (task.area, task.person) == (WUHUA, subject.id) and task.due - at.now == timedelta(hours=2)
    assert rules(STRANGE_CENTRE, at) == []
    (row,) = desk.seen("/care/calls", CENTRE)
    assert (row["symptoms"], row["temp_c"], row["language"]) == (["fever", "cough"], 38.2, "zh")
    assert desk.seen("/care/calls", STRANGE_CENTRE) == [] and desk.seen("/care/calls", STRANGER) == []
    assert desk.get("/care/calls", STAFF).status_code == 403
    named = {"tasks": [{"id": str(task.task), "of": str(subject.id)}], "purpose": "follow_up"}
    assert PHONE in desk.post("/tasks/people", named, CENTRE).content.decode()
    assert PHONE not in desk.post("/tasks/people", {**named, "purpose": "follow_up"}, STRANGE_CENTRE).content.decode()


def test_the_number_is_gone_when_it_was_said_to_be(desk: Desk, passer: Passer, at: Clock) -> None:
    passer.ask()
    at.on(24 * 6)
    assert len(rules(CENTRE, at)) == 1
    at.on(24 * 2)
    retention.retain(at.now, confirmed=True)
    with seeing_all():
        assert not Subject.objects.exists() and CallRow.objects.count() == 1
    since = at.now
    assert [one for one in obligations(CENTRE, since, since + timedelta(days=1)) if one.rule == "care.call_back"] == []
    assert desk.seen("/care/calls", CENTRE) == []


def test_the_same_sent_twice_is_one_call(desk: Desk, passer: Passer, at: Clock) -> None:
    id = str(uuid4())
    answers = [passer.ask(id=id) for _ in range(4)]
    assert {one.status_code for one in answers} == {200} and len({one.content for one in answers}) == 1
    assert len(rules(CENTRE, at)) == 1
    with seeing_all():
        assert Subject.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"area": "53"}, "area"), ({"area": "999999"}, "area"), ({"area": "' OR 1=1"}, "area"), ({"area": ""}, "area"),
        ({"phone": "x"}, "phone"), ({"phone": "1380013800' --"}, "phone"), ({"phone": "=cmd"}, "phone"),
        ({"symptoms": ["no_such"]}, "symptoms"), ({"symptoms": [], "temp_c": None}, "symptoms"),
        ({"symptoms": ["<script>"]}, "symptoms"), ({"symptoms": ["fever"] * 65}, "symptoms"),
        ({"temp_c": 99}, "temp_c"), ({"temp_c": "NaN"}, "temp_c"), ({"language": "xx"}, "language"),
        ({"id": "1"}, "id"), ({"name": "张三"}, "name"), ({"phone": "1" * 10_000}, "phone"),
    ],
)  # fmt: skip
def test_what_nobody_can_use_is_refused_and_leaves_nothing(
    desk: Desk, passer: Passer, at: Clock, other: dict[str, Any], field: str
) -> None:
    head = log.head()
    answer = passer.ask(**other)
    assert answer.status_code == 422 and field in answer.content.decode(), answer.content
    assert log.head() == head
    with seeing_all():
        assert not Subject.objects.exists()


def test_a_flood_from_one_place_is_answered(desk: Desk, passer: Passer, at: Clock) -> None:
    most = rate("call_source").most
    answers = [passer.ask(phone=phone).status_code for phone in phones(most + 1)]
    assert answers == [200] * most + [429]
    full = passer.ask(phone="13911112222")
    assert int(full["Retry-After"]) > 0 and PHONE not in full.content.decode()
    assert passer.ask("10.9.9.9", phone="13911112222").status_code == 200
    assert len(rules(CENTRE, at)) == most + 1


def test_nobody_is_rung_up_all_day_on_a_strangers_word(desk: Desk, passer: Passer, at: Clock) -> None:
    said = [passer.ask(f"10.0.1.{n}", phone=f"+86 138-0013-800{n * 0}").status_code for n in range(4)]
    assert said == [200, 200, 429, 429]


def test_a_flood_from_everywhere_fills_no_more_than_the_county_can_call(
    desk: Desk, passer: Passer, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = limits.rate
    few = {"call_county": limits.Rate(3, timedelta(days=1))}
    monkeypatch.setattr(limits, "rate", lambda name: few.get(name) or of(name))
    towns = [WUHUA, f"{WUHUA}001", f"{WUHUA}002", f"{WUHUA}001", FOREIGN]
    said = [passer.ask(f"10.0.2.{n}", area=area, phone=phones(5)[n]).status_code for n, area in enumerate(towns)]
    assert said == [200, 200, 200, 429, 200]


def test_finding_is_limited_by_where_it_comes_from(desk: Desk, passer: Passer, at: Clock) -> None:
    most = rate("care").most
    for _ in range(most):
        limits.take("10.0.0.1", "care")
    assert passer.find(WUHUA).status_code == 429 and passer.find(WUHUA, "10.0.0.2").status_code == 200


def test_nobody_records_a_call_by_another_way(desk: Desk, at: Clock) -> None:
    fact = {
        "id": str(uuid4()), "kind": "care.call_asked", "version": 1, "subject": str(uuid4()), "area": WUHUA,
        "observed_at": NOW.isoformat(), "data": {"symptoms": ["fever"], "language": "zh", "erase_on": "2030-01-01"},
    }  # fmt: skip
    answer = desk.post("/facts", [fact], CENTRE)
    assert answer.status_code == 200 and answer.json()["appended"] == [], answer.content
    assert rules(CENTRE, at) == []
