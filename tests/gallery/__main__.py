"""``./run gallery``: every page and state of the desk as pictures, and what is wrong on them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright

from lianfang.access.matrix import packaged
from tests import demo, ready
from tests.browser.axe import loaded
from tests.conftest import BROWSER_FLAGS, BROWSER_NAMES
from tests.gallery import documents, index
from tests.gallery.camera import EVERY, TWO, Camera, Looks, Picture
from tests.gallery.walk import VISITOR, menu_of, plain, walk
from tests.served import Served, installed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
FIRST = (
    "epidemiologist",
    "county_duty_officer",
    "duty_officer",
    "clinic_doctor",
    "inspector",
    "administrator",
    "auditor",
)
"""Those who see most of a page come first: its states are taken with them."""
DARK = ("today", "figures", "cases", "contacts", "tasks")
AREA = "530100"


def options_of(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / ".build" / "gallery", help="folder for the pictures")
    parser.add_argument("--role", action="append", help="this role alone; may be given again")
    parser.add_argument("--room", action="append", help="this page alone, by its address after #; may be given again")
    parser.add_argument("--quick", action="store_true", help="two looks of each page of each role, and nothing opened")
    parser.add_argument("--shard", default="1/1", help="a part of the roles: 2/3 is the second of three")
    parser.add_argument(
        "--documents", nargs="*", metavar="NAME", help="instead, the pictures of the documents, or those named so"
    )
    parser.add_argument("--url", help="of a demonstration that runs; without it one is started")
    return parser.parse_args(arguments)


@contextmanager
def chromium() -> Iterator[Browser]:
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else BROWSER_NAMES
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("gallery: there is no Chromium (Debian, Ubuntu: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield browser
        browser.close()


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """A folder to which a server that root has started has a way."""
    ready.begin()
    folder = Path(tempfile.mkdtemp(prefix="lianfang-gallery-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        ready.end()


class Gallery:
    """The pictures of one run, told as they are taken."""

    def __init__(self, browser: Browser, url: str, options: argparse.Namespace) -> None:
        self.browser, self.url, self.out = browser, url, options.out
        self.rooms: list[str] = options.room or []
        self.quick: bool = options.quick
        self.axe: Callable[[Page], list[str]] = loaded()
        self.pictures: list[Picture] = []
        self.failed: list[str] = []

    @contextmanager
    def camera(self, role: str, **more: Any) -> Iterator[Camera]:
        made = Camera(self.browser, more.pop("url", self.url), role, self.out, self.axe, **more)
        try:
            yield made
        finally:
            made.close()

    def keep(self, camera: Camera, taken: Iterator[Picture]) -> None:
        """Takes the pictures of a page. One that cannot be taken is a finding, and the next page is taken."""
        try:
            for one in taken:
                self.pictures.append(one)
                state = f" · {one.state}" if one.state else ""
                who = one.role or "visitor"
                print(f"  {len(self.pictures)} {who} #{one.room}{state} {one.lang} {one.width}", flush=True)
                for line in one.found:
                    print(f"    FOUND {line}", flush=True)
        except (Error, TimeoutError) as error:
            where = camera.page.url.partition("#")[2]
            self.failed.append(f"{camera.role or 'visitor'} #{where}: {str(error).splitlines()[0]}")
            print(f"    FAILED {self.failed[-1]}", flush=True)

    def plain(self, role: str, rooms: Collection[str], state: str, looks: Looks, **more: Any) -> None:
        with self.camera(role, **more) as camera:
            for room in rooms:
                self.keep(camera, plain(camera, room, state, looks))

    def of_role(self, role: str, menu: list[str], first: set[str]) -> None:
        with self.camera(role) as camera:
            for page in walk(camera, self.rooms or [*menu, "me"], first, quick=self.quick):
                self.keep(camera, page)
        if not self.quick:
            self.plain(role, [room for room in DARK if room in first], "", EVERY, dark=True)

    def documents(self, names: list[str]) -> int:
        """The pictures of the documents; 1 where one could not be taken."""
        for name, (shown, _) in documents.PICTURES.items():
            if names and Path(name).stem not in names:
                continue
            with self.camera(shown.role) as camera:
                try:
                    print(f"  {documents.take(camera, name)}", flush=True)
                except (Error, TimeoutError) as error:
                    self.failed.append(name)
                    print(f"  FAILED {name}: {str(error).splitlines()[0]}", flush=True)
        return int(bool(self.failed))

    def refused(self, by_role: dict[str, list[str]]) -> None:
        """Each page as the first role sees it that may not enter it."""
        rooms = {room for menu in by_role.values() for room in menu}
        for role, menu in by_role.items():
            shut = sorted(rooms - set(menu))
            self.plain(role, shut, "no right", TWO)
            rooms -= set(shut)

    def empty(self, first: dict[str, set[str]], served: Served) -> None:
        """Each page of an installation in which nothing is recorded."""
        for role, rooms in first.items():
            officer = served.officer(f"gallery-{role.replace('_', '-')}", role, AREA)
            self.plain(role, sorted(rooms), "empty", TWO, url=served.url, cookies=officer.browser.cookies)


def menus(gallery: Gallery, roles: list[str]) -> dict[str, list[str]]:
    """What each role's menu leads to; nothing, and a finding, where its first page cannot be opened."""
    found = dict[str, list[str]]()
    for role in roles:
        with gallery.camera(role) as camera:
            try:
                found[role] = menu_of(camera)
            except (Error, TimeoutError) as error:
                found[role] = []
                gallery.failed.append(f"{role}: {str(error).splitlines()[0]} {' '.join(camera.desk.errors)}")
                print(f"    FAILED {gallery.failed[-1]}", flush=True)
    return found


def everything(gallery: Gallery, options: argparse.Namespace, folder: Path) -> None:
    """The walk of each role, those who have not signed in, and the states of each page."""
    appointed = [name for name, role in packaged().roles.items() if role.appointed]
    order = sorted(appointed, key=lambda role: FIRST.index(role) if role in FIRST else len(FIRST))
    by_role = menus(gallery, order)
    seen: set[str] = set()
    first: dict[str, set[str]] = {}
    for role in order:
        first[role] = set(by_role[role]) - seen
        seen |= first[role]
    part, _, parts = options.shard.partition("/")
    mine = (options.role or order)[int(part) - 1 :: int(parts)]
    for role in mine:
        print(f"gallery: {role}, {len(by_role[role])} pages in its menu", flush=True)
        gallery.of_role(role, by_role[role], first[role])
    if options.role or options.room or options.quick or part != parts:
        return
    gallery.plain("", VISITOR, "", EVERY)
    gallery.refused(by_role)
    with installed(folder, demo.clean_environment(folder / "served")) as served:
        gallery.empty(first, served)


def told(gallery: Gallery) -> int:
    """Writes the page of the pictures and says how much was found: 1 where anything was."""
    named = {name: (role.zh, role.en) for name, role in packaged().roles.items()}
    (gallery.out / "index.html").write_text(index.page(gallery.pictures, named, gallery.failed), encoding="utf-8")
    found = [one for one in gallery.pictures if one.found]
    print(
        f"gallery: {len(gallery.pictures)} pictures, {len(found)} with findings, {len(gallery.failed)} pages failed: "
        f"{gallery.out / 'index.html'}"
    )
    return int(bool(found or gallery.failed))


def main(arguments: list[str]) -> int:
    options = options_of(arguments)
    with ExitStack() as stack:
        folder = stack.enter_context(folder_for_servers())
        url = options.url
        if not url:
            started = demo.running(folder, demo.clean_environment(folder / "home"))
            url = stack.enter_context(started).url
        browser = stack.enter_context(chromium())
        gallery = Gallery(browser, url.rstrip("/"), options)
        if options.documents is not None:
            return gallery.documents(options.documents)
        options.out.mkdir(parents=True, exist_ok=True)
        everything(gallery, options, folder)
        return told(gallery)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
