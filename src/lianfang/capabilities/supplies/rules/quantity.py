"""Quantities: whole numbers of the smallest unit, exact in every conversion, and what is unusual about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Final

MOST_DIGITS: Final = 40
"""A quantity as sent has at most 16: nothing is rounded on the way."""


def in_smallest(amount: Decimal, holds: int) -> int | None:
    """An amount of a unit that holds so many of the smallest, in these; None where it is no whole number of them."""
    with localcontext() as context:
        context.prec = MOST_DIGITS
        exact = amount * holds
        return int(exact) if exact == exact.to_integral_value() else None


def in_packs(quantity: int, units: Mapping[str, int]) -> tuple[int, str]:
    """A quantity in the largest of some units of which it is a whole number; units by what they hold."""
    fitting = [(holds, code) for code, holds in units.items() if quantity % holds == 0]
    holds, code = max(fitting)
    return quantity // holds, code


def up_to_packs(quantity: int, units: Mapping[str, int]) -> int:
    """A quantity that is bought: raised to whole packs of the largest unit that is not larger than it, so that no
    carton is opened; what is smaller than all stays."""
    fitting = [holds for holds in units.values() if holds <= quantity]
    holds = max(fitting, default=1)
    return -(-quantity // holds) * holds


def usual(before: Sequence[int], least: int) -> int | None:
    """The middle of the quantities before; None where they are fewer than ``least``."""
    return sorted(before)[len(before) // 2] if len(before) >= least else None


def unusual(quantity: int, usually: int, times: int) -> bool:
    """Whether a quantity is so many times the usual one, or so small a part of it."""
    return quantity >= usually * times or quantity * times <= usually
