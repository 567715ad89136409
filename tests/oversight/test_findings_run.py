"""On a drill in the record: what was missed and what was late is found, all of it, and raised once; then its inspector
draws by lot, and households say what was made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import orjson

from lianfang.app.database import Database
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.queries.named import judged
from lianfang.capabilities.drills.service import overseeing
from lianfang.capabilities.oversight.facts.sampling import RecallResult
from lianfang.capabilities.oversight.queries.sampling import record_draws, site_draws
from lianfang.capabilities.oversight.rules.sampling import seed_of
from lianfang.capabilities.oversight.service import detecting
from lianfang.facts import log
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.access.made import viewer
from tests.drills import made
from tests.drills.test_registers import load

PERSONS, DAYS = 150, 10


def test_what_was_missed_or_late_is_found_and_raised_once(database: Database, tmp_path: Path) -> None:
    drill = made.drill(days=DAYS, late=0.1, missing=0.06, inventing=0.3)
    service.write(tmp_path, drill, made.population(PERSONS), made.spreading(persons=PERSONS), processes=1)
    load(tmp_path)
    ends = drill.midnight + timedelta(days=drill.days + 1, hours=1)  # the clocks of the last day are over
    for days in (5, 0):
        detecting.detect(ends - timedelta(days=days))
    assert detecting.detect(ends).raised == [], "again, it raises nothing"
    truth = list(map(orjson.loads, (tmp_path / "truth.jsonl").open("rb")))
    errors = list(judged(drill, truth))
    assert len(errors) > 20 and {one.error for one in errors} == {"missing", "late"}
    assert [one for one in errors if not one.named] == []
    _overseen(overseeing.made_up(truth), ends)
    assert_incremental_equals_refold()


def _overseen(invented: frozenset[UUID], now: datetime) -> None:
    who = viewer("inspector", "530100", author="inspector-530100")
    overseeing.oversee(who, invented, now=now)
    head = log.head()
    overseeing.oversee(who, invented, now=now)
    assert log.head() == head, "done again, it does nothing"
    draws = record_draws(who, "530100")
    assert len(draws) == overseeing.WEEKS
    assert all(one.row.seed == seed_of(log.chain_at(one.row.seq), "530100", "visit.made") for one in draws)
    told = {one.record: one.result for draw in draws for one in draw.records}
    # Whether the lot falls on a visit that nobody made is left to the record's chain.
    assert {RecallResult.AGREES, RecallResult.NOT_REACHED, None} <= set(told.values())
    assert {record for record, result in told.items() if result is RecallResult.DISAGREES} <= invented
    assert not {record for record, result in told.items() if result is RecallResult.AGREES} & invented
    (sites,) = site_draws(who, "530100", now)
    assert sites.sites
