"""The kinds of fact about command: response levels, command posts, plans and how ready an area is. A level is what an
authority has declared; it never follows from counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.command.facts.base import MOST_UNITS, NAMES, Token, Unit, Words
from lianfang.capabilities.command.facts.gatherings import GatheringDeclared, GatheringHandled, GatheringTold
from lianfang.capabilities.command.facts.headquarters import HeadquartersOrganised
from lianfang.capabilities.command.facts.instructions import (
    InstructionActed,
    InstructionDelivered,
    InstructionRead,
    InstructionSent,
)
from lianfang.capabilities.command.facts.measures import (
    MeasureIssued,
    MeasureLifted,
    MeasureProgressed,
    MeasureRenewed,
)
from lianfang.capabilities.command.facts.playbooks import PlaybookBegun
from lianfang.capabilities.command.facts.reports import EventFound, EventReported
from lianfang.capabilities.command.facts.strategy import StrategyOverridden
from lianfang.capabilities.command.facts.tickets import TicketConfirmed, TicketOpened
from lianfang.capabilities.command.facts.venues import VenueRegistered, VenueStated
from lianfang.facts.fact import AreaCode, Code, Day, FactData, OfficialText, Time

__all__ = [
    "LONGEST_DUE_H", "MOST_ITEMS", "MOST_UNITS", "RULE", "CommandPostDissolved", "CommandPostEstablished", "EventFound",
    "EventReported", "GatheringDeclared", "GatheringHandled", "GatheringTold", "HeadquartersOrganised",
    "InstructionActed", "InstructionDelivered", "InstructionRead", "InstructionSent", "Item", "LevelDeclared",
    "MeasureIssued", "MeasureLifted", "MeasureProgressed", "MeasureRenewed", "PlanActivated", "PlanIssued",
    "PlaybookBegun", "ReadinessStated", "ResponseLevel", "StrategyOverridden", "TicketConfirmed", "TicketOpened",
    "Token", "Unit", "VenueRegistered", "VenueStated", "Words", "checklist_id", "command_post_id", "plan_id",
    "response_id",
]  # fmt: skip

MOST_ITEMS: Final = 500
LONGEST_DUE_H: Final = 24 * 90
RULE: Final = "plan.item"
"""The rule of ``policy/tasks.toml`` that a plan's tasks are of."""


def response_id(area: str) -> UUID:
    """The subject of an area's response levels and of its readiness."""
    return uuid5(NAMES, f"response|{area}")


def command_post_id(area: str) -> UUID:
    """The subject of the command posts of an area, of which one stands at a time."""
    return uuid5(NAMES, f"command_post|{area}")


def plan_id(area: str, code: str) -> UUID:
    """The id of a plan: the same for all its versions."""
    return uuid5(NAMES, f"plan|{area}|{code}")


def checklist_id(activation: UUID, unit: str) -> UUID:
    """What one unit has to do of an activated plan: the subject of its tasks."""
    return uuid5(activation, unit)


class ResponseLevel(StrEnum):
    """I to IV: exceptionally grave, grave, larger, ordinary. ``ended``: no response any more."""

    I = "I"  # noqa: E741  # the numeral of the level
    II = "II"
    III = "III"
    IV = "IV"
    ENDED = "ended"


class LevelDeclared(FactData, kind="response.level_declared", version=1, founds=True):
    """An authority declared, changed or ended the response of an area. It holds until the next one starts."""

    level: ResponseLevel
    issuer: Words
    doc_no: Words
    starts: Time


class CommandPostEstablished(FactData, kind="command_post.established", version=1, founds=True):
    """An authority set up the command post of an area. It stands until it is dissolved or another takes its place."""

    zh: Words
    en: Annotated[OfficialText, Field(max_length=200)] = ""
    issuer: Words
    doc_no: Words
    starts: Time


class CommandPostDissolved(FactData, kind="command_post.dissolved", version=1):
    """The command post that stood until then was dissolved."""

    doc_no: Words
    ends: Time


class Item(BaseModel):
    """What the units have to do within ``due_h`` hours of the activation of one of the levels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Token
    zh: Words
    en: Annotated[OfficialText, Field(max_length=200)] = ""
    units: Annotated[tuple[Token, ...], Field(min_length=1, max_length=MOST_UNITS)]
    due_h: Annotated[int, Field(ge=1, le=LONGEST_DUE_H)]
    levels: Annotated[tuple[ResponseLevel, ...], Field(min_length=1, max_length=4)]


class PlanIssued(FactData, kind="plan.issued", version=1, founds=True):
    """A version of a plan, in force from ``first`` to ``last``, both included. The subject is the plan."""

    code: Token
    edition: Token
    zh: Words
    en: Annotated[OfficialText, Field(max_length=200)] = ""
    issuer: Words
    doc_no: Words
    first: Day
    last: Day
    units: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=MOST_UNITS)]
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=MOST_ITEMS)]


class PlanActivated(FactData, kind="plan.activated", version=1):
    """A plan was put into action for a level in force: from now on each unit has its items to do."""

    level: ResponseLevel
    issued: UUID
    """The fact that issued the version."""
    declared: UUID
    """The fact that declared the level."""
    declared_for: AreaCode
    """The area whose level it is: the plan's own, or one above."""


class ReadinessStated(FactData, kind="readiness.stated", version=1, founds=True):
    """Somebody says whether an area has what an item of readiness asks for, and what shows it."""

    item: Code
    met: bool
    evidence: Annotated[OfficialText, Field(max_length=500)] = ""
