"""The kinds of fact about what the public reads beside the notices: health education, and answers to claims that go
round. Of a claim its words are kept and nothing of who made it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lianfang.facts.fact import Code, Day, FactData, OfficialText

LONGEST = 20_000
"""Characters of a text that the public reads."""
Title = Annotated[OfficialText, Field(min_length=1, max_length=200, pattern=r"\S")]
Body = Annotated[OfficialText, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]
Paragraph = Annotated[OfficialText, Field(min_length=1, max_length=2_000, pattern=r"\S")]
Maybe = Annotated[OfficialText, Field(max_length=2_000)]
Link = Annotated[OfficialText, Field(max_length=500, pattern=r"^(https?://[^\s<>\"']+)?$")]
Language = Annotated[Code, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]
"""A language as BCP 47 writes it."""


class HealthItemPublished(FactData, kind="health_item.published", version=1, founds=True):
    """A version of an item of health education in one language; it takes the place of the one before it."""

    lang: Language
    title: Title
    text: Body
    source: Title
    link: Link = ""
    edition: Annotated[OfficialText, Field(min_length=1, max_length=32, pattern=r"\S")]
    """Which version the source says that it is."""
    day: Day
    """When the source published it."""


class HealthItemWithdrawn(FactData, kind="health_item.withdrawn", version=1):
    """An item is not valid any more, in one language."""

    lang: Language
    reason: Paragraph


class ClaimVerdict(StrEnum):
    """What is found about a claim."""

    FALSE = "false"
    MISLEADING = "misleading"
    UNPROVEN = "unproven"
    TRUE = "true"


class ClaimAnswered(FactData, kind="claim.answered", version=1, founds=True):
    """A claim that goes round, what is found about it, and the evidence."""

    verdict: ClaimVerdict
    claim_zh: Paragraph
    answer_zh: Paragraph
    claim_en: Maybe = ""
    answer_en: Maybe = ""
    evidence: Title
    link: Annotated[OfficialText, Field(max_length=500, pattern=r"^https?://[^\s<>\"']+$")]
    day: Day


class ClaimWithdrawn(FactData, kind="claim.withdrawn", version=1):
    """The answer does not hold any more."""

    reason: Paragraph
