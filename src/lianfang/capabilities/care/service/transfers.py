"""Transfers: asked for by the hospital where the patient lies, approved where the other lies, carried out, received.

With the approval a bed is kept, and with the reception the patient changes beds: each in one transaction over both
hospitals, which are locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.care.facts import (
    BedOccupied,
    BedReleased,
    BedReserved,
    BedType,
    LeftFor,
    NotMoved,
    TransferApproved,
    TransferCancelled,
    TransferDeclined,
    TransferDeparted,
    TransferReason,
    TransferReceived,
    TransferRequested,
)
from lianfang.capabilities.care.models import BED_KINDS, TRANSFER_KINDS, BedStayRow, HospitalRow, TransferRow
from lianfang.capabilities.care.queries import hospitals as hospitals
from lianfang.capabilities.care.queries import stays, transfers
from lianfang.capabilities.care.rules.beds import SEVERE
from lianfang.capabilities.care.service.hospitals import refuse_faults, told
from lianfang.capabilities.care.service.stays import RECORD, Patient, admission, free_bed, refuse_hospital, whom
from lianfang.capabilities.care.state.beds import bed as fold_bed
from lianfang.capabilities.care.state.transfers import OPEN, Transfer, TransferStage, transfer
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.isolation.service.recording import append, fact_of
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.lock import locked

APPROVE: Final = "transfers.approve"


def request(
    viewer: Viewer, id: UUID, bed: UUID, stay: UUID, to: UUID, type: BedType, reason: TransferReason, *, now: datetime,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Asks another hospital to take a patient over. Refused where it is full: the ones that are not are named. Raises
    NotThere, Forbidden, Refused."""
    with seeing(viewer, RECORD):
        lies = stays.stay_located(viewer, RECORD, bed, stay)
        locked(id, lies.person)
        history = told(TRANSFER_KINDS, [id])[id]
        if history:
            return history[0].id
        _refuse_unmovable(lies)
        case = _case_of(lies)
        there = _hospital(to)
        if there.subject == lies.hospital:
            zh, en = "转入与转出是同一家医院", "is the hospital where the patient lies: choose another"
            raise Refused([Wrong("to", "same_hospital", zh, en)])
        refuse_hospital(there, case)
        free_bed(viewer, there, type, None, now)
        data = TransferRequested(
            person=lies.person, case=lies.case, bed=bed, stay=stay, hospital=lies.hospital, to_hospital=to,
            to_area=there.area, type=type, severe=bool(case and case.severity in SEVERE), reason=reason,
        )  # fmt: skip
        one = fact_of(viewer, data, subject=id, area=lies.area, at=None, now=now, id=fact)
        append(viewer, [one])
    return one.id


def _refuse_unmovable(lies: BedStayRow) -> None:
    if lies.left is not None or lies.entered is None:
        raise Refused([Wrong("stay", "not_present", "患者不在此床位", "is not where the patient lies now")])
    with seeing_all():
        going_on = TransferRow.objects.filter(person=lies.person, stage__in=OPEN).exists()
    if going_on:
        zh, en = "此患者已有未办结的转院", "is of a patient for whom a transfer is going on already"
        raise Refused([Wrong("stay", "going_on", zh, en)])


def _case_of(lies: BedStayRow) -> CaseRow | None:
    return whom(Patient(lies.person, lies.case))[1] if lies.case else None


def _hospital(id: UUID) -> HospitalRow:
    """A hospital that a patient may be sent to, wherever it lies. Raises Refused."""
    with seeing_all():
        row = HospitalRow.objects.filter(subject=id).first()
    if row is None:
        raise Refused(
            [Wrong("to", "unknown_hospital", "没有这家医院，请核对", "is no hospital that is known: correct it")]
        )
    return row


def approve(
    viewer: Viewer, id: UUID, stay: UUID, *, now: datetime, bed: UUID | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Approves a transfer: a bed is kept for the patient, under the id ``stay``. Refused where the hospital is full.
    Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, APPROVE):
        row = transfers.transfer_located(viewer, APPROVE, id, ("to",))
        locked(id, row.to_hospital, row.person)
        its, history = _folded(id)
        if its.stage is TransferStage.APPROVED and its.stay == stay:
            return next(one.id for one in history if isinstance(one.data, TransferApproved))
        there = _hospital(row.to_hospital)
        case = whom(Patient(row.person, row.case))[1] if row.case else None
        refuse_hospital(there, case)
        kept = free_bed(viewer, there, BedType(row.type), bed, now)
        one = _turn(viewer, row, TransferApproved(bed=kept.subject, stay=stay), history, now, fact)
        reserved = BedReserved(stay=stay, person=row.person, case=row.case, transfer=id)
        append(viewer, [one, _of_bed(viewer, kept.subject, there.area, reserved, one)])
    return one.id


def decline(viewer: Viewer, id: UUID, reason: NotMoved, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Declines a transfer. Raises NotThere, Forbidden, Refused."""
    return _act(viewer, APPROVE, id, ("to",), TransferDeclined(reason=reason), now, fact)


def depart(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """The patient is on the way. Raises NotThere, Forbidden, Refused."""
    return _act(viewer, RECORD, id, ("from",), TransferDeparted(), now, fact)


def cancel(viewer: Viewer, id: UUID, reason: NotMoved, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Calls a transfer off; the bed that was kept is free again. Raises NotThere, Forbidden, Refused."""
    return _act(viewer, RECORD, id, transfers.SIDES, TransferCancelled(reason=reason), now, fact)


def receive(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """The patient lies in the bed that was kept, and the one before is free; the new hospital's records count. Raises
    NotThere, Forbidden, Refused."""
    with seeing(viewer, RECORD):
        row = transfers.transfer_located(viewer, RECORD, id, ("to",))
        locked(id, row.hospital, row.to_hospital, row.person)
        its, history = _folded(id)
        if its.stage is TransferStage.RECEIVED:
            return next(one.id for one in history if isinstance(one.data, TransferReceived))
        one = _turn(viewer, row, TransferReceived(), history, now, fact)
        assert its.bed is not None and its.stay is not None
        occupied = BedOccupied(stay=its.stay, person=row.person, case=row.case, transfer=id)
        facts = [one, _of_bed(viewer, its.bed, row.to_area, occupied, one), *_left_behind(viewer, row, one)]
        with seeing_all():
            case = CaseRow.objects.filter(subject=row.case).first() if row.case else None
        if case is not None and case.outcome is None:
            facts += admission(viewer, _hospital(row.to_hospital), case, one)
        append(viewer, facts)
    return one.id


def _left_behind(viewer: Viewer, row: TransferRow, one: Fact) -> list[Fact]:
    """The end of the stay from which the patient was moved, where that is not on record already."""
    with seeing_all():
        before = BedStayRow.objects.filter(subject=row.from_bed, stay=row.from_stay, left__isnull=True).first()
    if before is None:
        return []
    gone = BedReleased(stay=row.from_stay, reason=LeftFor.TRANSFERRED)
    return [_of_bed(viewer, row.from_bed, row.from_area, gone, one)]


def _act(
    viewer: Viewer, action: str, id: UUID, sides: tuple[str, ...], data: FactData, now: datetime, fact: UUID | None
) -> UUID:  # fmt: skip
    with seeing(viewer, action):
        row = transfers.transfer_located(viewer, action, id, sides)
        locked(id, row.to_hospital, row.person)
        its, history = _folded(id)
        if before := next((one.id for one in history if one.id == fact), None):
            return before
        one = _turn(viewer, row, data, history, now, fact)
        facts = [one]
        if isinstance(data, TransferCancelled) and its.bed is not None and its.stay is not None:
            freed = BedReleased(stay=its.stay, reason=LeftFor.NOT_COME)
            facts.append(_of_bed(viewer, its.bed, row.to_area, freed, one))
        append(viewer, facts)
    return one.id


def _folded(id: UUID) -> tuple[Transfer, list[Fact]]:
    with seeing_all():
        history = told(TRANSFER_KINDS, [id])[id]
    its = transfer(history)
    if its.data is None:
        raise NotThere
    return its, history


def _turn(
    viewer: Viewer, row: TransferRow, data: FactData, history: Sequence[Fact], now: datetime, fact: UUID | None
) -> Fact:  # fmt: skip
    one = fact_of(viewer, data, subject=row.subject, area=row.from_area, at=None, now=now, id=fact, history=history)
    refuse_faults(history, one, transfer)
    return one


def _of_bed(viewer: Viewer, bed: UUID, area: str, data: FactData, of: Fact) -> Fact:
    """What a step means for a bed. Its hospital is locked."""
    with seeing_all():
        history = told(BED_KINDS, [bed])[bed]
    one = fact_of(viewer, data, subject=bed, area=area, at=None, now=of.observed_at, history=history)
    refuse_faults(history, one, fold_bed)
    return one.model_copy(update={"cause": (of.id,)})
