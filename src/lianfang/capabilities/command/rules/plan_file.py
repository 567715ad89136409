"""A plan read from a TOML document, or from CSV with a row for each item and unit. Every error names row and field.

TOML has the particulars at its top, then ``[[units]]`` and ``[[items]]``. CSV has the columns of ``COLUMNS``; the
particulars of the plan come apart from it.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from lianfang.accounts import invalid
from lianfang.capabilities.command.facts import MOST_ITEMS, MOST_UNITS, Item, PlanIssued, ResponseLevel, Unit

COLUMNS: Final = ("item", "zh", "en", "due_h", "levels", "unit", "unit_zh", "unit_en", "account", "area")
MOST_ROWS: Final = 5_000
PARTICULARS: Final = ("code", "edition", "zh", "en", "issuer", "doc_no", "first", "last")
TEMPLATE_CSV: Final = """\
item,zh,en,due_h,levels,unit,unit_zh,unit_en,account,area
hq,成立防控指挥部并开始值守,set up the headquarters and man it,2,I II III,health,卫生健康局,health commission,,
report,建立日报告和零报告制度,begin daily and zero reports,12,I II III IV,health,卫生健康局,health commission,,
report,建立日报告和零报告制度,begin daily and zero reports,12,I II III IV,schools,教育体育局,education bureau,,
points,在主要路口设立卡点,set up points on the main roads,24,I II,police,公安局,police,,
points,在主要路口设立卡点,set up points on the main roads,24,I II,traffic,交通运输局,transport bureau,,
"""
TEMPLATE_TOML: Final = """\
code = "general"
edition = "2020-1"
zh = "突发公共卫生事件应急预案"
en = "plan for public health emergencies"
issuer = "县人民政府"
doc_no = "2020-1"
first = 2020-01-01
last = 2020-12-31

[[units]]
code = "health"
zh = "卫生健康局"
en = "health commission"

[[units]]
code = "police"
zh = "公安局"
en = "police"

[[items]]
code = "hq"
zh = "成立防控指挥部并开始值守"
en = "set up the headquarters and man it"
units = ["health", "police"]
due_h = 2
levels = ["I", "II", "III"]
"""


class Fault(NamedTuple):
    """What is wrong where: ``row`` counts units or items of a TOML document and lines of CSV from 1, the title not
    counted; None where it is of the whole."""

    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class Read(NamedTuple):
    """The plan of a file, or all that is wrong with it; one of the two."""

    plan: PlanIssued | None
    faults: tuple[Fault, ...]


def read(form: str, text: str, particulars: Mapping[str, Any]) -> Read:
    """The plan of a text in the ``form`` ``toml`` or ``csv``."""
    if form == "csv":
        return _of_csv(text, particulars)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Read(None, (Fault(None, "text", "no_toml", f"不是有效的 TOML：{error}", f"is no valid TOML: {error}"),))
    return _of_parts(table, _rows(table.get("units")), _rows(table.get("items")))


def _rows(told: Any) -> list[tuple[int, Any]]:
    return list(enumerate(told, 1)) if isinstance(told, list) else []


def _of_csv(text: str, particulars: Mapping[str, Any]) -> Read:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        zh, en = "缺少这一列，请补上", "is a missing column: add it"
        return Read(None, tuple(Fault(None, name, "no_column", zh, en) for name in missing))
    lines = [{name: (line[name] or "").strip() for name in COLUMNS} for line in reader]
    if len(lines) > MOST_ROWS:
        zh, en = f"超过{MOST_ROWS}行，请减少", f"has more than {MOST_ROWS} rows"
        return Read(None, (Fault(None, "text", "too_many", zh, en),))
    units: dict[str, tuple[int, dict[str, Any]]] = {}
    items: dict[str, tuple[int, dict[str, Any]]] = {}
    faults: list[Fault] = []
    for row, line in enumerate(lines, 1):
        _, unit = units.setdefault(line["unit"], (row, _part_of(line, _UNIT)))
        _, item = items.setdefault(line["item"], (row, _part_of(line, _ITEM) | {"units": []}))
        faults += _differing(row, unit, line, _UNIT) + _differing(row, item, line, _ITEM)
        if line["unit"] in item["units"]:
            zh, en = "与前面的行重复，请删除一行", "is told twice for this item: remove one row"
            faults.append(Fault(row, "unit", "twice", zh, en))
        else:
            item["units"].append(line["unit"])
    found = _of_parts(particulars, list(units.values()), list(items.values()), _IN_CSV)
    told = sorted([*found.faults, *faults], key=lambda one: one.row or 0)
    return Read(None, tuple(told)) if told else found


_UNIT: Final = {"code": "unit", "zh": "unit_zh", "en": "unit_en", "account": "account", "area": "area"}
_ITEM: Final = {"code": "item", "zh": "zh", "en": "en", "due_h": "due_h", "levels": "levels"}
"""The columns of CSV that the fields of a unit and of an item stand in."""
_IN_CSV: Final = {
    **{f"units.{field}": column for field, column in _UNIT.items()},
    **{f"items.{field}": column for field, column in _ITEM.items()},
    "items.units": "unit",
}


def _part_of(line: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    """The fields of one part of a line; an account or area that is not told is none."""
    found: dict[str, Any] = {field: line[column] for field, column in columns.items()}
    if "levels" in found:
        found["levels"] = found["levels"].split()
    return {field: its for field, its in found.items() if its or field not in ("account", "area")}


def _differing(row: int, known: Mapping[str, Any], line: Mapping[str, str], columns: Mapping[str, str]) -> list[Fault]:
    told = _part_of(line, columns)
    zh, en = "与前面同一代码的行不同，请统一", "differs from the row before of the same code: make them the same"
    fields = [field for field in columns if known.get(field) != told.get(field)]
    return [Fault(row, columns[field], "differs", zh, en) for field in fields]


def _of_parts(
    head: Mapping[str, Any], units: Sequence[tuple[int, Any]], items: Sequence[tuple[int, Any]],
    columns: Mapping[str, str] | None = None,
) -> Read:  # fmt: skip
    faults: list[Fault] = []
    for name, most, told in (("units", MOST_UNITS, units), ("items", MOST_ITEMS, items)):
        if not told:
            faults.append(Fault(None, name, "missing", "一项也没有，请补充", "has none: add some"))
        if len(told) > most:
            faults.append(Fault(None, name, "too_many", f"超过{most}项", f"has more than {most}"))
    good_units = [(row, unit) for row, told in units if (unit := _part(Unit, "units", row, told, faults))]
    good_items = [(row, item) for row, told in items if (item := _part(Item, "items", row, told, faults))]
    named = {str(told.get("code")) for _, told in units if isinstance(told, dict)}
    faults += _contradictions(good_units, good_items, named)
    particulars = {name: its for name, its in head.items() if name not in ("units", "items")}
    parts = {
        "units": [one for _, one in good_units][:MOST_UNITS] or [_ANY_UNIT],
        "items": [one for _, one in good_items][:MOST_ITEMS] or [_ANY_ITEM],
    }
    plan = _part(PlanIssued, "", None, particulars | parts, faults)
    if plan is not None and plan.last < plan.first:
        faults.append(
            Fault(None, "last", "before_first", "早于生效日期，请核对", "is before the first day: correct one")
        )
    if columns:
        faults = [one._replace(field=columns.get(one.field, one.field)) for one in faults]
    first = {(one.row, one.field): one for one in reversed(faults)}  # one thing to put right at a time
    return Read(None, tuple(one for one in faults if first[one.row, one.field] is one)) if faults else Read(plan, ())


_ANY_UNIT: Final = Unit(code="any", zh="any")
_ANY_ITEM: Final = Item(code="any", zh="any", units=("any",), due_h=1, levels=(ResponseLevel.I,))
"""So that the particulars are looked at though no unit or item is right; what is wrong is told, and no plan given."""


Part = TypeVar("Part", bound=BaseModel)


def _part(model: type[Part], where: str, row: int | None, told: Any, faults: list[Fault]) -> Part | None:
    try:
        return model.model_validate(told)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            name = ".".join(str(part) for part in one["loc"] if isinstance(part, str)) or "text"
            field = f"{where}.{name}" if where else name
            faults.append(Fault(row, field, one["type"], *invalid.told(one)))
    return None


def _contradictions(
    units: Sequence[tuple[int, Unit]], items: Sequence[tuple[int, Item]], told: set[str]
) -> Iterator[Fault]:
    for where, parts in (("units.code", units), ("items.code", items)):
        seen: set[str] = set()
        for row, one in parts:
            if one.code in seen:
                yield Fault(row, where, "twice", "代码重复，请更改", "is a code that was used before: change it")
            seen.add(one.code)
    for row, item in items:
        if unknown := [code for code in item.units if code not in told]:
            names = ", ".join(unknown)
            yield Fault(
                row, "items.units", "unknown_unit", f"没有单位 {names}", f"names units that are not listed: {names}"
            )
        if ResponseLevel.ENDED in item.levels:
            zh, en = "不在可选值之中：请用 I、II、III、IV", "is none of the values there are: I, II, III or IV"
            yield Fault(row, "items.levels", "enum", zh, en)
