"""The kinds of fact about signals. The subject is the signal: a rule, in an area, of one thing; its id follows from
these (``rules.signals.ids``), so that what is found again is the same signal.

The envelope's ``observed_at`` is when the rules were asked, or when somebody reviewed. Nothing in them names a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import AreaCode, Code, FactData, OfficialText, Time

MOST: int = 1_000
"""Things that one fact lists."""


class Outcome(StrEnum):
    """What somebody who reviewed a signal decided."""

    DISMISSED = "dismissed"  # nothing of it, or dealt with otherwise
    WATCHED = "watched"  # not yet to be said; looked at again
    CONFIRMED = "confirmed"  # what it says is so, and is acted on
    REOPENED = "reopened"  # the review before is taken back


class Evidence(BaseModel):
    """One figure that a rule held against its threshold; None is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    value: int | float | Code | None


class Told(BaseModel):
    """A role over a division whose list a signal came on, and the accounts that were appointed to it then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Code
    area: AreaCode
    accounts: Annotated[tuple[Code, ...], Field(max_length=MOST)] = ()


class Raised(FactData, kind="signal.raised", version=1):
    """A rule holds, or holds of more than before. ``triggers`` are what makes it hold (cases, days, samples), each
    raised once; ``evidence`` is what was known up to the fact ``seq`` of what had happened by ``as_of``."""

    rule: Code
    rule_version: Code
    disease: Code | None = None
    key: Code
    """What of the area: a cluster by the case that made it one, a market, a detector; ``-`` for the area itself."""
    triggers: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST)]
    subjects: Annotated[tuple[UUID, ...], Field(max_length=MOST)] = ()
    """The cases, contacts or samples that it is about."""
    as_of: Time
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=64)]
    told: Annotated[tuple[Told, ...], Field(max_length=64)] = ()


class Reviewed(FactData, kind="signal.reviewed", version=1):
    """Somebody looked at a signal and decided. ``cause`` of the envelope are the facts that raised it until then."""

    outcome: Outcome
    reason: Annotated[OfficialText, Field(min_length=1, max_length=1_000)]
    role: Code
    """In which role it was decided."""
