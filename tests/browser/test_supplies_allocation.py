"""The sharing of what is short, from the proposal to its dispatches, and the rooms of production."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import enter, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = ["sharing", *(f"production?show={tab}" for tab in ("producers", "support", "labour", "prices", "projects"))]
POST = """async ([path, body]) => {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.ok ? '' : await answer.text()
}"""
AREA, COUNTY, OTHER = "530100", "530102", "530111"


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the logistics officer of the province sees it."""
    wear(desk.page, desk.url, "logistics_officer")
    return desk


@pytest.fixture
def items(rooms: Desk) -> list[str]:
    """Two kinds of mask: 1,000 of each in a warehouse, and two hospitals with staff and none."""
    ids = {name: str(uuid4()) for name in ("warehouse", "one", "other")}
    kinds = [str(uuid4()) for _ in range(2)]
    names = [f"masks {one[:8]}" for one in kinds]
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/supplies/items", {
            "id": one, "area": "530000", "code": one[:8], "zh": name, "en": name, "supply_class": "protection",
            "line": "staff", "unit": "piece", "unit_zh": "只", "unit_en": "pieces", "norm": "mask",
        })
        for one, name in zip(kinds, names, strict=True)
    ]  # fmt: skip
    for store, kind, area in (
        ("warehouse", "warehouse", COUNTY),
        ("one", "hospital", COUNTY),
        ("other", "hospital", OTHER),
    ):
        sent.append(
            ("/supplies/stores", {"id": ids[store], "area": area, "name": f"{store} store", "store_kind": kind})
        )
    for store, staff in (("one", 100), ("other", 200)):
        sent.append((f"/supplies/stores/{ids[store]}/demand", {"id": str(uuid4()), "staff": staff}))
    for one in kinds:
        came = {"process": "receipt", "store": ids["warehouse"], "item": one, "amount": 1000, "unit": "piece"}
        sent.append(("/supplies/movements", {"id": str(uuid4()), **came, "origin": "donor"}))
    for path, body in sent:
        assert rooms.page.evaluate(POST, [path, body]) == ""
    return names


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    assert unusable(rooms, ROOMS, lang, width, axe) == []


def test_what_is_short_is_shared_changed_confirmed_and_dispatched(rooms: Desk, items: list[str]) -> None:
    page = enter(rooms.page, rooms.url, f"sharing?area={AREA}")
    page.get_by_label("Item").click()
    for item in items:
        page.get_by_label("Item").fill(item)
        page.get_by_title(item).click()
    page.keyboard.press("Escape")  # several may be chosen: the list stays open
    page.get_by_role("button", name="Propose").click()
    page.get_by_role("heading", name=f"Sharing of {', '.join(items)}").wait_for()
    together = page.get_by_role("table", name="The 2 items of this plan")
    together.get_by_role("button", name=items[1]).click()
    page.get_by_role("heading", name=items[1], exact=True).wait_for()
    page.get_by_text("900 pieces can be given").wait_for()
    lines = page.get_by_role("table", name="From where to where")
    lines.get_by_role("button", name="Change").first.click()
    lines.get_by_label("Amount").fill("1")
    lines.get_by_label("Why it is changed").fill("the other has more patients")
    lines.get_by_role("button", name="Record").click()
    page.get_by_role("heading", name="Changes by hand").wait_for()
    page.get_by_text(": 1 instead of").wait_for()
    page.get_by_role("button", name="Confirm and plan the dispatches").click()
    page.get_by_role("button", name="Take the decision back").click()
    page.get_by_text("· to be confirmed").wait_for()


def test_a_project_is_opened_and_taken_back(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "production?show=projects")
    name = f"beams {uuid4().hex[:6]}"
    for field, told in (("zh", name), ("en", name), ("parts", "40"), ("steps", "放样/laying out\n发运/dispatch")):
        page.fill(f"#project_{field}", told)
    page.fill("#project_begins", "2020-01-30T08:00")
    page.fill("#project_due", "2020-01-31T08:00")
    page.get_by_role("button", name="Open it").click()
    opened = page.get_by_role("heading", name=name)
    opened.wait_for()
    page.get_by_role("button", name="Take back").click()
    opened.wait_for(state="detached")
