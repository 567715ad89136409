"""A cheap phone with the field app on it: what a worker does with it, and what becomes of it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import BROWSER_FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright

PIN = "280457"
WIDTH, HEIGHT = 360, 740

DRAFTS = """() => new Promise((told) => {
    const opening = indexedDB.open('lianfang-field')
    opening.onsuccess = () => {
        const all = opening.result.transaction('drafts').objectStore('drafts').getAll()
        all.onsuccess = () => { opening.result.close(); told(JSON.stringify(all.result)) }
    }
})"""
ASK = """async ([path, body]) => {
    const headers = body ? {'Content-Type': 'application/json'} : {}
    const asked = {method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body)}
    return (await fetch(`/api/v1/${path}`, asked)).json()
}"""


class Phone:
    """Chromium with a profile of its own, so that what lies on the phone outlives the browser."""

    def __init__(self, playwright: Playwright, chromium: str, profile: Path) -> None:
        self._playwright, self._chromium, self.profile = playwright, chromium, profile
        self.context: BrowserContext
        self.page: Page
        self.errors: list[str] = []
        self.start()

    def start(self, **options: Any) -> None:
        """Switches it on; ``options`` are of the browser's context, such as ``offline``."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=self._chromium,
            headless=True,
            args=list(BROWSER_FLAGS),
            viewport={"width": WIDTH, "height": HEIGHT},
            has_touch=True,
            is_mobile=True,
            locale="zh-CN",
            accept_downloads=True,
            **options,
        )
        self.context.set_default_timeout(45_000)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def kill(self) -> None:
        """As when the battery is taken out: every process of this browser ends at once, and nothing is put in order."""
        mine = [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and str(self.profile).encode() in _command(entry)
        ]
        for process in mine:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        with contextlib.suppress(Exception):  # the browser is gone, as it should be
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def close(self) -> None:
        self.context.close()
        assert self.errors == []

    # what a worker does

    def set_up(self, url: str) -> None:
        """Enrols by an address, sets the PIN, waits for the list."""
        self.page.goto(url)
        self.page.get_by_role("button", name="登记这部手机").click()
        self.page.get_by_label("解锁码", exact=True).fill(PIN)
        self.page.get_by_label("再输入一次").fill(PIN)
        self.page.get_by_role("button", name="设置并下载名单").click()
        self.page.locator(".households li").first.wait_for()
        # from here on it opens without a network
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def unlock(self, pin: str = PIN) -> None:
        self.page.get_by_label("解锁码").fill(pin)
        self.page.get_by_role("button", name="解锁", exact=True).click()
        self.page.locator(".tabs").wait_for()

    def go(self, to: str) -> None:
        self.page.evaluate("(to) => { location.hash = to }", f"#/{to}")

    def open(self, label: str) -> None:
        """The form of a household, from the list."""
        self.page.locator(".households a", has=self.page.get_by_text(label, exact=True)).click()
        self.page.get_by_role("button", name="保存").wait_for()

    def all_well(self, label: str) -> int:
        """A household where all are well; how many taps that took."""
        taps = 0
        self.open(label)
        taps += 1
        for name in ("全部正常", "保存"):
            self.page.get_by_role("button", name=name).click()
            taps += 1
        self.page.locator(".saved", has_text=label).wait_for()
        return taps

    def keeps(self, act: Callable[[], object]) -> None:
        """Does something to a form, and waits until the phone has kept it: only then it outlives a flat battery."""
        before = self.page.evaluate(DRAFTS)
        act()
        wait_for(lambda: self.page.wait_for_timeout(20) or self.page.evaluate(DRAFTS) != before)

    def waiting(self) -> str:
        """What the outbox says."""
        self.go("outbox")
        return self.page.locator(".safe").inner_text()

    def until(self, text: str, patience_s: float = 60) -> None:
        """Waits until the outbox says so."""
        self.go("outbox")
        try:
            self.page.locator(".safe", has_text=text).wait_for(timeout=patience_s * 1000)
        except PlaywrightTimeout as error:
            raise AssertionError(f"not {text!r} within {patience_s} s: {self.page.inner_text('body')}") from error

    def sync(self) -> None:
        self.go("outbox")
        self.page.get_by_role("button", name="同步").click()

    def ask(self, path: str, body: Any = None) -> Any:
        """What the server answers whoever is signed in on the phone; ``path`` below ``/api/v1/``."""
        return self.page.evaluate(ASK, [path, body])

    def stored(self) -> bytes:
        """Every byte that the browser keeps."""
        return b"".join(path.read_bytes() for path in sorted(self.profile.rglob("*")) if path.is_file())


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def wait_for(holds: Any, patience_s: float = 60) -> None:
    deadline = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)
