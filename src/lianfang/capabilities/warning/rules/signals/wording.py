"""What the values of evidence are called."""

from __future__ import annotations

from typing import NamedTuple

from lianfang.capabilities.warning.rules.alarms import words as alarms
from lianfang.capabilities.warning.rules.series_terms import terms as estimates
from lianfang.capabilities.warning.rules.signals.policy import policy
from lianfang.places.gazetteer import Gazetteer
from lianfang.profiles.disease import NoEdition, NoProfile, profile, terms


class Said(NamedTuple):
    zh: str
    en: str


def spoken(code: str, value: object, disease: str | None, places: Gazetteer) -> Said | None:
    """A value in words, by the code of what it is a value of; None for a number, a day, and what no table names."""
    match code, value:
        case "came_from", str():
            place = places.division(value)
            return Said(place.name, place.en) if place else None
        case "edition", str():
            try:
                edition = profile(disease or "").edition(value)
            except (NoProfile, NoEdition):
                return None
            return Said(edition.zh, edition.en)
        case "setting", str():
            return next((Said(one.zh, one.en) for one in terms("exposure_setting") if one.code == value), None)
        case "detector", str():
            return next((Said(one.zh, one.en) for one in estimates().detectors if one.code == value), None)
        case "counted", str():
            counted = alarms(value)
            return Said(counted.zh, counted.en) if counted else None
        case _, str():
            words = policy().values.get(value)
            return Said(words.zh, words.en) if words else None
    return None
