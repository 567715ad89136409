"""Registers whose rows are a function of one subject's facts: on every new fact the subject is folded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from lianfang.facts import copying, log, packing
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.lock import array

ROWS: Final = 2_000
"""Rows written by one statement."""
Row = tuple[type[Model], Mapping[str, Any]]
"""A row by its table and its columns; what is left out is NULL."""
_EARLIER: Final = "SELECT * FROM fact_earlier(%s::uuid[], %s)"


class SubjectRegister:
    """A register that refolds the subjects of what comes in. Give it ``name``, ``kinds`` and ``models``, each a table
    with a column ``subject``, and say in ``rows`` what a subject's facts come to.

    For kinds of which a subject has few. What comes by the dozen (a temperature twice a day) is kept a row each.
    """

    name: ClassVar[str]
    kinds: ClassVar[frozenset[str]]
    """``record.retracted`` among them."""
    models: ClassVar[tuple[type[Model], ...]]
    first: ClassVar[frozenset[str] | None] = frozenset()
    """As ``bulk.BySubject`` has it; None where the rows of a subject follow from other subjects' facts too."""

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(model._meta.db_table for model in self.models)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model | Row]:
        """The rows of a subject, of any of ``models``; ``entries`` are all its facts of ``kinds``, by ``seq``. Of what
        comes by the thousand a ``Row`` is made at a third of the cost of a model."""
        raise NotImplementedError

    def apply(self, entries: Sequence[Entry]) -> None:
        made: dict[type[Model], list[Mapping[str, Any]]] = {model: [] for model in self.models}
        anew = dict[UUID, Sequence[Entry]]()
        for subject, theirs in told(entries, self.kinds).items():
            if any(entry.fact.kind != Retracted.kind for entry in theirs):  # of another register's subject otherwise
                anew[subject] = theirs
                for row in self.rows(subject, theirs):
                    model, columns = (type(row), _columns(row)) if isinstance(row, Model) else row
                    made[model].append(columns)
        take_away(self.models, anew)
        for model, rows in made.items():
            write(model, rows)


_first_time: ContextVar[bool] = ContextVar("first_time", default=False)


@contextmanager
def first_time() -> Iterator[None]:
    """Within it, what is applied are all facts of its subjects, of which no row is held: nothing is looked for, and
    nothing taken away."""
    before = _first_time.set(True)
    try:
        yield
    finally:
        _first_time.reset(before)


def is_first_time() -> bool:
    return _first_time.get()


def take_away(models: Iterable[type[Model]], subjects: Iterable[UUID]) -> None:
    """Deletes the rows of some subjects, which have a column ``subject``."""
    if is_first_time():
        return
    theirs = array(subjects)
    with log.binary_cursor() as cursor:
        for model in models:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE subject = ANY (%s::uuid[])', [theirs])


def told(entries: Sequence[Entry], kinds: Collection[str]) -> dict[UUID, list[Entry]]:
    """All facts of ``kinds`` of the subjects that ``entries``, which are by ``seq``, are about: each subject's by
    ``seq``. The log is read for those subjects only of which it held anything before: the others' facts are here."""
    found: dict[UUID, list[Entry]] = defaultdict(list)
    if not entries:
        return found
    earlier = set[UUID]()
    if not is_first_time():
        earlier = before({entry.fact.subject for entry in entries}, entries[0].seq)
    for entry in entries:
        if entry.fact.subject not in earlier and entry.fact.kind in kinds:
            found[entry.fact.subject].append(entry)
    if earlier:
        for entry in log.read(upto=entries[-1].seq, kinds=kinds, subjects=earlier):
            found[entry.fact.subject].append(entry)
    return found


def before(subjects: Iterable[UUID], seq: int = log.LAST) -> set[UUID]:
    """Of which subjects the log held anything before ``seq``."""
    with log.binary_cursor() as cursor:
        return {subject for (subject,) in cursor.execute(_EARLIER, [array(subjects), seq])}


def among(ids: Collection[UUID]) -> RawSQL | list[UUID]:
    """``filter(subject__in=among(ids))``: one of these ids, however many, as one parameter; of none, nothing is asked.
    Not for one side of an "or": no index would be used."""
    return RawSQL("SELECT unnest(%s::uuid[])", [array(ids)]) if ids else []


def insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Inserts rows: see ``write``."""
    write(model, [_columns(row) for row in rows])


def _columns(row: Model) -> dict[str, Any]:
    columns, values = _reading(type(row))
    return dict(zip(columns, values(row), strict=True))


@cache
def _reading(model: type[Model]) -> tuple[list[str], Callable[[Model], tuple[Any, ...]]]:
    """The columns of a table, and what takes their values from a row."""
    fields = [field for field in model._meta.concrete_fields if field.column]
    return [field.column for field in fields], attrgetter(*(field.attname for field in fields))


def write(model: type[Model], told: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows given by their columns: by COPY where PostgreSQL takes it, which it does not from whom a policy of
    the rows binds; else packed."""
    if told and _takes_copy(connection.settings_dict["USER"], model._meta.db_table):
        _copy(model, told)
    else:
        put(model, packed(model, told))


def packed(model: type[Model], told: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Rows given by their columns as ``put`` takes them."""
    return _table(model).rows(told) if told else []


def put(model: type[Model], rows: Sequence[bytes]) -> None:
    """Inserts packed rows, ``ROWS`` by ``ROWS``."""
    table = model._meta.db_table
    query = f'INSERT INTO "{table}" SELECT * FROM unnest(%b::"{table}"[])'
    for start in range(0, len(rows), ROWS):
        with connection.wrap_database_errors, log.binary_cursor() as cursor:
            cursor.execute(query, [packing.Rows(rows[start : start + ROWS])])


@cache
def _table(model: type[Model]) -> packing.Table:
    query = (
        "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "ORDER BY attnum"
    )
    with log.binary_cursor() as cursor:
        return packing.Table(cursor.execute(query, [f'"{model._meta.db_table}"']).fetchall())


@cache
def _takes_copy(user: str, table: str) -> bool:
    with log.binary_cursor() as cursor:
        (bound,) = cursor.execute("SELECT row_security_active(%s::regclass)", [f'"{table}"']).fetchone()
    return not bound


def _copy(model: type[Model], told: Sequence[Mapping[str, Any]]) -> None:
    table = _table(model)
    into = f'COPY "{model._meta.db_table}" ({table.names}) FROM STDIN (FORMAT BINARY)'
    with connection.wrap_database_errors, log.binary_cursor() as cursor, cursor.copy(into) as copy:
        copy.write(copying.BEGIN)
        for start in range(0, len(told), ROWS):
            copy.write(table.lines(told[start : start + ROWS]))
        copy.write(copying.END)
