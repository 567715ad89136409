"""Columns guessed by their titles, and by what stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.exchange.guess import by_title, guess, kind_of, titled
from lianfang.exchange.layout import ListKind, layout, meanings, plain, words

SPEC = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "spec_titles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("title", "field"), SPEC, ids=[title for title, _ in SPEC])
def test_a_title_alone(title: str, field: str) -> None:
    assert guess(ListKind.CASES, [title])[title].field == field


def test_no_field_twice_and_the_surer_title_has_it() -> None:
    found = guess(ListKind.CASES, ["date of report to the office", "报告日期", "Report date"])
    assert [one.field for one in found.values()].count("reported") == 1
    assert found["报告日期"].field == "reported"


def test_what_stands_in_a_column_decides() -> None:
    dated = guess(ListKind.CASES, ["Hospital"], {"Hospital": ["23-Jan", "", "24-Jan"]})
    assert dated["Hospital"].field == "admitted"
    named = guess(ListKind.CASES, ["Hospital"], {"Hospital": ["Sengkang General Hospital"]})
    assert named["Hospital"].field == "hospital"
    source = guess(ListKind.CASES, ["Source"], {"Source": ["http://example.org/notice"]})
    assert source["Source"].sureness == 1


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (["病例编号", "性别", "发病日期"], ListKind.CASES),
        (["接触者编号", "姓名", "末次接触日期", "与病例关系"], ListKind.CONTACTS),
        (["infector", "infectee"], ListKind.PAIRS),
        (["旅客姓名", "护照号", "航班号", "目的地"], ListKind.ARRIVALS),
    ],
)
def test_the_kind_of_a_list(titles: list[str], kind: ListKind) -> None:
    assert kind_of(titles) == kind


def test_titles_that_stand_twice_or_not_at_all() -> None:
    assert titled(["date", "date", "", None, "a\n b"]) == ["date", "date (2)", "#3", "#4", "a b"]


def test_a_kept_mapping_fits_another_sheet_by_what_the_titles_say() -> None:
    assert by_title({"Case ID": "number", "x": ""}, ["CASE_ID", "y"]) == {"CASE_ID": "number"}


@pytest.mark.parametrize("kind", ListKind)
def test_every_template_maps_onto_itself(kind: ListKind) -> None:
    its = layout(kind)
    for titles in ([field.zh for field in its.fields.values()], [field.en for field in its.fields.values()]):
        found = guess(kind, titled(titles))
        assert [found[title].field for title in titled(titles)] == list(its.fields)


@pytest.mark.parametrize("kind", ListKind)
def test_every_term_of_a_field_is_known_by_its_titles(kind: ListKind) -> None:
    for field in layout(kind).fields.values():
        for word in words(field.group) if field.group else ():
            known = meanings(field.group)
            assert {known[plain(text)] for text in (word.code, word.zh, word.en)} == {word.code}
