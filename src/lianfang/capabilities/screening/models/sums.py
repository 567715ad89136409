"""The sums of households and of outcomes by grid: by how much they change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from operator import add, itemgetter
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Model

from lianfang.capabilities.screening.models.tables import SUMS, CubeRow, SizeRow

Row = Mapping[str, Any]
_SIZES: Final = ("households", "members")
_AT: Final = {status: at for at, status in enumerate(SUMS[1:5], 1)}
"""Where in the sums the households of a status stand."""
_OF_OUTCOME: Final = itemgetter(
    "due", "seen", "away", "not_met", "excused", "unwell", "person_times", "visits", "without_evidence"
)


class Changes:
    """What is taken away of the rows before, and added of the rows after: ``sign`` is -1 or 1."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[UUID, str], list[int]] = {}
        self._cubes: dict[tuple[UUID, UUID, str], list[int]] = {}

    def household(self, row: Row, sign: int) -> None:
        if row["grid"] is not None:
            key = row["grid"], row["area"]
            self._sizes[key] = list(map(add, self._sizes.get(key, (0, 0)), (sign, sign * row["members"])))

    def outcome(self, row: Row, sign: int) -> None:
        key = row["round"], row["grid"], row["area"]
        if (sums := self._cubes.get(key)) is None:
            sums = self._cubes[key] = [0] * len(SUMS)
        sums[0] += sign
        if at := _AT.get(row["status"]):
            sums[at] += sign
        for at, n in enumerate(_OF_OUTCOME(row), 1 + len(_AT)):
            if n:
                sums[at] += sign * n

    def write(self) -> None:
        # Sorted: two that add to the same sums at once wait for each other in one order.
        _add(SizeRow, ("grid", "area"), _SIZES, [(*key, *its) for key, its in sorted(self._sizes.items()) if any(its)])
        cubes = [(*key, *its) for key, its in sorted(self._cubes.items()) if any(its)]
        _add(CubeRow, ("round", "grid", "area"), SUMS, cubes)


def _add(model: type[Model], keys: Sequence[str], sums: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Adds to the sums of a table, and leaves no row that holds nothing."""
    if not rows:
        return
    table, columns = model._meta.db_table, (*keys, *sums)
    names, key = (", ".join(f'"{name}"' for name in some) for some in (columns, keys))
    added = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' for name in sums)
    told = orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} FROM json_populate_recordset(NULL::"{table}", %s) '
            f"ON CONFLICT ({key}) DO UPDATE SET {added}",
            [told],
        )
        if any(min(row[len(keys) :]) < 0 for row in rows):
            same = " AND ".join(f'its."{name}" = told."{name}"' for name in keys)
            empty = " AND ".join(f'its."{name}" = 0' for name in sums)
            cursor.execute(
                f'DELETE FROM "{table}" its USING json_populate_recordset(NULL::"{table}", %s) told '
                f"WHERE {same} AND {empty}",
                [told],
            )
