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


class Sight(NamedTuple):
    """What is supposed, by which policy, on which day: the same for each line of a board."""

    asked: Asked
    policy: Policy
    today: date


class Line(NamedTuple):
    """Stock of an item. ``used`` is what the days of the policy have used, ``needed`` over ``per`` days what is needed:
    the larger of that and the norm's, as the forecast and the supposition change it; ``days_ahead`` are the days of
    supply by that, to a tenth, None where there is no end. What only the lines that are shown tell is reckoned when it
    is asked for: a board has thousands."""

    held: Held
    used: int
    needed: int
    per: int
    stock: int
    days_ahead: float | None
    status: StockStatus
    units: Mapping[str, int]
    sight: Sight

    @property
    def days(self) -> float | None:
        """Days of supply by use alone."""
        return _tenths(self.stock * self.sight.policy.use_days, self.used)

    @property
    def ends(self) -> date | None:
        """The last day, None where there is no end or it is far."""
        ends = self.stock * self.per // self.needed if self.needed else FAR
        return self.sight.today + timedelta(days=ends) if ends < FAR else None

    @property
    def buy(self) -> int:
        """What to buy for the days to be held, in whole packs; what is on its way is bought already."""
        held = self.held.shelf + self.held.out + self.held.way
        wanted = -(-self.needed * self.sight.asked.target_days // self.per) - held
        return up_to_packs(wanted, self.units) if wanted > 0 and self.needed else 0


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
    held: Held, used: int, by_norm: Fraction, times: Fraction, units: Mapping[str, int], sight: Sight
) -> Line:  # fmt: skip
    """``used`` is what was used in the days of the policy, ``by_norm`` a day's need by the norm; ``times`` changes
    both: the growth that is expected, and what is supposed. Whole numbers throughout."""
    needed, per = used, sight.policy.use_days
    if by_norm.numerator * per > needed * by_norm.denominator:
        needed, per = by_norm.numerator, by_norm.denominator
    needed, per = needed * times.numerator, per * times.denominator
    stock = max(held.shelf + held.out + (held.way if sight.asked.incoming else 0), 0)
    status = _status(stock, needed, per, sight.policy)
    return Line(held, used, needed, per, stock, _tenths(stock * per, needed), status, units, sight)


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
