"""Endpoints of orders, and of the placing of many people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.posts import unknown
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.api.forms import (
    ActIn,
    Area,
    IsolationFaultOut,
    IsolationRetractedOut,
    IsolationRetractIn,
    IsolationToldOut,
    Time,
)
from lianfang.capabilities.isolation.api.shapes import (
    AllocateIn,
    ChangeIn,
    ContradictionOut,
    DoneOut,
    ExecutedIn,
    ExtendIn,
    HomeIn,
    IsolationCardOut,
    IsolationChangeReasonOut,
    IsolationCountsOut,
    IsolationNextOut,
    IsolationPlaceOut,
    IsolationStayOut,
    IsolationTermOut,
    IsolationTermsOut,
    LiftIn,
    OrderIn,
    OrderOut,
    OrdersIn,
    OrdersOut,
    PlanOut,
    VerifiedIn,
)
from lianfang.capabilities.isolation.facts import Mode
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.capabilities.isolation.queries import orders as queries
from lianfang.capabilities.isolation.queries.obligations import next_steps
from lianfang.capabilities.isolation.queries.whose import residents
from lianfang.capabilities.isolation.rules.allocate import Person
from lianfang.capabilities.isolation.service import allocation
from lianfang.capabilities.isolation.service import orders as service
from lianfang.capabilities.isolation.state import Stage
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts.fact import Entry
from lianfang.identity.api import person_out
from lianfang.identity.charged import shown_with
from lianfang.identity.refusals import NotYourPurpose
from lianfang.identity.terms import bases

router = Router(tags=["isolation"])


@router.post("/isolation/orders", response={200: DoneOut, **PROBLEMS}, operation_id="order_isolation")
@answering
def order(request: HttpRequest, body: OrderIn) -> DoneOut:
    """Order somebody into isolation. Without a medical reason and a provision of law there is no order."""
    fields = body.fields()
    person, area = fields.pop("person"), fields.pop("area")
    return _done(service.give(request.viewer, person, area, fields, now=clock.now(), **body.told()))


@router.post("/isolation/orders/list", response={200: OrdersOut, **PROBLEMS}, operation_id="isolation_orders")
@answering
def orders(request: HttpRequest, body: OrdersIn) -> OrdersOut:
    """Orders page by page, the newest first. Who may see sums only gets the total."""
    now = clock.now()
    filters = body.model_dump(exclude={"area", "standing", "late", "after", "limit", "person", "names", "purpose"})
    page = queries.page(
        request.viewer, {**filters, "subject": body.person}, area=body.area, standing=body.standing,
        late=now if body.late else None, after=body.after, limit=body.limit,
    )  # fmt: skip
    steps = next_steps(request.viewer, page.rows)
    people = None
    if body.names:
        try:
            ids = [one.subject for one in page.rows]
            found = shown_with(
                request.viewer, ids, residents(request.viewer, ids), purpose=body.purpose, now=now
            )  # fmt: skip
        except NotYourPurpose as error:
            raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None
        people = {str(id): person_out(one) for id, one in found.items()}
    return OrdersOut(
        orders=[_row(one, now, steps.get(one.order)) for one in page.rows], people=people, total=page.total,
        next=page.after,
    )  # fmt: skip


@router.get("/isolation/counts", response={200: IsolationCountsOut, **PROBLEMS}, operation_id="isolation_counts")
@answering
def counts(request: HttpRequest, area: Area = "") -> IsolationCountsOut:
    """How many orders are in force, by stage and by mode."""
    found = queries.counts(request.viewer, area=area)
    return IsolationCountsOut(
        stage={one: found["stage"].get(one, 0) for one in Stage if one is not Stage.LIFTED},
        mode={one: found["mode"].get(one, 0) for one in Mode},
    )


@router.get("/isolation/faults", response={200: list[ContradictionOut], **PROBLEMS}, operation_id="isolation_faults")
@answering
def faults(request: HttpRequest) -> list[ContradictionOut]:
    """The latest facts about orders that contradict the record and count for nothing."""
    return [
        ContradictionOut(
            person=row.subject, area=row.area, kind=row.kind, at=row.at, author=row.author,
            **fault(state.Fault(row.fact, row.field, row.reason)).model_dump(),
        )
        for row in queries.faults(request.viewer)
    ]  # fmt: skip


@router.get("/isolation/terms", response={200: IsolationTermsOut, **PROBLEMS}, operation_id="isolation_terms")
@answering
def terms(request: HttpRequest) -> IsolationTermsOut:
    """The policy in force: provisions, reasons for lifting, categories of needs, hours, and where they are from."""
    its = service.policy(clock.now())
    return IsolationTermsOut(
        edition=its.code, begins=its.begins, source=its.source, source_zh=its.source_zh,
        bases=[IsolationTermOut(code=code, zh=bases()[code].zh, en=bases()[code].en) for code in its.bases],
        lift_reasons=[IsolationTermOut(**one.model_dump()) for one in its.lift_reasons],
        change_reasons=[IsolationChangeReasonOut(**one.model_dump()) for one in its.change_reasons],
        categories=[IsolationTermOut(code=one.code, zh=one.zh, en=one.en) for one in its.categories],
        hours={name: getattr(its, name) for name in type(its).model_fields if name.endswith("_h")},
        most_days=its.most_days,
    )  # fmt: skip


@router.post("/isolation/allocate", response={200: PlanOut, **PROBLEMS}, operation_id="allocate_isolation")
@answering
def allocate(request: HttpRequest, body: AllocateIn) -> PlanOut:
    """Plan who of many goes to which station; with ``confirm``, the digest of the plan, order them there."""
    people = [Person(one.person, one.mode, one.station) for one in body.people]
    if body.manifest is not None:
        people = allocation.of_manifest(request.viewer, body.manifest, people, now=clock.now())
    plan = allocation.place(
        request.viewer,
        people,
        [allocation.Wanted(one.station, one.at_most) for one in body.stations],
        body.model_dump(exclude={"at", "fact", "people", "manifest", "stations", "batch", "confirm"}),
        batch=body.batch,
        grounds={one.person: one.of for one in body.people if one.of is not None},
        confirm=body.confirm,
        now=clock.now(),
    )
    return PlanOut(
        placed=[IsolationPlaceOut(person=person, station=station) for person, station in plan.placed],
        left=list(plan.left), already=list(plan.already),
        by_station={str(id): n for id, n in plan.by_station.items()}, digest=plan.digest, done=plan.done,
    )  # fmt: skip


@router.get("/isolation/orders/{id}", response={200: IsolationCardOut, **PROBLEMS}, operation_id="isolation_order")
@answering
def card(request: HttpRequest, id: UUID, as_of: Time | None = None, known_at: Time | None = None) -> IsolationCardOut:
    """One order with all that is on record of it, as of a moment, by what was known at a time (default: now)."""
    found = queries.card(request.viewer, id, as_of=as_of, known_at=known_at)
    order = found.order
    values: dict[str, Any] = {
        name: getattr(order, name) for name in OrderOut.model_fields if hasattr(order, name) and name != "order"
    }
    values |= _days(order.start, order.end, as_of or clock.now())
    posted = {one for one in (order.approver, order.clinician) if one}
    return IsolationCardOut(
        **values, order=order.id, next=_next(found.step), mode=order.stay.mode, station=order.stay.station,
        faults=len(found.faults), unknown=unknown(posted),
        names=names_of(posted | {one.fact.author for one in found.told}),
        disputed=bool(found.disputed), stays=[IsolationStayOut(**stay._asdict()) for stay in order.stays],
        told=[told(one) for one in found.told], contradictions=[fault(one) for one in found.faults],
        disputes={str(id): list(rivals) for id, rivals in found.disputed.items()},
    )  # fmt: skip


@router.post("/isolation/orders/{id}/received", response={200: DoneOut, **PROBLEMS}, operation_id="order_received")
@answering
def received(request: HttpRequest, id: UUID, body: ActIn) -> DoneOut:
    """Who is to carry it out has it."""
    return _done(service.received(request.viewer, id, now=clock.now(), **body.told()))


@router.post("/isolation/orders/{id}/executed", response={200: DoneOut, **PROBLEMS}, operation_id="order_executed")
@answering
def executed(request: HttpRequest, id: UUID, body: ExecutedIn) -> DoneOut:
    """The person is in place."""
    return _done(service.executed(request.viewer, id, now=clock.now(), **body.told(), **body.fields()))


@router.post("/isolation/orders/{id}/verified", response={200: DoneOut, **PROBLEMS}, operation_id="order_verified")
@answering
def verified(request: HttpRequest, id: UUID, body: VerifiedIn) -> DoneOut:
    """Somebody else than who carried it out has looked."""
    return _done(service.verified(request.viewer, id, now=clock.now(), **body.told(), **body.fields()))


@router.post("/isolation/orders/{id}/change-mode", response={200: DoneOut, **PROBLEMS}, operation_id="change_isolation")
@answering
def change_mode(request: HttpRequest, id: UUID, body: ChangeIn) -> DoneOut:
    """The order goes on elsewhere. From a station or hospital to home, a clinician decides: ``downgrade``."""
    return _done(service.change_mode(request.viewer, id, body.fields(), now=clock.now(), **body.told()))


@router.post("/isolation/orders/{id}/downgrade", response={200: DoneOut, **PROBLEMS}, operation_id="send_home")
@answering
def downgrade(request: HttpRequest, id: UUID, body: HomeIn) -> DoneOut:
    """A clinician sends somebody home from a station or hospital, to be observed there."""
    return _done(service.change_mode(request.viewer, id, body.fields(), now=clock.now(), home=True, **body.told()))


@router.post("/isolation/orders/{id}/extend", response={200: DoneOut, **PROBLEMS}, operation_id="extend_isolation")
@answering
def extend(request: HttpRequest, id: UUID, body: ExtendIn) -> DoneOut:
    """The order ends later than was said."""
    return _done(service.extend(request.viewer, id, body.fields(), now=clock.now(), **body.told()))


@router.post("/isolation/orders/{id}/lift", response={200: DoneOut, **PROBLEMS}, operation_id="lift_isolation")
@answering
def lift(request: HttpRequest, id: UUID, body: LiftIn) -> DoneOut:
    """The order is over."""
    return _done(service.lift(request.viewer, id, reason=body.reason, now=clock.now(), **body.told()))


@router.post(
    "/isolation/orders/{id}/retract", response={200: IsolationRetractedOut, **PROBLEMS}, operation_id="retract_of_order"
)
@answering
def retract(request: HttpRequest, id: UUID, body: IsolationRetractIn) -> IsolationRetractedOut:
    """Take a fact back; taking the retraction back makes it hold again."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), **body.told())
    return IsolationRetractedOut(id=made)


def _done(done: service.Done) -> DoneOut:
    return DoneOut(**done._asdict())


def _next(step: Obligation | None) -> IsolationNextOut | None:
    return step and IsolationNextOut(act=step.rule.removeprefix("isolation."), due=step.due)


def _row(row: OrderRow, now: Any, step: Obligation | None) -> OrderOut:
    values = {name: getattr(row, name) for name in OrderOut.model_fields if hasattr(row, name)}
    return OrderOut(**values, **_days(row.start, row.end, now), person=row.subject, next=_next(step))


def _days(start: Any, end: Any, now: Any) -> dict[str, int]:
    return dict(zip(("day", "days"), state.day_of(start, end, now), strict=True))


def told(entry: Entry) -> IsolationToldOut:
    """A fact as a card shows it."""
    fact = entry.fact
    return IsolationToldOut(
        fact=fact.id, seq=entry.seq, kind=fact.kind, observed_at=fact.observed_at, received_at=entry.received_at,
        author=fact.author, data=fact.data.model_dump(mode="json"), corrects=fact.corrects,
    )  # fmt: skip


def fault(one: state.Fault) -> IsolationFaultOut:
    """A contradiction in words."""
    zh, en = state.WORDS[one.reason]
    return IsolationFaultOut(fact=one.fact, field=one.field, reason=one.reason, zh=zh, en=en)
