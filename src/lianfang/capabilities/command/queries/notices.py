"""Notices with their receipts, and joint tickets, as somebody may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import reaches
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.command.facts.instructions import Addressee, receipt_id
from lianfang.capabilities.command.facts.tickets import Side, side_id
from lianfang.capabilities.command.models import InstructionRow, ReceiptRow, TicketRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.command.rules.delivery import READ_IT
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

MOST: Final = 300
ACT: Final = "instruction.act"
TICKET: Final = "ticket.confirm"


class Notice(NamedTuple):
    """A notice with those of its receipts that the viewer may see."""

    row: InstructionRow
    receipts: tuple[ReceiptRow, ...]


def is_place(viewer: Viewer, area: str) -> bool:
    """Whether somebody speaks for the place: who manages its response."""
    return reaches(viewer, "plans.manage", area)


def notices(viewer: Viewer, area: str) -> list[Notice]:
    """The notices that an area or one within it sent or has, the last first. Who has one is told its text whoever sent
    it, and sees of the receipts those within the own range. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        mine = in_range(viewer, ReceiptRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        sent = in_range(viewer, InstructionRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        ids = set(mine.values_list("subject", flat=True)) | set(sent.values_list("subject", flat=True))
        seen = in_range(viewer, ReceiptRow.objects.filter(subject__in=ids)).order_by("area", "account")
        receipts: dict[UUID, list[ReceiptRow]] = defaultdict(list)
        for one in seen:
            receipts[one.subject].append(one)
    with seeing_all():
        rows = list(InstructionRow.objects.filter(subject__in=ids).order_by("-began", "subject")[:MOST])
    return [Notice(row, tuple(receipts[row.subject])) for row in rows]


def receipt(viewer: Viewer, id: UUID, to: Addressee) -> ReceiptRow:
    """What an addressee of the viewer's range has of a notice. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = in_range(viewer, ReceiptRow.objects.filter(id=receipt_id(id, to.token))).first()
    if row is None:
        raise NotThere
    return row


def tickets(viewer: Viewer, area: str) -> list[TicketRow]:
    """The joint tickets of an area, open ones first, by when they are due. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = in_range(viewer, TicketRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        waiting = list(rows.filter(closed__isnull=True).order_by("due", "subject")[:MOST])
        return [*waiting, *rows.filter(closed__isnull=False).order_by("-closed", "subject")[:MOST]]


def located(viewer: Viewer, id: UUID) -> TicketRow:
    """A ticket of the viewer's range. Raises Forbidden, NotThere."""
    with seeing(viewer, "measures.report"):
        row = in_range(viewer, TicketRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def side_of(viewer: Viewer, row: TicketRow) -> Side | None:
    """As which side of a ticket the viewer speaks; None for neither."""
    if row.department in own_work(viewer).authors:
        return Side.DEPARTMENT
    return Side.PLACE if is_place(viewer, row.area) else None


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That addressees read notices and act on them, and that both sides of a ticket confirm: see
    ``tasks.rules.Provider``."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, ReceiptRow.objects.filter(began__lt=until))
        receipts = list(rows if of is None else rows.filter(id__in=list(of)))
        open_ones = in_range(
            viewer, TicketRow.objects.filter(Q(closed__isnull=True) | Q(closed__gt=since), began__lt=until)
        )
        joint = list(open_ones)
    for row in receipts:
        if (row.read or until) > since:
            yield Obligation(
                READ_IT, row.id, row.area, row.began, row.read_by, done_at=row.read, author=row.author
            )  # fmt: skip
        if row.act_by is not None and (row.acted or until) > since:
            yield Obligation(ACT, row.id, row.area, row.began, row.act_by, done_at=row.acted, author=row.author)
    for ticket in joint:
        for side, at in ((Side.DEPARTMENT, ticket.by_department), (Side.PLACE, ticket.by_place)):
            id = side_id(ticket.subject, side)
            if (at or until) > since and (of is None or id in of):
                yield Obligation(
                    TICKET, id, ticket.area, ticket.began, ticket.due, done_at=at, author=ticket.author
                )  # fmt: skip
