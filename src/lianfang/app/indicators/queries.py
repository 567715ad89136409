"""The figures of an area, each counted by the capability that owns it. The viewer comes first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.timezone import get_default_timezone, localdate

from lianfang.access.matrix import can, reaches
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.app.indicators.registry import Counting, counting, indicators
from lianfang.capabilities.warning.queries import series as warning
from lianfang.capabilities.warning.queries.series import Band
from lianfang.facts import log
from lianfang.facts.fact import Entry
from lianfang.facts.indicator import Asked, Behind, Identity, Indicator, Kind, Series, midnight
from lianfang.facts.steps import NoPlace
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer
from lianfang.places.spans import Scattered, span
from lianfang.profiles.disease.parts import stem

READ: Final = "situation.read"
SPARK: Final = 14
"""Days of the small curve of a division."""
MOST_DAYS: Final = 732
EXPECTED: Final = "onset_new"
"""The indicator of which the daily run expects more than is known."""


class Moment(NamedTuple):
    """``day`` is counted by what was known at ``known_at``, which is up to the fact ``seq``; ``as_of`` is the last
    moment that is counted."""

    day: date
    as_of: datetime
    known_at: datetime
    seq: int


class Figure(NamedTuple):
    """A number with that of the day before; ``of`` is what a share is a part of. ``hidden``: the viewer may not count
    it. None is not recorded; a zero was counted."""

    n: int | None = None
    of: int | None = None
    before: int | None = None
    hidden: bool = False


class Part(NamedTuple):
    """A division right below; of ``spark`` the last is the day asked for."""

    area: str
    figures: Mapping[str, int | None]
    spark: Mapping[str, Sequence[int | None]]


class Check(NamedTuple):
    """A sum that must close, in numbers."""

    identity: Identity
    holds: bool
    detail: str


class Figures(NamedTuple):
    area: Division
    moment: Moment
    figures: Mapping[str, Figure]
    parts: tuple[Part, ...]
    checks: tuple[Check, ...]


class Days(NamedTuple):
    """An indicator day by day, and by division right below. ``band``: what is expected of days of which not all is
    known yet, where the daily run has kept an estimate."""

    one: Indicator
    moment: Moment
    first: date
    whole: Sequence[int | None]
    parts: Series
    band: Sequence[Band]


class Explained(NamedTuple):
    """A figure with what it is made of, what of each is on record, the sums it must close in, and its revisions."""

    one: Indicator
    counting: Counting
    moment: Moment
    n: int | None
    behind: Behind
    facts: Mapping[UUID, Sequence[Entry]]
    checks: tuple[Check, ...]
    revisions: list[tuple[datetime, int, int]]


def declared(viewer: Viewer) -> list[Indicator]:
    """Every indicator, whatever the viewer may count: what a figure is, is no secret."""
    return [one for one, _ in indicators().values()]


def figures(
    viewer: Viewer, area: str, *, disease: str, day: date | None, known_at: datetime | None, now: datetime
) -> Figures:
    """The figures of an area on a day, by what was known at a time. Raises NotThere, Refused."""
    moment, seq = _moment(day, known_at, now)
    asked = _asked(viewer, area, disease, moment.day - timedelta(days=SPARK - 1), moment, seq, now)
    kept = {key for key, (_, its) in indicators().items() if its.replays}
    sparks = _series(viewer, asked, kept)
    told = sparks | _series(viewer, asked._replace(first=asked.last - timedelta(days=1)), indicators().keys() - kept)
    return _figures(viewer, moment, asked, told, sparks)


def some(
    viewer: Viewer, area: str, keys: Collection[str], *, disease: str, begins: datetime, ends: datetime, seq: int,
    now: datetime,
) -> Figures:  # fmt: skip
    """Some figures of an area, stocks at ``ends`` and flows since ``begins``, by the record up to ``seq``, with the
    sums that they must close in. Raises NotThere, Refused."""
    zone = get_default_timezone()
    known = log.received_at([seq]).get(seq, now)
    moment = Moment(_last_day(ends, zone), ends, known, seq)
    asked = _asked(viewer, area, disease, begins.astimezone(zone).date(), moment, seq, now)
    asked = asked._replace(since=begins, until=ends)
    sums = (identity.keys for its in counting() for identity in its.identities)
    wanted = {*keys, *(key for its in sums if not set(keys).isdisjoint(its) for key in its)}
    opening = {one.left for its in counting() for one in its.identities if one.opening} & wanted
    day = _last_day(begins, zone)
    before = _series(viewer, asked._replace(first=day, last=day, since=None, until=begins), opening)
    told = {
        key: {code: _over(one, of_part(before.get(key, {}), code, 1)[-1], days) for code, days in its.items()}
        for key, its in _series(viewer, asked, wanted).items()
        for one in [indicators()[key][0]]
    }
    return _figures(viewer, moment, asked._replace(first=moment.day - timedelta(days=1)), told, {})


def _last_day(ends: datetime, zone: tzinfo) -> date:
    """The day that a moment ends, or lies in."""
    return (ends - timedelta(microseconds=1)).astimezone(zone).date()


def _over(one: Indicator, before: int | None, days: Sequence[int | None]) -> list[int | None]:
    """What an indicator was before the days, and what it is over all of them."""
    if one.kind is not Kind.FLOW:
        return [before, days[-1]]
    return [None, None if None in days else sum(n for n in days if n is not None)]


def _figures(
    viewer: Viewer, moment: Moment, asked: Asked, told: Mapping[str, Series], sparks: Mapping[str, Series]
) -> Figures:
    """What was counted of an area and its divisions, put together."""
    area, whole = asked.area, {key: _whole(its, asked.days) for key, its in told.items()}
    found = {
        key: Figure(hidden=True) if not its.may(viewer) else _figure(one, whole)
        for key, (one, its) in indicators().items()
    }
    beside = asked.parts and any(any(its.get(area, ())) for its in told.values())  # what lies in no division below
    parts = tuple(
        Part(
            code,
            {key: of_part(its, code, asked.days)[-1] for key, its in told.items()},
            {key: of_part(its, code, asked.days) for key, its in sparks.items()},
        )
        for code in [*asked.parts, *([area] if beside else [])]
    )  # fmt: skip
    division = current_gazetteer().division(area)
    assert division is not None
    return Figures(division, moment, found, parts, _checks(whole))


def days(
    viewer: Viewer, area: str, key: str, *, disease: str, since: date | None, until: date | None,
    known_at: datetime | None, now: datetime,
) -> Days:  # fmt: skip
    """An indicator of an area day by day; by default the last two weeks. Raises NotThere, Refused."""
    one, _ = _found(key)
    moment, seq = _moment(until, known_at, now)
    first = since or moment.day - timedelta(days=SPARK - 1)
    if first > moment.day:
        raise Refused([Wrong("since", "after_end", "晚于截止日，请核对", "is after the end: give an earlier day")])
    if (moment.day - first).days >= MOST_DAYS:
        raise Refused([Wrong("since", "too_long", f"最多{MOST_DAYS}天", f"at most {MOST_DAYS} days are told at once")])
    asked = _asked(viewer, area, disease, first, moment, seq, now)
    found = _series(viewer, asked, [key]).get(key)
    if found is None:
        return Days(one, moment, first, [None] * asked.days, {}, [])
    by_part = {code: of_part(found, code, asked.days) for code in asked.parts}
    band = []
    if key == EXPECTED and can(viewer, warning.ACTION):
        told = warning.nowcast(viewer, area, disease, moment.day, moment.seq)
        band = [day for day in told if first <= day.day <= moment.day]
    return Days(one, moment, first, _whole(found, asked.days), by_part, band)


def explained(
    viewer: Viewer, area: str, key: str, *, disease: str, day: date | None, known_at: datetime | None, after: str,
    limit: int, now: datetime,
) -> Explained:  # fmt: skip
    """What a figure is made of. Raises NotThere, Refused."""
    one, its = _found(key)
    moment, seq = _moment(day, known_at, now)
    asked = _asked(viewer, area, disease, moment.day - timedelta(days=1), moment, seq, now)
    if not its.may(viewer):
        raise NotThere
    keys = {key, *(name for identity in its.identities if key in identity.keys for name in identity.keys)}
    told = _series(viewer, asked, keys)
    asked = asked._replace(first=asked.last)
    if key not in told:
        return Explained(one, its, moment, None, Behind((), 0, None, False), {}, (), [])
    whole = {name: _whole(series, 2) for name, series in told.items()}
    try:
        behind = its.behind(viewer, asked, one, after, limit)
    except NoPlace:
        zh, en = "不是名单中的位置", "is no place in this list; take it from the answer before"
        raise Refused([Wrong("after", "no_place", zh, en)]) from None
    checks = tuple(check for check in _checks(whole) if key in check.identity.keys)
    subjects = {item.subject for item in behind.items if item.subject is not None}
    revised = its.revisions(viewer, asked, one)
    at = log.received_at([seq for seq, _ in revised])
    return Explained(
        one, its, moment, whole[key][-1], behind, _facts(subjects, one, asked), checks,
        [(_told(at[seq]), seq, n) for seq, n in revised],
    )  # fmt: skip


def _told(at: datetime) -> datetime:
    """A moment as it can be asked for again: answers have milliseconds, the record has microseconds."""
    return at + timedelta(microseconds=-at.microsecond % 1000)


def of_part(series: Series, code: str, length: int) -> Sequence[int | None]:
    """The days of a division; where nothing was counted in it, that is nought."""
    return series.get(code) or [0] * length


def _found(key: str) -> tuple[Indicator, Counting]:
    if key not in indicators():
        raise NotThere
    return indicators()[key]


def _moment(day: date | None, known_at: datetime | None, now: datetime) -> tuple[Moment, int | None]:
    """The moment that is asked about, and up to which fact it is told; None: all."""
    known = min(known_at or now, now)
    its = day or localdate(known)
    head = log.head().seq
    seq = head if known_at is None else log.seq_at(known_at)
    return _until(its, known, seq), None if seq == head else seq


def _until(day: date, known_at: datetime, seq: int) -> Moment:
    ends = midnight(day + timedelta(days=1), get_default_timezone())
    return Moment(day, min(ends, known_at), known_at, seq)


def _asked(
    viewer: Viewer, area: str, disease: str, first: date, moment: Moment, seq: int | None, now: datetime
) -> Asked:
    gazetteer = current_gazetteer()
    if not reaches(viewer, READ, area):
        raise NotThere
    try:
        within = span(gazetteer, area)
    except (LookupError, Scattered):
        raise NotThere from None
    parts = {}
    for child in gazetteer.children(area):
        try:
            parts[child.code] = span(gazetteer, child.code)
        except (LookupError, Scattered):
            continue
    digits = max((len(stem(code)) for code in parts), default=1)
    return Asked(area, disease, within, parts, digits, first, moment.day, seq, now, get_default_timezone())


def _series(viewer: Viewer, asked: Asked, keys: Collection[str]) -> dict[str, Series]:
    """What can be told, and the viewer may count, of some indicators."""
    found: dict[str, Series] = {}
    for its in counting():
        wanted = [one.key for one in its.declared if one.key in keys]
        if wanted and its.may(viewer) and (its.replays or asked.seq is None):
            found.update(its.series(viewer, asked, wanted))
    return found


def _whole(series: Series, length: int) -> list[int | None]:
    """The sums over the divisions; None where one of them is not recorded."""
    if not series:
        return [0] * length
    return [None if None in day else sum(n for n in day if n is not None) for day in zip(*series.values(), strict=True)]


def _figure(one: Indicator, whole: Mapping[str, Sequence[int | None]]) -> Figure:
    told = whole.get(one.key)
    if told is None:
        return Figure()
    of = whole[one.of][-1] if one.kind is Kind.SHARE and one.of in whole else None
    return Figure(told[-1], of, told[-2])


def _checks(whole: Mapping[str, Sequence[int | None]]) -> tuple[Check, ...]:
    """The sums that must close, of which every number is told."""
    found = []
    for identity in (one for its in counting() for one in its.identities):
        told = {key: whole[key][-1] for key in identity.keys if key in whole}
        opening = whole[identity.left][-2] if identity.opening and identity.left in whole else 0
        if len(told) < len(set(identity.keys)) or None in told.values() or opening is None:
            continue
        numbers = {key: n or 0 for key, n in told.items()}
        right = opening + sum(numbers[key] for key in identity.plus) - sum(numbers[key] for key in identity.minus)
        terms = [*([str(opening)] if identity.opening else []), *(str(numbers[key]) for key in identity.plus)]
        detail = f"{numbers[identity.left]} = {' + '.join(terms)}" + "".join(
            f" − {numbers[key]}" for key in identity.minus
        )
        found.append(Check(identity, numbers[identity.left] == right, detail))
    return tuple(found)


def _facts(subjects: Collection[UUID], one: Indicator, asked: Asked) -> dict[UUID, list[Entry]]:
    """The facts that a figure of the last day is made of, by subject."""
    found: dict[UUID, list[Entry]] = {subject: [] for subject in subjects}
    if subjects:
        for entry in log.read(upto=asked.seq, kinds=one.fact_kinds, subjects=subjects):
            if entry.fact.observed_at < asked.ends:
                found[entry.fact.subject].append(entry)
    return found
