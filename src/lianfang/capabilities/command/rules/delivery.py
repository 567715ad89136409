"""Which channel of the operator's is to be told of a notice at a moment, for whom, and what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, Protocol
from uuid import UUID, uuid5

from lianfang.capabilities.command.facts.instructions import Addressee, DeliveryReason
from lianfang.capabilities.command.rules.dated import edition
from lianfang.capabilities.command.state.instructions import Delivery
from lianfang.capabilities.tasks.rules import Where, policy

READ_IT: Final = "instruction.read"


class Line(Protocol):
    """A channel: it serves a division, or one account there. What is below and was not read in time climbs to it."""

    @property
    def code(self) -> str: ...

    @property
    def area(self) -> str: ...

    @property
    def account(self) -> str: ...


class Clocks(NamedTuple):
    """``again``: after each failure the next try is so much later; ``oldest``: what was sent before is told no more."""

    again: tuple[timedelta, ...]
    oldest: timedelta


class Unread(NamedTuple):
    """An addressee who has not read a notice; ``above``: the divisions around the own area, by their level."""

    to: Addressee
    above: dict[Where, str]


class Sending(NamedTuple):
    """That a channel is told now, the how-manieth time."""

    channel: str
    reason: DeliveryReason
    to: tuple[Addressee, ...]
    number: int

    def fact(self, notice: UUID) -> UUID:
        """The id of what is recorded of it: the same wherever it is made."""
        return uuid5(notice, f"delivered|{self.reason}|{self.channel}|{self.number}")


def clocks(day: date) -> Clocks:
    """Those of a day."""
    its = edition("delivery", day)
    return Clocks(tuple(timedelta(minutes=one) for one in its["again_min"]), timedelta(hours=its["within_h"]))


def message(doc_no: str, zh: str, en: str, link: str, reason: DeliveryReason) -> tuple[str, str]:
    """Title and text of what leaves: number, titles and where to read it, each on its line; no word of the notice
    itself, and nobody's name or account."""
    zh_why, en_why = {
        DeliveryReason.SENT: ("请登录签收", "sign in to read it"),
        DeliveryReason.UNREAD: ("逾期未签收", "not read in time"),
    }[reason]
    number, title, other = (" ".join(words.split()) for words in (doc_no, zh, en))
    return f"[{number}] {title}", "\n".join(filter(None, [f"{number} {title}", other, f"{zh_why} / {en_why}: {link}"]))


def due(
    sent: datetime, read_by: datetime, unread: Sequence[Unread], told: Iterable[Delivery], lines: Sequence[Line],
    now: datetime, its: Clocks,
) -> list[Sending]:  # fmt: skip
    """What is to be sent of a notice now. What everybody has read whom a channel is told for is not sent."""
    if now - sent > its.oldest:
        return []
    before = {(one.channel, one.reason): one for one in told}
    found = []
    for line in lines:
        wanted = {DeliveryReason.SENT: _served(line, unread), DeliveryReason.UNREAD: _late(line, unread, read_by, now)}
        for reason, to in wanted.items():
            last = before.get((line.code, reason))
            if to and _is_time(last, now, its):
                found.append(Sending(line.code, reason, to, last.tries + 1 if last else 1))
    return found


def again(last: Delivery, its: Clocks) -> datetime | None:
    """When a channel is tried again that did not take it; None where it took it, or is tried no more."""
    if last.taken or last.tries > len(its.again):
        return None
    return last.at + its.again[last.tries - 1]


def serves(line: Line, to: Addressee) -> bool:
    """Whether a channel is one of an addressee's own."""
    return to.area == line.area and line.account in ("", to.account)


def _served(line: Line, unread: Sequence[Unread]) -> tuple[Addressee, ...]:
    return tuple(one.to for one in unread if serves(line, one.to))


def _late(line: Line, unread: Sequence[Unread], read_by: datetime, now: datetime) -> tuple[Addressee, ...]:
    """Those who have not read it in time and whose delay has reached whom the channel serves."""
    reached = {step.to for step in policy().rules[READ_IT].climbs if read_by + step.after < now}
    return tuple(
        one.to
        for one in unread
        if (Where.ASSIGNEE in reached and serves(line, one.to))
        or (not line.account and line.area in {one.above.get(where) for where in reached})
    )


def _is_time(last: Delivery | None, now: datetime, its: Clocks) -> bool:
    if last is None:
        return True
    at = again(last, its)
    return at is not None and at <= now
