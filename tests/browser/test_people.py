"""People: nothing without a purpose, as much as the role needs, each look on record, nothing personal in an address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import choose_purpose, enter, settle, sign_in, wear
from tests.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

GOOD, BAD = "11010519491231002X", "110105194912310021"  # the example of GB 11643-1999, and with another check digit
CASE, PHONE = "示例丙", "+99910000003"


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as an epidemiologist sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _list(rooms: Desk) -> Page:
    page = enter(rooms.page, rooms.url, "people")
    choose_purpose(page)
    page.wait_for_selector(".grid tbody tr")
    return page


def test_without_a_purpose_nobody_is_shown(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "people")
    page.wait_for_selector("text=Choose the purpose of looking above")
    assert page.locator(".grid").count() == 0
    choose_purpose(page)
    page.wait_for_selector(f".grid tbody th:has-text('{CASE}')")


def test_a_person_is_found_and_no_address_names_her(rooms: Desk) -> None:
    asked: list[str] = []
    rooms.page.on("request", lambda request: asked.append(request.url))
    page = enter(rooms.page, rooms.url, "people/find")
    choose_purpose(page)
    page.get_by_role("radio", name="Phone").check()
    page.fill("#phone", PHONE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".found .grid tbody tr")
    page.click(".found .grid th a")
    page.wait_for_selector(f".facts dd:has-text('{CASE}')")
    assert PHONE in page.inner_text(".facts")
    assert re.search(r"#people/[0-9a-f-]{36}$", page.url)
    assert CASE not in page.title()
    assert not [url for url in asked if PHONE.strip("+") in url or CASE in url]
    assert not rooms.errors


def test_a_wrong_number_is_told_at_its_field(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "people/find")
    choose_purpose(page)
    page.fill("#document", BAD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".ant-form-item-explain-error:has-text('check digit')")
    assert page.get_attribute("#document", "aria-invalid") == "true"
    enter(page, rooms.url, "people/new")
    page.fill("#documents_0_number", BAD)
    page.keyboard.press("Tab")
    page.wait_for_selector(".paper .ant-form-item-explain-error:has-text('check digit')")
    page.fill("#documents_0_number", GOOD)
    page.keyboard.press("Tab")
    page.wait_for_selector(".paper .ant-form-item-explain-error", state="detached")


def test_a_draft_waits_while_one_looks_elsewhere(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "people/new")
    page.fill("#name", "Draft Person")
    page.click("nav.tabs a:has-text('Find')")
    page.wait_for_selector("#document, .muted:has-text('purpose')")
    page.click("nav.tabs a:has-text('Enter')")
    page.wait_for_selector("#name")
    assert page.input_value("#name") == "Draft Person"


def test_what_the_server_finds_wrong_stands_at_the_field(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "people/new")
    page.fill("#name", "Sample Wrong")
    page.fill("#birth_date", "2999-01-01")
    _without_a_document(page)
    _as_a_contact(page)
    page.get_by_role("button", name="Enter", exact=True).click()
    page.wait_for_selector(".ant-form-item:has(#birth_date) .ant-form-item-explain [role=alert]")
    assert page.input_value("#name") == "Sample Wrong"
    page.fill("#birth_date", "1990-01-02")
    page.get_by_role("button", name="Enter", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Entered.')")


def _without_a_document(page: Page) -> None:
    page.click(".paper .ant-select")
    page.click(".ant-select-item-option:has-text('no document')")


def _as_a_contact(page: Page) -> None:
    page.click("#data_class")
    page.click(".ant-select-item-option:has-text('close contacts')")


def test_a_table_is_imported_and_its_errors_are_told(rooms: Desk, tmp_path: Path) -> None:
    page = enter(rooms.page, rooms.url, "people/import")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the template").click()
    header = download.value.path().read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    file = tmp_path / "people.csv"
    rows = [_row(header, name="Imported One", phone="+99910001001"), _row(header, name="", phone="+99910001002")]
    file.write_text("\n".join([",".join(header), *rows]) + "\n", encoding="utf-8")
    page.set_input_files("input[type=file]", file)
    _as_a_contact(page)
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_selector(".imported [role=status]:has-text('1 entered')")
    assert page.locator(".imported .grid tbody tr").count() == 1
    assert "3" in page.inner_text(".imported .grid tbody th")  # the line of the file, the header's included


def _row(header: list[str], name: str, phone: str) -> str:
    """A line of the template with these two cells filled in."""
    given = {"name": name, "phone": phone}
    found = {column: next((v for k, v in given.items() if k in column.lower()), "") for column in header}
    assert any(found.values())
    return ",".join(found.values())


def test_masks_say_what_is_hidden_and_why(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "people")
    choose_purpose(page)
    page.wait_for_selector(".grid tbody tr")
    assert "**" in page.inner_text(".grid tbody tr >> nth=0")
    assert "Shown in part: " in page.inner_text(".sight")
    assert "county duty officer" in page.inner_text(".sight")


def test_who_sees_sums_is_shown_sums(desk: Desk) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "people")
    choose_purpose(page)
    page.wait_for_selector("h2:has-text('Your role sees sums only')")
    assert page.locator(".grid").count() == 0


def test_a_list_is_exported_with_names_and_on_record(rooms: Desk) -> None:
    page = _list(rooms)
    with page.expect_download() as download:
        page.get_by_role("button", name="With names").click()
    assert CASE in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Without names").click()
    page.wait_for_selector(".export [role=alert]")  # seven people are too few to be told apart from nobody
    wear(page, rooms.url, "auditor")
    enter(page, rooms.url, "looks")
    page.wait_for_selector(".grid td:has-text('export')")


def test_breaking_the_glass_needs_a_reason_and_is_reviewed(served: Served, page: Page) -> None:
    doctor = served.officer("browser-doctor", "clinic_doctor", "530102")
    entered = served.officer("browser-epi", "epidemiologist", "530102").browser.post(
        "people",
        {"people": [{"name": "Glass Person", "phones": ["+99910009009"], "area": "530102", "data_class": "contact"}]},
    )
    assert entered.status == 200, entered
    assert entered.body["entered"] == 1, entered
    sign_in(page, served.url, doctor)
    person = _person(served, page)
    page.goto(f"{served.url}/?lang=en#people/{person}")
    choose_purpose(page)
    page.wait_for_selector("[role=alert]")  # not hers
    page.get_by_role("button", name="Emergency look").click()
    page.fill("#reason", "short")
    page.get_by_role("button", name="Give the reason and look").click()
    page.wait_for_selector(".ant-form-item-explain-error:has-text('6 characters')")
    page.fill("#reason", "Unconscious on arrival, next of kin needed")
    page.get_by_role("button", name="Give the reason and look").click()
    page.wait_for_selector(".facts dd:has-text('Glass Person')")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_selector("input[autocomplete=username]")
    sign_in(page, served.url, served.officer("browser-auditor", "auditor", "530000"))
    page.goto(served.url + "/?lang=en#looks")
    page.wait_for_selector(".review")
    assert "fever-clinic doctor" in page.inner_text(".grid >> nth=0")
    assert "Glass Person" not in page.inner_text("main")
    page.locator(".review").first.get_by_role("button", name="See the reason").click()
    page.wait_for_selector(".review:has-text('next of kin')")
    page.locator(".review").first.get_by_role("button", name="Review", exact=True).click()
    page.get_by_role("radio", name="justified", exact=True).check()
    page.get_by_role("button", name="Record the outcome").click()
    page.wait_for_selector(".review .tag:has-text('reviewed')")


def _person(served: Served, page: Page) -> str:
    """The pseudonym of the one person held there, as the epidemiologist finds it."""
    found = served.officer("browser-finder", "epidemiologist", "530102").browser.post(
        "people/find", {"phone": "+99910009009", "purpose": "contact_tracing"}
    )
    return str(found.body["people"][0]["id"])


def test_the_own_page_tells_all(served: Served, page: Page) -> None:
    epi = served.officer("browser-own", "epidemiologist", "530103").browser
    made = epi.post(
        "people",
        {"people": [{"name": "Own Person", "phones": ["+99910009010"], "area": "530103", "data_class": "contact"}]},
    )
    assert made.body["entered"] == 1, made
    found = epi.post("people/find", {"phone": "+99910009010", "purpose": "contact_tracing"})
    person = found.body["people"][0]["id"]
    code = epi.post(f"people/{person}/own-code", {}).body["code"]
    page.goto(served.url + "/?lang=en#mine")
    page.fill("#code", "wrong-code")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".facts dd:has-text('Own Person')")
    assert "close contacts" in page.inner_text("[aria-labelledby=mine-why]")
    assert "contact tracing" in page.inner_text("[aria-labelledby=mine-looks]")
    assert page.locator("[aria-labelledby=mine-complaints] li").count() >= 1
    assert "no restriction" in page.inner_text("[aria-labelledby=mine-restrictions]").lower()
    page.fill("#text", "The phone number is wrong.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("[aria-labelledby=mine-texts] li:has-text('The phone number is wrong.')")
    assert code not in page.url
    page.get_by_role("button", name="Close my data").click()
    page.wait_for_selector("input[autocomplete=username]")
    settle(page)
