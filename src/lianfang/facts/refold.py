"""Registers whose rows are a function of one subject's facts: on every new fact the subject is folded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar, Final
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Model

from lianfang.facts import log
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted

ROWS: Final = 2_000
"""Rows written by one statement."""
_EARLIER: Final = "SELECT DISTINCT subject FROM fact WHERE subject = ANY (%s) AND seq < %s"


class SubjectRegister:
    """A register that refolds the subjects of what comes in. Give it ``name``, ``kinds`` and ``models``, each a table
    with a column ``subject``, and say in ``rows`` what a subject's facts come to.

    For kinds of which a subject has few. What comes by the dozen (a temperature twice a day) is kept a row each.
    """

    name: ClassVar[str]
    kinds: ClassVar[frozenset[str]]
    """``record.retracted`` among them."""
    models: ClassVar[tuple[type[Model], ...]]

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(model._meta.db_table for model in self.models)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        """The rows of a subject, of any of ``models``; ``entries`` are all its facts of ``kinds``, by ``seq``."""
        raise NotImplementedError

    def apply(self, entries: Sequence[Entry]) -> None:
        subjects = {entry.fact.subject for entry in entries}
        made: dict[type[Model], list[Model]] = {model: [] for model in self.models}
        for subject, theirs in told(entries, self.kinds).items():
            if any(entry.fact.kind != Retracted.kind for entry in theirs):  # of another register's subject otherwise
                for row in self.rows(subject, theirs):
                    made[type(row)].append(row)
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'DELETE FROM "{table}" WHERE subject = ANY(%s)', [list(subjects)])
        for model, rows in made.items():
            insert(model, rows)


def told(entries: Sequence[Entry], kinds: Collection[str]) -> dict[UUID, list[Entry]]:
    """All facts of ``kinds`` of the subjects that ``entries``, which are by ``seq``, are about: each subject's by
    ``seq``. The log is read for those subjects only of which it held anything before: the others' facts are here."""
    found: dict[UUID, list[Entry]] = defaultdict(list)
    if not entries:
        return found
    subjects = {entry.fact.subject for entry in entries}
    with log.binary_cursor() as cursor:
        rows = cursor.execute(_EARLIER, [list(subjects), entries[0].seq]).fetchall()
    earlier = {subject for (subject,) in rows}
    for entry in entries:
        if entry.fact.subject not in earlier and entry.fact.kind in kinds:
            found[entry.fact.subject].append(entry)
    if earlier:
        for entry in log.read(kinds=kinds, subjects=earlier):
            found[entry.fact.subject].append(entry)
    return found


def insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Inserts rows, ``ROWS`` by ``ROWS``: the database takes one text apart faster than a parameter for each value is
    made."""
    if not rows:
        return
    table, fields = model._meta.db_table, [field for field in model._meta.concrete_fields if field.column]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    query = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s)'
    for start in range(0, len(rows), ROWS):
        told = [{field.column: getattr(row, field.attname) for field in fields} for row in rows[start : start + ROWS]]
        with connection.cursor() as cursor:
            cursor.execute(query, [orjson.dumps(told).decode()])
