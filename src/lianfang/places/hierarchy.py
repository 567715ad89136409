"""Any country's divisions from a CSV file: what is good is kept, and each thing that is not is named.

Columns: ``code``, ``name``, ``parent`` (a code of the file or of a known division; empty at the top), ``level``,
``valid_from`` and ``valid_to`` (years, included, or empty), ``name_en``, ``aliases`` (separated by ``|``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from lianfang.places.gazetteer import HIERARCHY_COLUMNS, LEVELS, Division, Row
from lianfang.places.runs import Parents, misplaced

MOST_ROWS = 200_000
LONGEST = {"code": 64, "name": 200, "parent": 64, "name_en": 200, "aliases": 1000}


class RowError(NamedTuple):
    """Why a row was refused. Rows are counted as a spreadsheet shows them: the header is row 1."""

    row: int
    field: str
    reason: str


class _Line(NamedTuple):
    number: int
    row: Row


Known = Callable[[str], Division | None]


def _none(code: str) -> Division | None:
    return None


def read_hierarchy(
    file: Path, taken: Known = _none, known: Known = _none, others: Parents = MappingProxyType({})
) -> tuple[list[Row], list[RowError]]:
    """The good rows of a CSV file, and the errors of the others.

    ``known`` gives the divisions outside the file that a parent may be; ``taken`` those whose codes are not free;
    ``others`` all that are there at present, each with its parent's code.
    Raises OSError when the file cannot be read. A file of another shape gives one error on row 1.
    """
    text = decoded(file.read_bytes())
    if text is None:
        return [], [RowError(1, "file", "is neither UTF-8 nor GB 18030: save it as CSV UTF-8")]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in ("code", "name", "parent", "level") if name not in (reader.fieldnames or ())]
    if missing:
        return [], [
            RowError(1, name, f"this column is missing; columns: {', '.join(HIERARCHY_COLUMNS)}") for name in missing
        ]
    errors: list[RowError] = []
    lines: list[_Line] = []
    for number, cells in enumerate(reader, start=2):
        if number - 1 > MOST_ROWS:
            errors.append(RowError(number, "file", f"has more than {MOST_ROWS} rows: the rest was not read"))
            break
        row = _row(number, cells, errors)
        if row is not None:
            lines.append(_Line(number, row))
    lines = _without_duplicates(lines, errors, taken)
    lines = _without_cycles(lines, errors)
    lines = _with_known_parents(lines, errors, known)
    lines = _in_one_run(lines, errors, others)
    return [line.row for line in lines], sorted(errors)


def decoded(content: bytes) -> str | None:
    """The text of a file of an operator's; None where it is in neither of the two encodings that are taken."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _row(number: int, cells: dict[str, str | None], errors: list[RowError]) -> Row | None:
    """The row, or None with its errors noted."""
    if None in cells:
        errors.append(RowError(number, "row", "has more cells than there are columns"))
        return None
    cell = {name: (cells.get(name) or "").strip() for name in HIERARCHY_COLUMNS}
    found = [RowError(number, name, "is empty") for name in ("code", "name", "level") if not cell[name]]
    found += [
        RowError(number, name, f"is longer than {most} characters")
        for name, most in LONGEST.items()
        if len(cell[name]) > most
    ]
    found += [
        RowError(number, name, "has a character that is not printable")
        for name, content in cell.items()
        if not content.isprintable()
    ]
    if cell["level"] and cell["level"] not in LEVELS:
        found.append(RowError(number, "level", f"is “{cell['level']}”: one of {', '.join(LEVELS)}"))
    if cell["code"] and cell["code"] == cell["parent"]:
        found.append(RowError(number, "parent", "is the division itself"))
    since, until = (_year(number, name, cell[name], found) for name in ("valid_from", "valid_to"))
    if since is not None and until is not None and until < since:
        found.append(RowError(number, "valid_to", f"{until} is before valid_from {since}"))
    errors += found
    if found:
        return None
    division = Division(
        cell["code"],
        cell["name"],
        cell["level"],
        cell["parent"] or None,
        since,
        until,
        "",
        cell["name_en"],
        cell["name"],
    )
    aliases = [alias.strip() for alias in cell["aliases"].split("|")]
    return Row(division, tuple(dict.fromkeys(alias for alias in aliases if alias and alias != cell["name"])))


def _year(number: int, field: str, content: str, errors: list[RowError]) -> int | None:
    if not content:
        return None
    if content.isascii() and content.isdigit() and 1 <= int(content) <= 9999:
        return int(content)
    errors.append(RowError(number, field, f"“{content}” is not a year"))
    return None


def _without_duplicates(lines: list[_Line], errors: list[RowError], taken: Known) -> list[_Line]:
    """The first row of a code stands; another with a year in common is refused, and so is a code already taken."""
    kept: dict[str, list[_Line]] = {}
    for line in lines:
        division = line.row.division
        same = kept.setdefault(division.code, [])
        other = next((o for o in same if _overlap(o.row.division, division)), None)
        if taken(division.code) is not None:
            errors.append(RowError(line.number, "code", f"{division.code} is a packaged division’s"))
        elif other is not None:
            errors.append(RowError(line.number, "code", f"{division.code} is in row {other.number} for the same years"))
        else:
            same.append(line)
    return sorted(line for same in kept.values() for line in same)


def _overlap(a: Division, b: Division) -> bool:
    return (a.valid_from or 0) <= (b.valid_to or 9999) and (b.valid_from or 0) <= (a.valid_to or 9999)


def _without_cycles(lines: list[_Line], errors: list[RowError]) -> list[_Line]:
    """Without the rows that are their own ancestors."""
    parents: dict[str, set[str]] = {}
    for line in lines:
        if line.row.division.parent:
            parents.setdefault(line.row.division.code, set()).add(line.row.division.parent)
    cyclic = _on_cycles(parents)
    for line in lines:
        if line.row.division.code in cyclic:
            errors.append(RowError(line.number, "parent", "leads back to the division itself"))
    return [line for line in lines if line.row.division.code not in cyclic]


def _on_cycles(parents: dict[str, set[str]]) -> set[str]:
    """The codes on a cycle: those left when leaves and roots are taken away again and again, both ways."""
    forward = {code: set(above) & parents.keys() for code, above in parents.items()}
    for _ in range(2):
        backward: dict[str, set[str]] = {code: set() for code in forward}
        for code, above in forward.items():
            for parent in above:
                backward[parent].add(code)
        ready = [code for code, above in forward.items() if not above]
        while ready:
            code = ready.pop()
            del forward[code]
            for child in backward[code]:
                forward[child].discard(code)
                if not forward[child]:
                    ready.append(child)
        turned: dict[str, set[str]] = {code: set() for code in forward}
        for code, above in forward.items():
            for parent in above:
                turned[parent].add(code)
        forward = turned
    return set(forward)


def _with_known_parents(lines: list[_Line], errors: list[RowError], known: Known) -> list[_Line]:
    """Without the rows whose parent is neither in the file (and good) nor known, or is not of an upper level."""
    levels = {line.row.division.code: line.row.division.level for line in lines}
    below: dict[str, list[_Line]] = {}
    ready: list[_Line] = []
    kept: list[_Line] = []
    for line in lines:
        parent = line.row.division.parent
        outside = known(parent) if parent and parent not in levels else None
        if parent is None:
            ready.append(line)
        elif parent in levels:
            below.setdefault(parent, []).append(line)
        elif outside is None:
            errors.append(RowError(line.number, "parent", f"{parent} is not in the file and not known"))
        elif _above(outside.level, line, errors):
            ready.append(line)
    reached: set[str] = set()
    while ready:
        line = ready.pop()
        kept.append(line)
        code = line.row.division.code
        if code not in reached:
            reached.add(code)
            ready += [child for child in below.get(code, ()) if _above(levels[code], child, errors)]
    refused = {line.number for line in lines} - {line.number for line in kept} - {error.row for error in errors}
    errors += [RowError(number, "parent", "was refused, and so is what is below it") for number in sorted(refused)]
    return sorted(kept)


def _in_one_run(lines: list[_Line], errors: list[RowError], others: Parents) -> list[_Line]:
    """Without the rows whose codes keep a division from being one run of codes, and without what is below them."""
    present = {line.row.division.code: line for line in lines if line.row.division.valid_to is None}
    parents = {**others, **{code: line.row.division.parent for code, line in present.items()}}
    refused: set[str] = set()
    for code, division, below in misplaced(parents, present.keys()):
        refused.add(code)
        where = "is apart from the other codes below" if below else "lies among the codes below"
        reason = f"{code} {where} {division}: begin a code with its upper division’s"
        errors.append(RowError(present[code].number, "code", reason))
    kept = []
    for line in sorted(lines, key=lambda line: LEVELS.index(line.row.division.level)):
        code, parent = line.row.division.code, line.row.division.parent
        if code not in refused and parent in refused:
            refused.add(code)
            errors.append(RowError(line.number, "parent", "was refused, and so is what is below it"))
        elif code not in refused:
            kept.append(line)
    return sorted(kept)


def _above(level: str, line: _Line, errors: list[RowError]) -> bool:
    own = line.row.division.level
    if LEVELS.index(level) < LEVELS.index(own):
        return True
    errors.append(RowError(line.number, "level", f"{own} is not below its parent’s, {level}"))
    return False
