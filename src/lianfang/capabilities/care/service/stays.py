"""Beds are scarce: each is claimed with its hospital locked, so that of fifty who want the last one gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.care.facts import BedOccupied, BedReleased, BedReserved, BedType, LeftFor
from lianfang.capabilities.care.models import BED_KINDS, BedRow, BedStayRow, HospitalRow
from lianfang.capabilities.care.queries import hospitals as queries
from lianfang.capabilities.care.queries import stays as read
from lianfang.capabilities.care.rules.beds import SEVERE
from lianfang.capabilities.care.service.hospitals import refuse_faults, told
from lianfang.capabilities.care.state.beds import bed as fold
from lianfang.capabilities.care.state.faults import BED_WORDS
from lianfang.capabilities.cases.facts import Admitted, CaseOutcome, Class, Discharged, Ended
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.service.recording import entries_of
from lianfang.capabilities.cases.service.recording import refuse_faults as refuse_of_case
from lianfang.capabilities.isolation.service.recording import append, fact_of
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.history import standing
from lianfang.facts.lock import locked

RECORD: Final = "stays.record"
_CODES: Final = {LeftFor.LEFT: "against_advice", LeftFor.TRANSFERRED: "moved"}


class Patient(NamedTuple):
    """Who is to be put into a bed: the case's own patient, where there is a case."""

    person: UUID | None = None
    case: UUID | None = None


class Claimed(NamedTuple):
    bed: UUID
    stay: UUID
    fact: UUID


def claim(
    viewer: Viewer, hospital: UUID, type: BedType, patient: Patient, stay: UUID, *, now: datetime,
    bed: UUID | None = None, at: datetime | None = None, fact: UUID | None = None, arrive: bool = True,
) -> Claimed:  # fmt: skip
    """Puts a patient into a free bed of a type, into a certain one where ``bed`` says so; keeps it for the patient
    where not ``arrive``. The case is admitted with it. The same ``stay`` again is the same. Raises NotThere, Forbidden,
    Refused: where no bed is free, with what else is."""
    with seeing(viewer, RECORD):
        row = queries.located(viewer, RECORD, hospital)
        person, case = whom(patient)
        locked(hospital, person, *([case.subject] if case else []))
        if before := BedStayRow.objects.filter(stay=stay, hospital=hospital).first():
            return _kept_or_taken(viewer, before, row, case, arrive, now, at, fact)
        refuse_hospital(row, case)
        refuse_elsewhere(person)
        free = free_bed(viewer, row, type, bed, now)
        history = told(BED_KINDS, [free.subject])[free.subject]
        data = (BedOccupied if arrive else BedReserved)(stay=stay, person=person, case=case and case.subject)
        one = fact_of(viewer, data, subject=free.subject, area=row.area, at=at, now=now, id=fact, history=history)
        refuse_faults(history, one, fold)
        append(viewer, [one, *(admission(viewer, row, case, one) if arrive else [])])
    return Claimed(free.subject, stay, one.id)


def _kept_or_taken(
    viewer: Viewer, before: BedStayRow, row: HospitalRow, case: CaseRow | None, arrive: bool, now: datetime,
    at: datetime | None, fact: UUID | None,
) -> Claimed:  # fmt: skip
    """The bed is kept for this stay: the patient comes into it; or has it, and nothing is left to record."""
    if before.entered is not None or not arrive:
        return Claimed(before.subject, before.stay, before.fact)
    history = told(BED_KINDS, [before.subject])[before.subject]
    data = BedOccupied(stay=before.stay, person=before.person, case=before.case, transfer=before.transfer)
    one = fact_of(viewer, data, subject=before.subject, area=row.area, at=at, now=now, id=fact, history=history)
    refuse_faults(history, one, fold)
    append(viewer, [one, *admission(viewer, row, case, one)])
    return Claimed(before.subject, before.stay, one.id)


def whom(patient: Patient) -> tuple[UUID, CaseRow | None]:
    """The patient, with the case where there is one, whoever is responsible for it. Raises Refused."""
    if patient.case is None:
        if patient.person is None:
            raise Refused([Wrong("case", "missing", "须写明病例或患者", "is needed: name the case or the patient")])
        return patient.person, None
    with seeing_all():
        row = CaseRow.objects.filter(subject=patient.case).first()
    if row is None or (patient.person is not None and row.person != patient.person):
        raise Refused([Wrong("case", "unknown_case", "没有这个病例，请核对", "is no case of this patient: correct it")])
    if row.outcome is not None or row.to == Class.EXCLUDED:
        raise Refused([Wrong("case", "over", "该病例已结束或已排除", "has ended or was excluded")])
    return row.person, row


def refuse_hospital(row: HospitalRow, case: CaseRow | None) -> None:
    """Raises Refused for a hospital that takes nobody in, or not this case."""
    if row.closed is not None:
        raise Refused([Wrong("hospital", "no_hospital", *BED_WORDS["no_hospital"])])
    if case is not None and case.severity in SEVERE and not row.severe:
        zh, en = "重症病例须收入具备救治资质的医院，请另选", "is not qualified for a severe case: choose one that is"
        raise Refused([Wrong("hospital", "not_qualified", zh, en)])


def refuse_elsewhere(person: UUID) -> None:
    """Raises Refused for a patient who has a bed already."""
    with seeing_all():
        if BedStayRow.objects.filter(person=person, left__isnull=True).exists():
            zh, en = "此患者已有床位，请先登记离开或申请转院", "has a bed already: release it, or ask for a transfer"
            raise Refused([Wrong("person", "has_bed", zh, en)])


def free_bed(viewer: Viewer, row: HospitalRow, type: BedType, bed: UUID | None, now: datetime) -> BedRow:
    """A free bed of a hospital, which is locked. Raises Refused, with what else is free."""
    free = queries.free_beds(viewer, row.subject, type, now)
    if bed is not None:
        wanted = next((one for one in free if one.subject == bed), None)
        if wanted is not None:
            return wanted
        raise Refused([_taken(viewer, row, type, free, now, "bed")])
    if not free:
        raise Refused([_taken(viewer, row, type, free, now, "hospital")])
    return free[0]


def _taken(
    viewer: Viewer, row: HospitalRow, type: BedType, free: Sequence[BedRow], now: datetime, field: str
) -> Wrong:  # fmt: skip
    """Why there is no bed, and what is free in its place: here, or in the hospitals that have most."""
    if free:
        numbers = [one.number for one in free[:5]]
        zh = f"该床位已被占用；本院同类空床{len(free)}张：{'、'.join(numbers)}"
        return Wrong(field, "taken", zh, f"is taken; {len(free)} of the type are free here: {', '.join(numbers)}")
    others = queries.elsewhere(viewer, row.subject, type, now)
    if not others:
        return Wrong(
            field, "full", "已无此类空床，辖区内其他医院也没有", "has no bed of the type left, nor has any here"
        )  # fmt: skip
    zh = "、".join(f"{other.zh}{n}张" for other, n in others)
    en = ", ".join(f"{other.en or other.zh} {n}" for other, n in others)
    return Wrong(field, "full", f"已无此类空床；其他医院有：{zh}", f"has no bed of the type left; others have: {en}")


def admission(viewer: Viewer, row: HospitalRow, case: CaseRow | None, of: Fact) -> list[Fact]:
    """The case's own record of it: the new hospital's counts from now on. Raises Refused."""
    if case is None or case.hospital == row.code:
        return []
    return [_of_case(viewer, case, Admitted(hospital=row.code, designated=row.designated), of)]


def release(
    viewer: Viewer, bed: UUID, stay: UUID, reason: LeftFor, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Ends a stay, and with it what the case says of it; returns the fact. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, RECORD):
        row = read.stay_located(viewer, RECORD, bed, stay)
        locked(row.hospital, row.person, *([row.case] if row.case else []))
        history = told(BED_KINDS, [bed])[bed]
        one = fact_of(
            viewer, BedReleased(stay=stay, reason=reason), subject=bed, area=row.area, at=at, now=now, id=fact,
            history=history,
        )  # fmt: skip
        if any(before.id == one.id for before in history):
            return one.id
        refuse_faults(history, one, fold)
        append(viewer, [one, *_leaving(viewer, row, reason, one)])
    return one.id


def _leaving(viewer: Viewer, row: BedStayRow, reason: LeftFor, of: Fact) -> list[Fact]:
    """What the case's record says of the end of a stay, where it does not say so already."""
    if row.case is None or row.entered is None:
        return []
    with seeing_all():
        case = CaseRow.objects.filter(subject=row.case).first()
        hospital = HospitalRow.objects.get(subject=row.hospital)
    if case is None or case.outcome is not None or case.hospital != hospital.code:
        return []
    if reason in (LeftFor.RECOVERED, LeftFor.DIED):
        return [_of_case(viewer, case, Ended(outcome=CaseOutcome(reason.value)), of)]
    return [_of_case(viewer, case, Discharged(reason=_CODES[reason]), of)] if reason in _CODES else []


def _of_case(viewer: Viewer, case: CaseRow, data: Admitted | Discharged | Ended, of: Fact) -> Fact:
    with seeing_all():
        entries = entries_of(case.subject)
    history = [entry.fact for entry in entries]
    at = of.observed_at
    one = fact_of(viewer, data, subject=case.subject, area=case.area, at=at, now=at, history=history)
    refuse_of_case(entries, one)
    return one.model_copy(update={"cause": (of.id,)})


def retract(
    viewer: Viewer, bed: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes a fact about who lies in a bed back: the patient never came, or has not left; and with it what the case
    says because of it. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, RECORD):
        row = queries.bed_located(viewer, RECORD, bed)
        history = told(BED_KINDS, [bed])[bed]
        cases = {one.data.case for one in history if isinstance(one.data, (BedOccupied, BedReserved)) and one.data.case}
        locked(row.hospital, bed, *cases)
        history = told(BED_KINDS, [bed])[bed]
        if fact is not None and any(one.id == fact for one in history):
            return fact
        its = next((one for one in history if one.id == taken and not isinstance(one.data, Retracted)), None)
        if its is None or not hasattr(its.data, "stay"):
            raise NotThere
        one = fact_of(
            viewer, Retracted(why=why), subject=bed, area=row.area, at=None, now=now, id=fact, history=history
        )
        one = one.model_copy(update={"corrects": taken})
        refuse_faults(history, one, fold)
        append(viewer, [one, *(back for case in cases for back in _of_cases(viewer, case, taken, why, now))])
    return one.id


def _of_cases(viewer: Viewer, case: UUID, taken: UUID, why: Why, now: datetime) -> list[Fact]:
    """The ends of what a case says because of a fact that is taken back. Raises Refused."""
    with seeing_all():
        entries = entries_of(case)
    history = [entry.fact for entry in entries]
    backs = []
    for its in standing(history).facts:
        if taken in its.cause:
            back = fact_of(viewer, Retracted(why=why), subject=case, area=its.area, at=None, now=now, history=history)
            backs.append(back.model_copy(update={"corrects": its.id}))
    if backs:
        refuse_of_case(entries, *backs)
    return backs
