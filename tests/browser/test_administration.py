"""An administrator invites, appoints, disables; enrols a device and revokes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.rooms import sign_in
from tests.served import PASSWORD, Officer, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def administrator(served: Served) -> Officer:
    return served.officer("browser-admin", "administrator", "530000")


def test_an_account_is_made_appointed_and_disabled(served: Served, page: Page, administrator: Officer) -> None:
    sign_in(page, served.url, administrator)
    page.goto(served.url + "/?lang=en#accounts")
    page.get_by_role("button", name="New account").click()
    page.fill("#username", "newcomer")
    page.fill("#display_name", "New Comer")
    page.get_by_role("button", name="Make account and link").click()
    page.wait_for_selector(".link-shown .secret:has-text('#welcome=')")
    row = page.locator(".grid tbody tr", has_text="New Comer")
    assert "invited, no password yet" in row.inner_text()
    row.get_by_role("button", name="Appoint").click()
    page.click("#role")
    page.click(".ant-select-item-option:has-text('inspector')")
    page.get_by_role("dialog").get_by_role("button", name="Appoint").click()
    row.get_by_text("inspector").wait_for()
    row.get_by_role("button", name="End: inspector, Yunnan").click()
    row.get_by_text("none", exact=True).wait_for()
    row.get_by_role("button", name="Disable").click()
    page.get_by_role("dialog").get_by_role("button", name="Disable").click()
    row.get_by_text("disabled").wait_for()
    row.get_by_role("button", name="Enable").click()
    row.get_by_text("invited").wait_for()


def test_a_disabled_account_is_out_at_once(
    served: Served, page: Page, browser: Browser, administrator: Officer
) -> None:
    officer = served.officer("browser-out", "inspector", "530000")
    sign_in(page, served.url, officer)
    admin = served.administrator.browser
    assert admin.ask("PATCH", f"accounts/{officer.account}", {"active": False}).status == 200
    page.goto(served.url + "/?lang=en#retention")
    page.reload()
    page.wait_for_selector("main h1:has-text('Sign in')")
    page.fill("input[autocomplete=username]", officer.username)
    page.fill("input[autocomplete=current-password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('user name or the password is wrong')")


def test_a_device_is_enrolled_signs_in_and_is_revoked(served: Served, page: Page, browser: Browser) -> None:
    sign_in(page, served.url, served.officer("browser-admin-county", "administrator", "530102"))
    page.goto(served.url + "/?lang=en#devices")
    page.get_by_role("button", name="Enrol a new device").click()
    page.fill("#title", "Ward terminal")
    pick(page, page.locator(".ant-select").filter(has=page.locator("#role")), "station staff")
    page.fill("#post", "ward-1")
    page.get_by_role("button", name="Make the code").click()
    page.wait_for_selector(".link-shown img.qr")
    link = page.inner_text(".link-shown .secret")
    phone = browser.new_context(viewport={"width": 390, "height": 844})
    phone.set_default_timeout(45_000)
    its = phone.new_page()
    its.goto(link.replace("/#", "/?lang=en#"))
    its.get_by_role("button", name="Enrol").click()
    its.wait_for_selector("[role=status]:has-text('Enrolled and signed in')")
    assert its.url.endswith("#enrol")
    assert "station staff" in its.inner_text(".who")
    phone.clear_cookies()
    its.reload()
    its.get_by_role("button", name="Sign in").click()  # with the key that it kept
    its.wait_for_selector("[role=status]:has-text('Enrolled and signed in')")
    page.get_by_role("button", name="Done").click()
    row = page.locator(".grid tbody tr", has_text="Ward terminal")
    row.get_by_text("enrolled", exact=True).wait_for()
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    row.get_by_text("revoked", exact=True).wait_for()
    phone.clear_cookies()
    its.reload()
    its.get_by_role("button", name="Sign in").click()
    its.wait_for_selector("[role=alert]")
    phone.close()
