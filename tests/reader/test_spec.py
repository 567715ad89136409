"""The grammar as a table: a text, and every number that is read from it (and no other)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.reader.reading import lines, only, reading

W = "2月7日0-24时，"  # a window
A = "截至2月7日24时，"  # a cut-off

TABLE = tomllib.loads((Path(__file__).parent / "grammar.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", TABLE, ids=[case["shows"] for case in TABLE])
def test_grammar(case: dict[str, str]) -> None:
    result = reading(case["text"])
    got = set().union(*(lines(r) for r in result.records)) if result.records else set()
    assert got == set(case["read"].split())


UNREAD = [
    (f"{A}全省累计报告确诊病例5例，其中男性3例。", ["3例"]),
    (f"{A}全省累计追踪到密切接触者50人，诊断为疑似或确诊7例。", ["7例"]),
    (f"{W}全省新增出院病例1例，重症转普通2例。", ["2例"]),
    (f"{A}全省累计报告确诊病例5例。重症、危重症病例3例。", ["3例"]),
]


@pytest.mark.parametrize(("text", "expected"), UNREAD)
def test_what_is_not_understood_is_told(text: str, expected: list[str]) -> None:
    unread = reading(text).unread
    assert [text[u.start : u.end] for u in unread] == expected
    assert all(u.zh and u.en for u in unread)


def test_spans_point_into_the_text_as_given() -> None:
    text = "截至 2月7日\n24时，云南省累计报告确诊病例 4 4\n例，其中昆明市４０例、\n大理州 4 例。"
    text = text.replace("4 4", "44")
    record = only(reading(text))
    for count in record.counts():
        assert count.start is not None and count.end is not None
        digits = text[count.start : count.end].translate(str.maketrans("０４", "04", " \n例"))
        assert digits == str(count.n)


QUALIFIED = [
    ("追踪到密切接触者1.2万余人", 12000, "at_least", "person"),
    ("追踪到密切接触者近400人", 400, "at_most", "person"),
    ("追踪到密切接触者约90名", 90, "about", "person"),
    ("追踪到密切接触者三百二十一人", 321, "exact", "person"),
    ("确诊病例两例", 2, "exact", "case"),
    ("健康排查监测武汉来人3000多人次", 3000, "at_least", "person_time"),
]


@pytest.mark.parametrize(("words", "n", "qualifier", "unit"), QUALIFIED)
def test_numerals_qualifiers_and_units(words: str, n: int, qualifier: str, unit: str) -> None:
    record = only(reading(f"{A}全省累计{words}。"))
    count = record.figures[0]
    assert (count.n, count.qualifier, count.unit) == (n, qualifier, unit)
