"""Reading a pasted notice live; the keyboard alone; no network; the doors that the page leaves shut."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from pathlib import Path

from tests.browser.desk import INNER_MONGOLIA, WEB, YUNNAN, Desk

COMMENT = re.compile(r"\s*/\*\*.*?\*/", re.DOTALL)


def test_a_pasted_notice_is_read_live(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    desk.read_example()
    assert "云南省" in page.inner_text("section.read .record h3")
    assert page.locator("section.read .marked mark.read").count() > 10
    assert page.locator("section.read .tally .fails").count() == 0
    box = page.locator("section.read textarea")
    box.fill(box.input_value().replace("昆明市12例", "昆明市13例"))
    page.wait_for_selector("section.read .tally .fails")
    assert "+ 6" in page.inner_text("section.read .arithmetic .sum").replace("\xa0", " ").replace("\n", " ")


def test_what_is_not_a_notice_is_said_to_be_none(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    page.fill("section.read textarea", "今天天气很好。")
    page.wait_for_selector("section.read .ant-alert:has-text('No notice was found')")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_selector("section.read >> text=What is read appears here.")
    assert not desk.errors


def test_personal_data_in_a_text_are_pointed_out(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    page.fill("section.read textarea", "截至2020年1月28日12时，云南省累计报告确诊病例44例。联系电话13800138000。")
    page.wait_for_selector("section.read .findings .blocks:has-text('telephone')")
    assert "13800138000" in page.inner_text("section.read .marked mark.finding")


def test_the_keyboard_reaches_a_number_and_comes_back(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash").startswith("#situation")
    page.keyboard.press("Tab")
    assert "44" in page.evaluate("document.activeElement.textContent")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector(".origin .history li")
    page.keyboard.press("Escape")
    page.wait_for_selector(".origin", state="detached")
    assert "44" in page.evaluate("document.activeElement.textContent")


def test_the_keyboard_opens_a_check(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA)
    page.locator(".checks .chip.holds").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".checks .chip.holds").first.get_attribute("aria-expanded") == "true"
    page.wait_for_selector(".checks .arithmetic.holds")


def test_without_a_network_it_says_what_to_do_and_recovers(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    page.context.set_offline(True)
    page.click(".picks .ant-select >> nth=1")
    page.click(".ant-select-item-option >> nth=1")
    page.wait_for_selector("[role=alert]:has-text('The server cannot be reached')")
    assert page.inner_text(".strip .lead .figure").startswith("44")
    page.context.set_offline(False)
    page.wait_for_selector("[role=alert]", state="detached")


def test_an_area_without_notices_is_said_to_be_missing(desk: Desk) -> None:
    desk.page.goto(desk.url + "/?area=110000&lang=en")
    desk.page.wait_for_selector("[role=alert]:has-text('Choose another area')")
    assert desk.page.locator(".strip").count() == 0


def test_before_the_first_fact_was_received_nothing_is_known(desk: Desk) -> None:
    desk.page.goto(desk.url + f"/?area={YUNNAN}&lang=en&known_at=2020-01-05T00:00:00Z")
    desk.page.wait_for_selector("[role=alert]:has-text('another area or moment')")
    desk.page.get_by_role("button", name="Back to now").click()
    desk.page.wait_for_selector(".strip .lead .figure:has-text('44')")


def test_without_webgl_the_table_holds_the_numbers(desk: Desk) -> None:
    desk.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    desk.page.goto(desk.url + f"/?area={YUNNAN}&lang=en")
    desk.page.wait_for_selector(".map-holder >> text=The map cannot be drawn")
    assert desk.page.locator(".areas tbody tr").count() == 16


def test_the_units_of_the_page() -> None:
    """Spans in code points, moments in their own offset: the page's own unit tests."""
    tool = WEB / "node_modules" / "vitest" / "vitest.mjs"
    ran = subprocess.run(["node", str(tool), "run"], cwd=WEB, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_scripts_come_from_this_server_alone(demo_url: str) -> None:
    with urllib.request.urlopen(demo_url + "/", timeout=60) as answer:
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"


def test_the_types_of_the_page_are_those_of_the_api(demo_url: str, tmp_path: Path) -> None:
    made = tmp_path / "schema.d.ts"
    tool = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    command = ["node", str(tool), f"{demo_url}/api/v1/openapi.json", "-o", str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    kept = WEB / "desk" / "src" / "api" / "schema.d.ts"
    now, then = (COMMENT.sub("", path.read_text(encoding="utf-8")) for path in (made, kept))
    assert now == then, "run `npm run types` in web/ against a running demo"
