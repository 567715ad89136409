"""The notices of the demonstration, from ``notices.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from typing import Any

from lianfang.capabilities.bulletins.facts import (
    METRICS,
    AreaCount,
    AreasAffected,
    Attributes,
    Basis,
    BulletinRecord,
    Count,
    Source,
    Window,
)

DISEASE = "ncov-2020"


def notices() -> list[BulletinRecord]:
    """The demonstration's records in the order of the file, without spans: their text is not kept, but written anew.

    Each has its citation in ``source``. Raises pydantic's ValidationError or KeyError where the file is wrong.
    """
    text = resources.files("lianfang.app.demo").joinpath("notices.toml").read_text("utf-8")
    return [_record(row) for row in tomllib.loads(text)["notice"]]


def _record(row: Mapping[str, Any]) -> BulletinRecord:
    window = row.get("window")
    affected = row.get("affected")
    record = BulletinRecord(
        bulletin_id="",
        source=Source(**{k: row[k] for k in Source.model_fields if k in row}),
        area_code=row["area"],
        disease=DISEASE,
        as_of=row["as_of"],
        as_of_precision=row.get("precision", "hour"),
        window=Window(start=window[0], end=window[1]) if window else None,
        figures=tuple(Count(metric=m, n=n, unit=METRICS[m].unit) for m, n in row["figures"].items()),
        attrs=Attributes(**row.get("attrs", {})),
        by_area=tuple(_area(metric, *cells) for metric, rows in row.get("areas", {}).items() for cells in rows),
        areas_affected=AreasAffected(**affected) if affected else None,
    )
    return record.model_copy(update={"bulletin_id": _id(record)})


def _area(metric: str, code: str, name: str, *rest: Any) -> AreaCount:
    """A division; without a number of its own it is derived from its counties."""
    n = next((cell for cell in rest if isinstance(cell, int)), None)
    children = tuple(_area(metric, *cells) for cell in rest if isinstance(cell, list) for cells in cell)
    return AreaCount(
        metric=metric,
        n=n if n is not None else sum(c.n for c in children),
        unit=METRICS[metric].unit,
        basis=Basis.STATED if n is not None else Basis.DERIVED,
        code=code,
        name=name,
        children=children,
    )


def _id(record: BulletinRecord) -> str:
    """An id that depends on what the notice says and not on where it was found."""
    stated = record.model_dump_json(exclude={"bulletin_id", "source"}, exclude_computed_fields=True)
    return sha256(stated.encode()).hexdigest()[:16]
