"""Hands: volunteers, who have agreed to be called, and the teams that they and others work in.

The subject of a volunteer's facts is the person, whose name and phone are in the vault: what is here is a pseudonym,
with what he or she can do, when and where. Nothing tells what anybody thinks or belongs to.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.facts.fact import AreaCode, Code, Day, FactData, OfficialText

MOST_SKILLS: Final = 20
MOST_WINDOWS: Final = 28

Title = Annotated[OfficialText, Field(min_length=1, max_length=60, pattern=r"\S")]
"""What a team or a unit is called."""
Skills = Annotated[tuple[Code, ...], Field(max_length=MOST_SKILLS)]
"""Codes of the policy: what somebody can do, or what is asked for."""
Heads = Annotated[int, Field(ge=1, le=100_000)]
Clock = Annotated[Code, Field(max_length=4, pattern=r"^([01][0-9]|2[0-3])[0-5][0-9]$")]
"""A time of the day in four digits: ``2030``."""


class Function(StrEnum):
    """What a team is for: contact tracing and checks, service, publicity, emergencies, medicine, transport."""

    TRACING = "tracing"
    SERVICE = "service"
    PUBLICITY = "publicity"
    EMERGENCY = "emergency"
    MEDICAL = "medical"
    TRANSPORT = "transport"


class HeadsQualifier(StrEnum):
    """How a number that an authority told is meant: as it stands, that many and more, up to that many, about that."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class VolunteerSignedUp(FactData, kind="volunteer.signed_up", version=1, founds=True):
    """Somebody agreed to be called, by the text of that version; again: what was said before is replaced."""

    consent: Code
    """The version of the text that was agreed to."""
    skills: Skills = ()
    account: Code | None = None
    """Of one who signs in."""


class ConsentWithdrawn(FactData, kind="volunteer.consent_withdrawn", version=1):
    """The volunteer does not want to be called any more: no new duty is given from then on."""


class Window(BaseModel):
    """Hours of the clock on days of the week, 1 (Monday) to 7. Where ``until`` is not after ``since`` it ends on the
    day after; the same twice is a whole day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1, max_length=7)]
    since: Clock
    until: Clock


class AvailabilityStated(FactData, kind="volunteer.availability_stated", version=1):
    """When somebody can be called, from ``first`` on. What is told last holds."""

    first: Day
    last: Day | None = None
    windows: Annotated[tuple[Window, ...], Field(max_length=MOST_WINDOWS)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("last is before first")
        return self


class TeamFormed(FactData, kind="team.formed", version=1, founds=True):
    """A team was set up for a function. ``heads`` is what the authority told of its size, with how that is meant."""

    zh: Title
    en: Annotated[OfficialText, Field(max_length=60)] = ""
    function: Function
    heads: Heads | None = None
    qualifier: HeadsQualifier = HeadsQualifier.EXACT
    lead: Code | None = None
    """The account of who leads it."""
    town: AreaCode | None = None
    """Where it works, if not in all of its area."""


class TeamsCounted(FactData, kind="team.counted", version=1, founds=True):
    """An authority told how many teams of a function an area has, as one sum. The subject is the area's count."""

    function: Function | None
    """None: of several functions together."""
    teams: Heads
    qualifier: HeadsQualifier = HeadsQualifier.EXACT


class TeamTasked(FactData, kind="team.tasked", version=1):
    """The team was given another function. What it did before rests, and can be taken up again."""

    function: Function
    reason: Code
    """Of the policy's reasons."""


class TeamJoined(FactData, kind="team.joined", version=1):
    """Somebody belongs to the team from now on."""

    person: UUID


class TeamLeft(FactData, kind="team.left", version=1):
    """Somebody does not belong to the team any more."""

    person: UUID


class TeamDissolved(FactData, kind="team.dissolved", version=1):
    """The team is no more. Its history stays."""
