"""The forms of the field: the same record on paper, with names only where the vault shows them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from lianfang.access.matrix import Forbidden
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import NotThere, Refused
from lianfang.app.database import Database
from lianfang.capabilities.contacts import service as contact_service
from lianfang.exchange.forms import fill, paper
from lianfang.exchange.forms.parts import KINDS, Cell, Sheet, Table, Words
from lianfang.exchange.layout import ListKind
from lianfang.facts import log
from tests.exchange.sending import NOW, WUHUA, cases, run, sheet, viewer
from tests.exchange.test_lists import BASE, CONTACTS_OF, contact, contacts, named

ZH, EN = Words("zh"), Words("en")
PURPOSE = "case_investigation"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def filled(form: str, words: Words = ZH, who: Viewer | None = None, **asked: object) -> Sheet:
    return fill.fill(who or viewer(), fill.Asked(form, **asked), words, now=NOW)  # type: ignore[arg-type]  # by name


def told(form: Sheet) -> dict[str, str]:
    return {cell.label: cell.text for cell in form.cells}


@pytest.fixture
def outbreak(database: Database) -> None:
    run(viewer(), sheet([named(1, 临床分型="重型", 症状="发热"), named(2)]), **BASE)
    body = [
        contact(姓名="赵一", 身份证号="", 电话="13800000001"),
        contact(病例编号="A2", 姓名="钱二", 电话="13800000002"),
    ]
    run(viewer(), sheet(body), ListKind.CONTACTS, **CONTACTS_OF)


def test_there_are_seven(database: Database) -> None:
    assert [one.code for one in fill.forms(viewer(), NOW)] == list(KINDS) and len(KINDS) == 7
    with pytest.raises(Forbidden):
        fill.forms(viewer(role="laboratory"), NOW)
    with pytest.raises(NotThere):
        filled("tax-return")


def test_report_card(outbreak: None) -> None:
    case = cases(number="A1")[0].subject
    card = told(filled("report-card", subject=case))
    assert (card["卡片编号"], card["病例分类"], card["临床严重程度"]) == ("A1", "确诊病例", "重型")
    assert (card["发病日期"], card["性别"], card["年龄（岁）"]) == ("2020-01-20", "女", "41")
    assert card["姓名"] == card["证件号码"] == "" and card["报告地区"] == "五华区 530102"
    looks = log.head().seq
    named_card = told(filled("report-card", subject=case, purpose=PURPOSE))
    assert named_card["姓名"].startswith("李") and len(named_card["证件号码"]) == 18
    assert [entry.fact.kind for entry in log.read(looks)] == ["identity.shown"]
    assert told(filled("report-card", EN, subject=case))["class"] == "confirmed"
    with pytest.raises(NotThere):
        filled("report-card", who=viewer("530302"), subject=case)
    with pytest.raises(Refused):
        filled("report-card")


def test_investigation_form(outbreak: None) -> None:
    form = filled("investigation", subject=cases(number="A1")[0].subject)
    assert told(form)["症状"] == "发热"
    tables = {table.title: table for table in form.tables}
    assert list(tables) == ["旅居史", "收治", "采样与检测", "密切接触者"]
    assert [row[1:4] for row in tables["密切接触者"].rows] == [["配偶", "家庭", "2020-01-23"]]


def test_contact_register(outbreak: None) -> None:
    day = date(2020, 3, 1)
    form = filled("contact-register", area=WUHUA, day=day, purpose=PURPOSE)
    rows = form.tables[0].rows
    assert told(form)["人数"] == "2" and sorted(row[1] for row in rows) == ["赵一", "钱二"]
    assert sorted(row[6] for row in rows) == ["A1", "A2"] and {row[10] for row in rows} == {"2020-01-23"}
    assert [row[1] for row in filled("contact-register", area=WUHUA, day=day).tables[0].rows] == ["", ""]
    assert not filled("contact-register", area=WUHUA, day=date(2020, 2, 29)).tables[0].rows


def test_observation_sheet_has_fourteen_days_morning_and_afternoon(outbreak: None) -> None:
    form = filled("observation-sheet", subject=contacts()[0].subject)
    (table,) = form.tables
    numbered = [row for row in table.rows if row[0]]
    assert [int(row[0]) for row in numbered] == list(range(1, 15)) and numbered[-1][1] == "2020-02-06"
    assert table.columns == ["第几天", "日期", "上午体温（℃）", "上午情况", "下午体温（℃）", "下午情况"]


def test_daily_statistics_count_by_division_and_say_zero(outbreak: None) -> None:
    form = filled("observation-statistics", who=viewer("530100"), area="530100")
    rows = {row[0]: row[1:] for row in form.tables[0].rows}
    assert rows["昆明市（合计）"][1] == rows["五华区"][1] == "2" and rows["盘龙区"] == ["0"] * 13
    one = contacts()[0]
    contact_service.trace(viewer(), one.subject, one.person, at=NOW, now=NOW)
    rows = {row[0]: row[1:] for row in filled("observation-statistics", area=WUHUA).tables[0].rows}
    assert rows["五华区（合计）"][0:3] == rows["五华区（本级）"][0:3] == ["1", "1", "1"]


def test_con_01_the_rows_of_the_daily_statistics_sum_to_their_total(outbreak: None) -> None:
    """Though one contact was handed over twice within it: the rows' hand-overs are told apart from the total's."""
    one, two = contacts()
    soon, later = NOW + timedelta(minutes=1), NOW + timedelta(minutes=5)
    for told in (one, two):
        contact_service.trace(viewer(), told.subject, told.person, at=soon, now=later)
    contact_service.hand_over(viewer(), one.subject, "530103", at=NOW + timedelta(minutes=2), now=later)
    contact_service.hand_over(viewer("530103"), one.subject, "530111", at=later, now=later)
    contact_service.hand_over(viewer(), two.subject, "530100", at=later, now=later)
    asked = fill.Asked("observation-statistics", area="530100")
    form = fill.fill(viewer("530100"), asked, EN, now=later + timedelta(minutes=1))
    (table,) = form.tables
    total, *rows = [[int(cell) for cell in line[1:]] for line in table.rows]
    assert table.rows[0][0] == "Kunming, total" and table.rows[-1][0] == "Kunming, itself"
    moved = [table.columns.index(name) - 1 for name in ("handed in", "handed out")]
    for at, column in enumerate(table.columns[1:]):
        if at not in moved:
            assert total[at] == sum(row[at] for row in rows), column
    assert [total[at] for at in moved] == [0, 0] and [sum(row[at] for row in rows) for at in moved] == [3, 3]
    assert total[:3] == [2, 0, 2] and "across its own border" in form.note


def test_zero_report_computes_its_zeros(outbreak: None) -> None:
    form = filled("zero-report", area=WUHUA, day=date(2020, 1, 24), disease="ncov-2020")
    assert form.tables[0].rows[0][1] == "2" and "有新增" in form.note
    later = filled("zero-report", area=WUHUA, day=date(2020, 1, 25))
    assert all(cell == "0" for row in later.tables[0].rows for cell in row[1:]) and "无新增" in later.note
    with pytest.raises(Refused):
        filled("zero-report", area=WUHUA, day=date(2020, 3, 2))
    with pytest.raises(Forbidden):
        filled("zero-report", area="530302", day=date(2020, 1, 25))


def test_screening_report(database: Database) -> None:
    rows = {row[0]: row[1:] for row in filled("screening-report", area=WUHUA).tables[0].rows}
    assert rows["五华区"] == ["0"] * 7


ODD = Sheet(
    "zero-report", "零<报>告", [Cell("a&b", "=1+1"), Cell("c", "\x01<script>")],
    [Table("t", ["x"], [["'\"<b>"], ["+SUM(A1)"]])], "n",
)  # fmt: skip


def test_as_a_workbook_every_cell_is_text(tmp_path: object) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(paper.workbook(ODD))).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "零<报>告" and rows[1][:4] == ["a&b", "=1+1", "c", "<script>"]
    assert [cell for cell in rows[5] if cell] == ["'\"<b>"] and rows[6][0] == "+SUM(A1)"


def test_as_a_page_nothing_is_markup() -> None:
    page = paper.page(ODD, "zh")
    assert "<script>" not in page and "<b>&#x27;" not in page and "&lt;script&gt;" in page and "a&amp;b" in page
