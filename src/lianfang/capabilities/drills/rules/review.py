"""The review at the end of a drill: what the registers hold beside the truth and the errors that were injected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

Row = Sequence[Any]


class Held(NamedTuple):
    """A row as a register has it: of which register, its key, its values."""

    register: str
    key: Row
    row: Row


class Error(NamedTuple):
    """An injected error: see ``truth``. ``shows``: whether the register holds exactly what the error makes of it."""

    error: str
    by: str
    worker: str
    register: str
    key: Row
    facts: Sequence[str]
    truth: Row | None
    held: Row | None
    shows: bool


class Difference(NamedTuple):
    """A row that is neither as it was nor as an error makes it; None: there is none."""

    register: str
    key: Row
    expected: Row | None
    held: Row | None


class Review(NamedTuple):
    """``rows``: how many rows of each register were compared; ``errors``: all, as they were injected; ``others``: the
    differences that no error explains, none where all went well."""

    rows: dict[str, int]
    errors: list[Error]
    others: list[Difference]

    @property
    def counts(self) -> dict[str, int]:
        """Errors by what they are."""
        return dict(Counter(one.error for one in self.errors))


def compare(truth: Iterable[bytes], held: Iterable[Held]) -> Review:
    """Compares what registers hold with the lines of a drill's truth. Raises ValueError for a line that is none."""
    expected: dict[tuple[str, bytes], bytes] = {}
    errors: list[dict[str, Any]] = []
    for line in truth:
        told = orjson.loads(line)
        if "error" in told:
            errors.append(told)
        else:
            expected[told["register"], orjson.dumps(told["key"])] = orjson.dumps(told["row"])
    for one in errors:
        place = one["register"], orjson.dumps(one["key"])
        if one["held"] is not None:
            expected[place] = orjson.dumps(one["held"])
        else:
            expected.pop(place, None)
    rows: Counter[str] = Counter()
    others: dict[tuple[str, bytes], Difference] = {}
    for row in held:
        rows[row.register] += 1
        key, values = orjson.dumps(row.key), orjson.dumps(row.row)
        due = expected.pop((row.register, key), None)
        if due != values:
            others[row.register, key] = Difference(row.register, row.key, due and orjson.loads(due), row.row)
    for (register, key), due in expected.items():
        others[register, key] = Difference(register, orjson.loads(key), orjson.loads(due), None)
    return Review(dict(rows), list(_told(errors, others)), list(others.values()))


def _told(errors: Iterable[dict[str, Any]], others: dict[tuple[str, bytes], Difference]) -> Iterator[Error]:
    for one in errors:
        yield Error(**one, shows=(one["register"], orjson.dumps(one["key"])) not in others)
