"""Days and ranges of days as people write them in lists, in Chinese and in English. Pure.

A day without a year lies in the year up to ``until``, the day that the list is of. A range that is open on one side
(``? to 18-Jan``) keeps that side empty: nothing is made up here.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Order = Literal["dmy", "mdy"]
Why = Literal["no_date", "no_such_day", "no_year", "which_order", "reversed"]

EPOCH = date(1899, 12, 30)  # of spreadsheets: day 1 is 1900-01-01, as they count 1900 for a leap year
SERIALS = range(20_000, 80_000)  # 1954 to 2119: a smaller number is an age or a count, a larger one 20200105
LONGEST_WITHOUT_YEARS = timedelta(days=183)  # 9-Jan to 5-Jan is a slip, 28-Dec to 3-Jan is not
NOTHING = frozenset({"", "-", "--", "—", "/", "na", "n/a", "nan", "null", "nil", ".", "未填", "空"})
UNKNOWN = frozenset({"?", "??", "unknown", "unk", "not known", "不详", "未知", "不明", "不清"})
NEVER = frozenset({"no", "none", "never", "无", "没有", "否", "无症状", "asymptomatic", "no symptoms"})
_SILENT = NOTHING | UNKNOWN | NEVER
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
            ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"),
            ("nov", "november"), ("dec", "december"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*[日号]?{_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_CHINESE = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_PART_OF_MONTH = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月(?:份|(上旬|中旬|下旬|初|中|底))?")
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s./]*(?:of\s+)?({_MONTH})\.?(?:[-\s./,]+(\d{{4}}|\d{{2}}))?", re.I
)
_MONTH_DAY = re.compile(rf"({_MONTH})\.?[-\s./]*(\d{{1,2}})(?:st|nd|rd|th)?(?:[\s,./-]+(\d{{4}}))?", re.I)
_NUMBERS = re.compile(rf"(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}})(?:\s*[/.-]\s*(\d{{4}}|\d{{2}}))?{_TIME}")
_BETWEEN = re.compile(
    r"\s+(?:to|till|until|through|-)\s+|\s*(?:–|—|~|～|至|到|&)\s*|\s+(?:to|-)$|^(?:to|-)\s+|\s+and\s+", re.I
)
_SHORT_RANGE = re.compile(rf"(\d{{1,2}})\s*-\s*(\d{{1,2}})[-\s]+({_MONTH})(?:[-\s]+(\d{{4}}))?", re.I)
_CHINESE_RANGE = re.compile(
    r"((?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*)(\d{1,2})\s*[日号]?\s*[-–—~～至到、]\s*(\d{1,2})\s*[日号]"
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_UPTO = re.compile(r"(?:<=|<|≤|by|before|until|up to|截至)\s*(.+)|(.+?)\s*(?:之前|以前|前)", re.I)
_FROM = re.compile(r"(?:>=|>|≥|from|after|since)\s*(.+)|(.+?)\s*(?:之后|以后|后|起)", re.I)
_PARTS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31), "底": (21, 31)}


class NoDate(ValueError):
    """A text that is no day and no range; ``why`` is a code."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class Span(NamedTuple):
    """From the earliest to the latest day that may be meant, both included; None where that side is open."""

    earliest: date | None
    latest: date | None

    @property
    def open(self) -> bool:
        return self.earliest is None or self.latest is None


class _Day(NamedTuple):
    """A day as written. ``year`` is None where none is."""

    year: int | None
    month: int
    day: int
    last: int | None = None
    """Of a part of a month: its last day."""


def read(value: Any, *, until: date | None = None, order: Order | None = None) -> Span | None:
    """What a cell says: a span, or None where it says nothing, says that it is not known, or that it did not happen
    (see ``never``). Raises NoDate."""
    if isinstance(value, datetime):
        return _exactly(value.date())
    if isinstance(value, date):
        return _exactly(value)
    return _read(str(value), until, order)


@lru_cache(50_000)  # of a list's days there are few, each many times
def _read(value: str, until: date | None, order: Order | None) -> Span | None:
    text = _plain(value)
    if text.casefold() in _SILENT:
        return None
    if (serial := re.fullmatch(r"(\d{5})(?:\.\d+)?", text)) and int(serial[1]) in SERIALS:
        return _exactly(EPOCH + timedelta(days=int(serial[1])))
    if found := _one(text, until, order):
        return found
    return _range(text, until, order)


def never(value: Any) -> bool:
    """Whether a cell says that it did not happen (``NO``, 无), which is not the same as saying nothing."""
    return isinstance(value, str) and _plain(value).casefold() in NEVER


def order_of(values: Iterable[Any]) -> Order | None:
    """In which order numbers such as 14/01/2020 stand, where the values of a column tell: a number above 12 is a day.
    None where none tells, or where they contradict each other."""
    told: set[Order] = set()
    for value in values:
        found = _NUMBERS.fullmatch(_plain(value)) if isinstance(value, str) else None
        if found:
            if int(found[1]) > 12:
                told.add("dmy")
            elif int(found[2]) > 12:
                told.add("mdy")
    return told.pop() if len(told) == 1 else None


def _plain(value: Any) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(value))).strip().strip("'\"")


def _exactly(day: date) -> Span:
    return Span(day, day)


def _one(text: str, until: date | None, order: Order | None) -> Span | None:
    """A single day, or a part of a month; None where the text is neither."""
    written = _written(text.removesuffix("?").removeprefix("?").strip(), order)
    return None if written is None else _placed(written, until)


def _written(text: str, order: Order | None) -> _Day | None:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _Day(int(found[1]), int(found[2]), int(found[3]))
    if found := _CHINESE.fullmatch(text):
        return _Day(None, int(found[1]), int(found[2]))
    if found := _DAY_MONTH.fullmatch(text):
        return _Day(_year(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _Day(_year(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    if found := _PART_OF_MONTH.fullmatch(text):
        first, last = _PARTS.get(found[3] or "", (1, 31))
        return _Day(_year(found[1]), int(found[2]), first, last)
    if found := _NUMBERS.fullmatch(text):
        return _in_order(int(found[1]), int(found[2]), _year(found[3]), order)
    return None


def _in_order(first: int, second: int, year: int | None, order: Order | None) -> _Day:
    if first > 12 or (order == "dmy" and second <= 12):
        return _Day(year, second, first)
    if second > 12 or order == "mdy" or first == second:
        return _Day(year, first, second)
    raise NoDate("which_order")


def _year(written: str | None) -> int | None:
    """A year of two digits is of the century that it lies in best: 00 to 68 are 2000 to 2068, as POSIX has it."""
    if written is None:
        return None
    year = int(written)
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _placed(written: _Day, until: date | None) -> Span:
    """The day with its year. Raises NoDate."""
    if written.month not in range(1, 13):
        raise NoDate("no_such_day")
    if written.year is not None:
        return _of_year(written, written.year)
    if until is None:
        raise NoDate("no_year")
    for year in range(until.year, until.year - 8, -1):  # eight years hold a 29 February
        try:
            span = _of_year(written, year)
        except NoDate:
            continue
        if span.earliest is not None and span.earliest <= until:
            return span
    raise NoDate("no_such_day")


def _of_year(written: _Day, year: int) -> Span:
    last = written.last and min(written.last, monthrange(year, written.month)[1])
    try:
        return Span(date(year, written.month, written.day), date(year, written.month, last or written.day))
    except ValueError:
        raise NoDate("no_such_day") from None


def _range(text: str, until: date | None, order: Order | None) -> Span | None:
    """A range between two days, or one that is open. Raises NoDate."""
    if found := _SHORT_RANGE.fullmatch(text):
        tail = f" {found[3]}" + (f" {found[4]}" if found[4] else "")
        return _between(found[1] + tail, found[2] + tail, until, order)
    if found := _CHINESE_RANGE.fullmatch(text):
        return _between(f"{found[1]}{found[2]}日", f"{found[1]}{found[3]}日", until, order)
    sides = [side for side in _BETWEEN.split(text) if side is not None]
    if len(sides) > 2 and all(_unknown(side) for side in sides[:-2]):  # "? to ? to 9-Jan"
        sides = sides[-2:]
    if len(sides) == 2:
        return _between(sides[0], sides[1], until, order)
    for pattern, before in ((_UPTO, True), (_FROM, False)):
        if found := pattern.fullmatch(text):
            span = _one((found[1] or found[2]).strip(), until, order)
            if span:
                return Span(None, span.latest) if before else Span(span.earliest, None)
    raise NoDate("no_date")


def _between(first: str, second: str, until: date | None, order: Order | None) -> Span | None:
    latest = None if _unknown(second) else _one(second.strip(), until, order)
    if latest is None and not _unknown(second):
        raise NoDate("no_date")
    earliest = None if _unknown(first) else _one(_with_year(first, second), _end(latest, until), order)
    if earliest is None and not _unknown(first):
        raise NoDate("no_date")
    if earliest is None and latest is None:
        return None
    span = Span(earliest and earliest.earliest, latest and latest.latest)
    if span.earliest and span.latest:
        turned = span.latest - span.earliest > LONGEST_WITHOUT_YEARS and not _FOUR_DIGITS.search(first)
        if span.earliest > span.latest or turned:
            raise NoDate("reversed")
    return span


def _with_year(first: str, second: str) -> str:
    """The first side with the month that only the second one tells: ``5 to 9 Jan``."""
    if re.fullmatch(r"\d{1,2}", first.strip()) and (found := _DAY_MONTH.fullmatch(second.strip())):
        return f"{first.strip()} {found[2]}" + (f" {found[3]}" if found[3] else "")
    return first.strip()


def _end(latest: Span | None, until: date | None) -> date | None:
    """A range's first day without a year lies in the year up to its last one; only where years are told at all."""
    return latest.latest if latest is not None and latest.latest is not None else until


def _unknown(side: str) -> bool:
    return side.strip().casefold() in _SILENT
