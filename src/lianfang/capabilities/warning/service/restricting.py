"""Limiting entry to a community: who answers for it where the disease spreads in it, otherwise with an approval; never
where it has no case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.service.recording import append
from lianfang.capabilities.warning.facts.restriction import EntryLimited, LimitDecided, LimitLifted
from lianfang.capabilities.warning.facts.signal import Evidence
from lianfang.capabilities.warning.queries.restrictions import held
from lianfang.capabilities.warning.queries.risk import Asked, community_history
from lianfang.capabilities.warning.rules.restriction import restriction_policy
from lianfang.capabilities.warning.state.restriction import LimitState
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.lock import locked

ORDER: Final = "limits.order"
APPROVE: Final = "limits.approve"


def order(
    viewer: Viewer, area: str, *, disease: str, until: date, necessity: str, now: datetime, id: UUID | None = None
) -> UUID:  # fmt: skip
    """Limits entry to a community until the end of a day, or asks for it where its class does not allow it; the limit's
    id. Raises Forbidden, and Refused field by field, so where its class forbids it."""
    require_over(viewer, ORDER, area)
    grades = community_history(viewer, Asked(area, disease), now=now).grades
    graded = next(one.graded for one in grades.places if one.area == area)
    today = localdate(now)
    if wrong := [*_not_of_its_class(graded.to), *_not_so_long(until, today), *_not_needed(necessity)]:
        raise Refused(wrong)
    told = tuple(
        Evidence(code=one.code, value=one.value) for one in graded.evidence if not isinstance(one.value, datetime)
    )
    data = EntryLimited(
        disease=disease, until=until, necessity=necessity.strip(), role=viewer.role, counted_as=graded.to,
        evidence=told, as_of=now, seq=grades.at.seq,
    )  # fmt: skip
    subject = id or log.new_id()
    with seeing(viewer, ORDER):
        append(viewer, [Fact.of(data, id=subject, subject=subject, area=area, observed_at=now)])
    return subject


def _not_of_its_class(to: str | None) -> list[Wrong]:
    if to not in restriction_policy().never:
        return []
    zh = "该社区未发现病例（一类），不得限制进出；出现病例后再提出"
    en = "has no case (class 1): entry to it cannot be limited, and nobody can approve it. Ask once there is a case"
    return [Wrong("area", "class_forbids", zh, en)]


def _not_so_long(until: date, today: date) -> list[Wrong]:
    its = restriction_policy()
    last = its.last_day(today)
    if today <= until <= last:
        return []
    zh = f"限制须自今日起至多{its.most_days}天，最迟{last}；到期仍需要的，重新下达"
    en = f"a limit lasts {its.most_days} days at most, from today until {last}: order it anew if it is needed longer"
    return [Wrong("until", "too_long" if until > last else "past", zh, en)]


def _not_needed(necessity: str) -> list[Wrong]:
    if necessity.strip():
        return []
    return [Wrong("necessity", "empty", "请写明为什么必要、限制什么", "say why it is necessary and what is limited")]


def decide(viewer: Viewer, id: UUID, approved: bool, reason: str, *, now: datetime) -> None:
    """Approves a limit that was asked for, or does not. Raises Forbidden, NotThere, and Refused where it was decided,
    needs nobody, or was asked for by the viewer."""
    with seeing(viewer, APPROVE):
        locked(id)
        one, state = held(viewer, APPROVE, id, now=now)
        if state is not LimitState.ASKED:
            raise Refused(
                [
                    Wrong(
                        "id", "not_asked", "这项限制不在待批准之列，请刷新", "does not await approval: look at it again"
                    )
                ]
            )
        if one.ordered.author == viewer.author:
            raise Refused(
                [
                    Wrong(
                        "id",
                        "own",
                        "提出的人不能批准，请由他人批准",
                        "whoever asks does not approve: let somebody else",
                    )
                ]
            )
        data = LimitDecided(approved=approved, reason=_reason(reason), role=viewer.role)
        _record(viewer, id, one.area, data, now)


def lift(viewer: Viewer, id: UUID, reason: str, *, now: datetime) -> None:
    """Ends a limit, or takes back that it was asked for. Raises Forbidden, NotThere, and Refused where it has ended."""
    with seeing(viewer, ORDER):
        locked(id)
        one, state = held(viewer, ORDER, id, now=now)
        if state not in (LimitState.ASKED, LimitState.IN_FORCE):
            raise Refused([Wrong("id", "over", "这项限制已经结束，请刷新", "has ended already: look at it again")])
        _record(viewer, id, one.area, LimitLifted(reason=_reason(reason), role=viewer.role), now)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused([Wrong("reason", "empty", "请写明理由", "say why")])
    return reason.strip()


def _record(viewer: Viewer, id: UUID, area: str, data: FactData, now: datetime) -> None:
    append(viewer, [Fact.of(data, id=log.new_id(), subject=id, area=area, observed_at=now)])
