"""An emergency project, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lianfang.capabilities.supplies.facts.projects import ProgressMade, ProjectOpened
from lianfang.capabilities.supplies.state.stock import when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


@dataclass
class Project:
    """``opened`` is None where only progress is known. ``done``: by stage how many parts were through, and when that
    was told."""

    opened: ProjectOpened | None = None
    area: str = ""
    author: str = ""
    done: dict[str, list[tuple[datetime, int]]] = field(default_factory=dict)


def project(facts: Sequence[Fact]) -> Project:
    """The project whose facts these are, in whatever order they are given."""
    found = Project()
    for fact in standing(facts).facts:
        match fact.data:
            case ProjectOpened():
                found.opened, found.area, found.author = fact.data, fact.area, found.author or fact.author
            case ProgressMade(step=step, done=done):
                found.done.setdefault(step, []).append((when(fact), done))
    return found
