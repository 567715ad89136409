"""Divisions as lists write them: by code, by name in Chinese or English, by pinyin."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lianfang.identity.areas import exists
from lianfang.identity.entry import AREA
from lianfang.places.gazetteer import COUNTRY, Gazetteer
from lianfang.places.queries import current_gazetteer

_LONGEST = 64


def finder(within: str) -> Callable[[str], str | None]:
    """Finds the code of a division: by its code, by its name inside ``within``, or else by a name that only one has."""
    gazetteer = current_gazetteer()
    near = _by_pinyin(gazetteer, within)

    @cache
    def find(text: str) -> str | None:
        said = text.strip()
        if not said or len(said) > _LONGEST:
            return None
        if said.isascii() and any(c.isdigit() for c in said) and AREA.fullmatch(said):
            return said if exists(gazetteer, said) else None
        for inside in dict.fromkeys((within or None, None)):
            found = gazetteer.resolve(said, inside)
            if found is not None:
                return found.code
        return near.get(said.casefold())

    return find


def _by_pinyin(gazetteer: Gazetteer, within: str) -> dict[str, str]:
    """Provinces, prefectures, and what lies inside ``within``, by pinyin; the nearer one where two are alike."""
    found: dict[str, str] = {}
    inside = [one for one in (within, *(gazetteer.ancestors(within) if within else ())) if one != COUNTRY]
    for parent in inside:
        for child in gazetteer.children(parent):
            found.setdefault(child.pinyin.casefold(), child.code)
    for province in gazetteer.children(COUNTRY):
        found.setdefault(province.pinyin.casefold(), province.code)
        for child in gazetteer.children(province.code):
            if child.level == "prefecture":
                found.setdefault(child.pinyin.casefold(), child.code)
    return {name: code for name, code in found.items() if name}
