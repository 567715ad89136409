"""Acts upon contacts, and whom to check."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.contacts import queries, service
from lianfang.capabilities.contacts.api import shown
from lianfang.capabilities.contacts.api.forms import (
    Area,
    AtIn,
    ChecksIn,
    ContactCorrectIn,
    ContactHandOverIn,
    ContactRetractIn,
    ContactStateOut,
    ConvertIn,
    Cursor,
    ExposureIn,
    JudgeIn,
    Limit,
    ReferIn,
    RegisteredOut,
    ReleasedOut,
    ReleaseIn,
    ReleaseManyIn,
    ShortenIn,
    TakenOut,
    ToCheckPageOut,
    TraceIn,
)
from lianfang.capabilities.contacts.state.contact import day_of
from lianfang.facts.fact import Day

router = Router(tags=["contacts"])
ANSWERS = {200: ContactStateOut, **PROBLEMS}


@router.post("/contacts", response={200: RegisteredOut, **PROBLEMS}, operation_id="expose")
@answering
def expose(request: HttpRequest, body: ExposureIn) -> RegisteredOut:
    """Record an exposure. It extends the observation of whoever is under one for this disease, or begins one."""
    told = service.Telling(**body.model_dump(exclude={"contact", "exposure"}), exposure=body.exposure)
    done = service.expose(request.viewer, told, now=clock.now(), contact=body.contact)
    notes = [note._asdict() for note in done.notes]
    return RegisteredOut(**shown.state(done.state).model_dump(), new=done.new, fact=done.fact, notes=notes)


@router.get("/contacts/checks", response={200: ToCheckPageOut, **PROBLEMS}, operation_id="contacts_to_check")
@answering
def contacts_to_check(
    request: HttpRequest, area: Area = "", day: Day | None = None, after: Cursor = "", limit: Limit = 50
) -> ToCheckPageOut:
    """Whom one may check on a day (by default today), and what its slots show. Under observation, oneself."""
    now = clock.now()
    on = day or day_of(now)
    found = queries.board(request.viewer, area, on, now=now, after=after, limit=limit, action="contacts.check")
    return ToCheckPageOut(day=on, contacts=shown.to_check(found.lines, on), next=found.after, total=found.total)


@router.post("/contacts/checks", response={200: TakenOut, **PROBLEMS}, operation_id="check_contacts")
@answering
def check_contacts(request: HttpRequest, body: ChecksIn) -> TakenOut:
    """Record checks. Each is taken or refused by itself."""
    rows = [service.CheckRow(**{**one.model_dump(), "symptoms": tuple(one.symptoms)}) for one in body.checks]
    done = service.check_many(request.viewer, rows, now=clock.now())
    return TakenOut(taken=list(done.taken), wrong=shown.wrong(done.wrong))


@router.post("/contacts/release", response={200: ReleasedOut, **PROBLEMS}, operation_id="release_contacts")
@answering
def release_contacts(request: HttpRequest, body: ReleaseManyIn) -> ReleasedOut:
    """End the observation of many. Each is released or refused by itself."""
    now = clock.now()
    released, wrong = service.release_many(request.viewer, body.contacts, body.reason, at=body.at or now, now=now)
    return ReleasedOut(released=released, wrong=shown.wrong(wrong))


@router.post("/contacts/{uuid:id}/trace", response=ANSWERS, operation_id="trace_contact")
@answering
def trace_contact(request: HttpRequest, id: UUID, body: TraceIn) -> ContactStateOut:
    """The contact was found, and is this person."""
    now = clock.now()
    return shown.state(service.trace(request.viewer, id, body.person, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/inform", response=ANSWERS, operation_id="inform_contact")
@answering
def inform_contact(request: HttpRequest, id: UUID, body: AtIn) -> ContactStateOut:
    """The contact was told what to do and for how long."""
    now = clock.now()
    return shown.state(service.inform(request.viewer, id, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/judge", response=ANSWERS, operation_id="judge_contact")
@answering
def judge_contact(request: HttpRequest, id: UUID, body: JudgeIn) -> ContactStateOut:
    """Decide how close the contact was, whatever the rule says."""
    now = clock.now()
    return shown.state(service.judge(request.viewer, id, body.close, body.basis, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/refer", response=ANSWERS, operation_id="refer_contact")
@answering
def refer_contact(request: HttpRequest, id: UUID, body: ReferIn) -> ContactStateOut:
    """The contact was sent to a fever clinic."""
    now = clock.now()
    return shown.state(service.refer(request.viewer, id, body.to, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/convert", response=ANSWERS, operation_id="convert_contact")
@answering
def convert_contact(request: HttpRequest, id: UUID, body: ConvertIn) -> ContactStateOut:
    """The contact became a case: one that was reported, or one that is reported herewith. Who it was exposed to may
    have infected it; what closes a circle is refused."""
    now = clock.now()
    at = body.at or now
    if body.case is not None:
        return shown.state(service.convert(request.viewer, id, body.case, at=at, now=now))
    ill = service.Illness(body.as_class, body.about, body.severity, body.number)
    return shown.state(service.convert_new(request.viewer, id, ill, at=at, now=now))


@router.post("/contacts/{uuid:id}/release", response=ANSWERS, operation_id="release_contact")
@answering
def release_contact(request: HttpRequest, id: UUID, body: ReleaseIn) -> ContactStateOut:
    """End the observation. It is completed from the end of its last day on, and not before."""
    now = clock.now()
    done = service.release(request.viewer, id, body.reason, to=body.to, at=body.at or now, now=now)
    return shown.state(done)


@router.post("/contacts/{uuid:id}/shorten", response=ANSWERS, operation_id="shorten_contact")
@answering
def shorten_contact(request: HttpRequest, id: UUID, body: ShortenIn) -> ContactStateOut:
    """Decide that the observation ends earlier, after an exposure was corrected."""
    now = clock.now()
    return shown.state(service.shorten(request.viewer, id, body.due, body.basis, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/hand-over", response=ANSWERS, operation_id="hand_over_contact")
@answering
def hand_over_contact(request: HttpRequest, id: UUID, body: ContactHandOverIn) -> ContactStateOut:
    """Another division follows the contact from now on."""
    now = clock.now()
    return shown.state(service.hand_over(request.viewer, id, body.to, at=body.at or now, now=now))


@router.post("/contacts/{uuid:id}/correct", response=ANSWERS, operation_id="correct_exposure")
@answering
def correct_exposure(request: HttpRequest, id: UUID, body: ContactCorrectIn) -> ContactStateOut:
    """Correct an exposure. It may extend the observation; it never shortens it by itself."""
    now = clock.now()
    return shown.state(service.correct(request.viewer, id, body.fact, body.exposure, at=body.at or now, now=now))


@router.post(
    "/contacts/{uuid:id}/retract", response={200: ContactStateOut | None, **PROBLEMS}, operation_id="retract_contact"
)
@answering
def retract_contact(request: HttpRequest, id: UUID, body: ContactRetractIn) -> ContactStateOut | None:
    """Take a record of the contact back. Null where no exposure is left."""
    now = clock.now()
    left = service.retract(request.viewer, id, body.fact, body.why, at=body.at or now, now=now)
    return shown.state(left) if left else None
