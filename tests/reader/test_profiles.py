"""Names of diseases and strategies as dated data."""

from __future__ import annotations

from datetime import date

import pytest

from lianfang.profiles.names import diseases, in_force, name_en, name_zh, named_in, strategies, strategies_in
from tests.reader.reading import only, reading


def test_each_name_is_cited_and_dated() -> None:
    for disease in diseases():
        assert disease.names
        for name in disease.names:
            assert name.source and name.begins is not None
    for strategy in strategies():
        assert all(alias.source and alias.begins for alias in strategy.aliases)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("新型冠状病毒感染的肺炎确诊病例", "ncov-2020"),
        ("新冠肺炎", "ncov-2020"),
        ("COVID-19", "ncov-2020"),
        ("传染性非典型肺炎", "sars-2003"),
        ("SARS疑似病例", "sars-2003"),
        ("埃博拉出血热", "ebola"),
        ("人感染H7N9禽流感", "h7n9"),
    ],
)
def test_names(words: str, code: str) -> None:
    found = named_in(words)
    assert found is not None and found[0] == code


def test_an_unnamed_disease_is_the_one_of_its_time() -> None:
    assert in_force(date(2020, 2, 1)) == "ncov-2020"
    assert in_force(date(2003, 5, 1)) == "sars-2003"
    assert in_force(date(2010, 5, 1)) is None
    record = only(reading("截至2月6日24时，云南省累计报告确诊病例9例。"))
    assert record.disease == "ncov-2020"


def test_display_names() -> None:
    assert name_zh("ncov-2020") == "新型冠状病毒肺炎" and name_en("sars-2003") == "SARS"
    assert name_zh("unknown") == "unknown"


def test_strategy_words_mean_the_same_code() -> None:
    one = {code for words in ("内防传播", "内防扩散", "外防输入、内防扩散") for code, _, _ in strategies_in(words)}
    assert one == {"guard-import-stop-spread"}
    assert [code for code, _, _ in strategies_in("坚持内防扩散、外防输出")] == ["stop-spread-stop-export"]
    assert strategies_in("做好防控") == ()
