"""What the registers have of an area today, as a comparison of measures needs it: sums, never a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np
from django.db.models import Q

from lianfang.access.matrix import require_over
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.models import CaseRow, zone
from lianfang.capabilities.cases.queries.listing import known_range
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.state.contact import Status
from lianfang.capabilities.drills.rules.whatif import Known
from lianfang.capabilities.drills.rules.whatif_terms import terms
from lianfang.capabilities.isolation.queries.stations import Listed, listed
from lianfang.profiles.disease import profile

ACTION: Final = "whatif.compare"
INFECTED: Final = (Class.CONFIRMED, Class.CLINICAL, Class.PROBABLE, Class.ASYMPTOMATIC)
"""Classes that are taken to be infections."""
IMPORT_DAYS: Final = 14
DAY: Final = timedelta(days=1)


class Own(NamedTuple):
    """A figure of the area's own registers, from so many cases or days."""

    value: float
    n: int


class Places(NamedTuple):
    """Places of hospitals or of stations: how many, and how many are held now."""

    stations: int
    all: int
    held: int


class Onset(NamedTuple):
    """Cases by the day of their onset; None where no day is on record."""

    day: date | None
    cases: int


class Today(NamedTuple):
    """What the registers have now. ``suspected`` are told and not reckoned with."""

    known: Known
    cases: int
    in_hospital: int
    suspected: int
    observed: int
    onsets: tuple[Onset, ...]
    beds: Places
    places: Places
    own: dict[str, Own]
    edition: str


class _Case(NamedTuple):
    to: str
    source: str
    outcome: str | None
    onset_earliest: date | None
    onset_latest: date | None
    reported_at: datetime
    isolated_at: datetime | None
    admitted_at: datetime | None
    found_by: str | None
    hospital: str | None


def today(viewer: Viewer, area: str, disease: str, now: datetime) -> Today:
    """The cases, contacts and places of an area. Raises Forbidden, Refused."""
    if disease not in terms().diseases:
        codes = ", ".join(terms().diseases)
        raise Refused([Wrong("disease", "unknown", f"只有{codes}的推演参数", f"there are figures for {codes} only")])
    area_from, area_to = known_range(area)
    require_over(viewer, ACTION, area)
    inside = Q(disease=disease, area__bytes_from=area_from, area__bytes_before=area_to)
    with seeing(viewer, ACTION):
        rows = in_range(viewer, CaseRow.objects.filter(inside, to__in=[*INFECTED, Class.SUSPECTED]))
        cases = [_Case._make(row) for row in rows.order_by("reported_at", "subject").values_list(*_Case._fields)]
        contacts = in_range(viewer, ContactRow.objects.filter(inside, observed=True))
        traced = contacts.count()
        due = list(contacts.filter(status=Status.OBSERVING).values_list("due", flat=True))
    sure = [one for one in cases if one.to in INFECTED]
    edition = profile(disease).judged_by(now.astimezone(zone()).date(), area)
    stations = listed(viewer, area=area, now=now)
    return Today(
        known=_known(sure, due, now), cases=len(sure),
        in_hospital=sum(1 for one in sure if one.outcome is None and one.hospital),
        suspected=len(cases) - len(sure), observed=len(due), onsets=_onsets(sure),
        beds=_places(stations, "hospital"), places=_places(stations, "central"),
        own=_own(sure, traced, edition.contact.whole_days if edition.contact else None, now), edition=edition.code,
    )  # fmt: skip


def _known(cases: Sequence[_Case], due: Sequence[date | None], now: datetime) -> Known:
    recent = terms().limits.recent_days
    known = np.full((len(cases), 6), np.nan)
    for row, one in zip(known, cases, strict=True):
        known_times = [at for at in (one.isolated_at, one.admitted_at) if at is not None]
        row[:] = (
            _onset(one, now), _days(one.reported_at, now), _days(min(known_times, default=None), now),
            _days(one.admitted_at, now), one.source == InfectionSource.IMPORTED, one.outcome is None,
        )  # fmt: skip
    since = np.where(np.isnan(known[:, 0]), known[:, 1], known[:, 0])
    left = Counter(_left(one, now) for one in due)
    leaving = tuple(left[day] for day in range(max(left, default=-1) + 1))
    return Known(known, int((since >= -recent).sum()), leaving)


def _left(due: date | None, now: datetime) -> int:
    """Days from now until the observation of somebody ends; where no day is on record, a fortnight."""
    if due is None:
        return IMPORT_DAYS
    return max((due - now.astimezone(zone()).date()).days + 1, 0)


def _days(at: datetime | None, now: datetime) -> float:
    return float("nan") if at is None else (at - now) / DAY


def _onset(one: _Case, now: datetime) -> float:
    """The middle of the days on which it may have been, at noon."""
    if one.onset_earliest is None or one.onset_latest is None:
        return float("nan")
    today = now.astimezone(zone())
    since, until = ((day - today.date()).days for day in (one.onset_earliest, one.onset_latest))
    return (since + until) / 2.0 + 0.5 - (today.hour / 24.0 + today.minute / 1440.0)


def _onsets(cases: Sequence[_Case]) -> tuple[Onset, ...]:
    days = Counter(one.onset_latest for one in cases)
    known = sorted(day for day in days if day is not None)
    unknown = [Onset(None, days[None])] if days[None] else []
    return tuple([Onset(day, days[day]) for day in known] + unknown)


def _places(stations: Sequence[Listed], mode: str) -> Places:
    its = [one for one in stations if one.row.mode == mode]
    return Places(
        len(its),
        sum(one.occupancy.permanent + one.occupancy.temporary for one in its),
        sum(one.occupancy.held for one in its),
    )


def _own(cases: Sequence[_Case], traced: int, observe: int | None, now: datetime) -> dict[str, Own]:
    """Figures of the area that stand for published ones where there are cases enough, and those that need none."""
    least = terms().limits.least_own
    waits = [
        _days(one.reported_at, now) - _onset(one, now)
        for one in cases
        if one.onset_latest is not None and one.found_by != "contact_follow_up"
    ]
    waits = [one for one in waits if one > 0]
    found = {}
    if len(waits) >= least:
        mean, sd = float(np.mean(waits)), float(np.std(waits, ddof=1))
        found["report_mean_days"] = Own(round(mean, 2), len(waits))
        found["report_sd_days"] = Own(round(max(sd, 0.1), 2), len(waits))
    if len(cases) >= least:
        found["contacts_per_case"] = Own(round(traced / len(cases), 2), len(cases))
    imported = sum(
        1 for one in cases if one.source == InfectionSource.IMPORTED and one.reported_at > now - IMPORT_DAYS * DAY
    )
    found["imports_per_day"] = Own(round(imported / IMPORT_DAYS, 2), imported)
    if observe is not None:
        found["observe_days"] = Own(float(observe), 0)
    return found
