"""People sent to a fever clinic: sent, received, answered; and how far a facility's services go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.care.facts.referrals import (
    Origin,
    ReferralClosed,
    ReferralReceived,
    ReferralSent,
    ServiceStated,
    service_id,
)
from lianfang.capabilities.care.models.referrals import REFERRAL_KINDS, SERVICE_KINDS
from lianfang.capabilities.care.queries import referrals as queries
from lianfang.capabilities.care.queries.facilities import facility, named
from lianfang.capabilities.care.queries.referrals import ANSWER, READ, SEND, STATE
from lianfang.capabilities.care.service.recording import fact_of, made, record, take_back, told
from lianfang.capabilities.care.state import referrals as state
from lianfang.capabilities.contacts.service import acts as contacts
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why

_NO_CLINIC: Final = Wrong("to", "unknown", "没有这个发热门诊，请重新选择", "is no fever clinic: choose another")
_NOT_YOURS: Final = Wrong(
    "fact", "not_yours", "只能撤回本人送出的转诊", "was sent by somebody else: only who sent it takes it back"
)


def send(
    viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Sends somebody to a fever clinic, in the viewer's division or another. A contact under observation is referred in
    the same act. ``id`` is the sender's own. Raises Forbidden, NotThere, Refused."""
    require_over(viewer, SEND, area)
    to = named(viewer, [fields["to"]]).get(fields["to"])
    if to is None:
        raise Refused([_NO_CLINIC])
    data = made(ReferralSent, **fields, to_area=to.area)
    with seeing(viewer, SEND):
        if data.facility is not None:
            facility(viewer, SEND, data.facility)
        elif data.origin is Origin.PRIMARY_CARE:
            zh, en = "请选择转出的医疗机构", "is needed: choose the facility that sends"
            raise Refused([Wrong("facility", "missing", zh, en)])
        history = told(REFERRAL_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=area, at=at, now=now, id=fact, history=history)
        if before := next((each for each in history if each.data == data), None):
            return before.id
        if record(viewer, history, one, state.referral) and data.contact is not None:
            contacts.refer(viewer, data.contact, str(to.id), at=at or now, now=now)
    return one.id


def receive(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """The clinic has whom was sent; returns the fact. Raises Forbidden, NotThere, Refused."""
    return _answer(viewer, id, ReferralReceived(), now, at, fact)


def close(
    viewer: Viewer, id: UUID, outcome: str, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """The clinic tells back what came of it: who sent learns that, not what. Raises Forbidden, NotThere, Refused."""
    return _answer(viewer, id, made(ReferralClosed, outcome=outcome), now, at, fact)


def _answer(viewer: Viewer, id: UUID, data: FactData, now: datetime, at: datetime | None, fact: UUID | None) -> UUID:
    with seeing_all():  # the division that has sent may be another
        row = queries.located(viewer, ANSWER, id)
        history = told(REFERRAL_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=row.to_area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.referral)
    return one.id


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what one has recorded of a referral. Raises Forbidden, NotThere, Refused."""
    with seeing_all():
        history = told(REFERRAL_KINDS, id)
        its = next((one for one in history if one.id == taken), None)
        if its is not None and isinstance(its.data, ReferralSent):
            queries.located(viewer, READ, id)
            if its.author != viewer.author:
                raise Refused([_NOT_YOURS])
        else:
            queries.located(viewer, ANSWER, id)
        return take_back(viewer, history, taken, why, state.referral, now=now, id=fact)


def state_service(
    viewer: Viewer, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> tuple[UUID, UUID]:  # fmt: skip
    """A facility says how far its services go on; returns what stands for them, and the fact. Raises Forbidden,
    NotThere, Refused."""
    data = made(ServiceStated, **fields)
    if data.fever is None and data.general is None:
        raise Refused([Wrong("general", "missing", "请至少填写一项", "is needed, or how the fever clinic goes on")])
    subject = service_id(data.facility)
    with seeing(viewer, STATE):
        its = facility(viewer, STATE, data.facility)
        history = told(SERVICE_KINDS, subject)
        one = fact_of(viewer, data, subject=subject, area=its.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.service)
    return subject, one.id


def retract_service(
    viewer: Viewer, facility_id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes back what was said of a facility's services. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, STATE):
        facility(viewer, STATE, facility_id)
        history = told(SERVICE_KINDS, service_id(facility_id))
        return take_back(viewer, history, taken, why, state.service, now=now, id=fact)
