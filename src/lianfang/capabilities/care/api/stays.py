"""Endpoints of who lies in which bed, and who waits for one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.bed_shapes import (
    AssignedLineOut,
    AssignmentConfirmedOut,
    AssignmentConfirmIn,
    AssignmentIn,
    AssignmentOut,
    BedClaimIn,
    BedClaimOut,
    BedClashesOut,
    BedClashOut,
    BedReleaseIn,
    BedStayOut,
    BedStaysOut,
    WaitingOut,
    WaitsOut,
)
from lianfang.capabilities.care.api.forms import Area, CareMadeOut, CareRetractIn
from lianfang.capabilities.care.api.hospitals import hospital_out
from lianfang.capabilities.care.models import HospitalRow
from lianfang.capabilities.care.queries import hospitals, waiting
from lianfang.capabilities.care.queries import stays as queries
from lianfang.capabilities.care.rules.assign import why
from lianfang.capabilities.care.service import assignment
from lianfang.capabilities.care.service import stays as service
from lianfang.capabilities.care.state.faults import BED_WORDS

router = Router(tags=["care"])


@router.get("/hospitals/{id}/stays", response={200: BedStaysOut, **PROBLEMS}, operation_id="bed_stays")
@answering
def stays(request: HttpRequest, id: UUID, over: bool = False) -> BedStaysOut:
    """Who lies in a hospital's beds, or lay there."""
    return BedStaysOut(stays=[_stay(one) for one in queries.stays(request.viewer, hospital=id, over=over)])


@router.get("/beds/clashes", response={200: BedClashesOut, **PROBLEMS}, operation_id="bed_clashes")
@answering
def clashes(request: HttpRequest, area: Area = "") -> BedClashesOut:
    """What was told of beds and contradicts the rest of the record: kept, not counted."""
    return BedClashesOut(clashes=[_clash(one) for one in queries.clashes(request.viewer, area=area)])


@router.get("/beds/{id}/stays", response={200: BedStaysOut, **PROBLEMS}, operation_id="stays_of_bed")
@answering
def of_bed(request: HttpRequest, id: UUID) -> BedStaysOut:
    """Who has lain in a bed."""
    return BedStaysOut(stays=[_stay(one) for one in queries.of_bed(request.viewer, id)])


@router.post("/beds/claim", response={200: BedClaimOut, **PROBLEMS}, operation_id="claim_bed")
@answering
def claim(request: HttpRequest, body: BedClaimIn) -> BedClaimOut:
    """Put a patient into a free bed, or keep one. Of all who want the last one gets it; the others are told what else
    is free."""
    done = service.claim(
        request.viewer, body.hospital, body.type, service.Patient(body.person, body.case), body.stay, bed=body.bed,
        arrive=body.arrive, now=clock.now(), **body.told(),
    )  # fmt: skip
    return BedClaimOut(**done._asdict())


@router.post("/beds/{id}/release", response={200: CareMadeOut, **PROBLEMS}, operation_id="release_bed")
@answering
def release(request: HttpRequest, id: UUID, body: BedReleaseIn) -> CareMadeOut:
    """End a stay."""
    fact = service.release(request.viewer, id, body.stay, body.reason, now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/beds/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_bed")
@answering
def retract(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was said of who lies in a bed by mistake."""
    fact = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


@router.get("/waiting", response={200: WaitingOut, **PROBLEMS}, operation_id="waiting_list")
@answering
def waiting_list(request: HttpRequest, area: Area = "") -> WaitingOut:
    """Who waits for a bed, and for how long; severe cases first."""
    found = waiting.waiting(request.viewer, area=area, now=clock.now())
    kept = {row.subject: row for row in _hospitals(request, found)}
    return WaitingOut(
        waiting=[_waits(one, kept) for one in found.waiting], severe=found.severe, longest_h=found.longest_h,
        masked=found.masked, **found.counts,
    )  # fmt: skip


@router.post("/waiting/assign", response={200: AssignmentOut, **PROBLEMS}, operation_id="propose_assignment")
@answering
def propose(request: HttpRequest, body: AssignmentIn) -> AssignmentOut:
    """Propose a bed for each who waits, with the reason. Nothing is recorded."""
    found = assignment.propose(request.viewer, body.area, now=clock.now())
    lines = []
    for one, line in zip(found.waiting, found.lines, strict=True):
        zh, en = why(line, one.severity)
        lines.append(
            AssignedLineOut(
                case=one.case, area=one.area, number=one.number, severity=one.severity, hours=one.hours,
                hospital=line.free and line.free.hospital, type=line.free and line.free.type, km=line.km, why_zh=zh,
                why_en=en,
            )
        )  # fmt: skip
    places = hospitals.places(request.viewer, list(found.hospitals), clock.now())
    return AssignmentOut(
        lines=lines, hospitals=[hospital_out(row, places[id]) for id, row in found.hospitals.items()],
        edition=found.policy.code, source_zh=found.policy.source_zh, source=found.policy.source, gap=found.gap,
        digest=found.digest,
    )  # fmt: skip


@router.post("/waiting/confirm", response={200: AssignmentConfirmedOut, **PROBLEMS}, operation_id="confirm_assignment")
@answering
def confirm(request: HttpRequest, body: AssignmentConfirmIn) -> AssignmentConfirmedOut:
    """Keep the beds of a proposal as it was looked at, with the changes of whoever confirms it."""
    changes = {one.case: one.hospital for one in body.changes}
    done = assignment.confirm(request.viewer, body.plan, body.area, body.digest, changes, now=clock.now())
    return AssignmentConfirmedOut(**done._asdict())


def _hospitals(request: HttpRequest, found: waiting.WaitingList) -> list[HospitalRow]:
    return hospitals.named(request.viewer, {one.kept[0] for one in found.waiting if one.kept})


def _stay(one: queries.Lying) -> BedStayOut:
    row = one.row
    return BedStayOut(
        bed=row.subject, stay=row.stay, person=row.person, case=row.case, ward=one.ward, number=one.number,
        type=row.type, temporary=row.temporary, severity=one.severity, since=row.since, entered=row.entered,
        left=row.left, reason=row.reason, offline=row.offline, transfer=row.transfer, fact=row.fact,
        released=row.released, case_ended=one.ended, twice=one.twice,
    )  # fmt: skip


def _clash(one: queries.BedClash) -> BedClashOut:
    row = one.row
    zh, en = BED_WORDS[row.reason]
    return BedClashOut(
        fact=row.fact, bed=row.subject, number=one.number, hospital=row.hospital,
        hospital_zh=one.hospital.zh if one.hospital else "", hospital_en=one.hospital.en if one.hospital else "",
        kind=row.kind, at=row.at, author=row.author, person=row.person, stay=row.stay, against=row.against,
        field=row.field, reason=row.reason, zh=zh, en=en,
    )  # fmt: skip


def _waits(one: waiting.Waits, named: dict[UUID, HospitalRow]) -> WaitsOut:
    kept = named.get(one.kept[0]) if one.kept else None
    return WaitsOut(
        case=one.case, person=one.person, area=one.area, number=one.number, severity=one.severity,
        waits_for=one.waits_for, since=one.since, hours=one.hours,
        hospital_zh=one.hospital.zh if one.hospital else "", hospital_en=one.hospital.en if one.hospital else "",
        bed=one.lies[0] if one.lies else None, stay=one.lies[1] if one.lies else None,
        kept_in=one.kept[0] if one.kept else None, kept_zh=kept.zh if kept else "", kept_en=kept.en if kept else "",
        kept_number=one.kept[1] if one.kept else "", transfer=one.transfer,
    )  # fmt: skip
