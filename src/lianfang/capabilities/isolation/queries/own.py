"""What somebody recorded last, and may take back: the newest standing fact of a subject, where it is one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


def last_own(viewer: Viewer, subjects: Collection[UUID]) -> dict[UUID, UUID]:
    """By subject, of those that the viewer was shown, the fact that the viewer may take back now."""
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    if subjects:
        with seeing_all():
            for entry in log.read(subjects=list(subjects)):
                facts[entry.fact.subject].append(entry.fact)
    found = {}
    for subject, its in facts.items():
        last = max(standing(its).facts, key=folding_order, default=None)
        if last is not None and last.author == viewer.author:
            found[subject] = last.id
    return found
