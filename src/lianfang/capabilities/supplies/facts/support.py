"""The kinds of fact about support that is asked for: what enterprises need to produce, and what facilities need to run.
Both have one life: asked, taken on by a department, solved or not."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import Field, model_validator

from lianfang.facts.fact import Code, FactData, OfficialText, PlaceName, Time


class SupportCategory(StrEnum):
    """The four needs of enterprises (raw material, hands, transport, going back to work), and what keeps a facility
    running."""

    MATERIAL = "material"
    LABOUR = "labour"
    TRANSPORT = "transport"
    RESTART = "restart"
    POWER = "power"
    WATER = "water"
    GAS = "gas"
    HEAT = "heat"
    TELEPHONE = "telephone"
    NETWORK = "network"


OF_PRODUCERS: Final = frozenset(
    {SupportCategory.MATERIAL, SupportCategory.LABOUR, SupportCategory.TRANSPORT, SupportCategory.RESTART}
)


class SupportOutcome(StrEnum):
    SOLVED = "solved"
    NOT_POSSIBLE = "not_possible"
    WITHDRAWN = "withdrawn"


class SupportAsked(FactData, kind="support.asked", version=1, founds=True):
    """A producer or a facility needs something; the subject is the ticket. ``owner``: the department's account whose it
    is; ``due``: until when, by default the hours that the policy has."""

    category: SupportCategory
    producer: UUID | None = None
    facility: PlaceName = ""
    owner: Code | None = None
    due: Time | None = None
    zh: Annotated[OfficialText, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.category in OF_PRODUCERS) != (self.producer is not None):
            raise ValueError("the need of an enterprise names the producer")
        if (self.producer is None) != bool(self.facility.strip()):
            raise ValueError("what is not of a producer names the facility")
        return self


class SupportTaken(FactData, kind="support.taken", version=1):
    """Somebody has taken a ticket on."""


class SupportClosed(FactData, kind="support.closed", version=1):
    """What came of a ticket."""

    outcome: SupportOutcome


SUPPORT_KINDS: Final = (SupportAsked, SupportTaken, SupportClosed)
