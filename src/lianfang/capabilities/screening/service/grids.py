"""Who has a grid: given out, and handed over with everything that is open in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from lianfang.access.matrix import can, require_over, roles
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts import demo
from lianfang.accounts.models import Appointment, Device
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.accounts.signin import area_range
from lianfang.capabilities.screening.facts import Duty, GridAssigned, GridHandedOver
from lianfang.capabilities.screening.models import GridRegister, GridRow, TenureRow
from lianfang.capabilities.screening.queries.own import MANAGE, VISIT, shown
from lianfang.capabilities.screening.service.recording import append, fact_of, history, made
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

MOST_AT_ONCE = 1_000
NOBODY = Wrong(
    "to", "not_a_worker", "此人或岗位在该区域不做入户排查，请另选",
    "is no account or post that visits households there: choose another",
)  # fmt: skip


def assign(
    viewer: Viewer, to: str, grids: Sequence[UUID], *, duty: Duty = Duty.GRID_WORKER, building: str | None = None,
    unit: str | None = None, now: datetime,
) -> list[UUID]:  # fmt: skip
    """Gives grids, or a building or unit of one, to an account or the post of a team's devices, all or none. Returns
    those that changed hands. Raises Forbidden, NotThere, Refused."""
    data = made(GridAssigned, to=to, duty=duty, building=building, unit=unit, begins=now)
    with seeing(viewer, MANAGE):
        locked(*grids)
        rows = _rows(viewer, grids)
        for area in {row.area for row in rows}:
            require_over(viewer, MANAGE, area)
            if not _visits(to, area, now):
                raise Refused([NOBODY])
        held = TenureRow.objects.filter(
            subject__in=[row.subject for row in rows], to=to, duty=duty, building=building or "", unit=unit or "",
            ends__isnull=True,
        )  # fmt: skip
        has = set(held.values_list("subject", flat=True))
        facts = [_fact(viewer, data, row, now) for row in rows if row.subject not in has]
        append(viewer, facts)
    return [fact.subject for fact in facts]


def hand_over(
    viewer: Viewer, giver: str, to: str, grids: Sequence[UUID], *, now: datetime
) -> list[UUID]:  # fmt: skip
    """Gives on what somebody has: these grids, or all in the viewer's divisions where none is named. What is open in a
    grid goes with it. Raises Forbidden, NotThere, Refused."""
    data = made(GridHandedOver, giver=giver, to=to, begins=now)
    with seeing(viewer, MANAGE):
        held = in_range(viewer, TenureRow.objects.filter(to=giver, ends__isnull=True))
        wanted = list(grids) or sorted(set(held.values_list("subject", flat=True)))[:MOST_AT_ONCE]
        locked(*wanted)
        has = set(held.values_list("subject", flat=True))
        rows = _rows(viewer, wanted)
        if not rows or any(row.subject not in has for row in rows):
            zh, en = "此人没有该网格，请核对移交人", "does not have these grids: correct who gives them on"
            raise Refused([Wrong("giver", "not_assigned", zh, en)])
        for area in {row.area for row in rows}:
            require_over(viewer, MANAGE, area)
            if not _visits(to, area, now):
                raise Refused([NOBODY])
        facts = [_fact(viewer, data, row, now) for row in rows]
        append(viewer, facts)
    return [fact.subject for fact in facts]


def _rows(viewer: Viewer, grids: Sequence[UUID]) -> list[GridRow]:
    rows = list(shown(viewer, GridRow.objects.filter(subject__in=list(grids)), MANAGE, grid="subject"))
    if len(rows) != len(set(grids)):
        raise NotThere
    return rows


def _fact(viewer: Viewer, data: GridAssigned | GridHandedOver, row: GridRow, now: datetime) -> Fact:
    told = history(GridRegister.kinds, row.subject)
    return fact_of(viewer, data, subject=row.subject, area=row.area, at=None, now=now, history=told)


def _visits(to: str, area: str, now: datetime) -> bool:
    """Whether an account, a device or a post visits households in a division."""
    does = [name for name in roles() if can(Viewer("", "", name), VISIT)]
    if settings.DEMO:
        return any(to == one.code and _covers(one.area, area) for one in demo.hats())
    kept = Device.objects.filter(role__in=does, revoked_at__isnull=True, enrolled_at__isnull=False)
    hats = [
        (str(account), over)
        for account, over in Appointment.objects.in_time(now)
        .filter(role__in=does, account__is_active=True)
        .values_list("account_id", "area")
    ]
    for id, post, over in kept.values_list("id", "post", "area"):
        hats += [(str(id), over), (post, over)]
    return any(code == to and _covers(over, area) for code, over in hats)


def _covers(over: str, area: str) -> bool:
    first, after = area_range(over)
    return first <= area < after
