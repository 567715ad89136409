"""Names of diseases and of strategies, as dated and cited data (the TOML files in the folders beside this module)."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent


class Name(NamedTuple):
    """One name of a disease with the days of its official use (None: open)."""

    zh: str
    en: str
    begins: date | None
    ends: date | None
    source: str


class Disease(NamedTuple):
    """A disease profile's naming part. ``begins`` and ``ends`` bound the time in which notices mean it unnamed."""

    code: str
    zh: str
    en: str
    begins: date | None
    ends: date | None
    names: tuple[Name, ...]


class Strategy(NamedTuple):
    """A containment strategy: what its several wordings have in common. ``area`` where it is one area's own."""

    code: str
    zh: str
    en: str
    area: str | None
    aliases: tuple[Name, ...]


@cache
def diseases() -> tuple[Disease, ...]:
    """All profiles, by code."""
    found = []
    for path in sorted(_FOLDER.glob("disease/*/profile.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        names = tuple(_name(row) for row in data["names"])
        found.append(
            Disease(data["code"], data["zh"], data["en"], data.get("in_force_from"), data.get("in_force_to"), names)
        )
    return tuple(found)


def _name(row: dict[str, Any]) -> Name:
    return Name(row["zh"], row.get("en", ""), row.get("from"), row.get("to"), row["source"])


def name_zh(code: str) -> str:
    """The name of a disease in Chinese; the code itself where there is no such profile."""
    return next((d.zh for d in diseases() if d.code == code), code)


def name_en(code: str) -> str:
    """The name of a disease in English; the code itself where there is no such profile."""
    return next((d.en for d in diseases() if d.code == code), code)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, Name]]]:
    by_name = {text: (d.code, n) for d in diseases() for n in d.names for text in (n.zh, n.en) if text}
    by_name |= {text: (d.code, _bare(d)) for d in diseases() for text in (d.zh, d.en) if text not in by_name}
    words = sorted(by_name, key=len, reverse=True)
    parts = [re.escape(w) if not w.isascii() else rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" for w in words]
    return re.compile("|".join(parts)), by_name


def _bare(disease: Disease) -> Name:
    return Name(disease.zh, disease.en, disease.begins, disease.ends, "")


def named_in(text: str) -> tuple[str, Name] | None:
    """The first disease that a text names: its code and the name used."""
    pattern, by_name = _pattern()
    found = pattern.search(text)
    return by_name[found.group()] if found else None


def in_force(on: date | None) -> str | None:
    """The disease that notices of a day mean when they name none: the one whose time it is."""
    if on is None:
        return None
    return next((d.code for d in diseases() if d.begins and d.begins <= on <= (d.ends or date.max)), None)


@cache
def strategies() -> tuple[Strategy, ...]:
    """All strategies, in the order of the file."""
    data = tomllib.loads((_FOLDER / "strategy.toml").read_text(encoding="utf-8"))
    return tuple(
        Strategy(row["code"], row["zh"], row["en"], row.get("area"), tuple(_name(a) for a in row["aliases"]))
        for row in data["strategies"]
    )


def strategies_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """The strategies a text names: (code, start, end), left to right, the longest wording at each place."""
    aliases = sorted(((a.zh, s.code) for s in strategies() for a in s.aliases), key=lambda a: -len(a[0]))
    code_of = dict(aliases)
    pattern = re.compile("|".join(re.escape(words).replace("、", "[、,，]?") for words, _ in aliases))
    found = []
    for match in pattern.finditer(text):
        words = re.sub("[,，]", "、", match.group())
        code = code_of.get(words) or next(c for w, c in aliases if w.replace("、", "") == words.replace("、", ""))
        found.append((code, match.start(), match.end()))
    return tuple(found)
