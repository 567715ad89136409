"""What requests about triage, referrals, teams and protection have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from lianfang.capabilities.care.state.folding import WORDS, Fault
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Area = Annotated[str, Field(max_length=64)]
Codes = Annotated[list[Code], Field(max_length=64)]


class CareActIn(Schema):
    """``at`` is when it happened (default: now); ``fact`` the sender's own id for it, by which sending it again is
    known."""

    model_config = ConfigDict(extra="forbid")

    at: Time | None = None
    fact: UUID | None = None

    def told(self) -> dict[str, Any]:
        """When and as what it was sent."""
        return {"at": self.at, "fact": self.fact}

    def fields(self, *but: str) -> dict[str, Any]:
        """What was sent besides."""
        return self.model_dump(exclude={"at", "fact", *but})


class CareRetractIn(Schema):
    """Which ``fact`` is taken back, and why; ``id`` is the sender's own for the retraction."""

    model_config = ConfigDict(extra="forbid")

    fact: UUID
    why: Why
    id: UUID | None = None


class CareMadeOut(Schema):
    """What was recorded: its id, by which it is named from now on, and the ``fact``, by which it is taken back."""

    id: UUID
    fact: UUID


class CareFaultOut(Schema):
    """A fact that contradicts what was before it and counts for nothing until it is put right."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


class CareWordOut(Schema):
    code: str
    zh: str
    en: str


def faults_out(faults: Iterable[Fault]) -> list[CareFaultOut]:
    """Faults with their words."""
    return [
        CareFaultOut(fact=one.fact, field=one.field, reason=one.reason, zh=zh, en=en)
        for one in faults
        for zh, en in [WORDS[one.reason]]
    ]
