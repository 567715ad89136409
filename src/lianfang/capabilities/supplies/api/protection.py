"""The endpoint of how long stores protect those who work at facilities."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.supplies.queries.protection import protection
from lianfang.capabilities.supplies.queries.shortage import Told
from lianfang.capabilities.supplies.rules.shortage import StockStatus
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])


class StoredProtectionOut(Schema):
    """An item in the store of a facility, in its smallest unit: on the shelf and handed out. ``per_day``: what a day
    needs; ``days``: how long it lasts by that, None where none is needed."""

    facility: UUID
    store: UUID
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    held: int
    per_day: int
    days: float | None
    status: StockStatus


@router.get(
    "/supplies/protection", response={200: list[StoredProtectionOut], **PROBLEMS}, operation_id="stored_protection"
)
@answering
def stored_protection(request: HttpRequest) -> list[StoredProtectionOut]:
    """For how many days the stores of facilities protect those who work there, what ends first before the others."""
    return [_line(one) for one in protection(request.viewer, now=clock.now())]


def _line(one: Told) -> StoredProtectionOut:
    line, item, store = one.line, one.item, one.store
    assert store is not None and store.serves is not None
    return StoredProtectionOut(
        facility=store.serves, store=store.subject, zh=item.zh, en=item.en, unit_zh=item.unit_zh, unit_en=item.unit_en,
        held=line.held.shelf + line.held.out, per_day=-(-line.needed // line.per), days=line.days_ahead,
        status=line.status,
    )  # fmt: skip
