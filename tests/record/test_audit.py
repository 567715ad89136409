"""The audit: one changed byte of any fact is found, and a chain rewritten whole by a head printed before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.facts import audit, log, shadow
from lianfang.facts.fact import GENESIS, Head, digest, link
from lianfang.facts.rebuild import assert_incremental_equals_refold, rebuild
from tests.record.made import WHO, visited

FACTS = 40
BYTES = ("body", "salt", "digest", "chain")
TEXTS = ("kind", "area", "author", "device")


@pytest.fixture
def record(database: Database) -> Iterator[list[Head]]:
    """A record of some facts, with its head after each, in the hands of one who may change everything."""
    heads = []
    for _ in range(FACTS):
        log.append([visited()], principal=WHO)
        heads.append(log.head())
    with databases.as_owner(database):
        yield heads


def set_column(seq: int, column: str, value: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE fact SET {column} = %s WHERE seq = %s", [value, seq])


def get_column(seq: int, column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM fact WHERE seq = %s", [seq])
        return cursor.fetchone()[0]


def change_one_byte(chance: random.Random) -> tuple[int, str]:
    """Changes one byte of one fact; returns its seq and where."""
    seq, column = chance.randint(1, FACTS), chance.choice((*BYTES, *BYTES, *TEXTS, "id", "subject"))
    value = get_column(seq, column)
    if column in BYTES:
        changed = bytearray(value)
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
        set_column(seq, column, bytes(changed))
    elif column in TEXTS:
        at = chance.randrange(len(value))
        set_column(seq, column, value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :])
    else:
        set_column(seq, column, str(value)[:-1] + ("0" if str(value)[-1] != "0" else "1"))
    return seq, column


def test_bar_12_any_changed_byte_is_found_with_its_seq(record: list[Head]) -> None:
    assert audit.verify().whole
    chance = random.Random(12)
    for trial in range(200):
        with transaction.atomic():
            seq, column = change_one_byte(chance)
            found = audit.verify().findings
            assert {finding.seq for finding in found} == {seq}, (trial, seq, column, found)
            transaction.set_rollback(True)
    assert audit.verify().whole


@pytest.mark.parametrize("column", ["received_at", "observed_at"])
def test_bar_12_a_changed_time_is_found(record: list[Head], column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE fact SET {column} = {column} + interval '1 microsecond' WHERE seq = 7")
    assert [(finding.seq, column in finding.what) for finding in audit.verify().findings] == [(7, True)]


def test_bar_12_several_changes_and_a_missing_fact_are_each_told(record: list[Head]) -> None:
    set_column(3, "area", "110000")
    set_column(9, "chain", bytes(32))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM fact WHERE seq IN (20, 21)")
    told = [str(finding) for finding in audit.verify().findings]
    assert told == [
        "seq 3: the column area differs from the stored bytes",
        "seq 9: the chain does not follow from the fact before it",
        "seq 20: is missing, up to 21",
    ]


def test_bar_12_facts_cut_off_or_added_at_the_end_are_found(record: list[Head]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM fact WHERE seq > 38")
        assert [finding.seq for finding in audit.verify().findings] == [39]
        assert audit.tail() is not None
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fact_head SET seq = 38, chain = (SELECT chain FROM fact WHERE seq = 38)")
    assert [finding.seq for finding in audit.verify().findings] == [39]


def test_bar_13_a_chain_rewritten_whole_is_found_by_a_printed_head(record: list[Head]) -> None:
    printed = record[29]
    body = get_column(10, "body").replace(b'"persons":3', b'"persons":2')
    set_column(10, "body", body)
    chain = GENESIS
    for row in list(log.stored()):
        its = digest(row.salt, row.body)
        chain = link(chain, its)
        set_column(row.seq, "digest", its)
        set_column(row.seq, "chain", chain)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fact_head SET chain = %s", [chain])
    assert audit.verify().whole, "in itself the new chain is whole"
    assert audit.verify(printed=[record[4]]).whole, "and what was printed before the change still holds"
    found = audit.verify(printed=[printed]).findings
    assert [finding.seq for finding in found] == [30] and "rewritten" in found[0].what
    status, lines = audit.main([printed])
    assert status == 1 and lines[-1] == str(found[0])


def test_an_audit_goes_on_from_a_checkpoint(record: list[Head]) -> None:
    audit.checkpoint(audit.verify())
    log.append([visited() for _ in range(5)], principal=WHO)
    assert audit.last_checkpoint() == record[-1]
    report = audit.verify(after=audit.last_checkpoint())
    assert report.whole and report.checked == 5
    status, lines = audit.main(since_checkpoint=True)
    assert status == 0 and lines[0].startswith(f"5 facts verified after the checkpoint at seq {FACTS}")
    set_column(FACTS, "chain", bytes(32))
    assert not audit.verify(after=record[-1]).whole
    with pytest.raises(ValueError):
        audit.checkpoint(audit.verify())


def test_the_tail_is_checked_without_the_rest(record: list[Head]) -> None:
    assert audit.tail() is None and audit.tail(5) is None
    set_column(3, "salt", bytes(24))
    assert audit.tail(5) is None
    assert audit.tail() is not None
    set_column(FACTS, "body", b"{}")
    assert str(audit.tail(5)).startswith(f"seq {FACTS}: ")


def test_an_empty_record_is_whole(database: Database) -> None:
    assert audit.verify().whole and audit.tail() is None
    assert audit.verify(printed=[Head(0, GENESIS)]).whole


def test_a_rebuild_refolds_and_swaps(record: list[Head], database: Database) -> None:
    assert [result for result in rebuild(check=True) if result.facts] == [("trial.households", FACTS, 0)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trial_household SET visits = 99 WHERE subject = (SELECT subject FROM fact WHERE seq = 1)"
        )
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'trial_household' ORDER BY 1")
        indexes = cursor.fetchall()
    assert [r.differing for r in rebuild(check=True) if r.facts] == [2]
    assert [r.differing for r in rebuild() if r.facts] == [2]
    assert [r.differing for r in rebuild(check=True) if r.facts] == [0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'trial_household' ORDER BY 1")
        assert cursor.fetchall() == indexes
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'fact_shadow'")
        assert cursor.fetchone() == (0,)


def test_facts_are_appended_while_a_rebuild_compares(
    record: list[Head], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere() -> None:
        with psycopg.connect(database.app_url) as app:
            app.execute("SELECT seq FROM fact_head FOR UPDATE NOWAIT")  # nobody holds the record's end
        with ThreadPoolExecutor(1) as other:
            assert other.submit(appended).result() is log.Status.APPENDED

    def appended() -> log.Status:
        try:
            return log.append([visited()], principal=WHO)[0].status
        finally:
            connection.close()

    differing, once = shadow.differing, iter([elsewhere])
    monkeypatch.setattr(shadow, "differing", lambda table: (next(once, int)(), differing(table))[1])
    assert all(result.equal for result in rebuild())
    monkeypatch.undo()
    assert log.head().seq == FACTS + 1
    assert_incremental_equals_refold()


def test_the_application_goes_on_after_a_rebuild(database: Database) -> None:
    log.append([visited()], principal=WHO)
    with databases.as_owner(database):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE fact_register SET stopped = 'trial' WHERE name = 'trial.households'")
        log.append([visited()], principal=WHO)
        rebuild()
    log.append([visited()], principal=WHO)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trial_household")
        assert cursor.fetchone() == (3,)
        cursor.execute("SELECT seq, stopped FROM fact_register WHERE name = 'trial.households'")
        assert cursor.fetchone() == (3, "")
