"""The numbers of cases in free words."""

from __future__ import annotations

import pytest

from lianfang.exchange.sources import Numbers

TIANJIN = Numbers([f"TJ{n}" for n in range(1, 136)])
PLAIN = Numbers([str(n) for n in range(1, 94)])
XINYANG = Numbers([f"Xinyang-{n:02d}" for n in range(1, 100)])


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("case TJ6 (family)", ["TJ6"]),
        ("family of TJ14  TJ25", ["TJ14", "TJ25"]),
        ("relative of cases TJ20 TJ35", ["TJ20", "TJ35"]),
        ("duaghtor of TJ100， whife of TJ103", ["TJ100", "TJ103"]),
        ("close contacts of cases TJ64 / TJ99", ["TJ64", "TJ99"]),
        ("wife of TJ117;living at the proximity of the mall", ["TJ117"]),
        ("sister of case 109", ["TJ109"]),
        ("病例109的姐姐", ["TJ109"]),
        ("TJ9; TJ21; TJ9", ["TJ9", "TJ21"]),
        ("tj9", ["TJ9"]),
        ("shopping in mall", []),
        ("trip to Hebei, 3 days", []),
        ("Wuhan", []),
    ],
)
def test_numbers_of_one_beginning(text: str, known: list[str]) -> None:
    assert list(TIANJIN.named(text).known) == known


def test_what_looks_like_a_number_and_is_none_is_told() -> None:
    assert TIANJIN.named("Wuhan, TJ14 and JN25") == (("TJ14",), ("JN25",))
    assert TIANJIN.named("TJ999").unknown == ("TJ999",)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2,3", ["2", "3"]),
        ("66, 68, 70, 71, 80", ["66", "68", "70", "71", "80"]),
        (" 13 ", ["13"]),
        ("13.0", ["13"]),
        ("Linked to 66", []),
        ("family of case 50", ["50"]),
    ],
)
def test_bare_numbers(text: str, known: list[str]) -> None:
    assert list(PLAIN.named(text).known) == known


def test_numbers_with_a_name_before_them() -> None:
    assert XINYANG.named("brother in law of Xinyang-91").known == ("Xinyang-91",)
    assert XINYANG.named("party with Xinyang-02, Xinyang-03").known == ("Xinyang-02", "Xinyang-03")
