"""Markets registered, inspected, sampled, tested and disposed of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.cases.rules.policy import ahead
from lianfang.capabilities.cases.service.recording import append
from lianfang.capabilities.warning.facts.market import MarketRegistered
from lianfang.capabilities.warning.models.market import MARKET_KINDS
from lianfang.capabilities.warning.queries.market import market
from lianfang.capabilities.warning.rules.markets import unknown
from lianfang.capabilities.warning.state.market import WORDS, fold
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

ACTION: Final = "markets.inspect"


def register(
    viewer: Viewer, area: str, data: MarketRegistered, *, now: datetime, at: datetime | None = None,
    market_id: UUID | None = None, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Registers a market, or replaces the particulars of the one that is given. Raises Forbidden, NotThere, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, ACTION, area)
    if market_id is not None:
        market(viewer, market_id, ACTION)
    id = market_id or log.new_id()
    _record(viewer, id, area, data, at, now, fact)
    return id


def record(
    viewer: Viewer, id: UUID, data: FactData, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:
    """Records something of a market; returns the fact's id. Raises Forbidden, NotThere, Refused."""
    return _record(viewer, id, market(viewer, id, ACTION).row.area, data, at, now, fact)


def retract(viewer: Viewer, id: UUID, fact: UUID, why: Why, *, now: datetime) -> None:
    """Takes a fact of a market back, where nothing that follows would contradict the record without it. Raises
    Forbidden, NotThere, Refused."""
    area = market(viewer, id, ACTION).row.area
    if all(one.id != fact for one in _history(id)):
        zh, en = "没有这条记录，请核对编号", "is no fact of this market: correct the id"
        raise Refused([Wrong("fact", "unknown_fact", zh, en)])
    _record(viewer, id, area, Retracted(why=why), None, now, None, corrects=fact)


def _record(
    viewer: Viewer, subject: UUID, area: str, data: FactData, at: datetime | None, now: datetime, id: UUID | None, *,
    corrects: UUID | None = None,
) -> UUID:  # fmt: skip
    wrong = [_unknown(*one) for one in unknown(data)]
    if at is not None and at > now + ahead():
        wrong.append(Wrong("at", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time"))
    if wrong:
        raise Refused(wrong)
    made = Fact.of(data, id=id or log.new_id(), subject=subject, area=area, observed_at=at or now)
    made = made.model_copy(update={"corrects": corrects, "author": viewer.author, "device": viewer.device})
    with seeing(viewer, ACTION):
        locked(subject)
        history = _history(subject)
        if any(one.id == made.id for one in history):
            return made.id
        before = set(fold(history).faults)
        new = [one for one in fold([*history, made]).faults if one not in before]
        if new:
            raise Refused([Wrong(one.field, one.reason, *WORDS[one.reason]) for one in new])
        append(viewer, [made])
    return made.id


def _history(subject: UUID) -> Sequence[Fact]:
    return [entry.fact for entry in log.read(kinds=MARKET_KINDS, subjects=[subject])]


def _unknown(field: str, code: str, known: Iterable[str]) -> Wrong:
    there = ", ".join(known)
    return Wrong(field, "unknown", f"没有代码{code}，可用：{there}", f"there is no {code}; there are: {there}")
