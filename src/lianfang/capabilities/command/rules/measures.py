"""The clocks of measures, gatherings and joint tickets, by the edition of a day."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict


class Clocks(BaseModel):
    """Hours as an edition of ``policy/measures.toml`` has them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    since: date
    stale_h: int
    dissuade_h: int
    handle_h: int
    ticket_h: int
    source: str

    @property
    def dissuade(self) -> timedelta:
        """How long there is to dissuade a gathering."""
        return timedelta(hours=self.dissuade_h)

    @property
    def handle(self) -> timedelta:
        """How long the county has to deal with one that was held."""
        return timedelta(hours=self.handle_h)

    @property
    def ticket(self) -> timedelta:
        """How long both sides of a joint ticket have."""
        return timedelta(hours=self.ticket_h)


@cache
def editions() -> tuple[Clocks, ...]:
    """All editions, the newest first."""
    text = resources.files("lianfang.capabilities.command").joinpath("policy/measures.toml").read_text("utf-8")
    found = (Clocks.model_validate(one) for one in tomllib.loads(text)["edition"])
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def clocks(day: date) -> Clocks:
    """The edition of a day; before the first one, the first."""
    return next((one for one in editions() if one.since <= day), editions()[-1])
