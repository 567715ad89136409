"""What requests and answers tell of what is done about a finding."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.oversight.facts.findings import FindingOutcome
from lianfang.capabilities.oversight.state.findings import FindingStep, StepKind
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Words = Annotated[str, Field(min_length=1, max_length=1_000)]


class FindingStepOut(Schema):
    """``own``: it is one's own, and can be taken back while nothing that needs it followed."""

    fact: UUID
    kind: StepKind
    at: AwareDatetime
    said: str
    photo: UUID | None
    own: bool


class FindingActIn(Schema):
    """``id`` is the sender's own: sent again, nothing more is recorded."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class FindingCloseIn(FindingActIn):
    """``settled`` is not said here: it follows from a second look."""

    outcome: FindingOutcome
    reason: Words


class FindingRectifyIn(FindingActIn):
    """What was put right; ``photo`` is one that was added before, and shows it."""

    said: Words
    photo: UUID | None = None


class FindingRecheckIn(FindingActIn):
    in_order: bool
    said: Words


class FindingStatementIn(FindingActIn):
    said: Words


class FindingRetractIn(FindingActIn):
    """``taken``: the act that is taken back."""

    taken: UUID
    why: Why = Why.MISTAKEN


def step_out(one: FindingStep, author: str) -> FindingStepOut:
    """A step as who is ``author`` sees it: nobody's name."""
    return FindingStepOut(
        fact=one.fact, kind=one.kind, at=one.at, said=one.said, photo=one.photo, own=one.author == author
    )
