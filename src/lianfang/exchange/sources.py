"""The numbers of cases in free words: ``family of TJ14  TJ25``, ``sister of case 109``, ``2,3``. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

MOST = 100
"""Numbers that are taken from one cell."""
LEAST_SHARE = 0.9  # of a list's numbers that begin alike, for a bare number to be understood as one of them
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_LETTERS_AND_DIGITS = re.compile(r"([A-Za-z]{1,12}[-_]?)(\d{1,6})")
_BARE = re.compile(r"(?:cases?|patients?|病例|确诊病例|第)\s*(\d{1,6})(?:例|号)?", re.I)
_ONLY_NUMBERS = re.compile(r"[\d\s,;，；、/&和及]+")


class Named(NamedTuple):
    """The numbers that a text names, in its order: those that are known, and those that look like one and are not."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


class Numbers:
    """The numbers of the cases that may be meant."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._by_fold = {number.casefold(): number for number in numbers}
        stems = Counter(found[1].casefold() for n in numbers if (found := _LETTERS_AND_DIGITS.fullmatch(n)))
        self._stem = next((s for s, n in stems.most_common(1) if n >= LEAST_SHARE * len(self._by_fold)), "")
        self._stems = set(stems)

    def named(self, text: object) -> Named:
        """What a cell names. A bare number counts behind ``case`` or 病例, or where the cell has nothing else; where
        the numbers of the list begin alike, it is the one with that beginning."""
        told = unicodedata.normalize("NFKC", str(text))
        told = told.removesuffix(".0") if re.fullmatch(r"\d+\.0", told) else told
        found: dict[int, str] = {}
        unknown: dict[int, str] = {}
        for token in TOKEN.finditer(told):
            self._take(token.start(), token[0].strip("._-"), found, unknown)
        bare = TOKEN.finditer(told) if _ONLY_NUMBERS.fullmatch(told) else _BARE.finditer(told)
        for one in bare:
            digits = one[one.lastindex or 0]
            number = self._by_fold.get(digits) or self._by_fold.get(f"{self._stem}{digits}")
            (found if number else unknown)[one.start(one.lastindex or 0)] = number or digits
        return Named(_in_order(found), tuple(one for one in _in_order(unknown) if one not in found.values()))

    def _take(self, at: int, token: str, found: dict[int, str], unknown: dict[int, str]) -> None:
        number = self._by_fold.get(token.casefold())
        shaped = _LETTERS_AND_DIGITS.fullmatch(token)
        if number and not token.isdigit():
            found[at] = number
        elif shaped and (len(shaped[1]) == 2 or shaped[1].casefold() in self._stems):
            unknown[at] = token


def _in_order(at: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(at[one] for one in sorted(at)))[:MOST]
