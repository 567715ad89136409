"""The normal form of a text, and the way back from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.bulletins.rules.normalise import normalise

ALPHABET = st.sampled_from(
    "0123456789例人名确诊病新增月日时，。、：；（）(),.;: \n\t　-—～–①²㎡１２ＡaZ门門無症狀㈠\u200b\ufeff👍"
)


@given(st.text(alphabet=ALPHABET | st.characters(), max_size=200))
def test_every_character_knows_its_place(text: str) -> None:
    result = normalise(text)
    assert len(result.text) == len(result.starts) == len(result.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(result.starts, result.ends, strict=True))
    assert result.starts == sorted(result.starts)


@given(st.text(alphabet=ALPHABET, max_size=200))
def test_digits_keep_their_order_and_value(text: str) -> None:
    result = normalise(text)
    for char, start in zip(result.text, result.starts, strict=True):
        if char.isdigit() and text[start].isdecimal():
            assert int(char) == int(text[start])
    plain = [c for c in text if c.isdecimal()]
    assert (
        [int(c) for c in result.text if c.isdecimal()][: len(plain)] == [int(c) for c in plain]
        or "㎡" in text
        or "㈠" in text
    )


CASES = [
    ("full width", "新增１２例，死亡０例", "新增12例,死亡0例"),
    ("spaces", "累计 44 例， 新增 18 例", "累计44例,新增18例"),
    (
        "a column's line",
        "云南省累计报告确诊病例共计四十\n四例，新增病例还有一十八例，其\n\n中，昆明市若干例还有大理州若干",
        "其中,昆明市",
    ),
    ("a number cut by a line", "密切接触者医学观察一共有 4\n12人", "4" + "12人"),
    ("groups of three", "追踪到 18 604 人", "追踪到18604人"),
    ("thousands", "追踪到27,824人", "追踪到27824人"),
    ("two numbers stay two", "表 12 5 例", "12 5例"),
    ("dashes", "1月27日0时—28日9时", "1月27日0时-28日9时"),
    ("doubled dashes", "0——24时", "0-24时"),
    ("traditional", "確診個案累計3宗，無死亡", "确诊个案累计3宗,无死亡"),
    ("marks are no digits", "①新增3例", "新增3例"),
]


@pytest.mark.parametrize(("text", "expected"), [(t, e) for _, t, e in CASES], ids=[n for n, _, _ in CASES])
def test_forms(text: str, expected: str) -> None:
    assert expected in normalise(text).text


def test_titles_and_paragraphs_stay_apart() -> None:
    text = "全省确诊病例增至9例\n新增3例\n\n本报讯 截至1月3日12时，全省累计报告确诊病例9例。\n下一段"
    assert normalise(text).text.split("\n")[:2] == ["全省确诊病例增至9例", "新增3例"]


def test_a_span_of_the_normal_form_leads_back() -> None:
    text = "确诊病例　４４ 例"
    result = normalise(text)
    at = result.text.index("44例")
    start, end = result.span(at, at + 3)
    assert text[start:end] == "４４ 例"
