"""Supplies: what is short is ordered, comes, is sent on, received with proof and used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import enter, settle, unusable, wear
from tests.identity.workbooks import workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = [f"supplies?show={tab}" for tab in ("shortages", "dispatches", "stores", "lines", "catalogue")]
POST = """async ([path, body]) => {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.ok ? '' : await answer.text()
}"""


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the logistics officer of the province sees it, with an item and two stores."""
    wear(desk.page, desk.url, "logistics_officer")
    return desk


@pytest.fixture
def stores(rooms: Desk) -> dict[str, str]:
    """An item, a store that provides for 500 staff, and one that has 20 cartons; by their names."""
    ids = {name: str(uuid4()) for name in ("item", "Hospital store", "County warehouse")}
    item = {
        "id": ids["item"], "area": "530000", "code": ids["item"][:8], "zh": "口罩", "en": f"masks {ids['item'][:8]}",
        "supply_class": "protection", "line": "staff", "unit": "piece", "unit_zh": "只", "unit_en": "pieces",
        "norm": "mask", "packs": [{"code": "carton", "zh": "箱", "en": "carton", "holds": 1000}],
    }  # fmt: skip
    sent = [("/supplies/items", item)]
    for name in ("Hospital store", "County warehouse"):
        store = {"id": ids[name], "area": "530102", "name": f"{name} {ids['item'][:4]}", "store_kind": "warehouse"}
        sent.append(("/supplies/stores", store))
    sent.append((f"/supplies/stores/{ids['Hospital store']}/demand", {"id": str(uuid4()), "staff": 500}))
    came = {"process": "receipt", "store": ids["County warehouse"], "item": ids["item"], "amount": 20, "unit": "carton"}
    sent.append(("/supplies/movements", {"id": str(uuid4()), **came, "lot": "L1", "expires": "2099-01-01"}))
    for path, body in sent:
        assert rooms.page.evaluate(POST, [path, body]) == ""
    return ids


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(
    rooms: Desk, stores: dict[str, str], lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    assert unusable(rooms, [*ROOMS, f"supplies/{stores['County warehouse']}"], lang, width, axe) == []


def pick(page: Page, field: str, option: str) -> None:
    page.click(field)
    page.click(f".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option:has-text('{option}')")


def _counted_from_a_workbook(page: Page, code: str, folder: Path) -> None:
    """A stocktake as a spreadsheet has it, with a row that is wrong."""
    lines = [["item", "lot", "amount", "unit"], [code, "L1", 1850, "piece"], ["XX", "", 1, ""]]
    (folder / "count.xlsx").write_bytes(workbook(lines))
    page.get_by_role("button", name="Import a count").click()
    page.set_input_files("input[type=file]", folder / "count.xlsx")
    page.get_by_role("button", name="Import the file count.xlsx").click()
    page.wait_for_selector("td:has-text('is no code of the catalogue')")


def test_what_is_short_is_ordered_sent_received_and_used(rooms: Desk, stores: dict[str, str], tmp_path: Path) -> None:
    page = enter(rooms.page, rooms.url, "supplies")
    masks, link = f"masks {stores['item'][:8]}", f"a[href='#supplies/{stores['Hospital store']}']"
    line = page.locator(f".grid tbody tr:has({link}):has-text('{masks}')")
    line.get_by_text("Out", exact=True).wait_for()
    assert "14,000 pieces · 14 × carton" in line.inner_text()
    line.get_by_role("button", name="Order it").click()
    line.get_by_text("14,000 on the way").wait_for()

    page.goto(f"{rooms.url}/?lang=en#supplies?show=dispatches")
    settle(page)
    page.get_by_role("button", name="New dispatch").click()
    pick(page, "#dispatch_source", f"County warehouse {stores['item'][:4]}")
    pick(page, "#dispatch_target", f"Hospital store {stores['item'][:4]}")
    pick(page, "#dispatch_item", masks)
    page.fill("#dispatch_quantity", "30000")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("[role=alert]:has-text('is more than there is: 20000 pieces in stock')")
    page.fill("#dispatch_quantity", "2000")
    page.get_by_role("button", name="Save").click()
    sent = page.locator(f".grid tbody tr:has-text('County warehouse {stores['item'][:4]}')")
    sent.get_by_text("On the way", exact=True).wait_for()
    sent.get_by_role("button", name="Receive").click()
    sent.locator("input[role=spinbutton]").fill("1900")
    sent.get_by_role("button", name="Confirm the receipt").click()
    sent.get_by_text("100 pieces lost on the way").wait_for()
    assert "received by" in sent.inner_text()

    page.goto(f"{rooms.url}/?lang=en#supplies/{stores['Hospital store']}")
    settle(page)
    page.get_by_role("button", name="Use", exact=True).click()
    pick(page, "#stock_use_item", masks)
    page.fill("#stock_use_amount", "900")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("[role=status]:has-text('Use: recorded.')")
    lots = page.get_by_role("table", name="In stock")
    lots.get_by_text("1,000 pieces · 1 × carton").wait_for()
    page.get_by_role("table", name="Movements").get_by_role("button", name="Take back").first.click()
    lots.get_by_text("1,900 pieces", exact=True).wait_for()
    _counted_from_a_workbook(page, stores["item"][:8], tmp_path)
    lots.get_by_text("1,850 pieces", exact=True).wait_for()
    assert [one for one in rooms.errors if "422" not in one] == []  # the refusal that was asked for
