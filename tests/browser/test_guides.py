"""Pictures of every page, the guide in the desk, the help of a page, and the tour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gallery import index
from tests.gallery.camera import TWO, Camera
from tests.gallery.walk import kind_of, menu_of, plain, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_the_gallery_shows_pages_and_tells_what_is_wrong(
    browser: Browser, demo_url: str, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    camera = Camera(browser, demo_url, "laboratory", tmp_path, axe)
    menu = menu_of(camera)
    assert menu[:2] == ["today", "samples"]
    taken = list(plain(camera, "today", "", TWO))
    opened = next(walk(camera, ["samples"], set()))
    taken.append(next(opened))
    assert [(one.room, one.lang, one.width) for one in taken] == [
        ("today", "zh", 1280),
        ("today", "en", 390),
        ("samples", "zh", 1280),
    ]
    assert all((tmp_path / one.file).stat().st_size > 10_000 for one in taken)
    assert [one.found for one in taken] == [(), (), ()]
    camera.page.evaluate("document.querySelector('main').style.width = '3000px'; console.error('told')")
    found = next(camera.take("samples", "", TWO)).found
    assert any("sideways" in line for line in found)
    assert "console: told" in found
    camera.close()
    shown = index.page(taken, {"laboratory": ("检测机构", "laboratory")}, [])
    assert shown.count("<figure") == 3
    assert "检测机构 · laboratory" in shown


def test_pages_of_one_kind_are_shown_once() -> None:
    one = "0190a5b0-1111-7222-8333-444455556666"
    assert kind_of(f"cases/{one}") == "cases/*"
    assert kind_of("plans?show=library&area=530100") == "plans?show=library"
    assert kind_of("tasks?mine=true") == "tasks"
