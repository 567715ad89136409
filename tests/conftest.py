"""What every test may ask for: the reference folder, the gazetteer, a database, a running demo, a browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests import daily, ready
from tests import demo as demonstration
from tests.access.counted import TRIED
from tests.demo import Demo, clean_environment, running
from tests.served import Served, installed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from lianfang.places.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[1]
pytest_plugins = ["tests.database"] if (ROOT / "tests" / "database.py").exists() else []

# What Lianfang does with its tables is tried on each kind of server; the rest on one (on both with --long).
ONE_SERVER = {"access", "accounts", "bulletins", "disclosure", "hardening", "identity"}
ONE_SERVER |= {"cases", "checkpoints", "command", "contacts", "drills", "exchange", "gates", "isolation", "journeys"}
ONE_SERVER |= {"care", "indicators", "mobilisation", "oversight", "record", "screening", "supplies", "tasks", "warning"}
BOTH_SERVERS = {"test_crash.py", "test_log.py", "test_rows.py", "test_vault_dump.py", "test_life_retention.py"}

# Tests of one file in the first folders share what they start, and take long; those of the second begin next.
TOGETHER = {"browser", "exchange", "field", "hardening", "house", "journeys", "places"}
LONGER = {"access", "drills", "record"}
# What the workers begin with: one makes the demonstration, and the others ask for none until it is made.
FIRST = ("browser/test_story.py", "access/test_matrix.py", "drills/test_registers.py", "record/test_bulk.py")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
BROWSER_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # only maps need the made-up graphics card; pages are drawn sooner without it
    "--renderer-process-limit=1",  # a page is opened anew without a process anew
    "--js-flags=--no-opt --no-maglev",  # no page lives long enough to win back what its compiling would cost
)

PATIENCE_MS = 45_000
"""How long a page may take: a trial shares two cores with others."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    daily.begin(long=config.getoption("--long"))
    if not hasattr(config, "workerinput"):
        ready.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        ready.end()


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


def _turn(item: pytest.Item) -> tuple[int, bool, bool]:
    """What takes longest begins first, so that no worker is left with it alone at the end."""
    file = item.path.relative_to(ROOT / "tests").as_posix()
    first = FIRST.index(file) if file in FIRST else len(FIRST)
    return first, _folder(item) not in TOGETHER, _folder(item) not in LONGER


def _needs_one_server(item: pytest.Item) -> bool:
    """Whether a test on the system's PostgreSQL would only repeat what the embedded one has shown."""
    on_system = "system" in getattr(getattr(item, "callspec", None), "params", {}).values()
    return on_system and _folder(item) in ONE_SERVER and item.path.name not in BOTH_SERVERS


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    place = {path: at for at, path in enumerate(dict.fromkeys(item.path for item in items))}
    if not config.getoption("--long"):
        _leave_out(config, items)
    yield
    # pytest puts what shares a server of the database side by side; of that only the order within a file is kept
    items.sort(key=lambda item: (*_turn(item), place[item.path]))


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only ``--long`` runs."""
    left = [item for item in items if _needs_one_server(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes; run with --long"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if _folder(item) != "browser":
        KEPT.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    KEPT.close()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = dict(TRIED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    TRIED.update(getattr(node, "workeroutput", {}).get("tried", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not daily.long():
        terminalreporter.write_line(f"what the day draws was drawn by {daily.DAY}={daily.day()}")
    for what, number in sorted(TRIED.items()):
        terminalreporter.write_line(f"{what}: {number} combinations tried")


def missing(what: str) -> NoReturn:
    """A thing of the surroundings is absent: a skip with its reason at home, a failure in CI."""
    if IN_CI:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material: LIANFANG_SHARED, or ``shared`` beside the project."""
    folder = Path(os.environ.get("LIANFANG_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        missing(f"there is no reference folder {folder} (LIANFANG_SHARED names another)")
    return folder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, loaded once."""
    from lianfang.places.gazetteer import Gazetteer

    return Gazetteer.load()


def _folder_for_servers() -> Iterator[Path]:
    """A folder to which a server that root has started has a way, as it has none below ``tmp_path``."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-demo-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_home() -> Iterator[Path]:
    """The folder of the session's demo; its data folder is ``home`` in it."""
    yield from _folder_for_servers()


@pytest.fixture(scope="module")
def own_home() -> Iterator[Path]:
    """A data folder of the file's own, with what a first start of the demonstration leaves there."""
    for folder in _folder_for_servers():
        demonstration.make(folder)
        yield folder


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[Demo]:
    """A demo of the session's own, in a data folder of its own, stopped at the end."""
    demonstration.make(demo_home / "home")
    with running(demo_home, clean_environment(demo_home / "home")) as started:
        yield started


@pytest.fixture(scope="session")
def demo_url(demo: Demo) -> str:
    """The address of the session's demo, without a slash at the end."""
    return demo.url


@pytest.fixture(scope="session")
def demo_process(demo: Demo) -> int:
    """The process of the session's demo; its workers and its database are below it."""
    return demo.process


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """An installation of the session's own, with its first administrator signed in."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-served-"))
    folder.chmod(0o711)
    try:
        with installed(folder, clean_environment(folder / "home")) as started:
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless; CHROMIUM names another."""
    from playwright.sync_api import expect, sync_playwright

    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(BROWSER_NAMES)
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        missing("there is no Chromium (Debian, Ubuntu: apt install chromium fonts-noto-cjk; CHROMIUM names another)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=list(BROWSER_FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One a module: while it is open its event loop runs in this thread, and Django then refuses the database."""
    with chromium() as opened:
        yield opened


class KeptBrowser:
    """The browser of ``tests/browser``, which asks no database by itself: one for all its files, opened when the first
    of them needs it and closed before a test of another folder begins."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        self._opened: Browser | None = None

    def get(self) -> Browser:
        if self._opened is None or not self._opened.is_connected():
            self.close()
            self._opened = self._closing.enter_context(chromium())
        return self._opened

    def close(self) -> None:
        self._opened = None
        self._closing.close()


KEPT = KeptBrowser()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, 1280 × 900, in a context of its own; nothing moves in it, so that a click meets what it was for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()
