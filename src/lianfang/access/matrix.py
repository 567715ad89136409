"""Who may do what: ``matrix.toml`` read, checked and asked. Nothing else decides it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.conf import settings

from lianfang.access.viewer import Viewer
from lianfang.facts.fold import EVERYWHERE
from lianfang.places.gazetteer import LEVELS

HERE: Final = Path(__file__).parent
PUBLIC: Final = "public"
OPERATOR: Final = "operator"
EVERYBODY: Final = "everybody"
NOBODY: Final = "nobody"
"""In place of an action: no role may. For kinds that services append and requests may not."""


class MatrixError(Exception):
    """``matrix.toml`` contradicts itself. The message says where."""


class Forbidden(PermissionError):
    """A role may not do this. The message is a plain reason."""


class Scope(StrEnum):
    """How far an action of a role reaches."""

    NONE = "none"
    OWN = "own"  # what one has entered oneself, within one's divisions; of the person concerned, what is held of him
    AGGREGATE = "aggregate"  # sums over one's divisions, no rows
    SUBTREE = "subtree"  # one's division and all below it
    ALL = "all"


class Sight(StrEnum):
    """How a class of fields is shown. Classes that are not named are hidden."""

    FULL = "full"
    MASKED = "masked"


class Title(NamedTuple):
    zh: str
    en: str


class DataClass(NamedTuple):
    """A reason for which persons are held; ``tells``: the class of fields that it betrays, or nothing."""

    zh: str
    en: str
    tells: str


class Right(NamedTuple):
    """What a role may do with one action."""

    scope: Scope
    fields: Mapping[str, Sight]


class Role(NamedTuple):
    id: str
    zh: str
    en: str
    need: Title
    rights: Mapping[str, Right]
    purposes: tuple[str, ...]
    classes: tuple[str, ...]
    """The classes of data whose people the role meets; empty: all that tell it nothing that it may not see."""
    widest: str | None
    """The highest level of division that it may be given over; None where any is."""
    by_shift: bool
    """Whether the own work of a device ends with its shift."""
    appointed: bool
    """Whether an administrator may appoint somebody to it, or enrol a device in it."""


class Kind(NamedTuple):
    """Actions to append a kind of fact by a request, and to read it; ``nobody`` where no role may."""

    append: str
    read: str


class Matrix(NamedTuple):
    edition: str
    field_classes: Mapping[str, Title]
    data_classes: Mapping[str, DataClass]
    purposes: Mapping[str, Title]
    actions: Mapping[str, Title]
    roles: Mapping[str, Role]
    routes: Mapping[str, str]
    kinds: Mapping[str, Kind]


@cache
def matrix() -> Matrix:
    """The matrix, read once a process; with the kinds of trials, where the settings name some. Raises MatrixError."""
    return packaged(getattr(settings, "ACCESS_KINDS_FOR_TRIALS", {}))


def packaged(trial_kinds: Mapping[str, Any] = MappingProxyType({})) -> Matrix:
    """The matrix of ``matrix.toml``. Raises MatrixError."""
    return parse(tomllib.loads((HERE / "matrix.toml").read_text(encoding="utf-8")), trial_kinds)


def roles() -> Mapping[str, Role]:
    """Every role by its id."""
    return matrix().roles


def called(role: str) -> tuple[str, str]:
    """A role in Chinese and in English; by its id where the matrix has it no more."""
    found = roles().get(role)
    return (found.zh, found.en) if found else (role, role)


def routes() -> Mapping[str, str]:
    """``METHOD /path/{name}`` of every route, and its action."""
    return matrix().routes


def kinds() -> Mapping[str, Kind]:
    """Every kind of fact, and the actions to append and to read it."""
    return matrix().kinds


def operator() -> Viewer:
    """Who works at the command line of the machine itself, over all that is held."""
    return Viewer("command-line", "command-line", OPERATOR, "", *EVERYWHERE)


def purposes(viewer: Viewer) -> tuple[str, ...]:
    """The purposes that the viewer's role may give for a look at a person."""
    role = roles().get(viewer.role)
    return role.purposes if role else ()


def actions(viewer: Viewer) -> list[str]:
    """Every action that the viewer's role may do, in order."""
    return [action for action in matrix().actions if can(viewer, action)]


def scope(viewer: Viewer, action: str) -> Scope:
    """How far the action reaches for the viewer's role. Raises LookupError for an action that there is not."""
    right = _right(viewer, action)
    return right.scope if right else Scope.NONE


def can(viewer: Viewer, action: str) -> bool:
    """Whether the viewer's role may do it at all. Raises LookupError for an action that there is not."""
    return scope(viewer, action) is not Scope.NONE


def require(viewer: Viewer, action: str) -> None:
    """Raises Forbidden where the viewer's role may not do it."""
    if not can(viewer, action):
        raise Forbidden(reason(viewer, action))


def require_over(viewer: Viewer, action: str, area: str) -> None:
    """Raises Forbidden where the viewer's role may not do it, or not over this division."""
    require(viewer, action)
    if not reaches(viewer, action, area):
        raise Forbidden(f"{area} is not in {viewer.area or 'your area'}")


def require_unnarrowed(viewer: Viewer, action: str, narrowed: bool) -> None:
    """Raises Forbidden where somebody who sees sums only narrows them: a sum of one person is that person's row."""
    if narrowed and scope(viewer, action) is Scope.AGGREGATE:
        raise Forbidden("only sums of whole divisions are yours: narrow them by area alone")


def reaches(viewer: Viewer, action: str, area: str) -> bool:
    """Whether a division lies in the range of the viewer's action."""
    reach = scope(viewer, action)
    return reach is Scope.ALL or (reach is not Scope.NONE and viewer.area_from <= area < viewer.area_to)


def reason(viewer: Viewer, action: str, *, zh: bool = False) -> str:
    """Why an action is refused, in one line."""
    role, titled = roles().get(viewer.role), matrix().actions[action]
    if zh:
        return f"{role.zh if role else viewer.role}无此权限：{titled.zh}。"
    return f"The role “{role.en if role else viewer.role}” does not allow: {titled.en}."


def fields(viewer: Viewer, action: str) -> Mapping[str, Sight]:
    """How each class of fields is shown to the viewer by an action, or, for an action that writes, which may be
    written (``full``). Classes that are not in it are hidden, and may not be written."""
    right = _right(viewer, action)
    return right.fields if right else {}


def data_classes(viewer: Viewer, action: str) -> frozenset[str]:
    """The classes of data whose people the action reaches: those that the role names, or else those it may be told."""
    role = roles().get(viewer.role)
    return frozenset(role.classes) if role and role.classes else told_classes(viewer, action)


def told_classes(viewer: Viewer, action: str) -> frozenset[str]:
    """The classes of data that the action may show that somebody is held for. Sums tell of nobody: they are of all."""
    if scope(viewer, action) is Scope.AGGREGATE:
        return frozenset(matrix().data_classes)
    seen = fields(viewer, action)
    return frozenset(name for name, held in matrix().data_classes.items() if not held.tells or held.tells in seen)


def readable_kinds(viewer: Viewer) -> frozenset[str]:
    """The kinds of fact that the viewer's role may read one by one: whose rows it sees, not sums or its own alone."""
    return frozenset(
        name
        for name, kind in kinds().items()
        if kind.read != NOBODY and scope(viewer, kind.read) in (Scope.SUBTREE, Scope.ALL)
    )


def action_of(method: str, route: str) -> str | None:
    """The action of a route; None for one that the matrix has not. The names of its parts do not count."""
    return _by_shape().get(shape(route), {}).get(method)


def methods_of(route: str) -> list[str]:
    """The methods that a route takes; empty for one that the matrix has not."""
    return sorted(_by_shape().get(shape(route), {}))


@cache
def shape(route: str) -> str:
    """A route without the names of its parts."""
    return re.sub(r"\{\w+\}", "{}", route)


@cache
def _by_shape() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, action in routes().items():
        method, _, route = name.partition(" ")
        found.setdefault(shape(route), {})[method] = action
    return found


def _right(viewer: Viewer, action: str) -> Right | None:
    if action not in matrix().actions:
        raise LookupError(f"the matrix has no action {action}")
    role = roles().get(viewer.role)
    return role.rights.get(action) if role else None


def parse(table: Mapping[str, Any], trial_kinds: Mapping[str, Any]) -> Matrix:
    """The matrix of a TOML document. ``trial_kinds`` are further kinds, written as the table ``kinds`` has them.

    Raises MatrixError, which names every place that is wrong.
    """
    titles = {name: _titles(table[name]) for name in ("field_classes", "purposes", "actions")}
    held = {name: DataClass(one["zh"], one["en"], one["tells"]) for name, one in table["data_classes"].items()}
    wrong: list[str] = []
    everybody = _rights(EVERYBODY, table[EVERYBODY]["may"], titles, wrong)
    found = {}
    for name, one in table["roles"].items():
        rights = {**everybody, **_rights(name, one.get("may", {}), titles, wrong)}
        reasons, classes = tuple(one.get("purposes", ())), tuple(one.get("classes", ()))
        wrong += [f"{name}: there is no class of data {each}" for each in classes if each not in held]
        wrong += [f"{name}: there is no purpose {each}" for each in reasons if each not in titles["purposes"]]
        wrong += [f"{name}: there is no level {one['widest']}"] if one.get("widest", LEVELS[0]) not in LEVELS else []
        found[name] = Role(
            name, one["zh"], one["en"], Title(one["need_zh"], one["need_en"]), rights, reasons, classes,
            one.get("widest"), one.get("by_shift", False), one["appointed"],
        )  # fmt: skip
    known = {name: Kind(**one) for name, one in table["kinds"].items()}
    known |= {name: Kind(**one) for name, one in trial_kinds.items()}
    named = {f"route {route}": action for route, action in table["routes"].items()}
    named |= {f"kind {name}": action for name, kind in known.items() for action in kind if action != NOBODY}
    wrong += [f"{where}: there is no action {a}" for where, a in named.items() if a not in titles["actions"]]
    if wrong:
        raise MatrixError("; ".join(wrong))
    return Matrix(
        table["edition"], titles["field_classes"], held, titles["purposes"], titles["actions"], found,
        table["routes"], known,
    )  # fmt: skip


def _titles(table: Mapping[str, Mapping[str, str]]) -> dict[str, Title]:
    return {name: Title(one["zh"], one["en"]) for name, one in table.items()}


def _rights(
    role: str, table: Mapping[str, Any], titles: Mapping[str, Mapping[str, Title]], wrong: list[str]
) -> dict[str, Right]:
    """The rights of one table ``may``: an action, and its scope or its scope with classes of fields."""
    rights = {}
    for action, given in table.items():
        one = {"scope": given} if isinstance(given, str) else given
        shown = {name: sight for sight in Sight for name in one.get(sight, ())}
        wrong += [f"{role}: there is no action {action}"] if action not in titles["actions"] else []
        wrong += [
            f"{role}, {action}: there is no class {name}" for name in shown if name not in titles["field_classes"]
        ]
        wrong += [f"{role}, {action}: {word}?" for word in one if word not in ("scope", *Sight)]
        wrong += [f"{role}, {action}: {one['scope']}?"] if one["scope"] not in list(Scope) else []
        if not wrong:
            rights[action] = Right(Scope(one["scope"]), shown)
    return rights
