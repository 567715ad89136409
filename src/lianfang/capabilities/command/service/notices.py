"""Notices to places and units, and joint tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.command.facts.instructions import (
    Addressee,
    InstructionActed,
    InstructionRead,
    InstructionSent,
    receipt_id,
)
from lianfang.capabilities.command.facts.tickets import Side, TicketConfirmed, TicketOpened, side_id
from lianfang.capabilities.command.queries import notices as queries
from lianfang.capabilities.command.queries.notices import ACT
from lianfang.capabilities.command.rules.delivery import READ_IT
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.command.rules.notices import sorts
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import REPORT, add, begin, require_area, require_words
from lianfang.capabilities.command.state.instructions import instruction
from lianfang.capabilities.command.state.tickets import ticket
from lianfang.capabilities.isolation.service.recording import append, made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks import service as tasks
from lianfang.facts.fact import Fact
from lianfang.identity.areas import known_areas
from lianfang.profiles.disease.parts import within

NOT_ADDRESSED: Final = Wrong("to", "not_addressed", "不在通知的接收范围", "is not addressed: whom it is for answers it")
NOT_A_SIDE: Final = Wrong(
    "side", "not_a_side", "只有工单的责任部门与当地可以确认",
    "is confirmed by the department that the ticket names, and by the place",
)  # fmt: skip


def send(
    viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], to: Sequence[Addressee], *, now: datetime
) -> list[str]:
    """Sends a notice: each addressee has a task to read it in time, and to act where anything is to be done. Returns
    the accounts to which no task could be given. Raises Forbidden, Refused."""
    require_area(viewer, MANAGE, area)
    require_words(**{name: fields[name] for name in ("zh", "zh_text", "issuer", "doc_no")})
    sort = sorts(now.astimezone(CIVIL_TIME).date()).get(fields["sort"])
    if sort is None:
        raise Refused(
            [Wrong("sort", "not_yet", "当日没有这类通知，请另选", "is no kind of notice of this day: choose another")]
        )
    known, wrong = known_areas(), list[Wrong]()
    for row, one in enumerate(to, 1):
        if not known(one.area):
            wrong.append(no_area("to.area")._replace(row=row))
        elif one.area != area and not within(one.area, area):
            wrong.append(
                Wrong("to.area", "outside_area", "不在本地区之内，请更正", "is not within the area: correct it", row)
            )
    if not to:
        wrong.append(Wrong("to", "missing", "须指定接收单位或地区", "is needed: name who is to have it"))
    if wrong:
        raise Refused(wrong)
    data = made(
        InstructionSent, **fields, to=tuple(dict.fromkeys(to)), read_by=now + sort.read,
        act_by=now + sort.act if sort.act else None,
    )  # fmt: skip
    with transaction.atomic():
        if not begin(viewer, MANAGE, data, id=id, area=area, now=now, fold=instruction):
            return []
        rules = [READ_IT, ACT] if data.act_by else [READ_IT]
        given, unreached = list[Fact](), list[str]()
        for one in data.to:
            if one.account is None or not reaches(viewer, "tasks.attempt", one.area):
                continue  # who gives out no tasks there leaves it on the list of the place
            try:
                given += tasks.give(viewer, one.account, receipt_id(id, one.token), rules, one.area, now=now)
            except Refused:
                unreached.append(one.account)
        with seeing(viewer, MANAGE):
            append(viewer, given)
    return unreached


def answer(
    viewer: Viewer, id: UUID, to: Addressee, *, note: str | None, now: datetime, fact: UUID | None = None
) -> UUID:
    """An addressee has read a notice, or with ``note`` says what was done. Raises NotThere, Forbidden, Refused."""
    found = queries.receipt(viewer, id, to)
    require_over(viewer, REPORT, to.area)
    if found.account and found.account not in own_work(viewer).authors:
        raise Refused([NOT_ADDRESSED])
    if note is not None:
        require_words(note=note)
    data = made(InstructionRead, to=to) if note is None else made(InstructionActed, to=to, note=note.strip())
    return add(viewer, REPORT, data, id=id, area=to.area, now=now, fold=instruction, fact=fact)


def open_ticket(
    viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], *, now: datetime
) -> bool:  # fmt: skip
    """Opens a joint ticket between the department of an account and a place; False where it was opened before. Raises
    Forbidden, Refused."""
    require_words(zh=fields["zh"])
    due = fields.get("due") or now + clocks(now.astimezone(CIVIL_TIME).date()).ticket
    if due <= now:
        raise Refused([Wrong("due", "past", "已经过去，请填写将来的时间", "is over: give a time to come")])
    data = made(TicketOpened, **{**fields, "due": due})
    with transaction.atomic():
        if not begin(viewer, REPORT, data, id=id, area=area, now=now, fold=ticket):
            return False
        if not reaches(viewer, "tasks.attempt", area):
            return True  # who gives out no tasks there leaves it on the list of the place
        part = side_id(id, Side.DEPARTMENT)
        try:
            given = tasks.give(viewer, data.department, part, [queries.TICKET], area, now=now)
        except Refused as refused:
            raise Refused([one._replace(field="department") for one in refused.wrong]) from None
        with seeing(viewer, REPORT):
            append(viewer, given)
    return True


def confirm(viewer: Viewer, id: UUID, *, note: str, now: datetime, fact: UUID | None = None) -> Side:
    """One side says that the problem of a ticket is solved; the ticket closes when both have. As which side somebody
    speaks follows from who that is. Raises NotThere, Forbidden, Refused."""
    row = queries.located(viewer, id)
    if row.department in own_work(viewer).authors:
        side = Side.DEPARTMENT
    elif queries.is_place(viewer, row.area):
        side = Side.PLACE
    else:
        raise Refused([NOT_A_SIDE])
    data = made(TicketConfirmed, side=side, note=note.strip())
    add(viewer, REPORT, data, id=id, area=row.area, now=now, fold=ticket, fact=fact)
    return side
