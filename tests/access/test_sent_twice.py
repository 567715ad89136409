"""What is sent again because its answer was lost is one act: under the same key it is recorded once and answered alike,
whatever route it came by."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import transaction
from django.test import Client

from lianfang.access.matrix import can, routes
from lianfang.access.viewer import Viewer
from lianfang.accounts.models import Answer
from lianfang.accounts.once import KEPT
from lianfang.app.database import Database
from lianfang.facts import log
from tests.access.asking import address
from tests.access.counted import TRIED
from tests.access.made import OWN, ROLES, received, signed_in, viewer
from tests.access.probes import AUTHOR, PROBES, Asked, route_of
from tests.access.world import Spot, World

HERE = Spot(OWN, AUTHOR)
FACTS = "/api/v1/facts"
SIGNING_IN = ("/api/v1/session", "/api/v1/auth/", "/api/v1/devices/enrol")
"""Of the browser's session, which itself says how far signing in has come: nothing there is a record."""
NOTHING = "records nothing and keeps nothing"
FILE = "answers with a file that is made while it is sent; each sending is a look, and on record as one"
SETTING = "a setting of one's own: set again, it is so"
UNREACHED = "the probes have nothing there to act upon; the other acts of its room are tried"
EXCEPT = {
    "POST /api/v1/care/calls": "comes from anybody, with an id of its own; its own test sends it twice",
    "POST /api/v1/feedback": "comes from anybody, with an id of its own; its own test sends it twice",
    "POST /care/feedback/": "the same from a form; its own test sends it twice",
    "POST /api/v1/feedback/status": NOTHING,
    "POST /api/v1/feedback/{id}/retract": UNREACHED,
    "POST /api/v1/bulletins/read": NOTHING,
    "POST /api/v1/what-if/compare": NOTHING,
    "POST /api/v1/waiting/assign": NOTHING,
    "POST /api/v1/tasks/people": "a look at those of one's own tasks, recorded as one",
    "POST /api/v1/people/export": FILE,
    "POST /api/v1/cases/export": FILE,
    "DELETE /api/v1/views/{id}": SETTING,
    "POST /api/v1/lists/mappings": SETTING,
    "DELETE /api/v1/lists/mappings": SETTING,
    "POST /api/v1/drill/clock": "a drill's clock is no record; the board says how far it is",
    "POST /api/v1/drill/injects": UNREACHED,
    "POST /api/v1/waiting/confirm": UNREACHED,
    "POST /api/v1/stranded/seating/confirm": "held against what was looked at; its own test sends it twice",
    "POST /api/v1/drill/review": "asks for a review; where one is asked for, it is that one",
    "POST /api/v1/mine/statement": UNREACHED,
    "POST /api/v1/people/separate": UNREACHED,
    "POST /api/v1/transmission/unlink": UNREACHED,
    "POST /api/v1/warning/forecasts/sign-off": UNREACHED,
}
"""Routes that no probe sends twice, each with why that does no harm."""


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)


def send(client: Client, name: str, asked: Asked, key: str) -> Any:
    route = route_of(name)
    body = asked.body if isinstance(asked.body, bytes) else orjson.dumps(asked.body or {})
    by = getattr(client, route.partition(" ")[0].lower())
    return by(address(route, asked), data=body, content_type=asked.content_type, headers={"Idempotency-Key": key})


def twice(client: Client, who: Viewer, name: str, asked: Asked) -> str | None:
    """What is wrong with sending a request twice; empty where nothing is; None where it is refused at once."""
    key = str(uuid4())
    with signed_in(who), transaction.atomic():
        first, recorded = send(client, name, asked, key), log.head().seq
        if first.status_code >= 300:
            found = None
        else:
            again = send(client, name, asked, key)
            alike = (again.status_code, again.content) == (first.status_code, first.content)
            more = log.head().seq - recorded
            found = "" if alike and not more else f"{again.status_code}, {more} facts more: {again.content[:300]!r}"
        transaction.set_rollback(True)
    return found


def test_every_act_that_is_sent_again_is_done_once_and_answered_alike(world: World, client: Client) -> None:
    wrong, tried = [], set(EXCEPT)
    for name in PROBES:
        route = route_of(name)
        if route.startswith("GET") or route in EXCEPT:
            continue
        for who in (viewer(role) for role in ROLES):
            action = PROBES[name].action or routes()[route]
            if not (can(who, action) and can(who, routes()[route])):
                continue
            found = twice(client, who, name, PROBES[name].asks(world, HERE, who.role))
            if found is None:
                continue
            TRIED["sent twice, route"] += 1
            tried.add(route)
            if found:
                wrong.append(f"{name} as {who.role}: {found}")
            break
    acts = {route for route in routes() if not route.startswith("GET")}
    left = {route for route in acts - tried if not route.partition(" ")[2].startswith(SIGNING_IN)}
    assert not wrong, "\n".join(wrong)
    assert not left, f"never sent twice: give them a probe, or say why not: {sorted(left)}"


def test_another_key_body_or_sender_is_another_act(database: Database, client: Client) -> None:
    who, key = viewer("county_duty_officer"), str(uuid4())
    facts = [received(OWN, day=day).model_dump(mode="json", exclude={"author", "device"}) for day in (20, 21)]
    asked = [Asked(body=[one]) for one in facts]
    with signed_in(who):
        (first,) = send(client, f"POST {FACTS}", asked[0], key).json()["appended"]
        assert send(client, f"POST {FACTS}", asked[0], key).json()["appended"] == [first]
        assert send(client, f"POST {FACTS}", asked[1], key).json()["appended"] != [first]
        assert send(client, f"POST {FACTS}", asked[0], str(uuid4())).json()["appended"] == []
    with signed_in(viewer("county_duty_officer", author="somebody-else")):
        assert send(client, f"POST {FACTS}", asked[0], key).json()["appended"] == []


def test_what_was_refused_or_only_looked_at_leaves_no_note(database: Database, client: Client) -> None:
    with signed_in(viewer("county_duty_officer")):
        assert send(client, "POST /api/v1/posts", Asked(body={}), str(uuid4())).status_code == 422
        assert send(client, "POST /api/v1/find", Asked(body={"text": "五华"}), str(uuid4())).status_code == 200
        assert send(client, f"POST {FACTS}", Asked(body=[]), "no key").status_code == 400
    assert not Answer.objects.exists()


def test_a_note_shows_nothing_without_its_key_and_goes_after_a_day(database: Database, client: Client) -> None:
    name = f"POST {FACTS}"
    facts = [received(OWN, day=day).model_dump(mode="json", exclude={"author", "device"}) for day in (20, 21)]
    with signed_in(viewer("county_duty_officer")):
        answer = send(client, name, Asked(body=facts[:1]), str(uuid4()))
        kept = Answer.objects.get()
        assert answer.content not in bytes(kept.sealed)
        Answer.objects.update(at=kept.at - KEPT)
        send(client, name, Asked(body=facts[1:]), str(uuid4()))
    assert Answer.objects.get().mark != kept.mark
