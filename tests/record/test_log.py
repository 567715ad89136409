"""The log: what becomes of what is sent, and what is read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.app.database import Database
from lianfang.facts import aside_rows, audit, fold, log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import at_the_head
from lianfang.facts.log import Status
from lianfang.facts.rebuild import assert_incremental_equals_refold
from lianfang.facts.sent import LARGEST_BATCH, NotAList, NotJson, TooLarge
from tests.record import made
from tests.record.made import OTHER, WHO, as_sent, in_parallel, visited
from tests.record.trial.facts import Visited, VisitedFirst
from tests.record.trial.register import Households

within_a_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def statuses(batch: list[Fact], **options: Any) -> list[str]:
    return [str(outcome.status) for outcome in log.append(batch, principal=options.pop("principal", WHO), **options)]


def asides() -> list[tuple[Any, ...]]:
    return [(row.fact, row.reason, aside_rows.original(row), row.author) for row in aside_rows.select("true", [], 100)]


def state() -> tuple[dict[Any, Any], list[Any]]:
    """The facts by id, and the register, without the order of arrival."""
    held = {entry.fact.id: entry.fact for entry in log.read()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, visits, last_temp_c, closed FROM trial_household ORDER BY subject")
        return held, cursor.fetchall()


def test_facts_come_back_as_they_were_sent(database: Database) -> None:
    sent = [visited(), visited(data=VisitedFirst(temp_tenths_c=365))]
    assert statuses(sent) == ["appended", "appended"]
    entries = list(log.read())
    assert [entry.seq for entry in entries] == [1, 2]
    assert [entry.fact.data for entry in entries] == [Visited(temp_c=36.5, persons=3), Visited(temp_c=36.5, persons=1)]
    assert {(entry.fact.author, entry.fact.device) for entry in entries} == {WHO}
    assert log.head().seq == 2 and log.chain_at(2) == log.head().chain.hex()
    assert audit.verify().whole


@within_a_database
@given(data=st.data(), sent=st.lists(made.facts, max_size=12, unique_by=lambda fact: fact.id))
def test_bar_14_any_split_order_and_duplication_gives_the_same_facts_and_state(
    database: Database, data: st.DataObject, sent: list[Fact]
) -> None:
    with transaction.atomic():
        if sent:
            log.append(sent, principal=WHO)
        once = state()
        transaction.set_rollback(True)
    with transaction.atomic():
        doubled = data.draw(st.lists(st.sampled_from(sent), max_size=6)) if sent else []
        again = data.draw(st.permutations(sent + doubled))
        at = 0
        while at < len(again):
            size = data.draw(st.integers(1, 5))
            log.append(again[at : at + size], principal=WHO)
            at += size
        assert state() == once
        log.append(sent, principal=WHO)  # merge(a, a) = a
        assert state() == once
        assert_incremental_equals_refold()
        assert audit.verify().whole
        transaction.set_rollback(True)


@within_a_database
@given(groups=st.lists(st.lists(made.facts, min_size=1, max_size=4), max_size=5))
def test_bar_15_incremental_equals_refolded(database: Database, groups: list[list[Fact]]) -> None:
    with transaction.atomic():
        for group in groups:
            log.append(group, principal=WHO)
        assert_incremental_equals_refold()
        transaction.set_rollback(True)


def test_bar_15_a_register_that_breaks_the_law_is_found(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_new(self: Households, entries: Any) -> None:
        with connection.cursor() as cursor:
            for subject in {entry.fact.subject for entry in entries}:
                cursor.execute(
                    "INSERT INTO trial_household (subject, visits, closed) VALUES (%s, %s, false) "
                    "ON CONFLICT (subject) DO UPDATE SET visits = excluded.visits",
                    [subject, len(entries)],
                )

    monkeypatch.setattr(Households, "apply", only_new)
    subject = uuid4()
    log.append([visited(subject=subject)], principal=WHO)
    log.append([visited(subject=subject)], principal=WHO)
    with pytest.raises(AssertionError, match=r"trial\.households"):
        assert_incremental_equals_refold()


def test_bar_15_a_row_of_no_facts_is_found(database: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_household (subject, visits, closed) VALUES (%s, 1, false)", [uuid4()])
    with pytest.raises(AssertionError, match=r"\['trial_household'\] hold rows of no facts"):
        assert_incremental_equals_refold()


def test_a_register_that_raises_keeps_no_fact_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    log.append([visited()], principal=WHO)
    with monkeypatch.context() as broken:
        broken.setattr(Households, "apply", lambda self, entries: 1 / 0)
        assert statuses([visited()]) == ["appended"]
    assert list(fold.stopped()) == ["trial.households"]
    assert "at seq 1" in fold.stopped()["trial.households"]
    assert statuses([visited()]) == ["appended"]
    with pytest.raises(AssertionError):
        assert_incremental_equals_refold()


def test_bar_16_the_same_id_with_other_content_is_kept_aside(database: Database) -> None:
    first = visited()
    other = visited(id=first.id, subject=first.subject, data=Visited(temp_c=40, persons=3))
    log.append([first], principal=WHO)
    told = log.append([other, visited()], principal=WHO)
    assert [outcome.status for outcome in told] == [Status.SET_ASIDE, Status.APPENDED]
    assert told[0].reason == "id: seq 1 has this id and other content"
    assert [entry.fact.data for entry in log.read(upto=1)] == [first.data]
    ((id, reason, original, author),) = asides()
    assert (id, reason, author) == (first.id, told[0].reason, "worker-1")
    assert orjson.loads(original)["data"]["temp_c"] == 40


def test_bar_16_within_one_batch(database: Database) -> None:
    first = visited()
    other = visited(id=first.id, data=Visited(temp_c=40, persons=3))
    assert statuses([first, first, other]) == ["appended", "skipped", "set_aside"]


def test_bar_20_dat_05_sent_again_by_the_same_user_is_skipped_by_another_kept_aside(database: Database) -> None:
    batch = [visited() for _ in range(3)]
    assert statuses(batch) == ["appended"] * 3
    assert statuses(batch) == ["skipped"] * 3
    assert statuses(batch, principal=OTHER) == ["set_aside"] * 3
    assert log.head().seq == 3


def test_bar_20_fifty_at_once_have_one_effect(database: Database) -> None:
    batch = [visited() for _ in range(7)]
    results = in_parallel(50, lambda _: log.append(batch, principal=WHO))
    told = [outcome for result in results for outcome in result]
    assert sum(outcome.status is Status.APPENDED for outcome in told) == 7
    assert sum(outcome.status is Status.SKIPPED for outcome in told) == 7 * 49
    assert {(outcome.id, outcome.seq) for outcome in told} == {(f.id, seq) for seq, f in enumerate(batch, start=1)}
    assert audit.verify().whole and log.head().seq == 7
    assert_incremental_equals_refold()


def test_a_process_that_writes_at_the_end_is_known_to_until_it_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, project = list[bool](), fold.project

    def projecting(*args: Any) -> None:
        held.append(at_the_head.locked())
        project(*args)

    monkeypatch.setattr(fold, "project", projecting)
    log.append([visited()], principal=WHO)
    assert held == [True] and not at_the_head.locked()


def test_concurrent_batches_are_each_kept_whole(database: Database) -> None:
    batches = [[visited() for _ in range(n % 5 + 1)] for n in range(40)]
    results = in_parallel(40, lambda n: log.append(batches[n], principal=WHO))
    for batch, told in zip(batches, results, strict=True):
        assert [(outcome.id, outcome.status) for outcome in told] == [(fact.id, "appended") for fact in batch]
        assert [outcome.seq for outcome in told] == list(range(told[0].seq, told[0].seq + len(batch)))
    assert audit.verify().checked == sum(map(len, batches)) and audit.verify().whole


def test_what_one_batch_of_a_group_breaks_is_not_the_others_loss(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, write = visited(), log._write

    def writing(batches: Any, now: Any, **late: Any) -> Any:
        if any(item.id == poison.id for sent in batches for item in sent.ready):
            raise RuntimeError("poison")
        return write(batches, now, **late)

    monkeypatch.setattr(log, "_write", writing)
    results = in_parallel(20, lambda n: log.append([poison if n == 3 else visited()], principal=WHO))
    assert isinstance(results[3], RuntimeError)
    assert all(told[0].status is Status.APPENDED for n, told in enumerate(results) if n != 3)
    assert log.head().seq == 19


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"data": {"temp_c": 99, "persons": 1}}, "data.temp_c: Input should be less than or equal to 45"),
        ({"data": {"temp_c": 36.5}}, "data.persons: Field required"),
        ({"kind": "trial.unknown"}, "kind: is not known here"),
        ({"version": 9}, "version: is not known here"),
        ({"observed_at": "2020-01-28T09:00"}, "observed_at: Input should have timezone info"),
        ({"observed_at": "0001-01-01T00:00:00+08:00"}, "observed_at: "),
        ({"author": "somebody-else"}, "author: is another than who is signed in"),
        ({"area": "530102; DROP"}, "area: String should match pattern"),
        ({"id": "no-uuid"}, "id: Input should be a valid UUID"),
        ({"data": {"temp_c": 36.5, "persons": 1, "note": "长" * 400_000}}, "data: 1200"),
        ({"data": {"temp_c": 36.5, "persons": 2**70}}, "data: Integer exceeds 64-bit range"),
    ],
)
def test_an_invalid_fact_is_set_aside_with_its_reason_and_bytes_and_hinders_no_other(
    database: Database, changes: dict[str, Any], reason: str
) -> None:
    good, bad = visited(), visited()
    odd = orjson.dumps(as_sent(bad)) if not changes else None
    parts = [orjson.dumps(as_sent(good)), odd or dumps(as_sent(bad, **changes)), orjson.dumps(as_sent(visited()))]
    told = log.append_json(b"[" + b" ,\n".join(parts) + b"]", principal=WHO)
    assert [outcome.status for outcome in told] == ["appended", "set_aside", "appended"]
    assert told[1].reason.startswith(reason), told[1].reason
    ((id, kept_reason, original, _),) = asides()
    assert (id, kept_reason, original) == (None if "id" in changes else bad.id, told[1].reason, parts[1])
    again = log.append_json(b"[" + b",".join(parts) + b"]", principal=WHO)
    assert [outcome.status for outcome in again] == ["skipped", "set_aside", "skipped"]
    assert len(asides()) == 1
    assert audit.verify().whole


def dumps(value: object) -> bytes:
    """JSON with numbers of any size, which orjson refuses."""
    import json

    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize("odd", [b"NaN", b"1e999", b'"NaN"', b"[[[]]]", b'"\\ud800"', b"null"], ids=str)
def test_odd_json_is_set_aside_with_its_bytes(database: Database, odd: bytes) -> None:
    good, bad = orjson.dumps(as_sent(visited())), orjson.dumps(as_sent(visited())).replace(b"36.5", odd)
    told = log.append_json(b"[" + good + b"," + bad + b"]", principal=WHO)
    assert [outcome.status for outcome in told] == ["appended", "set_aside"]
    assert [aside[2] for aside in asides()] == [bad]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotJson),
        (b"[1,", NotJson),
        (b"[1] 2", NotJson),
        (b"[1 2]", NotJson),
        (b"\xff[]", NotJson),
        (b"[" * 100_000, NotJson),
        (b"{}", NotAList),
        (b'"facts"', NotAList),
        (b"[" + b",".join([b"1"] * (LARGEST_BATCH + 1)) + b"]", TooLarge),
        (b"[" + b" " * (8 * 1024 * 1024) + b"]", TooLarge),
    ],
    ids=["empty", "cut", "more", "comma", "utf8", "deep", "object", "string", "many", "long"],
)
def test_a_body_that_is_no_batch_is_refused_whole(database: Database, body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        log.append_json(body, principal=WHO)
    assert log.head().seq == 0 and asides() == []


def test_an_empty_batch_is_nothing(database: Database) -> None:
    assert log.append_json(b" [ ] ", principal=WHO) == []
    assert log.append([], principal=WHO) == []


def test_reading_as_of_a_seq_and_a_time(database: Database) -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    sent = [visited(data=Visited(temp_c=36, persons=n)) for n in range(6)]
    for n in range(3):
        log.append(sent[2 * n : 2 * n + 2], principal=WHO, now=start + timedelta(hours=n))

    def persons(**options: Any) -> list[int]:
        return [entry.fact.data.persons for entry in log.read(**options)]  # type: ignore[attr-defined]  # a Visited

    assert persons() == list(range(6))
    assert persons(upto=3) == [0, 1, 2]
    assert persons(after=4) == [4, 5]
    assert persons(known_at=start + timedelta(minutes=90)) == [0, 1, 2, 3]
    assert persons(known_at=start - timedelta(seconds=1)) == []
    assert persons(known_at=start, upto=1) == [0]
    assert persons(limit=2) == [0, 1]
    assert persons(subjects=[sent[4].subject]) == [4]
    assert persons(kinds=["trial.closed"]) == []
    assert log.seq_at(start + timedelta(hours=1)) == 4


def test_received_at_never_goes_back(database: Database) -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    for hours in (2, 0, 1):
        log.append([visited()], principal=WHO, now=start + timedelta(hours=hours))
    times = [entry.received_at for entry in log.read()]
    assert times == sorted(times) == [start + timedelta(hours=2)] * 3


def test_an_append_within_a_transaction_is_part_of_it(database: Database) -> None:
    with transaction.atomic():
        log.append([visited()], principal=WHO)
        transaction.set_rollback(True)
    assert log.head().seq == 0
    assert state() == ({}, [])


def test_pages_are_read_one_after_the_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PAGE", 7)
    log.append([visited() for _ in range(30)], principal=WHO)
    assert [entry.seq for entry in log.read()] == list(range(1, 31))
    assert [entry.seq for entry in log.read(2, limit=15)] == list(range(3, 18))


def test_ids_sort_by_the_time_they_were_made() -> None:
    ids = [log.new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert all(id.version == 7 and id.variant == "specified in RFC 4122" for id in ids)
    assert [id.int >> 80 for id in ids] == sorted(id.int >> 80 for id in ids)


def test_the_database_refusing_keeps_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise psycopg.errors.DiskFull("could not extend file")

    monkeypatch.setattr(fold, "project", full)
    with pytest.raises(psycopg.errors.DiskFull):
        log.append([visited()], principal=WHO)
    assert log.head().seq == 0
