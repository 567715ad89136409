"""What a form is made of, and the words on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Literal, NamedTuple

from lianfang.exchange.layout import words
from lianfang.facts.fact import Days
from lianfang.profiles.disease import groups, profiles, terms

ZONE: Final = timezone(timedelta(hours=8))
Of = Literal["case", "contact", "area"]
Pair = tuple[str, str]
"""A text in Chinese and in English."""


class Kind(NamedTuple):
    """A form, and what it is of: one case, one contact, or an area on a day. ``named``: it has room for the person."""

    code: str
    zh: str
    en: str
    of: Of
    named: bool


KINDS: Final[Mapping[str, Kind]] = {
    one.code: one
    for one in (
        Kind("report-card", "传染病报告卡", "Infectious-disease report card", "case", True),
        Kind("investigation", "个案调查表", "Case investigation form", "case", True),
        Kind("contact-register", "密切接触者登记表", "Contact register", "area", True),
        Kind("observation-sheet", "密切接触者医学观察登记表", "Contact observation sheet", "contact", True),
        Kind("observation-statistics", "医学观察统计日报表", "Daily observation statistics", "area", False),
        Kind("screening-report", "健康排查日报", "Daily screening report", "area", False),
        Kind("zero-report", "零报告", "Zero report", "area", False),
    )
}
"""Names: of 2020, as the control protocols' annexes are cited; which fields each has is a working definition."""


class Cell(NamedTuple):
    """A labelled field of a form; an empty text is left blank to be filled in by hand."""

    label: str
    text: str


class Table(NamedTuple):
    """A table of a form."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Sheet(NamedTuple):
    """A form, filled in. ``note`` says from what."""

    form: str
    title: str
    cells: Sequence[Cell]
    tables: Sequence[Table]
    note: str
    after: str | None = None
    """Where a further page begins."""


class Words:
    """How values are written in one language."""

    def __init__(self, lang: Literal["zh", "en"]) -> None:
        self.lang, self._at = lang, int(lang == "en")

    def say(self, zh: str, en: str) -> str:
        return (zh, en)[self._at]

    def cell(self, zh: str, en: str, value: Any = "") -> Cell:
        """A field with its value written out."""
        return Cell(self.say(zh, en), self.write(value))

    def columns(self, *pairs: Pair) -> list[str]:
        return [pair[self._at] for pair in pairs]

    def write(self, value: Any) -> str:
        """A value as it stands on paper; nothing where it is not known."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.say("是", "yes") if value else self.say("否", "no")
        if isinstance(value, datetime):
            return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, Days):
            if value.exact:
                return value.earliest.isoformat()
            return self.say(f"{value.earliest}至{value.latest}", f"{value.earliest} to {value.latest}")
        if isinstance(value, float):
            return f"{value:g}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def term(self, group: str, code: Any) -> str:
        """A code in words; the code itself where the dictionary has not got it."""
        if code is None:
            return ""
        known = terms(group) if group in groups() else words(group)
        return next((self.say(one.zh, one.en) for one in known if one.code == str(code)), str(code))

    def terms(self, group: str, codes: Iterable[Any] | None) -> str:
        return self.say("、", ", ").join(self.term(group, code) for code in codes or ())

    def disease(self, code: str) -> str:
        return next((self.say(one.zh, one.en) for one in profiles() if one.code == code), code)
