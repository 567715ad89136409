"""Reads profiles from their TOML files and names file, field and reason of what is malformed.

A disease is a folder: ``profile.toml`` (names, severities, the items of its definitions), ``delays.toml`` and a file
for each edition in ``editions``. Editions name items and terms by code; what no source states, ``not_stated`` lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lianfang.profiles.disease.parts import Alias, Edition, Profile, ProfileFault, Slot, Term

FOLDER = Path(__file__).parent
Part = TypeVar("Part", bound=BaseModel)
Table = dict[str, Any]
GROUPS = ("contact", "cluster", "clocks", "exclusion", "discharge", "asymptomatic")
"""The rules of an edition that name a source of their own."""
_ITEMS = ("history", "clinical")
_KINDS: dict[str, type[Term]] = {"slot": Slot, "aliases": Alias}
_NAMES_ONLY = ("names", "in_force_from", "in_force_to", "history", "clinical")


def read(path: Path) -> Table:
    """A TOML file. ProfileFault where it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ProfileFault(f"{_short(path)}: not a TOML file: {wrong}") from wrong


def made(kind: type[Part], table: Mapping[str, Any], path: Path) -> Part:
    """A record from a table. ProfileFault names the file, each wrong field and why."""
    try:
        return kind.model_validate(table)
    except ValidationError as wrong:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'as a whole'}: {e['msg']}" for e in wrong.errors())
        raise ProfileFault(f"{_short(path)}: {reasons}") from wrong


def load_terms(path: Path) -> dict[str, tuple[Term, ...]]:
    """The dictionary: groups of terms in the order of the file."""
    groups: dict[str, tuple[Term, ...]] = {}
    for group, rows in read(path).items():
        kind = _KINDS.get(group, Term)
        groups[group] = tuple(made(kind, {"code": code, **row}, path) for code, row in rows.items())
    return groups


def load_profile(folder: Path, terms: Mapping[str, tuple[Term, ...]]) -> Profile:
    """The profile that a folder holds."""
    head_file = folder / "profile.toml"
    head = read(head_file)
    known = {
        **{group: {t.code: t.model_dump() for t in found} for group, found in terms.items()},
        **{kind: {code: {"code": code, **row} for code, row in head.get(kind, {}).items()} for kind in _ITEMS},
    }
    table = {key: value for key, value in head.items() if key not in _NAMES_ONLY}
    table["severities"] = _named(head.get("severities", []), known["severity"], head_file, "severities")
    table["symptoms"] = _named(head.get("symptoms", []), known["symptom"], head_file, "symptoms")
    editions = [load_edition(path, head["code"], known) for path in sorted((folder / "editions").glob("*.toml"))]
    table["editions"] = sorted(editions, key=lambda e: (e.begins, e.area, e.code))
    delays = folder / "delays.toml"
    table["delays"] = [_stated(row) for row in read(delays)["delays"]] if delays.exists() else []
    profile = made(Profile, table, head_file)
    _check_overlaps(profile, folder)
    return profile


def load_edition(path: Path, disease: str, known: Mapping[str, Mapping[str, Table]]) -> Edition:
    """One edition. ``known`` are the terms and items that it may name, by kind and code."""
    table = {**_stated(read(path)), "disease": disease}
    for kind in _ITEMS:
        table[kind] = _named(table.get(kind, []), known[kind], path, kind)
    if contact := table.get("contact"):
        near = _named(contact.pop("close", []), known["closeness"], path, "contact.close")
        unless = contact.setdefault("unless", [])
        far = _named([*contact.pop("not_close", []), *unless], known["closeness"], path, "contact.not_close")
        contact["closeness"] = [{**row, "close": True} for row in near] + [{**row, "close": False} for row in far]
        contact["slots"] = _named(contact.get("slots", []), known["slot"], path, "contact.slots")
    edition = made(Edition, table, path)
    _check_references(edition, known, path)
    return edition


def _named(codes: Iterable[str], known: Mapping[str, Table], path: Path, field: str) -> list[Table]:
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise ProfileFault(f"{_short(path)}: {field}: no {', '.join(unknown)}; known: {', '.join(known)}")
    return [dict(known[code]) for code in codes]


def _stated(table: Table) -> Table:
    """The table with None for what it says that no source states, at every depth."""
    found = {key: _deeper(value) for key, value in table.items()}
    unknown = found.pop("not_stated", ())
    return {**found, **dict.fromkeys(unknown)}


def _deeper(value: Any) -> Any:
    if isinstance(value, list):
        return [_deeper(one) for one in value]
    return _stated(value) if isinstance(value, dict) else value


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
