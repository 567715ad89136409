"""The public site: whole, without a name, without a script, the same from the same, and never half."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from html.parser import HTMLParser
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin
from uuid import UUID, uuid4
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from lianfang.app.database import Database
from lianfang.app.errors import Unusable
from lianfang.app.publication.serving import Files
from lianfang.app.publication.site import files, papers, site, write
from lianfang.app.publication.site.gathered import gather
from lianfang.app.publication.site.words import languages
from lianfang.capabilities.bulletins.service import feedback
from lianfang.capabilities.command.facts.instructions import InstructionSent
from lianfang.capabilities.command.facts.measures import MeasureIssued, measure_id
from lianfang.capabilities.command.facts.venues import VenueRegistered, VenueStated
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.identity import service as vault
from tests.cases.desk import Desk
from tests.cases.made import WUHUA, YUNNAN, hours, viewer
from tests.publication import made
from tests.publication.test_feedback import WORDS
from tests.publication.test_library import CLAIM, ITEM

NOW = made.FIRST + timedelta(days=5, hours=12)
URL = "https://lianfang.example.org/public/"
OUTSIDE = ("/care/", "/care/feedback/?lang=zh", "/care/feedback/?lang=en")
KILOBYTE = 1024
PERSON = {
    "name": "欧阳测试", "phones": ["13912345678"], "area": WUHUA, "data_class": "case",
    "documents": [{"kind": "passport", "country": "CHN", "number": "E12345678"}], "since": "2020-01-20",
}  # fmt: skip
SEEDED = ("欧阳测试", "13912345678", "E12345678", "duty-1", "desk-1", "cdc-1", "与网上写的不一致")
"""What nothing public may hold: it is in the vault, or tells who has written."""


@pytest.fixture
def told(database: Database, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, bytes]:
    """The site of five days of a province, one of them revised, with health education and a claim."""
    made.issued(YUNNAN, 5)  # before all else: of what is received later nobody knows before that
    desk = Desk(monkeypatch)
    desk.report()
    assert vault.enter(desk.who, [(1, {"id": str(uuid4()), **PERSON})], now=hours(1)).entered == 1
    feedback.give(WUHUA, "care", "zh", WORDS, id=uuid4(), source="somewhere", now=hours(1))
    desk.who, desk.now = viewer("duty_officer", YUNNAN), hours(1)
    desk.post("library", {"subject": str(uuid4()), **ITEM})
    desk.post("claims", {"subject": str(uuid4()), **CLAIM, "claim_en": "Spirits prevent it.", "answer_en": "No."})
    return site(gather(NOW), languages(), URL)


class Page(HTMLParser):
    """The links, anchors and headings of a page; a tag that is not closed as it was opened is an error."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(content.decode())
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        self.tags.append(tag)
        self.links += [to for name in ("href", "src") if (to := its.get(name))]
        self.ids += [one for one in [its.get("id")] if one]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def pages(told: Mapping[str, bytes]) -> dict[str, Page]:
    return {name: Page(content) for name, content in told.items() if name.endswith(".html")}


def test_pub_01_every_page_is_whole_and_every_link_leads_somewhere(told: Mapping[str, bytes]) -> None:
    found = pages(told)
    assert len(found) > 60
    for name, page in found.items():
        assert page.tags.count("h1") == 1 and len(page.ids) == len(set(page.ids)), name
        assert not {"script", "iframe", "form", "img"} & set(page.tags), name
        for link in page.links:
            if link.startswith(("https://example.org", "tel:", "data:")) or link in OUTSIDE:
                continue
            to, _, anchor = urljoin(f"https://site/{name}", link).removeprefix("https://site/").partition("#")
            assert to in told, (name, link)
            assert not anchor or anchor in found[to].ids, (name, link)


def test_pub_01_what_is_told_is_dated_and_told_in_two_languages(told: Mapping[str, bytes]) -> None:
    pages_of = {lang: {name[3:] for name in told if name.startswith(f"{lang}/")} for lang in ("zh", "en")}
    assert pages_of["zh"] == pages_of["en"]
    for lang, said in (("zh", "截至"), ("en", "as of")):
        for name in ("530000/index", "tips", "measures", "venues", "clinics", "feedback", "data"):
            page = told[f"{lang}/{name}.html"].decode()
            assert said in page or name == "tips", (lang, name)
            assert f'href="{"../" * (1 + name.count("/"))}{ {"zh": "en", "en": "zh"}[lang] }/{name}.html"' in page


def test_pub_02_an_item_says_its_source_day_version_and_language_and_prints(told: Mapping[str, bytes]) -> None:
    (name,) = (one for one in told if one.startswith("zh/library/"))
    page = told[name].decode()
    for said in (ITEM["title"], ITEM["text"], ITEM["source"], "2020年1月27日", "<dd>2</dd>", "<dd>中文</dd>"):
        assert said in page, said
    assert "@media print" in told["style.css"].decode()


def test_pub_03_a_claim_stands_with_its_verdict_evidence_and_day(told: Mapping[str, bytes]) -> None:
    page = told["zh/claims.html"].decode()
    for said in (CLAIM["claim_zh"], CLAIM["answer_zh"], "不实", CLAIM["evidence"], CLAIM["link"], "2020年1月28日"):
        assert said in page, said


def test_pub_06_how_feedback_is_answered_is_told_in_sums(told: Mapping[str, bytes]) -> None:
    sums = json.loads(told["data/feedback.json"])["rows"]
    assert sums == [{"received": 1, "answered": 0, "in_time": 0, "overdue": 1, "median_h": None}]
    page = told["zh/feedback.html"].decode()
    assert "72小时内答复" in page and "逾期未答复" in page and "期限已过而尚未答复" in page


def test_nothing_of_a_person_stands_in_it(told: Mapping[str, bytes]) -> None:
    for name, content in told.items():
        text = content.decode()
        assert not [one for one in SEEDED if one in text], name


def test_a_first_load_is_small(told: Mapping[str, bytes]) -> None:
    largest = max(len(content) for name, content in told.items() if name.endswith(".html"))
    assert largest + len(told["style.css"]) < 150 * KILOBYTE


def test_pub_07_each_number_leads_to_its_definition_and_its_revisions(told: Mapping[str, bytes]) -> None:
    newest = told["zh/530000/index.html"].decode()
    assert 'href="figure-confirmed_cum.html#log"' in newest and 'href="division-530100.html"' in newest
    log = told["en/530000/figure-confirmed_cum.html"].decode()
    assert "Definition" in log and "补报1例" in log and "This issue was revised" in log
    first = told["zh/530000/20200130T0000-1.html"].decode()
    assert "20200130T0000-2.html" in first and "本期已有订正" in first


def test_pub_01_what_is_downloaded_is_what_its_schema_says(told: Mapping[str, bytes]) -> None:
    for name in ("530000/figures", "measures", "venues", "clinics", "feedback"):
        schema = json.loads(told[f"data/{name.rpartition('/')[2]}.schema.json"])
        whole = json.loads(told[f"data/{name}.json"])
        jsonschema_rs.validate(schema, whole)
        lines = told[f"data/{name}.csv"].decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(whole["rows"])
    rows = json.loads(told["data/530000/figures.json"])["rows"]
    of = {(one["issue"], one["in_force"]): one["n"] for one in rows if one["as_of"].startswith("2020-01-30")
          and one["metric"] == "confirmed_cum" and not one["division"]}  # fmt: skip
    assert of[2, True] == of[1, False] + 1


def test_the_feed_is_atom_and_the_newest_stands_first(told: Mapping[str, bytes]) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(told["zh/feed.atom"])
    updated = [str(one.findtext(f"{atom}updated")) for one in root.iter(f"{atom}entry")]
    assert root.tag == f"{atom}feed" and len(updated) == 8 and updated == sorted(updated, reverse=True)
    ids = [str(one.findtext(f"{atom}id")) for one in root.iter(f"{atom}entry")]
    assert len(set(ids)) == len(ids) and all(one.startswith(f"{URL}zh/") for one in ids)
    listed = ElementTree.fromstring(told["sitemap.xml"])
    assert {str(one.text).removeprefix(URL) for one in listed.iter() if one.tag.endswith("loc")} <= set(told)


def fact(data: FactData, subject: UUID) -> Fact:
    return Fact.of(data, id=uuid4(), subject=subject, area=WUHUA, observed_at=made.FIRST)


def appended(*facts: Fact) -> None:
    outcomes = log.append(facts, principal=log.Principal("duty-1", "desk-1"), now=made.FIRST)
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def test_a_measure_that_has_ended_is_gone_from_the_written_site(database: Database, tmp_path: Path) -> None:
    ends = NOW + timedelta(hours=2)
    common = {
        "starts": made.FIRST, "basis": "《传染病防治法》第四十二条", "approver": "省指挥部",
        "doc_no": "示例〔2020〕1号", "units": [{"code": "police", "zh": "公安局"}],
    }  # fmt: skip
    road = MeasureIssued(
        number=1, sort="movement", zh="出入县境须测温登记。", en="Temperatures are taken at the border.", ends=ends,
        exempt=("medical", "supply"), **common,
    )  # fmt: skip
    market = MeasureIssued(number=2, sort="venue", zh="活禽市场休市。", ends=ends + timedelta(days=5), **common)
    appended(*(fact(one, measure_id(WUHUA, one.doc_no, one.number)) for one in (road, market)))
    out = tmp_path / "site"

    def written(at: datetime) -> tuple[str, str, set[int]]:
        write(out, now=at, url=URL)
        rows = json.loads((out / "data" / "measures.json").read_text("utf-8"))["rows"]
        zh, en = ((out / lang / "measures.html").read_text("utf-8") for lang in ("zh", "en"))
        return zh, en, {one["number"] for one in rows}

    zh, en, rows = written(ends - timedelta(minutes=1))
    assert rows == {1, 2} and "出入县境须测温登记。" in zh and "医疗、物资" in zh and "省指挥部" in zh
    assert "Temperatures are taken at the border." in en and '<span lang="zh-CN">活禽市场休市。</span>' in en
    zh, en, rows = written(ends)
    assert rows == {2} and "测温登记" not in zh and "Temperatures" not in en and "活禽市场休市。" in zh


def test_a_health_risk_tip_is_read_and_an_order_to_offices_is_not(database: Database) -> None:
    common = {"issuer": "省指挥部", "doc_no": "示例〔2020〕3号", "to": [{"area": WUHUA}], "read_by": NOW}
    tip = InstructionSent(
        sort="risk_tip", zh="返程乘车请戴口罩", en="Wear a mask on your way back", zh_text="尽量错峰出行。", **common
    )
    order = InstructionSent(sort="order", zh="值守通知", zh_text="请加强卡点值守。", **common)
    appended(fact(tip, uuid4()), fact(order, uuid4()))
    told = site(gather(NOW), languages(), URL)
    zh, en = (told[f"{lang}/tips.html"].decode() for lang in ("zh", "en"))
    assert "返程乘车请戴口罩" in zh and "尽量错峰出行。" in zh and "省指挥部" in zh
    assert "Wear a mask on your way back" in en and '<span lang="zh-CN">尽量错峰出行。</span>' in en
    assert "返程乘车请戴口罩" in told["zh/feed.atom"].decode() and "Wear a mask" in told["en/index.html"].decode()
    assert not [name for name, content in told.items() if "值守" in content.decode()]


def test_a_venue_is_told_as_it_is_at_that_moment(database: Database) -> None:
    id = uuid4()
    told = {"doc_no": "示例〔2020〕2号", "limits": "须预约"}
    appended(
        fact(VenueRegistered(sort="museum", zh="示例博物馆", en="Sample museum"), id),
        fact(VenueStated(status="closed", starts=made.FIRST, reopens=NOW.date() + timedelta(days=9), **told), id),
        fact(VenueStated(status="limited", starts=NOW + timedelta(days=9), **told), id),
    )
    now, later = (
        site(gather(at), languages(), URL)["en/venues.html"].decode() for at in (NOW, NOW + timedelta(days=9))
    )
    for said in ("Sample museum", ">closed</td>", ">11 February 2020</td>", "示例〔2020〕2号"):
        assert said in now
    assert ">limited</td>" in later and ">closed</td>" not in later


def test_notices_can_be_kept_and_printed_and_each_file_is_made_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.issued(YUNNAN, 1)
    told = gather(NOW)
    assert papers.held(told.places, tmp_path, most_s=0) == {}
    held = papers.held(told.places, tmp_path, most_s=inf)
    assert {name.partition("/")[0] for name in held} == {"zh", "en"}
    assert {content[:4] for content in held.values()} == {b"%PDF", b"PK\3\4"} and len(held) == 6
    monkeypatch.setattr(papers, "render", lambda *_: pytest.fail("made twice"))
    assert papers.held(told.places, tmp_path, most_s=inf) == held
    whole, none = (site(told, languages(), URL, files) for files in (held, {}))
    for page in ("archive", "20200128T0000-1"):
        links = {one for one in Page(whole[f"en/530000/{page}.html"]).links if one.endswith((".pdf", ".docx", ".xlsx"))}
        found = {urljoin(f"https://site/en/530000/{page}.html", one).removeprefix("https://site/") for one in links}
        assert found == {name for name in held if name.startswith("en/")} and found <= set(whole)
        assert b".pdf" not in none[f"en/530000/{page}.html"]


def test_what_to_do_with_which_symptoms_needs_no_script(told: Mapping[str, bytes]) -> None:
    zh, en = (told[f"{lang}/check.html"].decode() for lang in ("zh", "en"))
    first, _, rest = en.partition("See a fever clinic soon with 37.3")
    assert "Call 120 now" in first and "<li>shortness of breath" in first.lower() and "<li>cough" in rest.lower()
    assert 'href="clinics.html"' in en and 'href="/care/"' in en and "37.3℃" in zh


def test_the_same_is_written_to_the_same_bytes(told: Mapping[str, bytes]) -> None:
    assert site(gather(NOW), languages(), URL) == told


def test_a_further_language_is_a_file_and_what_it_lacks_is_reported(
    told: Mapping[str, bytes], tmp_path: Path, database: Database
) -> None:
    words = tmp_path / "vi.toml"
    words.write_text('lang = "vi"\nname = "Tiếng Việt"\n[words]\nhome = "Trang chủ"\n', "utf-8")
    written = write(tmp_path / "site", words=[words], now=NOW, url=URL, papers_s=0)
    page = (tmp_path / "site" / "vi" / "index.html").read_text("utf-8")
    assert "Trang chủ" in page and "Measures in force" in page and 'lang="vi"' in page
    assert "measures" in written.lacking["vi"] and "home" not in written.lacking["vi"]
    words.write_text("lang = 1", "utf-8")
    with pytest.raises(Unusable, match="no file of words"):
        languages([words])


def test_chinese_and_english_say_the_same_things() -> None:
    zh, en = languages()
    assert set(zh.words) == set(en.words)
    fields = {key: [set(re.findall(r"{(\w+)}", one.words[key])) for one in (zh, en)] for key in zh.words}
    assert all(a == b for a, b in fields.values())


def test_a_crash_in_the_middle_leaves_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, old, new = tmp_path / "site", {"a.html": b"old", "b/c.html": b"old"}, {"a.html": b"new", "b/c.html": b"new"}
    files.put(out, old)
    kept = Path.write_bytes

    def dying(path: Path, content: bytes) -> int:
        if path.name == "c.html":
            raise OSError("no space left")
        return kept(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", dying)
        with pytest.raises(OSError, match="no space"):
            files.put(out, new)
    assert (out / "a.html").read_bytes() == (out / "b" / "c.html").read_bytes() == b"old"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            files.put(out, new)
    assert (out / "a.html").read_bytes() == b"old"
    files.put(out, new)
    assert (out / "a.html").read_bytes() == (out / "b" / "c.html").read_bytes() == b"new"
    files.put(out, {"a.html": b"third"})
    assert len([one for one in tmp_path.iterdir() if not one.is_symlink()]) == files.KEPT


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("mine")
    with pytest.raises(Unusable, match="something else"):
        files.put(tmp_path / "site", {"a.html": b"new"})
    assert (tmp_path / "site" / "letter.txt").read_text() == "mine"


def asked(served: Files, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope: Any = SimpleNamespace(path=path, method=method, headers=named)
    status, told, body = served.answer(scope)
    return status, dict(told), body


def test_files_are_served_with_their_headers(tmp_path: Path) -> None:
    served = Files(tmp_path)
    assert asked(served, "/public/")[0] == 404, "nothing was written yet"
    page = b"<!doctype html><title>one</title>" * 50
    files.put(tmp_path / "current", {"index.html": page, "en/404.html": b"none", "data/a.json": b"{}"})
    status, told, body = asked(served, "/public/")
    assert (status, body, told["Content-Type"]) == (200, page, "text/html; charset=utf-8")
    assert "script-src" not in told["Content-Security-Policy"] and told["Cache-Control"] == "public, max-age=60"
    assert asked(served, "/public/", if_none_match=told["ETag"])[0] == 304
    packed = asked(served, "/public/", accept_encoding="gzip, br")
    assert packed[1]["Content-Encoding"] == "gzip" and len(packed[2]) < len(page)
    assert asked(served, "/public/index.html", "HEAD")[2] == b""
    assert asked(served, "/public")[1]["Location"] == "/public/"
    assert asked(served, "/public/", "POST")[0] == 405
    (tmp_path / "secret.html").write_text("secret")
    for path in (
        "/public/../secret.html",
        "/public/%2e%2e/secret.html",
        "/public/no.html",
        "/public/data/",
        "/public/a\0",
    ):
        assert asked(served, path)[::2] == (404, b"none"), path
    files.put(tmp_path / "current", {"index.html": b"two"})
    assert asked(served, "/public/")[2] == b"two", "a switched link is followed at once"
