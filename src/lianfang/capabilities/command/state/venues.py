"""A venue folded from the facts about it: what holds at a moment, and every change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianfang.capabilities.command.facts.venues import VenueRegistered, VenueStated
from lianfang.capabilities.command.state.held import Act, Held, held
from lianfang.facts.fact import Fact

VENUE_KINDS: Final = (VenueRegistered, VenueStated)


def venue(facts: Sequence[Fact]) -> Held[VenueRegistered]:
    """The venue whose facts these are, in whatever order they are given."""
    return held(facts, VenueRegistered, VENUE_KINDS[1:], lambda before, fact: None)


def changes(one: Held[VenueRegistered]) -> tuple[Act, ...]:
    """What was stated, by when each starts; of two that start at one moment the later recorded holds."""
    return tuple({act.data.starts: act for act in one.acts}[at] for at in sorted({a.data.starts for a in one.acts}))
