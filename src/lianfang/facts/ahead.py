"""What registers make of facts before it is these facts' turn at the record's end, for which all others wait.

A register makes it of what it holds, and puts it in when the facts are appended, where nothing has come in between that
it depends on. What does not hold is folded as ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.fold import EVERYWHERE, Made, Making, makes, registers, within


class Ahead(NamedTuple):
    """What registers, by their names, made of facts when the record ended at ``seq`` or later."""

    seq: int
    made: Mapping[str, Made]


def make(facts: Sequence[Fact], cursor: Any) -> Ahead | None:
    """Lets registers make what they can of facts that are to be appended; None where that is nothing."""
    kinds = {fact.kind for fact in facts}
    asked = [register for register in registers() if makes(register) and not register.kinds.isdisjoint(kinds)]
    if not asked:
        return None
    with within(*EVERYWHERE):
        # Before all else: of what is seen below, and came later, it is told that it came in between.
        cursor.execute("SELECT r.name, h.seq FROM fact_register r, fact_head h WHERE r.seq >= h.seq AND r.stopped = ''")
        ends = dict(cursor.fetchall())
        theirs = {one: [fact for fact in facts if fact.kind in one.kinds] for one in asked if one.name in ends}
        made = {one.name: one.make(some) for one, some in theirs.items()}
    return Ahead(min(ends.values()), made) if made else None


class Holding:
    """What was made ahead of the facts of a transaction, as far as it holds. ``between`` are the subjects, by the
    numbers of their ids, of what was appended since it was made."""

    def __init__(self, some: Sequence[Ahead], entries: Sequence[Entry], between: frozenset[int]) -> None:
        self._some, self._between = some, between
        self._kinds = {entry.fact.kind for entry in entries}
        self._alone: dict[int, Entry] = {}
        others = set[int]()
        for entry in entries if some else ():
            if self._alone.setdefault(entry.fact.subject.int, entry) is not entry:
                others.add(entry.fact.subject.int)
        for subject in others:
            del self._alone[subject]

    def of(self, register: Making) -> dict[int, Any]:
        """By subject what a register made of the one fact of it that there is."""
        found: dict[int, Any] = {}
        if not self._kinds.isdisjoint({*register.first, Retracted.kind}):  # others may have to be folded with them
            return found
        for one in self._some:
            made = one.made.get(register.name)
            if made is None or not self._between.isdisjoint(made.others):
                continue
            for subject, (fact, what) in made.by_subject.items():
                entry = self._alone.get(subject)
                if entry is not None and entry.fact.id.int == fact and subject not in self._between:
                    found[subject] = what
        return found
