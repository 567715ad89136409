"""A run of a playbook folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianfang.capabilities.command.facts.playbooks import PlaybookBegun
from lianfang.capabilities.command.state.held import Held, held
from lianfang.facts.fact import Fact

PLAYBOOK_KINDS: Final = (PlaybookBegun,)


def playbook(facts: Sequence[Fact]) -> Held[PlaybookBegun]:
    """The run whose facts these are, in whatever order they are given."""
    return held(facts, PlaybookBegun, (), lambda before, fact: None)
