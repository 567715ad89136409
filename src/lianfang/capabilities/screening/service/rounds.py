"""Rounds opened and closed. A round is closed when nobody is missing, and by no other way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.screening.facts import RoundClosed, RoundOpened, round_id
from lianfang.capabilities.screening.models import HouseholdRegister, RoundRow
from lianfang.capabilities.screening.queries.coverage import Coverage, coverage
from lianfang.capabilities.screening.queries.own import MANAGE
from lianfang.capabilities.screening.queries.rounds import a_round, unassigned
from lianfang.capabilities.screening.service.recording import append, fact_of, history, made, refused
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

NAMED = 5
"""So many of what is missing are named in a refusal; the list has them all."""


def open_round(
    viewer: Viewer, area: str, number: int, due: datetime, *, fact: UUID | None = None, now: datetime
) -> UUID:  # fmt: skip
    """Opens a round of a division, or moves the end of the one that is open. Every grid has somebody. Raises Forbidden,
    Refused."""
    require_over(viewer, MANAGE, area)
    if not known_areas()(area):
        raise Refused([no_area()])
    if due <= now:
        raise refused("due", "not_ahead", "须在当前时间之后", "must lie ahead: give a later time")
    data = made(RoundOpened, number=number, due=due)
    id = round_id(area, number)
    with seeing(viewer, MANAGE):
        locked(id)
        told = history(HouseholdRegister.kinds, id)
        if fact and any(one.id == fact for one in told):
            return id
        row = RoundRow.objects.filter(subject=id).first()
        if row is not None and row.closed_at is not None:
            zh, en = "该轮次已结束，请用下一个轮次", "this round is closed: open the next number"
            raise refused("number", "closed", zh, en)
        others = RoundRow.objects.filter(area=area, closed_at__isnull=True).exclude(subject=id)
        if others.exists():
            zh, en = "本区域上一轮尚未结束，请先结束", "a round of this division is still open: close it first"
            raise refused("number", "still_open", zh, en)
        if nobody := unassigned(viewer, area):
            names = "、".join(f"{grid.area} {grid.name}" for grid in nobody[:NAMED])
            zh = f"有{len(nobody)}个网格无人负责，请先指派：{names}"
            en = f"{len(nobody)} grids have nobody, assign them first: {names}"
            raise refused("area", "unassigned", zh, en)
        corrects = next((one.id for one in reversed(told) if isinstance(one.data, RoundOpened)), None)
        append(
            viewer,
            [fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, corrects=corrects, history=told)],
        )
    return id


def close(viewer: Viewer, id: UUID, *, fact: UUID | None = None, now: datetime) -> Coverage:
    """Closes a round in which every household and member has an outcome, with what it came to. Raises Forbidden,
    NotThere, Refused."""
    row = a_round(viewer, id)
    require_over(viewer, MANAGE, row.area)
    with seeing(viewer, MANAGE):
        locked(id)
        told = history(HouseholdRegister.kinds, id)
        its = coverage(viewer, row.area, id)
        if any(isinstance(one.data, RoundClosed) for one in told):
            return its
        if wrong := _open(its):
            raise Refused(wrong)
        whole = its.whole
        data = RoundClosed(
            households=whole.registered, done=whole.done, not_met=whole.not_met, refused=whole.refused,
            vacant=whole.vacant, members=whole.due,
        )  # fmt: skip
        append(viewer, [fact_of(viewer, data, subject=id, area=row.area, at=None, now=now, id=fact, history=told)])
    return coverage(viewer, row.area, id)


def _open(its: Coverage) -> list[Wrong]:
    """Why a round is not over; the list of the missing names each."""
    whole, wrong = its.whole, []
    if whole.missing:
        zh = f"还有{whole.missing}户没有结果，请查看缺漏名单"
        en = f"{whole.missing} households have no outcome: see the list of the missing"
        wrong.append(Wrong("households", "missing", zh, en))
    if whole.unseen:
        zh = f"还有{whole.unseen}人没有结果，请查看缺漏名单"
        en = f"{whole.unseen} members have no outcome: see the list of the missing"
        wrong.append(Wrong("members", "missing", zh, en))
    if whole.unassigned:
        zh, en = f"有{whole.unassigned}个网格无人负责，请先指派", f"{whole.unassigned} grids have nobody: assign them"
        wrong.append(Wrong("grids", "unassigned", zh, en))
    if its.unplaced:
        zh = f"有{its.unplaced}户未登记或不在本社区的网格中，请先归入网格"
        en = f"{its.unplaced} households are not on the register or in no grid of their community: place them first"
        wrong.append(Wrong("households", "unplaced", zh, en))
    if not whole.registered:
        zh, en = "本区域没有登记住户，请先登记", "no household is on the register here: register them first"
        wrong.append(Wrong("households", "none", zh, en))
    return wrong
