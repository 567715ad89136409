"""What the trainer adds to a drill that is being served: cases, reported at the drill's time as a clinic would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from lianfang.accounts.drills import Drill
from lianfang.app.drill import files
from lianfang.app.drill.space import Space
from lianfang.app.errors import Unusable
from lianfang.capabilities.cases.facts import About, Class, Reported
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact
from lianfang.places.queries import subtree_range

DEVICE = "drill-trainer"
MOST = 200
"""Cases of one inject."""


class Inject(NamedTuple):
    """So many cases of a division, who fell ill on a day (None: the day before)."""

    area: str
    cases: int
    onset: date | None


def inject(space: Space, its: Inject) -> list[UUID]:
    """Reports the cases; their ids. The mark tells of the inject. Raises Unusable for what the drill cannot take."""
    drill = space.drill()
    _check(drill, its)
    with connection.cursor() as cursor:
        cursor.execute("SELECT received_at FROM fact_head")
        now = max(cursor.fetchone()[0], drill.begins)  # the server's clock is its own: the record's end tells the time
    onset = its.onset or (now - timedelta(days=1)).date()
    if onset > now.date():
        raise Unusable(f"--onset {onset}: it is {now.date()} in the drill, and nobody has fallen ill yet")
    head = files.head(space.files)
    facts = []
    for _ in range(its.cases):
        data = Reported(
            person=log.new_id(), disease=head["disease"], edition=head["edition"], as_class=Class.SUSPECTED,
            about=About(onset=Days.exactly(onset)),
        )  # fmt: skip
        facts.append(Fact.of(data, id=log.new_id(), subject=log.new_id(), area=its.area, observed_at=now))
    outcomes = log.append(facts, principal=log.Principal("trainer", DEVICE), now=now)
    if wrong := [one.reason for one in outcomes if one.status is log.Status.SET_ASIDE]:
        raise Unusable(f"the record does not take it: {wrong[0]}")
    told = {"at": now.isoformat(), "area": its.area, "cases": its.cases, "onset": onset.isoformat()}
    space.note(injects=[*space.mark.get("injects", ()), told])
    return [fact.subject for fact in facts]


def _check(drill: Drill, its: Inject) -> None:
    if not 1 <= its.cases <= MOST:
        raise Unusable(f"--cases {its.cases}: from 1 to {MOST}")
    try:
        first, after = subtree_range(drill.area)
        subtree_range(its.area)
    except LookupError:
        raise Unusable(f"--area {its.area}: there is no such division") from None
    if not first <= its.area < after:
        raise Unusable(f"--area {its.area}: lies outside of {drill.area}, where the drill plays")
