"""CSV files of the commands that need no server: their rows, and what is wrong with one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lianfang.app.errors import Unusable

LARGEST_FILE = 256 * 2**20
ABSENT = {"", "na", "n/a", "nan", "null", "none", "unknown", "未知", "不详", "不明"}
_DATE = re.compile(
    r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?(?:[T ][0-9:.]+Z?)?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
REASONS = {
    "missing": ("缺编号，请填写病例编号", "an id is missing: write the case's id"),
    "self": (
        "{id} 不能感染自己：不计作传播，列入 cycles",
        "{id} cannot infect itself: not counted as a link, told among cycles",
    ),
    "again": ("与第 {earlier} 行重复", "the same as in row {earlier}"),
    "no_date": ("{value} 不是日期，请写成 2020-01-28", "{value} is no date: write it as 2020-01-28"),
    "disagrees": (
        "{id} 的发病日期此处为 {value}，第 {earlier} 行{where}为 {other}",
        "onset of {id} is {value} here and {other} in row {earlier}{where}",
    ),
    "cells": (
        "有 {found} 个单元格，表头只有 {known} 个：请检查多余的分隔符",
        "{found} cells under {known} titles: look for a separator too many",
    ),
    "no_number": ("缺数字：没有病例请填 0", "a number is missing: write 0 where there was no case"),
    "no_count": (
        "{value} 不是病例数，请填不小于 0 的整数",
        "{value} is no count: write a whole number from 0",
    ),
    "spoilt": (
        "序列“{name}”有不能使用的行，未使用该序列",
        "series {name!r} has a row that cannot be used: it is left out",
    ),
    "gap": (
        "序列“{name}”缺 {value}：没有病例请填 0",
        "series {name!r} has no row for {value}: write 0 where there was no case",
    ),
    "short": ("序列“{name}”太短，无法使用该方法", "series {name!r} is too short for this method"),
    "empty": ("序列“{name}”没有病例，无法估计", "series {name!r} has no case: nothing can be estimated"),
    "few": (
        "序列“{name}”有病例的日子不足 10 天，无法预测",
        "series {name!r} has fewer than 10 days with a case: nothing to go on from yet",
    ),
    "not_ahead": ("{value} 不在起报日 {origin} 之后", "{value} is not after the origin {origin}"),
    "no_quantile": ("{value} 不是分位数，请填数字", "{value} is no quantile: write a number"),
    "earlier": ("{value} 早于 {other}", "{value} is before {other}"),
    "falls": ("{value} 小于前一分位数", "{value} is below the quantile before it"),
    "imported": ("序列“{name}”的输入病例多于病例总数", "series {name!r} has more imported cases than cases"),
    "quotes": ("引号不成对", "a quotation mark is not closed, or stands within a cell"),
}


class Refusal(NamedTuple):
    """A row that was not used, or the cell of it."""

    file: Path
    row: int
    field: str
    reason: str
    values: Mapping[str, object]

    def text(self, lang: str) -> str:
        return REASONS[self.reason][lang == "en"].format(**self.values)

    def line(self, lang: str) -> str:
        at = f"{self.file}, row {self.row}, " if lang == "en" else f"{self.file} 第 {self.row} 行 "
        return f"{at}{self.field}: {printable(self.text(lang))}"

    def as_json(self, lang: str) -> dict[str, object]:
        return {"file": str(self.file), "row": self.row, "field": self.field, "reason": self.text(lang)}


class Row(NamedTuple):
    """A row of a file: its number, the titles being row 1, and its cells by title."""

    file: Path
    number: int
    cells: Mapping[str, str]


@lru_cache(maxsize=4096)  # a file has many rows and few days
def day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        return None


def printable(text: str) -> str:
    """Ids of a file may hold what steers a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)


def rows(path: Path, needed: Sequence[str], allowed: Sequence[str], refused: list[Refusal]) -> Iterator[Row]:
    """The rows of a CSV file that are not empty. Raises Unusable for a file that is none, or lacks a column."""
    text = _text(path)
    reader, titles = _opened(path, text, needed)
    known = {title: at for at, title in enumerate(titles) if title in (*needed, *allowed)}
    number = 1
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            refused.append(Refusal(path, number, "-", "quotes", {}))
            continue
        if any(cells[len(titles) :]):
            refused.append(Refusal(path, number, "-", "cells", {"found": len(cells), "known": len(titles)}))
        elif any(cells):
            yield Row(path, number, {title: cells[at] if at < len(cells) else "" for title, at in known.items()})


def _opened(path: Path, text: str, needed: Sequence[str]) -> tuple[Iterator[list[str]], list[str]]:
    """A reader past the row of titles, and the titles; by the separator that gives the columns needed."""
    found: list[str] = []
    for separator in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            titles = [title.strip().casefold() for title in next(reader, [])]
        except csv.Error:
            continue
        if all(titles.count(name) == 1 for name in needed):
            return reader, titles
        found = found or titles
    listed = printable(", ".join(found))[:200]
    raise Unusable(
        f"{path}, row 1: each of the columns {', '.join(needed)} is needed once; here are {listed or 'none'}"
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unusable(f"{path} is larger than {LARGEST_FILE // 2**20} MB: split it by outbreak")
        raw = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None
    if raw.startswith(b"PK\x03\x04"):
        raise Unusable(f"{path} is a spreadsheet or an archive: save the sheet as CSV (UTF-8) and try again")
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(f"{path} is neither UTF-8 nor GB18030 text: save it as CSV (UTF-8) and try again")
