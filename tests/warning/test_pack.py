"""The assessment pack as PDF: in both languages, for who may see the area, without a browser."""

from __future__ import annotations

import re
import zlib

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.warning.rules.pack import printed
from tests.cases.desk import Desk
from tests.cases.made import YUNNAN, act, hours, onset, reported


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a province with a case; the record's clock is the desk's too."""
    made = Desk(monkeypatch, "duty_officer", YUNNAN)
    monkeypatch.setattr("lianfang.facts.clock.now", lambda: made.now)
    case = reported(Class.SUSPECTED, about=onset("2020-01-25"))
    act(case, kinds.Classified, at=hours(1), to="confirmed", basis="laboratory")
    made.now = hours(48)
    return made


def pages(pdf: bytes) -> int:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)
    said = [pdf]
    for one in streams:
        try:
            said.append(zlib.decompressobj().decompress(one))
        except zlib.error:
            continue
    return max(len(re.findall(rb"/Type\s*/Page\b", part)) for part in said)


def test_a_pack_is_printed_in_both_languages_the_same_each_time(desk: Desk) -> None:
    for lang in ("zh", "en"):
        first, again = (desk.asked("get", "warning/pack.pdf", data={"area": YUNNAN, "lang": lang}) for _ in range(2))
        assert first.status_code == 200, first.content
        assert first["Content-Disposition"] == f'attachment; filename="{YUNNAN}-2020-01-29-{lang}.pdf"'
        assert first.content.startswith(b"%PDF-") and pages(first.content) >= 2
        assert first.content == again.content
    desk.get("warning/pack.pdf", 403, area="150000")
    (wrong,) = desk.get("warning/pack.pdf", 422, area=YUNNAN, as_of="2020-01-30")["errors"]
    assert wrong["field"] == "as_of"


def test_without_a_chinese_font_the_answer_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "families", lambda: (printed.LATIN,))
    (wrong,) = desk.get("warning/pack.pdf", 422, area=YUNNAN)["errors"]
    assert wrong["reason"] == "no_font" and "fonts-noto-cjk" in str(wrong)
