"""Records and places are drawn by lot; what came of asking again is recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.isolation.service.recording import append, fact_of, made, record, take_back
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.facts.sampling import (
    MOST_DRAWN,
    Recalled,
    RecallResult,
    RecordsDrawn,
    SitesDrawn,
)
from lianfang.capabilities.oversight.queries import sampling as queries
from lianfang.capabilities.oversight.queries.sampling import DRAW
from lianfang.capabilities.oversight.rules.sampling import draw, seed_of
from lianfang.capabilities.oversight.state import sampling as state
from lianfang.capabilities.screening.facts import Visited
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

LONGEST: Final = timedelta(days=31)
"""Days that records are drawn from, and ahead of which places are."""
_NOTHING: Final = Wrong(
    "area",
    "nothing_to_draw",
    "没有可抽的对象，请换地区或日期",
    "has none to draw from: choose another area, or other days",
)
_NOT_YOURS: Final = Wrong(
    "taken", "not_yours", "只能撤销本人登记的记录", "was recorded by somebody else: only who recorded it takes it back"
)


def draw_records(
    viewer: Viewer, area: str, n: int, first: date, last: date, *, now: datetime, id: UUID
) -> UUID:  # fmt: skip
    """Draws visits of some days, to be asked about again; sent again under its ``id``, it is the same draw. Raises
    Forbidden, Refused."""
    _over(viewer, area, n)
    if not first <= last <= now.astimezone(CIVIL_TIME).date() or last - first > LONGEST:
        zh, en = "须为今天以前、不超过31天的一段日期", "are days up to today, 31 at most: correct them"
        raise Refused([Wrong("first", "out_of_range", zh, en)])
    with seeing(viewer, DRAW):
        locked(id)
        if _history(id):
            return id
        head = log.head()
        seed = seed_of(head.chain.hex(), area, Visited.kind)
        frame = queries.visits(viewer, area, first, last)
        if not frame:
            raise Refused([_NOTHING])
        its = draw(frame, n, seed)
        data = made(
            RecordsDrawn, of=Visited.kind, first=first, last=last, seed=seed, seq=head.seq, **its._asdict()
        )  # fmt: skip
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def draw_sites(viewer: Viewer, area: str, n: int, day: date, *, now: datetime, id: UUID) -> UUID:
    """Draws open posts that are inspected on a day. Raises Forbidden, Refused."""
    _over(viewer, area, n)
    today = now.astimezone(CIVIL_TIME).date()
    if not today <= day <= today + LONGEST:
        zh, en = "须为今天起31天内的日期", "is a day from today on, within 31: correct it"
        raise Refused([Wrong("day", "out_of_range", zh, en)])
    with seeing(viewer, DRAW):
        locked(id)
        if _history(id):
            return id
        head = log.head()
        seed = seed_of(head.chain.hex(), area, day.isoformat())
        frame = queries.posts(viewer, area)
        if not frame:
            raise Refused([_NOTHING])
        data = made(SitesDrawn, day=day, seed=seed, seq=head.seq, **draw(frame, n, seed)._asdict())
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def recall(
    viewer: Viewer, id: UUID, drawn: UUID, result: RecallResult, *, now: datetime, fact: UUID | None = None
) -> None:  # fmt: skip
    """What came of asking again about a record that was drawn. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, DRAW):
        locked(id)
        row = queries.record_draw(viewer, id)
        history = _history(id)
        data = made(Recalled, record=drawn, result=result)
        one = fact_of(viewer, data, subject=id, area=row.area, at=None, now=now, id=fact, history=history)
        record(viewer, history, one, state.records, state.WORDS)


def undo(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> None:
    """Takes an answer back, for who recorded it. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, DRAW):
        locked(id)
        row = queries.record_draw(viewer, id)
        history = _history(id)
        its = next((one for one in history if one.id == taken and isinstance(one.data, Recalled)), None)
        if its is None or its.author != viewer.author:
            raise Refused([_NOT_YOURS])
        take_back(
            viewer, history, taken, why, state.records, area=row.area, at=None, now=now, fact=fact, words=state.WORDS
        )


def _over(viewer: Viewer, area: str, n: int) -> None:
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, DRAW, area)
    if not 0 < n <= MOST_DRAWN:
        zh, en = f"须为1至{MOST_DRAWN}", f"is 1 to {MOST_DRAWN}"
        raise Refused([Wrong("n", "number", zh, en)])


def _history(id: UUID) -> list[Fact]:
    with seeing_all():
        return [entry.fact for entry in log.read(subjects=[id])]
