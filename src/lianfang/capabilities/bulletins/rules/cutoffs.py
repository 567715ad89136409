"""When a notice is closed and over which time it counts what is new, by the dated policy."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, Window

DAILY: Final = "day"
"""The cut-off of who names none."""


class Cutoff(NamedTuple):
    """One of ``policy/cutoffs.toml``: ``hour`` hours into a day, over the ``window_h`` hours before."""

    code: str
    begins: date
    zh: str
    en: str
    hour: int
    window_h: int
    source: str

    def window(self, day: date) -> Window:
        """The time that it counts, on a day."""
        ends = datetime.combine(day, time(), CIVIL_TIME) + timedelta(hours=self.hour)
        return Window(start=ends - timedelta(hours=self.window_h), end=ends)


@cache
def cutoffs() -> tuple[Cutoff, ...]:
    """All, as the policy lists them."""
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/cutoffs.toml").read_text("utf-8")
    return tuple(Cutoff(**one) for one in tomllib.loads(text)["cutoffs"])


def cutoff(code: str) -> Cutoff:
    """A cut-off by its code. Raises LookupError."""
    found = next((one for one in cutoffs() if one.code == code), None)
    if found is None:
        raise LookupError(code)
    return found


def of_window(window: Window | None) -> str:
    """The code of the cut-off that a notice was closed at; empty where the policy has none like it."""
    if window is None:
        return ""
    hour = window.end.astimezone(CIVIL_TIME).hour or 24
    return next((one.code for one in cutoffs() if (one.hour, one.window_h) == (hour, window.hours)), "")


def day_of(as_of: datetime) -> date:
    """The day that a cut-off lies in: that of 24:00 is the one which ends."""
    return (as_of - timedelta(microseconds=1)).astimezone(CIVIL_TIME).date()
