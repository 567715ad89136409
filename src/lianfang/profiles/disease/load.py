"""Reads profiles from their TOML files and names file, field and reason of what is malformed.

A disease is a folder: ``profile.toml`` (names, severities, the items of its definitions), ``delays.toml`` and a file
for each edition in ``editions``. Editions name items and terms by code; what no source states, ``not_stated`` lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lianfang.profiles.disease.parts import Alias, Code, Delay, Edition, Profile, ProfileFault, Slot, Term

FOLDER = Path(__file__).parent
Part = TypeVar("Part", bound=BaseModel)
Table = dict[str, Any]
GROUPS = ("contact", "cluster", "clocks", "exclusion", "discharge", "asymptomatic")
"""The rules of an edition that name a source of their own."""
_ITEMS = ("history", "clinical")
_KINDS: dict[str, type[Term]] = {"slot": Slot, "aliases": Alias}


class _Titles(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _Head(_Titles):
    """``profile.toml``. Its ``names`` and days are read by ``lianfang.profiles.names``."""

    code: Code
    early: Literal["four", "five"]
    severities: tuple[str, ...]
    symptoms: tuple[str, ...] = Field(min_length=1)
    history: dict[Code, _Titles]
    clinical: dict[Code, _Titles]
    meets: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)
    names: list[Any]
    in_force_from: date | None = None
    in_force_to: date | None = None


class _Delays(BaseModel):
    """``delays.toml``."""

    delays: tuple[Delay, ...]


def read(path: Path) -> Table:
    """A TOML file, with None for what it says that no source states. ProfileFault where it is no such file."""
    try:
        return _stated(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ProfileFault(f"{_short(path)}: not a TOML file: {wrong}") from wrong


def made(kind: type[Part], table: object, path: Path, field: str = "") -> Part:
    """A record from a table, which stands under ``field``. ProfileFault names the file, each wrong field and why."""
    try:
        return kind.model_validate(table)
    except ValidationError as wrong:
        reasons = "; ".join(
            f"{'.'.join(filter(None, (field, *map(str, e['loc'])))) or 'as a whole'}: {e['msg']}"
            for e in wrong.errors()
        )
        raise ProfileFault(f"{_short(path)}: {reasons}") from wrong


def load_terms(path: Path) -> dict[str, tuple[Term, ...]]:
    """The dictionary: groups of terms in the order of the file."""
    groups: dict[str, tuple[Term, ...]] = {}
    for group, rows in read(path).items():
        if not isinstance(rows, dict):
            raise ProfileFault(f"{_short(path)}: {group}: should be a table of terms")
        kind = _KINDS.get(group, Term)
        groups[group] = tuple(
            made(kind, {"code": code, **row} if isinstance(row, dict) else row, path, f"{group}.{code}")
            for code, row in rows.items()
        )
    return groups


def load_profile(folder: Path, terms: Mapping[str, tuple[Term, ...]]) -> Profile:
    """The profile that a folder holds, the folder being called as the disease."""
    head_file, delays_file = folder / "profile.toml", folder / "delays.toml"
    head = made(_Head, read(head_file), head_file)
    if head.code != folder.name:
        raise ProfileFault(f"{_short(head_file)}: code: {head.code} stands in the folder {folder.name}")
    known = {group: {t.code: t.model_dump() for t in found} for group, found in terms.items()}
    for kind in _ITEMS:
        known[kind] = {code: {"code": code, **row.model_dump()} for code, row in getattr(head, kind).items()}
    editions = [load_edition(path, head.code, known) for path in sorted((folder / "editions").glob("*.toml"))]
    table = {
        **head.model_dump(include={"code", "zh", "en", "early"}),
        "severities": _named(head.severities, known["severity"], head_file, "severities"),
        "symptoms": _named(head.symptoms, known["symptom"], head_file, "symptoms"),
        "editions": sorted(editions, key=lambda e: (e.begins, e.area, e.code)),
        "meets": _meets(head, head_file),
        "delays": made(_Delays, read(delays_file), delays_file).delays,
    }
    profile = made(Profile, table, head_file)
    _check_overlaps(profile, folder)
    return profile


def _meets(head: _Head, path: Path) -> dict[str, tuple[str, ...]]:
    """Which items meet which. ProfileFault where one is none, or of another kind."""
    for code, wider in head.meets.items():
        if not any({code, *wider} <= set(getattr(head, kind)) for kind in _ITEMS):
            raise ProfileFault(f"{_short(path)}: meets.{code}: {', '.join((code, *wider))} are not all items of a kind")
    return head.meets


def load_edition(path: Path, disease: str, known: Mapping[str, Mapping[str, Table]]) -> Edition:
    """One edition. ``known`` are the terms and items that it may name, by kind and code."""
    table = {**read(path), "disease": disease}
    for kind in _ITEMS:
        table[kind] = _named(table.get(kind, []), known[kind], path, kind)
    if isinstance(contact := table.get("contact"), dict):
        unless = contact.setdefault("unless", [])
        closeness = [
            {**row, "close": close}
            for field, close in (("close", True), ("not_close", False), ("unless", False))
            for row in _named(contact.get(field, []), known["closeness"], path, f"contact.{field}")
        ]
        slots = _named(contact.get("slots", []), known["slot"], path, "contact.slots")
        kept = {key: value for key, value in contact.items() if key not in ("close", "not_close")}
        table["contact"] = {**kept, "unless": unless, "closeness": closeness, "slots": slots}
    edition = made(Edition, table, path)
    _check_references(edition, known, path)
    return edition


def _named(codes: object, known: Mapping[str, Table], path: Path, field: str) -> list[Table]:
    if not isinstance(codes, list | tuple) or not all(isinstance(code, str) for code in codes):
        raise ProfileFault(f"{_short(path)}: {field}: should be a list of codes")
    if unknown := [code for code in codes if code not in known]:
        raise ProfileFault(f"{_short(path)}: {field}: no {', '.join(unknown)}; known: {', '.join(known)}")
    return [dict(known[code]) for code in codes]


def _stated(table: Table, path: Path) -> Table:
    """The table with None for what it says that no source states, at every depth."""
    found = {key: _deeper(value, path) for key, value in table.items()}
    unknown = found.pop("not_stated", [])
    if not isinstance(unknown, list) or not all(isinstance(key, str) and key not in found for key in unknown):
        raise ProfileFault(f"{_short(path)}: not_stated: should be a list of fields that the table does not give")
    return {**found, **dict.fromkeys(unknown)}


def _deeper(value: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_deeper(one, path) for one in value]
    return _stated(value, path) if isinstance(value, dict) else value


def _check_references(edition: Edition, known: Mapping[str, Mapping[str, Table]], path: Path) -> None:
    sources = {source.code for source in edition.sources}
    groups = {name: getattr(edition, name) for name in GROUPS}
    used = {"definition": edition.definition} | {name: group.source for name, group in groups.items() if group}
    if edition.contact:
        used["contact.slots_source"] = edition.contact.slots_source
    if edition.fever_source:
        used["fever_source"] = edition.fever_source
    elif edition.fever_c is not None:
        used["fever_source"] = "for fever_c is named"
    items = {item.code for item in (*edition.history, *edition.clinical)}
    tests, results = known["test"], known["test_result"]
    faults = [f"{name}: no source {code}" for name, code in used.items() if code not in sources]
    faults += [
        f"{field}.required: no item or test {code}"
        for field in ("suspected", "clinically_diagnosed", "probable")
        for way in getattr(edition, field)
        for code in way.required
        if code not in items and code not in tests
    ]
    faults += [f"probable_results: no test result {code}" for code in edition.probable_results if code not in results]
    faults += [f"confirmed: no test {code}" for code in edition.confirmed if code not in tests]
    if edition.exclusion and edition.exclusion.test not in tests:
        faults.append(f"exclusion.test: no test {edition.exclusion.test}")
    if edition.ends and edition.ends < edition.begins:
        faults.append(f"ends: {edition.ends} is before begins {edition.begins}")
    if faults:
        raise ProfileFault(f"{_short(path)}: {'; '.join(faults)}")


def _check_overlaps(profile: Profile, folder: Path) -> None:
    codes = [edition.code for edition in profile.editions]
    if len(set(codes)) < len(codes):
        raise ProfileFault(f"{_short(folder)}: editions: a code stands twice: {', '.join(codes)}")
    for i, one in enumerate(profile.editions):
        for other in profile.editions[i + 1 :]:
            same = (one.area, one.authority) == (other.area, other.authority)
            if same and (one.ends is None or other.begins <= one.ends):
                raise ProfileFault(f"{_short(folder)}: begins: {other.code} begins before {one.code} has ended")


def _short(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix() if path.is_relative_to(FOLDER) else path.name
