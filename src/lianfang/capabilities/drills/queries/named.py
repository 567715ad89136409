"""Which of a drill's injected errors the findings in its record name: what was missing, and what came late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.facts import log

LATE_H: Final = 12
"""Hours from what was seen to its coming in: what was to be sent late on the drill's last day came in time."""


class Judged(NamedTuple):
    """An error of the truth whose clock is over, and whether a finding names it."""

    error: str
    register: str
    key: list[Any]
    named: bool


def judged(drill: Drill, truth: Iterable[dict[str, Any]]) -> Iterator[Judged]:
    """The errors among the lines of a drill's truth that oversight is to find all of, and whether it has."""
    told = _Named(drill)
    for one in truth:
        if one.get("error") in ("missing", "late") and told.due(one):
            yield Judged(one["error"], one["register"], one["key"], told.found(one))


class _Named:
    """What the findings name: facts, what these are about, and units by day."""

    def __init__(self, drill: Drill) -> None:
        self.drill, self.end = drill, drill.midnight + timedelta(days=drill.days)
        self.known = {one.fact.id: one for one in log.read()}
        with seeing_all():
            rows = list(FindingRow.objects.all())
        self.facts = {fact for row in rows for fact in row.evidence}
        self.subjects: dict[str, set[UUID]] = defaultdict(set)
        self.days: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            self.subjects[row.rule] |= {self.known[fact].fact.subject for fact in row.evidence}
            self.days[row.rule].add((str(row.unit or row.area), row.day.isoformat()))

    def due(self, one: dict[str, Any]) -> bool:
        """Whether an error shows before the drill ends: the round was due, a day has passed since the shift."""
        if one["register"] == "outcomes" and one["error"] == "missing":
            return bool(one["key"][1] * self.drill.response.round_days <= self.drill.days)
        if one["register"] in ("shifts", "counts") and one["error"] == "missing":
            return datetime.fromtimestamp(one["truth"][2], UTC) < self.end - timedelta(days=1)
        if one["error"] == "late" and one["facts"]:
            return any(self._came_late(UUID(fact)) for fact in one["facts"])
        return bool(one["truth"] != one["held"])

    def found(self, one: dict[str, Any]) -> bool:
        match one["register"], one["error"]:
            case "reports", _:
                return tuple(one["key"]) in self.days["late_report"]
            case "passing", "missing":
                return tuple(one["key"]) in self.days["missed_passing"]
            case "shifts" | "counts", "missing":
                begins = datetime.fromtimestamp(one["truth"][1], self.drill.midnight.tzinfo)
                return (one["truth"][0], begins.date().isoformat()) in self.days["missed_log"]
            case "outcomes", "missing":
                return UUID(one["key"][0]) in self.subjects["missed_door"]
            case "cases", _:
                return UUID(one["key"][0]) in self.subjects["late_case"]
            case "contacts" | "treatments", "missing":
                return bool({UUID(str(key)) for key in (one["truth"][0], one["key"][0])} & self.subjects["late_task"])
            case _:
                return all(UUID(fact) in self.facts for fact in one["facts"] if self._came_late(UUID(fact)))

    def _came_late(self, fact: UUID) -> bool:
        its = self.known[fact]
        return its.received_at - its.fact.observed_at > timedelta(hours=LATE_H)
