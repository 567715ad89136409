"""Clusters that are to be reported as events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.facts import Linked
from lianfang.capabilities.contacts.models import ClusterRow, Edge, ExposureRow, Node
from lianfang.capabilities.contacts.rules.clustering import Tied, counting_classes, formed, rule_on
from lianfang.capabilities.contacts.rules.duties import cluster_duty
from lianfang.capabilities.contacts.state.contact import day_of, edition_of
from lianfang.capabilities.tasks.queries import among, tuples
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import folding_order

TASKS: Final = "tasks.read"
Tie = tuple[UUID, UUID, datetime]


class _Case(NamedTuple):
    subject: UUID
    area: str
    author: str
    person: UUID
    disease: str
    as_class: str
    reported_at: datetime
    classified_at: datetime
    onset_earliest: date | None
    component: UUID

    @property
    def day(self) -> date:
        return self.onset_earliest or day_of(self.reported_at)


def reached(viewer: Viewer, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of the divisions of the viewer's tasks. Within ``seeing``."""
    return rows if scope(viewer, TASKS) is Scope.ALL else in_range(viewer, rows)


def cluster_duties(viewer: Viewer, of: Collection[UUID] | None, until: datetime) -> Iterator[Obligation]:
    """The reports of clusters that are known before ``until``; ``of`` narrows to these cases. A cluster is that of the
    division whose case made it one: of others' nothing is told. Within ``seeing``."""
    nodes, named = reached(viewer, Node.objects.all()), reached(viewer, ClusterRow.objects.all())
    ids = None if of is None else list(of)
    tied = nodes.filter(size__gt=1) if ids is None else nodes.filter(size__gt=1, subject__in=ids)
    components = set(tied.values_list("component", flat=True))
    told = list(named if ids is None else named.filter(cases__overlap=ids))
    if not components and not told:
        return
    members = {case for one in told for case in one.cases}
    mine = nodes if ids is None else nodes.filter(subject__in=ids)
    with seeing_all():  # a chain leads into other divisions
        rows = Node.objects.filter(Q(component__in=among(components)) | Q(subject__in=among(members)))
        cases = [_Case(*row) for row in tuples(rows.exclude(as_class=Class.EXCLUDED), *_Case._fields)]
        of_component: dict[UUID, list[_Case]] = defaultdict(list)
        for one in cases:
            of_component[one.component].append(one)
        ties = links_since({one.subject for one in cases if one.component in components})
    known = {one.subject: one for one in cases}
    groups = [(its, ties) for component, its in of_component.items() if component in components]
    groups += [_named(row, [known[case] for case in row.cases if case in known]) for row in told]
    duties = [duty for group in groups if (duty := _duty(*group)) is not None and duty.begins < until]
    seen = set(mine.filter(subject__in=[one.subject for one in duties]).values_list("subject", flat=True))
    yield from (one for one in duties if one.subject in seen)


def _named(row: ClusterRow, its: Sequence[_Case]) -> tuple[Sequence[_Case], list[Tie]]:
    """Whoever somebody found to belong together is tied since then, one to the next."""
    ordered = sorted(its, key=lambda one: (one.classified_at, one.subject))
    return ordered, [(one.subject, other.subject, row.named_at) for one, other in pairwise(ordered)]


def links_since(cases: Collection[UUID]) -> list[Tie]:
    """The links between cases, each since it was told first. Within ``seeing_all``."""
    edges = tuples(Edge.objects.filter(subject__in=among(cases)), "infector", "subject", "fact_id", "determined")
    exposures = [fact for _, _, fact, determined in edges if not determined]
    exposed = dict(ExposureRow.objects.filter(fact_id__in=among(exposures)).values_list("fact_id", "at"))
    linked: dict[tuple[UUID, UUID], datetime] = {}
    if infectees := {infectee for _, infectee, _, determined in edges if determined}:
        for entry in log.read(kinds=[Linked.kind], subjects=infectees):
            assert isinstance(entry.fact.data, Linked)
            pair, at = (entry.fact.data.infector, entry.fact.subject), folding_order(entry.fact)[0]
            linked[pair] = min(linked.get(pair, at), at)
    found = (
        (infector, infectee, linked.get((infector, infectee)) if determined else exposed.get(fact))
        for infector, infectee, fact, determined in edges
    )
    return [(one, other, at) for one, other, at in found if at is not None]


def _duty(cases: Iterable[_Case], ties: Iterable[Tie]) -> Obligation | None:
    """The report of a group, where it is a cluster by the rule in force when its last case fell ill, and the edition
    asks for a report."""
    its = {one.subject: one for one in cases}
    last = max(its.values(), key=lambda one: (one.day, one.subject), default=None)
    rule, code = rule_on(last.disease, last.area, last.day) if last else (None, "")
    edition = edition_of(last.disease, code) if last else None
    hours = edition.clocks.event_h if edition and edition.clocks else None
    if rule is None or hours is None:
        return None
    classes = counting_classes(rule)
    tied = [Tied(one.subject, one.day, one.classified_at, one.as_class in classes) for one in its.values()]
    found = formed(tied, ties, rule)
    if found is None:
        return None
    case = its[found.case]
    return cluster_duty(case.subject, case.area, case.author, case.person, found.at, hours)
