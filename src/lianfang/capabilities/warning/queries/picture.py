"""What the rules of signals look at, read from the registers as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr, TruncDate

from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.models import CaseRow, zone
from lianfang.capabilities.contacts.models import ClusterRow, Edge, Node
from lianfang.capabilities.contacts.queries.duties import missed as missed_contacts
from lianfang.capabilities.contacts.queries.events import links_since
from lianfang.capabilities.screening.queries.duties import missed as missed_arrivals
from lianfang.capabilities.tasks.facts import task_id
from lianfang.capabilities.tasks.models import TaskRow
from lianfang.capabilities.tasks.queries import tuples
from lianfang.capabilities.warning.models import EnvironmentSampleRow
from lianfang.capabilities.warning.queries.alarms import alarmed as alarms_of_others
from lianfang.capabilities.warning.queries.series import alarmed
from lianfang.capabilities.warning.rules.signals.picture import (
    COUNTY,
    Alarm,
    Case,
    Event,
    Group,
    Missed,
    Picture,
    Positive,
    Sum,
)
from lianfang.capabilities.warning.rules.signals.policy import Policy
from lianfang.facts.refold import among
from lianfang.places.queries import current_gazetteer
from lianfang.places.spans import END
from lianfang.profiles.disease import NoEdition, NoProfile, profile

_COLUMNS: Final = (
    "subject", "area", "disease", "edition", "to", "source", "source_at", "came_from", "onset_earliest", "reported_at",
    "received_at", "confirmed_at", "stay", "batch",
)  # fmt: skip
EVENT: Final = "case.event"
PROVINCE: Final = 2
"""Digits of a province's code."""


def picture(as_of: datetime, policy: Policy, counties: Collection[str] | None = None) -> Picture:
    """The picture of every division at ``as_of``, as the transaction sees the registers; or of some counties, with the
    cases elsewhere that cases of theirs are tied to, and without alarms. Of an earlier time, what was decided of a case
    since is left out; links between cases are those of now. Within ``seeing_all``."""
    since = as_of - timedelta(days=policy.look_back_days)
    lately = CaseRow.objects.filter(reported_at__gt=since, reported_at__lte=as_of).exclude(to=Class.EXCLUDED)
    cases = _cases(lately.filter(_within(counties)), as_of)
    if counties is not None:
        known = {one.subject for one in cases}
        cases += _cases(lately.filter(subject__in=among(_tied(known) - known)), as_of)
    firsts = _cases(_firsts(as_of, policy, counties), as_of)
    decided = tuple(_decided(as_of, policy, counties))
    told = (since.date(), as_of.date())
    alarms = alarmed(*told) if counties is None else ()
    watched = tuple(alarms_of_others(*told)) if counties is None else ()
    return Picture(
        as_of=as_of,
        cases=tuple(cases),
        firsts=tuple(firsts),
        groups=tuple(_groups({one.subject for one in cases})),
        events=tuple(_events(firsts, as_of)),
        missed=tuple(one for one in _missed(as_of, _within(counties)) if one.since > since),
        positives=tuple(_positives(since, as_of)),
        alarms=tuple(Alarm(*one) for one in alarms),
        watched=watched,
        decided=decided,
        above=_above(
            {one.county for one in (*cases, *firsts, *decided)} | {its for one in watched for its in one.alarm.places}
        ),
        zone=zone(),
    )


def _missed(as_of: datetime, of: Q) -> Iterable[Missed]:
    for contact, at in missed_contacts(as_of, of):
        yield Missed(contact.subject, contact.area, contact.disease, at)
    for arrival, area, at in missed_arrivals(as_of, of):
        yield Missed(arrival, area, None, at)


def _within(areas: Collection[str] | None) -> Q:
    """Rows of these divisions and below, by the beginning of their codes; all for None."""
    if areas is None:
        return Q()
    found = Q(pk__in=[])
    for code in areas:
        found |= Q(area__bytes_from=code, area__bytes_before=code + END)
    return found


def _tied(cases: set[UUID]) -> set[UUID]:
    """The cases that some belong together with, those included."""
    components = Node.objects.filter(subject__in=among(cases), size__gt=1).values_list("component", flat=True)
    found = set(Node.objects.filter(component__in=among(set(components))).values_list("subject", flat=True))
    for (members,) in tuples(ClusterRow.objects.all(), "cases"):
        if not found.isdisjoint(members) or not cases.isdisjoint(members):
            found |= set(members)
    return found | set(cases)


def _cases(rows: QuerySet[CaseRow], as_of: datetime) -> list[Case]:
    told = list(tuples(rows, *_COLUMNS))
    ids = {row[0] for row in told}
    nodes = Node.objects.filter(subject__in=among(ids))
    chains = {subject: its for subject, *its in tuples(nodes, "subject", "generation", "classified_at")}
    infected = set(Edge.objects.filter(subject__in=among(ids)).values_list("subject", flat=True))
    found = []
    for subject, area, disease, edition, to, source, *rest, stay, batch in told:
        generation, classified_at = chains.get(subject, (None, None))
        one = Case(
            subject, area, disease, edition, Class(to), InfectionSource(source), *rest, stay, batch is not None,
            generation, subject in infected, classified_at,
        )  # fmt: skip
        found.append(_then(one, as_of))
    return found


def _then(one: Case, as_of: datetime) -> Case:
    """A case without what was decided of it after a time."""
    if one.classified_at is not None and one.classified_at > as_of:
        one = one._replace(as_class=Class.SUSPECTED, classified_at=None)
    if one.confirmed_at is not None and one.confirmed_at > as_of:
        one = one._replace(as_class=Class.SUSPECTED, confirmed_at=None)
    if one.source_at is not None and one.source_at > as_of:
        one = one._replace(source=InfectionSource.UNKNOWN, source_at=None, came_from=None)
    return one


def _decided(as_of: datetime, policy: Policy, counties: Collection[str] | None) -> Iterable[Sum]:
    """The cases of each county by the day of the decision, on the days that growth is told of; of the provinces of some
    counties, for their sums are theirs too."""
    figures = policy.on(as_of.astimezone(zone()).date())["growth"].figures
    since = as_of - timedelta(days=2 * figures.days + 1)
    rows = CaseRow.objects.filter(_within(_provinces(counties)), to__in=figures.classes)
    rows = rows.filter(counted_at__gt=since, counted_at__lte=as_of)
    by_day = rows.annotate(county=Substr("area", 1, COUNTY), day=TruncDate("counted_at", tzinfo=zone()))
    return (Sum(*row) for row in by_day.values_list("county", "disease", "day").annotate(n=Count("subject")))


def _provinces(counties: Collection[str] | None) -> set[str] | None:
    return None if counties is None else {code[:PROVINCE] for code in counties}


def _firsts(as_of: datetime, policy: Policy, counties: Collection[str] | None) -> QuerySet[CaseRow]:
    """The earliest confirmed case of each county and disease, and the earliest that was infected there; of the
    provinces of some counties, for a county's first may be its province's."""
    confirmed = CaseRow.objects.filter(_within(_provinces(counties)), to=Class.CONFIRMED, confirmed_at__lte=as_of)
    local = policy.on(as_of.astimezone(zone()).date())["first_local"].figures
    later = Node.objects.filter(generation__gte=local.generation).values("subject")
    infected_there = confirmed.filter(Q(source__in=local.sources) | Q(subject__in=later))
    ids = {one for rows in (confirmed, infected_there) for one in _earliest(rows)}
    return CaseRow.objects.filter(subject__in=among(ids))


def _earliest(rows: QuerySet[CaseRow]) -> list[UUID]:
    order = ("county", "disease", "confirmed_at", "subject")
    found = rows.annotate(county=Substr("area", 1, COUNTY)).order_by(*order).distinct("county", "disease")
    return [row[-1] for row in found.values_list(*order)]


def _groups(cases: Collection[UUID]) -> Iterable[Group]:
    """Those of the cases that links tie together, and the groups that somebody named."""
    of_component: dict[UUID, list[UUID]] = defaultdict(list)
    tied = Node.objects.filter(size__gt=1, subject__in=among(cases)).exclude(as_class=Class.EXCLUDED)
    for subject, component in tuples(tied, "subject", "component"):
        of_component[component].append(subject)
    ties: dict[UUID, list[tuple[UUID, UUID, datetime]]] = defaultdict(list)
    component_of = {one: component for component, its in of_component.items() for one in its}
    for one, other, at in links_since(set(component_of)):
        if other in component_of:
            ties[component_of[other]].append((one, other, at))
    for component, its in of_component.items():
        yield Group(tuple(sorted(its)), tuple(ties[component]))
    for members, setting, at in tuples(ClusterRow.objects.all(), "cases", "setting", "named_at"):
        known = sorted(one for one in members if one in cases)
        yield Group(tuple(known), tuple((one, other, at) for one, other in pairwise(known)), setting)


def _positives(since: datetime, as_of: datetime) -> Iterable[Positive]:
    """The samples of markets that were found positive in these days."""
    rows = EnvironmentSampleRow.objects.filter(result="positive", result_at__gt=since, result_at__lte=as_of)
    return (Positive(*row) for row in tuples(rows, "id", "subject", "area", "disease", "sampled_at", "result_at"))


def _events(firsts: Iterable[Case], as_of: datetime) -> Iterable[Event]:
    """The reports of counties' first confirmed cases that are overdue. Whoever made one says so by hand."""
    due = {}
    earliest: dict[tuple[str, str], Case] = {}
    for one in sorted(firsts, key=lambda one: (one.confirmed_at or one.reported_at, one.subject)):
        earliest.setdefault((one.county, one.disease), one)
    for one in earliest.values():
        hours = _event_h(one.disease, one.edition)
        if hours is not None and one.confirmed_at is not None and not one.listed:
            until = one.confirmed_at + timedelta(hours=hours)
            if until < as_of:
                due[task_id(EVENT, one.subject, "")] = Event(one.subject, one.area, one.disease, until, hours)
    done = TaskRow.objects.filter(subject__in=among(due), done_at__lte=as_of).values_list("subject", flat=True)
    for task in due.keys() - set(done):
        yield due[task]


@cache
def _event_h(disease: str, edition: str) -> float | None:
    try:
        clocks = profile(disease).edition(edition).clocks
    except (NoProfile, NoEdition):
        return None
    return clocks.event_h if clocks else None


def _above(counties: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The divisions above each county but the country, nearest first, each with its level."""
    gazetteer = current_gazetteer()

    def above(county: str) -> Iterable[tuple[str, str]]:
        for code in gazetteer.ancestors(county):
            division = gazetteer.division(code)
            if division is not None and division.level != "country":
                yield code, division.level

    return {county: tuple(above(county)) for county in counties}
