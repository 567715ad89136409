"""Divisions and what lies below them as a range of codes, so that "inside this area" is one comparison.

Codes are compared byte by byte, which in UTF-8 is the order of code points and Python's order of strings.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from lianfang.places.gazetteer import COUNTRY, Gazetteer

END = chr(0x10FFFF)
"""After every code: no code has this character."""
EVERYWHERE = ("", END)


class Scattered(ValueError):
    """The codes below a division are not one run. The message names a code that lies between."""


_below: WeakKeyDictionary[Gazetteer, tuple[list[str], dict[str, tuple[str, str]]]] = WeakKeyDictionary()


def span(gazetteer: Gazetteer, code: str) -> tuple[str, str]:
    """The half-open range of codes of a division and of all below it, codes that are not known yet included.

    The country stands for all that is held. Raises LookupError where there is no such division, and Scattered where
    codes of other divisions lie between those below it.
    """
    if code == COUNTRY:
        return EVERYWHERE
    if gazetteer not in _below:
        _below[gazetteer] = (list(present_parents(gazetteer)), {})
    codes, known = _below[gazetteer]
    if code not in known:
        known[code] = _span(gazetteer, codes, code)
    return known[code]


def present_parents(gazetteer: Gazetteer) -> dict[str, str | None]:
    """Codes of present divisions, each with its parent's, as far as they have been read. Towns need not have been:
    they begin with their county's code. Those whose county has no row are left out: they are nobody else's."""
    found = ((code, gazetteer.division(code)) for code in sorted(gazetteer.codes()))
    present = {code: d.parent for code, d in found if d is not None and d.valid_to is None}
    return {code: parent for code, parent in present.items() if parent is None or gazetteer.division(parent)}


def _span(gazetteer: Gazetteer, codes: list[str], code: str) -> tuple[str, str]:
    if gazetteer.division(code) is None:
        raise LookupError(f"no division has the code {code}")
    if "-" in code and code not in codes:  # a zone: the name of another may begin with its own
        return code, f"{code}-{END}"
    below = {code, *(other for other in codes if code in gazetteer.ancestors(other))}
    inside = sorted(below)
    outside = [other for other in codes if other not in below]
    prefix = _shared(inside[0], inside[-1])
    if prefix and not any(other.startswith(prefix) for other in outside):
        return prefix, prefix + END
    between = next((other for other in outside if inside[0] < other < inside[-1]), None)
    if between is not None:
        raise Scattered(
            f"{between} lies among the codes below {code} and is not below it: give the divisions codes that begin "
            "with their upper division's"
        )
    after = next((other for other in outside if other > inside[-1]), END)
    return inside[0], min(after, (prefix or inside[-1]) + END)


def _shared(first: str, last: str) -> str:
    """What two codes, and so all between them, begin with."""
    length = next(
        (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return first[:length]
