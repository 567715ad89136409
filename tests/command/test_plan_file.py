"""Plans read from texts: what is right is read alike from both formats, what is wrong is told by row and field."""

from __future__ import annotations

from datetime import date

import pytest

from lianfang.capabilities.command.rules.plan_file import TEMPLATE_CSV, TEMPLATE_TOML, read

HEAD = {
    "code": "general", "edition": "2020-1", "zh": "预案", "issuer": "县人民政府", "doc_no": "1号",
    "first": date(2020, 1, 1), "last": date(2020, 12, 31),
}  # fmt: skip
CSV_TITLE = TEMPLATE_CSV.splitlines()[0]


def test_the_templates_are_plans() -> None:
    toml, csv = read("toml", TEMPLATE_TOML, {}).plan, read("csv", TEMPLATE_CSV, HEAD).plan
    assert toml and csv
    assert (len(toml.units), len(toml.items)) == (2, 1)
    assert [(item.code, item.units, item.due_h) for item in csv.items] == [
        ("hq", ("health",), 2),
        ("report", ("health", "schools"), 12),
        ("points", ("police", "traffic"), 24),
    ]
    assert read("csv", "\ufeff" + TEMPLATE_CSV, HEAD).plan == csv


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hq,立即值守,,x,I,health,卫健局,,,", [(1, "due_h", "int_parsing")]),
        ("hq,立即值守,,0,I,health,卫健局,,,", [(1, "due_h", "greater_than_equal")]),
        ("hq,立即值守,,2,V,health,卫健局,,,", [(1, "levels", "enum")]),
        ("hq,立即值守,,2,ended,health,卫健局,,,", [(1, "levels", "enum")]),
        ("hq,立即值守,,2,,health,卫健局,,,", [(1, "levels", "too_short")]),
        ("hq,,,2,I,health,卫健局,,,", [(1, "zh", "string_too_short")]),
        ("指挥,立即值守,,2,I,health,卫健局,,,", [(1, "item", "string_pattern_mismatch")]),
        ("hq,立即值守,,2,I,,卫健局,,,", [(1, "unit", "string_pattern_mismatch")]),
        ("hq,立即值守,,2,I,health,卫健局,,,\nhq,立即值守,,2,I,health,卫健局,,,", [(2, "unit", "twice")]),
        ("hq,立即值守,,2,I,health,卫健局,,,\nhq,立即值守,,4,I,police,公安局,,,", [(2, "due_h", "differs")]),
        ("", [(None, "units", "missing"), (None, "items", "missing")]),
    ],
)
def test_an_error_of_csv_names_row_and_field(line: str, told: list[tuple[int | None, str, str]]) -> None:
    found = read("csv", f"{CSV_TITLE}\n{line}\n", HEAD)
    assert found.plan is None
    assert [one[:3] for one in found.faults] == told


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = TEMPLATE_TOML.replace("2020-12-31", "2019-12-31").replace('["health", "police"]', '["health", "navy"]')
    assert [one[:3] for one in read("toml", wrong, {}).faults] == [
        (1, "items.units", "unknown_unit"),
        (None, "last", "before_first"),
    ]
    without = "\n".join(line for line in TEMPLATE_TOML.splitlines() if not line.startswith(("issuer", "doc_no")))
    assert [one[:3] for one in read("toml", without, {}).faults] == [
        (None, "issuer", "missing"),
        (None, "doc_no", "missing"),
    ]
    assert [one.reason for one in read("toml", "code = ", {}).faults] == ["no_toml"]
    assert read("csv", "item,zh\n", HEAD).faults[0][:3] == (None, "en", "no_column")
    twice = TEMPLATE_TOML + '\n[[items]]\ncode = "hq"\nzh = "x"\nunits = ["health"]\ndue_h = 1\nlevels = ["I"]\n'
    assert [one[:3] for one in read("toml", twice, {}).faults] == [(2, "items.code", "twice")]
