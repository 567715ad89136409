"""A drill as those who take part meet it: named on every page, and one click from the demonstration and back."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, settle, wear
from tests.demo import COMMAND, Demo, clean_environment

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "530102-1200-5-3"
SMALL = ("--area", "530102", "--population", "1200", "--days", "5", "--seed", "3")
SAYS = {"zh": "演练，非真实：五华区", "en": "Drill: not real. Wuhua District"}
DAY = {"zh": "第 5/5 天，种子 3", "en": "day 5 of 5, seed 3"}
SERVED = re.compile(r"Lianfang 联防 (demonstration|drill)[^\n]*(http://127\.0\.0\.1:[0-9]+)/")
STARTED_S = 300
ROLES = "async () => (await (await fetch('/api/v1/session')).json()).appointments.map(one => one.role)"


class Served(NamedTuple):
    """Addresses (no slash at the end) of what is served, by what it is; ``home``: its data folder."""

    urls: dict[str, str]
    home: Path

    def drill(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``lianfang drill`` with these words."""
        command = [*COMMAND, "drill", *words, "--home", str(self.home)]
        return subprocess.run(
            command, env=clean_environment(self.home), capture_output=True, text=True, check=False
        )  # fmt: skip


@contextmanager
def _serving(what: set[str], *words: str) -> Iterator[Served]:
    """A command that serves until the block ends, once all ``what`` it serves is there; its data are gone then."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-drill-"))
    folder.chmod(0o711)
    home, log = folder / "home", folder / "served.log"
    with log.open("wb") as output:
        command = [*COMMAND, *words, "--home", str(home), "--port", "0", "--no-browser"]
        process = subprocess.Popen(
            command, env=clean_environment(home), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    its = Served({}, home)
    try:
        yield its._replace(urls=_addresses(log, process, what))
    finally:
        process.terminate()
        process.wait(30)
        for space in (home / "drills").iterdir():
            its.drill("wipe", space.name)
        subprocess.run(
            [*COMMAND, "stop", "--home", str(home)], env=clean_environment(home), capture_output=True, check=False
        )
        rmtree(folder, ignore_errors=True)


def _addresses(log: Path, process: subprocess.Popen[bytes], what: set[str]) -> dict[str, str]:
    deadline = time.monotonic() + STARTED_S
    while time.monotonic() < deadline and process.poll() is None:
        found = dict(SERVED.findall(log.read_text(errors="replace")))
        if found.keys() >= what:
            return found
        time.sleep(0.2)
    pytest.fail(f"{what} is not served:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def drill(demo_url: str) -> Iterator[Served]:
    """A small drill that is over, made and served as the command line does, beside the session's demonstration."""
    with _serving({"drill"}, "drill", *SMALL, "--beside", f"{demo_url}/") as served:
        yield served


@pytest.fixture
def at_the_drill(page: Page, drill: Served) -> Desk:
    return Desk(page, drill.urls["drill"])


def _banner(page: Page) -> str:
    return page.locator("header .banner").inner_text()


def _rooms(page: Page, url: str) -> Iterator[tuple[str, str]]:
    """Every room that the menu of any role leads to, with the role."""
    enter(page, url, "me")
    seen = set[str]()
    for role in sorted(set(page.evaluate(ROLES))):
        wear(page, url, role)
        enter(page, url, "me")
        doors = page.locator(".rooms nav a").evaluate_all("links => links.map(link => link.hash.slice(1))")
        for room in sorted({*doors} - seen):
            wear(page, url, role)
            yield role, room
        seen |= {*doors}


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_every_room_says_that_it_is_a_drill(
    at_the_drill: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    page, seen = at_the_drill.page, set[str]()
    for role, room in _rooms(page, at_the_drill.url):
        enter(page, at_the_drill.url, room, lang, width)
        seen.add(room)
        assert SAYS[lang] in _banner(page) and DAY[lang] in _banner(page), (role, room)
        assert page.evaluate(SIDEWAYS) == 0, (role, room)
    assert seen >= {"tasks", "coverage", "cases", "contacts", "gates", "whatif", "accounts"}
    assert axe(page) == []
    assert at_the_drill.errors == []


def test_the_open_page_says_it_in_both_languages(at_the_drill: Desk) -> None:
    page = at_the_drill.page
    page.goto(f"{at_the_drill.url}/care/")
    said = page.locator("[role=note]").inner_text()
    assert all(SAYS[lang] in said and DAY[lang] in said for lang in SAYS)


def test_the_field_app_says_it_also_without_a_network(at_the_drill: Desk) -> None:
    page = at_the_drill.page
    page.goto(f"{at_the_drill.url}/field/")
    said = page.locator(".of-drill")
    assert said.inner_text() == f"{SAYS['en']}, {DAY['en']}"
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    assert said.inner_text() == f"{SAYS['en']}, {DAY['en']}"


def test_it_leads_to_the_demonstration_which_is_no_drill(at_the_drill: Desk, demo: Demo) -> None:
    page = enter(at_the_drill.page, at_the_drill.url, "me")
    page.click("header .banner >> text=Back to the demonstration")
    page.wait_for_url(f"{demo.url}/**")
    settle(page)
    assert _banner(page).startswith("Demonstration:") and "Drill" not in _banner(page)


def _reviewed(served: Served, name: str, folder: Path) -> str:
    """What the review of a drill says, where the registers hold the truth but for the errors that were injected."""
    told = served.drill("review", name, "--lang", "en", "--out", str(folder / "differences"))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "But for the injected errors the registers hold the truth." in told.stdout
    differences = [json.loads(line) for line in (folder / "differences").open()]
    assert differences and all(one["error"] and one["shows"] for one in differences)
    return told.stdout


def test_the_review_tells_of_every_day_and_every_error(drill: Served, tmp_path: Path) -> None:
    told = _reviewed(drill, NAME, tmp_path)
    assert re.findall(r"^Day (\d), 2020-03-", told, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert re.search(r"^doubled: [1-9]", told, re.MULTILINE)


@pytest.mark.long
def test_the_demonstration_has_a_drill_beside_it_whose_registers_hold_the_truth(page: Page, tmp_path: Path) -> None:
    with _serving({"demonstration", "drill"}, "demo") as served:
        its, other = served.urls["demonstration"], served.urls["drill"]
        enter(page, its, "me")
        page.click("header .banner >> text=Beside it: a finished drill")
        page.wait_for_url(f"{other}/**")
        settle(page)
        enter(page, other, "me")
        assert "Drill: not real. Kunming" in _banner(page)
        page.click("header .banner >> text=Back to the demonstration")
        page.wait_for_url(f"{its}/**")
        assert "infected" in _reviewed(served, "kunming", tmp_path)
