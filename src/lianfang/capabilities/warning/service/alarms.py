"""What the daily run looks at besides the cases of each division, and keeps: counts of people with symptoms, and
outbreaks across neighbouring counties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from lianfang.capabilities.warning.models.alarms import AlarmsRow
from lianfang.capabilities.warning.queries.alarms import COUNTS, confirmations
from lianfang.capabilities.warning.queries.series import Moment, meets
from lianfang.capabilities.warning.rules.alarms import SCAN, Excess, across, of_counts, terms
from lianfang.capabilities.warning.rules.series_estimates import breaks, span
from lianfang.places.gazetteer import COUNTRY
from lianfang.places.queries import centres


def keep(diseases: Iterable[str], at: Moment, now: datetime) -> None:
    """Makes and keeps the alarms of a day, from the record as it stands. Within ``seeing_all``."""
    of = span(at.as_of, at.last)
    made = []
    for source, counted in COUNTS.items():
        found = counted(of)
        made.append(_row(source, "", of_counts(found.counts, found.counties, of), at, now))
    for disease in diseases:
        found = confirmations(disease, of)
        where = centres(found.counties)
        places = np.array([where.get(county, (np.nan, np.nan)) for county in found.counties]).reshape(-1, 2)
        broken = [breaks(disease, meets(county)) for county in found.counties]
        made.append(_row(SCAN, disease, across(found.counts, found.counties, places, of, broken), at, now))
    AlarmsRow.objects.bulk_create(made, ignore_conflicts=True)


def due(at: Moment) -> bool:
    """Whether nothing of a day was kept yet. Within ``seeing_all``."""
    return not AlarmsRow.objects.filter(as_of=at.as_of, version=terms().edition).exists()


def _row(source: str, disease: str, raised: Iterable[Excess], at: Moment, now: datetime) -> AlarmsRow:
    alarms = [
        {**one._asdict(), "since": one.since.isoformat(), "day": one.day.isoformat(), "places": list(one.places)}
        for one in raised
    ]
    return AlarmsRow(
        source=source, disease=disease, area=COUNTRY, as_of=at.as_of, seq=at.seq, version=terms().edition,
        computed_at=now, alarms=alarms,
    )  # fmt: skip
