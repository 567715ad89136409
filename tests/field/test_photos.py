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
