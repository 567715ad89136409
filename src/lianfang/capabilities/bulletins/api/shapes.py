"""What endpoints of what is written for the public take and give alike."""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict

from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema


class WrittenTakeBackIn(Schema):
    """``taken``: the fact that is taken back."""

    model_config = ConfigDict(extra="forbid")

    taken: UUID
    why: Why
    fact: UUID | None = None


class WrittenRecordedOut(Schema):
    """The fact that was recorded."""

    fact: UUID
