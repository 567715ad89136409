"""The protection of staff: what a facility has, who was exposed, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.care.facts.protection import (
    ExposureClosed,
    ProtectionStated,
    StaffExposed,
    protection_id,
)
from lianfang.capabilities.care.models.protection import EXPOSURE_KINDS, PROTECTION_KINDS
from lianfang.capabilities.care.queries import protection as queries
from lianfang.capabilities.care.queries.facilities import facility
from lianfang.capabilities.care.queries.protection import REPORT
from lianfang.capabilities.care.rules.protection import items, jumps, protection_policy
from lianfang.capabilities.care.service.recording import fact_of, made, record, take_back, told
from lianfang.capabilities.care.state import protection as state
from lianfang.facts.facts import Why


def state_stock(
    viewer: Viewer, fields: Mapping[str, Any], *, now: datetime, sure: bool = False, at: datetime | None = None,
    fact: UUID | None = None,
) -> tuple[UUID, UUID]:  # fmt: skip
    """A facility says what it has of an item, in pieces; returns what stands for it, and the fact. A stock many times
    the one before is asked about unless the sender is ``sure``. Raises Forbidden, NotThere, Refused."""
    data = made(ProtectionStated, **fields)
    if data.item not in items():
        zh = f"没有这种防护用品，可用：{'、'.join(one.zh for one in items().values())}"
        raise Refused([Wrong("item", "unknown_word", zh, f"is none; there are: {', '.join(items())}")])
    subject = protection_id(data.facility, data.item)
    with seeing(viewer, REPORT):
        its = facility(viewer, REPORT, data.facility)
        history = told(PROTECTION_KINDS, subject)
        before = state.protection(history).data
        if before is not None and not sure and jumps(before.stock, data.stock, protection_policy(now)):
            zh = f"上次为{before.stock}件，这次为{data.stock}件：单位是否有误？确认无误请勾选“确认”"
            en = f"was {before.stock} pieces before: is {data.stock} in another unit? If it is right, say so"
            raise Refused([Wrong("sure", "jump", zh, en)])
        one = fact_of(viewer, data, subject=subject, area=its.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.protection)
    return subject, one.id


def retract_stock(
    viewer: Viewer, facility_id: UUID, item: str, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes back what was said of an item. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, REPORT):
        facility(viewer, REPORT, facility_id)
        history = told(PROTECTION_KINDS, protection_id(facility_id, item))
        return take_back(viewer, history, taken, why, state.protection, now=now, id=fact)


def expose(
    viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Somebody of the staff was exposed; ``id`` is the sender's own. Raises Forbidden, NotThere, Refused."""
    data = made(StaffExposed, **fields)
    with seeing(viewer, REPORT):
        its = facility(viewer, REPORT, data.facility)
        history = told(EXPOSURE_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=its.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.exposure)
    return one.id


def close_exposure(
    viewer: Viewer, id: UUID, outcome: str, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """What came of an exposure; returns the fact. Raises Forbidden, NotThere, Refused."""
    data = made(ExposureClosed, outcome=outcome)
    with seeing(viewer, REPORT):
        row = queries.exposure(viewer, REPORT, id)
        history = told(EXPOSURE_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.exposure)
    return one.id


def retract_exposure(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes back what was recorded of an exposure. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, REPORT):
        queries.exposure(viewer, REPORT, id)
        return take_back(viewer, told(EXPOSURE_KINDS, id), taken, why, state.exposure, now=now, id=fact)
