"""The kinds of fact about what the public tells back. The words are in the vault; whoever sent them has a ticket
number, from which the subject follows and which is kept nowhere."""

from __future__ import annotations

import base64
import hashlib
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.capabilities.bulletins.facts.library import Language
from lianfang.facts.fact import Day, FactData, OfficialText, Time

_NAMES: Final = UUID("4b7b3b1e-7f5c-5f7e-9a53-2f0b4a4f7c61")
DIGITS: Final = 12
"""Of a ticket number, five bits each: nobody guesses one."""
_LETTERS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""RFC 4648's letters as Crockford's: none is taken for another."""
_TAKEN_FOR: Final = str.maketrans("OIL", "011", "- ")


def ticket_of(sent: UUID) -> str:
    """The ticket number that belongs to the sender's own id: sent again it is the same."""
    digest = hashlib.sha256(b"feedback" + sent.bytes).digest()
    digits = base64.b32encode(digest).decode()[:DIGITS].translate(_LETTERS)
    return "-".join(digits[at : at + 4] for at in range(0, DIGITS, 4))


def subject_of(ticket: str) -> UUID:
    """What a ticket number stands for in the record, however it is typed."""
    return uuid5(_NAMES, ticket.upper().translate(_TAKEN_FOR))


class FeedbackTopic(StrEnum):
    """What it is about."""

    NOTICE = "notice"
    MEASURE = "measure"
    CARE = "care"
    SUPPLIES = "supplies"
    CONDUCT = "conduct"
    OTHER = "other"


class FeedbackOutcome(StrEnum):
    """What came of it."""

    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    NOT_TAKEN = "not_taken"


class FeedbackReceived(FactData, kind="feedback.received", version=1, founds=True):
    """Somebody told something back on the open page. ``words`` is the id of the text in the vault."""

    topic: FeedbackTopic
    lang: Language
    words: UUID
    due: Time
    """When the answer is due."""
    erase_on: Day


class FeedbackAnswered(FactData, kind="feedback.answered", version=1):
    """An officer answers; whoever has the ticket number reads it."""

    outcome: FeedbackOutcome
    answer: Annotated[OfficialText, Field(min_length=1, max_length=2_000, pattern=r"\S")]
