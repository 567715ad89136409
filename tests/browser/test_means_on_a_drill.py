"""Beds, stock, hands and orders on a small drill, each from beginning to end, as those who work there meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from lianfang.app.drill import space
from lianfang.capabilities.drills import service
from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, until, wear
from tests.browser.test_drill import Served, serving
from tests.drills import made
from tests.field.phone import PIN

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAME, DAYS, PERSONS = "trial", 6, 200
ASK = """async ([path, body]) => {
  const headers = { 'Content-Type': 'application/json' }
  const sent = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {}
  const answer = await fetch('/api/v1' + path, sent)
  const said = await answer.json()
  if (!answer.ok) throw new Error(path + ' ' + answer.status + ' ' + JSON.stringify(said))
  return said
}"""


SENT = """async (id) => {
  const { carried } = await (await fetch('/api/v1/field/errands')).json()
  return carried.some((one) => one.id === id && one.stage === 'delivered')
}"""


def _made(home: Path) -> None:
    """A space with the files of a drill of six days in two counties."""
    here = space.make(home, NAME)
    here.files.mkdir(exist_ok=True)
    outbreak = made.spreading(days=DAYS, persons=PERSONS)
    service.write(here.files, made.drill(days=DAYS), made.population(PERSONS), outbreak, processes=1)


@pytest.fixture(scope="module")
def drill() -> Iterator[Served]:
    """The drill after its last day."""
    with serving({"drill"}, "drill", "serve", NAME, prepared=_made) as served:
        yield served


@pytest.fixture
def desk(page: Page, drill: Served) -> Desk:
    return Desk(page, drill.urls["drill"])


def ask(page: Page, path: str, body: dict[str, Any] | None = None) -> Any:
    return page.evaluate(ASK, [path, body])


def put_on(desk: Desk, role: str) -> dict[str, Any]:
    """Wears a hat of the drill; its session. No page of the hat before is open then, which would still ask."""
    desk.page.goto("about:blank")
    wear(desk.page, desk.url, role)
    return dict(ask(desk.page, "/session"))


def a_case(desk: Desk) -> tuple[str, str]:
    """Somebody who is confirmed and in no hospital: the case and its number."""
    session, page, id = put_on(desk, "epidemiologist"), desk.page, str(uuid4())
    area, today = session["area"], session["server_time"][:10]
    person = {"id": id, "name": "示例甲子", "area": area, "data_class": "case", "since": today}
    assert ask(page, "/people", {"people": [{**person, "basis": "infectious_disease"}]})["entered"] == 1
    number = f"W-{id[:6]}"
    report = {"person": id, "disease": "ncov-2020", "as_class": "confirmed", "area": area, "number": number}
    return ask(page, "/cases", report)["case"], number


def choose(page: Page, form: Locator, field: str, words: str) -> None:
    """An option of a select of a form, by its words."""
    pick(page, form.get_by_label(field, exact=True), words)


def test_a_severe_case_waits_gets_a_bed_is_moved_and_is_discharged(desk: Desk) -> None:
    page = desk.page
    case, number = a_case(desk)
    put_on(desk, "county_duty_officer")
    enter(page, desk.url, "beds?show=waiting")
    row = page.locator(f".grid tbody tr:has-text('{number}')")
    row.get_by_role("button", name="Give a bed").click()
    choose(page, row.locator("form"), "Hospital", "County hospital 1")
    row.get_by_role("button", name="Admit").click()
    row.wait_for(state="detached")

    put_on(desk, "epidemiologist")
    ask(page, f"/cases/{case}/assess-severity", {"severity": "severe"})
    put_on(desk, "county_duty_officer")
    enter(page, desk.url, "beds?show=waiting")
    row.get_by_text("For a qualified hospital").wait_for()
    row.get_by_role("button", name="Ask for a transfer").click()
    choose(page, row.locator("form"), "To", "Designated hospital of the drill")
    row.locator("form").get_by_role("button", name="Ask for a transfer").click()
    row.get_by_text("A transfer is going on").wait_for()

    enter(page, desk.url, "beds?show=transfers")
    moving = page.locator(".grid tbody tr:has-text('County hospital 1')", has_text="Severe")
    for act, stage in (("Approve and keep a bed", "Approved, a bed is kept"), ("Has departed", "On the way")):
        moving.get_by_role("button", name=act).click()
        moving.get_by_text(stage).wait_for()
    moving.get_by_role("button", name="Was received").click()
    moving.wait_for(state="detached")

    enter(page, desk.url, "beds")
    page.click(".grid a:has-text('Designated hospital of the drill')")
    settle(page)
    lies = page.locator(f".grid tbody tr:has-text('{case[-6:]}')")
    lies.get_by_role("button", name="Record leaving").click()
    lies.locator("form").get_by_role("button", name="Record leaving").click()
    lies.wait_for(state="detached")
    page.get_by_role("button", name="Take back that somebody left").click()
    lies.get_by_role("button", name="Record leaving").click()
    lies.locator("form").get_by_role("button", name="Record leaving").click()
    lies.wait_for(state="detached")
    assert desk.errors == []


def empty_shelves(page: Page) -> tuple[str, str]:
    """Uses up every mask of the stores of both counties; the name of the one to which something is on its way, and
    that of the other."""
    mask = next(one["id"] for one in ask(page, "/supplies/items")["items"] if one["code"] == "FH-01")
    names = []
    for store in ask(page, "/supplies/stores")["stores"]:
        if store["store_kind"] == "warehouse":
            continue
        names.append(store["en"])
        for lot in ask(page, f"/supplies/stores/{store['id']}")["lots"]:
            if lot["item"] == mask and lot["shelf"]:
                used = {"process": "use", "store": store["id"], "item": mask, "amount": lot["shelf"], "confirm": True}
                ask(page, "/supplies/movements", {"id": str(uuid4()), **used})
    second, first = sorted(names)
    return first, second


def test_what_is_short_is_bought_and_shared_sent_received_and_used(desk: Desk) -> None:
    page = desk.page
    put_on(desk, "logistics_officer")
    first, second = empty_shelves(page)
    enter(page, desk.url, "supplies?show=shortages")
    line = page.locator(f".grid tbody tr:has-text('{first}'):has-text('surgical masks')")
    line.get_by_role("button", name="Order it").click()
    line.get_by_role("button", name="Order it").wait_for(state="detached")

    enter(page, desk.url, "sharing?area=530100")
    page.get_by_label("Item").click()
    page.get_by_title("surgical masks").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Propose").click()
    page.get_by_role("heading", name="Sharing of surgical masks").wait_for()
    page.get_by_role("button", name="Confirm and plan the dispatches").click()
    page.get_by_role("button", name="Take the decision back").wait_for()

    enter(page, desk.url, "supplies?show=dispatches")
    rows = page.locator(f".grid tbody tr:has-text('{second}')")
    for act in ("Send", "Receive"):
        rows.get_by_role("button", name=act, exact=True).click()
    rows.get_by_role("button", name="Confirm the receipt").click()
    rows.get_by_role("button", name="Receive", exact=True).wait_for(state="detached")

    enter(page, desk.url, "supplies?show=stores")
    page.click(f".grid a:has-text('{second}')")
    settle(page)
    page.get_by_role("button", name="Use", exact=True).click()
    pick(page, page.locator("#stock_use_item"), "surgical masks")
    page.fill("#stock_use_amount", "90")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("[role=status]:has-text('Use: recorded.')")
    assert desk.errors == []


def test_a_whistle_is_answered_filled_and_closed(desk: Desk) -> None:
    page = desk.page
    put_on(desk, "volunteer_coordinator")
    page = enter(page, desk.url, "mobilisation")
    page.get_by_role("button", name="Call for hands").click()
    pick(page, page.locator("#call_need"), "deliveries")
    page.fill("#call_heads", "3")
    page.fill("#call_starts", "2020-02-20T08:00")
    pick(page, page.locator("#call_departments"), "")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Send the call").click()
    page.wait_for_selector("[role=status]:has-text('within 30 minutes')")

    put_on(desk, "responding_department")
    page = enter(page, desk.url, "mobilisation", width=390)
    call = page.locator("section.call", has_text="deliveries: 3 needed")
    call.get_by_label("People", exact=True).fill("2")
    call.get_by_role("button", name="Report in").click()
    call.get_by_text("2 of 3 coming").wait_for()
    assert page.evaluate(SIDEWAYS) <= 0

    put_on(desk, "volunteer_coordinator")
    page = enter(page, desk.url, "mobilisation")
    call = page.locator("section.call", has_text="deliveries: 3 needed")
    call.get_by_role("button", name="Find volunteers").click()
    call.get_by_role("button", name="Send 1").click()
    call.get_by_text("3 of 3 coming").wait_for()
    pick(page, call.get_by_label("Close: choose the outcome"), "met")
    call.wait_for(state="detached")
    assert desk.errors == []


def at_home(desk: Desk) -> str:
    """Somebody under observation at home whom the worker who is asked can order for."""
    area, page, id = put_on(desk, "grid_worker")["area"], desk.page, str(uuid4())
    one = {"id": id, "name": "示例乙丑", "phones": ["13888880002"], "address": "青年路12号", "area": area}
    assert ask(page, "/people", {"people": [{**one, "data_class": "screening"}]})["entered"] == 1
    doctor = put_on(desk, "clinic_doctor")["signed_in_as"]
    session = put_on(desk, "epidemiologist")
    now = session["server_time"]
    assert area.startswith(session["area"])
    order = {
        "person": id, "area": area, "order_class": "other", "reason": "flight TR188", "of": str(uuid4()),
        "disease": "ncov-2020", "edition": "ncov-2020-v2", "basis": "infectious_disease", "mode": "home",
        "community": area, "suitable": True, "clinician": doctor, "start": now,
        "end": f"2020-02-20{now[10:]}",
    }  # fmt: skip
    ask(page, "/isolation/orders", order)
    return id


def test_an_order_of_an_isolated_household_is_placed_given_brought_and_confirmed(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = desk.page
    person = at_home(desk)
    put_on(desk, "grid_worker")
    enter(page, desk.url, "errands")
    page.get_by_role("button", name="Place an order for somebody").click()
    form = page.locator("form#errand")
    form.get_by_label("Id of the person").fill(person)
    choose(page, form, "What is wanted", "shopping")
    form.get_by_label("In words").fill("米十斤")
    form.get_by_role("button", name="Place the order").click()
    page.wait_for_selector("[role=status]:has-text('The order is placed.')")
    (order,) = (one for one in ask(page, "/errands")["errands"] if one["person"] == person)
    row = page.locator(f".grid tbody tr:has-text('{order['id'][-6:]}')")

    put_on(desk, "volunteer_coordinator")
    enter(page, desk.url, "errands?open=true")
    row.get_by_role("button", name="Give it to").click()
    page.locator(".ant-select-item-option", has_text="orders on the way").filter(has_text="志愿者 530100").first.click()
    row.get_by_text("taken").first.wait_for()
    assert axe(page) == []

    put_on(desk, "volunteer")
    page.goto(f"{desk.url}/field/")
    page.locator(".hats button", has_text="volunteer").first.click()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("Once more").fill(PIN)
    page.get_by_role("button", name="Set it and fetch the list").click()
    mine = page.locator(".cards article", has_text="青年路12号")
    for told in ("米十斤", "13888880002", "Leave it at the door"):
        mine.get_by_text(told).wait_for()
    assert "示例乙丑" not in page.content()
    mine.get_by_role("button", name="Picked up").click()
    mine.get_by_role("button", name="Left at the door").click()
    mine.get_by_text("Delivered, not confirmed yet").wait_for()
    until(page, SENT, order["id"])

    put_on(desk, "volunteer_coordinator")
    enter(page, desk.url, "errands")
    row.get_by_role("button", name="It came").click()
    row.wait_for(state="detached")
    (told,) = (one for one in ask(page, "/errands")["errands"] if one["id"] == order["id"])
    assert (told["stage"], told["at_door"], told["faults"]) == ("confirmed", True, [])
    assert desk.errors == []
