"""Rules about cases of a county: the first, the first local one, sources unknown, generations, late reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.contacts.rules.clustering import Dated, densest
from lianfang.capabilities.warning.facts.signal import Evidence
from lianfang.capabilities.warning.rules.signals.finding import WHOLE, Finding, evidence
from lianfang.capabilities.warning.rules.signals.picture import COUNTY, Case, Picture
from lianfang.capabilities.warning.rules.signals.policy import Rule
from lianfang.profiles.disease import NoEdition, NoProfile, profile


def first_case(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """The first confirmed case of each county."""
    yield from _firsts(rule, seen, (one for one in seen.firsts if one.as_class in rule.figures.classes))


def first_local(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """The first of each county that was infected there, as far as anybody determined."""
    figures = rule.figures
    local = (
        one
        for one in seen.firsts
        if one.as_class in figures.classes
        and (one.source in figures.sources or (one.generation or 0) >= figures.generation)
    )
    yield from _firsts(rule, seen, local)


def unknown_source(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Cases of a county, enough of them within so many days, of which nobody knows who infected them."""
    figures, limit = rule.figures, timedelta(hours=rule.figures.undetermined_after_h)

    def unknown(one: Case) -> bool:
        if one.as_class not in figures.classes or one.source is not InfectionSource.UNKNOWN or one.infector:
            return False
        waited = one.confirmed_at is not None and one.confirmed_at + limit <= seen.as_of
        return one.source_at is not None or waited

    for (county, disease), its in of_counties(filter(unknown, seen.cases)).items():
        dated = [Dated(one.subject, one.day(seen.zone)) for one in its]
        window = densest(dated, figures.days)
        if window is None or len(window.cases) < figures.least:
            continue
        within = {case for start in dated if (run := _run(dated, start, figures.days, figures.least)) for case in run}
        members = [one for one in its if one.subject in within]
        communities = {one.stay or one.area for one in members}
        figured = evidence(
            cases=len(window.cases), within_days=figures.days, least=figures.least,
            first_day=window.first.isoformat(), last_day=min(window.last, seen.today).isoformat(),
            communities=len(communities),
        )  # fmt: skip
        yield _of_cases(rule, county, disease, members, figured)


def generation(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Cases of the second generation or later, by county."""
    later = (
        one
        for one in seen.cases
        if one.as_class in rule.figures.classes and (one.generation or 0) >= rule.figures.generation
    )
    for (county, disease), its in of_counties(later).items():
        most = max(one.generation or 0 for one in its)
        yield _of_cases(rule, county, disease, its, evidence(cases=len(its), generation=most))


def missing_report(rule: Rule, seen: Picture) -> Iterator[Finding]:
    """Events that nobody has reported, and cases that were reported later than their edition allows."""
    for event in seen.events:
        overdue = (seen.as_of - event.due).total_seconds() / 3600
        figured = evidence(late=1, allowed_h=event.allowed_h, longest_h=round(overdue, 1))
        yield Finding(
            rule.id,
            rule.version,
            event.area[:COUNTY],
            event.disease,
            "event",
            (str(event.case),),
            (event.case,),
            figured,
        )
    since = seen.as_of - timedelta(days=rule.figures.late_days)
    late = defaultdict[tuple[str, str], list[tuple[Case, float, float]]](list)
    for one in seen.cases:
        allowed = allowed_h(one)
        took = (one.received_at - one.reported_at).total_seconds() / 3600
        if not one.listed and since <= one.received_at <= seen.as_of and allowed is not None and took > allowed:
            late[one.county, one.disease].append((one, took - allowed, allowed))
    for (county, disease), told in late.items():
        its = [one for one, _, _ in told]
        figured = evidence(
            late=len(its), allowed_h=max(h for _, _, h in told), longest_h=round(max(over for _, over, _ in told), 1)
        )
        yield _of_cases(rule, county, disease, its, figured, key="late")


def allowed_h(case: Case) -> float | None:
    """The hours from the diagnosis to the report that the case's edition allows; None where it sets none."""
    try:
        clocks = profile(case.disease).edition(case.edition).clocks
    except (NoProfile, NoEdition):
        return None
    return clocks.report_h if clocks else None


def of_counties(cases: Iterable[Case]) -> dict[tuple[str, str], list[Case]]:
    """Cases by county and disease, in the order in which they were reported."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for one in sorted(cases, key=lambda one: (one.reported_at, one.subject)):
        found[one.county, one.disease].append(one)
    return found


def _firsts(rule: Rule, seen: Picture, cases: Iterable[Case]) -> Iterator[Finding]:
    """The earliest of some cases in each county, with the widest division around of which it is the earliest too."""
    earliest: dict[tuple[str, str], Case] = {}
    for one in sorted(cases, key=lambda one: (one.confirmed_at or one.reported_at, one.subject)):
        for area, _ in seen.around(one.county):
            earliest.setdefault((area, one.disease), one)
    for (county, disease), first in earliest.items():
        if county != first.county:
            continue
        widest = [level for area, level in seen.around(county) if earliest[area, disease] is first][-1]
        at = first.confirmed_at or first.reported_at
        figured = evidence(
            confirmed_on=at.astimezone(seen.zone).date().isoformat(),
            first_of=widest,
            source_of_infection=first.source.value,
            came_from=(first.came_from or "")[:COUNTY] or None,
            generation=first.generation,
        )
        yield _of_cases(rule, county, disease, [first], figured)


def _run(dated: list[Dated], start: Dated, days: int, least: int) -> list[UUID]:
    """The cases of the window that begins with one, where there are enough."""
    run = [one.case for one in dated if start.day <= one.day <= start.day + timedelta(days - 1)]
    return run if len(run) >= least else []


def _of_cases(
    rule: Rule, county: str, disease: str, cases: list[Case], figured: tuple[Evidence, ...], *, key: str = WHOLE
) -> Finding:
    ids = tuple(one.subject for one in cases)
    return Finding(rule.id, rule.version, county, disease, key, tuple(str(one) for one in ids), ids, figured)
