"""The cases of an area as series, by what had happened and by what was known, and the estimates made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRegister, CaseRow, zone
from lianfang.capabilities.cases.queries.counts import CHUNK, changed_after
from lianfang.capabilities.cases.queries.listing import known_range
from lianfang.capabilities.cases.rules.counting import middle
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.capabilities.warning.rules.infections import infections
from lianfang.capabilities.warning.rules.series import Case, Cases, table
from lianfang.capabilities.warning.rules.series_estimates import alarms, breaks, outlook, series, span
from lianfang.capabilities.warning.rules.series_told import Estimated
from lianfang.facts import log
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer
from lianfang.profiles.disease import NoProfile, profile

ACTION: Final = "warning.read"
DAY: Final = timedelta(days=1)
_COLUMNS: Final = (
    "area", "batch", "onset_earliest", "onset_latest", "reported_at", "counted_at", "counted_received_at",
)  # fmt: skip


class Moment(NamedTuple):
    """``as_of``: the last day that is told; ``last``: the last whole day that was known; ``seq``: up to where the
    record was known, ``past`` whether more has come since."""

    as_of: date
    last: date
    seq: int
    past: bool


class Row(NamedTuple):
    """A case that counts, as the register has it."""

    area: str
    batch: UUID | None
    onset_earliest: date | None
    onset_latest: date | None
    reported_at: datetime
    counted_at: datetime
    counted_received_at: datetime | None


class Part(NamedTuple):
    """A division right below the area asked for, or the area itself for what lies in none of them."""

    area: str
    division: Division | None


def estimates(
    viewer: Viewer, area: str, *, disease: str, as_of: date | None, known_at: datetime | None, now: datetime
) -> tuple[Estimated, Moment]:
    """What is estimated of an area, by its cases up to ``as_of`` as they were known at ``known_at``; without either by
    all that was known when the last whole day ended. Raises Forbidden, Refused."""
    at = moment(as_of, known_at, now)
    found, of = _cases(viewer, area, disease, at, lambda _: 0), span(at.as_of, at.last)
    broken = breaks(disease, meets(area))
    told = series(found, 1, of)
    its = alarms(told.confirmation, of, [broken])
    return Estimated(of, disease, told, outlook(found, 1, of, disease, broken), its, [broken]), at


def parts(
    viewer: Viewer, area: str, *, disease: str, as_of: date | None, known_at: datetime | None, now: datetime
) -> tuple[tuple[Part, ...], Estimated, Moment]:
    """The series of each division right below an area, with their alarms and without an outlook. Raises as
    ``estimates`` does."""
    at = moment(as_of, known_at, now)
    below = [Part(one.code, one) for one in current_gazetteer().children(area)]
    ranges = {one.area: known_range(one.area) for one in below}
    places = {one.area: n for n, one in enumerate(below)}

    def place(code: str) -> int:
        return next((places[part] for part, (start, end) in ranges.items() if start <= code < end), len(below))

    found, of = _cases(viewer, area, disease, at, place), span(at.as_of, at.last)
    if not below or (found.place == len(below)).any():
        below.append(Part(area, current_gazetteer().division(area)))
    broken = [breaks(disease, meets(one.area)) for one in below]
    told = series(found, len(below), of)
    its = alarms(told.confirmation, of, broken)
    return tuple(below), Estimated(of, disease, told, None, its, broken), at


def infected(
    viewer: Viewer, area: str, *, disease: str, as_of: date | None, known_at: datetime | None, now: datetime
) -> tuple[dict[str, Any], Moment]:
    """When the cases of an area were infected, as the interface tells it. Raises as ``estimates`` does."""
    at = moment(as_of, known_at, now)
    found = _cases(viewer, area, disease, at, lambda _: 0)
    return infections(found, span(at.as_of, at.last), disease, breaks(disease, meets(area))), at


def alarmed(since: date, until: date) -> Iterator[tuple[str, str, str, date, int, float | None, float | None]]:
    """The alarms of the daily runs on days from ``since`` to ``until``, both included, as the last run told them: area,
    disease, detector, day, observed, expected, upper. Within ``seeing_all`` only."""
    last = EstimateRow.objects.order_by("disease", "area", "-as_of", "-seq").distinct("disease", "area")
    for row in last.filter(as_of__gte=since).iterator():
        for one in row.alarms:
            day = date.fromisoformat(one["day"])
            if since <= day <= until:
                yield row.area, row.disease, one["detector"], day, one["observed"], one["expected"], one["upper"]


class Band(NamedTuple):
    """What is expected of a day once all of it is known: the middle, and what it lies between."""

    day: date
    lower: float
    median: float
    upper: float


def nowcast(viewer: Viewer, area: str, disease: str, as_of: date, seq: int) -> list[Band]:
    """The cases by onset as the last daily run expects them, of those up to a day and a fact; empty where none was
    kept. Raises Forbidden."""
    require_over(viewer, ACTION, area)
    with seeing(viewer, ACTION):
        rows = EstimateRow.objects.filter(area=area, disease=disease, as_of__lte=as_of, seq__lte=seq)
        data = rows.order_by("-as_of", "-seq").values_list("data", flat=True).first()
    its = data["nowcast"] if data else {"levels": [], "days": []}
    middle_at = its["levels"].index(0.5) if its["days"] else 0
    return [Band(date.fromisoformat(one["day"]), one["q"][0], one["q"][middle_at], one["q"][-1]) for one in its["days"]]


def moment(as_of: date | None, known_at: datetime | None, now: datetime) -> Moment:
    """The days that are looked at. Raises Refused for a day that was not over yet."""
    known = known_at or now
    last = known.astimezone(zone()).date() - DAY
    day = as_of or last
    if day > last:
        raise Refused(
            [
                Wrong(
                    "as_of",
                    "not_over",
                    f"{day}还没有过完，请给{last}或更早的日子",
                    f"{day} was not over: give {last} or before",
                )
            ]
        )
    head = log.head().seq
    seq = head if known_at is None else log.seq_at(known_at)
    return Moment(day, last, seq, seq < head)


def _cases(viewer: Viewer, area: str, disease: str, at: Moment, place: Callable[[str], int]) -> Cases:
    within = known_range(area)
    require_over(viewer, ACTION, area)
    with seeing(viewer, ACTION):
        return table([case_of(row, place(row.area)) for row in rows(within, disease, at)])


def rows(within: tuple[str, str], disease: str, at: Moment) -> Iterator[Row]:
    """The cases of a range of divisions that counted, as known up to ``at.seq``. Within ``seeing`` only. Raises
    Refused."""
    try:
        profile(disease)
    except NoProfile as error:
        raise Refused([Wrong("disease", "unknown", f"没有{disease}的疾病资料", str(error))]) from None
    held = CaseRow.objects.filter(disease=disease, counted_at__isnull=False).exclude(to=Class.EXCLUDED)
    held = held.filter(area__bytes_from=within[0], area__bytes_before=within[1])
    if not at.past:
        yield from _read(held)
        return
    changed = changed_after(at.seq)
    yield from _read(held.exclude(subject__in=changed))
    for row in _refolded(changed, at.seq):
        counts = row.disease == disease and row.counted_at is not None and row.to != Class.EXCLUDED
        if counts and within[0] <= row.area < within[1]:
            yield Row(*(getattr(row, name) for name in _COLUMNS))


def _read(held: QuerySet[CaseRow]) -> Iterator[Row]:
    return (Row(*row) for row in held.values_list(*_COLUMNS).iterator())


def _refolded(cases: list[UUID], seq: int) -> Iterator[CaseRow]:
    """Cases as they were known at ``seq``."""
    for start in range(0, len(cases), CHUNK):
        entries = log.read(upto=seq, kinds=CaseRegister.kinds, subjects=cases[start : start + CHUNK])
        facts = sorted(entries, key=lambda entry: (entry.fact.subject, entry.seq))
        for subject, theirs in groupby(facts, key=lambda entry: entry.fact.subject):
            yield from (row for row in CaseRegister().rows(subject, list(theirs)) if isinstance(row, CaseRow))


def case_of(row: Row, place: int) -> Case:
    """A case by days. One that came with an import of past cases is taken to have been known when it counted: when the
    file came says nothing of how late reports are."""
    counted = _day(row.counted_at)
    known = counted if row.batch or row.counted_received_at is None else max(_day(row.counted_received_at), counted)
    return Case(place, middle(row.onset_earliest, row.onset_latest), _day(row.reported_at), counted, known)


def _day(at: datetime) -> date:
    return at.astimezone(zone()).date()


def meets(area: str) -> Callable[[str], bool]:
    """Whether a division and another hold each other."""
    gazetteer = current_gazetteer()

    def with_it(other: str) -> bool:
        return other in (area, *gazetteer.ancestors(area)) or area in gazetteer.ancestors(other)

    return with_it
