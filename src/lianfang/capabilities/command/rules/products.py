"""The products of a warning: which notice goes to the public, to departments and areas, and to governments."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.rules.dated import document
from lianfang.capabilities.command.rules.notices import Sort, sorts


class Product(NamedTuple):
    """A product, since when it exists and by what."""

    sort: Sort
    since: date
    source: str
    source_zh: str


def products() -> list[Product]:
    """Those that there are by now, each with the edition that brought it."""
    found: dict[InstructionKind, Product] = {}
    for its in sorted(document("instructions")["edition"], key=lambda one: one["since"], reverse=True):
        for code, sort in sorts(its["since"]).items():
            if code is not InstructionKind.ORDER:
                found[code] = Product(sort, its["since"], its["source"], its["source_zh"])
    return list(found.values())
