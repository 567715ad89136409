"""What a browser says of the app: it can be installed, opens without a network, is small, and shuts nobody out."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.field.gatepost import gate_post, set_up
from tests.field.phone import Phone
from tests.field.test_rounds import label
from tests.field.town import Town
from tests.served import Served

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src/lianfang/app/static/field"
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
MOST_KIB = 250
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Lighthouse's profile of a phone on slow 4G; with it goes a processor four times slower."""
SCREENS = ("", "tasks", "outbox", "more", "give", "take", "new")
AT_POSTS = ("", "pass", "stop", "count", "tasks")
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=radio], [type=checkbox]), .choice label')]
    .filter((one) => one.checkVisibility() && !one.closest('.unseen'))
    .map((one) => [one.getBoundingClientRect(), one])
    .filter(([box, one]) => box.width && (box.height < 44 || box.width < 44) && !one.closest('.adm-search-bar'))
    .map(([box, one]) => `${one.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def first_load_kib() -> float:
    """What is fetched before the first screen, packed: the page, and what it names."""
    page = (BUILT / "index.html").read_text("utf-8")
    named = re.findall(r'(?:src|href)="/field/(assets/[^"]+)"', page)
    assert named
    return sum(len(gzip.compress((BUILT / name).read_bytes())) for name in ("index.html", *named)) / 1024


def test_the_first_load_is_small() -> None:
    size = first_load_kib()
    print(f"first load: {size:.0f} KiB packed; at most {MOST_KIB}")
    assert size < MOST_KIB


def test_the_worker_keeps_every_file_of_the_app_and_nothing_of_the_server() -> None:
    worker = (BUILT / "sw.js").read_text("utf-8")
    kept = set(re.findall(r"[`\"'](/field/[^`\"']*)[`\"']", worker))
    files = {f"/field/{path.relative_to(BUILT).as_posix()}" for path in BUILT.rglob("*") if path.is_file()}
    files = {name for name in files if not name.endswith((".gz", ".br"))}  # the same files, packed
    files -= {"/field/sw.js", "/field/index.html", "/field/BUILT-FROM"}
    assert kept == files | {"/field/"}
    assert "/api/" not in worker


def found_faults(phone: Phone, name: str) -> dict[str, Any]:
    """What shuts somebody out of the screen that is shown: by its name; empty where nothing does."""
    page = phone.page
    page.wait_for_timeout(300)
    page.evaluate(AXE.read_text("utf-8"))
    told = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    found = [(one["id"], node["html"][:100]) for one in told["violations"] for node in one["nodes"]]
    small = page.evaluate(SMALL)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {name: (found, small, wide)} if found or small or wide > 0 else {}


@pytest.mark.browser
def test_the_screens_of_a_post_shut_nobody_out(served: Served, new_phone: Callable[[], Phone]) -> None:
    phone, post, faults = new_phone(), gate_post(served, "A1"), dict[str, Any]()
    set_up(phone, post)
    for lang in ("中文", "English"):
        for screen in AT_POSTS:
            phone.go(screen)
            faults |= found_faults(phone, f"{lang} {screen}")
            if shots := os.environ.get("LIANFANG_SHOTS"):
                phone.page.screenshot(path=f"{shots}/field-{lang}-{screen or 'post'}.png", full_page=True)
        phone.go("more")
        phone.page.locator("button[lang]").click()
    assert faults == {}


@pytest.mark.browser
def test_it_is_installable_offline_accessible_and_fits_a_small_screen(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    phone = new_phone()
    url, _ = town.enrolment()
    page = phone.page
    faults: dict[str, Any] = {}

    def look(name: str) -> None:
        faults.update(found_faults(phone, name))

    page.goto(url)
    page.get_by_role("button", name="登记这部手机").wait_for()
    look("enrolling")
    phone.set_up(url)
    devtools = phone.context.new_cdp_session(page)
    told = devtools.send("Page.getAppManifest")
    manifest = json.loads(told["data"])
    assert told["errors"] == [] and manifest["display"] == "standalone" and manifest["scope"] == "/field/"
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {one["errorId"] for one in errors} <= {"in-incognito"}
    for screen in SCREENS:
        phone.go(screen)
        look(screen or "list")
    phone.go("")
    phone.open(label(town, town.homes[0]))
    page.get_by_text("逐人登记").click()
    page.get_by_text("不适").first.click()
    look("form")
    phone.context.set_offline(True)
    page.goto(f"{town.served.url}/field/")
    page.get_by_label("解锁码").wait_for()
    look("locked")
    assert faults == {}


@pytest.mark.browser
def test_it_opens_soon(town: Town, new_phone: Callable[[], Phone]) -> None:
    """Printed, not held to: a machine that runs other tests is slower than a phone. What does not hang on the machine
    is: how many kilobytes and how many requests one after another stand before the first screen."""
    phone = new_phone()
    phone.page.add_init_script(NOTE_WHEN)
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Network.enable")
    devtools.send("Performance.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    cold = _opened(phone, devtools, f"{town.served.url}/field/", "form")
    requests = phone.page.evaluate(REQUESTS)
    for one in sorted(requests, key=lambda one: one["at"]):
        print(f"{one['at']:6.0f} to {one['end']:6.0f} ms {one['bytes']:7d} bytes {one['name'].rpartition('/')[2]}")
    kib = sum(one["bytes"] for one in requests) / 1024
    devtools.send("Network.emulateNetworkConditions", {**SLOW, "latency": 0, "downloadThroughput": -1})
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    warm = _opened(phone, devtools, f"{town.served.url}/field/", "form")
    print(
        f"cold {cold.ms:.0f} ms (at most 3,000) with {kib:.0f} KiB in {len(requests)} requests, "
        f"scripts {cold.script_ms:.0f} ms; "
        f"warm and offline {warm.ms:.0f} ms (at most 1,000), scripts {warm.script_ms:.0f} ms; slow 4G, processor / 4"
    )
    assert 0 < kib < MOST_KIB


class Opened(NamedTuple):
    """Milliseconds until a screen could be used, and of the processor's for scripts."""

    ms: float
    script_ms: float


NOTE_WHEN = """new MutationObserver(() => {
    if (document.querySelector('form')) (window.shown ??= {}).form ??= performance.now()
}).observe(document, {childList: true, subtree: true})"""
REQUESTS = """() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
    .map((one) => ({name: one.name, at: one.startTime, end: one.responseEnd, bytes: one.transferSize}))"""


def _opened(phone: Phone, devtools: Any, url: str, what: str) -> Opened:
    """Until what is asked for is there: not only something painted."""
    phone.page.goto(url)
    phone.page.locator(what).first.wait_for()
    ms = float(phone.page.evaluate("(what) => window.shown[what]", what))
    told = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return Opened(ms, 1000 * told["ScriptDuration"])
