"""Who passes a gate: vehicles stopped, people met, and whoever has a fever held, moved and told of in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import (
    Held,
    HoldEnded,
    HoldReason,
    HoldTakenUp,
    PostKind,
    Screened,
    Transferred,
    VehiclePassed,
    VehicleStopped,
)
from lianfang.capabilities.gates.models import EncounterRegister, PostRow, VehicleRegister, county_of_post
from lianfang.capabilities.gates.queries import encounters as queries
from lianfang.capabilities.gates.queries.encounters import DECIDE
from lianfang.capabilities.gates.queries.posts import SCREEN, located
from lianfang.capabilities.gates.rules.holding import held_for, policy_at
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.gates.service.recording import (
    coded,
    fact_of,
    made,
    record,
    refuse_no_area,
    take_back,
    told,
)
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity import service as vault
from lianfang.identity import terms
from lianfang.identity.entry import CLASS_OF
from lianfang.profiles.disease import terms as words_of_diseases

DATA_CLASS: Final = "checkpoint"


class Contact(NamedTuple):
    """How somebody, or whoever is in a vehicle, is reached: for the vault alone."""

    plate: str = ""
    name: str = ""
    phone: str = ""


class Met(NamedTuple):
    """Somebody was met, or a vehicle stopped. ``erase_on`` is the day on which the vault forgets the contact; None
    where it has none. ``held`` is the reason for which he or she is held in place."""

    id: UUID
    fact: UUID
    erase_on: date | None
    held: HoldReason | None = None


def stop_vehicle(
    viewer: Viewer, post: UUID, fields: Mapping[str, Any], contact: Contact, *, now: datetime,
    at: datetime | None = None, vehicle: UUID | None = None, fact: UUID | None = None,
) -> Met:  # fmt: skip
    """Records a vehicle that was stopped: plate and contact go to the vault. Raises Forbidden, NotThere, Refused."""
    kept = {**fields, "vehicle_type": coded("vehicle_types", "vehicle_type", fields.get("vehicle_type"))}
    data = made(VehicleStopped, {**kept, "post": post})
    refuse_no_area(came_from=data.came_from, going_to=data.going_to)
    id = vehicle or log.new_id()
    with seeing(viewer, SCREEN):
        row = _post(viewer, post)
        locked(id)
        history = told(VehicleRegister.kinds, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.vehicle)
        return Met(id, one.id, _keep(viewer, id, row.area, contact, now))


def pass_vehicle(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """Lets a vehicle on, once each occupant was measured or has refused. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, SCREEN):
        locked(id)
        its = queries.vehicle(viewer, SCREEN, id)
        if its.missing:
            zh = f"还有{its.missing}人未测温，也未登记拒测"
            en = f"{its.missing} of {its.row.occupants} were neither measured nor recorded as refusing: do that first"
            raise Refused([Wrong("occupants", "missing", zh, en)])
        history = told(VehicleRegister.kinds, id)
        one = fact_of(viewer, VehiclePassed(), subject=id, area=its.row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.vehicle)


def screen(
    viewer: Viewer, post: UUID, fields: Mapping[str, Any], contact: Contact, *, now: datetime, judged_ill: bool = False,
    at: datetime | None = None, encounter: UUID | None = None, fact: UUID | None = None,
) -> Met:  # fmt: skip
    """Records somebody who was met. Who has a fever, says so, or is ``judged_ill`` is held in the same act, which the
    post cannot undo: with it the transfer is asked for and the centre is told. Raises Forbidden, NotThere, Refused."""
    data = made(Screened, {**fields, "post": post})
    _refuse_unfit(data)
    id = encounter or log.new_id()
    with seeing(viewer, SCREEN):
        row = _post(viewer, post)
        if data.vehicle is not None and queries.vehicle(viewer, SCREEN, data.vehicle).row.post != post:
            zh, en = "该车辆在另一卡点登记", "was stopped at another post: correct it"
            raise Refused([Wrong("vehicle", "other_post", zh, en)])
        locked(id)
        history = told(EncounterRegister.kinds, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        reason = held_for(data, one.observed_at) or (HoldReason.JUDGEMENT if judged_ill else None)
        facts = [one] if reason is None else [one, _hold(viewer, one, reason, now)]
        if all(each.id != one.id for each in history):
            record(viewer, history, facts, _fold)
        return Met(id, one.id, _keep(viewer, id, row.area, contact, now), reason)


def _post(viewer: Viewer, id: UUID) -> PostRow:
    row = located(viewer, SCREEN, id)
    if row.kind_of == PostKind.CLINIC:
        zh, en = "发热门诊不在此登记，请按病例报告", "nobody is recorded so at a fever clinic: report the case"
        raise Refused([Wrong("post", "clinic", zh, en)])
    if row.closed is not None:
        raise Refused([Wrong("post", "not_open", *state.WORDS["not_open"])])
    return row


def _refuse_unfit(data: Screened) -> None:
    """Raises Refused for answers that nobody can use."""
    refuse_no_area(came_from=data.came_from, going_to=data.going_to)
    wrong = []
    if data.temp_c is None and not data.refused:
        zh, en = "请填写体温，拒测请登记拒绝", "take the temperature, or record that it was refused"
        wrong.append(Wrong("temp_c", "missing", zh, en))
    known = {one.code for one in words_of_diseases("symptom")}
    if unknown := [one for one in data.symptoms if one not in known]:
        its = ", ".join(unknown)
        wrong.append(Wrong("symptoms", "unknown_word", f"没有这些症状：{its}", f"are no symptoms: {its}"))
    if data.notice is not None and data.notice.language not in words("languages"):
        its = ", ".join(words("languages"))
        wrong.append(Wrong("notice.language", "unknown_word", f"可用：{its}", f"is none; there are: {its}"))
    if wrong:
        raise Refused(wrong)


def _hold(viewer: Viewer, screening: Fact, reason: HoldReason, now: datetime) -> Fact:
    since = screening.observed_at
    its = policy_at(since)
    data = Held(
        reason=reason, edition=its.code, basis=its.basis, approver=viewer.author, start=since,
        end=since + timedelta(hours=its.hold_h),
    )  # fmt: skip
    return fact_of(
        viewer, data, subject=screening.subject, area=screening.area, at=since, now=now, cause=(screening.id,)
    )  # fmt: skip


def _keep(viewer: Viewer, id: UUID, area: str, contact: Contact, now: datetime) -> date | None:
    """Puts a contact into the vault under the encounter's own id, until its day of deletion. Raises Refused."""
    if not any(contact):
        return None
    sent = {
        "id": id, "kind": "encounter", "area": area, "data_class": DATA_CLASS, "name": contact.name,
        "phones": [contact.phone] if contact.phone else [],
        "documents": [{"kind": "other", "country": "CHN", "number": contact.plate}] if contact.plate else [],
    }  # fmt: skip
    receipt = vault.enter(viewer, [(1, sent)], now=now)
    if receipt.faults:
        raise Refused([Wrong(_FIELDS.get(one.field.split(".")[0], one.field), one.reason, one.zh, one.en)
                       for one in receipt.faults])  # fmt: skip
    return terms.due(DATA_CLASS, localdate(now), None)


_FIELDS: Final = {**{field: field for field in CLASS_OF}, "phones": "contact.phone", "documents": "contact.plate"}


def hold(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """Holds somebody who was let through the questions and seems ill. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, SCREEN):
        locked(id)
        row = queries.located(viewer, SCREEN, id)
        if row is None:
            raise NotThere
        if row.held_since is not None:
            raise Refused([Wrong("hold", "again", *state.WORDS["again"])])
        history = told(EncounterRegister.kinds, id)
        cause = (row.screening,) if row.screening else ()
        since = at or now
        its = policy_at(since)
        data = Held(
            reason=HoldReason.JUDGEMENT, edition=its.code, basis=its.basis, approver=viewer.author, start=since,
            end=since + timedelta(hours=its.hold_h),
        )  # fmt: skip
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, cause=cause, history=history)
        record(viewer, history, [one], _fold)


def take_up(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """The centre has the notice of a hold. Raises NotThere, Forbidden, Refused."""
    _decide(viewer, id, HoldTakenUp(), now, at, fact)


def transfer(
    viewer: Viewer, id: UUID, to: str, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """The one who was held has come to a clinic. Raises NotThere, Forbidden, Refused."""
    _decide(viewer, id, made(Transferred, {"to": to}), now, at, fact)


def end(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> None:  # fmt: skip
    """Decides what came of a hold; a case that is named is on record. Raises NotThere, Forbidden, Refused."""
    data = made(HoldEnded, fields)
    if data.case is not None and not list(log.read(kinds={"case.reported"}, subjects=[data.case], limit=1)):
        zh, en = "没有这个病例，请先报告病例", "there is no such case: report it first"
        raise Refused([Wrong("case", "unknown", zh, en)])
    _decide(viewer, id, data, now, at, fact)


def _decide(
    viewer: Viewer, id: UUID, data: FactData, now: datetime, at: datetime | None, fact: UUID | None
) -> None:  # fmt: skip
    with seeing(viewer, DECIDE):
        locked(id)
        row = queries.hold(viewer, DECIDE, id)
        history = told(EncounterRegister.kinds, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], _fold)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes a record of an encounter back: of somebody who is held, only who decides on holds may. Raises NotThere,
    Forbidden, Refused."""
    with seeing(viewer, SCREEN if _is_let_go(id) else DECIDE):
        locked(id)
        action = SCREEN if _is_let_go(id) else DECIDE
        require(viewer, action)
        row = queries.located(viewer, action, id)
        if row is None:
            raise NotThere
        history = told(EncounterRegister.kinds, id)
        return take_back(viewer, history, taken, why, _fold, area=row.area, now=now, id=fact).id


def _is_let_go(id: UUID) -> bool:
    """Whether nobody ever held the one who was met."""
    return _fold(told(EncounterRegister.kinds, id)).hold is None


def _fold(facts: Sequence[Fact]) -> state.Encounter:
    return state.encounter(facts, held_for, county_of_post)
