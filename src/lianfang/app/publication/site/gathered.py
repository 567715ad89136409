"""All that the public may read, gathered at a moment: what was issued, what is in force, what officers have published.
Nothing is decided here, and nothing below a county is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from lianfang.capabilities.bulletins.facts import AreaCount
from lianfang.capabilities.bulletins.models import ClaimRow, HealthItemRow
from lianfang.capabilities.bulletins.queries import feedback, issues, library
from lianfang.capabilities.bulletins.queries.issues import PublicIssue
from lianfang.capabilities.bulletins.rules.feedback import Answering
from lianfang.capabilities.command.models import InstructionRow
from lianfang.capabilities.command.queries import measures, products, venues
from lianfang.capabilities.gates.queries.care import MOST, Clinic, clinics
from lianfang.capabilities.gates.service.care import PAGE
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.places.gazetteer import COUNTRY, Division
from lianfang.places.queries import current_gazetteer
from lianfang.profiles.disease.parts import within

PUBLISHED: Final = frozenset({"province", "prefecture", "county"})
"""Levels of divisions of which counts are told as they are; of a smaller place they could tell who somebody is."""


class Place(NamedTuple):
    """The notices of one area and disease, the newest cut-off first. ``slug`` names its folder."""

    slug: str
    code: str
    zh: str
    en: str
    issues: tuple[PublicIssue, ...]


class Gathered(NamedTuple):
    at: datetime
    places: tuple[Place, ...]
    tips: Sequence[InstructionRow]
    measures: Sequence[measures.Public]
    venues: Sequence[venues.Public]
    clinics: Sequence[Clinic]
    items: Sequence[HealthItemRow]
    claims: Sequence[ClaimRow]
    answering: Answering


def gather(now: datetime, area: str = "") -> Gathered:
    """What is public at a moment; of one area and all below it where one is named."""
    places = _places(now, area)
    parts = [area] if area else ()
    return Gathered(
        now, places, _tips(area, now), measures.in_force(now, parts), venues.public(now, parts), _clinics(area, now),
        [one for one in library.public_items() if _for(one.area, area)],
        [one for one in library.public_claims() if _for(one.area, area)], feedback.statistics(now),
    )  # fmt: skip


def told_divisions(of: PublicIssue) -> list[AreaCount]:
    """The numbers of a notice by division, as far as they are published."""
    gazetteer = current_gazetteer()
    found = (one for entry in of.contents.record.by_area for one in entry.walk())
    return [one for one in found if one.code and (its := gazetteer.division(one.code)) and its.level in PUBLISHED]


def day_of(one: PublicIssue) -> str:
    """The name of a cut-off in addresses: the civil moment."""
    return f"{one.contents.as_of.astimezone(CIVIL_TIME):%Y%m%dT%H%M}"


def named(code: str) -> Division:
    """A division, or its code where the present ones have none."""
    return current_gazetteer().division(code) or Division(code, code, "", None)


def _tips(area: str, now: datetime) -> list[InstructionRow]:
    """The health risk tips of an area, of those below it and of those above."""
    return [row for row in products.public("") if row.began <= now and _for(row.area, area)]


def _for(own: str, area: str) -> bool:
    """Whether what an area publishes is read in another: below it, or of one above."""
    return not area or within(own, area) or within(area, own)


def _places(now: datetime, area: str) -> tuple[Place, ...]:
    found: dict[tuple[str, str], list[PublicIssue]] = {}
    for one in issues.published(now):
        if not area or within(one.contents.area_code, area):
            found.setdefault((one.contents.area_code, one.contents.disease), []).append(one)
    diseases = {disease for _, disease in found}
    places = []
    for (code, disease), its in sorted(found.items()):
        division = named(code)
        slug = code if len(diseases) == 1 else f"{code}-{disease}"
        places.append(Place(slug, code, division.name, division.en or division.pinyin, tuple(its)))
    return tuple(places)


def _clinics(area: str, now: datetime) -> list[Clinic]:
    asked = [area] if area else [one.code for one in current_gazetteer().children(COUNTRY)]
    return [its for part in asked for its in _clinics_of(part, now)]


def _clinics_of(area: str, now: datetime) -> list[Clinic]:
    """The clinics of a division; where there are more than an answer holds, by its parts."""
    found = clinics(PAGE, area, now)
    if len(found) < MOST:
        return found
    parts = [one.code for one in current_gazetteer().children(area) if one.level in PUBLISHED]
    return [its for part in parts for its in _clinics_of(part, now)] if parts else found
