"""The vault through its routes: both languages, nothing personal in an address, foreign and missing alike, limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client
from django.utils.timezone import localdate

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, limits
from lianfang.accounts.policies import table
from lianfang.app.database import Database
from lianfang.identity.models import Subject
from tests.access.made import signed_in
from tests.identity.people import QUJING, WUHUA, entered, lose_key, number, sent, viewer
from tests.identity.workbooks import workbook

PEOPLE = "/api/v1/people"


@pytest.fixture
def client(database: Database) -> Iterator[Client]:
    yield Client(headers={"host": "localhost"})


def post(client: Client, path: str, body: Any, who: Viewer | None = None, **headers: str) -> Any:
    sent = body if isinstance(body, bytes | str) else orjson.dumps(body)
    with signed_in(who or viewer()):
        return client.post(f"{PEOPLE}{path}", sent, content_type="application/json", headers=headers)


def test_entered_found_listed_seen_amended_noted(client: Client) -> None:
    id = str(uuid4())
    answer = post(client, "", {"people": [{**sent(1), "id": id}, {**sent(2), "name": ""}]})
    assert answer.status_code == 200
    assert {k: v for k, v in answer.json().items() if k != "errors"} == {"entered": 1, "skipped": 0, "refused": 1}
    assert answer.json()["errors"] == [
        {"row": 2, "field": "name", "reason": "missing", "zh": "必填，请补充", "en": "is required: fill it in"}
    ]
    found = post(client, "/find", {"document": number(), "purpose": "contact_tracing"}).json()
    assert [one["id"] for one in found["people"]] == [id] and found["unreadable"] == []
    page = post(client, "/list", {"purpose": "contact_tracing"}).json()
    assert (page["total"], page["next"], page["people"][0]["fields"]["name"]) == (1, None, "王丁")
    with signed_in(viewer()):
        amended = client.put(
            f"{PEOPLE}/{id}", {"address": "五华区新路2号", "purpose": "correction"}, content_type="application/json"
        )
    assert amended.json() == {"id": id}
    held = post(client, f"/{id}/holdings", {"area": WUHUA, "data_class": "isolation"}).json()["id"]
    assert post(client, f"/{id}/holdings/{held}/end", {"ends": str(localdate() + timedelta(days=30))}).json() == {
        "id": held
    }
    assert post(client, f"/{id}/texts", {"text_class": "note", "text": "独居"}).status_code == 200
    card = post(client, f"/{id}/card", {"purpose": "follow_up"}).json()
    assert card["fields"]["address"] == "五华区新路2号" and card["texts"][0]["text"] == "独居"
    assert {one["data_class"] for one in card["holdings"]} == {"contact", "isolation"}
    masked = post(client, f"/{id}/card", {"purpose": "follow_up"}, viewer("county_duty_officer")).json()
    assert masked["fields"]["documents"][0]["number"] == number()[:3] + "*" * 11 + number()[-4:]
    assert masked["fields"]["address"] is None and "address" in masked["hidden"] and "name" in masked["masked"]


def test_merge_and_separate(client: Client) -> None:
    keep, other = entered(1), entered(2)
    merge = post(client, "/merge", {"keep": str(keep), "other": str(other)}).json()["id"]
    again = post(client, "/merge", {"keep": str(keep), "other": str(other)})
    assert again.status_code == 409 and again["Content-Type"] == "application/problem+json"
    assert post(client, f"/{other}/card", {"purpose": "follow_up"}).json()["id"] == str(keep)
    assert post(client, "/separate", {"merge": merge}).status_code == 200
    assert post(client, "/separate", {"merge": merge}).status_code == 409
    assert post(client, "/separate", {"merge": str(uuid4())}).status_code == 404


@pytest.mark.parametrize("path", ["card", "texts", "holdings", "put", "end"])
def test_bar_29_foreign_and_missing_have_one_answer(client: Client, path: str) -> None:
    foreign, answers = entered(1, who=viewer(area=QUJING), area=QUJING), set()
    bodies: dict[str, Any] = {
        "card": {"purpose": "follow_up"}, "texts": {"text_class": "note", "text": "x"},
        "holdings": {"area": WUHUA, "data_class": "case"}, "put": {"purpose": "correction", "name": "x"},
    }  # fmt: skip
    for id in (foreign, uuid4()):
        if path == "put":
            with signed_in(viewer()):
                answer = client.put(f"{PEOPLE}/{id}", bodies[path], content_type="application/json")
        elif path == "end":
            answer = post(client, f"/{id}/holdings/{uuid4()}/end", {"ends": "2020-02-05"})
        else:
            answer = post(client, f"/{id}/{path}", bodies[path])
        answers.add((answer.status_code, answer.content))
    assert len(answers) == 1 and next(iter(answers))[0] == 404


@pytest.mark.parametrize(("asked", "says"), [("zh-CN", "请填写"), ("en", "give a document")])
def test_what_is_refused_is_told_in_the_language_asked_for(client: Client, asked: str, says: str) -> None:
    answer = post(client, "/find", {"purpose": "contact_tracing"}, **{"accept-language": asked})
    assert answer.status_code == 422 and says in answer.json()["detail"]
    id = entered(1)
    with signed_in(viewer()):
        body = {"purpose": "correction", "birth_date": "1800-01-01"}
        answer = client.put(f"{PEOPLE}/{id}", body, "application/json", headers={"accept-language": asked})
    assert answer.status_code == 422
    assert {fault["reason"] for fault in answer.json()["errors"]} == {"too_old", "disagrees"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("", b"{", 400),
        ("", b'{"people": [{"name": "\\ud800"}]}', 422),
        ("", {"people": [{"name": "x"}] * 1_001}, 422),
        ("", {"people": [{"name": "x", "score": 1}]}, 422),
        ("/find", {"document": "1", "purpose": "x"}, 403),
        ("/find", {"document": "1"}, 422),
        ("/find", {"document": "9" * 2_000, "purpose": "follow_up"}, 422),
        ("/list", {"purpose": "follow_up", "after": "x"}, 422),
        ("/list", {"purpose": "follow_up", "area": "99"}, 422),
        ("/merge", {"keep": "x", "other": "y"}, 422),
    ],
)
def test_what_cannot_be_taken_is_a_problem(client: Client, path: str, body: Any, status: int) -> None:
    answer = post(client, path, body)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["detail"]
    with seeing_all():
        assert not Subject.objects.exists()


def test_lists_are_imported_by_their_type(client: Client) -> None:
    rows = [["姓名", "电话"], ["王甲", "13800000001"], ["李乙", "x"]]
    csv = "\n".join(",".join(row) for row in rows) + "\n"
    query = f"?area={WUHUA}&data_class=contact"
    kinds = {
        "text/csv": csv.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook(rows),
    }
    for n, (kind, body) in enumerate(kinds.items()):
        with signed_in(viewer()):
            answer = client.post(f"{PEOPLE}/import{query}", body, content_type=kind)
        assert answer.status_code == 200, answer.content
        assert (answer.json()["entered"], answer.json()["skipped"], answer.json()["refused"]) == (1 - n, n, 1)
        assert answer.json()["errors"][0]["row"] == 3 and answer.json()["errors"][0]["field"] == "phones.0"
    for kind in ("application/json", "image/png"):
        with signed_in(viewer()):
            answer = client.post(f"{PEOPLE}/import{query}", csv.encode(), content_type=kind)
        assert answer.status_code in (415, 422), answer.content
    with signed_in(viewer()):
        template = client.get(f"{PEOPLE}/template", headers={"accept-language": "en"})
        terms = client.get(f"{PEOPLE}/terms").json()
    assert template.content.decode("utf-8-sig").startswith("name,sex,birth date,")
    assert {one["id"] for one in terms["documents"]} >= {"resident_id", "passport"} and terms["classes"][0]["zh"]


def test_searches_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    for _ in range(table("limits")["search"]["most"]):
        limits.take(viewer(), "search")
    answer = post(client, "/find", {"phone": "13800000000", "purpose": "follow_up"})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    other = post(client, "/find", {"phone": "1", "purpose": "follow_up"}, viewer(author="another"))
    assert other.status_code == 200


def test_no_page_of_a_person_is_kept_on_the_way(client: Client) -> None:
    id = entered(1)
    for answer in (
        post(client, f"/{id}/card", {"purpose": "follow_up"}),
        post(client, "/find", {"document": number(), "purpose": "follow_up"}),
        post(client, "/list", {"purpose": "follow_up"}),
    ):
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("asked", "says"), [("zh-CN", "放回最新的密钥库"), ("en", "put back the newest key store")])
def test_a_missing_key_is_told_with_what_to_do(client: Client, asked: str, says: str) -> None:
    id = entered(1)
    lose_key(id)
    for path, body in (("card", {"purpose": "follow_up"}), ("texts", {"text_class": "note", "text": "x"})):
        answer = post(client, f"/{id}/{path}", body, **{"accept-language": asked})
        assert answer.status_code == 409 and says in answer.json()["detail"]
    listed = post(client, "/list", {"purpose": "follow_up"}).json()
    assert (listed["people"], listed["unreadable"], listed["total"]) == ([], [str(id)], 1)
