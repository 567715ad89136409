"""What is to be done by when. Hours are the policy's; each is counted from the act before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from lianfang.capabilities.isolation.facts import NeedAsked
from lianfang.capabilities.isolation.rules.policy import Policy
from lianfang.capabilities.isolation.state import CIVIL_TIME, Need, Order, Stage, Stay
from lianfang.capabilities.tasks.rules import Obligation

Span = tuple[datetime, datetime | None]
COUNSELLING = "counselling"


def of_order(order: Order, policy: Policy) -> Iterator[Obligation]:
    """To receive, carry out and verify every place that the order names, to put right what was not as ordered, and to
    lift it at its end. Once an order was lifted or goes on elsewhere, what was not done for the place before is no
    longer to be done."""
    for number, stay in enumerate(order.stays):
        over = order.lifted if stay is order.stay else order.stays[number + 1].since
        for one in _of_stay(order, stay, policy):
            if one.done_at is None and over is not None:
                continue
            yield one._replace(slot=str(number + 1) if number else "")
    if order.lifted is None or order.lift_reason == "completed":
        yield _todo(
            order, "isolation.lift", order.end, order.end + timedelta(hours=policy.lift_h), order.lifted
        )  # fmt: skip


def next_of(order: Order, policy: Policy) -> Obligation | None:
    """What is to be done first about an order, late or not; None once it was lifted."""
    undone = [one for one in of_order(order, policy) if one.done_at is None]
    return min(undone, key=lambda one: one.due, default=None)


def _of_stay(order: Order, stay: Stay, policy: Policy) -> Iterator[Obligation]:
    seen = stay.received or stay.executed
    yield _todo(order, "isolation.receive", stay.since, stay.since + timedelta(hours=policy.receive_h), seen)
    yield _todo(order, "isolation.execute", stay.since, stay.since + timedelta(hours=policy.execute_h), stay.executed)
    if stay.executed:
        yield _todo(
            order, "isolation.verify", stay.executed, stay.executed + timedelta(hours=policy.verify_h), stay.verified
        )  # fmt: skip
    if stay is order.stay and order.stage is Stage.DEVIATES:
        found = stay.verified or stay.executed or stay.since
        yield _todo(order, "isolation.correct", found, found + timedelta(hours=policy.correct_h), None)


def _todo(order: Order, rule: str, begins: datetime, due: datetime, done: datetime | None) -> Obligation:
    return Obligation(
        rule, order.id, order.area, begins, due, person=order.person, done_at=done, author=order.author
    )  # fmt: skip


def of_need(id: UUID, need: Need, policy: Policy) -> Iterator[Obligation]:
    """To acknowledge a need, and to meet it by its deadline. Needs for counselling have rules of their own, which only
    counsellors and clinicians see."""
    if need.data is None or need.asked is None:
        return
    suffix = f"_{COUNSELLING}" if need.data.category == COUNSELLING else ""
    hours = policy.acknowledge_urgent_h if need.data.urgent else policy.acknowledge_h
    for rule, due, done in (
        ("need.acknowledge", need.asked + timedelta(hours=hours), need.acknowledged or need.met),
        ("need.meet", meet_by(need.data, need.asked, policy), need.met),
    ):
        yield Obligation(
            rule + suffix, id, need.area, need.asked, due, person=need.data.person, done_at=done, author=need.author
        )  # fmt: skip


def meet_by(data: NeedAsked, asked: datetime, policy: Policy) -> datetime:
    """Until when a need is to be met: as was said when it was asked for, or by its category."""
    if data.due is not None:
        return data.due
    its = policy.category(data.category) or policy.categories[-1]
    return asked + timedelta(hours=its.urgent_h if data.urgent else its.meet_h)


def of_rounds(
    station: UUID, area: str, author: str, rounds: Sequence[datetime], residents: Sequence[Span], now: datetime,
    policy: Policy,
) -> Iterator[Obligation]:  # fmt: skip
    """To go round: the next time at most ``round_h`` hours after the last, while anybody lives there.

    ``residents`` are the spans in which each was there. The time runs from the last round, or from when somebody came
    into an empty house.
    """
    every = timedelta(hours=policy.round_h)
    for began, done in _watches(sorted(rounds), residents):
        if done is None and not any(left is None or left > now for _, left in residents):
            continue
        yield Obligation(
            "station.round", station, area, began, began + every, slot=f"{began:%Y%m%dT%H%MZ}", done_at=done,
            author=author,
        )  # fmt: skip


def _watches(rounds: Sequence[datetime], residents: Sequence[Span]) -> Iterator[tuple[datetime, datetime | None]]:
    """The times from which a round was due, each with the round that was made, the last with None."""
    marks: list[datetime | None] = [*rounds, None]
    before: datetime | None = None
    for mark in marks:
        came = [entered for entered, left in residents if left is None or before is None or left > before]
        if came:
            first = min(came)
            began = first if before is None else max(before, first)
            if mark is None or mark > began:
                yield began, mark
        before = mark


def of_logs(
    station: UUID, area: str, author: str, opened: datetime, closed: datetime | None, logged: Mapping[date, datetime],
    since: datetime, until: datetime, policy: Policy,
) -> Iterator[Obligation]:  # fmt: skip
    """To write the log of every day on which the station was open, as far as it can still be written."""
    day = max(opened, since - timedelta(hours=policy.log_lapses_h + 24)).astimezone(CIVIL_TIME).date()
    last = min(until, closed or until).astimezone(CIVIL_TIME).date()
    while day <= last:
        begins = datetime.combine(day, time(), CIVIL_TIME)
        due = begins + timedelta(days=1, hours=policy.log_until_h)
        yield Obligation(
            "station.log", station, area, begins, due, slot=day.isoformat(), done_at=logged.get(day),
            lapses=due + timedelta(hours=policy.log_lapses_h), author=author,
        )  # fmt: skip
        day += timedelta(days=1)
