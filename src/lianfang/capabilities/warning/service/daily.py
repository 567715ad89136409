"""The daily run: the estimates of every division that has cases, made and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from lianfang.access.rows import seeing_all
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.capabilities.warning.queries.series import Moment, case_of, meets, moment, rows
from lianfang.capabilities.warning.rules.series import Cases, among, table
from lianfang.capabilities.warning.rules.series_estimates import alarms, breaks, controlled, outlook, series, span
from lianfang.capabilities.warning.rules.series_terms import terms
from lianfang.capabilities.warning.rules.series_told import Estimated, alarm, told
from lianfang.capabilities.warning.service import alarms as alarms_of_others
from lianfang.capabilities.warning.service.keeping import clear
from lianfang.places.queries import current_gazetteer
from lianfang.places.spans import EVERYWHERE

BLOCK: Final = 128
"""Divisions that are worked on together: their draws are held in memory."""


def run(now: datetime, *, as_of: date | None = None, known_at: datetime | None = None) -> int:
    """Makes and keeps the estimates of every disease and division, the country with them, that has a case on the days
    looked at, and lets go of what need not be kept longer; how many were kept that had not been from the same record.
    Raises Refused for a day that was not over.
    """
    with seeing_all():
        at = moment(as_of, known_at, now)
        found = list(CaseRow.objects.filter(counted_at__isnull=False).values_list("disease", flat=True).distinct())
        if not at.past:
            alarms_of_others.keep(sorted(found), at, now)
        kept = sum(_kept(made, at) for disease in sorted(found) for made in _made(disease, at, now))
        clear(now)
        return kept


def due(now: datetime) -> bool:
    """Whether nothing of the last whole day was kept yet: no alarms, or no estimates though there are cases."""
    with seeing_all():
        at = moment(None, None, now)
        held = EstimateRow.objects.filter(as_of=at.as_of, version=terms().edition)
        first = date.fromordinal(span(at.as_of, at.last).first)
        cases = CaseRow.objects.filter(counted_at__date__gte=first)
        return alarms_of_others.due(at) or (cases.exists() and not held.exists())


def _kept(made: Sequence[EstimateRow], at: Moment) -> int:
    held = EstimateRow.objects.filter(as_of=at.as_of, seq=at.seq, version=terms().edition)
    before = held.count()
    EstimateRow.objects.bulk_create(made, ignore_conflicts=True)
    return int(held.count() - before)


def _made(disease: str, at: Moment, now: datetime) -> Iterator[list[EstimateRow]]:
    """The estimates of a disease, some divisions at a time; the alarms are those of all of them together."""
    areas, cases = _by_division(disease, at)
    of = span(at.as_of, at.last)
    curves = series(cases, len(areas), of)
    broken = [breaks(disease, meets(area)) for area in areas]
    raised = alarms(curves.confirmation, of, broken)
    sure = controlled(curves.confirmation, raised, of, broken)
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, ones in enumerate(broken):
        alike[ones].append(place)
    for places in alike.values():
        for start in range(0, len(places), BLOCK):
            some = places[start : start + BLOCK]
            found = outlook(among(cases, some), len(some), of, disease, broken[some[0]])
            block = Estimated(
                of,
                disease,
                curves.of(some),
                found,
                [raised[place] for place in some],
                [broken[place] for place in some],
            )
            yield [
                EstimateRow(
                    disease=disease, area=areas[place], as_of=at.as_of, seq=at.seq, version=terms().edition,
                    computed_at=now, alarms=[alarm(one) for one in sure[place]], data=told(block, n),
                )
                for n, place in enumerate(some)
            ]  # fmt: skip


def _by_division(disease: str, at: Moment) -> tuple[list[str], Cases]:
    """The divisions that have cases on the days looked at, and each case once for each of those that it lies in."""
    first = date.fromordinal(span(at.as_of, at.last).first)
    gazetteer = current_gazetteer()
    numbers: dict[str, int] = {}
    known: dict[str, list[int]] = {}
    found = []
    for row in rows(EVERYWHERE, disease, at):
        one = case_of(row, 0)
        if not (first <= one.confirmation and one.known <= at.last):
            continue
        if row.area not in known:
            known[row.area] = [
                numbers.setdefault(area, len(numbers)) for area in (row.area, *gazetteer.ancestors(row.area))
            ]
        found += [one._replace(place=place) for place in known[row.area]]
    return list(numbers), table(found)
