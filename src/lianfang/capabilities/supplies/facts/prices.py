"""The kind of fact about prices: what a necessity costs in a shop on a day, and whether it is to be had."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.facts.fact import Code, Day, FactData, PlaceName

_NAMES: Final = UUID("7c1f0a52-51a3-5e34-8b0a-3a0f7d6e9c44")


def price_id(area: str, outlet: str, good: str) -> UUID:
    """The subject of the prices of a good in a shop."""
    return uuid5(_NAMES, f"{area}|{outlet}|{good}")


class PriceSupply(StrEnum):
    ENOUGH = "enough"
    SHORT = "short"
    OUT = "out"


class PriceReported(FactData, kind="price.reported", version=1, founds=True):
    """Of a day; said again, the later counts. ``good`` is a code of ``policy/prices.toml``, ``fen`` the price of its
    unit in hundredths of a yuan; None where it was not to be had."""

    outlet: Annotated[PlaceName, Field(min_length=1, pattern=r"\S")]
    good: Code
    day: Day
    fen: Annotated[int, Field(ge=1, le=10**8)] | None
    supply: PriceSupply = PriceSupply.ENOUGH
