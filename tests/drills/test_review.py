"""The review of a drill as it is told: every error, every generator and every register by name, in both languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from lianfang.app.database import Database
from lianfang.app.drill import files, review, space
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.queries.review import Found, PlanTask, Reviewed, kinds
from lianfang.capabilities.drills.rules import cases, checks, errors, posts, rounds
from lianfang.capabilities.drills.rules.review import Difference, Error
from lianfang.capabilities.drills.rules.review_names import ERRORS, GENERATORS, REGISTERS
from tests.drills import made_by_hand


def test_whatever_is_injected_and_compared_has_a_name() -> None:
    assert {*cases.ERRORS, *checks.ERRORS, *posts.ERRORS, *rounds.ERRORS} - {""} == ERRORS.keys()
    assert errors.GENERATORS.keys() == GENERATORS.keys()
    assert registers._QUERIES.keys() <= REGISTERS.keys()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["误录：注入 2 处", "（记录后中位 1.5 天）", "编造（数值照抄）：注入 1 处", "迟报（2 天）：注入 1 处",
                "其余差异 21 处", "病例 [0]：应为 null，实为 [\"武\"]", "另有 1 处",
                "第 1 天 2020-01-24：感染 3，发病 1", "值班室：值守，应于 2020-01-24 08:00 前，无人登记完成",
                "逾期，2020-01-24 09:00 完成（参演人员）"]),
        ("en", ["mistyped: 2 injected", "(median 1.5 days after it was recorded)", "made up (figures copied): 1",
                "late (days: 2): 1", "21 other differences", "case [0]: expected null, held [\"武\"]", "1 more",
                "Day 1, 2020-01-24: 3 infected, 1 fell ill", "due 2020-01-24 08:00, nobody said that it was done",
                "duty office: man it, due 2020-01-24 08:00, done late, 2020-01-24 09:00 (by one who took part)"]),
    ],
)  # fmt: skip
def test_it_is_told_in_both_languages(database: Database, tmp_path: Path, lang: str, said: list[str]) -> None:
    here = space.make(tmp_path, "by-hand")
    files.copy(made_by_hand.write(tmp_path / "made"), here.files)

    def wrong(error: str, by: str = "") -> Error:
        return Error(error, by, "w", "cases", ["k"], ["f"], [1], [2], True)

    others = [Difference("cases", [number], None, ["武"]) for number in range(review.PRINTED + 1)]
    found = [Found(wrong("mistyped"), timedelta(days=1.5)), Found(wrong("mistyped"), None)]
    found += [Found(wrong("made_up", "copied"), None), Found(wrong("late", "2"), None)]
    unit, item = {"zh": "值班室", "en": "duty office"}, {"zh": "值守", "en": "man it"}
    due = here.drill().begins
    tasks = [PlanTask({}, unit, item, due, None, hand=False)]
    tasks += [PlanTask({}, unit, item, due, due + timedelta(hours=1), hand=True)]
    its = Reviewed({"cases": 21}, list(kinds(found)), {"cases": 21}, others, 5, {}, tasks, [(3, 1)])
    told = "\n".join(review.report(here, its, lang))
    assert [one for one in said if one not in told] == []
