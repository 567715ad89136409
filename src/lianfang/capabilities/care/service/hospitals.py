"""Hospitals, wards and beds: registered, changed, closed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.care.facts import (
    BedClosed,
    BedOpened,
    HospitalClosed,
    HospitalRegistered,
    HospitalWardOpened,
    bed_id,
)
from lianfang.capabilities.care.models import BED_KINDS, HOSPITAL_KINDS, BedRow, HospitalRow
from lianfang.capabilities.care.queries import hospitals as queries
from lianfang.capabilities.care.rules.beds import specialties
from lianfang.capabilities.care.state.beds import bed
from lianfang.capabilities.care.state.faults import BED_WORDS
from lianfang.capabilities.care.state.hospitals import hospital
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.isolation.state import Fault
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MANAGE: Final = "hospitals.manage"
MOST_BEDS: Final = 500
"""Beds opened at once."""


class Folded(Protocol):
    @property
    def faults(self) -> tuple[Fault, ...]: ...


def told(kinds: Collection[str], subjects: Sequence[UUID]) -> dict[UUID, list[Fact]]:
    """All facts of these kinds about some subjects, which are locked."""
    found: dict[UUID, list[Fact]] = {one: [] for one in subjects}
    for entry in log.read(kinds=frozenset(kinds), subjects=list(found)):
        found[entry.fact.subject].append(entry.fact)
    return found


def refuse_faults(history: Sequence[Fact], fact: Fact, fold: Callable[[Sequence[Fact]], Folded]) -> None:
    """Raises Refused where a further fact of a locked subject contradicts what is on record."""
    before = set(fold(history).faults)
    if new := [one for one in fold([*history, fact]).faults if one not in before]:
        raise Refused([Wrong(one.field, one.reason, *BED_WORDS[one.reason]) for one in new])


def register(
    viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Registers a hospital, or replaces the particulars of the one that has the id; returns the fact's id. Raises
    Forbidden, NotThere, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(HospitalRegistered, **fields)
    if unknown := [one for one in data.specialties if one not in specialties()]:
        zh, en = f"没有这个专科代码：{'、'.join(unknown)}", f"is no specialty that is known: {', '.join(unknown)}"
        raise Refused([Wrong("specialties", "unknown_specialty", zh, en)])
    with seeing(viewer, MANAGE):
        locked(id)
        history = told(HOSPITAL_KINDS, [id])[id]
        if history:
            queries.located(viewer, MANAGE, id)
        _refuse_taken_code(id, data.code)
        one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
        _append_once(viewer, [one], history)
    return one.id


def close(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Closes a hospital in which no bed is held any more. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        locked(id)
        if BedRow.objects.filter(hospital=id, stay__isnull=False).exists():
            raise Refused(
                [Wrong("hospital", "not_empty", "还有患者在院，请先转出", "still holds patients: move them first")]
            )
        return _of_hospital(viewer, id, HospitalClosed(), now, fact)


def open_ward(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Opens a ward, or renames one. Raises NotThere, Forbidden, Refused."""
    data = made(HospitalWardOpened, **fields)
    with seeing(viewer, MANAGE):
        locked(id)
        return _of_hospital(viewer, id, data, now, fact)


def open_beds(
    viewer: Viewer, id: UUID, numbers: Sequence[str], fields: Mapping[str, Any], *, now: datetime
) -> list[UUID]:  # fmt: skip
    """Opens beds by their numbers, which a hospital gives once; those that are open as told already are left as they
    are. Returns the beds. Raises NotThere, Forbidden, Refused."""
    if len(set(numbers)) < len(numbers):
        raise Refused([Wrong("numbers", "twice", "有重复的床号", "has a number more than once")])
    with seeing(viewer, MANAGE):
        row = queries.located(viewer, MANAGE, id)
        beds = [bed_id(id, number) for number in numbers]
        locked(id, *beds)
        if row.closed is not None:
            raise Refused([Wrong("hospital", "no_hospital", *BED_WORDS["no_hospital"])])
        history = told(BED_KINDS, beds)
        facts = []
        for number, one in zip(numbers, beds, strict=True):
            data = made(BedOpened, hospital=id, number=number, **fields)
            before = bed(history[one])
            if before.data == data and before.closed is None:
                continue
            opened = fact_of(viewer, data, subject=one, area=row.area, at=None, now=now, history=history[one])
            refuse_faults(history[one], opened, bed)
            facts.append(opened)
        append(viewer, facts)
    return beds


def close_bed(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Closes a bed in which nobody lies. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        row = queries.bed_located(viewer, MANAGE, id)
        locked(row.hospital, id)
        history = told(BED_KINDS, [id])[id]
        if bed(history).now is not None:
            raise Refused([Wrong("bed", "not_empty", *BED_WORDS["not_empty"])])
        one = fact_of(viewer, BedClosed(), subject=id, area=row.area, at=None, now=now, id=fact, history=history)
        if not any(before.id == one.id for before in history):
            refuse_faults(history, one, bed)
            append(viewer, [one])
    return one.id


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes a fact about a hospital back; returns the retraction. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        row = queries.located(viewer, MANAGE, id)
        locked(id)
        history = told(HOSPITAL_KINDS, [id])[id]
        if not any(one.id == taken and not isinstance(one.data, Retracted) for one in history):
            raise Refused(
                [Wrong("fact", "unknown_fact", "没有这条记录，请核对编号", "is no fact of this: correct the id")]
            )
        one = fact_of(
            viewer, Retracted(why=why), subject=id, area=row.area, at=None, now=now, id=fact, history=history
        ).model_copy(update={"corrects": taken})  # fmt: skip
        gone = hospital([*history, one])
        if (gone.data is None or gone.closed) and BedRow.objects.filter(hospital=id, stay__isnull=False).exists():
            raise Refused(
                [Wrong("hospital", "not_empty", "还有患者在院，请先转出", "still holds patients: move them first")]
            )
        _append_once(viewer, [one], history)
    return one.id


def _of_hospital(viewer: Viewer, id: UUID, data: FactData, now: datetime, fact: UUID | None) -> UUID:
    row = queries.located(viewer, MANAGE, id)
    history = told(HOSPITAL_KINDS, [id])[id]
    one = fact_of(viewer, data, subject=id, area=row.area, at=None, now=now, id=fact, history=history)
    if not any(before.id == one.id for before in history):
        refuse_faults(history, one, hospital)
        append(viewer, [one])
    return one.id


def _append_once(viewer: Viewer, facts: Sequence[Fact], history: Sequence[Fact]) -> None:
    known = {one.id for one in history}
    append(viewer, [one for one in facts if one.id not in known])


def _refuse_taken_code(id: UUID, code: str) -> None:
    """Cases name their hospital by its code: no two have the same."""
    with seeing_all():
        taken = HospitalRow.objects.filter(code=code).exclude(subject=id).exists()
    if taken:
        raise Refused([Wrong("code", "taken", "另一家医院已用此代码", "is another hospital's: choose another")])
