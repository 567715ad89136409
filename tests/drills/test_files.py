"""The files of a drill: the same from the same seed, whole, and each named by its digest."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import orjson

from lianfang.capabilities.drills import service
from tests.drills import made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(folder: Path, *, processes: int, seed: int = 1) -> dict[str, bytes]:
    folder.mkdir()
    service.write(folder, made.drill(days=4, seed=seed), made.population(300), made.outbreak(), processes=processes)
    return contents(folder)


def test_the_same_seed_makes_the_same_bytes_on_any_number_of_processes(tmp_path: Path) -> None:
    one, three = write(tmp_path / "one", processes=1), write(tmp_path / "three", processes=3)
    other = write(tmp_path / "other", processes=1, seed=2)
    assert one == three
    assert one.keys() == other.keys() == {"drill.json", "people.jsonl", "truth.jsonl", *days(4)}
    assert all(one[name] != other[name] for name in one)


def days(many: int) -> list[str]:
    return [f"facts/{day:03}.jsonl" for day in range(many)]


def test_the_head_names_every_other_file_by_its_digest(tmp_path: Path) -> None:
    its = write(tmp_path / "made", processes=1)
    head = orjson.loads(its.pop("drill.json"))
    assert head["sha256"] == {name: sha256(content).hexdigest() for name, content in its.items()}
    assert (head["format"], head["area"], head["days"], head["seed"]) == (1, "530100", 4, 1)
    assert head["first_day"] == "2020-01-24"
