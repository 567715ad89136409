"""Figures that open down to what they are made of: what each subject adds to which figure from when on, and from which
fact to which this was known. Every past state of knowledge is there: nothing has to be folded anew to replay it."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from typing import Any, ClassVar, Final, NamedTuple
from uuid import UUID

import orjson
from django.db import models
from django.db.models import Aggregate, Case, DateField, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Left, TruncDate

from lianfang.facts import log
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.indicator import Asked, Behind, Indicator, Item, Kind, Step
from lianfang.facts.lock import array
from lianfang.facts.refold import is_first_time, told, write

MOST_REVISIONS: Final = 100
Key = tuple[str, str, datetime]
"""Area, indicator, moment."""
Ended = tuple[int, UUID, Key]
"""By which fact what of a subject was ended."""


class StepRow(models.Model):
    """``subject`` changes the figure ``key`` of ``area`` by ``n`` at ``at``: known so from the fact ``since`` on, until
    the fact ``upto``; None: still."""

    pk = models.CompositePrimaryKey("subject", "key", "area", "at", "since")
    subject = models.UUIDField()
    key = models.CharField(max_length=32)
    area = models.CharField(max_length=64)
    at = models.DateTimeField()
    n = models.IntegerField()
    disease = models.CharField(max_length=64)
    since = models.BigIntegerField()
    upto = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class NoPlace(ValueError):
    """What should be a place in a list of facts is none."""


class Folded(NamedTuple):
    """What some facts of a subject come to."""

    disease: str
    steps: Iterable[Step]


class StepRegister:
    """A register of what subjects add to figures. Give it ``name``, ``kinds`` and ``model``, and say in ``folded`` what
    a subject's facts come to. What was known before is never written again: each fact ends what it changes."""

    name: ClassVar[str]
    kinds: ClassVar[frozenset[str]]
    model: ClassVar[type[StepRow]]
    first: ClassVar[frozenset[str]] = frozenset()

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.model._meta.db_table,)

    def folded(self, subject: UUID, entries: Sequence[Entry]) -> Folded | None:
        """What the facts of a subject, by ``seq``, come to."""
        raise NotImplementedError

    def apply(self, entries: Sequence[Entry]) -> None:
        made: list[dict[str, Any]] = []
        ended: list[Ended] = []
        new = entries[0].seq if entries and not is_first_time() else 0
        for subject, theirs in told(entries, self.kinds).items():
            if any(entry.fact.kind != Retracted.kind for entry in theirs):
                self._subject(subject, theirs, new, made, ended)
        if ended:
            self._end(ended)
        write(self.model, made)

    def _subject(
        self, subject: UUID, entries: list[Entry], new: int, made: list[dict[str, Any]], ended: list[Ended]
    ) -> None:  # fmt: skip
        earlier = sum(entry.seq < new for entry in entries)
        _, before = self._steps(subject, entries[:earlier])
        rows: dict[Key, dict[str, Any]] = {}
        for count, entry in enumerate(entries[earlier:], earlier + 1):
            disease, after = self._steps(subject, entries[:count])
            for key in [key for key in before if after.get(key) != before[key]]:
                if key in rows:
                    rows.pop(key)["upto"] = entry.seq
                else:
                    ended.append((entry.seq, subject, key))
            for key in [key for key in after if before.get(key) != after[key]]:
                area, indicator, at = key
                rows[key] = {
                    "subject": subject, "key": indicator, "area": area, "at": at, "n": after[key], "disease": disease,
                    "since": entry.seq, "upto": None,
                }  # fmt: skip
                made.append(rows[key])
            before = after

    def _steps(self, subject: UUID, entries: Sequence[Entry]) -> tuple[str, Mapping[Key, int]]:
        found = self.folded(subject, entries) if entries else None
        if found is None:
            return "", {}
        sums = Counter[Key]()
        for one in found.steps:
            sums[one.area, one.key, one.at] += one.n
        return found.disease, {key: n for key, n in sums.items() if n}

    def _end(self, ended: Sequence[Ended]) -> None:
        table = self.model._meta.db_table
        with log.binary_cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" step SET upto = its.seq FROM unnest(%s::bigint[], %s::uuid[], %s::text[], '
                "%s::text[], %s::timestamptz[]) AS its (seq, subject, area, key, at) WHERE step.subject = its.subject "
                "AND step.key = its.key AND step.area = its.area AND step.at = its.at AND step.upto IS NULL",
                [
                    [seq for seq, _, _ in ended],
                    array(subject for _, subject, _ in ended),
                    *([key[column] for _, _, key in ended] for column in range(3)),
                ],
            )


def known(rows: QuerySet[Any], seq: int | None) -> QuerySet[Any]:
    """The steps as they were known at a fact; None: now."""
    if seq is None:
        return rows.filter(upto__isnull=True)
    return rows.filter(Q(upto__isnull=True) | Q(upto__gt=seq), since__lte=seq)


def series(rows: QuerySet[Any], declared: Collection[Indicator], asked: Asked) -> dict[str, dict[str, list[int]]]:
    """Each indicator on each day, by division right below. ``rows`` are the steps that the viewer may count."""
    kinds = {one.key: one.kind for one in declared}
    found = (
        known(rows, asked.seq)
        .filter(_within(asked), disease=asked.disease, key__in=list(kinds), at__lt=asked.ends)
        .filter(Q(at__gte=asked.begins) | Q(key__in=[key for key, kind in kinds.items() if kind is Kind.STOCK]))
        .values("key", day=day_of("at", asked), part=Left("area", asked.digits))
        .annotate(any_of=Min("area"), sum=Sum("n"))
        .order_by()
    )
    sums = {one.key: Sums(one.kind, asked) for one in declared}
    for key, day, area, n in found.values_list("key", "day", "any_of", "sum"):
        sums[key].add(area, day, n)
    return {key: its.series() for key, its in sums.items()}


class Sums:
    """The changes of one indicator, by division right below and day; ``None`` is before the first."""

    def __init__(self, kind: Kind, asked: Asked) -> None:
        self._kind, self._asked, self._place = kind, asked, placing(asked)
        self._told: dict[str, list[int]] = {}

    def add(self, area: str, day: date | None, n: int) -> None:
        of_part = self._told.setdefault(self._place(area), [0] * (self._asked.days + 1))
        of_part[0 if day is None else (day - self._asked.first).days + 1] += n

    def series(self) -> dict[str, list[int]]:
        """The indicator on each day."""
        if self._kind is Kind.STOCK:
            return {part: list(accumulate(told))[1:] for part, told in self._told.items()}
        return {part: told[1:] for part, told in self._told.items()}


def day_of(column: str, asked: Asked) -> Case:
    """The day of a moment; none of one before the first."""
    before = When(**{f"{column}__lt": asked.begins}, then=Value(None))
    return Case(before, default=TruncDate(column, tzinfo=asked.zone), output_field=DateField())


def placing(asked: Asked) -> Callable[[str], str]:
    """Tells in which division right below a code lies; the area itself where in none."""
    spans = sorted((start, end, code) for code, (start, end) in asked.parts.items())

    @cache
    def place(code: str) -> str:
        at = bisect_right(spans, (code, "\U0010ffff")) - 1
        return spans[at][2] if at >= 0 and code < spans[at][1] else asked.area

    return place


def behind(
    rows: QuerySet[Any], one: Indicator, asked: Asked, *, masked: bool, after: str = "", limit: int = 50
) -> Behind:
    """What an indicator of the last day is made of: see ``page``. Raises NoPlace."""
    return page(_of_day(known(rows, asked.seq), one, asked), Sum("n"), masked=masked, after=after, limit=limit)


def page(
    rows: QuerySet[Any], sum_: Aggregate | None, *, masked: bool, after: str, limit: int, subject: str = "subject"
) -> Behind:
    """What rows with an area and a subject come to: subjects, or, ``masked``, areas. Without a sum each row counts
    one, and is another subject's. Raises NoPlace."""
    of: dict[str, Any] = {} if masked else {"whose": F(subject)}
    sums = rows.values("area", **of).annotate(counts=sum_ or Value(1))
    if sum_ is not None:
        sums = sums.exclude(counts=0)
    order = ("whose",) if sum_ is None else ("area", *of)
    further = sums.filter(_beyond(after, order)) if after else sums
    told = list(further.order_by(*order)[: limit + 1])
    items = tuple(Item(its.get("whose"), its["area"], its["counts"]) for its in told[:limit])
    found = (rows if sum_ is None else sums).order_by().count()
    return Behind(items, found, mark(items[-1]) if len(told) > limit else None, masked)


def revisions(rows: QuerySet[Any], one: Indicator, asked: Asked) -> list[tuple[int, int]]:
    """How the indicator of the last day changed as facts came in: each fact that changed it, with what it was then. The
    last ones."""
    wanted = _of_day(rows, one, asked)
    changes = Counter[int]()
    for column, sign in (("since", 1), ("upto", -1)):
        told = wanted.filter(**{f"{column}__isnull": False})
        told = told.filter(**{f"{column}__lte": asked.seq}) if asked.seq is not None else told
        for seq, n in told.values(column).annotate(sum=Sum("n")).order_by().values_list(column, "sum"):
            changes[seq] += sign * n
    seqs = sorted(seq for seq, n in changes.items() if n)
    return list(zip(seqs, accumulate(changes[seq] for seq in seqs), strict=True))[-MOST_REVISIONS:]


def _of_day(rows: QuerySet[Any], one: Indicator, asked: Asked) -> QuerySet[Any]:
    rows = rows.filter(_within(asked), disease=asked.disease, key=one.key, at__lt=asked.ends)
    return rows if one.kind is Kind.STOCK else rows.filter(at__gte=asked.begins)


def _within(asked: Asked) -> Q:
    return Q(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])


def _beyond(after: str, order: Sequence[str]) -> Q:
    area, subject = place_of(after)
    if order == ("area",) or subject is None:
        return Q(area__gt=area)
    further = Q(whose__gt=subject)
    return further if order == ("whose",) else Q(area__gt=area) | Q(area=area) & further


def place_of(after: str) -> tuple[str, UUID | None]:
    """The area and the subject that a page ended with. Raises NoPlace."""
    try:
        area, subject = orjson.loads(base64.urlsafe_b64decode(after.encode()))
        return str(area), None if subject is None else UUID(subject)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise NoPlace(after) from None


def mark(last: Item) -> str:
    """The place of a page that ends with this."""
    return base64.urlsafe_b64encode(orjson.dumps([last.area, last.subject and str(last.subject)])).decode()
