"""Rules about numbers: growth of the cases of a division, and what detectors have found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from lianfang.capabilities.warning.rules.signals.finding import WHOLE, Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import Picture
from lianfang.capabilities.warning.rules.signals.policy import Rule


def growth(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Divisions with many more confirmed cases in the last whole days than in as many before, by the day of the
    decision. A week with none before it has no ratio."""
    if not seen.whole:
        return
    figures, last = rule.figures, seen.today - timedelta(1)
    this, before = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in seen.cases:
        if one.as_class not in figures.classes:
            continue
        day = (one.confirmed_at or one.classified_at or one.reported_at).astimezone(seen.zone).date()
        ago = (last - day).days
        week = this if 0 <= ago < figures.days else before if figures.days <= ago < 2 * figures.days else None
        if week is not None:
            for area, level in seen.around(one.county):
                if level in figures.levels:
                    week[area, one.disease] += 1
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
