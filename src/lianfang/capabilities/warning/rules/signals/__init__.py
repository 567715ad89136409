"""Rules of signals: what was seen, held against dated thresholds. The same picture gives the same findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lianfang.capabilities.warning.rules.signals import cases, counts, groups, others
from lianfang.capabilities.warning.rules.signals.finding import Finding
from lianfang.capabilities.warning.rules.signals.picture import Picture
from lianfang.capabilities.warning.rules.signals.policy import Policy, Rule

RULES: Final[Mapping[str, Callable[[Rule, Picture], Iterator[Finding]]]] = {
    "first_case": cases.first_case,
    "first_local": cases.first_local,
    "cluster": groups.cluster,
    "unknown_source": cases.unknown_source,
    "generation": cases.generation,
    "missing_report": cases.missing_report,
    "missed_person": others.missed_person,
    "growth": counts.growth,
    "market_positive": others.market_positive,
    "aberration": counts.aberration,
    "neighbours": counts.neighbours,
    "syndrome": counts.syndrome,
}
"""Each rule of the policy by its id."""


def findings(seen: Picture, policy: Policy) -> list[Finding]:
    """What the rules in force on the picture's day find, in the order of the policy."""
    return [one for id, rule in policy.on(seen.today).items() for one in RULES[id](rule, seen)]
