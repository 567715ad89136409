"""A drill's files in the record: every register holds the truth and the injected errors, and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import orjson

from lianfang.app.database import Database
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules import review
from lianfang.facts import log
from lianfang.facts.log import Principal, Status
from tests.drills import made


def load(folder: Path) -> None:
    """As the bulk door does, nothing left out."""
    for line in made.batches(folder):
        outcomes = log.append(
            [orjson.dumps(fact) for fact in line["facts"]], principal=Principal(line["by"], line["device"]),
            now=datetime.fromisoformat(line["at"]),
        )  # fmt: skip
        assert {(one.status, one.reason) for one in outcomes} == {(Status.APPENDED, "")}


def reviewed(folder: Path) -> review.Review:
    return review.compare((folder / "truth.jsonl").open("rb"), registers.held())


def test_registers_equal_the_truth_and_exactly_the_injected_errors(database: Database, tmp_path: Path) -> None:
    service.write(tmp_path, made.drill(), made.population(), made.spreading(), processes=1)
    load(tmp_path)
    found = reviewed(tmp_path)
    assert found.others == []
    assert set(found.counts) == {"late", "missing", "doubled", "mistyped", "made_up"}
    assert {one.by for one in found.errors if one.error == "made_up"} > {"copied", "plausible"}
    assert all(one.shows for one in found.errors)
    assert {"cases", "contacts", "passing"} < {one.register for one in found.errors}
    assert found.rows.keys() == {
        "grids", "households", "outcomes", "cases", "contacts", "orders", "stations", "passing"
    }  # fmt: skip
    assert found.rows["outcomes"] > 2 * found.rows["households"] * 0.9
