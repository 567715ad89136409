"""The errors of a drill: each kind at its rate, each generator with its mark, and all of them in the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.rules import errors, review
from lianfang.capabilities.drills.rules.response import Response
from tests.drills import made

NONE = {"late": 0.0, "missing": 0.0, "doubled": 0.0, "mistyped": 0.0, "inventing": 0.0}


def write(folder: Path, **response: Any) -> list[dict[str, Any]]:
    """The rows and errors of the truth of two rounds, with these rates."""
    folder.mkdir(exist_ok=True)
    drill = made.drill(days=13, **{"passing": 2, **NONE, **response})
    service.write(folder, drill, made.population(), made.outbreak(), processes=1)
    told = map(orjson.loads, (folder / "truth.jsonl").open("rb"))
    return [one for one in told if "register" in one]


def visits(folder: Path) -> Iterator[dict[str, Any]]:
    for line in made.batches(folder):
        yield from (fact for fact in line["facts"] if fact["kind"] == "visit.made")


def test_without_errors_the_truth_has_none(tmp_path: Path) -> None:
    told = write(tmp_path)
    assert not [one for one in told if "error" in one]
    assert len([one for one in told if one["register"] == "outcomes"]) > 500


@pytest.mark.parametrize("error", ["late", "missing", "doubled", "mistyped"])
def test_each_error_comes_at_its_rate(tmp_path: Path, error: str) -> None:
    told = write(tmp_path, **{error: 0.2})
    wrong = [one for one in told if one.get("error") == error and one["register"] == "outcomes"]
    rows = sum(one["register"] == "outcomes" and "row" in one for one in told)
    assert {one["error"] for one in told if "error" in one} == {error}
    assert 0.14 < len(wrong) / rows < 0.26
    ids = {visit["id"] for visit in visits(tmp_path)}
    for one in wrong:
        if error == "missing":
            assert one["truth"] is not None and not one["facts"]
            assert (one["held"] is None) == (one["key"][1] == 2), "after the first round what is missing is made up for"
        else:
            assert one["facts"] and set(one["facts"]) <= ids
        assert (one["truth"] == one["held"]) == (error == "late")


@pytest.mark.parametrize(("rates", "was", "is_held"), [
    ({"missing": 0.2}, True, False), ({"inventing": 1.0, "invented": 0.2}, False, True),
])  # fmt: skip
def test_a_post_that_nobody_passed_has_no_row(
    tmp_path: Path, rates: dict[str, float], was: bool, is_held: bool
) -> None:
    told = write(tmp_path, passing=1, fever=0.0, refuses=0.0, **rates)
    wrong = [one for one in told if one.get("error") and one["register"] == "passing"]
    assert len(wrong) > 10
    assert {(one["truth"] is not None, one["held"] is not None) for one in wrong} == {(was, is_held)}
    rows = [one for one in told if one["register"] == "passing" and "row" in one]
    assert len(rows) == (len(wrong) if was else 0)


@pytest.mark.parametrize("generator", sorted(errors.GENERATORS))
def test_each_generator_of_invented_visits_has_its_mark(tmp_path: Path, generator: str) -> None:
    told = write(tmp_path, inventing=1.0, invented=0.5, made_up=(generator,))
    made_up = {one["facts"][0] for one in told if one.get("error") == "made_up" and one["register"] == "outcomes"}
    its = [visit for visit in visits(tmp_path) if visit["id"] in made_up]
    real = [visit for visit in visits(tmp_path) if visit["id"] not in made_up]
    assert len(its) == len(made_up) > 200
    assert all(visit["data"]["outcome"] == "met" for visit in its)
    tenths = Counter(round(one["temp_c"] * 10) % 10 for visit in its for one in visit["data"]["members"])
    hurried = np.mean([visit["data"]["minutes"] < 1 for visit in its])
    unproved = np.mean([visit["data"]["evidence"] == "none" for visit in its])
    evening = np.mean([visit["observed_at"][11:13] in ("10", "11", "12", "13", "14", "15") for visit in its])
    assert {
        "narrow": set(tenths) == {4, 5, 6}, "uneven": not {0, 5} & set(tenths),
        "steady": {visit["data"]["minutes"] for visit in its} == {3}, "unsigned": 0.5 < unproved < 0.7,
        "repeated": _as_before(its, real) > 0.9,
        "copied": set(tenths) == {5}, "rounded": set(tenths) == {0, 5}, "hurried": hurried == 1 and unproved > 0.6,
        "plausible": len(tenths) == 10 and hurried == 0 and unproved < 0.1, "at_night": evening > 0.5,
    }[generator]  # fmt: skip
    assert len({round(one["temp_c"] * 10) for visit in real for one in visit["data"]["members"] if one["temp_c"]}) > 10


def _as_before(its: list[dict[str, Any]], real: list[dict[str, Any]]) -> float:
    """Of the temperatures of made-up visits beside a real one, from which each person has another, how many are the
    same."""
    last = {one["person"]: one["temp_c"] for visit in real for one in visit["data"]["members"] if one["temp_c"]}
    second = [one for visit in its if visit["observed_at"] >= "2020-01-31" for one in visit["data"]["members"]]
    return float(np.mean([last[one["person"]] == one["temp_c"] for one in second if one["person"] in last]))


@given(st.lists(st.integers(360, 372), min_size=1, max_size=20), st.floats(0, 0.999))
def test_a_mistyped_temperature_is_another_that_the_record_takes(tenths: list[int], draw: float) -> None:
    typed = errors.mistyped(np.array(tenths), np.full(len(tenths), draw))
    assert ((typed >= 300) & (typed <= 450)).all()
    assert all(a != b for a, b in zip(typed.tolist(), tenths, strict=True))


def test_the_usual_response_lies_within_its_bounds() -> None:
    its = Response.usual()
    assert all(low <= getattr(its, name) <= high for name, (low, high) in Response.bounds().items())
    assert set(its.made_up) <= set(errors.GENERATORS)


TRUTH = [
    b'{"day":0,"infected":3,"onset":1}',
    b'{"register":"outcomes","key":["a",1],"row":["done",1]}',
    b'{"register":"outcomes","key":["b",1],"row":["done",2]}',
    b'{"error":"missing","by":"","worker":"w","register":"outcomes","key":["b",1],"facts":[],"truth":["done",2],"held":null}',
]


def compared(truth: list[bytes], *held: review.Held) -> review.Comparison:
    return review.Comparison(lambda: truth, lambda: held)


def test_the_review_lists_every_error_and_every_difference_that_none_explains() -> None:
    as_it_should = compared(TRUTH, review.Held("outcomes", ["a", 1], ["done", 1]))
    assert list(as_it_should.differences()) == [] and as_it_should.rows == {"outcomes": 1}
    assert list(as_it_should.course()) == [(3, 1)]
    assert [(one.error, one.shows) for one in as_it_should.errors()] == [("missing", True)]
    found = compared(TRUTH, review.Held("outcomes", ["b", 1], ["done", 2]), review.Held("grids", ["g"], [1]))
    assert {(one.register, tuple(one.key)): (one.expected, one.held) for one in found.differences()} == {
        ("outcomes", ("b", 1)): (None, ["done", 2]),
        ("outcomes", ("a", 1)): (["done", 1], None),
        ("grids", ("g",)): (None, [1]),
    }
    assert [one.shows for one in found.errors()] == [False]


ROWS = st.dictionaries(st.integers(0, 9), st.integers(0, 2), max_size=8)


@given(ROWS, ROWS, st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 2), max_size=3))
def test_the_review_finds_what_a_plain_comparison_finds(
    truth: dict[int, int], held: dict[int, int], wrong: dict[int, int | None]
) -> None:
    lines = [orjson.dumps({"register": "r", "key": [key], "row": [row]}) for key, row in truth.items()]
    error = {"by": "", "worker": "w", "register": "r", "facts": [], "truth": None}
    lines += [
        orjson.dumps({"error": "e", **error, "key": [key], "held": row if row is None else [row]})
        for key, row in wrong.items()
    ]
    expected = {key: row for key, row in {**truth, **wrong}.items() if row is not None}
    plain = {key: (expected.get(key), held.get(key)) for key in {*expected, *held}}
    plain = {key: both for key, both in plain.items() if both[0] != both[1]}
    its = compared(lines, *(review.Held("r", [key], [row]) for key, row in held.items()))
    assert {one.key[0]: (one.expected and one.expected[0], one.held and one.held[0]) for one in its.differences()} == (
        plain
    )
    assert {one.key[0]: one.shows for one in its.errors()} == {key: key not in plain for key in wrong}


def test_a_row_that_is_held_twice_is_a_difference() -> None:
    row = review.Held("outcomes", ["a", 1], ["done", 1])
    assert [one.key for one in compared(TRUTH, row, row).differences()] == [["a", 1], ["a", 1]]
