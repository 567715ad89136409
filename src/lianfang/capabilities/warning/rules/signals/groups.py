"""The rule of clusters: cases that belong together, by the edition in force when the last of them fell ill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from lianfang.capabilities.contacts.rules.clustering import Dated, Tied, counting_classes, densest, formed, rule_on
from lianfang.capabilities.warning.rules.signals.finding import Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import Case, Group, Picture
from lianfang.capabilities.warning.rules.signals.policy import Rule


def cluster(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Each group that is a cluster, in the county of the case that made it one; that case is the signal's key, which
    does not change when the group grows. Cases that belong to several groups raise each."""
    known = {one.subject: one for one in seen.cases}
    found: dict[UUID, Finding] = {}
    for group in seen.groups:
        one = _cluster(rule, seen, group, known)
        if one is not None:
            held = found.get(one.signal)
            found[one.signal] = one if held is None or len(one.triggers) > len(held.triggers) else held
    yield from found.values()


def _cluster(rule: Rule, seen: Picture, group: Group, known: Mapping[UUID, Case]) -> Finding | None:
    cases = [known[one] for one in group.cases if one in known]
    last = max(cases, key=lambda one: (one.day(seen.zone), one.subject), default=None)
    if last is None:
        return None
    its, edition = rule_on(last.disease, last.area, last.day(seen.zone))
    if its is None:
        return None
    counting = counting_classes(its)
    tied = [
        Tied(one.subject, one.day(seen.zone), one.classified_at or one.reported_at, one.as_class in counting)
        for one in cases
    ]
    made = formed(tied, group.ties, its)
    if made is None:
        return None
    counted = sorted((one for one in tied if one.counts), key=lambda one: (one.since, one.case))
    window = densest((Dated(one.case, one.day) for one in counted), its.days)
    assert window is not None  # a cluster has formed
    ids = tuple(one.case for one in counted)
    figured = evidence(
        cases=len(window.cases), within_days=its.days, least=its.least, first_day=window.first.isoformat(),
        last_day=min(window.last, seen.today).isoformat(), edition=edition, setting=group.setting,
    )  # fmt: skip
    key = known[made.case]
    return Finding(
        rule.id, rule.version, key.county, key.disease, str(made.case), tuple(str(one) for one in ids), ids, figured
    )
