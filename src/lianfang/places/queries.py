"""Places as the API shows them. Divisions and boundaries are public: every viewer sees all of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from threading import local
from typing import Any, Final, NamedTuple, TypeVar

from django.db.models import Count, Max

from lianfang.places import boundaries as packaged
from lianfang.places.gazetteer import Division, Gazetteer, Row
from lianfang.places.models import ImportedBoundary, ImportedDivision, Population
from lianfang.places.packaged import read_pinyin
from lianfang.places.spans import span
from lianfang.places.spelling import NOT_MEANT, plain, rank, spelled

Found = TypeVar("Found")
TOWN_DIGITS: Final = 9
MOST_SPELLED: Final = 100_000
"""Names of which the pinyin is kept."""


class Boundaries(NamedTuple):
    """A map of a division's children: GeoJSON features, the lines on it, and what must be shown with it."""

    features: list[dict[str, Any]]
    lines: dict[str, Any]
    approval: str
    source_zh: str
    source_en: str


_seen: tuple[int, int | None] = (0, None)
_asking = local()


def ask_once(**_: object) -> None:
    """A request begins. It has up to some ten areas to name, and to look each time took four fifths of a session's
    answer."""
    _asking.looked = False


def ask_always(**_: object) -> None:
    """It is over. A command and a job look each time."""
    _asking.looked = None


def current_gazetteer() -> Gazetteer:
    """The gazetteer with the imported divisions as they are now; read again only after an import. A request looks once
    whether there was one."""
    global _seen
    looked = getattr(_asking, "looked", None)
    if looked:
        return Gazetteer.load()
    if looked is False:
        _asking.looked = True
    found = ImportedDivision.objects.aggregate(rows=Count("id"), last=Max("id"))
    version = (found["rows"], found["last"])
    if version != _seen:
        Gazetteer.install(
            Row(
                Division(
                    row.code, row.name, row.level, row.parent or None, row.valid_from, row.valid_to, "", row.name_en,
                    row.name,
                ),
                tuple(row.aliases),
            )
            for row in ImportedDivision.objects.order_by("code", "id").iterator()
        )  # fmt: skip
        _seen = version
    return Gazetteer.load()


def subtree_range(code: str) -> tuple[str, str]:
    """The half-open range, in the order of bytes, of the codes of a division and of all below it.

    Raises LookupError where there is no such division, and ``spans.Scattered`` where its codes are not one run.
    """
    return span(current_gazetteer(), code)


def area(viewer: object, code: str, on: date | None = None) -> Division | None:
    """The division with this code; None where there is none."""
    return current_gazetteer().division(code, on)


def children(viewer: object, code: str, on: date | None = None) -> list[Division]:
    """The divisions right below it."""
    return current_gazetteer().children(code, on)


def nearest(code: str) -> Division | None:
    """The division with this code, or the town that a community or a grid with this code lies in."""
    return current_gazetteer().division(code[:TOWN_DIGITS] if code.isdecimal() else code)


def find(viewer: object, text: str, first: str, after: str, limit: int) -> list[Division]:
    """The divisions with a code in the half-open range that somebody may mean who has typed this."""
    return current_gazetteer().find(text, first, after, limit)


def boundaries(viewer: object, code: str) -> Boundaries:
    """The map of a division's children: the operator's where there are any, else the packaged one."""
    about = packaged.provenance()
    names = {child.code: child for child in current_gazetteer().children(code)}
    own = list(ImportedBoundary.objects.filter(code__in=list(names)).order_by("code"))
    if not own:
        features = packaged.packaged_children(code)
        approval = str(about["approval"]) if features else ""
        source = (about["source_zh"], about["source_en"]) if features else ("", "")
        return Boundaries(features, packaged.lines(code), approval, *source)
    features = [
        {
            "type": "Feature",
            "properties": _names(names[row.code]),
            "geometry": row.geometry,
        }
        for row in own
    ]
    sources = "；".join(dict.fromkeys(row.source for row in own))
    approvals = "；".join(dict.fromkeys(row.approval for row in own if row.approval))
    return Boundaries(features, packaged.lines(code), approvals, sources, sources)


def centres(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """The middle of each division that a map has, degrees east and north."""
    gazetteer = current_gazetteer()
    parents = {division.parent for code in codes if (division := gazetteer.division(code)) and division.parent}
    return {
        feature["properties"]["code"]: packaged.centre(feature["geometry"])
        for parent in sorted(parents)
        for feature in boundaries(None, parent).features
    }


def populations(codes: Iterable[str], on: date) -> dict[str, int]:
    """How many live in each of some divisions of which that is known: by the last count up to a day, else by the first
    one after it."""
    found: dict[str, int] = {}
    for code, day, persons in (
        Population.objects.filter(code__in=list(codes)).order_by("day").values_list("code", "day", "persons")
    ):
        if day <= on or code not in found:
            found[code] = persons
    return found


def _names(division: Division) -> dict[str, str]:
    return {"code": division.code, "zh": division.name, "zh_short": division.short, "en": division.en}


def meant(text: str, named: Iterable[tuple[str, Found]], limit: int) -> list[Found]:
    """Of things with names, those that somebody may mean who has typed this much of a name, of its pinyin or of the
    initials of that: whole names before beginnings, beginnings before what stands further in, as they come."""
    asked = plain(text)
    if not asked:
        return []
    ranked = ((rank(asked, _spelled(name)), at, one) for at, (name, one) in enumerate(named))
    best = heapq.nsmallest(limit, (its for its in ranked if its[0] < NOT_MEANT), key=lambda its: its[:2])
    return [one for *_, one in best]


@lru_cache(MOST_SPELLED)
def _spelled(name: str) -> tuple[str, ...]:
    return spelled(name, read_pinyin)
