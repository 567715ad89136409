"""Notices on their way through the channels of the operator: which is to be told, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.capabilities.command.facts.instructions import Addressee, InstructionDelivered
from lianfang.capabilities.command.models import InstructionRow, ReceiptRow
from lianfang.capabilities.command.rules.delivery import Line, Sending, Unread, clocks, due, message
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.rules import Where
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.places.queries import current_gazetteer

AUTOMATIC: Final = log.Principal("delivery", "delivery")
"""As whom it is recorded that a channel was told."""


class Waiting(NamedTuple):
    """A channel that is to be told of a notice now. ``link`` is put after the address of the page."""

    row: InstructionRow
    sending: Sending

    def message(self, page: str) -> tuple[str, str]:
        """Title and text of what leaves, with the address of the page."""
        its = self.row.data
        link = f"{page.rstrip('/')}/#notices?notice={self.row.subject}"
        return message(its["doc_no"], its["zh"], its["en"], link, self.sending.reason)


def waiting(lines: Sequence[Line], now: datetime) -> list[Waiting]:
    """What is to be sent now, the oldest notice first."""
    its = clocks(now.astimezone(CIVIL_TIME).date())
    with seeing_all():
        rows = list(InstructionRow.objects.filter(began__gte=now - its.oldest, began__lte=now).order_by("began"))
        unread: dict[UUID, list[Unread]] = defaultdict(list)
        for one in ReceiptRow.objects.filter(subject__in=[row.subject for row in rows], read__isnull=True):
            to = Addressee(area=one.area, account=one.account or None)
            unread[one.subject].append(Unread(to, _above(one.area)))
    return [
        Waiting(row, one)
        for row in rows
        for one in due(
            row.began, datetime.fromisoformat(row.data["read_by"]), unread[row.subject], row.deliveries(), lines, now,
            its,
        )
    ]  # fmt: skip


def record(one: Waiting, *, taken: bool, now: datetime) -> None:
    """Records that a channel took it, or did not."""
    its = one.sending
    data = InstructionDelivered(channel=its.channel, taken=taken, reason=its.reason, to=its.to)
    subject, area = one.row.subject, one.row.area
    fact = Fact.of(data, id=its.fact(subject), subject=subject, area=area, observed_at=max(now, one.row.began))
    with seeing_all():
        (outcome,) = log.append([fact], principal=AUTOMATIC)
    if outcome.status is log.Status.SET_ASIDE:
        raise RuntimeError(f"a delivery could not be recorded: {outcome.reason}")


def _above(area: str) -> dict[Where, str]:
    """The divisions that an area is or lies in, by their level."""
    places, levels = current_gazetteer(), {one.value: one for one in Where}
    found = {}
    for code in (area, *places.ancestors(area)):
        division = places.division(code)
        if division is not None and division.level in levels:
            found[levels[division.level]] = code
    return found
