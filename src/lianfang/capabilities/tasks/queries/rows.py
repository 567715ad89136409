"""Rows by the ten thousand: as plain tuples, by the database's binary protocol."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from lianfang.facts.log import binary_cursor


def tuples(rows: QuerySet[Any], *columns: str) -> list[tuple[Any, ...]]:
    """The columns of rows, times in UTC. Several times as fast as ``values_list``, which reads every time from text."""
    try:
        query, values = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    with binary_cursor() as cursor:
        found: list[tuple[Any, ...]] = cursor.execute(query, values).fetchall()
    return found
