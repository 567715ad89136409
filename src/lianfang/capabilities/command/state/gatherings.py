"""A gathering folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianfang.capabilities.command.facts.gatherings import (
    GatheringDeclared,
    GatheringHandled,
    GatheringOutcome,
    GatheringTold,
)
from lianfang.capabilities.command.state.held import Act, Held, held
from lianfang.facts.fact import Fact

GATHERING_KINDS: Final = (GatheringDeclared, GatheringTold, GatheringHandled)


def gathering(facts: Sequence[Fact]) -> Held[GatheringDeclared]:
    """The gathering whose facts these are, in whatever order they are given."""
    return held(facts, GatheringDeclared, GATHERING_KINDS[1:], _objection)


def told(one: Held[GatheringDeclared], outcome: GatheringOutcome) -> Act | None:
    """When an outcome was first told."""
    acts = (act for act in one.acts if isinstance(act.data, GatheringTold))
    return next((act for act in acts if act.data.outcome is outcome), None)


def _objection(before: Held[GatheringDeclared], fact: Fact) -> tuple[str, str] | None:
    data = fact.data
    if isinstance(data, GatheringTold) and told(before, GatheringOutcome.HELD):
        return "outcome", "was_held"
    if isinstance(data, GatheringHandled) and not told(before, GatheringOutcome.HELD):
        return "id", "not_held"
    return None
