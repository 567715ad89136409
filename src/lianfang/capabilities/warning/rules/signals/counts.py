"""Rules about numbers: growth of the cases of a division, what detectors have found, in a division and across
neighbouring ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from lianfang.capabilities.warning.rules.alarms import Excess
from lianfang.capabilities.warning.rules.signals.finding import WHOLE, Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import Picture, Watched
from lianfang.capabilities.warning.rules.signals.policy import Rule

SCAN, CLINIC, CHECKPOINT = "scan", "clinic", "checkpoint"
"""Where alarms besides those of cases come from (``policy/alarms.toml``)."""
COUNTRY: Final = "100000"


def growth(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Divisions with many more confirmed cases in the last whole days than in as many before, by the day of the
    decision. A week with none before it has no ratio."""
    figures, last = rule.figures, seen.today - timedelta(1)
    this, before = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in seen.decided:
        ago = (last - one.day).days
        week = this if 0 <= ago < figures.days else before if figures.days <= ago < 2 * figures.days else None
        if week is not None:
            for area, level in seen.around(one.county):
                if level in figures.levels:
                    week[area, one.disease] += one.n
    for (area, disease), n in sorted(this.items()):
        was = before[area, disease]
        if n >= figures.least and n >= figures.ratio * was:
            figured = evidence(
                this_week=n, week_before=was, ratio=round(n / was, 2) if was else None, least=figures.least,
                least_ratio=figures.ratio, last_day=last.isoformat(),
            )  # fmt: skip
            yield Finding(rule.id, rule.version, area, disease, WHOLE, (last.isoformat(),), (), figured)


def aberration(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """What detectors have found in the last days, by area and detector."""
    since = seen.today - timedelta(rule.figures.days)
    for one in sorted(seen.alarms, key=lambda one: one[:4]):
        if one.day >= since:
            figured = evidence(
                detector=one.detector, last_day=one.day.isoformat(), observed=one.observed,
                expected=one.expected, upper=one.upper,
            )  # fmt: skip
            day = (one.day.isoformat(),)
            yield Finding(rule.id, rule.version, one.area, one.disease, one.detector, day, (), figured)


def neighbours(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Clusters of cases across neighbouring counties in the last days: a signal of the smallest division that holds
    them, and of the county in the middle."""
    for its, one in _lately(rule, seen, SCAN):
        codes = [code for code, _ in seen.around(one.places[0])]
        held = [{code for code, _ in seen.around(place)} for place in one.places]
        area = next((code for code in codes if all(code in around for around in held)), COUNTRY)
        figured = evidence(
            observed=one.observed, expected=one.expected, first_day=one.since.isoformat(),
            last_day=one.day.isoformat(), counties=len(one.places), recurs_days=one.recurs_days,
        )  # fmt: skip
        triggers = tuple(f"{place}.{one.day.isoformat()}" for place in sorted(one.places))
        yield Finding(rule.id, rule.version, area, its.disease, one.places[0], triggers, (), figured)


def syndrome(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """More people with symptoms than expected in the last days, at fever clinics or checkpoints: of whatever disease,
    before anything is diagnosed."""
    for its, one in _lately(rule, seen, CLINIC, CHECKPOINT):
        figured = evidence(
            counted=its.source, detector=one.detector, last_day=one.day.isoformat(), observed=one.observed,
            expected=one.expected, upper=one.upper,
        )  # fmt: skip
        key = f"{its.source}.{one.detector}"
        yield Finding(rule.id, rule.version, one.area, its.disease, key, (one.day.isoformat(),), (), figured)


def _lately(rule: Rule, seen: Picture, *sources: str) -> Iterator[tuple[Watched, Excess]]:
    since = seen.today - timedelta(rule.figures.days)
    for one in sorted(seen.watched, key=_order):
        if one.source in sources and one.alarm.day >= since:
            yield one, one.alarm


def _order(one: Watched) -> tuple[str, str, str, date]:
    return one.source, one.alarm.area, one.alarm.detector, one.alarm.day
