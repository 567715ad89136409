"""Photographs taken on the phone: kept without a network and through a death, on the server once, shown on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.field.phone import Phone, wait_for
from tests.field.test_rounds import label
from tests.field.town import Home, Town
from tests.identity.photographs import EXIF, chunk, png

pytestmark = pytest.mark.browser

METER = png(2000, 1000, chunk(b"eXIf", EXIF[6:]))


def photographs(town: Town, home: Home) -> list[str]:
    """Those that the server has of a household."""
    found = town.officer.get(f"attachments?about={home.id}")
    assert found.status == 200, found
    return [one["id"] for one in found.body]


def take(phone: Phone) -> None:
    photograph = {"name": "meter.png", "mimeType": "image/png", "buffer": METER}
    phone.page.locator(".photos input[type=file]").set_input_files(photograph)  # type: ignore[arg-type]  # a plain dict where Playwright names a typed one


def test_a_meter_at_a_vacant_door_is_pictured_without_a_network(town: Town, new_phone: Callable[[], Phone]) -> None:
    home = town.homes[0]
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    phone.open(label(town, home))
    phone.page.get_by_text("空置").click()
    take(phone)
    phone.page.get_by_text("1张照片待上传，全部安全保存").wait_for()
    phone.kill()
    phone.start(offline=True)
    phone.page.goto(f"{town.served.url}/field/")
    phone.unlock()
    phone.open(label(town, home))
    picture = phone.page.get_by_alt_text("第1张照片")
    picture.wait_for()
    take(phone)
    phone.page.get_by_alt_text("第2张照片").wait_for()
    phone.page.get_by_role("button", name="删除 第2张照片").click()
    phone.page.get_by_alt_text("第2张照片").wait_for(state="detached")
    phone.go("outbox")
    phone.page.get_by_text("1张照片待上传").wait_for()
    phone.context.set_offline(False)
    phone.sync()
    wait_for(lambda: phone.page.wait_for_timeout(100) or photographs(town, home))
    phone.page.get_by_text("1张照片待上传").wait_for(state="detached")
    (id,) = photographs(town, home)
    found = town.officer.get(f"attachments/{id}?purpose=case_investigation")
    assert found.status == 200
    phone.sync()
    phone.page.get_by_role("button", name="同步").wait_for()
    assert photographs(town, home) == [id]


def test_photographs_go_along_in_a_file_and_are_kept_once(town: Town, new_phone: Callable[[], Phone]) -> None:
    home = town.homes[0]
    one, two = new_phone(), new_phone()
    for phone in (one, two):
        phone.set_up(town.enrolment()[0])
        phone.context.set_offline(True)
    one.open(label(town, home))
    one.page.get_by_text("空置").click()
    take(one)
    one.page.get_by_text("1张照片待上传，全部安全保存").wait_for()
    one.go("give")
    one.page.get_by_text("另有1张照片：只随文件转交").wait_for()
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="存为文件").click()
    code = one.page.locator(".code").inner_text()
    one.page.get_by_text("文件内有1张照片").wait_for()
    two.go("take")
    two.page.locator("input[type=file]").set_input_files(download.value.path())
    two.page.get_by_label("文件的密码").fill(code)
    two.page.get_by_role("button", name="读取").click()
    two.page.get_by_text("另收下1张照片").wait_for()
    one.page.get_by_role("button", name="对方已收齐").click()
    one.page.locator(".adm-dialog").get_by_role("button", name="对方已收齐").click()
    one.page.wait_for_function("() => !location.hash.includes('give')")
    # both have it, and both send it: the second learns that it is there, and asks nobody
    for phone in (two, one):
        phone.context.set_offline(False)
        phone.sync()
        phone.page.get_by_text("1张照片待上传").wait_for(state="detached")
        assert len(photographs(town, home)) == 1
    one.go("")
    one.open(label(town, home))
    assert one.page.locator(".photos li").count() == 0
