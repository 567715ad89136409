"""What axe finds on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.desk import WEB

if TYPE_CHECKING:
    from playwright.sync_api import Page


def loaded() -> Callable[[Page], list[str]]:
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
