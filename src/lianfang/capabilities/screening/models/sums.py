"""The sums of households and of outcomes by grid: by how much they change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from lianfang.capabilities.screening.models.tables import SUMS, CubeRow, SizeRow

Row = Mapping[str, Any]
_OF_OUTCOME = ("due", "seen", "away", "excused", "unwell", "person_times", "visits", "without_evidence")


class Changes:
    """What is taken away of the rows before, and added of the rows after: ``sign`` is -1 or 1."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[UUID, str], Counter[str]] = defaultdict(Counter)
        self._cubes: dict[tuple[UUID, UUID, str], Counter[str]] = defaultdict(Counter)

    def household(self, row: Row, sign: int) -> None:
        if row["grid"] is not None:
            its = self._sizes[row["grid"], row["area"]]
            its["households"] += sign
            its["members"] += sign * row["members"]

    def outcome(self, row: Row, sign: int) -> None:
        cube = self._cubes[row["round"], row["grid"], row["area"]]
        cube["visited"] += sign
        if row["status"] != "open":
            cube[row["status"]] += sign
        cube["left"] += sign * row["not_met"]
        for name in _OF_OUTCOME:
            cube[name] += sign * row[name]

    def write(self) -> None:
        sizes = [[*key, its["households"], its["members"]] for key, its in self._sizes.items() if any(its.values())]
        cubes = [[*key, *(its[name] for name in SUMS)] for key, its in self._cubes.items() if any(its.values())]
        _add(SizeRow, ("grid", "area"), ("households", "members"), sizes)
        _add(CubeRow, ("round", "grid", "area"), SUMS, cubes)


def _add(model: type[Model], keys: Sequence[str], sums: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Adds to the sums of a table, and leaves no row that holds nothing."""
    if not rows:
        return
    table, columns = model._meta.db_table, [*keys, *sums]
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
    names = ", ".join(f'"{name}"' for name in columns)
    added = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' for name in sums)
    empty = " AND ".join(f'"{name}" = 0' for name in sums)
    mine = " AND ".join(f'"{name}" = ANY(%s)' for name in keys)
    key = ", ".join(f'"{name}"' for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) VALUES {places} ON CONFLICT ({key}) DO UPDATE SET {added}',
            [value for row in rows for value in row],
        )
        held = [list({row[n] for row in rows}) for n in range(len(keys))]
        cursor.execute(f'DELETE FROM "{table}" WHERE {mine} AND {empty}', held)
