"""Stocktakes: what lies on the shelf is counted, and the ledger follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.accounts.words import Told
from lianfang.capabilities.supplies.facts.stock import (
    MOST_LINES,
    Counted,
    CountedLine,
    Outside,
    Part,
    Place,
    StockProcess,
)
from lianfang.capabilities.supplies.models import BalanceRow, ItemRow, MovementRow, StocktakeRow
from lianfang.capabilities.supplies.rules.policy import in_force
from lianfang.capabilities.supplies.rules.quantity import unusual
from lianfang.capabilities.supplies.rules.stocktake import COLUMNS
from lianfang.capabilities.supplies.service.recording import (
    MOVE,
    Taken,
    append,
    fact_of,
    hold,
    made,
    moved,
    of_catalogue,
    on_record,
    smallest,
    store,
)
from lianfang.capabilities.supplies.service.stock import refuse_negative, retraction
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.facts import Retracted, Why
from lianfang.identity import sheets
from lianfang.identity.faults import Fault


class Line(NamedTuple):
    """What was found of a lot of an item."""

    item: UUID
    lot: str
    amount: Decimal
    unit: str | None = None


class Imported(NamedTuple):
    """What became of a list: lines that were counted, of these how many differ from the ledger, and what was wrong."""

    counted: int
    differing: int
    wrong: tuple[Wrong, ...]


def count(viewer: Viewer, id: UUID, place: UUID, lines: Sequence[Line], *, confirm: bool = False, now: datetime) -> int:
    """Records a stocktake and moves what differs; returns how many lines do. A count that is far from the ledger is
    asked back. Raises Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = store(viewer, place)
        hold(*((place, one.item) for one in lines))
        if on_record(id):
            return StocktakeRow.objects.filter(subject=id).values_list("differing", flat=True).first() or 0
        _refuse_repeated(lines)
        counted, wrong = [], []
        for number, one in enumerate(lines, 1):
            try:
                counted.append(_line(viewer, place, one, confirm, now))
            except Refused as error:
                wrong += [its._replace(row=number) for its in error.wrong]
        if wrong:
            raise Refused(wrong)
        _append(viewer, id, place, row.area, counted, now)
    return sum(one.found != one.expected for one in counted)


def _refuse_repeated(lines: Sequence[Line]) -> None:
    if not lines or len(lines) > MOST_LINES:
        zh, en = f"一次须有1至{MOST_LINES}行", f"are 1 to {MOST_LINES} at a time"
        raise Refused([Wrong("lines", "too_many" if lines else "missing", zh, en)])
    seen: dict[tuple[UUID, str], int] = {}
    for number, one in enumerate(lines, 1):
        first = seen.setdefault((one.item, one.lot), number)
        if first != number:
            zh, en = f"与第{first}行是同一物资同一批号", f"is the item and lot of row {first}"
            raise Refused([Wrong("item", "twice", zh, en, number)])


def _line(viewer: Viewer, place: UUID, one: Line, confirm: bool, now: datetime) -> CountedLine:
    item = of_catalogue(viewer, one.item)
    found = smallest(item, one.amount, one.unit)
    balance = BalanceRow.objects.filter(store=place, item=one.item, lot=one.lot)
    expected = balance.values_list("shelf", flat=True).first() or 0
    times = in_force(now.astimezone(CIVIL_TIME).date()).unusual_times
    if not confirm and found and expected > 0 and unusual(found, expected, times):
        zh = f"与账面相差很大：盘点{found}{item.unit_zh}，账面{expected}{item.unit_zh}。请核对单位；无误请确认再提交"
        en = (
            f"is far from the ledger: {found} {item.unit_en} found, {expected} on record. Look at the unit; confirm "
            "and send it again if it is right"
        )
        raise Refused([Wrong("amount", "unusual", zh, en)])
    return CountedLine(item=one.item, lot=one.lot or None, found=found, expected=expected)


def _append(
    viewer: Viewer, id: UUID, place: UUID, area: str, counted: Sequence[CountedLine], now: datetime
) -> None:  # fmt: skip
    data = made(Counted, store=place, lines=tuple(counted))
    facts = [fact_of(viewer, data, subject=id, area=area, at=None, now=now)]
    shelf = str(Place(place, Part.SHELF))
    for number, one in enumerate(counted):
        more = one.found - one.expected
        if more:
            ends = {"source": Outside.LOST, "target": shelf, "target_area": area}
            if more < 0:
                ends = {"source": shelf, "target": Outside.LOST, "source_area": area}
            facts += moved(
                viewer, [Taken(one.lot or "", abs(more))], id=uuid5(id, str(number)), area=area, at=None, now=now,
                item=one.item, process=StockProcess.COUNT, document=id, **ends,
            )  # fmt: skip
    append(viewer, facts)


def take_back(viewer: Viewer, id: UUID, why: Why, *, now: datetime) -> None:
    """Takes a stocktake back, with what it moved. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = visible(viewer, MOVE, StocktakeRow.objects.filter(subject=id)).first()
        if row is None:
            raise NotThere
        store(viewer, row.store)
        hold(*((row.store, UUID(one["item"])) for one in row.lines))
        rows = list(MovementRow.objects.filter(document=id, process=StockProcess.COUNT))
        refuse_negative(rows)
        act = next(entry.fact for entry in log.read(kinds={Counted.kind}, subjects=[id]))
        undo = fact_of(viewer, Retracted(why=why), subject=id, area=row.area, at=None, now=max(now, act.observed_at))
        facts = [undo.model_copy(update={"corrects": act.id})]
        append(viewer, [*facts, *(retraction(viewer, one, why, now) for one in rows)])


def import_lines(
    viewer: Viewer, id: UUID, place: UUID, rows: Iterable[tuple[int, Mapping[str, Any]]], *, confirm: bool,
    now: datetime,
) -> Imported:  # fmt: skip
    """A stocktake from a list, whose rows have a number and name items by their code; good rows though others are
    wrong. The same list with the same id again changes nothing. Raises Forbidden, Refused."""
    with seeing(viewer, MOVE):
        told = list(rows)
        codes = {
            row.code: row for row in ItemRow.objects.filter(code__in={str(its.get("item", "")) for _, its in told})
        }
        good: list[tuple[int, Line]] = []
        wrong: list[Wrong] = []
        for number, fields in told:
            try:
                good.append((number, _read(fields, codes)))
            except Refused as error:
                wrong += [one._replace(row=number) for one in error.wrong]
        differing = 0
        while good:
            try:
                differing = count(viewer, id, place, [one for _, one in good], confirm=confirm, now=now)
                break
            except Refused as error:
                wrong += [one._replace(row=good[one.row - 1][0]) if one.row else one for one in error.wrong]
                bad = {one.row for one in error.wrong}
                good = [] if None in bad else [one for at, one in enumerate(good, 1) if at not in bad]
    return Imported(len(good), differing, tuple(sorted(wrong, key=lambda one: one.row or 0)))


def rows_of(body: bytes, content_type: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The rows of a file, CSV or XLSX, each with its number below the titles; a line that is empty is none. Raises
    Refused for what is no such list."""
    try:
        its = sheets.table(body, content_type)
        lines = [(number - 1, line) for number, line in its.lines]
    except Told as error:
        raise Refused([Wrong("file", "no_sheet", error.zh, error.en)]) from None
    names = [COLUMNS.get(str(sheets.value(title)).lstrip("\ufeff").strip().casefold(), "") for title in its.titles]
    if missing := [name for name in ("item", "amount") if name not in names]:
        zh, en = f"第1行缺少列：{'、'.join(missing)}", f"has no column {', '.join(missing)} in its first line"
        raise Refused([Wrong("file", "missing", zh, en)])
    if len(lines) > MOST_LINES:
        raise Refused([Wrong("file", "too_many", f"一次最多{MOST_LINES}行", f"has more than {MOST_LINES} lines")])
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in lines:
        cells = [] if isinstance(line, Fault) else [sheets.value(cell) for cell in line]
        fields = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell != ""}
        if fields or isinstance(line, Fault):
            found.append((number, fields))
    return found


def _read(fields: Mapping[str, Any], codes: Mapping[str, ItemRow]) -> Line:
    item = codes.get(str(fields.get("item", "")))
    if item is None:
        zh, en = "目录中没有这个编码", "is no code of the catalogue"
        raise Refused([Wrong("item", "unknown_item", zh, en)])
    try:
        amount = Decimal(str(fields.get("amount", "")))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0 or len(str(fields.get("amount"))) > MOST_CHARACTERS:
        raise Refused([Wrong("amount", "no_number", "不是数量，请核对", "is no quantity: correct it")])
    unit = str(fields.get("unit") or "").strip()
    return Line(item.subject, str(fields.get("lot") or "").strip(), amount, _unit(item, unit))


MOST_CHARACTERS: Final = 20


def _unit(item: ItemRow, said: str) -> str | None:
    """The code of a unit as a list names it: by its code or its name in either language."""
    named = {item.unit_zh: item.unit, item.unit_en: item.unit}
    for pack in item.packs:
        named |= {pack["zh"]: pack["code"], pack["en"]: pack["code"]}
    return named.get(said, said) or None
