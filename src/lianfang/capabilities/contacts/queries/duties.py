"""What is to be done about contacts by when, and what is proposed of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.facts import Exposure
from lianfang.capabilities.contacts.models import Alert, Check, ContactRow, ExposureRow, Node
from lianfang.capabilities.contacts.queries.card import no_cases
from lianfang.capabilities.contacts.queries.events import TASKS, cluster_duties, reached
from lianfang.capabilities.contacts.queries.lists import READ, contacts_of, in_area
from lianfang.capabilities.contacts.rules.duties import (
    Following,
    contact_duties,
    find_duty,
    generation_duty,
    missed_since,
    resume_duty,
)
from lianfang.capabilities.contacts.rules.observing import Seen, unwell
from lianfang.capabilities.contacts.rules.proposals import Exposed, Held, Proposal, Propose, proposals
from lianfang.capabilities.contacts.rules.windows import outside
from lianfang.capabilities.contacts.state.contact import OPEN, Status, day_of, edition_of
from lianfang.capabilities.contacts.state.keeping import related
from lianfang.capabilities.screening.models import ResidentRow
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.queries import among, tuples
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import folding_order
from lianfang.facts.facts import Retracted
from lianfang.profiles.disease import profiles

SEEN: Final = (Attempt.SEEN_WELL, Attempt.SEEN_UNWELL)
MOST: Final = 500
"""Contacts of one page of proposals."""
MOST_JUDGED: Final = 2_000
"""Contacts that are looked at for one page."""


class Proposed(NamedTuple):
    """A contact of whom something is proposed."""

    contact: ContactRow
    proposals: tuple[Proposal, ...]


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``: tracing, telling, finding whom nobody has seen, two checks a day, referrals,
    releases, taking the observation up again where the case was none, the answer to a first case of the second
    generation, and the reports of clusters."""
    with seeing(viewer, TASKS):
        rows = reached(viewer, ContactRow.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=since)))
        rows = rows if of is None else rows.filter(subject__in=list(of))
        follows = [Following(*row) for row in tuples(rows.filter(observed=True), *Following._fields)]
        checks = _checks_of({one.subject: one.area for one in follows}, since)
        alerts = reached(viewer, Alert.objects.all())
        alerts = list(alerts if of is None else alerts.filter(subject__in=list(of)))
        nodes = {one.subject: one for one in Node.objects.filter(subject__in=[alert.subject for alert in alerts])}
        clustered = list(cluster_duties(viewer, of, until))
        converted = reached(viewer, ContactRow.objects.filter(status=Status.CONVERTED, observed=True))
        converted = list(converted if of is None else converted.filter(subject__in=list(of)))
        found = list(_missed(follows, checks, until))
    excluded = _excluded_at([one.subject for one in follows])
    for one in follows:
        found += contact_duties(one, checks.get(one.subject, ()), excluded.get(one.subject), since, until)
    found += [one for one in _resumed(converted) if one.begins < until and one.lapses and one.lapses > since]
    for alert in alerts:
        node = nodes.get(alert.subject)
        author, person = (node.author, node.person) if node else ("", None)
        if alert.reported_at < until:
            found.append(generation_duty(alert.subject, alert.area, author, person, alert.reported_at))
    return found + clustered


def missed(now: datetime, of: Q) -> list[tuple[Following, datetime]]:
    """The contacts, ``of`` which rows, whom by now nobody has met though they were known long enough, each with when it
    began to count as missed (QA-02). Within ``seeing_all``."""
    rows = ContactRow.objects.filter(of, observed=True, ended_at=None, person__isnull=False, traced_at__lt=now)
    follows = {one.subject: one for one in (Following(*row) for row in tuples(rows, *Following._fields))}
    return [(follows[one.subject], one.begins) for one in _missed(follows.values(), {}, now)]


def _missed(
    follows: Collection[Following], checks: Mapping[UUID, Sequence[Seen]], until: datetime
) -> Iterator[Obligation]:  # fmt: skip
    """Contacts of whom no household and no check has a record though they were known long enough; within ``seeing``.
    Most were seen lately: only of the others everything on record is looked through."""
    waiting = {
        one.subject: (one, missed)
        for one in follows
        if (missed := missed_since(one))
        and missed < until
        and all(check.outcome not in SEEN for check in checks.get(one.subject, ()))
    }
    if not waiting:
        return
    met = Check.objects.filter(subject__in=among(waiting), outcome__in=SEEN)
    seen = set(met.values_list("subject", flat=True).distinct())
    with seeing_all():  # the household may lie in another division
        people = ResidentRow.objects.filter(person__in=among({one.person for one, _ in waiting.values() if one.person}))
        at_home = set(people.values_list("person", flat=True))
    for one, missed in waiting.values():
        if one.subject not in seen and one.person not in at_home:
            yield find_duty(one, missed)


def _resumed(converted: Collection[ContactRow]) -> Iterator[Obligation]:
    """The contacts whose case was excluded or taken back, each from then on."""
    lapsed = no_cases({row.case for row in converted} - {None})
    with seeing_all():
        nodes = Node.objects.filter(subject__in=lapsed)
        since: dict[UUID | None, datetime] = dict(nodes.values_list("subject", "classified_at"))
    for entry in log.read(kinds=[Retracted.kind], subjects=[one for one in lapsed if one and one not in since]):
        since[entry.fact.subject] = folding_order(entry.fact)[0]
    for row in converted:
        if row.due is not None and row.case in since:
            yield resume_duty(row.subject, row.area, row.author, row.person, since[row.case], row.due)


def proposed(viewer: Viewer, area: str, *, now: datetime, what: Propose | None = None, after: UUID | None = None,
             limit: int = 50) -> tuple[list[Proposed], UUID | None]:  # fmt: skip
    """The contacts of an area of whom something is proposed, page by page, and where to go on. A page may hold fewer
    than asked for, and even none, while there are more: so many are judged at once. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = contacts_of(viewer).filter(in_area(area), status__in=(*OPEN, Status.CONVERTED))
        found = list((rows.filter(subject__gt=after) if after else rows).order_by("subject")[:MOST_JUDGED])
        checks = _checks_of({row.subject: row.area for row in found}, None)
    exposures = _exposures_of(found)
    lapsed = no_cases({row.case for row in found} - {None})
    page: list[Proposed] = []
    for row in found:
        edition = edition_of(row.disease, row.edition)
        ill = [one.at for one in checks.get(row.subject, ()) if unwell(one, edition.fever_c if edition else None)]
        held = Held(row.status, row.observed, row.due, row.referred_at, row.case if row.case in lapsed else None)
        its = proposals(held, exposures[row.subject], ill, now)
        its = tuple(one for one in its if what in (None, one.what))
        if its:
            page.append(Proposed(row, its))
        if len(page) == min(limit, MOST):
            return page, row.subject
    return page, found[-1].subject if len(found) == MOST_JUDGED else None


def _checks_of(areas: dict[UUID, str], since: datetime | None) -> dict[UUID, list[Seen]]:
    """Checks by contact, of the days from ``since`` on and those that may ask for a referral; within ``seeing``."""
    ill = Q(outcome="seen_unwell") | Q(temp_c__gte=_least_fever()) | ~Q(symptoms=[])
    rows = Check.objects.filter(subject__in=among(areas))
    # One after the other: each has its own index, and together they would have neither.
    asked = [rows.filter(ill)]
    if since is not None:
        asked = [rows.filter(day__gte=day_of(since)), rows.filter(ill, day__lt=day_of(since))]
    told = [one for its in asked for one in tuples(its, "subject", "told_in", *Seen._fields)]
    found: dict[UUID, list[Seen]] = defaultdict(list)
    for subject, told_in, *its in told:
        if told_in == (area := areas[subject]) or related(told_in, area):
            found[subject].append(Seen(*its))
    return found


@cache
def _least_fever() -> float:
    """The lowest temperature that any edition calls a fever."""
    return min(edition.fever_c for its in profiles() for edition in its.editions if edition.fever_c is not None)


def _excluded_at(subjects: Collection[UUID]) -> dict[UUID, datetime]:
    """When the last source of a contact was excluded, of those contacts whose every source was."""
    rows = ExposureRow.objects.filter(protected=False)
    with seeing_all():  # a source may be followed in another division
        gone = Node.objects.filter(as_class=Class.EXCLUDED, subject=OuterRef("source"))
        touched = set(rows.filter(Exists(gone), subject__in=among(subjects)).values_list("subject", flat=True))
        told: dict[UUID, set[UUID | None]] = defaultdict(set)
        for subject, source in rows.filter(subject__in=touched).values_list("subject", "source"):
            told[subject].add(source)
        sources = {one for its in told.values() for one in its}
        nodes = Node.objects.filter(subject__in=sources - {None}, as_class=Class.EXCLUDED)
        times = dict(nodes.values_list("subject", "classified_at"))
    return {
        subject: max(times[one] for one in its if one)
        for subject, its in told.items()
        if all(one in times for one in its)
    }


def _exposures_of(rows: Collection[ContactRow]) -> dict[UUID, list[Exposed]]:
    """The exposures of contacts that stand, each with what its source counts as now."""
    diseases = {row.subject: row.disease for row in rows}
    with seeing_all():  # a source may be followed in another division
        told = list(ExposureRow.objects.filter(subject__in=list(diseases)))
        sources = {one.source for one in told if one.source}
        nodes = {node.subject: node for node in Node.objects.filter(subject__in=sources)}
    found: dict[UUID, list[Exposed]] = defaultdict(list)
    for one in told:
        node = nodes.get(one.source) if one.source else None
        edition = edition_of(diseases[one.subject], one.edition)
        exposure = Exposure(source=one.source, first=one.first, last=one.last, setting=one.setting)
        onset = (node.onset_earliest, node.onset_latest) if node else (None, None)
        out = edition is not None and outside(edition, onset, exposure)
        found[one.subject].append(Exposed(one.source, node.as_class if node else None, one.due, one.protected, out))
    return found
