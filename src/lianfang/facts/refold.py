"""Registers whose rows are a function of one subject's facts: on every new fact the subject is folded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from lianfang.facts import log
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted

ROWS: Final = 2_000
"""Rows written by one statement."""


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
        told: dict[UUID, list[Entry]] = defaultdict(list)
        for entry in log.read(kinds=self.kinds, subjects=subjects):
            told[entry.fact.subject].append(entry)
        made: dict[type[Model], list[Model]] = {model: [] for model in self.models}
        for subject, theirs in told.items():
            if any(entry.fact.kind != Retracted.kind for entry in theirs):  # of another register's subject otherwise
                for row in self.rows(subject, theirs):
                    made[type(row)].append(row)
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'DELETE FROM "{table}" WHERE subject = ANY(%s)', [list(subjects)])
        for model, rows in made.items():
            model._default_manager.bulk_create(rows, batch_size=ROWS)
