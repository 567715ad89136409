"""Cells of a spreadsheet file: a text that a program would run as a formula is written so that it is none.

A cell that begins with ``= + - @``, a tab or a line's end is taken for a formula by spreadsheet programs, likewise the
full-width signs by some (OWASP, CSV Injection; ASVS 5.0, 1.2.10). Such a text gets an apostrophe before it. Numbers and
dates are written as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"
"""Before the first cell: by it spreadsheet programs know that the file is UTF-8."""

Value = str | int | float | Decimal | date | datetime | UUID | None


def neutral(value: Value) -> str:
    """A value as a cell's text; nothing for None."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    starts = value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)
    return "'" + value if starts else value


def table(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The text of a CSV file (RFC 4180) with its mark, every cell quoted and neutral."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    writer.writerows([neutral(value) for value in row] for row in rows)
    return MARK + file.getvalue()
