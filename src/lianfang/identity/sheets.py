"""Lists as files: CSV and XLSX read row by row; lists of people, and the empty one to fill in.

A file is a stranger's: its size, its expansion and its width are bounded before anything is built from it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from lianfang.identity.faults import Fault, fault
from lianfang.identity.persons import policy
from lianfang.identity.refusals import NoSheet

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 32 * 1024 * 1024
MOST_EXPANDED = 64 * 1024 * 1024  # bytes of a workbook without its compression
MOST_PARTS = 500  # files within a workbook
MOST_ROWS, MOST_COLUMNS = 100_000, 100  # people, and fields of one
MOST_CELLS = 2_000_000

COLUMNS: dict[str, tuple[str, str]] = {
    "name": ("姓名", "name"),
    "sex": ("性别", "sex"),
    "birth_date": ("出生日期", "birth date"),
    "document_kind": ("证件类型", "document kind"),
    "document_country": ("签发国家或地区", "issuing country"),
    "document_number": ("证件号码", "document number"),
    "phone": ("电话", "phone"),
    "address": ("详细地址", "address"),
    "area": ("区划代码", "area"),
    "data_class": ("数据类别", "data class"),
    "basis": ("法律依据", "legal basis"),
    "since": ("开始日期", "since"),
    "ends": ("结束日期", "ends"),
    "id": ("编号", "id"),
}
"""The columns of a list, each with its titles."""
_BY_TITLE = {title.casefold(): name for name, titles in COLUMNS.items() for title in (name, *titles)}
_LONGEST_CELL = 10_000  # characters
_EXACT = 10**15  # beyond it a spreadsheet's number has lost its last digits


class Table(NamedTuple):
    """A file as lines of cells, each with its number, or with what keeps it from being read. ``complete`` is False
    where the last line is not ended: the file may be cut short."""

    titles: list[Any]
    lines: Iterator[tuple[int, list[Any] | Fault]]
    complete: bool


class Row(NamedTuple):
    """One line of a file: what it says of a person, or what keeps it from being read."""

    number: int
    sent: Mapping[str, Any] | Fault


def read(body: bytes, content_type: str, defaults: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a file. ``defaults`` stand in for columns that are empty or absent.

    Raises NoSheet for a file that is none of the two kinds, broken, too large, or without the columns of a list.
    """
    its = table(body, content_type)
    return _rows(_columns(its.titles), its.lines, defaults, its.complete)


def table(body: bytes, content_type: str) -> Table:
    """The lines of a file of any columns; the first has the titles.

    Raises NoSheet for a file that is none of the two kinds, broken, or too large.
    """
    if len(body) > MOST_BYTES:
        raise _too_large("文件", "the file", f"{MOST_BYTES // 2**20} MiB")
    if content_type == CSV_TYPE:
        lines, complete = _csv(body)
    elif content_type == XLSX_TYPE:
        lines, complete = _xlsx(body), True
    else:
        raise NoSheet(
            f"请上传 CSV 或 XLSX（{content_type or '未注明类型'} 不支持）", "send text/csv or an XLSX workbook"
        )
    _, titles = next(lines, (1, []))
    if isinstance(titles, Fault):
        raise NoSheet(f"第1行：{titles.zh}", f"line 1 {titles.en}")
    return Table(titles, lines, complete)


def template(lang: str) -> bytes:
    """An empty list with its titles, as a spreadsheet opens it."""
    titles = [zh if lang == "zh" else en for zh, en in COLUMNS.values()]
    return ("\ufeff" + ",".join(titles) + "\r\n").encode()


def _columns(titles: Sequence[Any]) -> list[str]:
    """The field of each column, by its title. Raises NoSheet where a list cannot be meant."""
    names, unknown = [], []
    for at, title in enumerate(titles, 1):
        shown = str(title or "").strip().lstrip("\ufeff")
        name = _BY_TITLE.get(shown.casefold().replace("_", " "), _BY_TITLE.get(shown.casefold(), ""))
        names.append(name)
        if shown and not name:
            unknown.append(at)
    if "name" not in names:
        raise NoSheet("第1行没有“姓名”列：请使用模板", "line 1 has no column “name”: use the template")
    if unknown:
        places = ", ".join(map(str, unknown[:5]))
        raise NoSheet(
            f"第1行第{places}列不是模板的列：请改名或删除",
            f"line 1, columns {places}: not of the template; rename or remove them",
        )
    if twice := {name for name in names if name and names.count(name) > 1 and name != "phone"}:
        told = ", ".join(sorted(twice))
        raise NoSheet(f"第1行有重复的列：{told}", f"line 1 has columns twice: {told}")
    return names


def _rows(
    names: Sequence[str], lines: Iterator[tuple[int, list[Any] | Fault]], defaults: Mapping[str, str], complete: bool
) -> Iterator[Row]:
    held: tuple[int, list[Any] | Fault] | None = None
    for following in lines:
        if held is not None:
            yield _row(names, *held, defaults)
        held = following
    if held is None:
        return
    number, cells = held
    if not complete and not isinstance(cells, Fault) and len(cells) < len(names):
        yield Row(number, fault(number, names[len(cells) - 1] or "row", "cut_short"))
    else:
        yield _row(names, number, cells, defaults)


def _row(names: Sequence[str], number: int, cells: list[Any] | Fault, defaults: Mapping[str, str]) -> Row:
    if isinstance(cells, Fault):
        return Row(number, cells)
    sent: dict[str, Any] = dict(defaults)
    phones = []
    for name, cell in zip(names, cells, strict=False):
        said = value(cell)
        if said is None:
            return Row(number, fault(number, name or "row", "as_number"))
        if name == "phone":
            phones.append(said)
        elif name and said != "":
            sent[name] = said
    sent["phones"] = phones
    if document := sent.pop("document_number", ""):
        kind = str(sent.pop("document_kind", "")).strip()
        country = str(sent.pop("document_country", ""))
        sent["documents"] = [{"kind": _kind(kind, document), "country": country, "number": document}]
    return Row(number, sent)


def _kind(kind: str, number: str) -> str:
    """The kind by its id or title; where none is given, a resident identity card's number speaks for itself."""
    known = policy().documents
    if kind in known:
        return kind
    for id, its in known.items():
        if kind and kind.casefold() in (its.zh, its.en):
            return id
    return "resident_id" if not kind and len(number.strip()) == 18 else kind


def value(cell: Any) -> Any:
    """A cell as text or date; None for a number that has lost digits."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        if abs(cell) >= _EXACT:
            return None
        return str(int(cell)) if cell.is_integer() else str(cell)
    return "" if cell is None else str(cell)


def _csv(body: bytes) -> tuple[Iterator[tuple[int, list[Any] | Fault]], bool]:
    """The lines of a CSV, and whether its last one is ended."""
    text = _decoded(body)
    if "\0" in text:
        raise NoSheet("不是CSV文件", "this is no CSV")
    if text.count("\n") > MOST_ROWS + 1:
        raise _too_large("名单", "the list", f"{MOST_ROWS} 行", f"{MOST_ROWS} rows")
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    return _csv_lines(text, delimiter), text.endswith("\n") or not text


def _csv_lines(text: str, delimiter: str) -> Iterator[tuple[int, list[Any] | Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells: list[Any] | Fault = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = _csv_fault(number, str(error))
        if not isinstance(cells, Fault):
            if not any(cells):
                continue
            if len(cells) > MOST_COLUMNS or any(len(cell) > _LONGEST_CELL for cell in cells):
                cells = fault(number, "row", "too_long", most=_LONGEST_CELL)
        yield number, cells


def _csv_fault(number: int, error: str) -> Fault:
    """What the reader's error says, told."""
    if "field limit" in error:
        return fault(number, "row", "too_long", most=_LONGEST_CELL)
    return fault(number, "row", "cut_short" if "unexpected end of data" in error else "quotes")


def _decoded(body: bytes) -> str:
    """The text of a CSV: UTF-8, or as Chinese and other spreadsheets write it. Raises NoSheet."""
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _refuse_mixed(body)
        return text
    raise NoSheet("文件编码无法识别：请存为 UTF-8", "the file's encoding is unknown: save it as UTF-8")


def _refuse_mixed(body: bytes) -> None:
    """Raises NoSheet where a line of what is no UTF-8 is Chinese in UTF-8: read alike, its words would be others."""
    for number, line in enumerate(body.split(b"\n"), 1):
        try:
            mixed = not line.isascii() and any("\u4e00" <= one <= "\u9fff" for one in line.decode())
        except UnicodeDecodeError:
            continue
        if mixed:
            raise NoSheet(
                f"编码混杂：第{number}行是 UTF-8，其他行不是；请存为 UTF-8",
                f"encodings are mixed: line {number} is UTF-8, others are not; save it all as UTF-8",
            )


def _xlsx(body: bytes) -> Iterator[tuple[int, list[Any] | Fault]]:
    """The lines of a workbook's first sheet."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_bounded(body)))
        sheet = workbook.get_sheet_by_index(0)
        (first, left), rows = sheet.start or (0, 0), sheet.iter_rows()
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise _broken() from error
    for number, row in enumerate(rows, first + 1):
        if any(cell not in ("", None) for cell in row):
            yield number, [""] * left + row


def _bounded(body: bytes) -> bytes:
    """The workbook packed anew without compression, once its parts are known to be small and plain enough. What the
    parts say of their own size is not believed. Raises NoSheet."""
    packed, left = io.BytesIO(), MOST_EXPANDED
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as given, zipfile.ZipFile(packed, "w") as made:
            if len(given.infolist()) > MOST_PARTS:
                raise _too_large("工作簿", "the workbook", f"{MOST_PARTS} 个文件", f"{MOST_PARTS} files")
            for part in given.infolist():
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                with given.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large("展开后的工作簿", "the unpacked workbook", f"{MOST_EXPANDED // 2**20} MiB")
                _Measure(sheet=part.filename.startswith("xl/worksheets/")).read(content)
                made.writestr(part.filename, content)
    except NoSheet:
        raise
    except Exception as error:  # whatever a stranger's bytes make the unpacker or the parser raise
        raise _broken() from error
    return packed.getvalue()


class _Measure:
    """Refuses XML that declares a document type, and a sheet with too many cells or with one far out: a reader would
    lay out all that lies before it."""

    def __init__(self, *, sheet: bool) -> None:
        self.rows = self.cells = self.in_row = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        if sheet:
            self._parser.StartElementHandler = self._begin

    def read(self, content: bytes) -> None:
        """Raises NoSheet, expat.ExpatError."""
        self._parser.Parse(content, True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        element, place = name.rpartition(" ")[2], attributes.get("r", "")
        if element == "row":
            self.rows, self.in_row = max(self.rows + 1, int(place or 0)), 0
        elif element == "c":
            letters = place.rstrip("0123456789")
            self.rows = max(self.rows, int(place[len(letters) :] or 0))
            self.in_row = max(self.in_row + 1, _column(letters[:4]))
            self.cells += 1
        if self.rows > MOST_ROWS + 1 or self.in_row > MOST_COLUMNS or self.cells > MOST_CELLS:
            raise _too_large(
                "工作表", "the sheet", f"{MOST_ROWS} × {MOST_COLUMNS} 单元格", f"{MOST_ROWS} × {MOST_COLUMNS} cells"
            )

    def _refuse(self, *_: object) -> None:
        raise NoSheet("工作簿含有文档类型声明", "the workbook declares a document type: no spreadsheet does")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _broken() -> NoSheet:
    return NoSheet(
        "XLSX 文件已损坏、加密或不完整：请重新导出", "the workbook is broken, encrypted or cut short: export it again"
    )


def _too_large(zh: str, en: str, most: str, most_en: str = "") -> NoSheet:
    return NoSheet(
        f"{zh}过大：最多 {most}，请分批上传", f"{en} is too large: {most_en or most} at most; send it in parts"
    )
