"""Shifts: who is on duty where and when. The subject is the shift; who takes one is a pseudonym."""

from __future__ import annotations

from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import Field, model_validator

from lianfang.facts.fact import Code, FactData, Text, TextClass, Time

MOST_PLACES: Final = 500
Zone = Annotated[str, Field(pattern=r"^[A-Za-z0-9_+/-]{1,64}$"), Text(TextClass.CODE)]
"""A zone of the time-zone database, whose clock the shift goes by."""
People = Annotated[tuple[UUID, ...], Field(max_length=MOST_PLACES)]


class ShiftPlanned(FactData, kind="shift.planned", version=1, founds=True):
    """So many people are needed for a duty, from one moment to another."""

    duty: Code
    skill: Code | None = None
    """What each of them must be able to do."""
    starts: Time
    ends: Time
    zone: Zone = "Asia/Shanghai"
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    team: UUID | None = None
    call: UUID | None = None
    """The call that it answers."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise ValueError("ends is not after starts")
        return self


class ShiftCancelled(FactData, kind="shift.cancelled", version=1):
    """Nobody is needed after all."""


class ShiftStaffed(FactData, kind="shift.staffed", version=1):
    """Who takes places, as a person confirmed it: ``proposed`` was reckoned, ``people`` was decided."""

    proposed: People
    people: People


class ShiftTaken(FactData, kind="shift.taken", version=1):
    """Somebody took a place."""

    person: UUID


class ShiftGivenUp(FactData, kind="shift.given_up", version=1):
    """Somebody who had a place does not come."""

    person: UUID


class ShiftWorked(FactData, kind="shift.worked", version=1):
    """How long somebody was on duty really."""

    person: UUID
    starts: Time
    ends: Time

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            raise ValueError("ends is not after starts")
        return self
