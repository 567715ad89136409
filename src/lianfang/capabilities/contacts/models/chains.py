"""Cases as chains see them: their edges follow from what was determined and from exposures; their generations from
all cases that are tied to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from lianfang.capabilities.cases.state import State as Case
from lianfang.capabilities.cases.state import fold as fold_case
from lianfang.capabilities.cases.state.owners import responsible
from lianfang.capabilities.contacts.facts import Certainty
from lianfang.capabilities.contacts.models import rows
from lianfang.capabilities.contacts.models.tables import ContactRow, Edge, ExposureRow, Node, SaidRow
from lianfang.capabilities.contacts.rules.generations import Placed, Seen, place
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.capabilities.contacts.state.chain import fold_links
from lianfang.capabilities.contacts.state.faults import Fault, fault
from lianfang.facts.fact import Fact
from lianfang.facts.refold import ROWS, among, insert

SURE: Final = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
"""The surest first."""


def cases_of_contacts(contacts: Collection[UUID]) -> set[UUID]:
    """The cases that contacts became, as the table has it."""
    found = ContactRow.objects.filter(subject__in=among(contacts), case__isnull=False)
    return set(found.values_list("case", flat=True))


def refold(told: Mapping[UUID, Sequence[Fact]], also: Collection[UUID]) -> None:
    """Folds cases anew, and ``also`` the edges of those that contacts became; places them and all tied to them."""
    touched = {*told, *also}
    held = {row.subject: row for row in Node.objects.filter(subject__in=among(touched))}
    SaidRow.objects.filter(subject__in=among(told)).delete()
    fresh, said = dict[UUID, Node](), list[SaidRow]()
    for subject, facts in told.items():
        node, its = _folded(subject, facts)
        said += its
        if node is not None:
            fresh[subject] = node
    insert(SaidRow, said)
    kept = {subject: row for subject, row in held.items() if subject not in told}
    ends = _edges(touched, {**kept, **fresh})
    if not (ends or fresh or held):
        return
    Node.objects.filter(subject__in=among([subject for subject in held if subject in told])).delete()
    changed = _place({*touched, *ends}, fresh)
    areas = {(row.area, row.disease) for row in (*held.values(), *fresh.values(), *changed)}
    _alerts(areas)


def _folded(subject: UUID, facts: Sequence[Fact]) -> tuple[Node | None, list[SaidRow]]:
    """The node of a case, and what was determined of its infectors."""
    facts = [fact for fact in facts if not fact.kind.startswith(("contact.", "cluster."))]
    mine, foreign = responsible(facts)
    links = fold_links(subject, [fact for fact in mine if not fact.kind.startswith("case.")])
    areas = {fact.id: fact.area for fact in mine}
    said = [
        SaidRow(
            subject=subject, infector=one.infector, certainty=one.certainty, setting=one.setting, fact_id=one.fact,
            area=areas[one.fact],
        )
        for one in links.said
    ]  # fmt: skip
    case = fold_case([fact for fact in facts if not fact.kind.startswith("transmission.")])
    if case is None:
        return None, said
    refused = {one.fact for one in foreign}
    faults = [fault(f.id, "area", "not_responsible", area=f.area) for f in facts if f.id in refused and _links(f)]
    return _node(case, (*links.faults, *faults)), said


def _links(fact: Fact) -> bool:
    return fact.kind.startswith("transmission.")


def _node(case: Case, faults: Sequence[Fault]) -> Node:
    onset = case.about.onset
    return Node(
        subject=case.subject, area=case.area, author=case.author, person=case.person, disease=case.disease,
        edition=case.edition, number=case.number, reported_at=case.reported_at, as_class=case.to,
        classified_by=case.decided[-1].fact,
        classified_at=case.decided[-1].at, onset_earliest=onset.earliest if onset else None,
        onset_latest=onset.latest if onset else None, sampled_at=case.samples[0].at if case.samples else None,
        source=case.source, faults=rows.faults(faults),
    )  # fmt: skip


def _edges(cases: Collection[UUID], nodes: Mapping[UUID, Node]) -> set[UUID]:
    """Makes the edges to these cases anew; returns the other ends of those that were or are."""
    old = Edge.objects.filter(subject__in=among(cases))
    ends = set(old.values_list("infector", flat=True))
    old.delete()
    made: dict[tuple[UUID, UUID], Edge] = {}
    became = dict(ContactRow.objects.filter(case__in=among(cases)).values_list("subject", "case"))
    exposures = ExposureRow.objects.filter(subject__in=among(became), source__isnull=False)
    for one in sorted(exposures, key=lambda one: (SURE.index(Certainty(one.certainty)), one.at, one.fact_id)):
        case, infector = became[one.subject], one.source
        if case is not None and infector is not None and case != infector:
            made.setdefault((case, infector), Edge(
                subject=case, infector=infector, area=one.area, certainty=one.certainty, setting=one.setting,
                determined=False, fact_id=one.fact_id,
            ))  # fmt: skip
    for said in SaidRow.objects.filter(subject__in=among(cases)):
        if said.certainty is None:
            made.pop((said.subject, said.infector), None)
        else:
            made[said.subject, said.infector] = Edge(
                subject=said.subject, infector=said.infector, area=said.area, certainty=said.certainty,
                setting=said.setting, determined=True, fact_id=said.fact_id,
            )  # fmt: skip
    for edge in made.values():
        if node := nodes.get(edge.subject):
            edge.area = node.area
    insert(Edge, list(made.values()))
    return ends | {infector for _, infector in made}


def tied(start: Collection[UUID]) -> tuple[set[UUID], set[tuple[UUID, UUID]]]:
    """The cases that are tied to some by links in either direction, those included, and the links (infector,
    infectee) between them; of the rows that the transaction sees."""
    met, frontier = set(start), set(start)
    edges: set[tuple[UUID, UUID]] = set()
    while frontier:
        links = {
            link
            for end in ("subject", "infector")
            for link in Edge.objects.filter(**{f"{end}__in": among(frontier)}).values_list("infector", "subject")
        }
        edges |= links
        frontier = {one for link in links for one in link} - met
        met |= frontier
    return met, edges


def _place(start: Collection[UUID], fresh: Mapping[UUID, Node]) -> list[Node]:
    """Places the cases that are tied to ``start``, creates the nodes of ``fresh``, and returns the others that stand
    otherwise than before."""
    met, edges = tied(start)
    nodes = {row.subject: row for row in Node.objects.filter(subject__in=among(met - fresh.keys()))} | dict(fresh)
    placed = place({one: Seen(row.as_class, row.source) for one, row in nodes.items()}, edges).placed
    changed = []
    for subject, row in nodes.items():
        its = placed[subject]
        if subject not in fresh and its == Placed(row.generation, row.circular, row.component, row.size):
            continue
        row.generation, row.circular, row.component, row.size = its
        if subject not in fresh:
            changed.append(row)
    insert(Node, list(fresh.values()))
    Node.objects.bulk_update(changed, ["generation", "circular", "component", "size"], batch_size=ROWS)
    return changed


def _alerts(areas: Iterable[tuple[str, str]]) -> None:
    """Finds the first case of a later generation anew, of each of these divisions and diseases."""
    pairs = sorted(areas)
    alert = policy().second_generation
    with connection.cursor() as cursor:
        wanted = "SELECT * FROM unnest(%s::text[], %s::text[]) AS wanted (area, disease)"
        values = [[area for area, _ in pairs], [disease for _, disease in pairs]]
        cursor.execute(f"DELETE FROM contacts_alert WHERE (area, disease) IN ({wanted})", values)
        cursor.execute(
            "INSERT INTO contacts_alert (area, disease, subject, generation, reported_at) "
            "SELECT DISTINCT ON (node.area, node.disease) node.area, node.disease, node.subject, node.generation, "
            f"node.reported_at FROM contacts_node node JOIN ({wanted}) pair USING (area, disease) "
            "WHERE node.generation >= %s AND node.as_class = ANY(%s) "
            "ORDER BY node.area, node.disease, node.reported_at, node.subject",
            [*values, alert.least, list(alert.classes)],
        )
