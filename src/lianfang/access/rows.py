"""The second lock: PostgreSQL shows a session the rows of its range of divisions and no others, whatever is asked.

A table under ``area_policy`` shows rows whose division lies in the half-open range of the settings
``lianfang.area_from`` and ``lianfang.area_to``. Unset they are NULL, and after a transaction that set them the empty
string: either way the range holds nothing. The operators ``~>=~`` and ``~<~`` compare bytes, keep the index (give it
the operator class ``varchar_pattern_ops``) and leak nothing; LIKE does neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final, TypeVar

from django.db.migrations import RunSQL
from django.db.models import CharField, Exists, Lookup, Model, Q, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

from lianfang.access.matrix import Scope, require, scope
from lianfang.access.viewer import Viewer
from lianfang.facts.fold import AREA_FROM, AREA_TO, EVERYWHERE, NOWHERE, within

Rows = TypeVar("Rows", bound=Model)

IN_RANGE: Final = (
    f"{{column}} ~>=~ current_setting('{AREA_FROM}', true) AND {{column}} ~<~ current_setting('{AREA_TO}', true)"
)


def area_policy(table: str, column: str = "area") -> list[RunSQL]:
    """Migration operations that put a table's rows under the range, for reading and for writing.

    The owner of the tables is not bound by it: migrations and rebuilds work on all rows.
    """
    return policy(table, IN_RANGE.format(column=f'"{column}"'))


def policy(table: str, condition: str) -> list[RunSQL]:
    """Migration operations that let the application see and write a table's rows only where ``condition`` holds."""
    name = f"{table}_seen"
    return [
        RunSQL(
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY; CREATE POLICY "{name}" ON "{table}" USING ({condition})',
            f'DROP POLICY "{name}" ON "{table}"; ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        )
    ]


def range_of(viewer: Viewer, action: str) -> tuple[str, str]:
    """The half-open range of codes that an action of the viewer's may touch."""
    match scope(viewer, action):
        case Scope.NONE:
            return NOWHERE
        case Scope.ALL:
            return EVERYWHERE
        case Scope.OWN if viewer.subject is not None:  # what is held of oneself is where it is
            return EVERYWHERE
        case _:
            return viewer.area_from, viewer.area_to


@contextmanager
def seeing(viewer: Viewer, action: str) -> Iterator[None]:
    """A transaction in which the database shows the rows that the viewer's action may touch.

    Fetch what is asked for within it: afterwards the same query shows nothing. Raises Forbidden.
    """
    require(viewer, action)
    with within(*range_of(viewer, action)):
        yield


@contextmanager
def seeing_all() -> Iterator[None]:
    """A transaction in which the database shows every row: for jobs that act on nobody's behalf."""
    with within(*EVERYWHERE):
        yield


def visible(
    viewer: Viewer,
    action: str,
    rows: QuerySet[Rows],
    column: str = "area",
    *,
    own: Q | Exists | None = None,
    subject: str = "subject",
) -> QuerySet[Rows]:
    """The first lock: the rows that the viewer's action may touch, by the columns of division and of the person.

    ``own`` tells which rows are one's own work; by default those whose ``author`` is the viewer. None where the action
    is refused or gives sums only.
    """
    reach = scope(viewer, action)
    if reach in (Scope.NONE, Scope.AGGREGATE):
        return rows.none()
    if reach is Scope.ALL:
        return rows
    if reach is Scope.OWN and viewer.subject is not None:
        return rows.filter(**{subject: viewer.subject})
    if reach is Scope.OWN:
        rows = rows.filter(Q(author=viewer.author) if own is None else own)
    return in_range(viewer, rows, column)


def in_range(viewer: Viewer, rows: QuerySet[Rows], column: str = "area") -> QuerySet[Rows]:
    """The rows within the viewer's divisions: what sums are made of."""
    return rows.filter(**{f"{column}__bytes_from": viewer.area_from, f"{column}__bytes_before": viewer.area_to})


class _ByBytes(Lookup):  # type: ignore[type-arg]  # not subscriptable at run time
    operator: ClassVar[str]

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", [*left_values, *right_values]


class BytesFrom(_ByBytes):
    """``code__bytes_from=x``: not before ``x`` in the order of bytes."""

    lookup_name, operator = "bytes_from", "~>=~"


class BytesBefore(_ByBytes):
    """``code__bytes_before=x``: before ``x`` in the order of bytes."""

    lookup_name, operator = "bytes_before", "~<~"


def register_lookups() -> None:
    """Makes the look-ups known to text columns; the app calls it when Django is ready."""
    for field in (CharField, TextField):
        field.register_lookup(BytesFrom)
        field.register_lookup(BytesBefore)
