"""``policy/restriction.toml``: when entry to a community may be limited, and for how long (EPI-06)."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.warning.rules.grading import Title
from lianfang.capabilities.warning.state.restriction import LimitState

Count = Annotated[int, Field(ge=1)]


class RestrictionPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    needs: str
    never: tuple[str, ...]
    most_days: Count
    source: str
    states: dict[LimitState, Title]

    def last_day(self, today: date) -> date:
        """The latest day on which a limit that begins on a day may end."""
        return today + timedelta(days=self.most_days - 1)


@cache
def restriction_policy() -> RestrictionPolicy:
    """The policy."""
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/restriction.toml")
    return RestrictionPolicy.model_validate(tomllib.loads(file.read_text("utf-8")))
