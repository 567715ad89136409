"""The page as a person meets it: opened in a browser against a running demonstration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import loaded
from tests.browser.desk import Desk
from tests.conftest import KEPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def browser() -> Browser:
    return KEPT.get()


@pytest.fixture
def desk(page: Page, demo_url: str) -> Desk:
    return Desk(page, demo_url)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on a page: one line for each element."""
    return loaded()
