"""Rules about who was not found and what was found elsewhere: people whom nobody has met, samples of markets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from lianfang.capabilities.warning.rules.signals.finding import WHOLE, Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import COUNTY, Missed, Picture, Positive
from lianfang.capabilities.warning.rules.signals.policy import Rule


def missed_person(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Contacts, and people on manifests, whom nobody has met in the hours allowed: a signal of each for a county."""
    found: dict[tuple[str, str | None], list[Missed]] = defaultdict(list)
    for one in sorted(seen.missed, key=lambda one: (one.since, one.subject)):
        found[one.area[:COUNTY], one.disease].append(one)
    for (county, disease), its in found.items():
        ids = tuple(one.subject for one in its)
        overdue = (seen.as_of - its[0].since).total_seconds() / 3600
        yield Finding(
            rule.id, rule.version, county, disease, WHOLE, tuple(str(one) for one in ids), ids,
            evidence(late=len(its), longest_h=round(overdue, 1)),
        )  # fmt: skip


def market_positive(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Markets of which a sample of the surroundings was positive: a signal each."""
    found: dict[tuple[UUID, str, str], list[Positive]] = defaultdict(list)
    for one in sorted(seen.positives, key=lambda one: (one.result_at, one.sample)):
        found[one.market, one.area, one.disease].append(one)
    for (market, area, disease), its in found.items():
        ids = tuple(one.sample for one in its)
        sampled = max(one.sampled_at for one in its).astimezone(seen.zone).date()
        yield Finding(
            rule.id, rule.version, area[:COUNTY], disease, str(market), tuple(str(one) for one in ids), ids,
            evidence(samples=len(its), sampled_on=sampled.isoformat()),
        )  # fmt: skip
