"""Records of visits as columns: what the rules look at, with nothing that says who anybody is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

NO_EARLIER, DIFFERS, SAME = -1, 0, 1
"""Of a record beside the one before of the same household; the first too where fewer than two persons are on both."""


@dataclass(frozen=True)
class Records:
    """V visits with P temperatures. ``unit``: the place of the unit (a grid) in a list, i8 (V,); ``day``: ordinal, and
    ``minute`` of the day, in civil time; ``lag_h``: hours from the visit to the server's having it, f8 (V,);
    ``next_day``: whether it came on a later day; ``open_min``: minutes that the form was open, nan where not measured;
    ``proved``: a code was read or somebody signed; ``everybody``: all who live there were met; ``first``: somebody
    lives there, and there was no visit in the days before. Temperatures of visit v are ``tenths`` of a degree from
    ``start[v]`` to ``start[v + 1]``, i8 (V + 1,) and (P,); ``repeated``: (V,), whether they are those of the visit
    before."""

    unit: Ints
    day: Ints
    minute: Ints
    lag_h: Doubles
    next_day: Flags
    open_min: Doubles
    proved: Flags
    everybody: Flags
    first: Flags
    start: Ints
    tenths: Ints
    repeated: Ints

    @property
    def size(self) -> int:
        return int(self.unit.size)

    def only(self, kept: Flags) -> Records:
        """Some of the visits, (V,); what each has of the visit before stays."""
        measured = self.measured
        told = {name: getattr(self, name)[kept] for name in _OF_VISIT}
        start = np.concatenate([[0], np.cumsum(measured[kept])]).astype(np.int64)
        return Records(**told, start=start, tenths=self.tenths[np.repeat(kept, measured)])

    @property
    def measured(self) -> Ints:
        """How many temperatures each visit has, (V,)."""
        return np.diff(self.start)

    @property
    def of_visit(self) -> Ints:
        """The visit of each temperature, (P,)."""
        return np.repeat(np.arange(self.size), self.measured)


_OF_VISIT: Final = tuple(one.name for one in fields(Records) if one.name not in ("start", "tenths"))
