"""Transfers between hospitals, from either side."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models import BedRow, HospitalRow, TransferRow
from lianfang.capabilities.care.rules.beds import bed_policy
from lianfang.capabilities.care.state.transfers import OPEN, TransferStage
from lianfang.capabilities.isolation.queries.orders import area_range
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "transfers.read"
MOST_TRANSFERS: Final = 500
SIDES: Final = ("from", "to")


class Moving(NamedTuple):
    """A transfer with its two hospitals. ``due``: by when the next step is to be taken; ``sides``: those of the two
    that lie in the viewer's divisions. ``number`` is that of the bed that is kept."""

    row: TransferRow
    hospital: HospitalRow
    to_hospital: HospitalRow
    due: datetime | None
    sides: tuple[str, ...]
    number: str | None


def transfer_located(viewer: Viewer, action: str, id: UUID, sides: tuple[str, ...] = SIDES) -> TransferRow:
    """A transfer one of whose ``sides`` an action reaches; within ``seeing``. Raises NotThere."""
    rows = TransferRow.objects.filter(subject=id, side__in=sides)
    row = visible(viewer, action, rows).order_by("side").first()
    if row is None:
        raise NotThere
    return row


def transfers(viewer: Viewer, *, area: str = "", over: bool = False) -> list[Moving]:
    """The transfers from and to the viewer's divisions that are going on, or that are over: severe cases first, then
    those that have waited longest. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = visible(viewer, READ, TransferRow.objects.all())
        rows = rows.exclude(stage__in=OPEN) if over else rows.filter(stage__in=OPEN)
        if area:
            first, last = area_range(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        order = ("-requested",) if over else ("-severe", "requested")
        found = list(rows.order_by(*order, "subject", "side")[: 2 * MOST_TRANSFERS])
    sides: dict[UUID, tuple[str, ...]] = {}
    for row in found:
        sides[row.subject] = (*sides.get(row.subject, ()), row.side)
    return _moving(list({row.subject: row for row in reversed(found)}.values())[::-1], sides)


def transfer_card(viewer: Viewer, id: UUID) -> Moving:
    """One transfer. Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        rows = list(visible(viewer, READ, TransferRow.objects.filter(subject=id)).order_by("side"))
    if not rows:
        raise NotThere
    (found,) = _moving(rows[:1], {id: tuple(row.side for row in rows)})
    return found


def _moving(rows: list[TransferRow], sides: dict[UUID, tuple[str, ...]]) -> list[Moving]:
    with seeing_all():  # the names of both hospitals, for whoever sees the transfer
        hospitals = HospitalRow.objects.in_bulk({id for row in rows for id in (row.hospital, row.to_hospital)})
        numbers = dict(
            BedRow.objects.filter(subject__in={row.bed for row in rows if row.bed}).values_list("subject", "number")
        )
    return [
        Moving(
            row, hospitals[row.hospital], hospitals[row.to_hospital], due(row), sides[row.subject],
            numbers.get(row.bed),
        )
        for row in rows
    ]  # fmt: skip


def due(row: TransferRow) -> datetime | None:
    """By when the next step is to be taken; None where it is over."""
    policy = bed_policy(row.requested)
    if row.stage == TransferStage.REQUESTED:
        return row.requested + timedelta(hours=policy.severe_answer_h if row.severe else policy.answer_h)
    if row.stage in OPEN:
        return row.approved + timedelta(hours=policy.move_h)
    return None


def obligations(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """Transfers to answer, where the patient is asked to; and to carry out, where the patient lies. Within
    ``seeing``."""
    rows = in_range(viewer, TransferRow.objects.all())
    recent = Q(stage__in=OPEN) | Q(approved__gt=since) | Q(received__gt=since) | Q(ended__gt=since)
    rows = rows.filter(recent) if of is None else rows.filter(subject__in=list(of))
    for row in rows:
        policy = bed_policy(row.requested)
        if row.side == "to":
            hours = policy.severe_answer_h if row.severe else policy.answer_h
            answered = row.approved or row.ended
            yield Obligation(
                "transfer.answer", row.subject, row.area, row.requested, row.requested + timedelta(hours=hours),
                person=row.person, done_at=answered, author=row.author,
            )  # fmt: skip
        elif row.approved is not None and (row.ended is None or row.received is not None):
            yield Obligation(
                "transfer.carry_out", row.subject, row.area, row.approved,
                row.approved + timedelta(hours=policy.move_h), person=row.person, done_at=row.received,
                author=row.author,
            )  # fmt: skip
