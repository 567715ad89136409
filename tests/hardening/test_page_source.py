"""What the page's sources do not do: make markup of texts, keep persons in the browser, hinder a password manager."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    file.relative_to(ROOT / "web").as_posix(): file.read_text("utf-8")
    for part in (ROOT / "web").iterdir()
    if part.name != "node_modules"
    for file in ([part] if part.match("*.ts*") else part.rglob("*.ts*"))
    if ".test." not in file.name
}
MARKUP = r"dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|new Function|\beval\("
STORED = {
    "desk/src/view.ts": "the language",
    "desk/src/api/device.ts": "a device's key pair, whose private part no script can read",
    "desk/src/look.ts": "light or dark",
    "desk/src/parts/Help.tsx": "that an account was offered the tour",
    "desk/src/rooms/palette/recent.ts": "ids of what was opened lately, as long as the window and the hat last",
    "desk/src/session.tsx": "nothing: it clears what the window kept",
}
OWN_WINDOWS = {
    "desk/src/session.tsx": "that another hat was put on",
    "desk/src/api/live.ts": "what changed, from the window that holds the line",
}


def using(pattern: str) -> set[str]:
    return {name for name, text in SOURCES.items() if re.search(pattern, text)}


def test_the_page_makes_no_markup_of_text() -> None:
    assert len(SOURCES) > 30
    assert using(MARKUP) == set()
    assert using(r"__proto__|Object\.assign\(window|window\[[a-z]") == set()


def test_nothing_personal_is_stored_in_the_browser() -> None:
    """The language, and on a device its key, which scripts can use and not read."""
    assert using(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|CacheStorage") == set(STORED)
    device = SOURCES["desk/src/api/device.ts"]
    assert re.search(r"generateKey\([^)]*\}?,\s*false", device.replace("\n", " ")), "the key can be taken out"


def test_the_field_app_stores_by_way_of_its_seal() -> None:
    """One database; tables of what is of a person are written by modules that seal it, and by no others."""
    assert using(r"new Dexie") == {"field/src/store/db.ts"}
    writing = using(r"(outbox|drafts|parts)\s*\.\s*(put|add|bulkPut|bulkAdd|update)\b")
    assert writing == {f"field/src/store/{name}.ts" for name in ("bundle", "drafts", "outbox", "people", "phone")}
    assert all("sealed = await seal(" in SOURCES[name] or "sealed: await seal(" in SOURCES[name] for name in writing)


def test_password_fields_are_hidden_and_can_be_pasted_into() -> None:
    typed = [text for text in SOURCES.values() if "current-password" in text or "new-password" in text]
    assert typed and all(re.search(r"Input\.Password|type=.password", text) for text in typed)
    assert using(r"onPaste|autoComplete=.off.*assword") == set()


def test_the_page_listens_to_no_other_window_and_loads_nothing_from_elsewhere() -> None:
    assert using(r"postMessage|addEventListener\(.message") == set(OWN_WINDOWS)
    for name in OWN_WINDOWS:
        assert len(re.findall("postMessage", SOURCES[name])) == 1 and "new BroadcastChannel(" in SOURCES[name]
    assert using(r"fetch\(\s*['\"`]https?:|import\(\s*['\"`]https?:|<script[^>]+https?:") == set()
