"""Looks: who was shown whom, and why. On record before anything is shown.

The record holds marks in place of people, made from the person's own key and the hour: with the key, the looks at that
person are found; when the key is erased, its marks lead to nobody. Since a mark changes by the hour, two looks at
different times cannot be laid side by side without the key, not even to guess by their times whom they were of.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Min

from lianfang.access import security
from lianfang.access.matrix import purposes, require
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts import limits
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import glass
from lianfang.identity.facts import MOST_PEOPLE, Act, GlassBroken, Shown
from lianfang.identity.models import Subject
from lianfang.identity.refusals import NotYourPurpose
from lianfang.sealing.box import Unreadable, blind
from lianfang.sealing.current import keystore

COUNTRY = "100000"
"""The area of a look by somebody who has none."""
SLACK = timedelta(days=1)
"""By which the clocks of two machines may differ."""
_NAMES = UUID("3f3b0c86-6c36-5a26-8d43-5f2c1f6f4b0e")


class NotRecorded(RuntimeError):
    """A look could not be put on record, so nothing may be shown."""


def record(
    viewer: Viewer,
    people: Collection[UUID],
    fields: Collection[str],
    act: Act | str,
    purpose: str,
    break_glass: str | None = None,
    *,
    now: datetime | None = None,
) -> UUID:
    """Puts on record that ``viewer`` is shown ``fields`` (classes) of ``people`` (ids); returns the last fact's id.

    Call it before the data leave, and inside of no transaction that may yet fail; outside of any, it has committed on
    return. A pseudonym without a key is passed over: nothing of it can be shown. ``break_glass`` is the reason for
    seeing beyond the role; it is kept sealed in the vault. Raises NotYourPurpose; Forbidden where the role may not
    break the glass, ``glass.NoReason``, ``glass.TooMany``, ``limits.TooMany``; NotRecorded where the record took none.
    """
    if purpose not in purposes(viewer):
        raise NotYourPurpose(purposes(viewer))
    at = now or datetime.now(UTC)
    keys = keys_of(people)
    look = _Look(viewer, sorted(mark(key, at) for key in keys.values()), purpose, at)
    if break_glass is None:
        return _append(viewer, look.shown(fields, Act(act)))
    require(viewer, "people.break_glass")
    reason = glass.checked(break_glass)
    limits.take(viewer, "break_glass")
    with transaction.atomic(), seeing_all():
        broken = look.broken()
        glass.keep_reason(viewer, broken, keys, reason)
        last = _append(viewer, [broken, *look.shown(fields, Act(act), broken.id)])
    security.log(
        "break_glass", viewer=viewer, outcome="alert", fact=broken.id, people=len(keys), purpose=purpose, act=str(act)
    )
    return last


def keys_of(people: Collection[UUID]) -> dict[UUID, bytes]:
    """The keys of those who have one that opens. One that was altered opens nothing, and so shows nothing."""
    try:
        return keystore().get(people)
    except Unreadable:
        keys: dict[UUID, bytes] = {}
        for id in people:
            with suppress(Unreadable):
                keys |= keystore().get([id])
        return keys


def mark(key: bytes, at: datetime) -> UUID:
    """The mark, at a time, of the person whose key this is."""
    return _mark(key, _hour(at))


def marks(keys: Collection[bytes], since: datetime, until: datetime) -> list[UUID]:
    """Every mark that looks at the people with these keys have from one time to another."""
    hours = range(_hour(since), _hour(until) + 1)
    return [_mark(key, hour) for key in keys for hour in hours]


def marks_of(people: Collection[UUID], now: datetime) -> list[UUID]:
    """Every mark that looks at these people may have had since they were entered. Within a transaction that sees
    everything."""
    since = Subject.objects.filter(id__in=people).aggregate(since=Min("entered_at"))["since"] or now
    return marks(keys_of(people).values(), since - SLACK, now + SLACK)


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _mark(key: bytes, hour: int) -> UUID:
    return UUID(bytes=blind(key, "look", str(hour))[:16])


def fact_of(
    viewer: Viewer, data: FactData, *, subject: UUID | None = None, now: datetime | None, cause: tuple[UUID, ...] = ()
) -> Fact:
    """A fact of something that ``viewer`` did; by default it is about the viewer."""
    return Fact.of(
        data,
        id=log.new_id(),
        subject=subject or uuid5(_NAMES, viewer.author),
        area=viewer.area or COUNTRY,
        observed_at=now or datetime.now(UTC),
        cause=cause,
    )


class _Look(NamedTuple):
    """What every fact of one look says."""

    viewer: Viewer
    marks: Sequence[UUID]
    purpose: str
    at: datetime

    def shown(self, fields: Collection[str], act: Act, broken: UUID | None = None) -> list[Fact]:
        """One fact for every thousand people; one for nobody found."""
        classes = tuple(sorted(fields))
        cause = (broken,) if broken else ()
        return [
            self._fact(
                Shown(people=tuple(part), fields=classes, act=act, break_glass=broken is not None, **self._who()), cause
            )
            for part in _parts(self.marks, MOST_PEOPLE)
        ]

    def broken(self) -> Fact:
        if len(self.marks) > glass.MOST_PEOPLE:
            raise glass.TooMany(len(self.marks))
        return self._fact(GlassBroken(people=tuple(self.marks), **self._who()))

    def _who(self) -> dict[str, Any]:
        return {"purpose": self.purpose, "role": self.viewer.role, "post": self.viewer.post or None}

    def _fact(self, data: FactData, cause: tuple[UUID, ...] = ()) -> Fact:
        return fact_of(self.viewer, data, now=self.at, cause=cause)


def _append(viewer: Viewer, facts: Sequence[Fact]) -> UUID:
    for part in _parts(facts, LARGEST_BATCH):
        for outcome in log.append(part, principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                raise NotRecorded(f"the look was not recorded ({outcome.reason}), so nothing is shown")
    return facts[-1].id


def _parts(all: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """In parts of ``size``; one empty part of nothing."""
    return [all[start : start + size] for start in range(0, len(all), size)] or [()]
