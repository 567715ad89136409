"""What a served Lianfang keeps of what it has gathered: right as long as the record says the same."""

from __future__ import annotations

import pytest

from lianfang.capabilities.tasks.queries.kept import LONGEST_S, Kept
from lianfang.capabilities.tasks.rules import Task
from lianfang.facts import log
from lianfang.facts.fact import Head
from tests.tasks.test_lists import due


class Asked:
    """Gathers so many tasks, and counts how often it was asked to."""

    def __init__(self, many: int = 1) -> None:
        self.many, self.times = many, 0

    def __call__(self) -> list[Task]:
        self.times += 1
        return [Task(due("screening.refusal"))] * self.many


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    at = [1]
    monkeypatch.setattr(log, "head", lambda: Head(at[0], b""))
    return at


def test_the_same_question_is_gathered_once_until_a_fact_comes_or_hours_may_have_passed(head: list[int]) -> None:
    now, asked = [0.0], Asked()
    its = Kept(clock=lambda: now[0])
    assert its.get("a", asked) is its.get("a", asked)
    its.get("b", asked)
    assert asked.times == 2, "each question by itself"
    head[0] += 1
    its.get("a", asked)
    assert asked.times == 3, "a fact has come"
    now[0] = LONGEST_S
    its.get("a", asked)
    assert asked.times == 4


def test_so_many_tasks_are_kept_and_no_more(head: list[int]) -> None:
    its, asked = Kept(most=5), Asked(3)
    for question in ("a", "b", "b"):
        its.get(question, asked)
    its.get("a", asked)
    assert asked.times == 3, "the older answer went to make room, the newer one was kept"


def test_an_error_is_nobodys_answer(head: list[int]) -> None:
    its = Kept()
    with pytest.raises(ZeroDivisionError):
        its.get("a", lambda: [1 / 0])  # type: ignore[list-item]
    assert len(its.get("a", Asked())) == 1
