"""Who infected whom, clusters and alerts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.contacts import queries, service
from lianfang.capabilities.contacts.api import shown
from lianfang.capabilities.contacts.api.forms import Area, AtIn, ContactFaultOut, ContactWrongOut, In, Time
from lianfang.capabilities.contacts.facts import Certainty
from lianfang.capabilities.contacts.models import Node
from lianfang.capabilities.contacts.queries.graph import Cluster
from lianfang.capabilities.contacts.rules.checking import Look
from lianfang.facts.fact import AreaCode, Code, Day
from lianfang.facts.shape import Schema

router = Router(tags=["transmission"])


class ContactLinkIn(In):
    """That one case may have infected another."""

    infector: UUID
    infectee: UUID
    certainty: Certainty = Certainty.PROBABLE
    setting: Code | None = None


class LinksIn(AtIn):
    links: Annotated[list[ContactLinkIn], Field(min_length=1, max_length=1000)]


class LinksOut(Schema):
    """The rows that were recorded, counted from 1, and their facts."""

    taken: dict[int, UUID]
    wrong: list[ContactWrongOut]


class UnlinkIn(AtIn):
    infector: UUID
    infectee: UUID
    basis: Code


class ContactFactOut(Schema):
    fact: UUID


class NodeOut(Schema):
    """A case. ``generation`` is null where the chain does not tell."""

    id: UUID
    person: UUID
    number: str | None
    area: str
    disease: str
    as_class: str
    source: str | None
    onset_earliest: date | None
    onset_latest: date | None
    reported_at: datetime
    generation: int | None
    cluster: UUID
    """The least id of the cases that it is tied to."""
    cluster_size: int
    faults: list[ContactFaultOut]


class EdgeOut(Schema):
    infector: UUID
    infectee: UUID
    certainty: Certainty
    setting: str | None
    determined: bool
    """False where it follows from an exposure alone."""
    circular: bool
    """Whether it lies on a circle: then it is no possible infection until one of the circle's links is taken back."""
    fact: UUID


class ContactLookOut(Schema):
    """What asks for a second look; ``days`` between two onsets."""

    look: Look
    cases: list[UUID]
    days: int | None


class GraphOut(Schema):
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    others: list[UUID]
    """Cases of other places, times, or of no record, that a link names."""
    checks: list[ContactLookOut]
    more: bool


class ClusterIn(AtIn):
    id: UUID | None = None
    """Of a cluster that is told anew."""
    disease: Code
    setting: Code
    cases: Annotated[list[UUID], Field(min_length=1, max_length=1000)]
    linked: bool
    area: AreaCode


class WindowOut(Schema):
    first: date
    last: date
    cases: list[UUID]


class ClusterOut(Schema):
    """``window`` has the days with most cases; ``holds`` says whether that makes a cluster by the edition's rule, null
    where it has none."""

    id: UUID
    named: bool
    area: str
    disease: str
    setting: str | None
    linked: bool
    cases: list[UUID]
    edition: str
    days: int | None
    least: int | None
    window: WindowOut | None
    holds: bool | None


class AlertOut(Schema):
    """The first case of the second or a later generation in a division."""

    area: str
    disease: str
    case: UUID
    generation: int
    reported_at: datetime


class AlertsOut(Schema):
    alerts: list[AlertOut]


class ClustersOut(Schema):
    clusters: list[ClusterOut]


class ClusterNamedOut(Schema):
    id: UUID


@router.get("/transmission/graph", response={200: GraphOut, **PROBLEMS}, operation_id="transmission_graph")
@answering
def transmission_graph(
    request: HttpRequest,
    area: Area = "",
    disease: Code | None = None,
    begins: Annotated[Time | None, Query(alias="from")] = None,
    ends: Annotated[Time | None, Query(alias="to")] = None,
) -> GraphOut:
    """The cases that were reported in an area from a time until another, who may have infected whom, and what in it
    asks for a second look."""
    found = queries.graph(request.viewer, area, disease=disease, begins=begins, ends=ends)
    return GraphOut(
        nodes=[_node(one) for one in found.nodes],
        edges=[
            EdgeOut(
                infector=one.infector, infectee=one.subject, certainty=one.certainty, setting=one.setting,
                determined=one.determined, circular=one.fact_id in found.circular, fact=one.fact_id,
            )
            for one in found.edges
        ],
        others=list(found.others),
        checks=[ContactLookOut(look=one.look, cases=list(one.cases), days=one.days) for one in found.checks],
        more=found.more,
    )  # fmt: skip


@router.get("/transmission/alerts", response={200: AlertsOut, **PROBLEMS}, operation_id="transmission_alerts")
@answering
def transmission_alerts(request: HttpRequest, area: Area = "", disease: Code | None = None) -> AlertsOut:
    """The first case of the second or a later generation of each division of an area, the earliest first."""
    found = queries.alerts(request.viewer, area, disease=disease)
    return AlertsOut(
        alerts=[
            AlertOut(
                area=one.area, disease=one.disease, case=one.subject, generation=one.generation,
                reported_at=one.reported_at,
            )
            for one in found
        ]
    )  # fmt: skip


@router.post("/transmission/links", response={200: LinksOut, **PROBLEMS}, operation_id="link_cases")
@answering
def link_cases(request: HttpRequest, body: LinksIn) -> LinksOut:
    """Record who may have infected whom. What closes a circle is refused, with the circle."""
    now = clock.now()
    links = [service.Link(**one.model_dump()) for one in body.links]
    done = service.link_many(request.viewer, links, at=body.at or now, now=now)
    return LinksOut(taken=done.taken, wrong=shown.wrong(done.wrong))


@router.post("/transmission/unlink", response={200: ContactFactOut, **PROBLEMS}, operation_id="unlink_cases")
@answering
def unlink_cases(request: HttpRequest, body: UnlinkIn) -> ContactFactOut:
    """Record that a case was not infected by another."""
    now = clock.now()
    done = service.unlink(request.viewer, body.infector, body.infectee, body.basis, at=body.at or now, now=now)
    return ContactFactOut(fact=done)


@router.get("/clusters", response={200: ClustersOut, **PROBLEMS}, operation_id="list_clusters")
@answering
def list_clusters(
    request: HttpRequest,
    area: Area = "",
    disease: Code | None = None,
    on: Day | None = None,
    least: Annotated[int, Query(ge=1, le=1000)] = 2,
) -> ClustersOut:
    """Cases that belong together, by links or because somebody found so, each held against the dated rule."""
    found = queries.clusters(request.viewer, area, disease=disease, on=on, least=least)
    return ClustersOut(clusters=[_cluster(one) for one in found])


@router.post("/clusters", response={200: ClusterNamedOut, **PROBLEMS}, operation_id="name_cluster")
@answering
def name_cluster(request: HttpRequest, body: ClusterIn) -> ClusterNamedOut:
    """Record that cases belong together: a family, a site, a unit, an event."""
    now = clock.now()
    done = service.name_cluster(
        request.viewer, body.disease, body.setting, body.cases, body.linked, body.area, at=body.at or now, now=now,
        cluster=body.id,
    )  # fmt: skip
    return ClusterNamedOut(id=done)


def _node(one: Node) -> NodeOut:
    return NodeOut(
        id=one.subject, person=one.person, number=one.number, area=one.area, disease=one.disease, as_class=one.as_class,
        source=one.source, onset_earliest=one.onset_earliest, onset_latest=one.onset_latest,
        reported_at=one.reported_at, generation=one.generation, cluster=one.component, cluster_size=one.size,
        faults=one.faults,
    )  # fmt: skip


def _cluster(one: Cluster) -> ClusterOut:
    window = one.window
    return ClusterOut(
        id=one.id, named=one.named, area=one.area, disease=one.disease, setting=one.setting, linked=one.linked,
        cases=list(one.cases), edition=one.edition, days=one.rule.days if one.rule else None,
        least=one.rule.least if one.rule else None, holds=one.holds,
        window=WindowOut(first=window.first, last=window.last, cases=list(window.cases)) if window else None,
    )  # fmt: skip
