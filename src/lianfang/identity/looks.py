"""Looks: who was shown whom, and why. On record before anything is shown.

The record holds marks in place of people. A person's mark is made from the person's own key: with the key, the looks at
that person are found; when the key is erased, its marks lead to nobody, and the record links no two pseudonyms.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access import security
from lianfang.access.matrix import purposes, require
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import glass
from lianfang.identity.facts import MOST_PEOPLE, Act, GlassBroken, Shown
from lianfang.identity.refusals import NotYourPurpose
from lianfang.sealing.box import blind
from lianfang.sealing.current import keystore

COUNTRY = "100000"
"""The area of a look by somebody who has none."""
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
    break the glass, ``glass.NoReason``, ``glass.TooMany``; NotRecorded where the record took no fact.
    """
    if purpose not in purposes(viewer):
        raise NotYourPurpose(purposes(viewer))
    marks = sorted(mark(key) for key in keystore().get(people).values())
    if break_glass is None:
        return _append(viewer, _shown(viewer, marks, fields, Act(act), purpose, None, now))
    require(viewer, "people.break_glass")
    reason = glass.checked(break_glass)
    with transaction.atomic(), seeing_all():
        broken = _broken(viewer, marks, purpose, now)
        glass.keep_reason(viewer, broken.area, broken.id, people, reason, broken.observed_at)
        last = _append(viewer, [broken, *_shown(viewer, marks, fields, Act(act), purpose, broken.id, now)])
    security.log(
        "break_glass", viewer=viewer, outcome="alert", fact=broken.id, people=len(marks), purpose=purpose, act=str(act)
    )
    return last


def mark(key: bytes) -> UUID:
    """The mark of the person whose key this is: the same in every look."""
    return UUID(bytes=blind(key, "look", "")[:16])


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


def _shown(
    viewer: Viewer,
    marks: Sequence[UUID],
    fields: Collection[str],
    act: Act,
    purpose: str,
    broken: UUID | None,
    now: datetime | None,
) -> list[Fact]:
    """One fact for every thousand people; one for nobody found."""
    return [
        fact_of(
            viewer,
            Shown(
                people=tuple(part),
                fields=tuple(sorted(fields)),
                act=act,
                purpose=purpose,
                role=viewer.role,
                post=viewer.post or None,
                break_glass=broken is not None,
            ),
            now=now,
            cause=(broken,) if broken else (),
        )
        for part in _parts(marks, MOST_PEOPLE)
    ]


def _broken(viewer: Viewer, marks: Sequence[UUID], purpose: str, now: datetime | None) -> Fact:
    if len(marks) > glass.MOST_PEOPLE:
        raise glass.TooMany(len(marks))
    data = GlassBroken(people=tuple(marks), purpose=purpose, role=viewer.role, post=viewer.post or None)
    return fact_of(viewer, data, now=now)


def _append(viewer: Viewer, facts: Sequence[Fact]) -> UUID:
    for part in _parts(facts, LARGEST_BATCH):
        for outcome in log.append(part, principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                raise NotRecorded(f"the look was not recorded ({outcome.reason}), so nothing is shown")
    return facts[-1].id


def _parts(all: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """In parts of ``size``; one empty part of nothing."""
    return [all[start : start + size] for start in range(0, len(all), size)] or [()]
