"""Every fact of a drill is one that the record takes, told by somebody who may, not before it was seen."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from lianfang.access.matrix import kinds as matrix_kinds
from lianfang.access.matrix import roles
from lianfang.capabilities.drills import service
from lianfang.facts.fact import canonical
from lianfang.facts.kinds import registry
from lianfang.facts.sent import personal_data
from tests.drills import made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_in = tmp_path_factory.mktemp("drill")
    service.write(made_in, made.drill(), made.population(300), made.spreading(persons=300), processes=1)
    return made_in


def test_every_fact_has_the_bytes_of_the_record(folder: Path) -> None:
    kinds: Counter[str] = Counter()
    for line in (line for day in sorted(folder.glob("facts/*")) for line in day.open("rb")):
        facts = line[line.index(b'"facts":[') + len(b'"facts":[') : -3]
        read = registry().many.validate_json(b"[" + facts + b"]")
        assert b",".join(map(canonical, read)) == facts
        kinds.update(fact.kind for fact in read)
        for fact in read:
            walk = registry().texts.get(type(fact.data))
            assert walk is None or not personal_data(walk(fact.data, "data"))
    assert len(kinds) >= 57
    assert {"visit.made", "gate.held", "case.ended", "contact.converted", "isolation.lifted"} < set(kinds)
    assert {"stock.counted", "producer.output_reported", "price.reported", "project.opened"} < set(kinds)


def test_lines_are_batches_in_the_order_of_receipt(folder: Path) -> None:
    lines = made.batches(folder)
    received = [datetime.fromisoformat(line["at"]) for line in lines]
    assert received == sorted(received)
    assert all(0 < len(line["facts"]) <= 500 and list(line)[-1] == "facts" for line in lines)
    ids = [fact["id"] for line in lines for fact in line["facts"]]
    assert len(set(ids)) == len(ids)
    head = orjson.loads((folder / "drill.json").read_bytes())
    assert head["counts"] == {"people": made.population(300).age.size, "facts": len(ids)}


def test_each_day_has_what_was_received_on_it(folder: Path) -> None:
    drill = made.drill()
    for day, file in enumerate(sorted(folder.glob("facts/*"))):
        begins, ends = drill.at(1440 * day), drill.at(1440 * (day + 1))
        assert all(begins <= datetime.fromisoformat(orjson.loads(line)["at"]) < ends for line in file.open("rb"))


def test_nothing_is_received_before_it_was_seen(folder: Path) -> None:
    for line in made.batches(folder):
        assert all(fact["observed_at"] <= line["at"] for fact in line["facts"])


def test_who_tells_may_tell(folder: Path) -> None:
    head = orjson.loads((folder / "drill.json").read_bytes())
    role_of = {one["code"]: one["role"] for one in head["accounts"]}
    assert head["accounts"][0]["role"] == "duty_officer"
    assert set(role_of.values()) == {code for code, role in roles().items() if role.appointed}
    told: set[tuple[str, str]] = set()
    for line in made.batches(folder):
        told |= {(role_of[line["by"]], fact["kind"]) for fact in line["facts"]}
        assert all((fact["author"], fact["device"]) == (line["by"], line["device"]) for fact in line["facts"])
    assert {(role, kind) for role, kind in told if not _may(role, kind)} == set()


def test_who_works_at_a_checkpoint_has_it(folder: Path) -> None:
    accounts = orjson.loads((folder / "drill.json").read_bytes())["accounts"]
    given = {one["post"]: (one["area"], one["title"]) for one in accounts if one["role"] == "checkpoint_staff"}
    opened = {
        one["subject"]: (one["area"], one["data"]["name"])
        for one in _facts(folder, "post.opened")
        if one["data"]["place_type"] != "fever_clinic"
    }  # clinics have doctors
    assert given == opened != {}


def _may(role: str, kind: str) -> bool:
    """Whether a role may append a kind; what only a service of its own appends is anybody's whom that lets."""
    action = matrix_kinds()[kind].append
    return action == "nobody" or action in roles()[role].rights


def _facts(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [fact for line in made.batches(folder) for fact in line["facts"] if fact["kind"] == kind]


def test_temperatures_are_those_of_people(folder: Path) -> None:
    temps = [
        one["temp_c"] for visit in _facts(folder, "visit.made") for one in visit["data"]["members"] if one["temp_c"]
    ]
    assert min(temps) >= 30 and max(temps) <= 41 and len(set(temps)) > 10
