"""What is known of an area's people, from a CSV file: docs/drill-scenarios.md has the form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from lianfang.capabilities.drills.rules.faults import Fault, Refused
from lianfang.epi.simulate.population import LARGEST, Marginals

COLUMNS: Final = ("what", "from", "to", "value", "source")
KINDS: Final = ("area", "household", "female", "male", "work", "school")
OLDEST: Final = 90
"""Those of an open band and above are made up to this age."""
MOST_ROWS: Final = 100_000
SHIPPED: Final = ("530100",)


class Row(NamedTuple):
    """A line of the file; ``ends`` None: and above, of an area nothing."""

    number: int
    what: str
    begins: str
    ends: str
    value: float
    source: str

    @property
    def field(self) -> str:
        return f"row {self.number}"


@dataclass(frozen=True)
class Table:
    """``areas``: persons by code, in the order of the file; ``marginals``: their households and ages; ``sources``:
    what the figures rest on."""

    areas: dict[str, float]
    marginals: Marginals
    sources: tuple[str, ...]


class _Band(NamedTuple):
    begins: int
    ends: int
    value: float
    row: Row


def shipped(area: str) -> Table | None:
    """The table that comes with Lianfang for an area or one that it lies in; None where there is none."""
    code = next((code for code in SHIPPED if area.startswith(code.rstrip("0"))), None)
    if code is None:
        return None
    folder = resources.files("lianfang.capabilities.drills")
    return read(folder.joinpath(f"policy/marginals_{code}.csv").read_text("utf-8"))


def read(text: str) -> Table:
    """A table from the text of a file. Refused names each wrong row and field."""
    faults: list[Fault] = []
    rows = list(_rows(text.removeprefix("\ufeff"), faults))
    if faults:
        raise Refused(faults)
    bands = {kind: _bands([row for row in rows if row.what == kind], kind, faults) for kind in KINDS[1:]}
    areas = _areas([row for row in rows if row.what == "area"], faults)
    _check_whole(bands, areas, faults)
    if faults:
        raise Refused(faults)
    return Table(areas, _marginals(bands), tuple(dict.fromkeys(row.source for row in rows)))


def _rows(text: str, faults: list[Fault]) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = tuple(next(lines, ()))
        if head != COLUMNS:
            faults.append(Fault("row 1", f"表头应为{','.join(COLUMNS)}", f"write the heads {','.join(COLUMNS)}"))
            return
        for number, cells in enumerate(lines, start=2):
            if number > MOST_ROWS:
                faults.append(
                    Fault(f"row {number}", f"超过{MOST_ROWS}行", f"more than {MOST_ROWS} rows: leave some out")
                )
                return
            if any(cell.strip() for cell in cells) and (row := _row(number, cells, faults)):
                yield row
    except csv.Error as wrong:
        faults.append(Fault(f"row {lines.line_num}", f"不是CSV:{wrong}", f"this is no CSV: {wrong}"))


def _row(number: int, cells: Sequence[str], faults: list[Fault]) -> Row | None:
    field = f"row {number}"
    if len(cells) != len(COLUMNS):
        faults.append(
            Fault(field, f"应有{len(COLUMNS)}格,现有{len(cells)}格", f"has {len(cells)} cells, not {len(COLUMNS)}")
        )
        return None
    what, begins, ends, value, source = (cell.strip() for cell in cells)
    if what not in KINDS:
        faults.append(
            Fault(f"{field} what", f"应为{'、'.join(KINDS)}之一", f"is {what!r}: write one of {', '.join(KINDS)}")
        )
    if not source:
        faults.append(Fault(f"{field} source", "未写来源", "is empty: say where the figure is from"))
    try:
        figure = float(value)
    except ValueError:
        figure = float("nan")
    if not 0 <= figure < 1e12:
        faults.append(Fault(f"{field} value", "应为0以上的数", f"is {value!r}: write a number of 0 or more"))
    return Row(number, what, begins, ends, figure, source)


def _areas(rows: Sequence[Row], faults: list[Fault]) -> dict[str, float]:
    areas: dict[str, float] = {}
    for row in rows:
        if not row.begins or row.ends:
            zh, en = "行政区划代码写在from栏,to栏留空", "write the area's code under from and nothing under to"
            faults.append(Fault(f"{row.field} from", zh, en))
        if row.begins in areas:
            faults.append(Fault(f"{row.field} from", f"{row.begins}重复", f"{row.begins} stands there twice: keep one"))
        areas[row.begins] = row.value
    return areas


def _bands(rows: Sequence[Row], kind: str, faults: list[Fault]) -> list[_Band]:
    """Classes in order, without overlap; those of persons and households without gaps."""
    last = LARGEST if kind == "household" else OLDEST
    found = []
    for row in rows:
        try:
            begins, ends = int(row.begins), int(row.ends) if row.ends else last
        except ValueError:
            zh, en = (
                "from和to应为整数,to可空(及以上)",
                "write whole numbers under from and to; to may be empty: and above",
            )
            faults.append(Fault(f"{row.field} from, to", zh, en))
            continue
        if not 0 <= begins <= ends <= last:
            zh, en = f"应为0至{last},由小到大", f"are {begins} and {ends}: write them in order, from 0 to {last}"
            faults.append(Fault(f"{row.field} from, to", zh, en))
            continue
        if kind in ("work", "school") and row.value > 1:
            faults.append(Fault(f"{row.field} value", "应为0至1的比例", f"is {row.value:g}: write a share from 0 to 1"))
        found.append(_Band(begins, ends, row.value, row))
    found.sort()
    for one, next_one in pairwise(found):
        if next_one.begins <= one.ends:
            zh = f"与第{one.row.number}行重叠"
            faults.append(
                Fault(
                    f"{next_one.row.field} from", zh, f"overlaps row {one.row.number}: let each begin after the other"
                )
            )
        elif next_one.begins > one.ends + 1 and kind not in ("work", "school"):
            zh = f"缺{one.ends + 1}至{next_one.begins - 1}"
            en = f"{one.ends + 1} to {next_one.begins - 1} is missing before it: add a row"
            faults.append(Fault(f"{next_one.row.field} from", zh, en))
    return found


def _check_whole(bands: dict[str, list[_Band]], areas: dict[str, float], faults: list[Fault]) -> None:
    """Nothing that is needed is missing."""
    if not areas:
        faults.append(Fault("area", "没有area行", "there is no row: say how many live where"))
    for kind, least in (("household", 1), ("female", 0), ("male", 0)):
        its = bands[kind]
        if not its or its[0].begins != least or its[-1].ends != (LARGEST if kind == "household" else OLDEST):
            zh = f"{kind}行应从{least}起,最后一行to留空"
            faults.append(Fault(kind, zh, f"let its rows begin with {least} and the last have nothing under to"))
        elif sum(band.value for band in its) <= 0:
            faults.append(Fault(kind, "合计为0", "its values sum to nothing: write numbers above 0"))
    for begins in sorted({band.begins for kind in ("work", "school") for band in bands[kind]}):
        both = sum(
            band.value for kind in ("work", "school") for band in bands[kind] if band.begins <= begins <= band.ends
        )
        if both > 1 + 1e-9:
            zh, en = (
                f"{begins}岁work与school之和大于1",
                f"of age {begins}, work and school are above 1 together: lower one",
            )
            faults.append(Fault("work, school", zh, en))


def _marginals(bands: dict[str, list[_Band]]) -> Marginals:
    """All classes cut where one of any kind begins; persons of a class evenly over its years."""
    ages = [band for kind in KINDS[2:] for band in bands[kind]]
    cuts = sorted({0, OLDEST + 1} | {band.begins for band in ages} | {band.ends + 1 for band in ages})
    begins, ends = np.array(cuts[:-1], np.int16), np.array(cuts[1:], np.int16) - 1
    sizes = np.zeros(LARGEST)
    for band in bands["household"]:
        sizes[band.begins - 1 : band.ends] = band.value / (band.ends - band.begins + 1)

    def cut(kind: str, by_year: bool) -> np.ndarray:
        found = np.zeros(begins.size)
        for band in bands[kind]:
            within = (begins >= band.begins) & (ends <= band.ends)
            years = (ends - begins + 1) / (band.ends - band.begins + 1)
            found[within] = band.value * (years[within] if by_year else 1.0)
        return found

    return Marginals(
        household_shares=sizes,
        age_from=begins,
        age_to=ends.astype(np.int16),
        persons=np.array([cut("female", True), cut("male", True)]),
        at_work=cut("work", False),
        at_school=cut("school", False),
    )
