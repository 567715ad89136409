"""An expert team and a consultation, folded from the facts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.care.facts.teams import (
    Advice,
    ConsultationAnswered,
    ConsultationAsked,
    ExpertTeamAssigned,
    ExpertTeamDissolved,
    ExpertTeamFormed,
)
from lianfang.capabilities.care.state.folding import Applied, Subject, fold, when
from lianfang.facts.fact import Fact


class Assignment(NamedTuple):
    """A hospital that a team looks after, both days included; open-ended where ``last`` is None."""

    hospital: UUID
    first: date
    last: date | None
    fact: UUID

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class ExpertTeam(Subject):
    data: ExpertTeamFormed | None = None
    area: str = ""
    author: str = ""
    formed: datetime | None = None
    dissolved: datetime | None = None
    assigned: tuple[Assignment, ...] = ()


def team(facts: Sequence[Fact]) -> ExpertTeam:
    """The team whose facts these are, in whatever order they are given. Formed again, its particulars are the later
    ones."""
    return fold(ExpertTeam(), facts, (ExpertTeamFormed, ExpertTeamAssigned, ExpertTeamDissolved), _of_team)


def _of_team(before: ExpertTeam, fact: Fact) -> ExpertTeam | Applied:
    data, at = fact.data, when(fact)
    if isinstance(data, ExpertTeamFormed):
        return replace(
            before, data=data, area=fact.area, author=before.author or fact.author, formed=before.formed or at,
            dissolved=None,
        )  # fmt: skip
    if before.data is None or before.dissolved is not None:
        return "team", "no_team"
    if isinstance(data, ExpertTeamDissolved):
        return replace(before, dissolved=at)
    if isinstance(data, ExpertTeamAssigned):
        if data.last is not None and data.last < data.first:
            return "last", "no_last_before_first"
        others = tuple(one for one in before.assigned if one.hospital != data.hospital)
        return replace(before, assigned=(*others, Assignment(data.hospital, data.first, data.last, fact.id)))
    return before


@dataclass(frozen=True)
class Consultation(Subject):
    data: ConsultationAsked | None = None
    area: str = ""
    author: str = ""
    asked: datetime | None = None
    answered: datetime | None = None
    answered_by: str = ""
    advice: tuple[Advice, ...] = ()
    on_site: bool = False


def consultation(facts: Sequence[Fact]) -> Consultation:
    """The consultation whose facts these are, in whatever order they are given."""
    return fold(Consultation(), facts, (ConsultationAsked, ConsultationAnswered), _of_consultation)


def _of_consultation(before: Consultation, fact: Fact) -> Consultation | Applied:
    data, at = fact.data, when(fact)
    if isinstance(data, ConsultationAsked):
        if before.data is not None:
            return "consultation", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, asked=at)
    if before.data is None:
        return "consultation", "no_consultation"
    if isinstance(data, ConsultationAnswered):
        if before.answered is not None:
            return "consultation", "again"
        return replace(before, answered=at, answered_by=fact.author, advice=data.advice, on_site=data.on_site)
    return before
