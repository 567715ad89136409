"""Which column of a sheet is which field, guessed from its title in Chinese or English. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from lianfang.exchange import dates
from lianfang.exchange.dates import NoDate, read
from lianfang.exchange.layout import DATED, WORDED, Field, Form, Layout, ListKind, layout, meanings, plain

SURE, LIKELY, MAYBE = 3, 2, 1
SEVERAL: Final = re.compile(r"\s*[;,，；、/|]\s*|\s{2,}")
"""What stands between several words of one cell."""
ANY_YEAR: Final = date(2020, 12, 31)
SILENT: Final = dates.NOTHING | dates.UNKNOWN | dates.NEVER
NO_SAMPLES: Final[Mapping[str, Sequence[Any]]] = MappingProxyType({})


class Guess(NamedTuple):
    """A field for a column, and how sure that is: 3 is its very title, 2 its title among others, 1 a part of it."""

    field: str
    sureness: int


def titled(titles: Sequence[object]) -> list[str]:
    """The columns' titles as text, each unlike the others: a second ``date`` is ``date (2)``; an empty one has its
    place, ``#3``."""
    found: list[str] = []
    for at, title in enumerate(titles, 1):
        name = re.sub(r"\s+", " ", str(title or "")).strip().lstrip("\ufeff").strip('"') or f"#{at}"
        number, told = 2, name
        while told in found:
            told, number = f"{name} ({number})", number + 1
        found.append(told)
    return found


def guess(kind: ListKind, titles: Sequence[str], samples: Mapping[str, Sequence[Any]] = NO_SAMPLES) -> dict[str, Guess]:
    """The field of each title that one can be guessed for; no field twice: the surer title has it, then the first.

    ``samples`` are some cells of each column: where none can be read as a field's form, a column is at most perhaps
    that field, and only by its very title.
    """
    its = layout(kind)
    scored = []
    for at, title in enumerate(titles):
        for field, sureness in _scores(its, title).items():
            fits = _fits(its.fields[field], samples.get(title, ()))
            if fits or sureness == SURE:
                scored.append((-sureness if fits else -MAYBE, at, title, field))
    found: dict[str, Guess] = {}
    taken: set[str] = set()
    for minus, _, title, field in sorted(scored):
        if title not in found and field not in taken:
            found[title] = Guess(field, -minus)
            taken.add(field)
    return found


def kind_of(titles: Sequence[str]) -> ListKind:
    """The kind of list whose fields the titles name best."""

    def fits(kind: ListKind) -> int:
        return sum(one.sureness for one in guess(kind, titles).values()) + (kind is ListKind.CASES)

    return max(ListKind, key=fits)


def _scores(its: Layout, title: str) -> dict[str, int]:
    said = plain(title)
    found = {}
    for name, field in its.fields.items():
        own = {plain(one) for one in (name, field.zh, field.en)}
        others = {plain(one) for one in field.aliases}
        if said in own:
            found[name] = SURE
        elif said in others:
            found[name] = LIKELY
        elif any(_within(one, said) for one in own | others):
            found[name] = MAYBE
    return found


def _within(known: str, said: str) -> bool:
    """Whether all of a known title stands in another one; single short words are too little to go by."""
    if not known.isascii():
        return len(known) > 1 and known in said
    return len(known) > 3 and f" {known} " in f" {said} "


def _fits(field: Field, cells: Sequence[Any]) -> bool:
    """Whether some cell can be read as the field's form, where any cell says something."""
    told = [cell for cell in cells if not (isinstance(cell, str) and cell.strip().casefold() in SILENT)]
    if not told:
        return True
    dated = [_dated(cell) for cell in told]
    if field.form in DATED:
        return any(dated)
    if field.form is Form.PERSON or field.form is Form.NUMBER:
        return True
    if field.form in WORDED:
        known = meanings("flag" if field.form is Form.FLAG else field.group)
        return any(plain(part) in known for cell in told for part in SEVERAL.split(str(cell)))
    return not all(dated) or field.form is Form.AGE


def _dated(cell: Any) -> bool:
    try:
        return read(cell, until=ANY_YEAR, order="dmy") is not None
    except NoDate:
        return False


def by_title(mapping: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    """A saved mapping on another sheet's titles, by what they say, whatever their case and punctuation."""
    known = {plain(title): field for title, field in mapping.items()}
    return {title: known[plain(title)] for title in titles if plain(title) in known}
