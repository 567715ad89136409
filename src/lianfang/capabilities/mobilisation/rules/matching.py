"""Who fits a call, a shift or an order: able, free and rested, the nearest and least burdened first, each with the
reason why."""

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


class Carrier(NamedTuple):
    """Somebody who can be given an order, by the code of the account. ``hand``: what is on record of the volunteer that
    it is, None where nothing is; ``carried``: orders on the way."""

    code: str
    name: str
    area: str
    carried: int
    hand: Hand | None


class CarrierMatch(NamedTuple):
    """Somebody to whom an order can be given."""

    carrier: str
    name: str
    steps: int
    carried: int
    hours: float
    zh: str
    en: str


class CarrierMatches(NamedTuple):
    """``left_out``: how many do not fit, by the first reason: ``not_able``, ``not_free``, ``too_many``."""

    found: tuple[CarrierMatch, ...]
    left_out: dict[str, int]


def match_carriers(
    carriers: Sequence[Carrier], span: Span, area: str, skill: tuple[str, str, str] | None, most: int
) -> CarrierMatches:  # fmt: skip
    """Who can bring an order in a time, the best first: known to be able, nearest, with the fewest orders on the way,
    then the fewest hours. Of whom no volunteer is on record the skills are not known, and any time is free. ``skill``:
    its code, zh and en; ``most``: orders on the way at once."""
    found, left_out = list[tuple[bool, CarrierMatch]](), dict.fromkeys(("not_able", "not_free", "too_many"), 0)
    for one in carriers:
        hand = one.hand
        if hand is not None and skill is not None and skill[0] not in hand.skills:
            left_out["not_able"] += 1
        elif hand is not None and not (within(span, hand.free) and not any(_meets(span, busy) for busy in hand.busy)):
            left_out["not_free"] += 1
        elif one.carried >= most:
            left_out["too_many"] += 1
        else:
            found.append((hand is None and skill is not None, _of_carrier(one, span, area, skill)))
    found.sort(key=lambda its: (its[0], its[1].steps, its[1].carried, its[1].hours, its[1].carrier))
    return CarrierMatches(tuple(its for _, its in found), left_out)


def _meets(one: Span, other: Span) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _of_carrier(one: Carrier, span: Span, area: str, skill: tuple[str, str, str] | None) -> CarrierMatch:
    hand = one.hand
    steps = steps_apart(hand.area if hand else one.area, area)
    zh, en = [NEAR[steps][0]], [NEAR[steps][1]]
    if skill is not None:
        zh.append(f"会{skill[1]}" if hand else "技能未登记")
        en.append(f"can do {skill[2]}" if hand else "skills not on record")
    zh.append(f"手上{one.carried}单")
    en.append(f"orders on the way: {one.carried}")
    if hand is not None:
        told = _load(hand, span)
        zh.append(told[0])
        en.append(told[1])
    return CarrierMatch(
        one.code, one.name, steps, one.carried, hand.hours if hand else 0.0, "，".join(zh), ", ".join(en)
    )  # fmt: skip


def _matched(one: Hand, span: Span, area: str, skill: tuple[str, str, str] | None) -> Match:
    steps, rested = steps_apart(one.area, area), _rested(one, span)
    zh, en = [NEAR[steps][0]], [NEAR[steps][1]]
    if skill is not None:
        zh.append(f"会{skill[1]}")
        en.append(f"can do {skill[2]}")
    told = _load(one, span)
    zh.append(told[0])
    en.append(told[1])
    return Match(one.person, steps, one.hours, rested, "，".join(zh), ", ".join(en))


def _rested(one: Hand, span: Span) -> float | None:
    """Hours since the last duty; None where there was none in seven days."""
    before = [other.ends for other in one.busy if other.ends <= span.starts]
    return round((span.starts - max(before)).total_seconds() / 3600, 1) if before else None


def _load(one: Hand, span: Span) -> tuple[str, str]:
    """How long somebody was on duty lately, and rested since."""
    rested = _rested(one, span)
    zh, en = f"近7天在岗{one.hours:g}小时", f"{one.hours:g} hours on duty in 7 days"
    if rested is None:
        return zh, en
    return f"{zh}，已休息{rested:g}小时", f"{en}, {rested:g} hours of rest"
