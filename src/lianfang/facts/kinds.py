"""The registry of kinds: which fields a kind and version has, and how old versions are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property, reduce
from importlib import import_module
from importlib.util import find_spec
from operator import or_
from typing import Annotated, Any, Literal

from django.apps import apps
from pydantic import Field, TypeAdapter, create_model

from lianfang.facts.fact import Fact, FactData, Restricting
from lianfang.facts.fields import KindError, Plans, Walk

__all__ = ["KindError", "Registry", "also", "registry", "restricting"]


class Registry:
    """The kinds of a set of ``FactData`` classes. Raises KindError where they contradict each other, or where one has a
    field that no fact may have."""

    def __init__(self, classes: Iterable[type[FactData]]) -> None:
        self.classes: dict[tuple[str, int], type[FactData]] = {}
        for cls in classes:
            held = self.classes.setdefault((cls.kind, cls.version), cls)
            if held is not cls:
                raise KindError(f"{cls.kind} {cls.version} is declared twice: {held.__qualname__}, {cls.__qualname__}")
        self.newest = {kind: version for kind, version in sorted(self.classes)}
        for (kind, version), cls in self.classes.items():
            if version < self.newest[kind] and cls.upcast is FactData.upcast:
                raise KindError(f"{kind} {version} is not the newest and has no upcast")
        plans = Plans()
        self.texts: dict[type[FactData], Walk] = {
            cls: walk for cls in self.classes.values() if (walk := plans.of(cls)) is not None
        }
        """How the texts of each kind that has any are found."""

    @cached_property
    def one(self) -> TypeAdapter[Fact]:
        """A fact of any kind. Made when the first is read: many a command reads none."""
        return TypeAdapter(self._union)

    @cached_property
    def many(self) -> TypeAdapter[list[Fact]]:
        any_kind: Any = self._union
        return TypeAdapter(list[any_kind])

    @cached_property
    def _union(self) -> Any:
        """The type of a fact of any kind, told apart by kind, then version."""
        if not self.classes:
            return Fact
        by_kind: dict[str, list[Any]] = {}
        for (kind, _), cls in self.classes.items():
            by_kind.setdefault(kind, []).append(_envelope(cls))
        return _either([_either(versions, "version") for versions in by_kind.values()], "kind")

    def upcast(self, fact: Fact) -> Fact:
        """The fact with its fields as the newest version of its kind has them."""
        data = fact.data
        while data.version < self.newest[data.kind]:
            later = data.upcast()
            if later is None or later.kind != data.kind or later.version <= data.version:
                raise KindError(f"{data.kind} {data.version} does not upcast to a later version")
            data = later
        return fact if data is fact.data else fact.model_copy(update={"version": data.version, "data": data})

    def read(self, body: bytes) -> Fact:
        """The fact of canonical bytes, upcast. Raises ``ValidationError`` for bytes that hold no known fact."""
        return self.upcast(self.one.validate_json(body))


def _either(types: list[Any], discriminator: str) -> Any:
    if len(types) == 1:
        return types[0]
    return Annotated[reduce(or_, types), Field(discriminator=discriminator)]


def _envelope(cls: type[FactData]) -> type[Fact]:
    """The envelope of one kind and version."""
    fields: dict[str, Any] = {
        "kind": (Literal[cls.kind], ...),
        "version": (Literal[cls.version], ...),
        "data": (cls, ...),
    }
    return create_model(f"{cls.__name__}Fact", __base__=Fact, **fields)


_trial: list[type[FactData]] = []


@cache
def registry() -> Registry:
    """The kinds of every installed Django app that has a module ``facts``."""
    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.facts"
        if find_spec(name) is None:
            continue
        module = import_module(name)
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, FactData) and value.__module__.startswith(name)
            if value is not FactData
        ]
    return Registry([*found, *_trial])


def restricting() -> frozenset[str]:
    """The kinds that restrict a person: each of their facts has a basis, an approver, a start and an end."""
    return frozenset(cls.kind for cls in registry().classes.values() if issubclass(cls, Restricting))


@contextmanager
def also(*classes: type[FactData]) -> Iterator[Registry]:
    """The registry with further kinds, for trials in this process only."""
    _trial.extend(classes)
    registry.cache_clear()
    try:
        yield registry()
    finally:
        for cls in classes:
            _trial.remove(cls)
        registry.cache_clear()
