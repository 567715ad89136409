"""What the trainer adds to a drill from the command line."""

from __future__ import annotations

from uuid import UUID

from lianfang.accounts import clock, drills
from lianfang.accounts.refused import Refused
from lianfang.app.drill.space import Space
from lianfang.app.errors import Unusable
from lianfang.capabilities.drills.service import training
from lianfang.capabilities.drills.service.training import Inject
from lianfang.facts import log


def inject(space: Space, its: Inject) -> list[UUID]:
    """Reports the cases at the drill's time; their ids. Of a live drill that waits, that is where its record ends.
    Raises Unusable for what the drill cannot take."""
    drill = space.drill()
    now = clock.now()
    if not (space.loaded or drills.pace()):
        last = next(log.read(log.head().seq - 1), None)
        now = max(last.received_at, drill.begins) if last else drill.begins
    try:
        return training.inject(space.home, drill, its, now=now)
    except Refused as refused:
        raise Unusable("; ".join(f"--{one.field}: {one.en}" for one in refused.wrong)) from None
