"""The endpoints of the record: what they answer, and that a batch has one effect however often and oddly it comes."""

from __future__ import annotations

import threading
import time
from typing import Any

import orjson
import psycopg
import pytest
from django.test import Client

from lianfang.app.database import Database
from lianfang.facts import audit, log
from lianfang.facts.fact import GENESIS, digest, link
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.record.made import WHO, as_sent, in_parallel, visited
from tests.record.serving import Serving, serving

FACTS = "/api/v1/facts"
BAD_AREA = "area: String should match pattern '^[A-Za-z0-9_.]+(-[\\w.-]+)?$'"


@pytest.fixture
def client(settings_of_demo: None) -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def settings_of_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is signed in, as in the demonstration."""
    from django.conf import settings

    monkeypatch.setattr(settings, "DEMO", True)


def post(client: Client, body: Any, content_type: str = "application/json") -> Any:
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    return client.post(FACTS, sent, content_type=content_type)


def test_a_batch_is_told_fact_by_fact(database: Database, client: Client) -> None:
    first, second, bad = as_sent(visited()), as_sent(visited()), as_sent(visited(), area="")
    post(client, [first])
    answer = post(client, [second, bad, first])
    assert answer.status_code == 200
    assert answer.json() == {
        "appended": [{"index": 0, "id": second["id"], "seq": 2}],
        "skipped": [{"index": 2, "id": first["id"], "seq": 1, "reason": "held already"}],
        "set_aside": [{"index": 1, "id": bad["id"], "reason": BAD_AREA}],
    }
    assert {(entry.fact.author, entry.fact.device) for entry in log.read()} == {("demo-duty-officer", "demo-desk")}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"{}", "application/json", 422),
        (b"[]", "text/plain", 415),
        (b"[" + b",".join([b"1"] * 1001) + b"]", "application/json", 413),
        (b" " * (8 * 1024 * 1024 + 1), "application/json", 413),
    ],
    ids=["cut", "not utf8", "no array", "text", "too many", "too long"],
)
def test_a_body_that_is_no_batch(
    database: Database, client: Client, body: bytes, content_type: str, status: int
) -> None:
    answer = post(client, body, content_type)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status), problem
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["detail"] and problem["title"] and problem["type"] == "about:blank"
    assert log.head().seq == 0


def test_nobody_signed_in_neither_appends_nor_reads(database: Database) -> None:
    client = Client(headers={"host": "localhost"})
    assert post(client, [as_sent(visited())]).status_code == 401
    assert client.get(FACTS).status_code == 401
    assert log.head().seq == 0


@pytest.mark.parametrize(
    ("error", "status"), [(psycopg.errors.DiskFull, 507), (psycopg.errors.AdminShutdown, 503)], ids=["full", "gone"]
)
def test_a_database_that_refuses(
    database: Database, client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error("trial")

    monkeypatch.setattr(log, "append_sent", refuse)
    answer = post(client, [as_sent(visited())])
    assert answer.status_code == status and "稍后重发" in answer.json()["detail"]
    sent = orjson.dumps([as_sent(visited())])
    english = client.post(FACTS, sent, content_type="application/json", headers={"accept-language": "en"})
    assert english.status_code == status and "again later" in english.json()["detail"]


def test_facts_are_read_page_by_page_and_prove_themselves(database: Database, client: Client) -> None:
    log.append([visited() for _ in range(5)], principal=WHO)
    chain, after, seen = GENESIS, 0, 0
    while True:
        page = client.get(FACTS, {"after": after, "limit": 2}).json()
        for row in page["facts"]:
            body = next(log.stored(row["seq"] - 1, row["seq"])).body
            assert orjson.loads(body) == row["fact"]
            its = digest(bytes.fromhex(row["salt"]), body)
            chain = link(chain, its)
            assert (row["digest"], row["chain"]) == (its.hex(), chain.hex())
            after, seen = row["seq"], seen + 1
        if not page["facts"]:
            break
    assert seen == 5 and page["head"] == {"seq": 5, "chain": chain.hex()}
    assert client.get(FACTS, {"limit": 0}).status_code == 422
    assert client.get(FACTS, {"after": -1}).status_code == 422
    assert client.get(FACTS, {"after": 2**63}).status_code == 422


def test_bar_20_one_effect_of_each_batch(database: Database) -> None:
    """Repeated, at once, after an answer that was lost, after a crash, and with another body."""
    with serving(database) as server:
        _repeated(server)
        _fifty_at_once(server)
        _lost_answer(server)
        batch = _crash_while_appending(server)
    with serving(database, workers=1) as server:
        receipt = server.post(batch).body
        assert len(receipt["appended"]) + len(receipt["skipped"]) == len(batch) and not receipt["set_aside"]
        assert not (receipt["appended"] and receipt["skipped"]), "a batch is kept whole or not at all"
        held = [entry.fact.id for entry in log.read()]
        assert len(held) == len(set(held)) and {fact["id"] for fact in batch} <= set(map(str, held))
    assert audit.verify().whole
    assert_incremental_equals_refold()


def _repeated(server: Serving) -> None:
    batch = [as_sent(visited()) for _ in range(3)]
    assert len(server.post(batch).body["appended"]) == 3
    assert len(server.post(batch).body["skipped"]) == 3
    other = [{**batch[0], "data": {"temp_c": 40, "persons": 1}}]
    assert len(server.post(other).body["set_aside"]) == 1
    assert log.head().seq == 3


def _fifty_at_once(server: Serving) -> None:
    batch, before = [as_sent(visited()) for _ in range(10)], log.head().seq
    answers = in_parallel(50, lambda _: server.post(batch))
    assert {answer.status for answer in answers} == {200}
    assert sum(len(answer.body["appended"]) for answer in answers) == 10
    assert sum(len(answer.body["skipped"]) for answer in answers) == 490
    assert log.head().seq == before + 10


def _lost_answer(server: Serving) -> None:
    batch, before = [as_sent(visited()) for _ in range(10)], log.head().seq
    server.post_and_hang_up(batch)
    receipt = server.post(batch).body
    assert len(receipt["appended"]) + len(receipt["skipped"]) == 10
    time.sleep(0.3)  # whichever of the two came second is over
    assert log.head().seq == before + 10


def _crash_while_appending(server: Serving) -> list[dict[str, Any]]:
    batch = [as_sent(visited()) for _ in range(500)]
    killer = threading.Timer(0.02, server.kill)
    killer.start()
    try:
        server.post(batch)
    except OSError:
        pass
    finally:
        killer.join()
    return batch
