"""Requests that append facts, worked on together behind the gate: each gets its own answer, whatever others get."""

from __future__ import annotations

import asyncio
import gzip
import io
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from lianfang.accounts import clock, sessions
from lianfang.accounts.models import Device, Session
from lianfang.accounts.sessions import DEVICE, SessionStore
from lianfang.app import together
from lianfang.app.database import Database
from lianfang.app.gate import Gate
from lianfang.app.together import Answer, Together
from lianfang.app.wsgi import application
from lianfang.facts import audit, log
from tests.record.made import as_sent, visited

AREA = "530102"


@pytest.fixture
def gate(database: Database) -> Iterator[Gate]:
    gate = Gate(application, database.app_url)
    yield gate
    stages = gate._together._taking, gate._together._appending
    for thread in (*(stage._thread for stage in stages), gate._threads):
        thread.submit(lambda: connection.close()).result()  # the thread's own
        thread.shutdown()


def enrolled(area: str = AREA) -> tuple[Device, str]:
    """A device, and the cookie of its session."""
    now = clock.now()
    device = Device.objects.create(
        title="Trial", role="checkpoint_staff", area=area, post="gate", made_at=now, made_by="trial", enrolled_at=now
    )
    session = SessionStore()
    session[DEVICE] = str(device.id)
    session.save()
    return device, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def request(body: bytes, cookie: str = "", **headers: str) -> dict[str, Any]:
    """A request as the gate makes it."""
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/facts", "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), **({"HTTP_COOKIE": cookie} if cookie else {}),
        **headers,
    }  # fmt: skip


def asked(gate: Gate, *requests: dict[str, Any]) -> list[Answer | None]:
    async def ask() -> list[Answer | None]:
        assert all(gate._together.fits(one, int(one["CONTENT_LENGTH"])) for one in requests)
        return await asyncio.gather(*(gate._together.answer(one) for one in requests))

    return asyncio.run(ask())


def told(answer: Answer | None) -> Any:
    assert answer is not None and isinstance(answer.body, bytes)
    assert dict(answer.headers)["Content-Length"] == str(len(answer.body))
    return orjson.loads(answer.body)


def a_batch(size: int = 1) -> bytes:
    return orjson.dumps([as_sent(visited()) for _ in range(size)])


def test_each_gets_its_own_answer_and_nobody_hinders_another(gate: Gate) -> None:
    cookies = [enrolled()[1] for _ in range(6)]
    twice = a_batch(2)
    answers = asked(
        gate,
        *(request(a_batch(n + 1), cookie) for n, cookie in enumerate(cookies)),
        request(b"{", cookies[0]),
        request(a_batch()),
        request(a_batch(), "__Host-lianfang=nobodys"),
        request(orjson.dumps([{"id": 1}]), cookies[0]),
        request(twice, cookies[0]),
        request(twice, cookies[0]),
    )
    assert [answer.status for answer in answers if answer] == [200] * 6 + [400, 401, 401, 200, 200, 200]
    seqs = [[one["seq"] for one in told(answer)["appended"]] for answer in answers[:6]]
    assert [len(its) for its in seqs] == [1, 2, 3, 4, 5, 6]
    assert all(its == list(range(its[0], its[0] + len(its))) for its in seqs)
    assert len(told(answers[9])["set_aside"]) == 1
    assert sorted(len(told(answer)["skipped"]) for answer in answers[10:]) == [0, 2]
    assert log.head().seq == 23 and audit.verify().whole
    authors = {entry.seq: entry.fact.author for entry in log.read()}
    devices = [
        str(Session.objects.get(digest=sessions.digest(cookie.partition("=")[2])).device_id) for cookie in cookies
    ]
    assert [{authors[seq] for seq in its} for its in seqs] == [{device} for device in devices]


def test_many_sessions_are_one_statement(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies, looked = [enrolled()[1] for _ in range(20)], []

    def counted(names: Any, find: Callable[[Any], Any] = sessions.find_all) -> Any:
        looked.append(len(list(names)))
        return find(names)

    monkeypatch.setattr(sessions, "find_all", counted)
    answers = asked(gate, *(request(a_batch(), cookie) for cookie in cookies))
    assert [answer.status for answer in answers if answer] == [200] * 20
    assert sum(looked) == 20 and len(looked) < 20


def test_what_comes_while_another_writes_goes_along_in_one_transaction(gate: Gate, database: Database) -> None:
    cookies = [enrolled()[1] for _ in range(3)]
    appending = gate._together._appending

    async def ask() -> list[Answer | None]:
        with psycopg.connect(database.app_url) as another:
            another.execute(log._TURN)
            first = asyncio.create_task(gate._together.answer(request(a_batch(), cookies[0])))
            while not appending._works or appending._waiting:  # until the first waits for its turn
                await asyncio.sleep(0.01)
            others = [asyncio.create_task(gate._together.answer(request(a_batch(2), one))) for one in cookies[1:]]
            while len(appending._waiting) < len(others):
                await asyncio.sleep(0.01)
        return await asyncio.gather(first, *others)

    answers = asyncio.run(ask())
    assert [[one["seq"] for one in told(answer)["appended"]] for answer in answers] == [[1], [2, 3], [4, 5]]
    assert len({entry.received_at for entry in log.read()}) == 1 and audit.verify().whole


def test_what_ended_a_session_ends_it_for_the_next_request(gate: Gate) -> None:
    (device, cookie), (_, other) = enrolled(), enrolled()
    assert [answer and answer.status for answer in asked(gate, request(a_batch(), cookie))] == [200]
    Device.objects.filter(id=device.id).update(revoked_at=clock.now())
    answers = asked(gate, request(a_batch(), other), request(a_batch(), cookie), request(a_batch(), cookie))
    assert [answer and answer.status for answer in answers] == [200, 401, 401]
    assert not Session.objects.filter(device=device).exists()


def test_a_device_appends_within_its_area_only(gate: Gate) -> None:
    cookie, elsewhere = enrolled()[1], enrolled("530111")[1]
    here, there = asked(gate, request(a_batch(), cookie), request(a_batch(), elsewhere))
    assert len(told(here)["appended"]) == 1
    assert told(there)["set_aside"][0]["reason"] == f"area: {AREA} is not in 530111"


def test_what_cannot_be_appended_together_is_answered_by_itself(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(batches: Any) -> Any:
        raise RuntimeError("trial")

    with monkeypatch.context() as broken:
        broken.setattr(log, "append_together", breaks)
        sent = request(a_batch(), enrolled()[1])
        assert asked(gate, sent) == [None]
    alone = gate._threads.submit(gate._answer, sent).result()
    assert alone.status == 200 and len(told(alone)["appended"]) == 1


def test_without_sessions_to_be_read_each_request_finds_out(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(names: Any) -> Any:
        raise OperationalError("no connection")

    cookie = enrolled()[1]
    monkeypatch.setattr(sessions, "find_all", down)
    (answer,) = asked(gate, request(a_batch(), cookie))
    assert answer is not None and answer.status == 503


def test_an_answer_is_packed_for_who_unpacks(gate: Gate) -> None:
    cookie = enrolled()[1]
    packed, plain = asked(gate, request(a_batch(20), cookie, HTTP_ACCEPT_ENCODING="gzip"), request(a_batch(20), cookie))
    assert packed is not None and isinstance(packed.body, bytes)
    assert dict(packed.headers)["Content-Encoding"] == "gzip" and "Accept-Encoding" in dict(packed.headers)["Vary"]
    assert len(orjson.loads(gzip.decompress(packed.body))["appended"]) == len(told(plain)["appended"]) == 20


@pytest.mark.parametrize(
    ("changes", "length"),
    [
        ({"REQUEST_METHOD": "GET"}, 2),
        ({"PATH_INFO": "/api/v1/facts/aside"}, 2),
        ({}, together.LARGEST + 1),
        ({}, 0),
        ({"lianfang.unread": 408}, 2),
    ],
)
def test_other_requests_go_by_themselves(changes: dict[str, Any], length: int) -> None:
    tried = Together(lambda environ: Answer(500, [], b""))
    assert tried.fits(request(b"[]"), 2)
    assert not tried.fits(request(b"[]") | changes, length)
