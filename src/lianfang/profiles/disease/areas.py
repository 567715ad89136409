"""Which areas were known to have the disease, and when: dated and cited, for the history of a case."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from lianfang.profiles.disease.load import FOLDER, made, read
from lianfang.profiles.disease.parts import ProfileFault, Source, within

AREAS_FILE = "areas.toml"


class _Listing(BaseModel):
    areas: list[dict[str, Any]] = Field(min_length=1)
    sources: list[Source]


class Listed(BaseModel):
    """An area listed as having the disease, both days included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: Annotated[str, Field(pattern=r"^([1-9]\d{5}|[A-Z]{2})$")]
    """Division code, or the two letters of ISO 3166-1 for another country."""
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    begins: date
    ends: date | None
    """Last day; None: still listed."""
    source: Source


@cache
def listed(disease: str) -> tuple[Listed, ...]:
    """Every listing of a disease, by first day and area; none where the disease has no list."""
    return load_areas(FOLDER / disease / AREAS_FILE) if (FOLDER / disease / AREAS_FILE).exists() else ()


def load_areas(path: Path) -> tuple[Listed, ...]:
    """The listings of a file. ProfileFault names file, row (from 0), field and reason."""
    listing = made(_Listing, read(path), path)
    sources = {source.code: source for source in listing.sources}
    found = []
    for at, row in enumerate(listing.areas):
        name = row.get("source")
        if not isinstance(name, str) or name not in sources:
            raise ProfileFault(f"{path.name}: areas.{at}.source: no source {name}")
        found.append(made(Listed, {**row, "source": sources[name]}, path, f"areas.{at}"))
    return tuple(sorted(found, key=lambda one: (one.begins, one.area)))


def epidemic_areas(disease: str, on: date) -> tuple[Listed, ...]:
    """The areas listed on a day."""
    return tuple(one for one in listed(disease) if one.begins <= on <= (one.ends or date.max))


def was_listed(disease: str, area: str, first: date, last: date) -> bool:
    """Whether a stay in an area, both days included, overlaps a listing of it or of what holds it.

    A stay in a province of which one city is listed is not enough: nobody says that it was in the city.
    """
    if last < first:
        raise ValueError(f"the stay ends on {last}, before it begins on {first}")
    return any(
        within(area, one.area) and one.begins <= last and first <= (one.ends or date.max) for one in listed(disease)
    )
