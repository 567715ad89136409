"""The pictures of the documents: what each shows, and how it is taken."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gallery.camera import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.gallery.camera import Camera

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
QUALITY = 0.72
WEBP = """async ([png, quality]) => {
  const bytes = await (await fetch(png)).blob()
  const drawn = await createImageBitmap(bytes)
  const canvas = new OffscreenCanvas(drawn.width, drawn.height)
  canvas.getContext('2d').drawImage(drawn, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
  const out = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(out, (byte) => String.fromCharCode(byte)).join(''))
}"""


@dataclass(frozen=True)
class Shown:
    """What a picture shows: a page of a role, from what on, and how much of it."""

    role: str
    address: str
    high: int = 760
    wide: int = 1280
    start: str = ""
    """The element that stands at the top of the picture."""
    click: str = ""
    """What is clicked before."""
    until: str = ""
    """What is there then."""
    asked: str = ""
    """Which area and moment, where a page opens with the newest."""


NOTICE = "area=530000&as_of=2020-01-28T12:00:00%2B08:00"
FIRST = "main .grid tbody th a >> nth=0"

README = {
    "situation": Shown("epidemiologist", "situation", high=1400),
    "desk": Shown("duty_officer", "figures", high=1300),
    "board": Shown("duty_officer", "command", high=960),
}
GUIDE = {
    "accounts": Shown("administrator", "accounts", high=640, click="main button.ant-btn-primary", until="main form"),
    "assessment": Shown("duty_officer", "area?area=530100"),
    "case": Shown("epidemiologist", "cases", high=900, click=FIRST, until=".facts dd"),
    "contacts": Shown("epidemiologist", "contacts"),
    "coverage": Shown("grid_worker", "coverage"),
    "find": Shown("epidemiologist", "today", high=640, click=".finder", until="dialog.palette [role=option]"),
    "gates": Shown("checkpoint_staff", "gates", click=FIRST, until=".facts dd"),
    "help": Shown("epidemiologist", "cases", high=680, click=".help-open", until="dialog.help dd"),
    "inspections": Shown("inspector", "gates?show=inspections", click="main button.ant-btn-primary", until="main form"),
    "looks": Shown("auditor", "looks"),
    "notices": Shown("duty_officer", "figures", high=1300, until="main .map canvas", asked=NOTICE),
    "report": Shown("clinic_doctor", "cases/new"),
    "samples": Shown("laboratory", "samples?show=done", high=560),
    "situation": Shown("county_duty_officer", "situation", high=1000),
    "stations": Shown("station_staff", "stations", click=FIRST, until=".facts dd"),
    "tasks": Shown("county_duty_officer", "tasks"),
    "today": Shown("epidemiologist", "today"),
    "transmission": Shown("epidemiologist", "transmission"),
}
PICTURES = {f"{name}-{lang}.webp": (shown, lang) for name, shown in README.items() for lang in LANGUAGES}
PICTURES |= {f"guide/{name}-{lang}.webp": (shown, lang) for name, shown in GUIDE.items() for lang in LANGUAGES}
"""Every picture of the documents, by its file below ``docs/images``."""


def take(camera: Camera, name: str, into: Path = IMAGES) -> Path:
    """One picture of the documents."""
    shown, lang = PICTURES[name]
    page = camera.open(shown.address, lang, (shown.wide, shown.high), asked=shown.asked)
    if shown.click:
        page.click(shown.click)
    if shown.until:
        page.wait_for_selector(shown.until)
        camera.settle()
    if shown.start:
        page.locator(shown.start).first.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().top - 12)")
    file = into / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_webp(page))
    return file


def _webp(page: Page) -> bytes:
    """The picture as a browser packs it small, from an empty page that no policy of the desk's binds."""
    png = base64.b64encode(page.screenshot()).decode()
    packer = page.context.new_page()
    packed = packer.evaluate(WEBP, [f"data:image/png;base64,{png}", QUALITY])
    packer.close()
    return base64.b64decode(packed)
