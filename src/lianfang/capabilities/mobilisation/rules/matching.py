"""Who fits a call or a shift: able, free and rested, the nearest and least burdened first, each with the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.mobilisation.rules.hours import Span, too_near, within
from lianfang.capabilities.mobilisation.rules.rota import Hand, steps_apart

NEAR: Final = (
    ("同社区", "in the same community"),
    ("同街道（乡镇）", "in the same town"),
    ("同县区", "in the same county"),
    ("同州市", "in the same prefecture"),
    ("同省", "in the same province"),
    ("外省", "in another province"),
)


class Match(NamedTuple):
    """Somebody who fits. ``rested``: hours since the last duty, None where there was none in seven days."""

    person: UUID
    steps: int
    hours: float
    rested: float | None
    zh: str
    en: str


class Matches(NamedTuple):
    """``left_out``: how many do not fit, by the first reason: ``not_able``, ``not_free``, ``too_near``."""

    found: tuple[Match, ...]
    left_out: dict[str, int]


def match(
    hands: Sequence[Hand], span: Span, area: str, skill: tuple[str, str, str] | None, rest: timedelta
) -> Matches:  # fmt: skip
    """Who fits, the best first: nearest, then fewest hours, then longest rest. ``skill``: its code, zh and en."""
    found, left_out = [], dict.fromkeys(("not_able", "not_free", "too_near"), 0)
    for one in hands:
        if skill is not None and skill[0] not in one.skills:
            left_out["not_able"] += 1
        elif not within(span, one.free):
            left_out["not_free"] += 1
        elif any(too_near(span, other, rest) for other in one.busy):
            left_out["too_near"] += 1
        else:
            found.append(_matched(one, span, area, skill))
    found.sort(key=lambda one: (one.steps, one.hours, -(one.rested if one.rested is not None else 1e9), one.person.int))
    return Matches(tuple(found), left_out)


def _matched(one: Hand, span: Span, area: str, skill: tuple[str, str, str] | None) -> Match:
    steps = steps_apart(one.area, area)
    before = [other.ends for other in one.busy if other.ends <= span.starts]
    rested = round((span.starts - max(before)).total_seconds() / 3600, 1) if before else None
    zh, en = [NEAR[steps][0]], [NEAR[steps][1]]
    if skill is not None:
        zh.append(f"会{skill[1]}")
        en.append(f"can do {skill[2]}")
    zh.append(f"近7天在岗{one.hours:g}小时")
    en.append(f"{one.hours:g} hours on duty in 7 days")
    if rested is not None:
        zh.append(f"已休息{rested:g}小时")
        en.append(f"{rested:g} hours of rest")
    return Match(one.person, steps, one.hours, rested, "，".join(zh), ", ".join(en))
