"""Who infected whom, as somebody determined; and clusters that somebody named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.contacts.facts import Certainty, ClusterNamed, Linked, Unlinked
from lianfang.capabilities.contacts.models import Edge, Node
from lianfang.capabilities.contacts.models.chains import tied
from lianfang.capabilities.contacts.rules.generations import Infections
from lianfang.capabilities.contacts.service.recording import TRACE, append, fact_of, future
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked
from lianfang.profiles.disease import terms

MOST: Final = 1_000
LINKS: Final = UUID("3a3cbb62-2d1f-5a0e-8a0b-bd1f1f6f1b0a")
"""Stands for all links: one circle may lead through anybody."""


class Link(NamedTuple):
    """That ``infector`` may have infected ``infectee``, both cases."""

    infector: UUID
    infectee: UUID
    certainty: Certainty = Certainty.PROBABLE
    setting: str | None = None
    batch: UUID | None = None


class Linking(NamedTuple):
    """Which rows were recorded, by the fact that did it, and what is wrong with the others; rows count from 1."""

    taken: dict[int, UUID]
    wrong: tuple[Wrong, ...]


def link_many(viewer: Viewer, links: Sequence[Link], *, at: datetime, now: datetime) -> Linking:
    """Records links in the order given. Refused by row: a link to itself, of a case that there is not (or, of the
    infected, that is not the viewer's), of two diseases, and one that closes a circle, which is shown.

    Raises Forbidden, and Refused for a time after now or too many rows.
    """
    if wrong := future(at, now):
        raise Refused(wrong)
    if len(links) > MOST:
        raise Refused(
            [Wrong("links", "too_many", f"一次最多{MOST}条，请分批", f"at most {MOST} at once: send them in parts")]
        )
    with seeing(viewer, TRACE):
        locked(LINKS)
        named = {one for link in links for one in link[:2]}
        mine = {row.subject for row in _mine(viewer).filter(subject__in=named)}
        with seeing_all():
            met, edges = tied(named)
            nodes = {row.subject: row for row in Node.objects.filter(subject__in=met)}
        graph = Infections(edges)
        facts: dict[int, Fact] = {}
        refused: list[Wrong] = []
        for number, link in enumerate(links, 1):
            its = _wrong(link, nodes, mine, graph)
            if its:
                refused += [one._replace(row=number) for one in its]
                continue
            graph.add(link.infector, link.infectee)
            data = Linked(infector=link.infector, certainty=link.certainty, setting=link.setting, batch=link.batch)
            facts[number] = fact_of(viewer, data, link.infectee, nodes[link.infectee].area, at)
        append(viewer, list(facts.values()))
    return Linking({number: fact.id for number, fact in facts.items()}, tuple(refused))


def unlink(viewer: Viewer, infector: UUID, infectee: UUID, basis: str, *, at: datetime, now: datetime) -> UUID:
    """Records that a case was not infected by another; the fact's id. Raises Forbidden, NotThere, Refused."""
    if wrong := future(at, now):
        raise Refused(wrong)
    with seeing(viewer, TRACE):
        locked(LINKS)
        node = _mine(viewer).filter(subject=infectee).first()
        if node is None:
            raise NotThere
        with seeing_all():
            if not Edge.objects.filter(subject=infectee, infector=infector).exists():
                zh, en = "两例之间没有这一关系", "there is no such link between the two"
                raise Refused([Wrong("infector", "not_linked", zh, en)])
        fact = fact_of(viewer, Unlinked(infector=infector, basis=basis), infectee, node.area, at)
        append(viewer, [fact])
    return fact.id


def name_cluster(
    viewer: Viewer, disease: str, setting: str, cases: Collection[UUID], linked: bool, area: str,
    *, at: datetime, now: datetime, cluster: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records that cases belong together, as a new cluster or in place of what was said of ``cluster``; its id."""
    require_over(viewer, TRACE, area)
    wrong = future(at, now)
    known = [term.code for term in terms("exposure_setting")]
    if setting not in known:
        listed = ", ".join(known)
        wrong.append(Wrong("setting", "unknown", f"不在列表中，可用：{listed}", f"is not in the list: {listed}"))
    with seeing_all():
        there = set(Node.objects.filter(subject__in=set(cases), disease=disease).values_list("subject", flat=True))
    if missing := sorted(str(one) for one in set(cases) - there):
        told = ", ".join(missing)
        wrong.append(Wrong("cases", "unknown", f"没有这些病例：{told}", f"there are no such cases: {told}"))
    if wrong:
        raise Refused(wrong)
    id = cluster or log.new_id()
    data = ClusterNamed(disease=disease, setting=setting, cases=tuple(sorted(set(cases))), linked=linked)
    with seeing(viewer, TRACE):
        append(viewer, [fact_of(viewer, data, id, area, at)])
    return id


def refuse_cycles(links: Sequence[tuple[UUID, UUID]]) -> None:
    """Raises Refused where links (infector, infectee) would close a circle with those that there are. Within
    ``seeing_all``."""
    locked(LINKS)
    met, edges = tied({one for link in links for one in link})
    graph = Infections(edges)
    for infector, infectee in links:
        if circle := graph.path(infectee, infector):
            nodes = {row.subject: row for row in Node.objects.filter(subject__in=met)}
            raise Refused([_cycle([infector, *circle], nodes)])
        graph.add(infector, infectee)


def _mine(viewer: Viewer):  # type: ignore[no-untyped-def]  # a query set, of no type
    return visible(viewer, TRACE, Node.objects.all(), own=Q(author__in=own_work(viewer).authors), subject="person")


def _wrong(link: Link, nodes: dict[UUID, Node], mine: set[UUID], graph: Infections) -> list[Wrong]:
    if link.infector == link.infectee:
        return [Wrong("infector", "itself", "不能由本人感染", "nobody was infected by himself")]
    found = []
    if link.infectee not in mine:
        found.append(Wrong("infectee", "unknown", "没有这样的病例", "there is no such case"))
    if link.infector not in nodes:
        found.append(Wrong("infector", "unknown", "没有这样的病例，请先报告", "there is no such case: report it first"))
    if found:
        return found
    if nodes[link.infector].disease != nodes[link.infectee].disease:
        return [Wrong("infector", "another_disease", "两例病种不同", "the two are cases of different diseases")]
    if link.setting is not None and link.setting not in {term.code for term in terms("exposure_setting")}:
        return [Wrong("setting", "unknown", "不在暴露场所列表中", "is not in the list of settings")]
    circle = graph.path(link.infectee, link.infector)
    return [_cycle([link.infector, *circle], nodes)] if circle else []


def _cycle(circle: Sequence[UUID], nodes: dict[UUID, Node]) -> Wrong:
    """The circle, as case numbers where there are any."""
    numbers = {id: node.number for id, node in nodes.items() if node.number}
    told = " → ".join(numbers.get(one) or str(one) for one in circle)
    return Wrong(
        "infector",
        "cycle",
        f"与已有关系构成循环：{told}；请先撤销其中一条",
        f"closes a circle: {told}; take one of its links back first",
    )
