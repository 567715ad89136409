"""A row's cells as values of their fields' forms, or what is wrong with them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from lianfang.exchange import dates, layout
from lianfang.exchange.dates import NoDate, Span
from lianfang.exchange.faults import Fault, Reason, fault
from lianfang.exchange.guess import SEVERAL
from lianfang.exchange.layout import WORDED, Field, Form, meanings, plain
from lianfang.exchange.mapping import Mapping as Sheet

Area = Callable[[str], str | None]
"""The code of an area by its code or name; None where there is none, or several."""
NUMBER: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
OLDEST: Final = 130
_AGE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(岁|years?|y|yrs?|个?月|months?|mo?|天|days?|d)?", re.I)
_MONTHS, _DAYS = ("月", "个月", "month", "months", "m", "mo"), ("天", "day", "days", "d")
_REQUIRED: Final = frozenset({Form.NUMBER, Form.AREA})
"""Forms of which a row is refused that cannot be read; of the others only those that ``needs`` names."""


class Told(NamedTuple):
    """A row as read. ``said`` has a value for each field that says something; ``never`` those that say that it did not
    happen; ``raw`` the vault's fields and the free words, as they stand."""

    row: int
    said: Mapping[str, Any]
    never: frozenset[str]
    raw: Mapping[str, Any]
    faults: tuple[Fault, ...]

    @property
    def good(self) -> bool:
        return all(one.note for one in self.faults)


class _No(Exception):
    """A cell that cannot be read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read(
    row: int, titles: Sequence[str], cells: Sequence[Any], sheet: Sheet, *, area: Area, needs: frozenset[str]
) -> Told:
    """A row's cells by the mapping. What cannot be read of a field in ``needs``, of a number or of the area makes the
    row faulty; of any other it is left out and told."""
    fields = layout.layout(sheet.kind).fields
    given: dict[str, Any] = dict(sheet.constants)
    for title, cell in zip(titles, cells, strict=False):
        name = sheet.columns.get(title, "")
        if name and not (isinstance(cell, str) and plain_nothing(cell)):
            given[name] = cell
    said: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    never: set[str] = set()
    faults: list[Fault] = []
    for name, cell in given.items():
        field = fields[name]
        if cell is None:
            faults.append(fault(row, name, "left_out"))
            continue
        if field.form not in (Form.PERSON, *WORDED) and (stated := sheet.meaning(name, str(cell))) is not None:
            cell = stated
        try:
            if field.form in (Form.PERSON, Form.NUMBERS):
                raw[name] = cell
            elif (value := _value(field, name, cell, sheet, area, row, faults)) is not None:
                said[name] = value
            elif field.form in layout.DATED and dates.never(cell):
                never.add(name)
        except _No as refused:
            hard = name in needs or (
                field.form in _REQUIRED and name not in ("residence", "stay", "came_from", "stayed_in")
            )
            hard = hard or (field.form in layout.DATED and refused.reason != "open_range")
            faults.append(fault(row, name, refused.reason if hard else "left_out"))
    told = {*said, *raw, *(one.field for one in faults)}
    faults += [fault(row, name, "missing") for name in sorted(needs - told)]
    return Told(row, said, frozenset(never), raw, tuple(faults))


def plain_nothing(cell: str) -> bool:
    """Whether a cell says nothing at all."""
    return cell.strip().casefold() in dates.NOTHING


def _value(field: Field, name: str, cell: Any, sheet: Sheet, area: Area, row: int, faults: list[Fault]) -> Any:
    text = str(cell).strip()
    match field.form:
        case Form.DAYS:
            return _span(cell, sheet)
        case Form.DAY:
            span = _span(cell, sheet)
            return None if span is None else _day(span)
        case Form.TIME:
            return _time(cell, text, sheet)
        case Form.NUMBER:
            return _matching(NUMBER, text, "no_number")
        case Form.CODE:
            return _matching(NUMBER, text, "no_code")
        case Form.AREA:
            found = area(text)
            if found is None:
                raise _No("unknown_area")
            return found
        case Form.AGE:
            return _age(text)
        case Form.TERM:
            return _term(field.group, name, text, sheet)
        case Form.FLAG:
            found = _term("flag", name, text, sheet)
            return None if found is None else found == "yes"
        case Form.TERMS:
            return _terms(field.group, name, text, sheet, row, faults)
        case _:
            raise AssertionError(field.form)


def _span(cell: Any, sheet: Sheet) -> Span | None:
    """A span whose beginning is known or stated; its end may be open. Raises _No."""
    try:
        span = dates.read(cell, until=sheet.until, order=sheet.order)
    except NoDate as error:
        raise _No(error.why) from None
    if span is None or span.earliest is not None:
        return span
    if sheet.earliest is None:
        raise _No("open_range")
    assert span.latest is not None
    return Span(min(sheet.earliest, span.latest), span.latest)


def _day(span: Span) -> date:
    """Of a range, the last day: by then it had happened."""
    day = span.latest or span.earliest
    assert day is not None
    return day


def _time(cell: Any, text: str, sheet: Sheet) -> datetime | date | None:
    if isinstance(cell, datetime):
        return cell
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        span = _span(cell, sheet)
        return None if span is None else _day(span)


def _matching(pattern: re.Pattern[str], text: str, reason: Reason) -> str:
    if not pattern.fullmatch(text):
        raise _No(reason)
    return text


def _age(text: str) -> float | None:
    found = _AGE.fullmatch(text)
    if not found:
        raise _No("no_age")
    unit = (found[2] or "").casefold()
    years = float(found[1]) / (12 if unit in _MONTHS else 365.25 if unit in _DAYS else 1)
    if years > OLDEST:
        raise _No("no_age")
    return round(years, 3)


def _term(group: str, name: str, text: str, sheet: Sheet) -> str | None:
    stated = sheet.meaning(name, text)
    if stated is not None:
        return stated or None
    found = meanings(group).get(plain(text))
    if found is None:
        if text.casefold() in dates.UNKNOWN:
            return None
        raise _No("unknown_word")
    return found


def _terms(group: str, name: str, text: str, sheet: Sheet, row: int, faults: list[Fault]) -> tuple[str, ...] | None:
    """The terms that are known; the others are told of."""
    if plain(text) in meanings(group):  # a term's own title may have a comma
        return (meanings(group)[plain(text)],)
    found = []
    for part in SEVERAL.split(text):
        if not part or part.casefold() in dates.NOTHING | dates.UNKNOWN | dates.NEVER:
            continue
        try:
            one = _term(group, name, part, sheet)
        except _No:
            faults.append(fault(row, name, "not_known"))
            continue
        if one and one not in found:
            found.append(one)
    return tuple(found) or None
