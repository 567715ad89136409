"""What the public tells back on the open page, without signing in, and its answer.

The words go to the vault under a fresh id and are erased on the day that is told; words with names, numbers or
addresses are refused before. Limits are per source and per division: a flood fills no list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from lianfang.access.matrix import PUBLIC, reaches, require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts import limits
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.bulletins.facts.feedback import FeedbackAnswered, FeedbackReceived, subject_of, ticket_of
from lianfang.capabilities.bulletins.queries.feedback import ANSWER, GIVE, history
from lianfang.capabilities.bulletins.rules.feedback import due
from lianfang.capabilities.bulletins.rules.lint import Level, lint
from lianfang.capabilities.bulletins.service.editing import Theme
from lianfang.capabilities.bulletins.state.feedback import WORDS, ticket
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.facts.personal import TITLES, search
from lianfang.identity import own, terms
from lianfang.identity import service as vault
from lianfang.identity.areas import known_areas

DATA_CLASS: Final = "feedback"
_TICKETS: Final = Theme(ANSWER, history, ticket, WORDS)
LONGEST: Final = 2_000
COUNTY: Final = 6
PAGE: Final = Viewer(author="open-page", device="open-page", role=PUBLIC)
"""As whom the open page records: who tells is nobody's account, even where somebody is signed in at that machine."""


class Given(NamedTuple):
    """What whoever told something keeps."""

    ticket: str
    due: datetime
    erase_on: date


def give(area: str, topic: str, lang: str, words: str, *, id: UUID, source: str, now: datetime) -> Given:
    """Takes in what somebody tells back. ``id`` is the sender's own, by which the same sent twice is known; ``source``
    where it comes from. Raises Refused, TooMany."""
    _check(area, words)
    number = ticket_of(id)
    subject = subject_of(number)
    before = _received(subject)
    if before is None:
        limits.take(source, "feedback_source")
        limits.take(area[:COUNTY], "feedback_area")
        before = _keep(subject, area, topic, lang, words, now)
    return Given(number, before.due, before.erase_on)


def _check(area: str, words: str) -> None:
    wrong = [] if known_areas()(area) else [no_area()]
    if not words.strip():
        wrong.append(Wrong("words", "missing", "请填写内容", "say what it is about"))
    if len(words) > LONGEST:
        wrong.append(Wrong("words", "too_long", f"最多{LONGEST}字", f"at most {LONGEST} characters"))
    for of in sorted({hit.of for hit in search(words)}):
        zh, en = TITLES[of]
        wrong.append(
            Wrong("words", of, f"含有{zh}，请删去；答复凭编号查询", f"holds {en}: leave it out, the number is enough")
        )
    if wrong:
        raise Refused(wrong)


def _received(subject: UUID) -> FeedbackReceived | None:
    with seeing(PAGE, GIVE):
        return ticket(history(subject)).received


def _keep(subject: UUID, area: str, topic: str, lang: str, words: str, now: datetime) -> FeedbackReceived:
    with transaction.atomic():
        locked(subject)
        with seeing(PAGE, GIVE):
            told = history(subject)
            if told:  # the same, sent again while it was being kept
                its = ticket(told).received
                assert its is not None
                return its
            entry = {"id": subject, "kind": "encounter", "area": area, "data_class": DATA_CLASS}
            receipt = vault.enter(PAGE, [(1, entry)], now=now, action=GIVE)
            if receipt.faults:
                raise Refused([Wrong(one.field, one.reason, one.zh, one.en) for one in receipt.faults])
            text = own.state(_oneself(subject), words, now=now, text_class="note")
            erase_on = terms.due(DATA_CLASS, localdate(now), None)
            data = made(FeedbackReceived, topic=topic, lang=lang, words=text, due=due(now), erase_on=erase_on)
            record(PAGE, [], fact_of(PAGE, data, subject=subject, area=area, at=None, now=now), ticket, WORDS)
    return data


def _oneself(subject: UUID) -> Viewer:
    """Whoever tells something, as the one concerned: of oneself one may always state."""
    return Viewer(author=PAGE.author, device=PAGE.device, role="resident", subject=subject)


def answer(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Answers a feedback; whoever has its number reads the answer. Raises Forbidden, NotThere, Refused."""
    require(viewer, ANSWER)
    data = made(FeedbackAnswered, **fields)
    wrong = [Wrong("answer", one.rule, one.zh, one.en) for one in lint(data.answer) if one.level is Level.BLOCKS]
    if wrong:
        raise Refused(wrong)
    return _TICKETS.go_on(viewer, subject, data, id=id, now=now)


def retract(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back an answer that was given by mistake. Raises Forbidden, NotThere, Refused."""
    require(viewer, ANSWER)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, ANSWER):
            told = history(subject)
            if not told or not reaches(viewer, ANSWER, told[0].area) or ticket(told).fact != taken:
                raise NotThere
            return take_back(
                viewer, told, taken, why, ticket, area=told[0].area, at=None, now=now, fact=id, words=WORDS
            ).id
