"""Lists that come in: looked at, mapped, checked, recorded, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLES = "编号,姓名,电话,发病日期,报告日期,诊断分类,临床分型,备注"
ROWS = [
    "W1,示例一,+99910066001,1月20日,1月21日,疑似,轻型,x",
    "W2,示例二,+99910066002,5-Jan to 9-Jan,2020-01-23,确诊,怪型,",
    "W3,示例三,+99910066003,abc,2020-01-23,确诊,普通型,",
]


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _sent(rooms: Desk, folder: Path, lang: str = "en", width: int = 1280) -> Page:
    """The wizard with the list read."""
    file = folder / "list.csv"
    file.write_text("\n".join([TITLES, *ROWS]) + "\n", encoding="utf-8")
    page = enter(rooms.page, rooms.url, "lists", lang, width)
    page.set_input_files("input[type=file]", file)
    page.locator("section:has(.file-pick) > button, section:has(.file-pick) .ant-btn-primary").last.click()
    page.wait_for_selector(".field-choice")
    settle(page)
    return page


def _settled(page: Page) -> None:
    """The disease of the list and its day stated."""
    pick(page, "disease", "COVID-19")
    page.get_by_label("The list is of").fill("2020-01-30")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".outcome [role=status], .outcome .ant-alert")


def test_a_list_is_checked_recorded_and_undone(rooms: Desk, tmp_path: Path) -> None:
    page = _sent(rooms, tmp_path)
    _settled(page)
    said = page.inner_text(".outcome .ant-alert")
    assert "2 rows can be imported" in said
    assert "1 are wrong" in said
    faults = page.inner_text(".outcome .grid")
    assert "onset" in faults
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list").click()
    assert "abc" in download.value.path().read_text(encoding="utf-8-sig") or download.value.path().stat().st_size > 20
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_selector(".outcome .ant-alert:has-text('Imported 2 rows')")
    page.wait_for_selector(".grid td[data-label=State]:has-text('imported')")
    page.click("a:has-text('Open these cases')")
    page.wait_for_selector(".grid tbody tr")
    assert sorted(text.strip() for text in page.locator(".grid tbody th").all_inner_texts()) == ["W1", "W2"]
    enter(page, rooms.url, "lists")
    page.click(".grid tbody th a >> nth=0")
    page.get_by_role("button", name="Undo this import").click()
    page.locator(".take-back").get_by_role("button", name="Undo this import").click()
    page.wait_for_selector(".outcome .ant-alert:has-text('Undone')")
    assert not rooms.errors


def test_a_range_of_days_is_kept_and_a_word_is_settled(rooms: Desk, tmp_path: Path) -> None:
    page = _sent(rooms, tmp_path)
    pick(page, page.locator(".words-list li").filter(has_text="怪型").locator("input"), "severe")
    page.wait_for_selector(".tag:has-text('not settled')", state="detached")
    _settled(page)
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_selector(".outcome .ant-alert:has-text('Imported 2 rows')")
    page.click("a:has-text('Open these cases')")
    page.wait_for_selector(".grid tbody tr")
    row = page.locator(".grid tbody tr").filter(has_text="W2")
    assert "5 January 2020 to 9 January 2020" in row.inner_text()
    assert "severe" in row.inner_text()
    enter(page, rooms.url, "lists")
    page.click(".grid tbody th a >> nth=0")
    page.get_by_role("button", name="Undo this import").click()
    page.locator(".take-back").get_by_role("button", name="Undo this import").click()
    page.wait_for_selector(".outcome .ant-alert:has-text('Undone')")


def test_a_mapping_is_kept_by_name(rooms: Desk, tmp_path: Path) -> None:
    page = _sent(rooms, tmp_path)
    page.get_by_label("Save as").fill("County sheet")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".views .ant-select:has-text('County sheet')")
    _sent(rooms, tmp_path)
    pick(page, "Saved mapping", "County sheet")
    page.get_by_role("button", name="Delete").click()
    page.locator(".ant-popover").get_by_role("button", name="Delete").click()
    page.wait_for_selector(".views .ant-select:has-text('none saved yet')")


def test_what_is_no_sheet_is_told(rooms: Desk, tmp_path: Path) -> None:
    page = enter(rooms.page, rooms.url, "lists")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n")
    page.set_input_files("input[type=file]", picture)
    page.wait_for_selector("[role=alert]:has-text('.csv or .xlsx')")
    assert page.get_by_role("button", name="Read the file").is_disabled()
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"this is no workbook")
    page.set_input_files("input[type=file]", wrong)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_selector(".told[role=alert]")


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_wizard_is_accessible_and_fits(
    rooms: Desk, axe: Callable[[Page], list[str]], tmp_path: Path, lang: str, width: int
) -> None:
    page = _sent(rooms, tmp_path, lang, width)
    page.locator(".steps .ant-btn-primary").last.click()
    page.wait_for_selector(".outcome .grid")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert not rooms.errors
