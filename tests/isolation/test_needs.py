"""Needs over HTTP: deadlines, who sees which, and words that lie in the vault alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.queries import obligations
from lianfang.facts import log
from tests.access.made import viewer
from tests.isolation.made import (
    COUNSELLOR,
    DOCTOR,
    KEEPER,
    NOW,
    OFFICER,
    STAFF,
    STRANGER,
    Clock,
    Desk,
    a_person,
    an_order,
)

WORDS = "孩子夜里一直哭，想和人说说话"


@pytest.fixture
def person(desk: Desk, at: Clock) -> UUID:
    """Somebody under observation."""
    one = a_person()
    desk.done("/isolation/orders", an_order(one))
    return one


def asked(desk: Desk, person: UUID, category: str, who: Viewer = STAFF, **other: Any) -> str:
    return str(desk.done("/needs", {"person": person, "category": category, **other}, who)["id"])


def listed(desk: Desk, who: Viewer, **query: Any) -> list[str]:
    answer = desk.get("/needs", who, **query)
    return [one["id"] for one in answer.json()["needs"]] if answer.status_code == 200 else []


def test_a_need_is_asked_for_acknowledged_and_met(desk: Desk, at: Clock, person: UUID) -> None:
    need = asked(desk, person, "food")
    (row,) = desk.get("/needs").json()["needs"]
    assert row["id"] == need and row["due"] == "2020-01-24T14:00:00Z" and row["acknowledged"] is None
    at.on(1)
    desk.done(f"/needs/{need}/acknowledge")
    assert desk.refused(f"/needs/{need}/acknowledge") == [("need", "again")]
    desk.done(f"/needs/{need}/met", {"outcome": "given"})
    assert desk.refused(f"/needs/{need}/met", {"outcome": "given"}) == [("need", "met")]
    assert desk.refused(f"/needs/{need}/met", {"outcome": "maybe"}) == [("outcome", "unknown_outcome")]
    assert listed(desk, KEEPER, open=True) == [] and listed(desk, KEEPER) == [need]


def test_open_needs_come_page_by_page_in_the_order_of_their_deadlines(desk: Desk, at: Clock, person: UUID) -> None:
    last = asked(desk, person, "food", due="2020-02-01T00:00:00Z")
    hours = [("medicine", False), ("food", True), ("other", False), ("food", False), ("medicine", True)]
    for n, (category, urgent) in enumerate(hours):
        at.on(n)
        asked(desk, person, category, urgent=urgent)
    first = asked(desk, person, "other", due="2020-01-24T06:00:00Z")
    met = asked(desk, person, "food")
    desk.done(f"/needs/{met}/met", {"outcome": "given"})
    pages, after = [], ""
    while True:
        answer = desk.get("/needs", open=True, limit=2, after=after).json()
        pages += answer["needs"]
        after = answer["next"]
        if not after:
            break
    dues = [datetime.fromisoformat(one["due"]) for one in pages]
    assert len({one["id"] for one in pages}) == len(pages) == answer["total"] == 7
    assert dues == sorted(dues)
    assert (pages[0]["id"], pages[-1]["id"]) == (first, last)
    newest = [one["asked"] for one in desk.get("/needs").json()["needs"]]
    assert newest == sorted(newest, reverse=True) and len(newest) == 8


def test_obs_04_what_is_not_acknowledged_within_two_hours_is_late(desk: Desk, at: Clock, person: UUID) -> None:
    need = UUID(asked(desk, person, "medicine"))
    due = {one.rule: one.due for one in obligations(OFFICER, NOW, at.now + timedelta(days=2), [need])}
    assert due == {"need.acknowledge": NOW + timedelta(hours=2), "need.meet": NOW + timedelta(hours=12)}
    urgent = UUID(asked(desk, person, "medicine", urgent=True))
    due = {one.rule: one.due for one in obligations(OFFICER, NOW, at.now + timedelta(days=2), [urgent])}
    assert due == {"need.acknowledge": NOW + timedelta(hours=1), "need.meet": NOW + timedelta(hours=4)}


def test_obs_04_a_need_for_counselling_is_seen_by_counsellors_and_clinicians_alone(
    desk: Desk, at: Clock, person: UUID
) -> None:
    need, food = asked(desk, person, "counselling"), asked(desk, person, "food")
    seen = {
        role: listed(desk, viewer(role))
        for role in (
            "counsellor", "clinic_doctor", "epidemiologist", "county_duty_officer", "station_staff",
            "volunteer_coordinator", "grid_worker", "inspector", "auditor", "duty_officer",
        )
    }  # fmt: skip
    assert seen["counsellor"] == [need] and set(seen["clinic_doctor"]) == {need, food}
    for role in ("epidemiologist", "county_duty_officer", "station_staff", "volunteer_coordinator"):
        assert seen[role] == [food], role
    assert not any(seen[role] for role in ("grid_worker", "inspector", "auditor", "duty_officer"))
    # Nor by the record's own route, nor by acting on it.
    assert "counselling" not in desk.get("/facts", KEEPER).content.decode()
    for who in (KEEPER, STAFF, STRANGER):
        assert desk.post(f"/needs/{need}/acknowledge", {}, who).status_code == 404
    desk.done(f"/needs/{need}/acknowledge", {}, COUNSELLOR)
    desk.done(f"/needs/{need}/met", {"outcome": "given"}, DOCTOR)
    assert {one.rule for one in obligations(OFFICER, NOW - timedelta(days=1), at.now + timedelta(1), [UUID(need)])} == {
        "need.acknowledge_counselling", "need.meet_counselling",
    }  # fmt: skip


def test_the_words_of_a_need_lie_in_the_vault_alone(desk: Desk, at: Clock, person: UUID) -> None:
    need = asked(desk, person, "other", KEEPER, words=WORDS)
    assert WORDS not in desk.get("/needs").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM fact")
        assert not any(WORDS.encode() in bytes(body) for (body,) in cursor.fetchall())
    before = log.head().seq
    told = desk.done(f"/needs/{need}/words", {"purpose": "follow_up"})
    assert told == {"words": WORDS}
    assert [entry.fact.kind for entry in log.read(before)] == ["identity.shown"]
    assert desk.refused(f"/needs/{need}/words", {"purpose": "treatment"}) == [("purpose", "not_yours")]
    assert desk.post(f"/needs/{need}/words", {"purpose": "counselling"}, COUNSELLOR).status_code == 404


def test_a_resident_asks_for_oneself_and_counsellors_read_the_words(desk: Desk, at: Clock, person: UUID) -> None:
    oneself = viewer("resident", subject=person)
    need = asked(desk, person, "counselling", oneself, words=WORDS)
    assert listed(desk, oneself) == [need] and listed(desk, KEEPER) == []
    assert desk.done(f"/needs/{need}/words", {"purpose": "counselling"}, COUNSELLOR) == {"words": WORDS}
    for who in (KEEPER, STAFF):
        assert desk.post(f"/needs/{need}/words", {"purpose": "follow_up"}, who).status_code == 404
    # No other's, and not without an order.
    other = a_person()
    assert desk.post("/needs", {"person": other, "category": "food"}, oneself).status_code == 404
    assert desk.post("/needs", {"person": other, "category": "food"}, STAFF).status_code == 404


def test_who_may_not_write_counselling_asks_without_words(desk: Desk, at: Clock, person: UUID) -> None:
    body = {"person": person, "category": "counselling", "words": WORDS}
    assert desk.refused("/needs", body, KEEPER) == [("words", "not_yours")]
    assert desk.refused("/needs", {**body, "category": "company"}, KEEPER) == [("category", "unknown_category")]
    assert desk.post("/needs", {**body, "words": "x" * 3000}).status_code == 422
