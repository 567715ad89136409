"""Acts of administration: put on record with what they do, and listed for who audits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, facts
from lianfang.accounts.models import Act
from lianfang.accounts.roster import names_of
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact, FactData

MOST = 200
"""Acts of one answer."""


class NotRecorded(RuntimeError):
    """An act could not be put on record, so it is not done."""


class Acts(NamedTuple):
    """Newest first. ``next`` is the ``before`` of what follows; None at the end. ``names``: what the accounts and
    devices that they speak of are called now, by id."""

    acts: list[Act]
    names: dict[str, str]
    next: int | None


def record(by: log.Principal, data: FactData, of: UUID, area: str) -> None:
    """Appends one act, of an account or a device, within the transaction that does it. Raises NotRecorded."""
    fact = Fact.of(data, id=log.new_id(), subject=of, area=area, observed_at=clock.now())
    (outcome,) = log.append([fact], principal=by)
    if outcome.status is not log.Status.APPENDED:
        raise NotRecorded(f"the act was not recorded ({outcome.reason}), so it is not done")


def recent(viewer: Viewer, *, before: int | None = None, limit: int = MOST) -> Acts:
    """The acts in the viewer's divisions. Raises Forbidden."""
    with seeing(viewer, "looks.read"):
        rows = visible(viewer, "looks.read", Act.objects.all())
        if before is not None:
            rows = rows.filter(seq__lt=before)
        found = list(rows.order_by("-seq")[: limit + 1])
    following = found[limit - 1].seq if len(found) > limit else None
    codes = {code for act in found[:limit] for code in (str(act.target), act.author)}
    return Acts(found[:limit], names_of(codes), following)


class ActRegister:
    """What administrators did, as a list."""

    name = "accounts.acts"
    kinds = frozenset(
        one.kind
        for one in (
            *(facts.AccountMade, facts.Appointed, facts.AppointmentEnded, facts.LinkMade),
            *(facts.AccountDisabled, facts.AccountEnabled, facts.DeviceMade, facts.DeviceRevoked),
        )
    )
    tables = ("accounts_act",)

    def apply(self, entries: Sequence[Entry]) -> None:
        Act.objects.bulk_create(
            Act(
                seq=entry.seq,
                fact_id=entry.fact.id,
                at=entry.received_at,
                author=entry.fact.author,
                area=entry.fact.area,
                act=entry.fact.kind,
                target=entry.fact.subject,
                role=getattr(entry.fact.data, "role", ""),
                watch=_is_to_watch(entry.fact.data),
            )
            for entry in entries
        )


def _is_to_watch(data: FactData) -> bool:
    """Whether one person alone could have become another by it, or opened what people entrusted."""
    if isinstance(data, facts.LinkMade):
        return data.second_factor_reset
    return isinstance(data, facts.Appointed) and data.unchecked
