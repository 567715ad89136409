"""The desk on a drill of a prefecture of a million people: what it waits for, and what a browser makes of it.

The drill is made, loaded and served by the commands that everybody has. Routes are asked over HTTP by each role that
may; counted is the role for which it takes longest. The browser's processor is throttled to a quarter for the first
load, as the target says, and its cache is empty; what is traced afterwards runs unthrottled. Where the drill has less
than the target speaks of (2,900 counties on one map, 300,000 rows in one list) the page is given as much.

``LIANFANG_BENCH_PEOPLE``: another size. ``LIANFANG_BENCH_HOME``: a data folder whose one drill is taken as it is.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks._desk_routes import AREA, Ask, Client, hats, reads

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PEOPLE, DAYS, SEED, NAME = int(os.environ.get("LIANFANG_BENCH_PEOPLE", "1000000")), 60, 1, "bench"
ASKED, MOST_MS = 30, 200.0
PAGES = {
    "today": ("epidemiologist", ".state-of strong"),
    "figures": ("duty_officer", "main h1, main h2"),
    "situation": ("duty_officer", ".tile .figure"),
}
"""Pages that roles begin on: of whom, and what of each is useful."""
LOADS, THROTTLED, PAINT_MS, WORKS_MS = 5, 4, 1500.0, 2500.0
FILTERED, FILTER_MS, FRAME_MS = 20, 300.0, 16.0
ROWS, BUNDLE_KB = 300_000, 600.0
FLAGS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
START_S, DRAWN_MS = 7200, 120_000

_LOADING = """([useful, control]) => {
  const told = (window.__told = {})
  const seen = (selector) => [...document.querySelectorAll(selector)].find((one) => !/^(…|)$/.test(one.textContent))
  const look = () => {
    told.paint ??= seen(useful) && performance.now()
    const button = told.paint && document.querySelector(control)
    if (document.querySelector('dialog.drawer[open]')) told.works = performance.now()
    else if (button) button.click()
    if (told.works) document.documentElement.dataset.works = told.works
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}"""
_FILTER = """async (at) => {
  const rows = document.querySelectorAll('.situation tbody th button')
  const button = rows[at % rows.length]
  const began = performance.now()
  button.click()
  const frame = () => new Promise(requestAnimationFrame)
  do await frame()
  while (!document.querySelector('.situation[aria-busy=false] tr.chosen, .situation[aria-busy=false]'))
  await frame()
  return performance.now() - began
}"""
_MANY_ROWS = """(rows) => {
  const real = window.fetch
  window.fetch = async (address, init) => {
    const answer = await real(address, init)
    if (!String(address).endsWith('/cases/list')) return answer
    const page = await answer.json()
    const all = Array.from({ length: rows }, (_, n) => {
      const one = page.cases[n % page.cases.length]
      return { ...one, subject: String(n).padStart(8, '0') + one.subject.slice(8) }
    })
    const whole = { ...page, cases: all, total: rows, after: null, next: null }
    return { ok: true, status: 200, headers: answer.headers, json: async () => whole }
  }
}"""


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    with _served() as url:
        rows = _routes(url)
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            try:
                rows += [row for room in PAGES for row in _first_load(browser, url, room)]
                rows += [_bundle(browser, url), _filters(browser, url), _map(browser, url), _list(browser, url)]
            finally:
                browser.close()
    return rows


@contextmanager
def _served() -> Iterator[str]:
    """The address of the drill, made and loaded first where no folder is named."""
    given = os.environ.get("LIANFANG_BENCH_HOME")
    folder = Path(given) if given else Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    command = [str(Path(sys.executable).parent / "lianfang"), "drill"]
    process = None
    try:
        if not given:
            folder.chmod(0o711)
            size = ["--area", AREA, "--population", str(PEOPLE), "--days", str(DAYS), "--seed", str(SEED)]
            subprocess.run(
                [*command, *size, "--name", NAME, "--load", "--home", str(folder)],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        name = next(one.name for one in (folder / "drills").iterdir() if (one / "drill.json").exists())
        url = f"http://127.0.0.1:{_free_port()}"
        process = subprocess.Popen(
            [*command, "serve", name, "--home", str(folder), "--port", url.rpartition(":")[2], "--no-browser"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _await(url, process)
        yield url
    finally:
        if process:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        if not given:
            shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api/v1/session", timeout=10).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("the drill was not served")


# the routes


def _routes(url: str) -> list[dict[str, Any]]:
    """One row for all routes that keep the limit, and one for each that does not."""
    client = Client(url)
    schema = client.told(Ask("GET", "/openapi.json"))
    slowest: dict[str, tuple[float, str, str, Ask]] = {}
    for hat, role in hats(client):
        client.wear(hat)
        for name, ask in reads(client, schema):
            status, _, took = client.ask(ask)
            if status == 200 and took > slowest.get(name, (0.0,))[0]:
                slowest[name] = took, hat, role, ask
    found = {}
    for name, (_, hat, role, ask) in slowest.items():
        client.wear(hat)
        times = [client.ask(ask)[2] for _ in range(ASKED)]
        found[f"{name}, {role}"] = quantiles(times, n=20)[18], median(times)
    beyond = {name: its for name, its in found.items() if its[0] > MOST_MS}
    p95, worst = max(((its[0], name) for name, its in found.items() if name not in beyond), default=(0.0, "none"))
    rest = f"{len(found) - len(beyond)} of {len(found)} routes within; slowest of them {worst} {p95:.0f} ms"
    return [
        _row(f"API: p95 of {len(found)} routes that the desk reads, {ASKED} asks each", rest, MOST_MS, not beyond),
        *(
            _row(f"API: {name}", f"p95 {slow:.0f} ms (median {usual:.0f})", MOST_MS, False, slow)
            for name, (slow, usual) in sorted(beyond.items(), key=lambda one: -one[1][0])
        ),
    ]


def _row(
    claim: str, ours: str, limit: float, met: bool, figure: float | None = None, unit: str = "ms"
) -> dict[str, Any]:
    return {
        "claim": f"desk: {claim}", "ours": ours, "peer": "", "ratio": limit / figure if figure else None,
        "target": f"≤ {limit:g} {unit}", "met": met,
    }  # fmt: skip


# the browser


@contextmanager
def _page(browser: Browser, url: str, role: str) -> Iterator[Page]:
    """An empty page with a role's hat on, nothing cached."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    try:
        page = context.new_page()
        page.route(f"{url}/empty", lambda route: route.fulfill(body=""))
        page.goto(f"{url}/empty")
        page.unroute(f"{url}/empty")
        page.evaluate(
            """async (role) => {
              const { appointments } = await (await fetch('/api/v1/session')).json()
              const body = JSON.stringify({ id: appointments.find((one) => one.role === role).id })
              const headers = { 'Content-Type': 'application/json' }
              await fetch('/api/v1/session/appointment', { method: 'POST', headers, body })
            }""",
            role,
        )
        yield page
    finally:
        context.close()


def _first_load(browser: Browser, url: str, room: str) -> Iterator[dict[str, Any]]:
    """First useful paint and the first control that works, with an empty cache on a slow processor."""
    told, (role, useful) = [], PAGES[room]
    for _ in range(LOADS):
        with _page(browser, url, role) as page:
            page.add_init_script(f"({_LOADING})({json.dumps([useful, '.drawer-open'])})")
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLED})
            page.goto(f"{url}/#{room}", wait_until="commit")
            page.wait_for_selector("html[data-works]", state="attached", timeout=DRAWN_MS)
            told.append(page.evaluate("window.__told"))
    for what, key, limit in (("first useful paint", "paint", PAINT_MS), ("a control works", "works", WORKS_MS)):
        took = median(one[key] for one in told)
        claim = f"{room}: {what}, cold cache, processor ÷ {THROTTLED}, median of {LOADS}"
        yield _row(claim, f"{took:,.0f} ms", limit, took <= limit, took)


def _bundle(browser: Browser, url: str) -> dict[str, Any]:
    """Scripts and styles of the first load of the first page, as gzip."""
    bodies: list[bytes] = []
    role, useful = PAGES["today"]
    with _page(browser, url, role) as page:
        page.on("response", lambda got: bodies.append(got.body()) if got.url.endswith((".js", ".css")) else None)
        page.goto(f"{url}/#today")
        page.wait_for_selector(f"{useful} >> nth=-1", timeout=DRAWN_MS)
        page.wait_for_selector(".work tbody tr, .work .muted", timeout=DRAWN_MS)
    size = sum(len(gzip.compress(body, 9)) for body in bodies) / 1000
    ours = f"{size:,.0f} kB in {len(bodies)} files"
    return _row("scripts and styles of the first load, gzip", ours, BUNDLE_KB, size <= BUNDLE_KB, size, "kB")


def _filters(browser: Browser, url: str) -> dict[str, Any]:
    """From the choice of an area to the page that shows it."""
    with _page(browser, url, PAGES["situation"][0]) as page:
        page.goto(f"{url}/#situation?area={AREA}")
        page.wait_for_selector(".situation[aria-busy=false] tbody th button", timeout=DRAWN_MS)
        took = [page.evaluate(_FILTER, at) for at in range(FILTERED)]
    slow = quantiles(took, n=20)[18]
    claim = f"situation: choose an area, p95 of {FILTERED}"
    return _row(claim, f"{slow:.0f} ms (median {median(took):.0f})", FILTER_MS, slow <= FILTER_MS, slow)


def _map(browser: Browser, url: str) -> dict[str, Any]:
    """The main thread's work a frame while a map of all counties is panned."""
    drawn = _counties(url)
    with _page(browser, url, PAGES["situation"][0]) as page:
        page.route("**/boundaries", lambda route: route.fulfill(json=drawn))
        page.goto(f"{url}/#situation?area={AREA}")
        page.wait_for_selector(".situation .map[aria-busy=false] canvas", timeout=DRAWN_MS)
        box = page.locator(".situation canvas").first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

        def pan() -> None:
            page.mouse.move(x, y)
            page.mouse.down()
            for step in range(60):
                page.mouse.move(x + 3 * (step if step < 30 else 60 - step), y + step, steps=1)
            page.mouse.up()

        pan()
        claim = f"map of {len(drawn['features']):,} counties panned: main thread's work a frame, p95"
        return _frames(browser, page, pan, claim)


def _counties(url: str) -> dict[str, Any]:
    """The boundaries of every county, as if they were one area's."""
    client = Client(url)

    def below(code: str) -> list[dict[str, Any]]:
        return list((client.told(Ask("GET", f"/areas/{code}")) or {}).get("children", ()))

    whole: dict[str, Any] = client.told(Ask("GET", "/areas/100000/boundaries"))
    parents = [one["code"] for province in below("100000") for one in (province, *below(province["code"]))]
    drawn = (client.told(Ask("GET", f"/areas/{code}/boundaries")) for code in parents)
    prefectures = set(parents)
    features = [one for its in drawn if its for one in its["features"] if one["properties"]["code"] not in prefectures]
    return {**whole, "features": features}


def _list(browser: Browser, url: str) -> dict[str, Any]:
    """The main thread's work a frame while a list of so many rows is scrolled."""
    with _page(browser, url, PAGES["today"][0]) as page:
        page.add_init_script(f"({_MANY_ROWS})({ROWS})")
        page.goto(f"{url}/#cases")
        page.wait_for_selector(".long-grid tbody tr", timeout=DRAWN_MS)
        page.hover(".long-grid tbody tr >> nth=3")

        def scroll() -> None:
            for _ in range(60):
                page.mouse.wheel(0, 400)

        scroll()
        return _frames(browser, page, scroll, f"list of {ROWS:,} rows scrolled: main thread's work a frame, p95")


def _frames(browser: Browser, page: Page, act: Callable[[], None], claim: str) -> dict[str, Any]:
    """What the page's main thread works from one frame to the next while something is done, by the browser's trace."""
    browser.start_tracing(
        page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    )
    page.evaluate("() => { const tick = () => requestAnimationFrame(tick); tick() }")  # each frame leaves its mark
    act()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    work = _work(events)
    slow = quantiles(work, n=20)[18]
    late = sum(one > FRAME_MS for one in work)
    ours = f"{slow:.1f} ms (median {median(work):.1f}; {late} of {len(work)} frames above)"
    return _row(claim, ours, FRAME_MS, slow <= FRAME_MS, slow)


def _work(events: list[dict[str, Any]]) -> list[float]:
    """Milliseconds of tasks of the thread that runs the page, by frame. The trace tells of a task twice, once by what
    runs it and once within that by what it is: it counts once."""
    frames = [one for one in events if one["name"] == "FireAnimationFrame"]
    by_thread: dict[tuple[int, int], int] = defaultdict(int)
    for one in frames:
        by_thread[one["pid"], one["tid"]] += 1
    main = max(by_thread, key=lambda its: by_thread[its])
    starts = sorted(one["ts"] for one in frames if (one["pid"], one["tid"]) == main)
    told = sorted(
        (one["ts"], -one["dur"])
        for one in events
        if (one["pid"], one["tid"]) == main
        and one["name"] in ("RunTask", "ThreadControllerImpl::RunTask")
        and "dur" in one
    )
    tasks: list[tuple[float, float]] = []
    for ts, less in told:
        if not tasks or ts >= sum(tasks[-1]):
            tasks.append((ts, -less))
    work = []
    for begins, ends in pairwise(starts):
        work.append(sum(dur for ts, dur in tasks if begins - 1000 <= ts < ends - 1000) / 1000)
    assert work, "no frame was traced"
    return work
