"""Registers dropped and refolded: in shadow tables that are swapped in at the end, with the service up meanwhile.

Nobody waits but for the last few facts and the swap: what is compared is what stood at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import connection, transaction

from lianfang.facts import bulk, fold, garbage, log, shadow
from lianfang.facts.fold import Register, registers

CHUNK = 10_000  # facts folded in one transaction
LITTLE = 500  # facts that nobody minds to wait for
LOCK = 0x726562  # of the advisory lock that a rebuild holds
AT_ONCE = 50  # tables asked by one statement
ONE_BY_ONE = 25  # facts up to which the law is also tried one fact at a time


class Result(NamedTuple):
    """What a rebuild found of one register. ``differing`` counts rows that only one of the two sides has."""

    register: str
    facts: int
    differing: int

    @property
    def equal(self) -> bool:
        return self.differing == 0


class RebuildError(Exception):
    """A rebuild that cannot be done. The message says what to do."""


def rebuild(*, check: bool = False) -> list[Result]:
    """Refolds every register from the first fact and puts the result in the old one's place; with ``check`` only
    compares. Django's connection must be the owner's (``app.database.as_owner``). Raises RebuildError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s), has_database_privilege(current_database(), 'CREATE')", [LOCK])
        locked, owner = cursor.fetchone()
        if not owner:
            raise RebuildError("a rebuild needs the database's owner")
        if not locked:
            raise RebuildError("a rebuild is under way: wait for it to end")
        try:
            with garbage.searched_rarely():
                return _rebuild(check)
        finally:
            shadow.drop()
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def assert_incremental_equals_refold() -> None:
    """The law of every register, for tests: what it holds is what it holds when it is emptied and refolded, whether all
    facts come at once or one at a time. Leaves everything as it was. Raises AssertionError."""
    assert not fold.stopped(), fold.stopped()
    entries = list(log.read())
    sizes = [len(entries), 1] if len(entries) <= ONE_BY_ONE else [len(entries)]
    kinds = {entry.fact.kind for entry in entries}
    _refuse_rows_of(register for register in registers() if register.kinds.isdisjoint(kinds))
    for register in (register for register in registers() if not register.kinds.isdisjoint(kinds)):
        theirs = [entry for entry in entries if entry.fact.kind in register.kinds]
        for size in sizes:
            with fold.within(*fold.EVERYWHERE):
                held = contents_of(register)
                with connection.cursor() as cursor:
                    cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in register.tables))
                for start in range(0, len(theirs), size or 1):
                    register.apply(theirs[start : start + size])
                refolded = contents_of(register)
                transaction.set_rollback(True)
            for table in register.tables:
                only_held, only_refolded = held[table] - refolded[table], refolded[table] - held[table]
                assert not only_held and not only_refolded, (
                    f"{register.name}: {table} held {list(only_held)[:3]}, refolded {size} at a time it holds "
                    f"{list(only_refolded)[:3]} instead"
                )


def _refuse_rows_of(idle: Iterable[Register]) -> None:
    """Registers of none of whose kinds there is a fact hold nothing."""
    tables = [table for register in idle for table in register.tables]
    with fold.within(*fold.EVERYWHERE), connection.cursor() as cursor:
        held = []
        for start in range(0, len(tables), AT_ONCE):
            some = tables[start : start + AT_ONCE]
            asked = (f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for one in some)
            cursor.execute(" UNION ALL ".join(asked))
            held += [table for (table,) in cursor.fetchall()]
    assert not held, f"{held} hold rows of no facts"


def _rebuild(check: bool) -> list[Result]:
    _refuse_bound()
    seq = _reached()
    if stopped := bulk.whole(registers(), seq):
        told = "; ".join(f"{name}: {reason}" for name, reason in sorted(stopped.items()))
        raise RebuildError(f"registers cannot be refolded ({told}): update Lianfang, or report this")
    seq = _catch_up(seq)
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:  # compared is what stood at one moment, while facts are appended
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        seq = _fold(seq, _reached())
        facts = bulk.counts(seq)
        results = [
            Result(one.name, sum(facts.get(kind, 0) for kind in one.kinds), sum(map(shadow.differing, one.tables)))
            for one in registers()
        ]
    if not check:
        seq = _catch_up(seq)
        with transaction.atomic():
            head = log.head_locked()
            _fold(seq, head.seq)
            shadow.swap([table for register in registers() for table in register.tables])
            fold.move({register.name: (head.seq, "") for register in registers()})
    return results


def _refuse_bound() -> None:
    tables = [table for register in registers() for table in register.tables]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))",
            [tables, tables],
        )
        if bound := cursor.fetchall():
            raise RebuildError(f"register tables may have no foreign keys, and {bound[0][0]} has")


def _reached() -> int:
    """Up to where the registers that follow have folded the facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(seq) FROM fact_register WHERE stopped = ''")
        (seq,) = cursor.fetchone()
    return log.head().seq if seq is None else int(seq)


def _catch_up(seq: int) -> int:
    """Folds what was appended since ``seq`` into the shadows until little is left; up to where."""
    while (upto := min(_reached(), seq + CHUNK)) - seq > LITTLE:
        with transaction.atomic():
            seq = _fold(seq, upto)
    return seq


def _fold(after: int, upto: int) -> int:
    """Folds facts into the shadows, and returns ``upto``."""
    entries = list(log.read(after, upto)) if after < upto else []
    with shadow.meant():
        for register in registers():
            if theirs := [entry for entry in entries if entry.fact.kind in register.kinds]:
                register.apply(theirs)
    return upto


_columns = cache(shadow.columns)  # asked for once: they stay as they are while a process lives


def contents_of(register: Register) -> dict[str, Counter[str]]:
    """The rows of each of a register's tables, as text, with how often each is there."""
    contents = {}
    with connection.cursor() as cursor:
        for table in register.tables:
            cursor.execute(f'SELECT ROW({_columns(table)})::text FROM "{table}"')
            contents[table] = Counter(row for (row,) in cursor.fetchall())
    return contents
