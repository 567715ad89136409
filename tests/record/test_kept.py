"""What a served Lianfang keeps of what it has read: right as long as the record says the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lianfang.facts import log
from lianfang.facts.fact import Head
from lianfang.facts.kept import Kept

LONGEST_S = 300.0


class Asked:
    """Reads so many rows, and counts how often it was asked to."""

    def __init__(self, many: int = 1) -> None:
        self.many, self.times = many, 0

    def __call__(self) -> list[str]:
        self.times += 1
        return ["row"] * self.many


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    at = [1]
    monkeypatch.setattr(log, "head", lambda: Head(at[0], b""))
    return at


def keeping(most: int = 1_000, clock: Callable[[], float] = lambda: 0.0) -> Kept[list[str]]:
    its = Kept[list[str]](most, LONGEST_S, len, clock)
    its.begin()
    return its


def test_the_same_question_is_read_once_until_a_fact_comes_or_time_has_passed(head: list[int]) -> None:
    now, asked = [0.0], Asked()
    its = keeping(clock=lambda: now[0])
    assert its.get("a", asked) is its.get("a", asked)
    its.get("b", asked)
    assert asked.times == 2, "each question by itself"
    head[0] += 1
    its.get("a", asked)
    assert asked.times == 3, "a fact has come"
    now[0] = LONGEST_S
    its.get("a", asked)
    assert asked.times == 4


def test_so_much_is_kept_and_no_more(head: list[int]) -> None:
    its, asked = keeping(most=5), Asked(3)
    for question in ("a", "b", "b"):
        its.get(question, asked)
    its.get("a", asked)
    assert asked.times == 3, "the older answer went to make room, the newer one was kept"


def test_an_error_is_nobodys_answer(head: list[int]) -> None:
    its = keeping()
    with pytest.raises(ZeroDivisionError):
        its.get("a", lambda: [str(1 / 0)])
    assert len(its.get("a", Asked())) == 1


def test_who_does_not_serve_keeps_nothing() -> None:
    asked = Asked()
    its = Kept[list[str]](1_000, LONGEST_S, len)
    assert its.get("a", asked) == its.get("a", asked) and asked.times == 2
