"""The field classes of a kind: what it may hold at all, and which of its texts are searched before they are stored.

A fact holds codes, numbers, dates, places and official text. What can hold nothing else (an enumeration, a number, a
date) is not searched; every other text is, by its class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from lianfang.facts.fact import FactData, Restricting, Text, TextClass

PLAIN = (UUID, bool, int, float, Decimal, date, datetime, timedelta, NoneType)
"""Types that hold a number or a date, whatever was sent."""
_TYPES = (*PLAIN, AwareDatetime)
OF_RESTRICTION = ("basis", "approver", "start", "end")


class KindError(Exception):
    """The declared kinds contradict each other, or hold what a fact may not hold."""


class Held(NamedTuple):
    """A text of a fact: where it stands, of which class it is, and what it says."""

    path: str
    of: TextClass
    text: str


Walk = Callable[[Any, str], Iterator[Held]]


class Plans:
    """The texts of each kind's fields. Raises KindError for a kind with a field that no fact may have."""

    def __init__(self) -> None:
        self._models: dict[type[BaseModel], list[tuple[str, Walk]]] = {}
        self._open: set[type[BaseModel]] = set()

    def of(self, kind: type[FactData]) -> Walk | None:
        """How the texts of a kind's ``data`` are found; None for a kind that holds none."""
        if issubclass(kind, Restricting):
            _check_restriction(kind)
        return self._model(kind, f"{kind.kind} {kind.version}: data")

    def _model(self, model: type[BaseModel], path: str) -> Walk | None:
        if model.model_config.get("extra") == "allow":
            raise KindError(f"{path} takes any field (extra='allow'): declare its fields")
        if model not in self._models:
            self._models[model] = parts = []
            self._open.add(model)
            for name, field in model.model_fields.items():
                walk = self._type(field.annotation, field.metadata, f"{path}.{name}")
                if walk is not None:
                    parts.append((name, walk))
            self._open.remove(model)
        found = self._models[model]

        def walk_model(value: Any, at: str) -> Iterator[Held]:
            for name, walk in found:
                if its := getattr(value, name):  # nothing stands in most
                    yield from walk(its, f"{at}.{name}")

        # A model that holds itself is met again before its fields are known.
        return walk_model if found or model in self._open else None

    def _type(self, kind: Any, metadata: Sequence[Any], path: str) -> Walk | None:
        """How texts are found in a value of a type; None where it can hold none."""
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._type(args[0], [*args[1:], *metadata], path)
        if origin is Literal:
            return None
        if origin in (Union, UnionType):
            return self._union(args, metadata, path)
        if origin is not None:
            return self._container(origin, args, path)
        if kind is str:
            return _text(metadata, path)
        if isinstance(kind, type):
            if issubclass(kind, Enum) or kind in _TYPES:
                return None
            if issubclass(kind, BaseModel):
                return self._model(kind, path)
        raise KindError(f"{path} is {_name(kind)}: a fact holds codes, numbers, dates, places and official text only")

    def _union(self, args: Sequence[Any], metadata: Sequence[Any], path: str) -> Walk | None:
        texts = [walk for a in args if not _is_model(a) if (walk := self._type(a, metadata, path)) is not None]
        models = {a: walk for a in args if _is_model(a) if (walk := self._model(a, path)) is not None}
        if not texts and not models:
            return None

        def walk_either(value: Any, at: str) -> Iterator[Held]:
            if isinstance(value, BaseModel):
                if walk := models.get(type(value)):
                    yield from walk(value, at)
            elif value is not None and not isinstance(value, PLAIN):
                for walk in texts:
                    yield from walk(value, at)

        return walk_either

    def _container(self, origin: Any, args: Sequence[Any], path: str) -> Walk | None:
        if issubclass(origin, Mapping):
            key, value = (self._type(a, (), f"{path}[]") for a in args)
            return None if key is None and value is None else _of_mapping(key, value)
        if issubclass(origin, Sequence):
            walks = [self._type(a, (), f"{path}[]") for a in args if a is not Ellipsis]
            if not any(walks):
                return None
            return _of_sequence(walks, repeated=len(walks) == 1)
        raise KindError(f"{path} is {_name(origin)}: a fact holds codes, numbers, dates, places and official text only")


def _of_mapping(key: Walk | None, value: Walk | None) -> Walk:
    def walk_mapping(held: Any, at: str) -> Iterator[Held]:
        if not isinstance(held, Mapping):
            return
        for number, (name, one) in enumerate(held.items()):
            # By number: the name may be what must not be told.
            if key is not None:
                yield from key(name, f"{at}[{number}]")
            if value is not None:
                yield from value(one, f"{at}[{number}]")

    return walk_mapping


def _of_sequence(walks: Sequence[Walk | None], *, repeated: bool) -> Walk:
    def walk_sequence(held: Any, at: str) -> Iterator[Held]:
        if not isinstance(held, (tuple, list)) and (isinstance(held, str) or not isinstance(held, Sequence)):
            return
        for number, one in enumerate(held):
            walk = walks[0] if repeated else walks[number]
            if walk is not None:
                yield from walk(one, f"{at}[{number}]")

    return walk_sequence


def _text(metadata: Sequence[Any], path: str) -> Walk:
    of = next((mark.of for mark in metadata if isinstance(mark, Text)), None)
    if of is None:
        raise KindError(
            f"{path} is a free text: make it an enumeration, Code, PlaceName or OfficialText; "
            "names, numbers and notes of people go to the vault"
        )
    held: TextClass = of

    def walk_text(value: Any, at: str) -> Iterator[Held]:
        if isinstance(value, str) and not isinstance(value, Enum):
            yield Held(at, held, value)

    return walk_text


def _check_restriction(kind: type[FactData]) -> None:
    """A kind that restricts a person cannot leave out on which basis, by whom and until when."""
    for name in OF_RESTRICTION:
        field = kind.model_fields[name]
        if not field.is_required() or NoneType in get_args(field.annotation):
            raise KindError(f"{kind.kind} {kind.version}: data.{name} must be required: the kind restricts a person")


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))
