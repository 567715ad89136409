"""Persons (人) and person-times (人次) are numbers of two kinds: neither is added to, compared with or divided by the
other. A share is a number of one kind over one of the same kind."""

from __future__ import annotations

from typing import Any, NoReturn, Self


class MixedKinds(TypeError):
    """Numbers of two kinds were put together. ``zh`` and ``en`` say which."""

    def __init__(self, one: str, other: str) -> None:
        self.zh = f"{one}与{other}口径不同，不能相加、相比或相除"
        self.en = (
            f"{_EN.get(one, one)} and {_EN.get(other, other)} count different things: not added, compared, divided"
        )
        super().__init__(self.en)


_EN = {"人": "persons", "人次": "person-times"}


class Counted:
    """A whole number of one kind of thing."""

    __slots__ = ("n",)
    unit = ""

    def __init__(self, n: int) -> None:
        if n < 0:
            raise ValueError(f"{n}{self.unit}: a count is not negative")
        self.n = n

    def _same(self, other: Any) -> int:
        if type(other) is not type(self):
            raise MixedKinds(self.unit, getattr(other, "unit", type(other).__name__))
        return int(other.n)

    def __add__(self, other: Any) -> Self:
        return type(self)(self.n + self._same(other))

    def __radd__(self, other: Any) -> Self:
        if other == 0 and type(other) is int:  # where ``sum`` begins
            return self
        return self.__add__(other)

    def __sub__(self, other: Any) -> Self:
        return type(self)(self.n - self._same(other))

    def __truediv__(self, other: Any) -> float:
        """The share, 0 to 1 of a part of the whole. Raises ZeroDivisionError for a whole of nothing."""
        return self.n / self._same(other)

    def __rtruediv__(self, other: Any) -> NoReturn:
        raise MixedKinds(type(other).__name__, self.unit)

    def __eq__(self, other: object) -> bool:
        return self.n == self._same(other)

    def __lt__(self, other: Any) -> bool:
        return self.n < self._same(other)

    def __hash__(self) -> int:
        return hash((self.unit, self.n))

    def __int__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        return f"{self.n}{self.unit}"


class Persons(Counted):
    __slots__ = ()
    unit = "人"


class PersonTimes(Counted):
    __slots__ = ()
    unit = "人次"
