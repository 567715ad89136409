"""Read tables of expert teams and consultations: disposable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.care.facts.teams import (
    ConsultationAnswered,
    ConsultationAsked,
    ExpertTeamAssigned,
    ExpertTeamDissolved,
    ExpertTeamFormed,
)
from lianfang.capabilities.care.models.hospitals import area_index
from lianfang.capabilities.care.state.folding import rows_of
from lianfang.capabilities.care.state.teams import consultation, team
from lianfang.capabilities.gates.models.tables import Subject
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

TEAM_KINDS = frozenset(one.kind for one in (ExpertTeamFormed, ExpertTeamAssigned, ExpertTeamDissolved, Retracted))
CONSULTATION_KINDS = frozenset(one.kind for one in (ConsultationAsked, ConsultationAnswered, Retracted))


class ExpertTeamRow(Subject):
    """A team as it stands; ``assigned``: each hospital with its first and last day, and the fact that says so."""

    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=100)
    level = models.CharField(max_length=16)
    specialties = models.JSONField()
    members = models.JSONField()
    headcount = models.IntegerField()
    formed = models.DateTimeField()
    dissolved = models.DateTimeField(null=True)
    assigned = models.JSONField()

    class Meta:
        db_table = "care_expert_team"
        indexes: ClassVar = [area_index("care_expert_team_area", "subject")]


class ExpertTeamRegister(SubjectRegister):
    """Expert teams, a row each."""

    name = "care.expert_teams"
    kinds = TEAM_KINDS
    models = (ExpertTeamRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = team([entry.fact for entry in entries])
        if its.data is None:
            return
        assigned = [
            [str(one.hospital), one.first.isoformat(), one.last and one.last.isoformat(), str(one.fact)]
            for one in its.assigned
        ]
        yield ExpertTeamRow(
            subject=subject, area=its.area, author=its.author, formed=its.formed, dissolved=its.dissolved,
            assigned=assigned, faults=rows_of(its.faults), disputed=its.disputed, **its.data.model_dump(),
        )  # fmt: skip


class ConsultationRow(Subject):
    """A consultation as it stands."""

    team = models.UUIDField()
    case = models.UUIDField()
    question = models.CharField(max_length=16)
    urgent = models.BooleanField()
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64)
    advice = models.JSONField()
    on_site = models.BooleanField()

    class Meta:
        db_table = "care_consultation"
        indexes: ClassVar = [
            area_index("care_consultation_area", "subject"),
            models.Index(fields=["team"], name="care_consultation_team"),
        ]


class ConsultationRegister(SubjectRegister):
    """Consultations, a row each."""

    name = "care.consultations"
    kinds = CONSULTATION_KINDS
    models = (ConsultationRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = consultation([entry.fact for entry in entries])
        if its.data is not None:
            yield ConsultationRow(
                subject=subject, area=its.area, author=its.author, asked=its.asked, answered=its.answered,
                answered_by=its.answered_by, advice=list(its.advice), on_site=its.on_site,
                faults=rows_of(its.faults), disputed=its.disputed, **its.data.model_dump(),
            )  # fmt: skip
