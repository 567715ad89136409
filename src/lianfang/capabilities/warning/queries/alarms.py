"""Counts by county and day besides the cases of each division, and the alarms that the daily run kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr, TruncDate

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRow, zone
from lianfang.capabilities.cases.queries.line import FOUND_BY
from lianfang.capabilities.gates.models import EncounterRow
from lianfang.capabilities.warning.models.alarms import AlarmsRow
from lianfang.capabilities.warning.rules.alarms import Excess, Source
from lianfang.capabilities.warning.rules.series import Counts
from lianfang.capabilities.warning.rules.series_estimates import Span
from lianfang.capabilities.warning.rules.signals.picture import COUNTY, Watched


class Counted(NamedTuple):
    """Counts of counties (counties, days told), those without any left out."""

    counties: list[str]
    counts: Counts


def clinics(of: Span) -> Counted:
    """People whom clinics reported, whatever they turned out to have, by the day of the report. Within
    ``seeing_all``."""
    since, until = _times(of)
    rows = CaseRow.objects.filter(found_by__in=FOUND_BY, reported_at__gte=since, reported_at__lt=until)
    return _counted(rows.annotate(on=TruncDate("reported_at", tzinfo=zone())), of)


def checkpoints(of: Span) -> Counted:
    """People who were held at checkpoints, by the civil day. Within ``seeing_all``."""
    first, last = date.fromordinal(of.first), date.fromordinal(of.as_of)
    rows = EncounterRow.objects.filter(held_since__isnull=False, day__gte=first, day__lte=last)
    return _counted(rows.annotate(on=F("day")), of)


def confirmations(disease: str, of: Span) -> Counted:
    """Cases that count, by the day on which they came to. Within ``seeing_all``."""
    since, until = _times(of)
    rows = CaseRow.objects.filter(disease=disease, counted_at__gte=since, counted_at__lt=until)
    return _counted(rows.exclude(to=Class.EXCLUDED).annotate(on=TruncDate("counted_at", tzinfo=zone())), of)


COUNTS: Final[dict[Source, Callable[[Span], Counted]]] = {"clinic": clinics, "checkpoint": checkpoints}


def alarmed(since: date, until: date) -> Iterator[Watched]:
    """The alarms of the daily runs on days from ``since`` to ``until``, both included, as the last run told them.
    Within ``seeing_all`` only."""
    last = AlarmsRow.objects.order_by("source", "disease", "-as_of", "-seq").distinct("source", "disease")
    for row in last.filter(as_of__gte=since, as_of__lte=until):
        for one in row.alarms:
            raised = Excess(**one)
            begun, day = (date.fromisoformat(str(at)) for at in (raised.since, raised.day))
            if since <= day <= until:
                its = raised._replace(since=begun, day=day, places=tuple(raised.places))
                yield Watched(row.source, row.disease or None, its)


def _times(of: Span) -> tuple[datetime, datetime]:
    first, last = date.fromordinal(of.first), date.fromordinal(of.as_of)
    return datetime.combine(first, time(), zone()), datetime.combine(last + timedelta(1), time(), zone())


def _counted(rows: QuerySet[Any], of: Span) -> Counted:
    told = rows.annotate(county=Substr("area", 1, COUNTY)).values_list("county", "on").annotate(n=Count("subject"))
    found = list(told.order_by("county", "on"))
    numbers = {county: n for n, county in enumerate(dict.fromkeys(row[0] for row in found))}
    counts = np.zeros((len(numbers), of.told))
    for county, on, n in found:
        counts[numbers[county], on.toordinal() - of.first] = n
    return Counted(list(numbers), counts)
