"""What is told outside the country: Annex 2 as a table, the 24-hour clock, sums of issued notices only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import operator
from lianfang.app.publication.outputs import set_paper
from lianfang.app.publication.outside import notification
from lianfang.capabilities.bulletins.facts.external import Criterion, ExternalAssessed, Judged
from lianfang.capabilities.bulletins.queries.external import obligations
from lianfang.capabilities.bulletins.rules.external import has_to_be_told, instruments, recipients
from tests.bulletins.test_issues import Newsroom, desk, drafted, issued
from tests.cases.made import DISEASE, YUNNAN

__all__ = ["desk"]
CRITERIA = tuple(one.value for one in Criterion)

#  serious  unusual  spread  restrictions | listed | told
ANNEX_2 = """
0 0 0 0 | | no
1 0 0 0 | | no
0 1 0 0 | | no
0 0 1 0 | | no
0 0 0 1 | | no
1 1 0 0 | | yes
1 0 1 0 | | yes
1 0 0 1 | | yes
0 1 1 0 | | yes
0 1 0 1 | | yes
0 0 1 1 | | yes
1 1 1 0 | | yes
1 1 1 1 | | yes
0 0 0 0 | smallpox | yes
0 0 0 0 | polio_wild | yes
0 0 0 0 | influenza_new_subtype | yes
1 0 0 0 | sars | yes
"""


@pytest.mark.parametrize("row", ANNEX_2.strip().splitlines())
def test_any_two_of_four_or_a_disease_always_told(row: str) -> None:
    answers, listed, told = (cell.strip() for cell in row.split("|"))
    judged = tuple(
        Judged(criterion=Criterion(one), met=bit == "1", why="依据")
        for one, bit in zip(CRITERIA, answers.split(), strict=True)
    )
    data = ExternalAssessed(
        disease=DISEASE, edition="ihr2005", title_zh="事件", title_en="Event", known_at="2020-01-28T00:00:00Z",
        listed=listed or None, judged=judged,
    )  # fmt: skip
    assert has_to_be_told(data) is (told == "yes")


def test_the_policy_is_dated_and_cited() -> None:
    (edition,) = instruments()
    assert (edition.needed, edition.assess_h, edition.notify_h) == (2, 48, 24)
    assert "Annex 2" in edition.source and "Article 6.1" in edition.source and edition.begins.year == 2007
    assert {one.code for one in edition.criteria} == set(CRITERIA)
    assert [one.code for one in recipients().values() if one.ends_clock] == ["focal_point", "who"]


def assessed(desk: Newsroom, met: tuple[str, ...] = ("serious", "spread"), **more: Any) -> str:
    subject = str(more.pop("subject", uuid4()))
    judged = [{"criterion": one, "met": one in met, "why": "新发传染病，已有跨省传播"} for one in CRITERIA]
    body = {
        "subject": subject, "area": YUNNAN, "disease": DISEASE, "title_zh": "新型冠状病毒感染的肺炎",
        "title_en": "Novel coronavirus pneumonia", "known_at": "2020-01-27T00:00:00Z", "judged": judged, **more,
    }  # fmt: skip
    desk.post("external", body)
    return subject


def told(desk: Newsroom, event: str, notice: str, to: str = "who", **more: Any) -> str:
    body = {"to": to, "channel": "mail", "notice": notice, **more}
    return str(desk.post(f"external/{event}/notify", body)["fact"])


def test_bul_08_the_clock_runs_from_the_assessment_and_ends_when_the_right_ones_are_told(desk: Newsroom) -> None:
    notice = drafted(desk)
    issued(desk, notice)
    event, begun = assessed(desk), desk.now
    card = desk.get(f"external/{event}")
    assert (card["clock"], card["assessed_in_time"]) == ("running", True)
    (one,) = desk.get("external")
    assert one["due"].startswith((begun + timedelta(hours=24)).strftime("%Y-%m-%dT%H:%M"))
    duty = [(its.rule, its.due - its.begins, its.done_at) for its in duties(desk, event)]
    assert duty == [("external.notify", timedelta(hours=24), None)]

    told(desk, event, notice, "hong_kong")
    assert desk.get(f"external/{event}")["clock"] == "running"
    desk.now = begun + timedelta(hours=25)
    assert desk.get("external")[0]["clock"] == "overdue"
    fact = told(desk, event, notice, "focal_point", reference="云卫函1号")
    assert desk.get(f"external/{event}")["clock"] == "late" and duties(desk, event)[0].done_at is not None
    desk.post(f"external/{event}/acknowledge", {"notification": fact, "reference": "收1"})
    again = {"notification": fact}
    assert desk.wrong(f"external/{event}/acknowledge", again) == [("notification", "again")]
    assert [row["acknowledged"] for row in desk.get("external")] == [1]


def test_assessed_anew_the_first_clock_goes_on_and_one_that_need_not_be_told_has_none(desk: Newsroom) -> None:
    event, begun = assessed(desk, ("serious",)), desk.now
    assert desk.get(f"external/{event}")["clock"] == "not_needed" and duties(desk, event) == []
    desk.now = begun + timedelta(hours=3)
    assessed(desk, ("serious", "spread"), subject=event)
    due = desk.get("external")[0]["due"]
    desk.now = begun + timedelta(hours=5)
    assessed(desk, ("serious", "spread", "unusual"), subject=event)
    assert desk.get("external")[0]["due"] == due
    assert due.startswith((begun + timedelta(hours=27)).strftime("%Y-%m-%dT%H:%M"))
    late = assessed(desk, known_at="2020-01-20T00:00:00Z")
    assert desk.get(f"external/{late}")["assessed_in_time"] is False


def test_bul_08_only_sums_of_issued_notices_go_outside(desk: Newsroom) -> None:
    event, notice = assessed(desk), drafted(desk)
    body = {"to": "who", "channel": "mail", "notice": notice}
    assert desk.wrong(f"external/{event}/notify", body) == [("notice", "not_issued")]
    issued(desk, notice)
    for words, rule in (("患者：王小明", "BUL-12.name"), ("女，34岁，住幸福村，1例", "BUL-12.small_cell")):
        refused = desk.wrong(f"external/{event}/notify", {**body, "words_zh": words})
        assert ("words_zh", rule) in refused
    assert desk.wrong(f"external/{event}/notify", {**body, "to": "country"}) == [("named", "which")]
    assert desk.wrong(f"external/{event}/notify", {**body, "to": "nobody"}) == [("to", "unknown")]
    other = assessed(desk, disease="sars-2003")
    assert desk.wrong(f"external/{other}/notify", body) == [("notice", "other_event")]

    told(desk, event, notice, "country", named="泰国", words_zh="请关注。", words_en="Please note.")
    for lang in ("zh", "en"):
        text = set_paper(notification(operator(), UUID(event), lang, now=desk.now), "txt").decode()
        record = desk.get(f"issues/{notice}")
        assert record[lang] in text and "泰国" in text and f"{record['seq']}:{record['chain']}" in text
    answer = desk.asked("get", f"external/{event}/file", data={"format": "html", "lang": "en"})
    assert answer.status_code == 200 and b"Is the public health impact" in answer.content


def test_each_question_is_answered_once_and_a_mistake_is_taken_back(desk: Newsroom) -> None:
    judged = [{"criterion": "serious", "met": True, "why": "是"}] * 4
    body = {
        "subject": str(uuid4()), "area": YUNNAN, "disease": DISEASE, "title_zh": "事件", "title_en": "Event",
        "known_at": "2020-01-27T00:00:00Z", "judged": judged,
    }  # fmt: skip
    assert desk.wrong("external", body) == [("judged", "not_each_once")]
    event = assessed(desk)
    fact = desk.get(f"external/{event}")["assessments"][0]["fact"]
    desk.post(f"external/{event}/retract", {"taken": fact, "why": "mistaken"})
    assert desk.get("external") == []


def duties(desk: Newsroom, event: str) -> list[Any]:
    since = desk.now - timedelta(days=2)
    return list(obligations(operator(), since, desk.now + timedelta(days=2), [UUID(event)]))
