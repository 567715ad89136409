"""How many live in divisions, from a CSV file: what is good is kept, and each thing that is not is named.

Columns: ``code`` of a division, ``day`` of the count (ISO), ``persons``, ``source`` (who counted, which table).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from lianfang.places.hierarchy import MOST_ROWS, RowError, decoded

COLUMNS: Final = ("code", "day", "persons", "source")
MOST_PERSONS: Final = 10_000_000_000
LONGEST_SOURCE: Final = 500


class Counted(NamedTuple):
    """So many lived in a division on a day, by a source."""

    code: str
    day: date
    persons: int
    source: str


def read_population(file: Path, known: Callable[[str], object]) -> tuple[list[Counted], list[RowError]]:
    """The good rows of a CSV file, and the errors of the others; of two of one division and day the first is kept.

    Raises OSError when the file cannot be read. A file of another shape gives one error on row 1.
    """
    text = decoded(file.read_bytes())
    if text is None:
        return [], [RowError(1, "file", "is neither UTF-8 nor GB 18030: save it as CSV UTF-8")]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        told = f"this column is missing; columns: {', '.join(COLUMNS)}"
        return [], [RowError(1, name, told) for name in missing]
    found: dict[tuple[str, date], Counted] = {}
    errors: list[RowError] = []
    for number, row in enumerate(reader, start=2):
        if number > MOST_ROWS + 1:
            errors.append(RowError(number, "file", f"has more than {MOST_ROWS} rows: import it in parts"))
            break
        one = _counted({name: (row[name] or "").strip() for name in COLUMNS}, known)
        if isinstance(one, Counted) and (one.code, one.day) in found:
            one = ("code", f"{one.code} is there twice for {one.day}")
        if isinstance(one, Counted):
            found[one.code, one.day] = one
        else:
            errors.append(RowError(number, *one))
    return list(found.values()), errors


def _counted(row: dict[str, str], known: Callable[[str], object]) -> Counted | tuple[str, str]:
    """A row, or the field that is wrong and why."""
    if known(row["code"]) is None:
        return "code", f"{row['code'][:64]!r} is not a known division: import the divisions first"
    try:
        day = date.fromisoformat(row["day"])
    except ValueError:
        return "day", f"{row['day'][:40]!r} is not a day: write it as 2020-11-01"
    persons = row["persons"].replace(",", "")
    if not persons.isascii() or not persons.isdigit() or int(persons[:12]) > MOST_PERSONS or len(persons) > 12:
        return "persons", f"{row['persons'][:40]!r} is not a number of persons"
    if not row["source"]:
        return "source", "is missing: say who counted"
    if len(row["source"]) > LONGEST_SOURCE:
        return "source", f"is longer than {LONGEST_SOURCE} characters"
    return Counted(row["code"], day, int(persons), row["source"])
