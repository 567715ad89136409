"""The kinds of fact about expert teams and what they are asked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, Day, FactData, OfficialText

MOST_MEMBERS = 100
Words = Annotated[OfficialText, Field(min_length=1, max_length=100, pattern=r"\S")]


class TeamLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Question(StrEnum):
    """What an expert team is asked."""

    DIAGNOSIS = "diagnosis"
    TREATMENT = "treatment"
    TRANSFER = "transfer"
    DISCHARGE = "discharge"


class Advice(StrEnum):
    CONTINUE = "continue"
    ADJUST = "adjust"
    TRANSFER = "transfer"
    TEST_AGAIN = "test_again"
    DISCHARGE = "discharge"


class ExpertTeamFormed(FactData, kind="experts.formed", version=1, founds=True):
    """A team of experts stands ready. ``members`` are the accounts of those who answer."""

    zh: Words
    en: Annotated[OfficialText, Field(max_length=100)] = ""
    level: TeamLevel
    specialties: Annotated[tuple[Code, ...], Field(max_length=32)] = ()
    members: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_MEMBERS)]
    headcount: Annotated[int, Field(ge=1, le=10_000)]


class ExpertTeamAssigned(FactData, kind="experts.assigned", version=1):
    """The team looks after the patients of a hospital, from the first to the last day."""

    hospital: UUID
    first: Day
    last: Day | None = None


class ExpertTeamDissolved(FactData, kind="experts.dissolved", version=1):
    """The team is no more."""


class ConsultationAsked(FactData, kind="consultation.asked", version=1, founds=True):
    """An expert team is asked about a case. The subject is the consultation."""

    team: UUID
    case: UUID
    question: Question
    urgent: bool = False


class ConsultationAnswered(FactData, kind="consultation.answered", version=1):
    """What the team advises; ``on_site``: it saw the patient there."""

    advice: Annotated[tuple[Advice, ...], Field(min_length=1, max_length=5)]
    on_site: bool = False
