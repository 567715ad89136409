"""Which pages a role has, and the pictures of each: as it is, what opens in it, and its states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.gallery.camera import EVERY, MADE, TWO, Camera, Looks, Picture

MENU = ".rooms nav a"
LEADS = "found => found.map((a) => a.getAttribute('href').slice(1))"
ONE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of a thing in an address: one card of each kind is shown."""
OPENS = "main button[aria-expanded=false]:visible:not([disabled])"
MOST_OPENED, CLICK_MS = 24, 15_000
VISITOR = ("figures", "sign-in", "welcome", "enrol", "mine")
"""The pages of whoever has not signed in."""
SOMETHING = "main h1, main h2, main [role=alert], main .skeleton"


def kind_of(address: str) -> str:
    """What page an address is of: ``cases/*`` for any case, with the tab that it opens, and nothing else."""
    path, _, asked = address.partition("?")
    tab = re.search(r"(?:^|&)show=([a-z]+)", asked)
    return ONE.sub("*", path) + (f"?show={tab[1]}" if tab else "")


def menu_of(camera: Camera) -> list[str]:
    """The pages that a role's menu leads to."""
    return [str(one) for one in camera.open("").eval_on_selector_all(MENU, LEADS)]


def walk(camera: Camera, begin: list[str], first: set[str], *, quick: bool = False) -> Iterator[Iterator[Picture]]:
    """Every page that a role comes to from where it begins. ``first``: those whose states are shown too.

    ``quick``: two looks of each page, and nothing opened.
    """
    found = {kind_of(one): one for one in begin}
    waits = list(found)

    def of_page(room: str) -> Iterator[Picture]:
        for address in camera.open(found[room]).eval_on_selector_all("main a[href^='#']", LEADS):
            kind = kind_of(str(address))
            if kind and kind not in found:
                found[kind] = str(address)
                waits.append(kind)
        yield from camera.take(room, "", TWO if quick else EVERY)
        if quick:
            return
        yield from _opened(camera, room, found[room])
        if room in first:
            yield from _made(camera, room)

    while waits:
        yield of_page(waits.pop(0))


def _opened(camera: Camera, room: str, address: str) -> Iterator[Picture]:
    """What opens by a button: the forms of acts above all."""
    buttons = camera.open(address).locator(OPENS).all()
    names = [re.sub(r"\s+", " ", one.inner_text()).strip() for one in buttons]
    for at, name in enumerate(list(dict.fromkeys(filter(None, names)))[:MOST_OPENED]):
        camera.open(address)
        camera.page.locator(OPENS, has_text=name).first.click(timeout=CLICK_MS)
        yield from camera.take(room, f"open {at + 1}", TWO)


def _made(camera: Camera, room: str) -> Iterator[Picture]:
    """The page while it loads, after an error, and without a network."""
    for state in MADE:
        with camera.answering(state):
            camera.open(room, settled=False)
            camera.page.wait_for_selector(SOMETHING)
            yield from camera.take(room, state, TWO)


def plain(camera: Camera, room: str, state: str, looks: Looks) -> Iterator[Picture]:
    """A page as it is, in a state that who looks or where makes: without a right, where nothing is recorded yet."""
    camera.open(room)
    yield from camera.take(room, state, looks)
