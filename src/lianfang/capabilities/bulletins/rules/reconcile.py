"""Checks a notice against itself, the one before it, its other printings and the register. Explains, never repairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lianfang.capabilities.bulletins.facts import BulletinRecord, Count
from lianfang.capabilities.bulletins.rules import agree, between, within
from lianfang.capabilities.bulletins.rules.check import (
    Check,
    Identity,
    Interval,
    Severity,
    State,
    Term,
    identities,
    interval,
    not_applicable,
    stock_metrics,
)
from lianfang.places.gazetteer import Gazetteer

__all__ = [
    "Check",
    "Identity",
    "Interval",
    "Severity",
    "State",
    "Term",
    "check",
    "identities",
    "interval",
    "previous_of",
]


def check(
    record: BulletinRecord,
    *,
    previous: BulletinRecord | None = None,
    others: Sequence[BulletinRecord] = (),
    headlines: Sequence[Count] = (),
    ledger: Mapping[str, int] | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Check, ...]:
    """ID1 to ID13, in order; an identity that the notice has no numbers for is one check ``not_applicable``.

    ``previous`` as chosen by :func:`previous_of`; ``others`` are further records of any notices, of which those of
    the same area and cut-off are compared; ``headlines`` are the numbers of its headline; ``ledger`` maps metric to the
    register's count at the cut-off; with a ``gazetteer`` the English names places in English.
    """
    checks = (
        *within.sum_of_areas(record),
        *between.growth(record, previous),
        *within.existing(record),
        *between.suspected_balance(record, previous),
        *within.sum_of_new(record),
        *_or_none("ID6", [*within.contacts(record), *between.observation_balance(record, previous)]),
        *_or_none("ID7", [*between.severe_change(record, previous), *within.severity_bounds(record)]),
        *within.areas_affected(record),
        *within.wording_of_source(record, ledger),
        *between.never_falls(record, previous),
        *agree.printings(record, others, headlines),
        *within.units(record),
        *within.register(record, ledger),
    )
    if gazetteer is None:
        return checks
    names = _english_names(gazetteer, record, *([previous] if previous is not None else []), *others)
    return tuple(_in_english(c, names) for c in checks)


def _english_names(gazetteer: Gazetteer, *records: BulletinRecord) -> dict[str, str]:
    """The English name of each division, by its name in the notices."""
    names = {}
    for area in (a for r in records for top in r.by_area for a in top.walk()):
        division = gazetteer.division(area.code) if area.code is not None else None
        if division is not None and division.en:
            names[area.name] = division.en
    return names


def _in_english(one: Check, names: Mapping[str, str]) -> Check:
    """The check with place names in English in its English sentence and labels, longest names first."""
    if not names or (one.en.isascii() and all(t.label_en.isascii() for t in one.numbers)):
        return one
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))

    def english(text: str) -> str:
        return pattern.sub(lambda found: names[found.group()], text)

    numbers = tuple(t.model_copy(update={"label_en": english(t.label_en)}) for t in one.numbers)
    return one.model_copy(update={"en": english(one.en), "numbers": numbers})


def _or_none(identity_id: str, checks: list[Check]) -> list[Check]:
    missing = {
        "ID6": ("通报没有成套的密切接触者数字。", "The notice has no complete set of contact numbers."),
        "ID7": ("通报没有可以对照的重症数字。", "The notice has no number of severe cases to compare."),
    }
    return checks or [not_applicable(identities()[identity_id], *missing[identity_id])]


def previous_of(record: BulletinRecord, candidates: Iterable[BulletinRecord]) -> BulletinRecord | None:
    """The notice to compare with: of the same area and disease, earlier, with a stock in common.

    One whose cut-off is where this one's window begins is preferred, as its flows then join on; else the latest. Of
    several with one cut-off, that with most stocks in common, then the lowest bulletin id.
    """
    if record.as_of is None:
        return None
    start = record.window.start if record.window is not None else None
    stocks = stock_metrics(record)

    def order(other: BulletinRecord) -> tuple[bool, float, int, str]:
        moment = other.as_of.timestamp() if other.as_of is not None else 0.0
        return (other.as_of != start, -moment, -len(stocks & stock_metrics(other)), other.bulletin_id)

    earlier = [
        c
        for c in candidates
        if c.area_code == record.area_code
        and c.disease == record.disease
        and c.as_of is not None
        and c.as_of < record.as_of
        and stocks & stock_metrics(c)
    ]
    return min(earlier, key=order, default=None)
