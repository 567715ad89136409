"""What requests about isolation have in common."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Area = Annotated[str, Field(max_length=64)]
Text = Annotated[str, Field(max_length=2_000)]
After = Annotated[str, Field(max_length=128)]
Limit = Annotated[int, Field(ge=1, le=200)]


class ActIn(Schema):
    """``at`` is when it happened (default: now); ``fact`` the sender's own id for it, by which sending it again is
    known."""

    model_config = ConfigDict(extra="forbid")

    at: Time | None = None
    fact: UUID | None = None

    def told(self) -> dict[str, Any]:
        """When and as what it was sent."""
        return {"at": self.at, "fact": self.fact}

    def fields(self) -> dict[str, Any]:
        """What was sent besides."""
        return self.model_dump(exclude={"at", "fact"})


class IsolationRetractIn(Schema):
    """Which ``fact`` is taken back, and why; ``id`` is the sender's own for the retraction."""

    model_config = ConfigDict(extra="forbid")

    fact: UUID
    why: Why
    at: Time | None = None
    id: UUID | None = None

    def told(self) -> dict[str, Any]:
        """When and as what it was sent."""
        return {"at": self.at, "fact": self.id}


class IsolationRetractedOut(Schema):
    """The retraction, by which it is taken back in turn."""

    id: UUID


class IsolationFaultOut(Schema):
    """A fact that contradicts what was before it and counts for nothing until it is put right."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


class IsolationToldOut(Schema):
    """A fact on record."""

    fact: UUID
    seq: int
    kind: str
    observed_at: AwareDatetime
    received_at: AwareDatetime
    author: str
    data: dict[str, Any]
    corrects: UUID | None
