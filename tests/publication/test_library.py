"""Health education and answers to claims: published, replaced, withdrawn; nothing of who made a claim."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.bulletins.facts.library import ClaimAnswered, ClaimVerdict
from lianfang.capabilities.bulletins.queries import library
from tests.cases.desk import Desk
from tests.cases.made import YUNNAN

ITEM = {
    "area": YUNNAN, "lang": "zh", "title": "怎样正确洗手", "text": "流水、肥皂，搓洗二十秒。",
    "source": "国家卫生健康委员会", "edition": "2", "day": "2020-01-27",
}  # fmt: skip
CLAIM = {
    "area": YUNNAN, "verdict": "false", "claim_zh": "喝白酒能预防感染。", "answer_zh": "不能。饮酒不能杀灭体内病毒。",
    "evidence": "世界卫生组织问答", "link": "https://example.org/answers", "day": "2020-01-28",
}  # fmt: skip


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch, "duty_officer", YUNNAN)


def test_pub_02_a_new_version_takes_the_place_of_the_old_one_and_can_be_withdrawn(desk: Desk) -> None:
    subject = str(uuid4())
    desk.post("library", {"subject": subject, **ITEM})
    desk.post(
        "library", {"subject": subject, **ITEM, "lang": "en", "title": "Washing hands", "text": "Twenty seconds."}
    )
    last = desk.post("library", {"subject": subject, **ITEM, "edition": "3"})["fact"]
    told = desk.get("library")
    assert {(one["lang"], one["edition"], one["in_force"]) for one in told} == {
        ("zh", "2", False), ("zh", "3", True), ("en", "2", True),
    }  # fmt: skip
    assert {(one.lang, one.edition) for one in library.public_items()} == {("zh", "3"), ("en", "2")}
    withdrawn = desk.post(f"library/{subject}/withdraw", {"lang": "en", "reason": "已有新版"})["fact"]
    assert [one.lang for one in library.public_items()] == ["zh"]
    assert [one["fact"] for one in desk.get("library") if one["withdrawn"]] == [withdrawn]
    desk.post(f"library/{subject}/retract", {"taken": withdrawn, "why": "mistaken"})
    assert {one.lang for one in library.public_items()} == {"zh", "en"}
    desk.post(f"library/{subject}/withdraw", {"lang": "en", "reason": "已有新版"})
    desk.post(f"library/{subject}/retract", {"taken": last, "why": "mistaken"})
    assert [(one.lang, one.edition) for one in library.public_items()] == [("zh", "2")]


def test_an_answer_is_public_until_it_is_withdrawn(desk: Desk) -> None:
    subject = str(uuid4())
    desk.post("claims", {"subject": subject, **CLAIM})
    desk.post("claims", {"subject": subject, **CLAIM, "verdict": "misleading"})
    assert [one.verdict for one in library.public_claims()] == [ClaimVerdict.MISLEADING]
    withdrawn = desk.post(f"claims/{subject}/withdraw", {"reason": "证据已更新"})["fact"]
    (told,) = desk.get("claims")
    assert library.public_claims() == [] and (told["reason"], told["fact"]) == ("证据已更新", withdrawn) and told["own"]
    desk.post(f"claims/{subject}/retract", {"taken": withdrawn, "why": "mistaken"})
    assert [one.verdict for one in library.public_claims()] == [ClaimVerdict.MISLEADING]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"claim_zh": "患者张伟，说喝白酒有用"}, "claim_zh"),
        ({"answer_zh": "详询13912345678"}, "answer_zh"),
        ({"link": "example.org"}, "link"),
        ({"day": "2020-02-20"}, "day"),
        ({"claim_en": "Spirits prevent it."}, "answer_en"),
    ],
)
def test_an_answer_that_is_not_fit_is_refused(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    told = desk.post("claims", {"subject": str(uuid4()), **CLAIM, **wrong}, 422)
    assert field in {one["field"] for one in told["errors"]}
    assert library.public_claims() == []


def test_pub_03_who_made_a_claim_cannot_be_written_down() -> None:
    assert set(ClaimAnswered.model_fields) == {
        "verdict", "claim_zh", "answer_zh", "claim_en", "answer_en", "evidence", "link", "day",
    }  # fmt: skip


def test_another_province_neither_sees_nor_changes_it(desk: Desk) -> None:
    subject = str(uuid4())
    desk.post("claims", {"subject": subject, **CLAIM})
    desk.who = Desk(pytest.MonkeyPatch(), "duty_officer", "520000").who
    assert desk.get("claims") == []
    desk.post(f"claims/{subject}/withdraw", {"reason": "已更新"}, 404)
