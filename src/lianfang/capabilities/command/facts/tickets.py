"""Joint tickets between a department and a place: closed when both have confirmed. The subject is the ticket."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.capabilities.command.facts.base import Beside, Passage
from lianfang.facts.fact import Code, FactData, OfficialText, Time


class Side(StrEnum):
    DEPARTMENT = "department"
    PLACE = "place"


def side_id(ticket: UUID, side: Side) -> UUID:
    """One side's part of a ticket: the subject of its task."""
    return uuid5(ticket, side)


class TicketOpened(FactData, kind="ticket.opened", version=1, founds=True):
    """A problem that the department of an account and the place of the ticket's area solve together by ``due``."""

    department: Code
    zh: Passage
    en: Beside = ""
    due: Time


class TicketConfirmed(FactData, kind="ticket.confirmed", version=1):
    """One side says that the problem is solved."""

    side: Side
    note: Annotated[OfficialText, Field(max_length=500)] = ""
