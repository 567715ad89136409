"""The forms of the open page: told and asked without a script, and nothing of it in an address."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lianfang.app.database import PUBLIC, Database
from lianfang.capabilities.bulletins.queries.feedback import statistics
from tests.cases.desk import Desk
from tests.cases.made import WUHUA

AT = "/care/feedback/"
FORM = "application/x-www-form-urlencoded"
WORDS = "发热门诊的开诊时间与网上写的不一致，请核对。\r\n谢谢！"


class Reader:
    """Whoever reads the page, in a browser that keeps what it is told to keep."""

    def __init__(self, languages: str = "zh-CN,zh;q=0.9") -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": languages})
        self.page = ""

    def opened(self, **query: str) -> str:
        answer = self.client.get(AT, query)
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
        self.page = answer.content.decode()
        return self.page

    def sent(self, status: int = 200, **fields: str) -> str:
        """A form with what is hidden in it, and what was typed."""
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page)
        answer = self.client.post(AT, urlencode({**dict(hidden), **fields}), content_type=FORM)
        assert answer.status_code == status, answer.content
        assert not self.client.cookies and not answer.has_header("Location")
        self.page = answer.content.decode()
        return self.page


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch, "county_duty_officer", WUHUA)


@pytest.fixture
def reader(desk: Desk) -> Reader:
    return Reader()


def ticket_on(page: str) -> str:
    found = re.search(r'class="ticket">([0-9A-Z-]{14})<', page)
    assert found, page
    return found[1]


def test_pub_06_told_and_read_again_by_its_number_without_a_script(reader: Reader, desk: Desk) -> None:
    assert '<option value="530000">云南省</option>' in reader.opened() and "<textarea" not in reader.page
    assert '<option value="530102">五华区</option>' in reader.opened(area="530100")
    county = reader.opened(area=WUHUA)
    assert "云南省 › 昆明市 › 五华区" in county and "<script" not in county and '<select id="area"' not in county
    ticket = ticket_on(reader.sent(topic="care", words=WORDS))
    assert "将于2020年" in reader.sent(ticket=ticket.lower())
    (line,) = desk.get("feedback")
    assert (line["area"], line["topic"], line["lang"]) == (WUHUA, "care", "zh")
    assert desk.get(f"feedback/{line['subject']}")["words"] == WORDS.replace("\r\n", "\n")
    desk.post(f"feedback/{line['subject']}/answer", {"outcome": "answered", "answer": "已更正，谢谢。"})
    assert "已答复" in reader.sent(ticket=ticket) and "已更正，谢谢。" in reader.page
    assert "没有这个编号" in reader.sent(404, ticket="0000-0000-0000")


def test_the_same_form_sent_twice_is_one(reader: Reader, desk: Desk) -> None:
    form = reader.opened(area=WUHUA)
    first = ticket_on(reader.sent(topic="care", words=WORDS))
    reader.page = form
    assert ticket_on(reader.sent(topic="care", words=WORDS)) == first
    assert statistics(desk.now).received == 1


@pytest.mark.parametrize("words", ["请联系我13912345678", "  ", "<b>请看</b>患者张伟，住在我家楼上"])
def test_what_is_refused_is_said_and_stays_in_the_form(reader: Reader, desk: Desk, words: str) -> None:
    reader.opened(area=WUHUA, lang="en")
    page = reader.sent(422, topic="conduct", words=words)
    assert 'role="alert"' in page and 'aria-invalid="true"' in page and 'value="conduct" selected' in page
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert kept and unescape(kept[1]) == words and "<b>" not in kept[1]
    assert statistics(desk.now).received == 0


def test_a_flood_is_told_when_to_come_again(reader: Reader) -> None:
    for _ in range(10):
        reader.opened(area=WUHUA)
        reader.sent(topic="care", words=WORDS)
    reader.opened(area=WUHUA)
    assert "提交太多" in reader.sent(429, topic="care", words=WORDS)


@pytest.mark.parametrize(
    ("body", "sent", "status"),
    [
        ("words=x", {"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
        ("words=" + "x" * 33_000, {}, 413),
        ('{"words": "x"}', {"content_type": "application/json"}, 415),
        ("area=1&id=2&topic=3&words=x&lang=%00", {}, 422),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(reader: Reader, body: str, sent: dict[str, Any], status: int) -> None:
    assert reader.client.post(AT, body, **{"content_type": FORM, **sent}).status_code == status


def test_a_language_of_the_site_is_one_of_the_forms(reader: Reader, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv(PUBLIC, str(tmp_path))
    (tmp_path / "words").mkdir()
    words = tmp_path / "words" / "vi.toml"
    words.write_text('lang = "vi"\nname = "Tiếng Việt"\n[words]\ntell_send = "Gửi"\n', "utf-8")
    assert "<button>Gửi</button>" in reader.opened(area=WUHUA, lang="vi") and 'lang="vi"' in reader.page
    assert "<button>Gửi</button>" in Reader("vi-VN,en;q=0.5").opened(area=WUHUA)
    assert "Wuhua" in Reader("fr,en;q=0.5").opened(area=WUHUA)
    words.write_text("lang = 1", "utf-8")
    assert "<button>提交</button>" in reader.opened(area=WUHUA, lang="vi"), "a broken file closes no page"
