"""Reviews of signals: what somebody makes of one, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.cases.service.recording import append
from lianfang.capabilities.warning.facts.signal import MOST, Outcome, Reviewed
from lianfang.capabilities.warning.models.signals import SignalRow
from lianfang.capabilities.warning.state.signal import Status
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

ACTION: Final = "warning.review"


def review(viewer: Viewer, id: UUID, outcome: Outcome, reason: str, *, now: datetime) -> None:
    """Records what the viewer decided about a signal. Raises Forbidden, NotThere, and Refused for a reason that is
    empty or names somebody, and for a decision that holds already."""
    with seeing(viewer, ACTION):
        locked(id)
        row = visible(viewer, ACTION, SignalRow.objects.all()).filter(subject=id).first()
        if row is None:
            raise NotThere
        becomes = Status.OPEN if outcome is Outcome.REOPENED else Status(outcome)
        if row.status == becomes and becomes is not Status.WATCHED:
            zh, en = "预警已是这一状态，请刷新后再看", "the signal stands so already: look at it again"
            raise Refused([Wrong("outcome", "already", zh, en)])
        if not reason.strip():
            raise Refused([Wrong("reason", "empty", "请写明理由", "say why")])
        data = Reviewed(outcome=outcome, reason=reason.strip(), role=viewer.role)
        cause = tuple(row.raisings[-MOST:])
        append(viewer, [Fact.of(data, id=log.new_id(), subject=id, area=row.area, observed_at=now, cause=cause)])
