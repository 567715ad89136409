"""Days of supply, what is short and when, and what to buy. Pure: balances, use and needs in; a line for each out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.supplies.rules.policy import Norm, Policy
from lianfang.capabilities.supplies.rules.quantity import up_to_packs

FAR: Final = 3650
"""Days beyond which no end is told."""


class StockStatus(StrEnum):
    """``out``: nothing left, and needed. ``none``: neither used nor needed, so that no days can be told."""

    OUT = "out"
    SHORT = "short"
    LOW = "low"
    ENOUGH = "enough"
    NONE = "none"


class Held(NamedTuple):
    """What a store, or, where there is none, all of them have of an item: usable on the shelf, on its way, handed out
    and not used up; past its last day."""

    store: UUID | None
    item: UUID
    shelf: int
    way: int
    out: int
    expired: int


class Drivers(NamedTuple):
    """For whom a store provides on a day."""

    beds: int = 0
    critical_beds: int = 0
    staff: int = 0
    residents: int = 0


class Asked(NamedTuple):
    """What is supposed: the need is ``factor`` times what it is, so many days are to be held, and what is on its way
    counts as stock or does not."""

    factor: Fraction
    target_days: int
    incoming: bool


class Line(NamedTuple):
    """Stock of an item. ``used`` is what the days of the policy have used, ``needed`` over ``per`` days what is needed:
    the larger of that and the norm's, as the forecast and the supposition change it. ``days`` of supply by use,
    ``days_ahead`` by need, to a tenth; None where there is no end. ``buy`` is what to buy for the days to be held."""

    held: Held
    used: int
    needed: int
    per: int
    days: float | None
    days_ahead: float | None
    ends: date | None
    status: StockStatus
    buy: int


def needed(norm: Norm | None, drivers: Drivers) -> Fraction:
    """What a day of care needs by the norm; nothing where there is none."""
    if norm is None:
        return Fraction(0)
    return (
        Fraction(norm.bed) * drivers.beds
        + Fraction(norm.critical_bed) * drivers.critical_beds
        + Fraction(norm.staff) * drivers.staff
        + Fraction(norm.resident) * drivers.residents
    )


def line(
    held: Held, used: int, by_norm: Fraction, times: Fraction, asked: Asked, policy: Policy, units: Mapping[str, int],
    today: date,
) -> Line:  # fmt: skip
    """``used`` is what was used in the days of the policy, ``by_norm`` a day's need by the norm; ``times`` changes
    both: the growth that is expected, and what is supposed. Whole numbers throughout: a board has thousands."""
    needed, per = used, policy.use_days
    if by_norm.numerator * per > needed * by_norm.denominator:
        needed, per = by_norm.numerator, by_norm.denominator
    needed, per = needed * times.numerator, per * times.denominator
    stock = max(held.shelf + held.out + (held.way if asked.incoming else 0), 0)
    wanted = -(-needed * asked.target_days // per) - held.shelf - held.out - held.way
    ends = stock * per // needed if needed else FAR
    return Line(
        held, used, needed, per, _tenths(stock * policy.use_days, used), _tenths(stock * per, needed),
        today + timedelta(days=ends) if ends < FAR else None, _status(stock, needed, per, policy),
        up_to_packs(wanted, units) if wanted > 0 and needed else 0,
    )  # fmt: skip


def growth(expected: float, before: float, policy: Policy) -> Fraction:
    """How many times as many cases are expected in the next days as there were in as many before, within the bounds of
    the policy; 1 where there were none."""
    if before <= 0 or expected < 0:
        return Fraction(1)
    most = Fraction(policy.most_growth)
    return min(max(Fraction(round(expected * 1000), round(before * 1000) or 1), 1 / most), most)


def _tenths(stock: int, a_day: int) -> float | None:
    """Days to a tenth, rounded down: what is short is never told to be enough."""
    return stock * 10 // a_day / 10 if a_day else None


def _status(stock: int, needed: int, per: int, policy: Policy) -> StockStatus:
    if not needed:
        return StockStatus.NONE
    if not stock:
        return StockStatus.OUT
    if stock * per < policy.short_days * needed:
        return StockStatus.SHORT
    return StockStatus.LOW if stock * per < policy.low_days * needed else StockStatus.ENOUGH
