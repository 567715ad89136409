"""What an area has ready, as somebody states it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.command.facts import ReadinessStated, response_id
from lianfang.capabilities.command.rules.readiness import policy
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.facts import log
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

STATE: Final = "plans.manage"
_EVIDENCE: Final = Wrong(
    "evidence", "missing", "具备须写明依据，请填写", "is needed for what is in order: say what shows it"
)


def say(
    viewer: Viewer, area: str, item: str, *, met: bool, evidence: str, now: datetime, fact: UUID | None = None
) -> UUID:
    """States whether an area has what an item asks for; in order only with what shows it. Raises Forbidden, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, STATE, area)
    if not policy().stated(item):
        zh, en = "不是可填报的准备事项，请核对", "is no item that can be stated: correct it"
        raise Refused([Wrong("item", "unknown", zh, en)])
    if met and not evidence.strip():
        raise Refused([_EVIDENCE])
    subject = response_id(area)
    with transaction.atomic():
        locked(subject)
        with seeing_all():
            history = [entry.fact for entry in log.read(kinds={ReadinessStated.kind}, subjects=[subject])]
        if fact is not None and any(one.id == fact for one in history):
            return fact
        with seeing(viewer, STATE):
            data = made(ReadinessStated, item=item, met=met, evidence=evidence.strip())
            one = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=fact, history=history)
            append(viewer, [one])
    return one.id
