"""Reads the English notices that Lianfang writes, and no others: a proof that the English says what the record says.

The grammar is that of ``write_en``, sentence by sentence; what does not fit raises ValueError with the place.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import (
    CIVIL_TIME,
    METRICS,
    AreaCount,
    AreasAffected,
    Attributes,
    Basis,
    BulletinRecord,
    Count,
    Qualifier,
    Unit,
    Window,
)
from lianfang.capabilities.bulletins.rules import wording as words
from lianfang.capabilities.bulletins.rules.write_en import MONTHS, label_en
from lianfang.places.gazetteer import Division, Gazetteer
from lianfang.profiles.names import diseases, in_force

_DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
_HOUR = r"\d{1,2}:\d\d"
_AMOUNT = re.compile(r"(?:(at least|nearly|about) )?(no|\d{1,3}(?:,\d{3})*)")
_NOTE = re.compile(r" \[in (cases|persons|person-times)\]")
_SEPARATOR = re.compile(r", | and ")
_QUALIFIERS = {text: qualifier for qualifier, text in words.BEFORE_EN.items()}
_UNITS = {text: unit for unit, text in words.UNIT_EN.items()}
_LEVELS = {text: level for level, text in words.LEVEL_EN.items()}
_GROUPS = {text: group for group, text in words.GROUPS_EN.items()}
_ZONES = {text: zone for zone, text in words.ZONES_EN.items()}


class _Amount(NamedTuple):
    n: int
    qualifier: Qualifier
    start: int
    end: int


class _Reader:
    """A place in the text, and what was read up to it."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.at = 0
        self.area: Division | None = None
        self.as_of: datetime | None = None
        self.precision = "hour"
        self.window: Window | None = None
        self.disease = ""
        self.figures: list[Count] = []
        self.by_area: list[AreaCount] = []
        self.affected: AreasAffected | None = None
        self.attributes: dict[str, bool] = {}

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        found = re.compile(pattern).match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def need(self, pattern: str | re.Pattern[str]) -> re.Match[str]:
        found = self.take(pattern)
        if found is None:
            raise ValueError(f"not understood at {self.at}: {self.text[self.at : self.at + 40]!r}")
        return found

    # sentences

    def notice(self) -> None:
        while self.at < len(self.text):
            self.sentence()
            if self.at < len(self.text):
                self.need(" ")

    def sentence(self) -> None:
        if self.take(re.escape(words.IN_HOSPITAL_EN)):
            self.attributes["all_in_designated_hospital"] = True
        elif self.take(re.escape(words.EXCEPT_CURED_EN)):
            self.attributes["all_in_designated_hospital_except_cured"] = True
        elif self.take("Distribution of "):
            self.distribution()
        elif self.take("It also reported |In addition, it reported "):
            self.items()
        elif window := self.take(rf"From ({_HOUR})(?: on ({_DATE}))? to ({_HOUR}) on ({_DATE}), "):
            start, end = _moment(window[1], window[2] or window[4]), _moment(window[3], window[4])
            self.window = Window(start=start, end=end)
            if self.as_of is None:
                self.as_of = self.window.end
            self.own_area(" reported")
            self.items()
        else:
            self.lead()

    def lead(self) -> None:
        if found := self.take(rf"As of ({_HOUR}) on ({_DATE}), "):
            self.as_of = _moment(found[1], found[2])
        elif found := self.take(rf"As of the end of ({_DATE}), "):
            self.as_of, self.precision = _date(found[1]) + timedelta(days=1), "day"
        if self.own_area(" had reported| reported as follows").endswith("follows"):
            self.need("Distribution of ")
            self.distribution()
        else:
            self.items()

    def own_area(self, verbs: str) -> str:
        """The area's name and the verb, perhaps with the disease; returns the verb."""
        names = "|".join(map(re.escape, sorted(_disease_codes(), key=len, reverse=True)))
        found = self.need(rf"(.+?)(?: \[(\S+)\])?({verbs})(?: on ({names}))?:? ")
        self.disease = self.disease or _disease_codes().get(found[4] or "", "")
        name = found[1].removesuffix(" Province")
        on = self.as_of.date() if self.as_of is not None else None
        code = found[2]
        area = self.gazetteer.division(code) if code else self.gazetteer.resolve(name, None, on)
        if area is None or (self.area is not None and area.code != self.area.code):
            raise ValueError(f"not the notice's area: {found[1]!r}")
        self.area = area
        return str(found[3])

    def items(self) -> None:
        if not self.divisions_affected("cases in "):
            self.item()
            while not self.divisions_affected(", in ") and self.take(_SEPARATOR):
                self.item()
        self.need(r"\.")

    def divisions_affected(self, before: str) -> bool:
        found = self.take(rf"{before}(\d+) ({'|'.join(_LEVELS)})-level divisions?")
        if found is not None:
            level, (start, end) = _LEVELS[found[2]], found.span(1)
            self.affected = AreasAffected(n=int(found[1]), level=level, start=start, end=end)
        return found is not None

    # numbers

    def item(self) -> None:
        start = self.at
        if self.take("no change in severe cases"):
            self.figure(words.DELTA, _Amount(0, Qualifier.EXACT, start, self.at))
            return
        if change := self.take("an? (increase|decrease) of "):
            amount = self.amount()
            self.need(" severe cases?")
            sign = 1 if change[1] == "increase" else -1
            self.figure(words.DELTA, amount._replace(n=sign * amount.n))
            return
        total = self.take("a total of ") is not None
        amount = self.amount()
        metric = self.metric(total)
        note = self.take(_NOTE)
        self.figure(metric, amount, _UNITS[note[1]] if note else None)
        if self.take(rf" \({words.ALL_IMPORTED_EN}\)"):
            self.attributes["all_imported" if metric == "confirmed_cum" else "all_new_imported"] = True
        if self.take(r" \(of whom "):
            self.figure("critical", self.amount())
            self.need(r" critical\)")
            self.attributes["critical_within_severe"] = True

    def amount(self) -> _Amount:
        found = self.need(_AMOUNT)
        n = 0 if found[2] == "no" else int(found[2].replace(",", ""))
        return _Amount(n, _QUALIFIERS[found[1]] if found[1] else Qualifier.EXACT, found.start(), found.end())

    def metric(self, total: bool) -> str:
        """The metric whose words come next: of several, the one with the longest."""
        best: tuple[int, str, str] | None = None
        for metric, pattern in _patterns(total).items():
            found = pattern.match(self.text, self.at)
            if found is not None and (best is None or found.end() > best[0]):
                best = (found.end(), metric, found.groupdict().get("disease") or "")
        if best is None:
            raise ValueError(f"not understood at {self.at}: {self.text[self.at : self.at + 40]!r}")
        self.at = best[0]
        self.disease = self.disease or _disease_codes().get(best[2], best[2])
        return best[1]

    def figure(self, metric: str, amount: _Amount, unit: Unit | None = None) -> None:
        self.figures.append(
            Count(
                metric=metric,
                n=amount.n,
                unit=unit or METRICS[metric].unit,
                qualifier=amount.qualifier,
                start=amount.start,
                end=amount.end,
            )
        )

    # areas

    def distribution(self) -> None:
        metrics = {label_en(m): m for m in METRICS}
        label = self.need(rf"({'|'.join(map(re.escape, sorted(metrics, key=len, reverse=True)))}): ")[1]
        assert self.area is not None
        found = self.divisions(metrics[label], self.area.code)
        self.need(r"\.")
        self.by_area += _gathered(found)

    def divisions(self, metric: str, within: str | None) -> list[AreaCount]:
        found = [self.division(metric, within)]
        while self.take(_SEPARATOR):
            found.append(self.division(metric, within))
        return found

    def division(self, metric: str, within: str | None) -> AreaCount:
        name = self.need(r"“[^”]*”|[^,()“”]+?(?= in | (?:at least|nearly|about) \d| \d)")
        parent: tuple[str | None, str] | None = None
        if self.take(" in "):
            parent_name = self.need(r"“[^”]*”|[^,()“”]+?(?= (?:at least|nearly|about) \d| \d)")[0]
            parent = self.place(parent_name, within)
        code, zh = self.place(name[0], parent[0] if parent is not None else within)
        self.need(" ")
        amount = self.amount()
        note = self.take(_NOTE)
        unit = _UNITS[note[1]] if note else METRICS[metric].unit
        children: tuple[AreaCount, ...] = ()
        if self.take(r" \("):
            children = self.inherited(metric, code, unit, amount) or tuple(self.divisions(metric, code))
            self.need(r"\)")
        own = _area(metric, code, zh, unit, amount, children)
        if parent is None:
            return own
        above = _area(metric, *parent, unit, amount, (own,))
        return above.model_copy(update={"basis": Basis.DERIVED, "start": None, "end": None})

    def inherited(self, metric: str, within: str | None, unit: Unit, amount: _Amount) -> tuple[AreaCount, ...]:
        """A bare county in brackets, which has its parent's number."""
        found = re.compile(r"(“[^”]*”|[^,()“”]+)(?=\))").match(self.text, self.at)
        if found is None or re.search(r" (?:(?:at least|nearly|about) )?\d[\d,]*(?: \[in \S+\])?$", found[1]):
            return ()
        self.at = found.end()
        code, zh = self.place(found[1], within)
        return (_area(metric, code, zh, unit, amount._replace(start=found.start(), end=found.end()), ()),)

    def place(self, name: str, within: str | None) -> tuple[str | None, str]:
        """The code and Chinese name of a place as written."""
        if name.startswith("“"):
            return None, name[1:-1]
        if name in _GROUPS:
            return None, _GROUPS[name]
        coded = re.fullmatch(r"(.+) \[(\S+)\]", name)
        on = self.as_of.date() if self.as_of is not None else None
        if coded is not None:
            division = self.gazetteer.division(coded[2], on) or self.gazetteer.division(coded[2])
            return coded[2], division.name if division is not None else coded[1]
        if name in _ZONES and within is not None:
            return f"{within}-{_ZONES[name]}", _ZONES[name]
        division = self.gazetteer.resolve(name, within, on)
        if division is None:
            raise ValueError(f"no such place: {name!r}")
        return division.code, division.name


def read_en(text: str, *, gazetteer: Gazetteer) -> BulletinRecord:
    """The record that an English notice of Lianfang's own states. Raises ValueError where the text is none."""
    reader = _Reader(text, gazetteer)
    reader.notice()
    if reader.area is None:
        raise ValueError("the text names no area")
    return BulletinRecord(
        bulletin_id="",
        area_code=reader.area.code,
        disease=reader.disease or in_force(reader.as_of.date() if reader.as_of else None) or "unspecified",
        as_of=reader.as_of,
        as_of_precision=reader.precision,
        window=reader.window,
        figures=tuple(reader.figures),
        by_area=tuple(reader.by_area),
        attrs=Attributes(**reader.attributes),
        areas_affected=reader.affected,
    )


def _area(
    metric: str, code: str | None, name: str, unit: Unit, amount: _Amount, children: tuple[AreaCount, ...]
) -> AreaCount:
    return AreaCount(
        metric=metric,
        n=amount.n,
        unit=unit,
        qualifier=amount.qualifier,
        start=amount.start,
        end=amount.end,
        code=code,
        name=name,
        children=children,
    )


def _gathered(found: list[AreaCount]) -> list[AreaCount]:
    """Counties whose parent is not stated come together under one derived parent, the sum of them."""
    gathered: dict[tuple[str | None, str], AreaCount] = {}
    rows: list[tuple[str | None, str]] = []
    for area in found:
        key = (area.code, area.name)
        known = gathered.get(key)
        if known is not None and known.basis is area.basis is Basis.DERIVED:
            children = (*known.children, *area.children)
            area = known.model_copy(update={"n": known.n + area.n, "children": children})
        else:
            rows.append(key)
        gathered[key] = area
    return [gathered[key] for key in rows]


@cache
def _patterns(total: bool) -> dict[str, re.Pattern[str]]:
    """What follows the number: of the cumulative metrics after "a total of", else of all, those with "so far"."""
    names = "|".join(re.escape(name) for name in sorted(_disease_codes(), key=len, reverse=True))
    found = {}
    for metric in METRICS:
        said = words.wording(metric).en if metric != words.DELTA else words.TOTAL_EN
        of_total = said.startswith(words.TOTAL_EN)
        after = re.escape(said.partition("{n}")[2]).replace(re.escape("(s)"), "s?")
        named = after.replace(re.escape("{d}"), rf"(?: of (?P<disease>{names}))?")
        if metric != words.DELTA and (of_total or not total):
            found[metric] = re.compile(f"{named} so far" if of_total and not total else named)
    return found


@cache
def _disease_codes() -> dict[str, str]:
    return {name: d.code for d in diseases() for name in (*(n.en for n in d.names), d.en) if name}


def _moment(clock: str, day: str) -> datetime:
    """「24:00」 on 「27 January 2020」."""
    hour, _, minute = clock.partition(":")
    return _date(day) + timedelta(hours=int(hour), minutes=int(minute))


def _date(text: str) -> datetime:
    day, month, year = text.split()
    return datetime(int(year), MONTHS.index(month) + 1, int(day), tzinfo=CIVIL_TIME)
