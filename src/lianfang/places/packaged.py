"""The divisions that come with Lianfang, as ``build_places.py`` wrote them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lianfang.places.gazetteer import Division, Row
from lianfang.places.naming import joined

HERE = Path(str(files("lianfang.places")))
DATA = HERE / "data"
LEVELS = {"0": "country", "1": "province", "2": "prefecture", "3": "county", "4": "town"}


def read_rules() -> dict[str, Any]:
    """What ``aliases.toml`` says."""
    return tomllib.loads((HERE / "aliases.toml").read_text(encoding="utf-8"))


def read_rows() -> list[Row]:
    """Divisions down to counties, and the units without a code. Raises FileNotFoundError when they are not built."""
    return [_row(line) for line in _lines(DATA / "divisions.tsv")]


def read_towns(province: str) -> Sequence[Row]:
    """Townships of a province (the first two digits of its code); empty where the source has none."""
    path = DATA / "towns" / f"{province}.tsv"
    if not path.exists():
        return []
    return [
        Row(Division(code, name, "town", parent, pinyin=pinyin, en=pinyin, short=name))
        for code, name, parent, pinyin in (line.split("\t") for line in _lines(path))
    ]


@cache
def _syllables() -> dict[str, str]:
    return dict(line.split("\t") for line in _lines(DATA / "pinyin.tsv"))


def read_pinyin(text: str) -> str:
    """Pinyin of a name without a row, one character at a time: 柳东 → Liudong. Unknown characters are left out."""
    return joined([_syllables().get(character, "") for character in text])


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as missing:
        raise FileNotFoundError(f"{path} is missing: run `python build_places.py` in the source tree") from missing


def _row(line: str) -> Row:
    code, name, level, parent, since, until, pinyin, en, short, aliases, unit = line.split("\t")
    division = Division(
        code, name, LEVELS[level], parent or None, int(since) if since else None, int(until) if until else None,
        pinyin, en, short,
    )  # fmt: skip
    return Row(division, tuple(aliases.split("|")) if aliases else (), bool(unit))
