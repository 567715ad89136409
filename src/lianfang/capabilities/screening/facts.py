"""The kinds of fact about grids, households, rounds of screening and visits at the door.

The area of a grid's, a household's and a visit's facts is the community; of a round's, the division that it is held in.
Who lives in a household is told by pseudonyms: names are in the vault. A visit is of one household in one round: no
kind holds the answers of several, and none refers to the answers of another.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.facts.fact import AreaCode, Code, Day, FactData, OfficialText, PlaceName, Time

_NAMES: Final = UUID("6f0b7a52-0a0e-5d0a-9d55-6a3f1c5a2e10")
Part = Annotated[PlaceName, Field(min_length=1, max_length=32)]
"""A part of an address as its sign has it: ``7栋``, ``2单元``, ``301``."""
People = Annotated[int, Field(ge=0, le=100_000)]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]
MOST_MEMBERS: Final = 200


def grid_id(community: str, name: str) -> UUID:
    """The id of a grid: the same whoever registers it."""
    return uuid5(_NAMES, f"grid|{community}|{name}")


def household_id(community: str, building: str | None, unit: str | None, door: str) -> UUID:
    """The id of a household when it is registered: the same for two who find the same door."""
    return uuid5(_NAMES, f"household|{community}|{building or ''}|{unit or ''}|{door}")


def round_id(area: str, number: int) -> UUID:
    """The id of a round of a division."""
    return uuid5(_NAMES, f"round|{area}|{number}")


def report_id(unit: str, day: object) -> UUID:
    """The subject of a unit's report for a day (a date, or its ISO form)."""
    return uuid5(_NAMES, f"report|{unit}|{day}")


def reference_id(area: str) -> UUID:
    """The subject of what is said of a division's size."""
    return uuid5(_NAMES, f"reference|{area}")


class Site(StrEnum):
    """What people live in: each can be a reporting unit with households."""

    COMMUNITY = "community"
    VILLAGE = "village"
    RESETTLEMENT = "resettlement"
    HOTEL = "hotel"
    WORK_SITE = "work_site"
    DORMITORY = "dormitory"
    OTHER = "other"


class Duty(StrEnum):
    """What somebody is responsible for: a grid, a building of it, a unit of that."""

    GRID_WORKER = "grid_worker"
    BUILDING_LEAD = "building_lead"
    UNIT_LEAD = "unit_lead"
    COMMUNITY_WORKER = "community_worker"


class Outcome(StrEnum):
    """What came of a visit to a household. Which of them end it for a round, the rules tell."""

    MET = "met"
    REFUSED = "refused"
    NOT_MET = "not_met"
    VACANT = "vacant"
    FOLLOW_UP = "follow_up"


class Result(StrEnum):
    """How a person was found. Nobody is well who was not seen."""

    WELL = "well"
    UNWELL = "unwell"
    NOT_SEEN = "not_seen"
    AWAY = "away"


class Evidence(StrEnum):
    """What shows that the visit was made at the door."""

    QR = "qr"
    PHOTO = "photo"
    SIGNATURE = "signature"
    NONE = "none"


class Vacancy(StrEnum):
    """How it was verified that nobody lives there."""

    NEIGHBOUR = "neighbour"
    LANDLORD = "landlord"
    PROPERTY = "property"
    METER = "meter"


class Disposition(StrEnum):
    """What was arranged for somebody with symptoms."""

    HOSPITAL = "hospital"
    HOME = "home"
    CENTRAL = "central"
    OTHER = "other"


class GridRegistered(FactData, kind="grid.registered", version=1, founds=True):
    """A grid of a community. Its place in the tree is the community's code, so that no grid can lie in itself."""

    community: AreaCode
    name: Part
    site: Site = Site.COMMUNITY
    batch: UUID | None = None
    """The import that it came with."""


class GridAssigned(FactData, kind="grid.assigned", version=1):
    """A grid, or a building or unit of it, was given to somebody. Given anew, the one before has it no longer."""

    to: Code
    """An account, or the post of the devices of a team."""
    duty: Duty = Duty.GRID_WORKER
    building: Part | None = None
    unit: Part | None = None
    begins: Time

    @model_validator(mode="after")
    def _of_its_place(self) -> Self:
        needs = {Duty.BUILDING_LEAD: (True, False), Duty.UNIT_LEAD: (True, True)}.get(self.duty, (False, False))
        if (self.building is not None, self.unit is not None) != needs:
            raise ValueError("building and unit are named by the leads of a building (building) or a unit (both)")
        return self


class GridHandedOver(FactData, kind="grid.handed_over", version=1):
    """Who had a grid gave it on, with everything that is open in it."""

    giver: Code
    to: Code
    begins: Time


class TeamAttached(FactData, kind="grid.team_attached", version=1):
    """A team helps in a grid, as hands only: nothing is said about its members."""

    team: Code
    workers: Annotated[int, Field(ge=1, le=10_000)]


class TeamDetached(FactData, kind="grid.team_detached", version=1):
    team: Code


class HouseholdRegistered(FactData, kind="household.registered", version=1, founds=True):
    """A household is to be counted. A correction of this fact moves it, also into another grid."""

    community: AreaCode
    grid: UUID
    building: Part | None = None
    unit: Part | None = None
    door: Part
    site: Site | None = None
    """None: as its grid."""
    expected: People | None = None
    """How many people the register expects; None where it does not say."""
    batch: UUID | None = None


class MemberJoined(FactData, kind="household.member_joined", version=1):
    """Somebody lives in a household from when this was observed, for a while or for good."""

    person: UUID
    came_from: AreaCode | None = None
    """Where somebody who came from outside came from; None for others, and where it is not known."""
    arrived: Day | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.came_from is None) != (self.arrived is None):
            raise ValueError("came_from and arrived are told of somebody who came from outside: give both, or neither")
        return self


class MemberLeft(FactData, kind="household.member_left", version=1):
    """Somebody does not live there any longer."""

    person: UUID


class RoundOpened(FactData, kind="round.opened", version=1):
    """A round of visits to every household of a division. A correction of this fact moves its end."""

    number: Annotated[int, Field(ge=1, le=999)]
    due: Time


class RoundClosed(FactData, kind="round.closed", version=1):
    """Every household and every member had a terminal outcome: these many of each."""

    households: Count
    done: Count
    not_met: Count
    refused: Count
    vacant: Count
    members: Count


class Seen(BaseModel):
    """How one person was found at a visit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: UUID
    result: Result
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    symptoms: Annotated[tuple[Code, ...], Field(max_length=64)] = ()

    @model_validator(mode="after")
    def _only_who_was_seen(self) -> Self:
        if self.result in (Result.NOT_SEEN, Result.AWAY) and (self.temp_c is not None or self.symptoms):
            raise ValueError("temp_c and symptoms are of somebody who was seen")
        if self.result is Result.WELL and self.symptoms:
            raise ValueError("somebody with symptoms is unwell")
        return self


class Visited(FactData, kind="visit.made", version=1):
    """One visit to one household in one round. The subject is the household."""

    round: UUID
    outcome: Outcome
    members: Annotated[tuple[Seen, ...], Field(max_length=MOST_MEMBERS)] = ()
    outsiders: People | None = None
    """People from outside who are there; None where it was not asked."""
    evidence: Evidence
    minutes: Annotated[float, Field(ge=0, le=1440)] | None = None
    """How long the form was open; None where the device did not measure it."""
    form: Annotated[int, Field(ge=1, le=32767)]
    """The version of the form that was filled in."""
    follower: Code | None = None
    """Who goes on with a household that was not met: an account or a post."""
    escalated_to: Code | None = None
    """Whom a refusal was passed on to: an account or a post."""
    vacancy: Vacancy | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.outcome not in (Outcome.MET, Outcome.FOLLOW_UP) and self.members:
            raise ValueError("members are of a household that was met")
        if (self.vacancy is not None) and self.outcome is not Outcome.VACANT:
            raise ValueError("vacancy is verified of a vacant household")
        if len({one.person.int for one in self.members}) != len(self.members):
            raise ValueError("a person stands twice in members")
        return self


class Disposed(FactData, kind="visit.disposed", version=1):
    """What was arranged for a person who was found unwell. The subject is the household."""

    person: UUID
    disposition: Disposition
    to: UUID | None = None
    """The station or hospital."""


class ReferenceStated(FactData, kind="screening.reference_stated", version=1):
    """How many households another source counts in a division. The subject is ``reference_id``."""

    households: Count
    source: OfficialText


class EducationAsked(FactData, kind="education.asked", version=1):
    """Every grid of a division is to tell its households something about health. Nothing in it is about a person."""

    topic: Code
    said: OfficialText | None = None
    due: Time


class Disposals(BaseModel):
    """Persons with symptoms by what was arranged for them. They sum to the persons with symptoms."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hospital: People = 0
    home: People = 0
    central: People = 0
    other: People = 0
    none: People = 0


class Reported(FactData, kind="screening.reported", version=1):
    """A unit's report for a day, with what its records came to at that moment. The area is the unit; the subject is
    ``report_id``. A day without anything is reported too: that is a zero report."""

    day: Day
    zero: bool
    households: Count
    from_listed: Count
    """Person-times of people who came from an area on the list of epidemic areas."""
    from_elsewhere: Count
    """Person-times of others who came from outside."""
    local: Count
    """Person-times of all others."""
    unwell: Count
    """Persons with symptoms."""
    disposals: Disposals = Disposals()
    reason: OfficialText | None = None
    """Why nothing was arranged for some; without it a report with such is not taken."""

    @model_validator(mode="after")
    def _zero_is_zero(self) -> Self:
        told = (self.households, self.from_listed, self.from_elsewhere, self.local, self.unwell)
        if self.zero != (not any(told)):
            raise ValueError("zero is said of a day without anything, and only of such a day")
        return self
