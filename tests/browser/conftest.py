"""The page as a person meets it: opened in a browser against a running demonstration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import WEB, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def desk(page: Page, demo_url: str) -> Desk:
    return Desk(page, demo_url)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on a page: one line for each element."""
    source = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{v['impact']} {v['id']}: {node['target']} {node['html'][:200]}"
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
            for node in v["nodes"]
        ]

    return run
