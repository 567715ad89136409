"""An inspector's phone without a network: the code of the place is read by the camera, the check list is gone through,
what was found is pictured; a call alone is told as that; what was put right is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count
from uuid import uuid4

import pytest
from qrcode.main import QRCode  # type: ignore[import-untyped]  # has no types

from tests.field.gatepost import GatePost, done, gate_post
from tests.field.phone import PIN, Phone
from tests.field.test_photos import take
from tests.field.town import COUNTY
from tests.served import PASSWORD, Officer, Served, fresh_code

pytestmark = pytest.mark.browser
_numbers = count(1)
CAMERA = """matrix => {
  const cell = 8, edge = matrix.length * cell
  const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge })
  const pen = canvas.getContext('2d')
  const draw = () => {
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, edge, edge)
    pen.fillStyle = '#000'
    matrix.forEach((row, y) => row.forEach((dark, x) => dark && pen.fillRect(x * cell, y * cell, cell, cell)))
    requestAnimationFrame(draw)
  }
  draw()
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10)
}"""
"""A camera that is held before a code."""


def shows(phone: Phone, code: str) -> None:
    """The phone's camera sees this code from now on."""
    drawn = QRCode(border=4)
    drawn.add_data(code)
    phone.page.evaluate(CAMERA, drawn.get_matrix())


def sign_in(phone: Phone, inspector: Officer) -> None:
    """By name, password and code. A phone that dies forgets who is signed in, and keeps all else."""
    phone.ask("auth/browser/v1/auth/login", {"username": inspector.username, "password": PASSWORD})
    told = phone.ask("auth/browser/v1/auth/2fa/authenticate", {"code": fresh_code(inspector.secret)})
    assert told["status"] == 200, told


def set_up(phone: Phone, served: Served, inspector: Officer) -> None:
    """Signs an inspector in on a phone, and waits for the places."""
    page = phone.page
    # What the page itself asks about signing in is over first: an answer to it would end what is begun meanwhile.
    page.goto(f"{served.url}/field/", wait_until="networkidle")
    sign_in(phone, inspector)
    page.reload()
    page.get_by_label("解锁码", exact=True).fill(PIN)
    page.get_by_label("再输入一次").fill(PIN)
    page.get_by_role("button", name="设置并下载名单").click()
    page.get_by_role("heading", name="今天抽中的地点").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def turn_to(phone: Phone, item: str) -> None:
    """Goes on, page by page, to the one that has a thing to look at."""
    page = phone.page
    while not page.get_by_role("checkbox", name=item).count():
        assert page.get_by_role("checkbox").count() <= 3, "as many at once as one can keep in mind"
        page.get_by_role("button", name="下一页").click()


def to_the_end(phone: Phone) -> None:
    """Goes on to the last page, and saves."""
    page = phone.page
    while page.get_by_role("button", name="下一页").count():
        page.get_by_role("button", name="下一页").click()
    page.get_by_role("button", name="提交检查").click()
    page.locator(".saved", has_text="检查已保存").wait_for()


@pytest.fixture
def posts(served: Served) -> list[GatePost]:
    return [gate_post(served, f"D{next(_numbers)}") for _ in range(2)]


def test_qa_03_an_inspection_without_a_network_is_on_site_by_the_code_that_hangs_there(
    served: Served, posts: list[GatePost], new_phone: Callable[[], Phone]
) -> None:
    here, elsewhere = posts
    officer = here.officer
    code = officer.get(f"posts/code?post={here.id}").body["code"]
    today = datetime.now(timezone(timedelta(hours=8))).date().isoformat()
    phone = new_phone()
    inspector = served.officer(f"inspector-{here.number}", "inspector", COUNTY)
    set_up(phone, served, inspector)
    page = phone.page
    phone.ask("sampling/sites", {"id": str(uuid4()), "area": COUNTY, "n": 200, "day": today})
    phone.sync()
    phone.go("")
    page.locator(".households a", has_text=here.name).wait_for()
    phone.context.set_offline(True)

    # on site: the camera reads the code, the check list has three things on a page, what is wrong is told and pictured
    shows(phone, code)
    page.get_by_role("button", name="扫码签到并检查").click()
    page.get_by_text("实地检查：已扫码签到").wait_for()
    page.get_by_role("heading", name=here.name).wait_for()
    turn_to(phone, "无人值守")
    page.get_by_text("无人值守").click()
    page.get_by_label("无人值守：具体情况").fill("东门无人")
    phone.keeps(lambda: page.get_by_label("无人值守：具体情况").fill("东门无人，十分钟后到岗"))
    take(phone)
    page.get_by_alt_text("第1张照片").wait_for()
    phone.kill()
    phone.start(offline=True)
    phone.page.goto(f"{served.url}/field/")
    phone.unlock()
    page = phone.page
    page.locator(".households a", has_text=here.name).click()
    page.get_by_text("实地检查：已扫码签到").wait_for()
    to_the_end(phone)

    # by telephone: without the code it is nothing else
    page.locator(".households a", has_text=elsewhere.name).click()
    page.get_by_text("将登记为电话检查").wait_for()
    to_the_end(phone)
    page.get_by_text("实地1次，电话1次，实地占50%").wait_for()
    assert officer.get(f"inspections?area={COUNTY}&post={here.id}").body["inspections"] == []

    phone.context.set_offline(False)
    sign_in(phone, inspector)
    phone.sync()
    phone.until("全部已上报")
    page.get_by_text("张照片待上传").wait_for(state="detached")
    told = officer.get(f"inspections?area={COUNTY}").body["inspections"]
    site = next(one for one in told if one["post"] == here.id)
    call = next(one for one in told if one["post"] == elsewhere.id)
    assert (site["mode"], site["checked_in"], call["mode"], call["found"]) == ("on_site", True, "phone", [])
    (found,) = site["found"]
    assert (found["item"], found["said"]) == ("unstaffed", "东门无人，十分钟后到岗")
    assert officer.get(f"attachments/{found['photo']}?purpose=oversight").status == 200

    # put right: looked at again on the phone, without a network
    done(officer, f"inspections/{site['id']}/rectify", {"item": "unstaffed", "said": "已排双岗"})
    phone.sync()
    phone.go("")
    again = page.get_by_role("region", name="待复查")
    again.get_by_text("已排双岗").wait_for()
    phone.context.set_offline(True)
    again.get_by_role("button", name="复查合格").click()
    page.locator(".saved", has_text="无人值守").wait_for()
    assert page.get_by_role("region", name="待复查").count() == 0
    phone.context.set_offline(False)
    phone.until("全部已上报")
    told = officer.get(f"inspections?area={COUNTY}&post={here.id}").body["inspections"]
    assert told[0]["open_items"] == 0


def test_a_code_that_hangs_nowhere_is_told_and_decided_on(
    served: Served, posts: list[GatePost], new_phone: Callable[[], Phone]
) -> None:
    here, _ = posts
    phone = new_phone()
    set_up(phone, served, served.officer(f"inspector-{here.number}", "inspector", COUNTY))
    page = phone.page
    phone.context.set_offline(True)
    phone.go("checkin")
    page.get_by_label("相机不能用时").fill("http://elsewhere")
    page.get_by_role("button", name="按文字签到").click()
    page.get_by_text("这不是督查地点的二维码").wait_for()
    page.get_by_label("相机不能用时").fill(f"lianfang:post:{here.id}:0123456789abcdef")
    page.get_by_role("button", name="按文字签到").click()
    page.get_by_text("实地检查：已扫码签到").wait_for()
    to_the_end(phone)
    phone.context.set_offline(False)
    phone.sync()
    page.get_by_role("heading", name="需要您处理").wait_for()
    page.get_by_text("实地检查须扫描现场的二维码").wait_for()
    page.get_by_role("button", name="不再上报").click()
    page.get_by_role("heading", name="需要您处理").wait_for(state="detached")
    assert here.officer.get(f"inspections?area={COUNTY}&post={here.id}").body["inspections"] == []
