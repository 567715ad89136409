"""What is to be done about those who help elsewhere: their health told each day while they are away, observation when
they are back. Source: the first medical team of Yunnan for Hubei, as reported in January 2020; the hour by which a
day's health is told and the days of observation are the policy's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation.rules.hours import DAY
from lianfang.capabilities.mobilisation.rules.policy import Policy
from lianfang.capabilities.mobilisation.state.relief import Relief
from lianfang.capabilities.tasks.rules import Obligation

HEALTH = "relief.health"
OBSERVE = "relief.observe"


def untold(first: date, last: date | None, told: Collection[date], today: date) -> list[date]:
    """The days away, up to yesterday, of whose health nothing is on record."""
    end = min(last, today - DAY) if last else today - DAY
    return [day for n in range((end - first).days + 1) if (day := first + n * DAY) not in told]


def obligations(
    id: UUID, its: Relief, since: datetime, until: datetime, policy: Policy, observed: datetime | None
) -> Iterator[Obligation]:
    """To tell each day's health, as far as it still can be told; and to have those who are back observed, which lapses
    when the time of observation is over."""
    if its.data is None:
        return
    day = max(its.data.first, (since - timedelta(hours=policy.relief_lapses_h)).astimezone(CIVIL_TIME).date() - DAY)
    end = until.astimezone(CIVIL_TIME).date()
    while day <= (min(its.last, end) if its.last else end):
        begins = datetime.combine(day, time(), CIVIL_TIME)
        due = begins + timedelta(hours=policy.relief_told_h)
        told = its.days[day].told if day in its.days else None
        yield Obligation(
            HEALTH, id, its.area, begins, due, slot=day.isoformat(), done_at=told,
            lapses=due + timedelta(hours=policy.relief_lapses_h), author=its.author,
        )  # fmt: skip
        day += DAY
    if its.last is not None:
        back = datetime.combine(its.last, time(), CIVIL_TIME)
        yield Obligation(
            OBSERVE, id, its.area, back, back + DAY, done_at=observed, author=its.author,
            lapses=back + timedelta(days=policy.relief_observed_days),
        )  # fmt: skip
