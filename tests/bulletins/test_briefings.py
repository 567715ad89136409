"""Press conferences: the pack stands on an issued notice, what is asked and answered stays."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from docx import Document

from lianfang.access.matrix import operator
from lianfang.app.publication.outputs import set_paper
from lianfang.app.publication.press import pack
from tests.bulletins.test_issues import Newsroom, desk, drafted, issued
from tests.cases.made import YUNNAN

__all__ = ["desk"]
LINES = {"summary_zh": ["排查到位。", "全力救治。", "措施在行。"], "summary_en": ["Found.", "Treated.", "Steered."]}
AT = "2020-01-29T02:00:00Z"


def prepared(desk: Newsroom, notice: str, **more: Any) -> str:
    subject = str(uuid4())
    desk.post("briefings", {"subject": subject, "notice": notice, "held_at": AT, **LINES, **more})
    return subject


def test_bul_07_a_pack_has_the_record_three_lines_the_figures_and_the_answers(desk: Newsroom) -> None:
    notice = drafted(desk)
    wrong = {"subject": str(uuid4()), "notice": notice, "held_at": AT, **LINES}
    assert desk.wrong("briefings", wrong) == [("notice", "not_issued")]
    issued(desk, notice)
    lines = desk.get(f"issues/{notice}/briefing-lines")
    assert len(lines["zh"]) == len(lines["en"]) == 3
    held = prepared(desk, notice)
    question = desk.post(f"briefings/{held}/ask", {"expected": True, "zh": "有无社区传播？", "en": "Any spread?"})[
        "fact"
    ]
    desk.post(f"briefings/{held}/answer", {"question": question, "zh": "目前没有。", "en": "None so far."})
    desk.post(f"briefings/{held}/hold", {})

    # asked at the conference and answered afterwards, then answered anew: all of it is archived
    asked = desk.post(f"briefings/{held}/ask", {"zh": "医疗物资是否充足？"})["fact"]
    desk.post(f"briefings/{held}/answer", {"question": asked, "zh": "储备可用十日。"})
    desk.post(f"briefings/{held}/answer", {"question": asked, "zh": "储备可用十二日。"})
    assert [(one["held"], one["questions"], one["answered"]) for one in desk.get("briefings")] == [(True, 2, 2)]
    told = desk.get(f"briefings/{held}")
    assert [len(one["answers"]) for one in told["questions"]] == [1, 2]

    for lang, words in (("zh", ["排查到位。", "有无社区传播？", "储备可用十二日。", "累计确诊病例"]),
                        ("en", ["Found.", "Any spread?", "None so far.", "confirmed cases, cumulative"])):  # fmt: skip
        of = pack(operator(), held, lang)  # type: ignore[arg-type]  # of a literal
        text = set_paper(of, "txt").decode()
        record = desk.get(f"issues/{notice}")
        assert [one for one in (*words, record[lang], f"{record['seq']}:{record['chain']}") if one not in text] == []
        assert (
            of.map
            and of.map.svg.count("<title>") == 16
            and of.map.svg in set_paper(of, "html").decode().replace(f'role="img" aria-label="{of.map.title}" ', "")
        )
        written = set_paper(of, "docx")
        (picture,) = Document(io.BytesIO(written)).inline_shapes
        assert picture._inline.docPr.get("descr") == of.map.title
        assert written == set_paper(pack(operator(), held, lang), "docx")  # type: ignore[arg-type]  # of a literal
    answer = desk.asked("get", f"briefings/{held}/file", data={"format": "html", "lang": "zh"})
    assert answer.status_code == 200 and "储备可用十二日。" in answer.content.decode()


def test_a_pack_that_was_held_stands_and_what_is_mistaken_is_taken_back(desk: Newsroom) -> None:
    notice = drafted(desk)
    issued(desk, notice)
    held = prepared(desk, notice)
    changed = {"subject": held, "notice": notice, "held_at": AT, **LINES, "summary_zh": ["一。", "二。", "三。"]}
    desk.post("briefings", changed)
    assert desk.get(f"briefings/{held}")["summary_zh"] == ["一。", "二。", "三。"]
    assert desk.wrong(f"briefings/{held}/answer", {"question": str(uuid4()), "zh": "无"}) == [
        ("question", "unknown_question")
    ]
    fact = desk.post(f"briefings/{held}/hold", {})["fact"]
    assert desk.wrong("briefings", {**changed, **LINES}) == [("notice", "held")]
    desk.post(f"briefings/{held}/retract", {"taken": fact, "why": "mistaken"})
    desk.post("briefings", {**changed, **LINES})
    assert desk.get(f"briefings/{held}")["held"] is None


@pytest.mark.parametrize(("field", "rule"), [("summary_zh", "BUL-12.phone"), ("zh", "BUL-12.name")])
def test_nothing_of_a_person_stands_in_a_pack(desk: Newsroom, field: str, rule: str) -> None:
    notice = drafted(desk)
    issued(desk, notice)
    if field == "zh":
        asked = desk.wrong(f"briefings/{prepared(desk, notice)}/ask", {"zh": "患者：王小明，现状如何？"})
        assert asked == [("zh", rule)]
        return
    lines = {**LINES, "summary_zh": ["甲。", "请拨打13800138000。", "丙。"]}
    body = {"subject": str(uuid4()), "notice": notice, "held_at": AT, **lines}
    assert desk.wrong("briefings", body) == [("summary_zh", rule)]
    assert desk.get("briefings", area=YUNNAN) == []
