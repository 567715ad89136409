"""Registers dropped and refolded: in shadow tables that are swapped in at the end, with the service up meanwhile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction

from lianfang.facts import fold, garbage, log
from lianfang.facts.fact import Entry
from lianfang.facts.fold import Register, registers

SHADOW = "fact_shadow"  # the schema that the shadow tables are filled in
CHUNK = 10_000  # facts folded in one transaction
LOCK = 0x726562  # of the advisory lock that a rebuild holds
ONE_BY_ONE = 200  # facts up to which the law is also tried one fact at a time


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
            cursor.execute(f"SET search_path = public; DROP SCHEMA IF EXISTS {SHADOW} CASCADE")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def catch_up() -> None:
    """Folds what registers that are behind have not seen: after an update that brought a new one."""
    with transaction.atomic():
        head = log.head_locked()
        fold.project(head.seq, head.seq, (), log.read)


def assert_incremental_equals_refold() -> None:
    """The law of every register, for tests: what it holds is what it holds when it is emptied and refolded, whether all
    facts come at once or one at a time. Leaves everything as it was. Raises AssertionError."""
    assert not fold.stopped(), fold.stopped()
    entries = list(log.read())
    sizes = [len(entries), 1] if len(entries) <= ONE_BY_ONE else [len(entries)]
    for register in registers():
        with fold.within(*fold.EVERYWHERE):
            held = contents_of(register)
        theirs = [entry for entry in entries if entry.fact.kind in register.kinds]
        for size in sizes:
            with fold.within(*fold.EVERYWHERE):
                with connection.cursor() as cursor:
                    for table in register.tables:
                        cursor.execute(f'DELETE FROM "{table}"')
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


def _rebuild(check: bool) -> list[Result]:
    facts: Counter[str] = Counter()
    _make_shadows()
    seq = 0
    while seq < (end := min(log.head().seq, seq + CHUNK)):
        with transaction.atomic():
            _fold(seq, end, facts)
        seq = end
    with transaction.atomic():
        head = log.head_locked()
        _fold(seq, head.seq, facts)
        results = [Result(r.name, facts[r.name], sum(map(_differing, r.tables))) for r in registers()]
        if not check:
            for register in registers():
                for table in register.tables:
                    _swap(table)
            fold.move({register.name: (head.seq, "") for register in registers()})
    return results


def _make_shadows() -> None:
    tables = [table for register in registers() for table in register.tables]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))",
            [tables, tables],
        )
        if bound := cursor.fetchall():
            raise RebuildError(f"register tables may have no foreign keys, and {bound[0][0]} has")
        cursor.execute(f"DROP SCHEMA IF EXISTS {SHADOW} CASCADE; CREATE SCHEMA {SHADOW}")
        for table in tables:
            cursor.execute(f'CREATE TABLE {SHADOW}."{table}" (LIKE public."{table}" INCLUDING ALL)')


def _fold(after: int, upto: int, facts: Counter[str]) -> None:
    entries = list(log.read(after, upto))
    with _in_shadow():
        for register in registers():
            theirs: Sequence[Entry] = [entry for entry in entries if entry.fact.kind in register.kinds]
            facts[register.name] += len(theirs)
            if theirs:
                register.apply(theirs)


@contextmanager
def _in_shadow() -> Iterator[None]:
    """Within it, the names of register tables mean their shadows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = {SHADOW}, public")
        yield
        cursor.execute("SET LOCAL search_path = public")


def _swap(table: str) -> None:
    """Puts the shadow in the table's place, with its rights, its policies and the names of its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grantee::regrole::text, string_agg(privilege_type, ', ') FROM pg_class, aclexplode(relacl) "
            "WHERE oid = %s::regclass AND grantee <> relowner GROUP BY grantee",
            [f'public."{table}"'],
        )
        for role, rights in cursor.fetchall():
            cursor.execute(f'GRANT {rights} ON {SHADOW}."{table}" TO {role}')
        cursor.execute(
            "SELECT polname, concat('USING (' || pg_get_expr(polqual, polrelid) || ')', "
            "' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')') "
            "FROM pg_policy WHERE polrelid = %s::regclass",
            [f'public."{table}"'],
        )
        for policy, conditions in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {SHADOW}."{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'CREATE POLICY "{policy}" ON {SHADOW}."{table}" {conditions}')
        old, new = _indexes("public", table), _indexes(SHADOW, table)
        cursor.execute(f'DROP TABLE public."{table}"')
        cursor.execute(f'ALTER TABLE {SHADOW}."{table}" SET SCHEMA public')
        renamed = [(new[form], name) for form, name in old.items() if form in new and new[form] != name]
        for number, (made, _) in enumerate(renamed):  # by way of other names: one may be another's old one
            cursor.execute(f'ALTER INDEX public."{made}" RENAME TO "{SHADOW}_{number}"')
        for number, (_, name) in enumerate(renamed):
            cursor.execute(f'ALTER INDEX public."{SHADOW}_{number}" RENAME TO "{name}"')


def _indexes(schema: str, table: str) -> dict[str, str]:
    """The names of a table's indexes by what they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s AND tablename = %s", [schema, table]
        )
        return {re.sub(r'INDEX \S+ ON \S+|INDEX ".*?" ON \S+', "", form): name for name, form in cursor.fetchall()}


def _differing(table: str) -> int:
    """How many rows only one of a table and its shadow has."""
    row = f'SELECT ROW({_columns(table)})::text FROM {{}}."{table}"'
    live, shadow = row.format("public"), row.format(SHADOW)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM ({live} EXCEPT ALL {shadow}) a) "
            f"+ (SELECT count(*) FROM ({shadow} EXCEPT ALL {live}) b)"
        )
        return int(cursor.fetchone()[0])


def _columns(table: str) -> str:
    """A table's columns but those that the database numbers by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''",
            [f'public."{table}"'],
        )
        return str(cursor.fetchone()[0])


def contents_of(register: Register) -> dict[str, Counter[str]]:
    """The rows of each of a register's tables, as text, with how often each is there."""
    contents = {}
    with connection.cursor() as cursor:
        for table in register.tables:
            cursor.execute(f'SELECT ROW({_columns(table)})::text FROM "{table}"')
            contents[table] = Counter(row for (row,) in cursor.fetchall())
    return contents
