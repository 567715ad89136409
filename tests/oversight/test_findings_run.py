"""On a drill in the record: what was missed and what was late is found, all of it, and raised once."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.service import detecting
from lianfang.facts import log
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.drills import made
from tests.drills.test_registers import load

PERSONS, DAYS = 150, 10


def test_what_was_missed_or_late_is_found_and_raised_once(database: Database, tmp_path: Path) -> None:
    drill = made.drill(days=DAYS, late=0.1, missing=0.06, inventing=0.0)
    service.write(tmp_path, drill, made.population(PERSONS), made.spreading(persons=PERSONS), processes=1)
    load(tmp_path)
    ends = drill.midnight + timedelta(days=drill.days + 1, hours=1)  # the clocks of the last day are over
    for days in (5, 0):
        detecting.detect(ends - timedelta(days=days))
    assert detecting.detect(ends).raised == [], "again, it raises nothing"
    errors = [one for one in map(orjson.loads, (tmp_path / "truth.jsonl").open("rb")) if "error" in one]
    told = _Told(drill)
    wrong = [one for one in errors if one["error"] in ("missing", "late") and told.due(one)]
    assert len(wrong) > 20 and {one["error"] for one in wrong} == {"missing", "late"}
    assert [(one["error"], one["register"], one["key"]) for one in wrong if not told.found(one)] == []
    assert_incremental_equals_refold()


class _Told:
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
            return bool(one["key"][1] < 2)
        if one["register"] in ("shifts", "counts") and one["error"] == "missing":
            return datetime.fromtimestamp(one["truth"][2], UTC) < self.end - timedelta(days=1)
        if one["error"] == "late" and one["facts"]:  # sent on the drill's last day, it came on its own day
            return any(self._came_late(UUID(fact)) for fact in one["facts"])
        return bool(one["truth"] != one["held"])

    def _came_late(self, fact: UUID) -> bool:
        its = self.known[fact]
        return its.received_at - its.fact.observed_at > timedelta(hours=12)

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
