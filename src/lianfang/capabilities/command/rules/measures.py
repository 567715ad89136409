"""The clocks of measures, gatherings and joint tickets, by the edition of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from lianfang.capabilities.command.rules.dated import edition


class Clocks(NamedTuple):
    """``stale_h``: hours after which a measure of which nobody has said anything is listed; how long there is to
    dissuade a gathering, for the county to deal with one that was held, and for both sides of a joint ticket."""

    stale_h: int
    dissuade: timedelta
    handle: timedelta
    ticket: timedelta
    source: str


def clocks(day: date) -> Clocks:
    """Those of a day."""
    its = edition("measures", day)
    dissuade, handle, ticket = (timedelta(hours=its[f"{name}_h"]) for name in ("dissuade", "handle", "ticket"))
    return Clocks(its["stale_h"], dissuade, handle, ticket, its["source"])
