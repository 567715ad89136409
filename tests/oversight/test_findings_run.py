"""On a drill in the record: what was missed and what was late is found, all of it, and raised once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import orjson

from lianfang.app.database import Database
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.queries.named import judged
from lianfang.capabilities.oversight.service import detecting
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
    errors = list(judged(drill, map(orjson.loads, (tmp_path / "truth.jsonl").open("rb"))))
    assert len(errors) > 20 and {one.error for one in errors} == {"missing", "late"}
    assert [one for one in errors if not one.named] == []
    assert_incremental_equals_refold()
