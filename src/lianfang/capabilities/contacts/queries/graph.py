"""Who infected whom: the graph of an area, what in it asks for a second look, its clusters and its alerts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.contacts.models import Alert, ClusterRow, Edge, Node
from lianfang.capabilities.contacts.models.chains import tied
from lianfang.capabilities.contacts.queries.lists import READ, in_area, in_order
from lianfang.capabilities.contacts.rules.checking import Check, Fell, Link, checks
from lianfang.capabilities.contacts.rules.clustering import (
    Dated,
    Window,
    counting_classes,
    densest,
    is_cluster,
    rule_on,
)
from lianfang.capabilities.contacts.rules.generations import Infections, Seen, place
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.capabilities.contacts.state.contact import day_of, edition_of
from lianfang.profiles.disease.parts import ClusterRule

MOST: Final = 10_000
"""Cases of one graph."""


class Graph(NamedTuple):
    """The cases that were reported in an area within some days, and the links to and from them. ``others`` are cases of
    other places or times that they are linked to: of those only where they stand is told."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    others: tuple[UUID, ...]
    checks: tuple[Check, ...]
    circular: frozenset[UUID]
    """The facts whose links lie on a circle: which of them is wrong, somebody has to say."""
    more: bool
    """Whether there are more cases than one graph shows: the earliest are shown."""


class Cluster(NamedTuple):
    """Cases that belong together: ``named`` where somebody found so, else tied by links. ``window`` are the days with
    most of them; ``rule`` the edition's, ``holds`` whether it is a cluster by it (None: no rule)."""

    id: UUID
    named: bool
    area: str
    disease: str
    setting: str | None
    linked: bool
    cases: tuple[UUID, ...]
    edition: str
    window: Window | None
    rule: ClusterRule | None
    holds: bool | None


def nodes_of(viewer: Viewer) -> QuerySet[Node]:
    """The cases of chains that the viewer may see."""
    return visible(viewer, READ, Node.objects.all(), own=Q(author__in=own_work(viewer).authors), subject="person")


def graph(
    viewer: Viewer,
    area: str,
    *,
    disease: str | None = None,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> Graph:
    """The graph of an area. Raises Forbidden, Refused."""
    in_order(begins, ends)
    with seeing(viewer, READ):
        rows = nodes_of(viewer).filter(in_area(area))
        rows = rows.filter(disease=disease) if disease else rows
        rows = rows.filter(reported_at__gte=begins) if begins else rows
        rows = rows.filter(reported_at__lt=ends) if ends else rows
        found = list(rows.order_by("reported_at", "subject")[: MOST + 1])
    nodes, more = found[:MOST], len(found) > MOST
    ids = {node.subject for node in nodes}
    with seeing_all():  # links lead out of an area: of whom they name, nothing but the id is told
        edges = list(Edge.objects.filter(Q(subject__in=ids) | Q(infector__in=ids)).order_by("subject", "infector"))
        ends_ = {one for edge in edges for one in (edge.subject, edge.infector)}
        told = Node.objects.filter(subject__in=ends_).values_list("subject", "circular", "source")
        known = {subject for subject, _, _ in told} | ids
        circular = _on_circles(told, edges)
    others = tuple(sorted(ends_ - ids))
    return Graph(tuple(nodes), tuple(edges), others, tuple(_checks(nodes, edges, known)), circular, more)


def _on_circles(ends: Iterable[tuple[UUID, bool, str | None]], edges: Sequence[Edge]) -> frozenset[UUID]:
    """The facts of those links that lie on a circle: one of cases that stand nowhere for it, or one that leads to an
    imported case, which generations pass over. ``ends``: the links' cases, whether each is on a circle, and its source.
    Within ``seeing_all``."""
    its = list(ends)
    imported = [one for one, _, source in its if source == InfectionSource.IMPORTED]
    start = {one for one, circular, _ in its if circular}
    start |= set(Edge.objects.filter(subject__in=imported).values_list("subject", flat=True)) if imported else set()
    if not start:
        return frozenset()
    links = tied(start)[1]
    placed, infections = place({}, links).placed, Infections(links)
    on = {one for one, its in placed.items() if its.circular}
    near = (edge for edge in edges if edge.subject in on and edge.infector in on)
    return frozenset(edge.fact_id for edge in near if infections.path(edge.subject, edge.infector))


def _checks(nodes: Sequence[Node], edges: Sequence[Edge], known: Collection[UUID]) -> list[Check]:
    links = [Link(edge.infector, edge.subject) for edge in edges]
    cases = {
        node.subject: Fell(node.onset_earliest, node.onset_latest, node.source == InfectionSource.IMPORTED)
        for node in nodes
        if node.as_class != Class.EXCLUDED
    }
    seen = {node.subject: Seen(node.as_class, node.source) for node in nodes}
    cycles = place(seen, links).cycles if any(node.circular for node in nodes) else ()
    longest = max((_incubation(node) or 0 for node in nodes), default=0)
    gap = longest * policy().chains.gap_incubations or None
    return checks(cases, links, known, cycles, gap)


def _incubation(node: Node) -> int | None:
    edition = edition_of(node.disease, node.edition)
    return edition.incubation_most_days if edition else None


def clusters(
    viewer: Viewer, area: str, *, disease: str | None = None, on: date | None = None, least: int = 2
) -> list[Cluster]:
    """Groups of at least so many cases that somebody named or that links tie together, the largest first, each held
    against the rule of the edition in force on a day (by default that of its last case). Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = nodes_of(viewer).filter(in_area(area))
        linked = rows.filter(size__gte=max(2, least))
        named = visible(viewer, READ, ClusterRow.objects.filter(in_area(area)))
        named = named.filter(disease=disease) if disease else named
        found = list(named.order_by("named_at", "subject"))
        ids = {case for one in found for case in one.cases}
        cases = {node.subject: node for node in [*(linked.filter(disease=disease) if disease else linked),
                                                 *nodes_of(viewer).filter(subject__in=ids)]}  # fmt: skip
    groups = [_cluster(one.subject, one, [cases[case] for case in one.cases if case in cases], on) for one in found]
    components: dict[UUID, list[Node]] = {}
    for node in cases.values():
        if node.size > 1 and node.as_class != Class.EXCLUDED:
            components.setdefault(node.component, []).append(node)
    groups += [_cluster(id, None, its, on) for id, its in components.items()]
    return sorted((one for one in groups if len(one.cases) >= least), key=lambda one: (-len(one.cases), one.id))


def _cluster(id: UUID, row: ClusterRow | None, nodes: Sequence[Node], on: date | None) -> Cluster:
    first = nodes[0] if nodes else None
    disease, area = (row.disease, row.area) if row else (first.disease, first.area) if first else ("", "")
    day = on or max((_day(node) for node in nodes), default=None)
    rule, edition = rule_on(disease, area, day)
    classes = counting_classes(rule)
    dated = [Dated(node.subject, _day(node)) for node in nodes if node.as_class in classes]
    window = densest(dated, rule.days) if rule else None
    return Cluster(
        id, row is not None, area, disease, row.setting if row else None, row.linked if row else True,
        tuple(sorted(node.subject for node in nodes)), edition, window, rule, is_cluster(window, rule),
    )  # fmt: skip


def _day(node: Node) -> date:
    return node.onset_earliest or day_of(node.reported_at)


def alerts(viewer: Viewer, area: str, *, disease: str | None = None) -> list[Alert]:
    """The first case of the second or a later generation of each division, and with it of the area: the earliest.
    Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = Alert.objects.filter(in_area(area))
        rows = rows if scope(viewer, READ) is Scope.ALL else in_range(viewer, rows)
        rows = rows.filter(disease=disease) if disease else rows
        return list(rows.order_by("reported_at", "area"))
