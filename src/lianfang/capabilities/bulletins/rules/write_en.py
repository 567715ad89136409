"""The English notice. ``read_en`` reads what is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianfang.capabilities.bulletins.facts import BulletinRecord, Count, Qualifier, Unit, Window
from lianfang.capabilities.bulletins.rules import wording as words
from lianfang.capabilities.bulletins.rules.page import (
    AreaItem,
    Item,
    Page,
    inherits,
    items,
    lists_of_areas,
    names_disease,
    unit_differs,
)
from lianfang.capabilities.bulletins.rules.wording import Place
from lianfang.capabilities.bulletins.rules.write_zh import day_and_hour
from lianfang.places.gazetteer import Gazetteer

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Writer:
    """One notice: what has been said already decides how the next sentence begins."""

    def __init__(self, record: BulletinRecord, page: Page, gazetteer: Gazetteer) -> None:
        self.record = record
        self.page = page
        self.gazetteer = gazetteer
        self.area = area_en(record, gazetteer)
        _, name = words.disease(record.disease, record.as_of.date() if record.as_of else None)
        self.disease = f" of {name}" if name else ""
        self.outbreak = ""
        if self.disease and not names_disease(record):
            self.disease, self.outbreak = "", f" on {name}:"
        self.opened = False

    def open(self, verb: str = "had reported", further: str = "It also reported") -> None:
        """「As of …, Yunnan Province had reported」 before the first stock; 「It also reported」 after that."""
        self.page.put(" " if self.page.text else "")
        if self.opened:
            self.page.put(f"{further} ")
            return
        when = cut_off(self.record)
        self.page.put(f"As of {when}, {self.area} {verb}" if when else f"{self.area} {verb}")
        self.name_outbreak()
        self.opened = True

    def name_outbreak(self) -> None:
        """「 on Ebola virus disease:」 where no number has a place for the disease's name; once."""
        self.page.put(f"{self.outbreak} ")
        self.outbreak = ""

    def numbers(self, found: Sequence[Item], *, affected: bool = False) -> None:
        """The numbers of a sentence, with what the notice says of them."""
        attrs = self.record.attrs
        within = (
            next((i for i in found if i.figure.metric == "critical"), None) if attrs.critical_within_severe else None
        )
        nested = within is not None and any(i.figure.metric == "severe" for i in found)
        shown = [i for i in found if not (nested and i is within)]
        last = len(shown) - 1
        for n, item in enumerate(shown):
            self.page.put("" if n == 0 else " and " if n == last else ", ")
            self.number(item)
            metric = item.figure.metric
            if metric == "severe" and nested and within is not None:
                self.page.put(" (of whom ")
                self.page.number(within.path, amount_en(within.figure))
                self.page.put(" critical)")
            if (metric == "confirmed_cum" and attrs.all_imported) or (
                metric == "confirmed_new" and attrs.all_new_imported
            ):
                self.page.put(f" ({words.ALL_IMPORTED_EN})")
        if affected and self.record.areas_affected is not None:
            n, level = self.record.areas_affected.n, self.record.areas_affected.level
            self.page.put(", in " if shown else "cases in ")
            self.page.number(("affected",), str(n))
            self.page.put(f" {words.LEVEL_EN.get(level, level)}-level division{'' if n == 1 else 's'}")

    def number(self, item: Item) -> None:
        count = item.figure
        if count.metric == words.DELTA:
            self.change(item)
            return
        said = said_en(count)
        if "{d}" in said:
            said, self.disease = said.replace("{d}", self.disease), ""
        before, _, after = said.partition("{n}")
        self.page.put(before)
        self.page.number(item.path, amount_en(count))
        self.page.put(f"{after}{unit_note(count)}")

    def change(self, item: Item) -> None:
        n = item.figure.n
        before, number, after = words.DELTA_EN[(n > 0) - (n < 0)].partition("{n}")
        if not number:
            self.page.number(item.path, before)
            return
        size = item.figure.model_copy(update={"n": abs(n)})
        self.page.put(before)
        self.page.number(item.path, amount_en(size))
        self.page.put(words.plural(after, is_one(size)))

    def areas(self, *places: Place) -> None:
        """A sentence for each list of areas."""
        for metric, found in lists_of_areas(self.record, *places).items():
            if self.opened:
                self.page.put(" ")
            else:
                self.outbreak = self.outbreak or ":"
                self.open("reported as follows")
            self.page.put(f"Distribution of {label_en(metric)}: ")
            self.division_list(found, self.record.area_code, last=" and ")
            self.page.put(".")

    def division_list(self, found: Sequence[AreaItem], within: str | None, *, last: str = ", ") -> None:
        flat = [(item, parent) for top in found for item, parent in stated_of(top, None)]
        for n, (item, parent) in enumerate(flat):
            self.page.put("" if n == 0 else last if n == len(flat) - 1 else ", ")
            self.division(item, within, parent)

    def division(self, item: AreaItem, within: str | None, parent: AreaItem | None) -> None:
        """「Chifeng 2 (Songshan District 1, …)」, 「Hohhot 2 (Xincheng District)」, 「Ergun in Hulun Buir 1」."""
        above = parent.area.code if parent is not None else within
        name = self.name(item, above)
        if inherits(item):
            self.page.put(f"{name} ")
            self.amount(item)
            self.page.put(" (")
            self.page.number(item.children[0].path, self.name(item.children[0], item.area.code))
            self.page.put(")")
            return
        self.page.put(f"{name} in {self.name(parent, within)} " if parent is not None else f"{name} ")
        self.amount(item)
        if item.children:
            self.page.put(" (")
            self.division_list(item.children, item.area.code)
            self.page.put(")")

    def amount(self, item: AreaItem) -> None:
        self.page.number(item.path, amount_en(item.area, zero="0"))
        self.page.put(unit_note(item.area))

    def name(self, item: AreaItem, within: str | None) -> str:
        return place_en(item.area.code, item.area.name, within, self.record, self.gazetteer)


def stated_of(item: AreaItem, parent: AreaItem | None) -> list[tuple[AreaItem, AreaItem | None]]:
    """The item itself if it is stated, else its stated counties, each with the parent that is a mere sum."""
    if item.stated:
        return [(item, parent)]
    return [found for child in item.children for found in stated_of(child, item)]


def compose(record: BulletinRecord, page: Page, gazetteer: Gazetteer) -> str:
    """Writes the notice on ``page`` and returns its headline."""
    w = Writer(record, page, gazetteer)
    first = (Place.CASES, Place.FLOWS) if record.window is None else (Place.CASES,)
    cases = items(record, *first)
    if cases or record.areas_affected is not None:
        w.open()
        w.numbers(cases, affected=record.areas_affected is not None)
        page.put(".")
    w.areas(*first)
    sentence(w, Place.SUSPECTED)
    w.areas(Place.SUSPECTED)
    if record.window is not None:
        flows = items(record, Place.FLOWS)
        if flows:
            page.put(" " if page.text else "")
            page.put(f"From {span_en(record.window)}, {w.area} reported")
            w.name_outbreak()
            w.numbers(flows)
            page.put(".")
        w.areas(Place.FLOWS)
    for place in (Place.CONTACTS, Place.SCREENING):
        sentence(w, place, "In addition, it reported")
        w.areas(place)
    if record.attrs.all_in_designated_hospital:
        page.put(f" {words.IN_HOSPITAL_EN}")
    if record.attrs.all_in_designated_hospital_except_cured:
        page.put(f" {words.EXCEPT_CURED_EN}")
    return title(record, w.area)


def sentence(w: Writer, place: Place, further: str = "It also reported") -> None:
    found = items(w.record, place)
    if found:
        w.open(further=further)
        w.numbers(found)
        w.page.put(".")


def title(record: BulletinRecord, area: str) -> str:
    """A headline of the new and the cumulative cases; of the first number where there are neither."""
    found = items(record, *Place)
    chosen = [i for i in found if i.figure.metric in ("confirmed_cum", "confirmed_new")] or found[:1]
    parts = []
    for item in reversed(chosen):
        parts.append(said_en(item.figure).replace("{d}", "").replace("{n}", amount_en(item.figure)))
    return f"{area}: {', '.join(parts)}"


def amount_en(count: Count, zero: str = "no") -> str:
    """「44」, 「at least 400」, 「27,824」, 「no」."""
    if count.n == 0 and count.qualifier is Qualifier.EXACT:
        return zero
    before = words.BEFORE_EN.get(count.qualifier, "")
    return f"{before} {count.n:,}".strip()


def said_en(count: Count) -> str:
    """The words of a number, with places for it and for the disease."""
    said = words.wording(count.metric).en
    if count.n == 0 and count.qualifier is Qualifier.EXACT and said.startswith(words.TOTAL_EN):
        said = f"{said.replace(words.TOTAL_EN, '{n} ')} so far"
    return words.plural(said, is_one(count))


def is_one(count: Count) -> bool:
    return count.n == 1 and count.qualifier is Qualifier.EXACT


def unit_note(count: Count) -> str:
    """A note where a number is counted in another unit than its metric's."""
    return f" [in {words.UNIT_EN[Unit(count.unit)]}]" if unit_differs(count) else ""


def label_en(metric: str) -> str:
    if metric == words.DELTA:
        return "the change in severe cases"
    said = words.plural(words.wording(metric).en, False).replace("{d}", "")
    return said.replace(words.TOTAL_EN, "all ").replace("{n} ", "")


def area_en(record: BulletinRecord, gazetteer: Gazetteer) -> str:
    """The area's English name; raises ValueError for a code that is not known."""
    on = record.as_of.date() if record.as_of is not None else None
    division = gazetteer.division(record.area_code, on) or gazetteer.division(record.area_code)
    if division is None:
        raise ValueError(f"unknown area {record.area_code}")
    name = f"{division.en} Province" if division.name.endswith("省") else division.en or division.name
    found = gazetteer.resolve(division.en, None, on)
    return name if found is not None and found.code == record.area_code else f"{name} [{record.area_code}]"


def place_en(code: str | None, name: str, within: str | None, record: BulletinRecord, gazetteer: Gazetteer) -> str:
    """A division's English name, with its code where the name alone would not lead back to it.

    A group without a known English name keeps its own, in quotation marks.
    """
    if code is None:
        return words.GROUPS_EN.get(name) or f"“{name}”"
    on = record.as_of.date() if record.as_of is not None else None
    parent, dash, zone = code.partition("-")
    if dash and parent == within and zone in words.ZONES_EN:
        return words.ZONES_EN[zone]
    division = gazetteer.division(code, on) or gazetteer.division(code)
    written = division.en if division is not None and division.en else name
    found = gazetteer.resolve(written, within, on)
    return written if found is not None and found.code == code else f"{written} [{code}]"


def cut_off(record: BulletinRecord) -> str:
    """「12:00 on 28 January 2020」; 「the end of 27 January 2020」 where the notice gave no hour."""
    if record.as_of is None:
        return ""
    if record.as_of_precision != "hour":
        day, _ = day_and_hour(record.as_of, ends=True)
        return f"the end of {date_en(day)}"
    return clock_en(record.as_of, ends=True)


def clock_en(moment: datetime, *, ends: bool) -> str:
    """「9:00 on 28 January 2020」; with ``ends``, midnight is 24:00 of the day that it ends."""
    day, _ = day_and_hour(moment, ends=ends)
    civil = moment.astimezone(day.tzinfo)
    hour = "24:00" if civil.date() != day.date() else f"{civil.hour}:{civil.minute:02}"
    return f"{hour} on {date_en(day)}"


def span_en(window: Window) -> str:
    """「0:00 to 24:00 on 27 January 2020」, 「0:00 on 27 January 2020 to 9:00 on 28 January 2020」."""
    start, end = clock_en(window.start, ends=False), clock_en(window.end, ends=True)
    (hour, _, day), end_day = start.partition(" on "), end.partition(" on ")[2]
    return f"{hour} to {end}" if day == end_day else f"{start} to {end}"


def date_en(day: datetime) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
