"""Counts of an area: stocks as of a moment, flows of a window, by what was known at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from lianfang.access.matrix import Scope, require_over, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.cases.models import CaseRegister, ChangeRow, zone
from lianfang.capabilities.cases.queries.listing import ACTION, known_range
from lianfang.capabilities.cases.rules.counting import Balance, Counts, Tally, balances, count
from lianfang.capabilities.cases.state import fold
from lianfang.facts import log
from lianfang.places.queries import current_gazetteer

CHUNK: Final = 1_000
"""Cases that are folded at a time."""
_COLUMNS: Final = ("area", "other", "before", "after", "source", "came_from")


class Part(NamedTuple):
    """The counts of one division; of the area itself for what lies in none of its divisions."""

    area: str
    counts: Counts


class Counted(NamedTuple):
    """An area's counts with those of its divisions, from the record up to ``seq``."""

    area: str
    whole: Counts
    parts: tuple[Part, ...]
    balances: tuple[Balance, ...]
    seq: int


class Moments(NamedTuple):
    """Stocks are before ``as_of``, flows of ``[since, until)``; None is open."""

    as_of: datetime | None
    since: datetime | None
    until: datetime | None


class _Like(NamedTuple):
    """So many like changes of one division: before ``as_of``, in the window, and before the window."""

    area: str
    other: str
    before: str
    after: str
    source: str
    came_from: str | None
    upto: int
    within: int
    opening: int


def counts(
    viewer: Viewer,
    area: str,
    *,
    disease: str,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Counted:
    """Stocks of an area before ``as_of`` and flows of ``[since, until)``; of the two ends one stands for the other.

    What is counted is what had happened by then as it was known at ``known_at``: where an infection came from counts
    from the start, whenever it was found out, and for an area only what came from outside of it is imported. Who sees
    own cases only gets counts of these. Raises Forbidden, Refused.
    """
    area_from, area_to = known_range(area)
    require_over(viewer, ACTION, area)
    for field, end in (("until", until), ("as_of", as_of)):
        if since is not None and end is not None and end < since:
            raise Refused([Wrong(field, "before_since", "早于开始时间", "is before since: give a later time")])
    moments = Moments(as_of or until, since, until or as_of)
    seq = log.head().seq if known_at is None else log.seq_at(known_at)
    likes = _likes(viewer, (area_from, area_to), disease, moments, None if known_at is None else seq)
    ranges = {child.code: known_range(child.code) for child in current_gazetteer().children(area)}
    in_child = _placing(ranges)
    by_part: dict[str, list[_Like]] = defaultdict(list)
    for one in likes:
        by_part[in_child(one.area) or area].append(one)
    whole = count(_tallies(likes, area_from, area_to))
    own = {area: (area_from, area_to)} if area in by_part and ranges else {}
    parts = tuple(Part(code, count(_tallies(by_part[code], *its))) for code, its in {**ranges, **own}.items())
    closing = moments.as_of == moments.until
    opening = count(_tallies(likes, area_from, area_to, opening=True)).stocks
    sums = balances(whole, opening, [part.counts for part in parts]) if closing else []
    return Counted(area, whole, parts, tuple(sums), seq)


def _likes(viewer: Viewer, within: tuple[str, str], disease: str, moments: Moments, seq: int | None) -> list[_Like]:
    with seeing(viewer, ACTION):
        rows = _rows(viewer, within, disease)
        if seq is None:
            return _grouped(rows, moments)
        changed = changed_after(seq)
        return _grouped(rows.exclude(subject__in=changed), moments) + _refolded(
            viewer, changed, within, disease, moments, seq
        )


def _rows(viewer: Viewer, within: tuple[str, str], disease: str) -> QuerySet[ChangeRow]:
    rows = ChangeRow.objects.filter(disease=disease, area__bytes_from=within[0], area__bytes_before=within[1])
    if scope(viewer, ACTION) is Scope.AGGREGATE:
        return in_range(viewer, rows)
    return visible(viewer, ACTION, rows, own=Q(author__in=own_work(viewer).authors))


def _grouped(rows: QuerySet[ChangeRow], moments: Moments) -> list[_Like]:
    found = rows.values_list(*_COLUMNS).annotate(
        upto=Count("n", filter=_span(None, moments.as_of)),
        within=Count("n", filter=_span(moments.since, moments.until)),
        opening=Count("n", filter=_span(None, moments.since) if moments.since else Q(n__lt=0)),
    )
    return [_Like(*row) for row in found.order_by()]


def _span(since: datetime | None, until: datetime | None) -> Q:
    found = Q(n__gte=0)
    if since is not None:
        found &= Q(at__gte=since)
    return found & Q(at__lt=until) if until is not None else found


def changed_after(seq: int) -> list[UUID]:
    """The cases of which something became known after ``seq``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT subject FROM fact WHERE seq > %s AND kind = ANY(%s)", [seq, sorted(CaseRegister.kinds)]
        )
        return [subject for (subject,) in cursor]


def _refolded(
    viewer: Viewer, cases: list[UUID], within: tuple[str, str], disease: str, moments: Moments, seq: int
) -> list[_Like]:
    """The changes of cases as they were known, counted like the register's."""
    authors = own_work(viewer).authors if scope(viewer, ACTION) is Scope.OWN else None
    told: Counter[tuple[Any, ...]] = Counter()
    for start in range(0, len(cases), CHUNK):
        entries = log.read(upto=seq, kinds=CaseRegister.kinds, subjects=cases[start : start + CHUNK])
        facts = sorted((entry.fact for entry in entries), key=lambda fact: fact.subject)
        for _, theirs in groupby(facts, key=lambda fact: fact.subject):
            state = fold(list(theirs), zone())
            if state is None or state.disease != disease or (authors is not None and state.author not in authors):
                continue
            source = state.source or InfectionSource.UNKNOWN
            for one in state.changes:
                if within[0] <= one.area < within[1]:
                    key = (one.area, one.other, one.before, one.after, source.value, state.came_from)
                    told[(*key, *_in(one.at, moments))] += 1
    return [_Like(*key[:6], upto=n * key[6], within=n * key[7], opening=n * key[8]) for key, n in told.items()]


def _in(at: datetime, moments: Moments) -> tuple[bool, bool, bool]:
    upto = moments.as_of is None or at < moments.as_of
    opened = moments.since is not None and at < moments.since
    return upto, not opened and (moments.until is None or at < moments.until), opened


def _placing(ranges: Mapping[str, tuple[str, str]]) -> Callable[[str], str | None]:
    """In which of some divisions an area lies."""
    known: dict[str, str | None] = {}

    def of(area: str) -> str | None:
        if area not in known:
            known[area] = next((code for code, (start, end) in ranges.items() if start <= area < end), None)
        return known[area]

    return of


def _tallies(likes: Iterable[_Like], area_from: str, area_to: str, *, opening: bool = False) -> Iterator[Tally]:
    """Changes as an area counts them; ``opening``: before the window began."""
    for one in likes:
        inside = one.came_from is not None and area_from <= one.came_from < area_to
        source = (
            InfectionSource.LOCAL if one.source == InfectionSource.IMPORTED and inside else InfectionSource(one.source)
        )
        across = bool(one.other) and not area_from <= one.other < area_to
        upto, within = (one.opening, 0) if opening else (one.upto, one.within)
        yield Tally(one.before, one.after, source, bool(one.other), across, upto, within)
