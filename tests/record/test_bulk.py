"""Registers of what came in at once: what they hold is what they hold when everything is appended in its turn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from lianfang.access.rows import seeing_all
from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.capabilities.drills import service
from lianfang.capabilities.screening.models import HouseholdRow, OutcomeRow, VisitRow
from lianfang.facts import bulk, fold, log
from lianfang.facts.log import Principal
from lianfang.facts.rebuild import assert_incremental_equals_refold, rebuild
from lianfang.facts.sent import from_json
from tests.drills import made

PROCESSES, PERSONS = 2, 200


@pytest.fixture
def batches(tmp_path: Path) -> list[Any]:
    service.write(tmp_path, made.drill(), made.population(PERSONS), made.spreading(persons=PERSONS), processes=1)
    return made.batches(tmp_path)


def append(batches: list[Any], *, folded: bool) -> None:
    told = [from_json(orjson.dumps(one["facts"]), Principal(one["by"], one["device"])) for one in batches]
    log.append_received(told, [datetime.fromisoformat(one["at"]) for one in batches], folded=folded)


def follow(database: Database) -> None:
    with databases.as_owner(database):
        bulk.follow(processes=PROCESSES)


def filled() -> list[bool]:
    with seeing_all():
        return [model.objects.exists() for model in (HouseholdRow, VisitRow, OutcomeRow)]


def test_registers_follow_at_once_and_are_as_if_refolded(
    database: Database, batches: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 30)
    monkeypatch.setattr(bulk, "CHUNK", 400)
    append(batches, folded=False)
    assert not any(filled())
    follow(database)
    assert all(filled())
    with databases.as_owner(database):
        assert all(result.equal for result in rebuild(check=True))
    assert_incremental_equals_refold()


def test_folding_that_was_cut_short_leaves_nothing_and_is_done_anew(
    database: Database, batches: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    append(batches, folded=False)
    with monkeypatch.context() as cut:
        cut.setattr(fold, "move", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            follow(database)
    assert not any(filled())
    follow(database)
    assert_incremental_equals_refold()


def test_registers_that_follow_already_go_on_from_where_they_are(database: Database, batches: list[Any]) -> None:
    half = len(batches) // 2
    append(batches[:half], folded=True)
    append(batches[half:], folded=False)
    follow(database)
    assert_incremental_equals_refold()


def test_a_register_that_raises_is_stopped_and_keeps_nothing_else_out(
    database: Database, batches: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = next(one for one in fold.registers() if one.name == "screening.households")

    def apply(_: object) -> None:
        raise ValueError("broken")

    append(batches, folded=False)
    monkeypatch.setattr(broken, "apply", apply)
    follow(database)
    assert fold.stopped() == {"screening.households": "at seq 0: ValueError: broken"}
    with log.binary_cursor() as cursor:
        names = cursor.execute("SELECT name FROM fact_register WHERE seq = %s", [log.head().seq]).fetchall()
    assert {name for (name,) in names} == {one.name for one in fold.registers()} - {"screening.households"}
