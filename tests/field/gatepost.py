"""A post on a road to stand at: with a number, a shift of its devices, and phones for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tests.field.phone import PIN, Phone
from tests.field.town import COUNTY
from tests.served import Browser, Served


class GatePost(NamedTuple):
    served: Served
    officer: Browser
    id: str
    number: str
    name: str

    def enrolment(self) -> tuple[str, str]:
        """The address that enrols a new phone of the post, and its device."""
        body = {"title": "gate phone", "role": "checkpoint_staff", "area": COUNTY, "post": self.number}
        made = done(self.served.administrator.browser, "devices", body)
        return made["url"], made["device"]

    def tally(self) -> dict[str, int]:
        """What the desk counts of today's encounters."""
        posts = self.officer.get("posts").body["posts"]
        return dict(next(one for one in posts if one["id"] == self.id)["tally"])

    def holds(self) -> list[Any]:
        return list(self.officer.get(f"holds?post={self.id}").body["holds"])


def gate_post(served: Served, number: str) -> GatePost:
    """A point that is open, with a shift of whoever has its phones."""
    officer = served.officer(f"officer-{number}", "county_duty_officer", COUNTY).browser
    name = f"卡点{number}"
    body = {
        "name": name, "place_type": "road_gate", "town": f"{COUNTY}001", "lead": "街道办事处", "number": number,
    }  # fmt: skip
    id = done(officer, "posts", body)["id"]
    now = datetime.now(UTC)
    during = {"begins": (now - timedelta(hours=1)).isoformat(), "ends": (now + timedelta(hours=7)).isoformat()}
    done(officer, f"posts/{id}/shifts", {**during, "staff": []})
    return GatePost(served, officer, id, number, name)


def done(who: Browser, path: str, body: Any) -> Any:
    answer = who.post(path, body)
    assert answer.status == 200, (path, answer)
    return answer.body


def set_up(phone: Phone, post: GatePost) -> None:
    """Enrols a phone of the post, and waits for the post's screen."""
    page = phone.page
    page.goto(post.enrolment()[0])
    page.get_by_role("button", name="登记这部手机").click()
    page.get_by_label("解锁码", exact=True).fill(PIN)
    page.get_by_label("再输入一次").fill(PIN)
    page.get_by_role("button", name="设置并下载名单").click()
    page.get_by_role("heading", name=post.name).wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def answer(phone: Phone, *, degrees: str, tenth: str, fever: bool = False, known: bool = False) -> int:
    """Fills in the form of somebody who passes; how many taps that took. ``known``: from where and to where is."""
    page, taps = phone.page, 0

    def tap(group: str, label: str) -> None:
        nonlocal taps
        page.get_by_role("group", name=group).get_by_text(label, exact=True).click()
        taps += 1

    if not known:
        tap("从哪里来？", "昆明市")
        tap("到哪里去？", "五华区")
    tap("有没有发热等症状？", "有" if fever else "没有")
    tap("体温（整数）℃", degrees)
    tap("体温（小数）", f".{tenth}")
    tap("已告知？", "中文")
    return taps
