"""What is to be done by when about holds, posts, notices and findings. Hours are the policy's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.gates.facts import Measure
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import Policy
from lianfang.capabilities.gates.rules.staffing import Span
from lianfang.capabilities.gates.state import Found
from lianfang.capabilities.tasks.rules import Obligation


class Holding(NamedTuple):
    """A hold as its register has it."""

    encounter: UUID
    area: str
    author: str
    since: datetime
    taken_up: datetime | None
    transferred: datetime | None
    ended: datetime | None


def of_hold(one: Holding) -> Iterator[Obligation]:
    """The centre takes the notice up, the person is brought to a clinic, and it is decided what came of it. What is
    decided needs no further step."""
    its = policy_at(one.since)
    for rule, within_h, done in (
        ("gate.take_up", its.take_up_h, one.taken_up or one.transferred or one.ended),
        ("gate.transfer", its.transfer_h, one.transferred or one.ended),
        ("gate.decide", its.decide_h, one.ended),
    ):
        yield Obligation(
            rule, one.encounter, one.area, one.since, one.since + timedelta(hours=within_h), done_at=done,
            author=one.author,
        )  # fmt: skip


class Place(NamedTuple):
    """A post that is open: since and until when, and who entered it."""

    post: UUID
    area: str
    author: str
    opened: datetime


def of_gaps(place: Place, gaps: Sequence[Span]) -> Iterator[Obligation]:
    """To put somebody on duty in every gap; once it is over it cannot be filled any more."""
    for gap in gaps:
        yield Obligation(
            "post.staff", place.post, place.area, gap.begins, gap.begins, slot=f"{gap.begins:%Y%m%dT%H%M}",
            lapses=gap.ends, author=place.author,
        )  # fmt: skip


Treated = Mapping[tuple[Measure, str], Sequence[datetime]]
"""When a post (``""``) and each conveyance there was treated, by measure."""


class Due(NamedTuple):
    """A treatment that was due, from when the time ran, until when, and when it was done."""

    measure: Measure
    conveyance: str
    since: datetime
    due: datetime
    done: datetime | None


def treatments(opened: datetime, treated: Treated, now: datetime, policy: Policy) -> Iterator[Due]:
    """Every treatment of a post and of its conveyances that fell due, the last still open. The time runs from the
    treatment before; of the place, from its opening. A conveyance is asked for until it was left untreated for
    ``conveyance_days``: it is elsewhere then."""
    out_of_use = timedelta(days=policy.conveyance_days)
    for its in policy.treatments:
        conveyances = {conveyance for measure, conveyance in treated if measure is its.measure}
        for conveyance in sorted({"", *conveyances}):
            every = timedelta(hours=its.conveyance_every_h if conveyance else its.every_h)
            marks = sorted(treated.get((its.measure, conveyance), ()))
            starts = marks if conveyance else [opened, *(one for one in marks if one > opened)]
            for number, since in enumerate(starts):
                done = starts[number + 1] if number + 1 < len(starts) else None
                if not conveyance or since + out_of_use > (done or now):
                    yield Due(its.measure, conveyance, since, since + every, done)


def of_treatments(place: Place, due: Sequence[Due]) -> Iterator[Obligation]:
    """To disinfect and to air."""
    for one in due:
        slot = ".".join(part for part in (one.measure, one.conveyance, f"{one.since:%Y%m%dT%H%MZ}") if part)
        yield Obligation(
            "post.treat", place.post, place.area, one.since, one.due, slot=slot[-64:], done_at=one.done,
            author=place.author,
        )  # fmt: skip


def of_notice(id: UUID, area: str, author: str, sent: datetime, read: datetime | None) -> Obligation:
    """To read a notice that was sent to the post."""
    due = sent + timedelta(hours=policy_at(sent).notice_read_h)
    return Obligation("post.notice", id, area, sent, due, done_at=read, author=author)


def of_call(id: UUID, area: str, author: str, asked: datetime, erased: datetime) -> Obligation:
    """To call somebody back who has left a number; nobody can once it is erased. That it was done is said by hand."""
    due = asked + timedelta(hours=policy_at(asked).call_back_h)
    return Obligation("care.call_back", id, area, asked, due, person=id, lapses=erased, author=author)


def of_findings(id: UUID, area: str, author: str, found: Sequence[Found]) -> Iterator[Obligation]:
    """To put right what was found, and then to look again; from the last look on, where that found it unmended."""
    for one in found:
        within = timedelta(hours=policy_at(one.since).rectify_h)
        item = one.finding.item
        yield Obligation(
            "gate.rectify", id, area, one.since, one.since + within, slot=item, done_at=one.rectified, author=author
        )
        if one.rectified is not None:
            seen = one.rechecked if one.in_order else None
            yield Obligation(
                "gate.recheck", id, area, one.rectified, one.rectified + within, slot=item, done_at=seen, author=author
            )
