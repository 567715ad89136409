"""Imports of an operator's divisions, boundaries and populations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from lianfang.places.gazetteer import Division, Gazetteer
from lianfang.places.hierarchy import LONGEST, RowError, read_hierarchy
from lianfang.places.models import ImportedBoundary, ImportedDivision, Population
from lianfang.places.population import Counted, read_population
from lianfang.places.queries import current_gazetteer
from lianfang.places.spans import present_parents

BATCH = 2000


class Imported(NamedTuple):
    """How many rows were stored, and what was refused and why."""

    rows: int
    errors: list[RowError]


def import_hierarchy(path: Path) -> Imported:
    """Store the good rows of a hierarchy (CSV); rows of the same codes from an earlier import are replaced.

    Raises OSError when the file cannot be read.
    """
    packaged = Gazetteer.packaged()
    earlier = _imported_divisions()

    def known(code: str) -> Division | None:
        return packaged.division(code)

    current_gazetteer()
    others = present_parents(Gazetteer.load())
    rows, errors = read_hierarchy(path, known, lambda code: known(code) or earlier.get(code), others)
    stored = [
        ImportedDivision(
            code=d.code, name=d.name, parent=d.parent or "", level=d.level, valid_from=d.valid_from,
            valid_to=d.valid_to, name_en=d.en, aliases=list(aliases),
        )
        for d, aliases, _ in rows
    ]  # fmt: skip
    with transaction.atomic():
        codes = sorted({row.code for row in stored})
        for start in range(0, len(codes), BATCH):
            ImportedDivision.objects.filter(code__in=codes[start : start + BATCH]).delete()
        ImportedDivision.objects.bulk_create(stored, batch_size=BATCH)
    current_gazetteer()
    return Imported(len(stored), errors)


def _imported_divisions() -> dict[str, Division]:
    return {
        row.code: Division(row.code, row.name, row.level, row.parent or None) for row in ImportedDivision.objects.all()
    }


def import_boundaries(path: Path, *, source: str, approval: str = "") -> Imported:
    """Store the areas of a GeoJSON FeatureCollection whose features name their division in ``properties.code``.

    Features are counted from 1. ``source`` and ``approval`` (审图号, where the law asks for one) are shown with the
    map. Raises OSError when the file cannot be read.
    """
    current_gazetteer()
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        return Imported(0, [RowError(1, "file", f"is not JSON: {error}")])
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        return Imported(0, [RowError(1, "file", "is not a GeoJSON FeatureCollection")])
    errors: list[RowError] = []
    stored: dict[str, ImportedBoundary] = {}
    for number, feature in enumerate(features, start=1):
        field, reason = _refusal(feature, stored)
        if reason:
            errors.append(RowError(number, field, reason))
            continue
        code = str(feature["properties"]["code"])
        stored[code] = ImportedBoundary(code=code, geometry=feature["geometry"], source=source, approval=approval)
    with transaction.atomic():
        ImportedBoundary.objects.filter(code__in=list(stored)).delete()
        ImportedBoundary.objects.bulk_create(stored.values(), batch_size=BATCH)
    return Imported(len(stored), errors)


def import_population(path: Path) -> Imported:
    """Store the good rows of a table of populations (CSV); what was held of the same divisions and days is replaced.

    Raises OSError when the file cannot be read.
    """
    rows, errors = read_population(path, current_gazetteer().division)
    hold_population(rows)
    return Imported(len(rows), errors)


def hold_population(rows: Iterable[Counted]) -> None:
    """Stores populations; of the same division and day the last holds."""
    Population.objects.bulk_create(
        [Population(**one._asdict()) for one in rows], batch_size=BATCH, update_conflicts=True,
        unique_fields=("code", "day"), update_fields=("persons", "source"),
    )  # fmt: skip


def _refusal(feature: Any, stored: dict[str, ImportedBoundary]) -> tuple[str, str]:
    """Field and reason why a feature is refused; empty where it is good."""
    feature = feature if isinstance(feature, dict) else {}
    properties, geometry = feature.get("properties"), feature.get("geometry")
    code = properties.get("code") if isinstance(properties, dict) else None
    if not code or len(str(code)) > LONGEST["code"]:
        return "code", "is missing or too long"
    if str(code) in stored:
        return "code", f"{code} is there twice"
    if Gazetteer.load().division(str(code)) is None:
        return "code", f"{code} is not a known division: import the divisions first"
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "geometry", "is not a Polygon or MultiPolygon"
    rings = geometry.get("coordinates")
    polygons = [rings] if geometry["type"] == "Polygon" else rings
    if not _on_earth(polygons):
        return "geometry", "has coordinates that are not longitude and latitude in degrees"
    return "", ""


def _on_earth(polygons: Any) -> bool:
    """Whether these are lists of lists of rings of at least four positions in degrees."""
    try:
        rings = [ring for polygon in polygons for ring in polygon]
        positions = [position for ring in rings for position in ring]
        return (
            bool(rings)
            and all(len(ring) >= 4 for ring in rings)
            and all(-180 <= position[0] <= 180 and -90 <= position[1] <= 90 for position in positions)
        )
    except (TypeError, IndexError, KeyError):
        return False
