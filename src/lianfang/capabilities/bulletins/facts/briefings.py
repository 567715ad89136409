"""The kinds of fact about press conferences: what is told there of a notice that was issued, what is asked, and what is
answered. Who asks is not kept."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.capabilities.bulletins.facts.library import Maybe, Paragraph
from lianfang.facts.fact import FactData, OfficialText, Time

LINES = 3
"""Of the summary of the work."""
LONGEST_LINE = 300
Line = Annotated[OfficialText, Field(min_length=1, max_length=LONGEST_LINE, pattern=r"^[^\r\n]*\S[^\r\n]*$")]
Summary = Annotated[tuple[Line, ...], Field(min_length=LINES, max_length=LINES)]


class BriefingPrepared(FactData, kind="briefing.prepared", version=1, founds=True):
    """The pack of a press conference; given again, it takes the place of the one before. ``notice`` is the draft that
    was issued: the figures are its own."""

    notice: UUID
    held_at: Time
    """When it is to be held."""
    summary_zh: Summary
    summary_en: Summary


class BriefingAsked(FactData, kind="briefing.asked", version=1):
    """A question that is ``expected``, or was asked. The fact's id is the question's."""

    expected: bool
    zh: Paragraph
    en: Maybe = ""


class BriefingAnswered(FactData, kind="briefing.answered", version=1):
    """What is answered to a question; given again, the earlier answer stays in the archive."""

    question: UUID
    zh: Paragraph
    en: Maybe = ""


class BriefingGiven(FactData, kind="briefing.given", version=1):
    """The conference took place: from now on its pack is the archive's, and only questions and answers are added."""
