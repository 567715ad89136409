"""Rows of registers in PostgreSQL's binary form: it takes in an array of a table's rows as fast as a COPY, which it
refuses from whom a policy of the rows binds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from struct import Struct
from typing import Any, Final

import orjson
import psycopg

from lianfang.facts import copying

Field = Callable[[Any], bytes]
"""What packs the value of a column: its length, then its bytes."""
_LENGTH, _TYPE, _SHORT = Struct(">i"), Struct(">I"), Struct(">h")
_HEAD = Struct(">iiIii")  # of an array: dimensions, whether any is NULL, of which type, how many, counted from where
_ANY_TYPE: Final = 0
"""For the type of a table's rows, which another has once a rebuild has put another table in its place: PostgreSQL goes
by the one that the statement names."""
_NULL: Final = _LENGTH.pack(-1)
_UUID, _VARCHAR, _TEXT = 2950, 1043, 25


class Rows:
    """Rows as a parameter of a statement."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        head = _HEAD.pack(1, 0, _ANY_TYPE, len(packed), 1)
        self.packed = b"".join((head, *packed))


class _Dumper(psycopg.adapt.Dumper):
    format = psycopg.pq.Format.BINARY

    def dump(self, obj: Rows) -> bytes:
        return obj.packed


psycopg.adapters.register_dumper(Rows, _Dumper)


class Table:
    """How rows of a table are packed; ``columns`` are their names and the ids of their types, as the table has them."""

    def __init__(self, columns: Sequence[tuple[str, int]]) -> None:
        self._columns = [(name, _FIELDS[type]) for name, type in columns]
        types = [_TYPE.pack(type).replace(b"%", b"%%") + b"%b" for _, type in columns]
        self._row = _LENGTH.pack(len(columns)).replace(b"%", b"%%") + b"".join(types)
        self._line = _SHORT.pack(len(columns)).replace(b"%", b"%%") + b"%b" * len(columns)
        self.names = ", ".join([f'"{name}"' for name, _ in columns])

    def rows(self, told: Sequence[Mapping[str, Any]]) -> list[bytes]:
        """Rows by their columns; what is left out is NULL."""
        return list(map(_sized, map(self._row.__mod__, self._packed(told))))

    def lines(self, told: Sequence[Mapping[str, Any]]) -> bytes:
        """The same as COPY takes them, between its beginning and its end."""
        return b"".join(map(self._line.__mod__, self._packed(told)))

    def _packed(self, told: Sequence[Mapping[str, Any]]) -> Iterable[tuple[bytes, ...]]:
        # Column by column: a call for each value of each row would cost as much again.
        columns = [map(field, [one.get(name) for one in told]) for name, field in self._columns]
        return zip(*columns, strict=True)


class _Often(dict[Any, bytes]):
    """Values of which the same come again and again, packed once."""

    def __init__(self, pack: Field) -> None:
        super().__init__({None: _NULL})
        self._pack = pack

    def __missing__(self, value: Any) -> bytes:
        packed = self._pack(value)
        if len(self) < _MOST and len(packed) <= _LONGEST:
            self[value] = packed
        return packed


_MOST, _LONGEST = 4096, 68


def _sized(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value


def _often(pack: Field) -> Field:
    return _Often(pack).__getitem__


def _fixed(form: str) -> Field:
    packed = Struct(f">i{form}")
    return partial(packed.pack, packed.size - _LENGTH.size)


_ID, _DOUBLE, _MOMENT = _LENGTH.pack(16), Struct(">id"), Struct(">iq")


def _id(value: Any) -> bytes:
    return _NULL if value is None else _ID + value.int.to_bytes(16)


def _double(value: float | None) -> bytes:
    return _NULL if value is None else _DOUBLE.pack(8, value)


def _moment(value: datetime | None) -> bytes:
    return _NULL if value is None else _MOMENT.pack(8, copying.microseconds(value))


def _date(value: date) -> bytes:
    return _LENGTH.pack(4) + _LENGTH.pack((value - copying.EPOCH.date()).days)


def _json(value: Any) -> bytes:
    return _NULL if value is None else _sized(b"\1" + orjson.dumps(value))


def _text(value: str) -> bytes:
    return _sized(value.encode())


def _many(type: int, field: Field, values: Iterable[Any] | None) -> bytes:
    if values is None:
        return _NULL
    packed = [field(value) for value in values]
    return _sized(b"".join((_HEAD.pack(1, 0, type, len(packed), 1), *packed)))


_FIELDS: Final[Mapping[int, Field]] = {
    16: _often(_fixed("?")), 20: _often(_fixed("q")), 21: _often(_fixed("h")), 23: _often(_fixed("i")), 701: _double,
    1082: _often(_date), 1184: _moment, 3802: _json, _UUID: _id, _VARCHAR: _often(_text), _TEXT: _often(_text),
    1015: partial(_many, _VARCHAR, _text), 1009: partial(_many, _TEXT, _text), 2951: partial(_many, _UUID, _id),
}  # fmt: skip
"""By the ids of PostgreSQL's own types."""
