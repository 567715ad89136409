"""The Chinese notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, METRICS, BulletinRecord, Count, Qualifier, Window
from lianfang.capabilities.bulletins.rules import wording as words
from lianfang.capabilities.bulletins.rules.page import (
    AreaItem,
    Item,
    Page,
    inherits,
    items,
    lists_of_areas,
    names_disease,
)
from lianfang.capabilities.bulletins.rules.wording import Place
from lianfang.places.gazetteer import COUNTRY, Gazetteer

STOP = "。"
VERBS = ("累计", "历史累计", "现有", "新增", "当日", "密切接触者")  # what may follow the name of the area without 报告


class Writer:
    """One notice: what has been said already decides how the next sentence begins."""

    def __init__(self, record: BulletinRecord, page: Page, gazetteer: Gazetteer) -> None:
        self.record = record
        self.page = page
        self.area = name_zh(record, gazetteer)
        self.disease, _ = words.disease(record.disease, record.as_of.date() if record.as_of else None)
        self.outbreak = ""
        if self.disease and not names_disease(record):
            self.disease, self.outbreak = "", f"报告{self.disease}疫情，"
        self.listed: set[str] = set()  # metrics whose areas are already written
        self.opened = False
        self.bare = False  # the area's name was the last word

    def open(self) -> None:
        """「截至…，云南省」 before the first stock; nothing after that."""
        if not self.opened:
            when = cut_off(self.record)
            self.page.put(f"截至{when}，{self.area}" if when else self.area)
            self.name_outbreak()
            self.opened = True

    def name_outbreak(self) -> None:
        """「报告埃博拉病毒病疫情，」 where no number has a place for the disease's name; once."""
        self.page.put(self.outbreak)
        self.bare, self.outbreak = not self.outbreak, ""

    def numbers(self, found: Sequence[Item]) -> None:
        """The numbers of a sentence, with what the notice says of them."""
        attrs = self.record.attrs
        within = (
            next((i for i in found if i.figure.metric == "critical"), None) if attrs.critical_within_severe else None
        )
        nested = within is not None and any(i.figure.metric == "severe" for i in found)
        shown = [i for i in found if not (nested and i is within)]
        for n, item in enumerate(shown):
            self.page.put("，" if n else "")
            self.number(item)
            metric = item.figure.metric
            if metric == "severe" and nested and within is not None:
                self.page.put("（其中危重病例")
                self.amount(within)
                self.page.put("）")
            if (metric == "confirmed_cum" and attrs.all_imported) or (
                metric == "confirmed_new" and attrs.all_new_imported
            ):
                self.page.put(f"，{words.ALL_IMPORTED_ZH}")

    def number(self, item: Item) -> None:
        count = item.figure
        said = words.wording(count.metric)
        zero = said.zero_zh if count.n == 0 and count.qualifier is Qualifier.EXACT and not words_differ(count) else ""
        if self.bare and not (zero or said.zh).startswith(VERBS):
            self.page.put("报告")
        self.bare = False
        if count.metric == words.DELTA:
            self.change(item)
            return
        if zero:
            self.page.number(item.path, zero)
            return
        before, _, after = said.zh.partition("{n}")
        if "{d}" in before:
            before, self.disease = before.replace("{d}", self.disease), ""
        self.page.put(before)
        self.amount(item)
        self.page.put(after)
        if said.inline:
            self.in_brackets(count.metric, said.place)

    def in_brackets(self, metric: str, place: Place) -> None:
        """「8例（昆明市3例、昆明市五华区2例、大理州1例（祥云县））」."""
        chain = [link for top in lists_of_areas(self.record, place).get(metric, ()) for link in chained(top, "")]
        for n, (above, item) in enumerate(chain):
            self.page.put("、" if n else "（")
            self.page.put(above)
            self.division(item if inherits(item) else item._replace(children=()))
        self.page.put("）" if chain else "")
        self.listed.add(metric)

    def amount(self, item: Item) -> None:
        self.page.number(item.path, amount_zh(item.figure), words.UNIT_ZH[item.figure.unit])

    def change(self, item: Item) -> None:
        """A change of the severe cases: 增加, 减少 or 与前一日持平."""
        n = item.figure.n
        before, number, _ = words.DELTA_ZH[(n > 0) - (n < 0)].partition("{n}")
        if number:
            self.page.put(before)
            self.page.number(item.path, amount_zh(item.figure.model_copy(update={"n": abs(n)})), "例")
        else:
            self.page.number(item.path, before)

    def areas(self, *places: Place) -> None:
        """A sentence for each list of areas."""
        for metric, found in lists_of_areas(self.record, *places).items():
            if metric in self.listed:
                continue
            self.open()
            self.bare = False
            said = words.wording(metric)
            label = said.zh.partition("{n}")[0].replace("{d}", "") if said.inline else ""
            self.page.put("" if said.inline else among(metric))
            for n, item in enumerate(found):
                self.page.put("、" if n else "")
                self.division(item, label)
            self.page.put(STOP)

    def division(self, item: AreaItem, label: str = "") -> None:
        """「赤峰市2例（松山区1例、林西县1例）」, 「呼和浩特市2例（新城区）」, 「呼伦贝尔市额尔古纳市1例」."""
        if not item.stated:
            for n, child in enumerate(item.children):
                self.page.put(f"{'、' if n else ''}{item.area.name}")
                self.division(child, label)
            return
        self.page.put(f"{item.area.name}{label}")
        self.page.number(item.path, amount_zh(item.area), words.UNIT_ZH[item.area.unit])
        if not item.children:
            return
        self.page.put("（")
        if inherits(item):
            self.page.number(item.children[0].path, item.children[0].area.name)
        else:
            for n, child in enumerate(item.children):
                self.page.put("、" if n else "")
                self.division(child)
        self.page.put("）")


def chained(item: AreaItem, above: str) -> list[tuple[str, AreaItem]]:
    """The stated numbers of a division and its counties, each with the names above it: 昆明市, 昆明市五华区."""
    own = [(above, item)] if item.stated else []
    if inherits(item):
        return own
    name = f"{above}{item.area.name}"
    return [*own, *(link for child in item.children for link in chained(child, name))]


def compose(record: BulletinRecord, page: Page, gazetteer: Gazetteer) -> str:
    """Writes the notice on ``page`` and returns its headline."""
    w = Writer(record, page, gazetteer)
    first = (Place.CASES, Place.FLOWS) if record.window is None else (Place.CASES,)
    cases = items(record, *first)
    affected = record.areas_affected
    if cases or affected is not None:
        w.open()
        w.numbers(cases)
        if affected is not None:
            page.put("，涉及" if cases else "涉及")
            page.number(("affected",), f"{affected.n}个{level_zh(record)}")
        page.put(STOP)
    w.areas(*first)
    sentence(w, "", Place.SUSPECTED)
    w.areas(Place.SUSPECTED)
    if record.window is not None:
        flows = items(record, Place.FLOWS)
        if flows:
            page.put(f"{span_zh(record.window)}，{w.area}")
            w.name_outbreak()
            w.numbers(flows)
            page.put(STOP)
        w.areas(Place.FLOWS)
    for place in (Place.CONTACTS, Place.SCREENING):
        sentence(w, "目前，" if place is Place.CONTACTS else "", place)
        w.areas(place)
    if record.attrs.all_in_designated_hospital:
        page.put(f"{words.IN_HOSPITAL_ZH}{STOP}")
    if record.attrs.all_in_designated_hospital_except_cured:
        page.put(f"{words.EXCEPT_CURED_ZH}{STOP}")
    return title(record, w.area)


def sentence(w: Writer, opening: str, place: Place) -> None:
    found = items(w.record, place)
    if found:
        w.page.put(opening if w.opened else "")
        w.open()
        w.numbers(found)
        w.page.put(STOP)


def title(record: BulletinRecord, area: str) -> str:
    """A headline of the new and the cumulative cases; of the first number where there are neither."""
    found = items(record, *Place)
    chosen = [i for i in found if i.figure.metric in ("confirmed_cum", "confirmed_new")] or found[:1]
    parts = [f"{METRICS[i.figure.metric].zh}{amount_zh(i.figure)}" for i in reversed(chosen)]
    return f"{area}{' '.join(parts)}"


def amount_zh(count: Count) -> str:
    """「约400例」, 「400余人」."""
    before = words.BEFORE_ZH.get(count.qualifier, "")
    after = words.AFTER_ZH.get(count.qualifier, "")
    return f"{before}{count.n}{after}{words.UNIT_ZH[count.unit]}"


def words_differ(count: Count) -> bool:
    """Whether a zero phrase would lose the unit, as it names none."""
    return METRICS[count.metric].unit is not count.unit


def among(metric: str) -> str:
    return words.wording(metric).among_zh or f"{METRICS[metric].zh}中，"


def name_zh(record: BulletinRecord, gazetteer: Gazetteer) -> str:
    """The area's name. Raises ValueError for a code that is not known."""
    on = record.as_of.date() if record.as_of is not None else None
    division = gazetteer.division(record.area_code, on) or gazetteer.division(record.area_code)
    if division is None:
        raise ValueError(f"unknown area {record.area_code}")
    return division.short if division.code == COUNTRY else division.name


def level_zh(record: BulletinRecord) -> str:
    level = record.areas_affected.level if record.areas_affected is not None else ""
    if level == "prefecture" and record.area_code in words.LEAGUES:
        return "盟市"
    return words.LEVEL_ZH.get(level, level)


def cut_off(record: BulletinRecord) -> str:
    """「2020年1月28日12时」; midnight is 24时 of the day before; without the hour where the notice gave none."""
    if record.as_of is None:
        return ""
    day, hour = day_and_hour(record.as_of, ends=True)
    return f"{date_zh(day)}{hour if record.as_of_precision == 'hour' else ''}"


def day_and_hour(moment: datetime, *, ends: bool) -> tuple[datetime, str]:
    """The civil day and hour of a moment; with ``ends``, midnight is the 24th hour of the day that it ends."""
    civil = moment.astimezone(CIVIL_TIME)
    if ends and civil.hour == civil.minute == 0:
        return civil - timedelta(days=1), "24时"
    return civil, f"{civil.hour}时" + (f"{civil.minute}分" if civil.minute else "")


def date_zh(day: datetime) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def span_zh(window: Window) -> str:
    """「2020年1月27日0时至28日9时」."""
    first, from_hour = day_and_hour(window.start, ends=False)
    last, to_hour = day_and_hour(window.end, ends=True)
    if first.year != last.year:
        to_day = date_zh(last)
    elif first.month != last.month:
        to_day = f"{last.month}月{last.day}日"
    else:
        to_day = "" if first.day == last.day else f"{last.day}日"
    return f"{date_zh(first)}{from_hour}至{to_day}{to_hour}"
