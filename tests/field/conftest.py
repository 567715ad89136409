"""Phones for the tests of the field app."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import BROWSER_NAMES, missing
from tests.field.phone import Phone
from tests.field.town import Town, made
from tests.served import Served

_numbers = count(1)


@pytest.fixture
def new_phone(tmp_path: Path) -> Iterator[Callable[[], Phone]]:
    """Makes phones, each with its own storage; they are switched off at the end."""
    from playwright.sync_api import sync_playwright

    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(BROWSER_NAMES)
    chromium = next((found for name in names if (found := shutil.which(name))), None)
    if chromium is None:
        missing("there is no Chromium (Debian, Ubuntu: apt install chromium fonts-noto-cjk; CHROMIUM names another)")
    phones: list[Phone] = []
    with sync_playwright() as playwright:

        def make() -> Phone:
            phones.append(Phone(playwright, chromium, tmp_path / f"phone-{len(phones)}"))
            return phones[-1]

        yield make
        for phone in phones:
            phone.close()


@pytest.fixture
def town(served: Served) -> Town:
    """Twelve households, of a grid and a team of their own."""
    return made(served, f"walker{next(_numbers)}", 12)
