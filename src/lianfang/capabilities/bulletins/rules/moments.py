"""Dates, hours and windows of notices: what is written, and the moment that it means.

Times are civil time of China (+08:00). 24:00 is 00:00 of the next day. A day without an hour means its end.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import CIVIL_TIME

UNKNOWN_YEAR = 1904  # a leap year: stands for "not known" until the record is put together

_DAYPART = r"(?:凌晨|清晨|早上|早间|早晨|早|上午|中午|午间|下午|傍晚|晚上|晚间|晚|夜间)"
_DAY = (
    r"(?:(?:\d{4}年|今年|去年)?\d{1,2}月\d{1,2}[日号]|(?<![\d.])\d{1,2}[日号](?!线|楼|院|门|床|车|厢)"
    rf"|(?:今[天日]|昨[天日]|当[天日])(?={_DAYPART}?\d{{1,2}}(?:时|点|:\d|-\d)))"
)
_HOUR = rf"(?:{_DAYPART}?(?<!\d)\d{{1,2}}(?:[时点](?![间候名例])(?:\d{{1,2}}分|半|整|许)?|:\d{{2}}(?::\d{{2}})?时?))"
_BARE = rf"(?:{_DAYPART}?\d{{1,2}}(?=[-至到]))"
_TO = r"[-至到]"
_SPOKEN = r"(?:今[天日早晚]?|昨[天日晚]?)\((?=\d)"
_BRACKETED = r"(?:今|昨)\(\d{1,2}\)日"
TIME = (
    rf"{_SPOKEN}(?:\d{{1,2}}月)?\d{{1,2}}日\)(?:{_HOUR}|{_BARE})?(?:{_TO}(?:{_DAY}(?:{_HOUR})?|{_HOUR}))?|{_DAY}(?:\([^()]{{1,8}}\))?(?:{_HOUR}|{_BARE})?(?:{_TO}(?:{_DAY}(?:{_HOUR})?|{_HOUR}))?"
    rf"|(?:{_HOUR}|(?<![\d.]){_BARE}){_TO}(?:{_DAY})?{_HOUR}|{_HOUR}|{_DAYPART}(?=[,;])|{_BRACKETED}"
)


def _side(n: int) -> str:
    return (
        rf"(?:(?:(?P<year{n}>\d{{4}})年|(?P<rel{n}>今年|去年))?(?:(?P<month{n}>\d{{1,2}})月)?(?P<day{n}>\d{{1,2}})[日号]"
        rf"|(?P<today{n}>[今昨当])[天日])?(?:\([^()]{{1,8}}\))?"
        rf"(?P<part{n}>{_DAYPART})?(?:(?P<hour{n}>\d{{1,2}})(?:(?P<mark{n}>[时点])(?:(?P<minute{n}>\d{{1,2}})分|(?P<half{n}>半)|整|许)?"
        rf"|:(?P<colon{n}>\d{{2}})(?::\d{{2}})?时?)?)?"
    )


_PARSE = re.compile(rf"{_side(1)}(?:(?P<to>{_TO}){_side(2)})?$")
_SPOKEN_DAY = re.compile(r"^[今昨][天日早晚]?\(([^()]*)\)")
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?:年|[-./]\d{1,2}[-./]\d{1,2})")
_LATE = frozenset(("下午", "傍晚", "晚上", "晚间", "晚", "夜间"))


class Cutoff(NamedTuple):
    """A cut-off, and the window that ends there if one was written. ``start`` and ``at`` are civil times."""

    at: datetime
    start: datetime | None = None
    precision: str = "hour"


class Calendar:
    """What is known of the date of a text: gives years and months to days written without them."""

    def __init__(self, published_at: datetime | None, text: str, disease_year: int | None) -> None:
        self.published = published_at.astimezone(CIVIL_TIME) if published_at and published_at.tzinfo else published_at
        self.anchor: date | None = self.published.date() if self.published else None
        year = _YEAR.search(text)
        if self.anchor:
            self.year = self.anchor.year  # that of publication
        else:
            self.year = int(year.group(1)) if year else disease_year or UNKNOWN_YEAR

    def day(self, year: str | None, month: str | None, day: str) -> date | None:
        """The date meant by a day with or without month and year; the last one not after publication, or, where that is
        not known, the one nearest to the date before it in the text."""
        number, anchor = int(day), self.anchor
        if month is None:
            if anchor is None:
                return None
            at = self.published.date() if self.published else anchor
            if number > at.day + (1 if self.published else 20):
                at = at.replace(day=1) - timedelta(days=1)
            return _date(at.year, at.month, number)
        if year is None and self.published is None and anchor is not None:
            return _nearest(anchor, int(month), number)
        found = _date(int(year) if year else self.year, int(month), number)
        if found and not year and self.published and found > self.published.date() + timedelta(days=31):
            found = _date(found.year - 1, found.month, found.day)
        return found

    def remember(self, day: date) -> None:
        """Days without a month that follow are near this one."""
        self.anchor = day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(anchor: date, month: int, day: int) -> date | None:
    """The day of a year so that it is nearest to ``anchor``."""
    years = (_date(anchor.year + step, month, day) for step in (0, -1, 1))
    return min((d for d in years if d), key=lambda d: abs(d - anchor), default=None)


def parse(written: str, calendar: Calendar) -> Cutoff | None:
    """The moment or window that a written time means; None where it is no possible time."""
    written = re.sub(r"^[今昨]\((\d{1,2})\)日", r"\1日", written)
    found = _PARSE.match(_SPOKEN_DAY.sub(r"\1", written))
    if found is None:
        return None
    first = _day_of(found, "1", calendar)
    if not found["to"]:
        if first is None and (found["day1"] or calendar.anchor is None or found["hour1"] is None):
            return None
        day = first or calendar.anchor
        assert day is not None
        hour = _hour_of(found, "1")
        calendar.remember(day)
        return Cutoff(_at(day, 24 * 60), None, "day") if hour is None else Cutoff(_at(day, hour))
    return _window(found, first, calendar)


def _window(found: re.Match[str], first: date | None, calendar: Calendar) -> Cutoff | None:
    if first is not None:
        calendar.remember(first)
    second = _day_of(found, "2", calendar)
    start_day = first or calendar.anchor
    if start_day is None or (found["day2"] and second is None):
        return None
    start_hour, end_hour = _hour_of(found, "1"), _hour_of(found, "2")
    if second is not None and not found["month2"] and not found["today2"]:
        second = _after(start_day, second.day)
    end_day = second or start_day
    start = _at(start_day, start_hour if start_hour is not None else 0)
    end = _at(end_day, end_hour if end_hour is not None else 24 * 60)
    if end <= start and second is None and first is not None:
        end += timedelta(days=1)
    elif end <= start and first is None:
        start -= timedelta(days=1)
    if first is None and second is None and calendar.published and end > calendar.published:
        start, end = start - timedelta(days=1), end - timedelta(days=1)  # 0-24时, told the next morning
    if not timedelta(0) < end - start <= timedelta(days=62):
        return None
    calendar.remember(end_day)
    return Cutoff(end, start, "hour" if end_hour is not None else "day")


def _after(start: date, number: int) -> date | None:
    """The first day of that number on or after a day."""
    if number >= start.day:
        return _date(start.year, start.month, number)
    following = start.replace(day=28) + timedelta(days=4)
    return _date(following.year, following.month, number)


def _day_of(found: re.Match[str], side: str, calendar: Calendar) -> date | None:
    today = found["today" + side]
    if today:
        day = calendar.published.date() if calendar.published else calendar.anchor
        return day - timedelta(days=1) if day and today == "昨" else day
    if not found["day" + side]:
        return None
    return calendar.day(found["year" + side], found["month" + side], found["day" + side])


def _hour_of(found: re.Match[str], side: str) -> int | None:
    """Minutes since midnight, None where no hour is written."""
    if not found["hour" + side]:
        return None
    hour = int(found["hour" + side])
    minute = int(found["minute" + side] or found["colon" + side] or (30 if found["half" + side] else 0))
    if hour < 12 and found["part" + side] in _LATE:
        hour += 12
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CIVIL_TIME) + timedelta(minutes=minutes)
