"""The review at the end of a drill: what the registers hold beside the truth and the errors that were injected.

Both may have millions of rows. They are read one after the other and kept as two numbers each, of the key and of the
content (64 bits, by Python's keyed hash: of ten million rows two are taken for one with a chance of 3e-6); what differs
is read again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

Row = Sequence[Any]
Lines = Callable[[], Iterable[bytes]]
TOLD_EVERY: Final = 20_000
_ERROR: Final = b'{"error":'
_DAY: Final = b'{"day":'


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


class _Due(NamedTuple):
    """A row as it is expected: where (register and key as one number), and what; as JSON."""

    place: int
    register: str
    key: bytes
    row: bytes


class _Numbers:
    """Rows as numbers: where each is, and what it holds."""

    def __init__(self) -> None:
        self.places, self.rows = array("q"), array("q")

    def add(self, place: int, row: bytes) -> None:
        self.places.append(place)
        self.rows.append(hash(row))

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places in order, each with its row."""
        places, rows = np.array(self.places, np.int64), np.array(self.rows, np.int64)
        order = np.argsort(places, kind="stable")
        return places[order], rows[order]


class _Among:
    """Some of the places."""

    def __init__(self, places: NDArray[np.int64]) -> None:
        self.places = array("q", np.unique(places).tobytes())

    def __contains__(self, place: int) -> bool:
        at = bisect_left(self.places, place)
        return at < len(self.places) and self.places[at] == place


class Comparison:
    """``rows``: how many rows of each register were compared. What it is made of is read again for the ``errors`` and
    the ``differences``, and has to be the same then."""

    def __init__(
        self,
        truth: Lines,
        held: Callable[[], Iterable[Held]],
        told: Callable[[int, int | None], object] = lambda *_: None,
    ) -> None:
        """Compares the lines of a drill's truth with what registers hold; ``told`` is told of how many rows, of about
        how many. Raises ValueError for a line that is none."""
        self._truth, self._held = truth, held
        told(0, None)
        self._wrong = {_where(one): _due(one, one["held"]) for one in self._injected()}
        expected, found = _Numbers(), _Numbers()
        for due in self._expected():
            expected.add(due.place, due.row)
        rows: Counter[str] = Counter()
        for number, one in enumerate(held(), 1):
            rows[one.register] += 1
            found.add(_place(one.register, orjson.dumps(one.key)), orjson.dumps(one.row))
            if number % TOLD_EVERY == 0:
                told(number, len(expected.places))
        self.rows = dict(rows)
        self._set_apart(*expected.arrays(), *found.arrays())

    def _set_apart(
        self, places: NDArray[np.int64], rows: NDArray[np.int64], found: NDArray[np.int64], contents: NDArray[np.int64]
    ) -> None:
        """Which places are not held, which hold something else, and which hold what nobody expects. A row that is held
        twice is not as it should be."""
        at = np.searchsorted(places, found)
        known = at < places.size
        known[known] = places[at[known]] == found[known]
        twice = np.zeros(found.size + 1, np.bool_)
        twice[1:-1] = found[1:] == found[:-1]
        same = known & ~(twice[1:] | twice[:-1])
        same[same] = rows[at[same]] == contents[same]
        missing = np.ones(places.size, np.bool_)
        missing[at[known]] = False
        self._missing, self._other = _Among(places[missing]), _Among(found[known & ~same])
        self._more = _Among(found[~known])

    def _injected(self) -> Iterator[dict[str, Any]]:
        return (orjson.loads(line) for line in self._truth() if line.startswith(_ERROR))

    def course(self) -> Iterator[tuple[int, int]]:
        """Of each day how many were infected and fell ill on it."""
        for line in takewhile(lambda line: line.startswith(_DAY), self._truth()):
            told = orjson.loads(line)
            yield told["infected"], told["onset"]

    def errors(self) -> Iterator[Error]:
        """All injected errors, as they were injected."""
        differing = self._missing, self._other, self._more
        for one in self._injected():
            yield Error(**one, shows=not any(_where(one) in its for its in differing))

    def _expected(self) -> Iterator[_Due]:
        """Every row as the record should have it: as it was, or as an error makes it."""
        for line in self._truth():
            if line.startswith((_ERROR, _DAY)):
                continue
            told = orjson.loads(line)
            due = _due(told, told["row"])
            if due is not None and due.place not in self._wrong:
                yield due
        yield from (due for due in self._wrong.values() if due is not None)

    def differences(self) -> Iterator[Difference]:
        """Every difference that no error explains, none where all went well."""
        if not (self._missing.places or self._other.places or self._more.places):
            return
        due = dict[int, bytes]()
        for one in self._expected():
            if one.place in self._missing:
                yield Difference(one.register, orjson.loads(one.key), orjson.loads(one.row), None)
            elif one.place in self._other:
                due[one.place] = one.row
        for row in self._held():
            place = _place(row.register, orjson.dumps(row.key))
            if place in self._other:
                yield Difference(row.register, row.key, orjson.loads(due[place]), row.row)
            elif place in self._more:
                yield Difference(row.register, row.key, None, row.row)


def _place(register: str, key: bytes) -> int:
    return hash((register, key))


def _where(told: dict[str, Any]) -> int:
    return _place(told["register"], orjson.dumps(told["key"]))


def _due(told: dict[str, Any], row: Row | None) -> _Due | None:
    key = _json(told["key"])
    return None if row is None else _Due(_place(told["register"], key), told["register"], key, _json(row))


def _json(row: Row) -> bytes:
    """A copy, which takes no more than it holds: what orjson gives keeps the room that it was written in."""
    return bytes(memoryview(orjson.dumps(row)))
