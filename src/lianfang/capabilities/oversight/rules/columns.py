"""Visits, one by one, made into the columns that the rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from lianfang.capabilities.oversight.rules.records import DIFFERS, NO_EARLIER, SAME, Doubles, Ints, Records

CIVIL_S: Final = 8 * 3600
"""Days are days of Chinese standard time."""
DAY_S: Final = 86_400
EPOCH: Final = date(1970, 1, 1).toordinal()
SAME_CALL_DAYS: Final = 3
"""A visit within so many days of one before goes on with it: nobody had opened."""
LEAST_COMPARED: Final = 1
"""Persons whose temperatures are compared with the visit before, at least."""


class Visit(NamedTuple):
    """A visit as the record has it: ``at`` and ``received`` in seconds since 1970; ``everybody``: nobody who lives
    there was away; ``vacant``: nobody lives there; ``temps`` are tenths of a degree by person, in no order."""

    household: object
    unit: object
    at: float
    received: float
    open_min: float | None
    proved: bool
    everybody: bool
    vacant: bool
    temps: Sequence[tuple[object, int]]


class Columns(NamedTuple):
    """``units`` in the order of their places; ``order``: of each record its place among the visits that were given."""

    records: Records
    units: list[object]
    order: Ints


def columns(visits: Iterable[Visit]) -> Columns:
    """The visits by time."""
    told = list(visits)
    order = sorted(range(len(told)), key=lambda n: told[n].at)
    before: dict[object, Visit] = {}
    units: dict[object, int] = {}
    kept, first, repeated = list[int](), list[bool](), list[int]()
    for n in order:
        one = told[n]
        last = before.get(one.household)
        before[one.household] = one
        units.setdefault(one.unit, len(units))
        kept.append(n)
        first.append(not one.vacant and (last is None or one.at - last.at > SAME_CALL_DAYS * DAY_S))
        repeated.append(_repeated(last, one))
    its = [told[n] for n in kept]
    return Columns(_records(its, units, first, repeated), list(units), np.array(kept, np.int64))


def _repeated(last: Visit | None, one: Visit) -> int:
    """Whether everybody's temperature is that of the visit before, of an earlier call."""
    if last is None or one.at - last.at <= SAME_CALL_DAYS * DAY_S or len(one.temps) < LEAST_COMPARED:
        return NO_EARLIER
    known = dict(last.temps)
    if sum(person in known for person, _ in one.temps) < LEAST_COMPARED:
        return NO_EARLIER
    return SAME if all(known.get(person, tenths) == tenths for person, tenths in one.temps) else DIFFERS


def _records(its: Sequence[Visit], units: dict[object, int], first: list[bool], repeated: list[int]) -> Records:
    at = _floats([one.at for one in its]) + CIVIL_S
    received = _floats([one.received for one in its]) + CIVIL_S
    day, came = (np.floor(column / DAY_S).astype(np.int64) for column in (at, received))
    start = np.cumsum([0, *(len(one.temps) for one in its)]).astype(np.int64)
    return Records(
        unit=np.array([units[one.unit] for one in its], np.int64),
        day=day + EPOCH,
        minute=((at - day * DAY_S) // 60).astype(np.int64),
        lag_h=(received - at) / 3600,
        next_day=came > day,
        open_min=_floats([np.nan if one.open_min is None else one.open_min for one in its]),
        proved=np.array([one.proved for one in its], np.bool_),
        everybody=np.array([one.everybody for one in its], np.bool_),
        first=np.array(first, np.bool_),
        start=start,
        tenths=np.array([tenths for one in its for _, tenths in one.temps], np.int64),
        repeated=np.array(repeated, np.int64),
    )


def _floats(values: Sequence[float]) -> Doubles:
    return np.array(values, np.float64)
