"""A notice of ours: drafted from the registers, checked, approved by another, issued, revised; and counted again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.app.publication.compose import count
from lianfang.capabilities.bulletins.rules.cutoffs import DAILY, cutoff
from lianfang.capabilities.bulletins.service import issues as service
from lianfang.capabilities.cases.facts import Class
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, YUNNAN, hours, reported, viewer
from tests.cases.test_at_once import at_once

DAY, NEXT = "2020-01-28", "2020-01-29"
DRAFTER = viewer("duty_officer", YUNNAN)
OTHER = replace(DRAFTER, author="duty-2")


class Newsroom(Desk):
    """Where the notices of a province are written; ``case`` is one of its county's."""

    case: UUID

    def wrong(self, path: str, body: Any) -> list[tuple[str, str]]:
        """The fields and the reasons of what is refused."""
        return [(one["field"], one["reason"]) for one in self.post(path, body, 422)["errors"]]


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Two confirmed cases of the first day, at half past midnight of the second."""
    here = Newsroom(monkeypatch)
    here.case = here.report(as_class="confirmed")
    here.report(as_class="confirmed")
    here.now = hours(15.5)
    here.who = DRAFTER
    return here


def drafted(desk: Newsroom, day: str = DAY, **more: Any) -> str:
    return str(desk.post("issues", {"area": YUNNAN, "day": day, **more})["fact"])


def noted(desk: Newsroom, draft: str) -> list[dict[str, str]]:
    """A note for each warning; nothing blocks."""
    found = desk.get(f"issues/{draft}/findings")
    assert not any(one["blocks"] for one in found), found
    return [{"code": one["code"], "note": "已核实"} for one in found]


def issued(desk: Newsroom, draft: str) -> str:
    """From a draft to the public, by two people."""
    desk.post(f"issues/{draft}/check", {"notes": noted(desk, draft)})
    desk.who = OTHER
    desk.post(f"issues/{draft}/approve", {})
    fact = desk.post(f"issues/{draft}/issue", {})["fact"]
    desk.who = DRAFTER
    return str(fact)


def n_of(one: dict[str, Any], metric: str) -> int:
    return next(figure["n"] for figure in one["figures"] if figure["metric"] == metric and figure["area"] is None)


def test_bul_06_from_a_draft_to_a_revision(desk: Newsroom) -> None:
    preview = desk.get(f"areas/{YUNNAN}/issue", day=DAY)
    assert "累计报告" in preview["zh"] and n_of(preview, "confirmed_cum") == 2
    draft = drafted(desk)
    assert desk.get(f"issues/{draft}")["zh"] == preview["zh"]
    fact = issued(desk, draft)
    told = desk.get(f"issues/{draft}")
    assert (told["stage"], told["number"]) == ("issued", 1)
    assert desk.get(f"areas/{YUNNAN}/situation")["notice"]["text"] == preview["zh"]
    assert desk.get(f"issues/{draft}/verify") == {"holds": True, "chain": True, "differing": []}

    # a case of the first day comes late: the notice that is out does not change
    reported(Class.CONFIRMED, at=hours(6), now=hours(15.4))
    assert desk.get(f"issues/{draft}/verify")["holds"]
    assert desk.get(f"issues/{draft}")["zh"] == preview["zh"]

    assert desk.wrong("issues", {"area": YUNNAN, "day": DAY}) == [("revises", "issued_before")]
    assert desk.wrong("issues", {"area": YUNNAN, "day": DAY, "revises": fact}) == [("note", "needs_note")]
    second = drafted(desk, revises=fact, note="补报1例")
    issued(desk, second)
    stages = {one["draft"]: (one["stage"], one["number"]) for one in desk.get("issues", area=YUNNAN)}
    assert stages == {draft: ("revised", 1), second: ("issued", 2)}
    assert n_of(desk.get(f"issues/{second}"), "confirmed_cum") == 3
    assert desk.get(f"issues/{draft}/verify")["holds"] and desk.get(f"issues/{second}/verify")["holds"]
    assert desk.get(f"areas/{YUNNAN}/situation")["notice"]["text"] == desk.get(f"issues/{second}")["zh"]


def test_a_correction_is_in_the_next_notice_alone(desk: Newsroom) -> None:
    first = drafted(desk)
    issued(desk, first)
    desk.who = viewer("epidemiologist")
    desk.post(f"cases/{desk.case}/classify", {"to": "excluded", "basis": "expert"})
    desk.who, desk.now = DRAFTER, hours(39.5)
    second = drafted(desk, NEXT)
    issued(desk, second)
    told = desk.get(f"issues/{second}")
    assert (n_of(told, "confirmed_cum"), n_of(told, "revised_minus")) == (1, 1)
    assert n_of(desk.get(f"issues/{first}"), "confirmed_cum") == 2
    assert all(desk.get(f"issues/{one}/verify")["holds"] for one in (first, second))


def test_bul_09_who_drafts_does_not_approve_and_nothing_is_passed_over(desk: Newsroom) -> None:
    draft = drafted(desk)
    assert desk.wrong("issues", {"area": YUNNAN, "day": DAY}) == [("id", "open_draft")]
    assert desk.wrong(f"issues/{draft}/issue", {}) == [("draft", "not_approved")]
    assert desk.wrong(f"issues/{draft}/approve", {}) == [("draft", "not_checked")]
    desk.post(f"issues/{draft}/check", {"notes": noted(desk, draft)})
    assert desk.wrong(f"issues/{draft}/approve", {}) == [("author", "same_person")]
    desk.post(f"issues/{draft}/return", {"reason": "数字待核"})
    assert desk.wrong(f"issues/{draft}/approve", {}) == [("draft", "returned")]
    again = drafted(desk)
    desk.post(f"issues/{again}/retract", {"taken": again, "why": "mistaken"})
    third = drafted(desk)
    assert desk.get(f"issues/{third}")["stage"] == "drafted"


def test_of_two_drafts_at_once_one_is_kept(desk: Newsroom) -> None:
    contents = count(DRAFTER, YUNNAN, cutoff(DAILY).window(hours(0).date()), disease=DISEASE, now=desk.now).contents

    def drafts(who: Viewer, id: UUID | None = None) -> Callable[[], UUID]:
        return lambda: service.draft(who, contents, revises=None, note=None, id=id, now=desk.now)

    assert at_once(drafts(DRAFTER), drafts(OTHER)) == ["done", "open_draft"]
    (kept,) = desk.get("issues")
    desk.post(f"issues/{kept['draft']}/return", {"reason": "重拟"})
    same = uuid4()
    assert at_once(drafts(OTHER, same), drafts(OTHER, same)) == ["done", "done"]
    assert [one["draft"] for one in desk.get("issues", stage="drafted")] == [str(same)]


def test_bul_06_what_was_issued_is_archived_with_what_it_replaced(desk: Newsroom) -> None:
    first = drafted(desk)
    fact = issued(desk, first)
    second = drafted(desk, revises=fact, note="更正")
    assert [one["draft"] for one in desk.get("issues", archived="false")] == [second]
    issued(desk, second)
    told = desk.get("issues", archived="true", until=DAY)
    assert {one["draft"]: one["number"] for one in told} == {first: 1, second: 2}
    assert all(one["issued_at"] for one in told)
    assert desk.get("issues", archived="true", until="2020-01-27") == desk.get("issues", archived="false") == []


def test_a_day_that_is_not_over_has_no_notice(desk: Newsroom) -> None:
    assert desk.wrong("issues", {"area": YUNNAN, "day": NEXT}) == [("day", "not_over")]
    draft = drafted(desk, fact="0b8d8f5a-6a0e-4f0e-9a0b-6f3f9b1d2c47")
    assert drafted(desk, fact=draft) == draft


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("联系电话13800001234", "BUL-12.phone"),
        ("身份证530102199001011234", "BUL-12.identity"),
        ("患者：王小明", "BUL-12.name"),
        ("女，34岁，住幸福村，1例", "BUL-12.small_cell"),
    ],
)
def test_words_about_somebody_are_blocked_wherever_they_are_written(desk: Newsroom, words: str, rule: str) -> None:
    draft = drafted(desk)
    code = noted(desk, draft)[0]["code"] if noted(desk, draft) else "unreported"
    for path, body in (
        (f"issues/{draft}/check", {"notes": [{"code": code, "note": words}]}),
        (f"issues/{draft}/return", {"reason": words}),
        ("issues", {"area": YUNNAN, "day": DAY, "note": words}),
    ):
        assert rule in {reason for _, reason in desk.wrong(path, body)}, path
    assert desk.get(f"issues/{draft}")["stage"] == "drafted"


def test_a_disease_named_by_a_place_in_the_note_of_a_revision_needs_a_note(desk: Newsroom) -> None:
    fact = issued(desk, drafted(desk))
    second = drafted(desk, revises=fact, note="武汉肺炎病例补报1例")
    found = {one["code"]: one["blocks"] for one in desk.get(f"issues/{second}/findings")}
    assert found["BUL-12.naming_note"] is False
    assert ("notes", "BUL-12.naming_note") in desk.wrong(f"issues/{second}/check", {"notes": []})


def test_a_notice_is_closed_within_a_day_and_over_33_hours(desk: Newsroom) -> None:
    desk.now = hours(0.5)
    whole = desk.get(f"areas/{YUNNAN}/issue", day=DAY, cutoff="morning")
    assert "2020年1月27日0时至28日9时" in whole["zh"] and n_of(whole, "confirmed_cum") == 0
    assert desk.wrong("issues", {"area": YUNNAN, "day": DAY, "cutoff": "noon"}) == [("day", "not_over")]
    assert desk.wrong("issues", {"area": YUNNAN, "day": DAY, "cutoff": "dusk"}) == [("cutoff", "unknown")]
    desk.now = hours(4)
    draft = drafted(desk, cutoff="noon")
    told = desk.get(f"issues/{draft}")
    assert (told["cutoff"], n_of(told, "confirmed_cum"), n_of(told, "confirmed_new")) == ("noon", 2, 2)
    assert issued(desk, draft) and desk.get(f"issues/{draft}/verify")["holds"]
    desk.now = hours(15.5)
    evening = desk.get(f"issues/{drafted(desk)}")
    assert evening["cutoff"] == "day" and evening["previous"]["draft"] == draft


def test_a_notice_is_given_out_as_files_that_do_not_change(desk: Newsroom) -> None:
    draft = drafted(desk)
    issued(desk, draft)
    for format in ("txt", "html", "json", "docx", "xlsx"):
        one, again = (desk.asked("get", f"issues/{draft}/file", data={"format": format}) for _ in range(2))
        assert one.status_code == 200 and one.content == again.content
        assert f"530000-20200129T0000-1{'' if format == 'json' else '-zh'}.{format}" in one["Content-Disposition"]
    assert desk.get(f"issues/{draft}/late") == {"day": DAY, "n": 0, "units": []}
