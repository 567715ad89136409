"""Choosing in the fields of a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OPEN = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option"
MOVING = ".ant-slide-up-enter, .ant-slide-down-enter"


def pick(page: Page, field: str | Locator, option: str) -> None:
    """Opens the choice with a label, or the one given, and takes an option by its words."""
    box = page.get_by_label(field, exact=True) if isinstance(field, str) else field
    box.click()
    page.wait_for_selector(OPEN)
    page.wait_for_selector(MOVING, state="detached")  # what moves is clicked beside, and the list scrolls away
    page.locator(OPEN).filter(has_text=option).first.click()
