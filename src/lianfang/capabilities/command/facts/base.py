"""What kinds of command have in common."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import AreaCode, Code, OfficialText

NAMES: Final = UUID("6f1d6a7e-3f0b-5c53-9a57-0c1f6b1d9b11")
MOST_UNITS: Final = 100

Words = Annotated[OfficialText, Field(min_length=1, max_length=200, pattern=r"\S")]
English = Annotated[OfficialText, Field(max_length=200)]
Passage = Annotated[OfficialText, Field(min_length=1, max_length=1_000, pattern=r"\S")]
Beside = Annotated[OfficialText, Field(max_length=1_000)]
"""A longer text that may be left out: another language, a note."""
Token = Annotated[Code, Field(max_length=32)]
"""A code that stays short: those of an item and a unit together tell a task."""


class Unit(BaseModel):
    """A member unit of a plan, or one that a measure is given to. ``account``: who stands for it and is given its
    tasks; ``area``: where it works, by default the plan's or the measure's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Token
    zh: Words
    en: English = ""
    account: Code | None = None
    area: AreaCode | None = None
