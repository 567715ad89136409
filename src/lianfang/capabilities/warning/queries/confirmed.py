"""The confirmed cases of an area and what ties them, as of a moment and as known at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.models import CaseRegister, CaseRow, ChangeRow, zone
from lianfang.capabilities.cases.queries.counts import changed_after
from lianfang.capabilities.cases.rules.policy import hours
from lianfang.capabilities.cases.state import State, fold
from lianfang.capabilities.contacts.facts import ClusterNamed, Converted, Exposed, Linked, Unlinked
from lianfang.capabilities.contacts.models import ClusterRow, ContactRow, Edge, ExposureRow, SaidRow
from lianfang.capabilities.contacts.state.chain import fold_cluster, fold_links
from lianfang.capabilities.warning.rules.grading import day_of
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import among

READ: Final = "warning.read"
CHUNK: Final = 1_000
"""Cases that are folded at a time."""
_CONFIRMED: Final = f"{Class.CONFIRMED}."
_COLUMNS: Final = (
    "subject", "area", "confirmed_at", "onset_earliest", "reported_at", "source", "source_at", "came_from", "stay",
)  # fmt: skip
Span = tuple[str, str]


class Known(NamedTuple):
    """A confirmed case. ``area`` is the division that counts it; ``day`` that of its onset, or of its report where
    nobody knows when it fell ill."""

    case: UUID
    area: str
    confirmed_at: datetime
    day: date
    source: InfectionSource
    source_at: datetime | None
    came_from: str | None
    stay: str | None

    @property
    def settles_at(self) -> datetime:
        """When an unknown source counts as one that was not found: as said by whoever sought it, or when the time to
        find it is over."""
        return self.source_at or self.confirmed_at + hours("trace_source")


class Moment(NamedTuple):
    """What had happened before ``as_of``, from the record up to ``seq``; ``past`` where more is on record by now."""

    as_of: datetime
    seq: int
    past: bool


def moment(as_of: datetime | None, known_at: datetime | None, now: datetime) -> Moment:
    """The moment that is asked about, by default the present."""
    head = log.head().seq
    seq = head if known_at is None else log.seq_at(known_at)
    return Moment(as_of or now + timedelta(microseconds=1), seq, seq < head)


def counted_in(viewer: Viewer, within: Span, disease: str, at: Moment) -> list[Known]:
    """The confirmed cases that the divisions of a range count, of those that the viewer's divisions count. Raises
    Forbidden."""
    with seeing(viewer, READ):
        rows = in_range(viewer, ChangeRow.objects.filter(_in(within), disease=disease))
        changed = set(changed_after(at.seq)) if at.past else set()
        areas = _standing(rows, at, changed)
    lower, upper = max(within[0], viewer.area_from), min(within[1], viewer.area_to)
    with seeing_all():  # whoever is responsible by now may lie elsewhere; only times and origins are taken
        return [
            *_attributes(areas),
            *(one for one in _refolded(changed, disease, at) if lower <= one.area < upper),
        ]


def staying_in(viewer: Viewer, within: Span, disease: str, at: Moment) -> list[Known]:
    """The confirmed cases among those who stay in a range of the viewer's divisions, whoever counts them. Raises
    Forbidden."""
    lower, upper = max(within[0], viewer.area_from), min(within[1], viewer.area_to)
    with seeing(viewer, READ):
        changed = set(changed_after(at.seq)) if at.past else set()
    with seeing_all():  # whoever is responsible for a case may lie elsewhere than its community
        here = CaseRow.objects.filter(disease=disease, stay__bytes_from=lower, stay__bytes_before=upper)
        ids = set(here.filter(confirmed_at__lt=at.as_of).values_list("subject", flat=True))
        areas = _standing(ChangeRow.objects.filter(subject__in=among(ids - changed)), at, changed)
        return [
            *_attributes(areas),
            *(one for one in _refolded(changed, disease, at) if one.stay and lower <= one.stay < upper),
        ]


def _in(within: Span) -> Q:
    return Q(area__bytes_from=within[0], area__bytes_before=within[1])


def _standing(rows: QuerySet[ChangeRow], at: Moment, changed: Collection[UUID]) -> dict[UUID, str]:
    """Where each case that was confirmed before the moment, and is, was counted then."""
    grouped = rows.filter(at__lt=at.as_of).values("subject", "area")
    told = grouped.annotate(
        entered=Count("n", filter=Q(after__startswith=_CONFIRMED)),
        left=Count("n", filter=Q(before__startswith=_CONFIRMED)),
    ).order_by()
    return {
        one["subject"]: one["area"] for one in told
        if one["entered"] > one["left"] and one["subject"] not in changed
    }  # fmt: skip


def _attributes(areas: Mapping[UUID, str]) -> Iterator[Known]:
    """What the register has of cases. Within ``seeing_all``."""
    rows = CaseRow.objects.filter(subject__in=among(areas)).values_list(*_COLUMNS)
    for case, _, confirmed_at, onset, reported_at, source, source_at, came_from, stay in rows:
        day = onset or day_of(reported_at)
        source = InfectionSource(source)
        yield Known(case, areas[case], confirmed_at, day, source, source_at, came_from, stay)


def _refolded(cases: Collection[UUID], disease: str, at: Moment) -> Iterator[Known]:
    """The same of cases of which more was told since, as they were known. Within ``seeing_all``."""
    ids = sorted(cases)
    for start in range(0, len(ids), CHUNK):
        entries = log.read(upto=at.seq, kinds=CaseRegister.kinds, subjects=ids[start : start + CHUNK])
        facts = sorted((entry.fact for entry in entries), key=lambda fact: fact.subject)
        for _, theirs in groupby(facts, key=lambda fact: fact.subject):
            state = fold(list(theirs), zone())
            if state is not None and state.disease == disease and (found := _known(state, at.as_of)):
                yield found


def _known(state: State, as_of: datetime) -> Known | None:
    """The case of a state, where it was confirmed before a moment and still was at that."""
    last = next((one for one in reversed(state.changes) if one.at < as_of and one.after), None)
    confirmed_at = state.since(Class.CONFIRMED)
    if last is None or not last.after.startswith(_CONFIRMED) or confirmed_at is None:
        return None
    day = state.about.onset.earliest if state.about.onset else day_of(state.reported_at)
    source = state.source or InfectionSource.UNKNOWN
    return Known(
        state.subject, last.area, confirmed_at, day, source, state.source_at, state.came_from, state.about.stay
    )


def groups(cases: Collection[UUID], at: Moment) -> list[set[UUID]]:
    """Cases that belong together: tied by who may have infected whom, or found to be of one cluster in which spread or
    one exposure is likely. Ends of a tie that are not among ``cases`` are told too."""
    if not cases:
        return []
    with seeing_all():  # a chain leads into other divisions
        pairs = _known_ties(cases, at) if at.past else _ties(cases)
        named = ClusterRow.objects.filter(cases__overlap=list(cases))
        if at.past:
            kinds = [ClusterNamed.kind, Retracted.kind]
            told = _facts(kinds, named.values_list("subject", flat=True), at)
            folded = [found[1] for facts in told.values() if (found := fold_cluster(facts))]
            clusters = [set(one.cases) for one in folded if one.linked]
        else:
            clusters = [set(its) for its in named.filter(linked=True).values_list("cases", flat=True)]
    return joined([*map(set, pairs), *clusters])


def joined(sets: Iterable[set[UUID]]) -> list[set[UUID]]:
    """Sets of two or more that share no case: those that share one are one."""
    found: dict[UUID, set[UUID]] = {}
    for one in sets:
        group = set(one)
        for case in one:
            group |= found.get(case, set())
        found |= dict.fromkeys(group, group)
    return [group for group in {id(group): group for group in found.values()}.values() if len(group) > 1]


def _ties(cases: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    pairs = set(Edge.objects.filter(subject__in=among(cases)).values_list("infector", "subject"))
    return pairs | set(Edge.objects.filter(infector__in=among(cases)).values_list("infector", "subject"))


def _known_ties(cases: Collection[UUID], at: Moment) -> set[tuple[UUID, UUID]]:
    """The ties as they were known: what was determined of who infected whom, and exposures of contacts that had become
    cases."""
    infected = {*cases, *SaidRow.objects.filter(infector__in=among(cases)).values_list("subject", flat=True)}
    contacts = {
        *ContactRow.objects.filter(case__in=among(infected)).values_list("subject", flat=True),
        *ExposureRow.objects.filter(source__in=among(cases)).values_list("subject", flat=True),
    }
    pairs = set[tuple[UUID, UUID]]()
    for facts in _facts([Exposed.kind, Converted.kind, Retracted.kind], contacts, at).values():
        told = [fact.data for fact in standing(facts).facts]
        became = [data.case for data in told if isinstance(data, Converted)]
        exposed = [data.exposure.source for data in told if isinstance(data, Exposed)]
        pairs |= {(source, case) for case in became[-1:] for source in exposed if source and source != case}
    for case, facts in _facts([Linked.kind, Unlinked.kind, Retracted.kind], infected, at).items():
        for said in fold_links(case, facts).said:
            if said.certainty is None:
                pairs.discard((said.infector, case))
            else:
                pairs.add((said.infector, case))
    return pairs


def _facts(kinds: Collection[str], subjects: Iterable[UUID], at: Moment) -> Mapping[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = defaultdict(list)
    if ids := list(subjects):
        for entry in log.read(upto=at.seq, kinds=kinds, subjects=ids):
            found[entry.fact.subject].append(entry.fact)
    return found
