"""The channels of the operator's file."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from lianfang.app.errors import Unusable

VARIABLE: Final = "LIANFANG_CHANNELS"
NEEDED: Final = ("id", "zh", "en", "area", "url")
FREE: Final = ("account",)
_ID = re.compile(r"[a-z0-9-]{1,40}\Z")


class Channel(NamedTuple):
    """A way on which notices leave. ``url`` is an address of Apprise's, which holds what it signs in with: it is never
    shown. It serves the division ``area``, or one account there."""

    code: str
    zh: str
    en: str
    area: str
    account: str
    url: str

    def __repr__(self) -> str:
        return f"Channel({self.code!r})"


def read(path: Path) -> tuple[Channel, ...]:
    """``[[channel]]`` tables with ``id``, ``zh``, ``en``, ``area``, ``url`` and, where it is for one account alone,
    ``account``. Raises Unusable."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unusable(f"{VARIABLE}: {path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(f"{VARIABLE}: {path} is no TOML: {error}") from None
    rows = content.get("channel", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unusable(f"{VARIABLE}: {path}: each channel is a [[channel]] table")
    found = tuple(_channel(row, f"{VARIABLE}: {path}, channel {number}") for number, row in enumerate(rows, start=1))
    if len({one.code for one in found}) < len(found):
        raise Unusable(f"{VARIABLE}: {path}: two channels have the same id")
    return found


def made() -> tuple[Channel, ...]:
    """The channels that a made command is said to have used: named, and leading nowhere."""
    file = resources.files("lianfang.capabilities.drills").joinpath("policy/command.toml")
    rows = tomllib.loads(file.read_text("utf-8"))["channels"]
    return tuple(Channel(row["id"], row["zh"], row["en"], "", "", "") for row in rows)


def _channel(row: dict[str, Any], where: str) -> Channel:
    for field in NEEDED:
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise Unusable(f"{where}: {field} is needed, as text")
    if unknown := sorted(row.keys() - {*NEEDED, *FREE}):
        raise Unusable(f"{where}: {unknown[0]} is not known; there are {', '.join((*NEEDED, *FREE))}")
    if not _ID.match(row["id"]):
        raise Unusable(f"{where}: id has small letters, digits and hyphens, at most 40")
    return Channel(row["id"], row["zh"], row["en"], row["area"], str(row.get("account", "")), row["url"])
