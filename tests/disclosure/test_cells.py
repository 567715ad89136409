"""Cells of an exported file: no text in them is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.epi.disclosure.cells import FORMULA, MARK, neutral, table

DANGEROUS = [
    "=1+1",
    "+86 138",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "－1",
    '=HYPERLINK("http://x")',
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_bar_24_a_formula_is_written_as_a_text(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-3, "-3"), (Decimal("-0.5"), "-0.5"), (date(2020, 1, 28), "2020-01-28"), (None, ""), ("昆明=12", "昆明=12")],
)
def test_numbers_and_dates_stay(value: object, cell: str) -> None:
    assert neutral(value) == cell  # type: ignore[arg-type]  # each is a value


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_bar_24_no_cell_of_any_file_begins_as_a_formula(rows: list[list[str]]) -> None:
    written = table(["=a", "b"], rows)
    assert written.startswith(MARK)
    read = list(csv.reader(io.StringIO(written[1:], newline="")))
    assert len(read) == len(rows) + 1
    for cells, sent in zip(read, [["=a", "b"], *rows], strict=True):
        for cell, text in zip(cells, sent, strict=True):
            assert not cell.lstrip().startswith(FORMULA)
            assert cell in (text, "'" + text)
