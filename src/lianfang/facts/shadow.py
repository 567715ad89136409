"""Shadows of register tables: filled beside them while the service is up, held against them, and put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection

SCHEMA: Final = "fact_shadow"
"""The schema that the shadows are filled in."""
ABOVE: Final = f"{SCHEMA}, public"
"""The search path by which the names of register tables mean their shadows, where there are any."""
_INDEXES: Final = (
    "SELECT pg_get_indexdef(i.indexrelid), c.conname, pg_get_constraintdef(c.oid) FROM pg_index i "
    "LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid "
    "WHERE i.indrelid = %s::regclass AND i.indisunique = %s ORDER BY i.indexrelid"
)
_RIGHTS: Final = (
    "SELECT grantee::regrole::text, string_agg(privilege_type, ', ') FROM pg_class, aclexplode(relacl) "
    "WHERE oid = %s::regclass AND grantee <> relowner GROUP BY grantee"
)
_POLICIES: Final = (
    "SELECT polname, concat('USING (' || pg_get_expr(polqual, polrelid) || ')', "
    "' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')') FROM pg_policy WHERE polrelid = %s::regclass"
)


def make(tables: Iterable[str]) -> None:
    """Makes empty shadows, with what is unique in them and no other index; those that were there are gone."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        for table in tables:
            cursor.execute(
                f'CREATE TABLE {SCHEMA}."{table}" (LIKE public."{table}" INCLUDING ALL EXCLUDING INDEXES) '
                "WITH (autovacuum_enabled = off)"  # nobody asks it anything yet
            )
            _make_indexes(table, unique=True)


def index(table: str) -> None:
    """Makes the other indexes of a shadow: where much is added, they are made at less cost when all of it is there."""
    _make_indexes(table, unique=False)


def drop() -> None:
    """Takes all shadows away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@contextmanager
def meant() -> Iterator[None]:
    """Within it, and within the open transaction, the names of register tables mean their shadows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = {ABOVE}")
        yield
        cursor.execute("SET LOCAL search_path = public")


def swap(tables: Sequence[str]) -> None:
    """Puts shadows in their tables' places, with rights and policies; their indexes have the same names.

    All are locked first: who analyses a table meanwhile would wait for what is changed of it here, and this for him."""
    if tables:
        with connection.cursor() as cursor:
            names = ", ".join(f'public."{table}", {SCHEMA}."{table}"' for table in tables)
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    for table in tables:
        _swap(table)


def _swap(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, [f'public."{table}"'])
        for role, rights in cursor.fetchall():
            cursor.execute(f'GRANT {rights} ON {SCHEMA}."{table}" TO {role}')
        cursor.execute(_POLICIES, [f'public."{table}"'])
        for policy, conditions in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {SCHEMA}."{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'CREATE POLICY "{policy}" ON {SCHEMA}."{table}" {conditions}')
        cursor.execute(f'ALTER TABLE {SCHEMA}."{table}" RESET (autovacuum_enabled)')
        cursor.execute(f'DROP TABLE public."{table}"')
        cursor.execute(f'ALTER TABLE {SCHEMA}."{table}" SET SCHEMA public')


def differing(table: str) -> int:
    """How many rows only one of a table and its shadow has.

    Both have the same rows where the sums of their rows' digests are the same: of two that are not, the sums would be
    so once in 2**64. Each row's digest is mixed again, for it is linear in those of its columns.
    """
    names = columns(table)
    digest = f"hashint8extended(hash_record_extended(ROW({names}), 0), 0)"
    live, shadow = f'public."{table}"', f'{SCHEMA}."{table}"'
    ours, theirs = (f"SELECT ROW({names})::text FROM {one}" for one in (live, shadow))
    with connection.cursor() as cursor:
        sums = []
        for one in (live, shadow):
            cursor.execute(f"SELECT count(*), sum({digest}) FROM {one}")
            sums.append(cursor.fetchone())
        if sums[0] == sums[1]:
            return 0
        cursor.execute(
            f"SELECT (SELECT count(*) FROM ({ours} EXCEPT ALL {theirs}) a) "
            f"+ (SELECT count(*) FROM ({theirs} EXCEPT ALL {ours}) b)"
        )
        return int(cursor.fetchone()[0])


def columns(table: str) -> str:
    """A table's columns but those that the database numbers by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''",
            [f'public."{table}"'],
        )
        return str(cursor.fetchone()[0])


def _make_indexes(table: str, *, unique: bool) -> None:
    """Names are a schema's own: a shadow's indexes have the names of the table's."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [f'public."{table}"', unique])
        for form, name, constraint in cursor.fetchall():
            if name is not None:
                cursor.execute(f'ALTER TABLE {SCHEMA}."{table}" ADD CONSTRAINT "{name}" {constraint}')
            else:
                cursor.execute(re.sub(r" ON (ONLY )?\S+ USING ", f' ON {SCHEMA}."{table}" USING ', form, count=1))
