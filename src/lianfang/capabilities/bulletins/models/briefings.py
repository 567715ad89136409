"""Read tables of press conferences and of what is told outside the country: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.bulletins.models.library import area_index
from lianfang.capabilities.bulletins.rules.external import due, told_at
from lianfang.capabilities.bulletins.state.briefings import KINDS as BRIEFING
from lianfang.capabilities.bulletins.state.briefings import briefing
from lianfang.capabilities.bulletins.state.external import KINDS as EXTERNAL
from lianfang.capabilities.bulletins.state.external import event
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

BRIEFING_KINDS = frozenset({*(one.kind for one in BRIEFING), Retracted.kind})
EXTERNAL_KINDS = frozenset({*(one.kind for one in EXTERNAL), Retracted.kind})


class BriefingRow(models.Model):
    """A press conference. ``notice`` is the draft that was issued."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    notice = models.UUIDField()
    held_at = models.DateTimeField()
    held = models.BooleanField()
    questions = models.IntegerField()
    answered = models.IntegerField()

    class Meta:
        db_table = "bulletins_briefing"
        indexes: ClassVar = [area_index("bulletins_briefing_area")]


class BriefingRegister(SubjectRegister):
    """Every press conference."""

    name = "bulletins.briefings"
    kinds = BRIEFING_KINDS
    models = (BriefingRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[BriefingRow]:
        its = briefing([entry.fact for entry in entries])
        if its.pack is not None:
            yield BriefingRow(
                subject=subject, area=its.area, notice=its.pack.notice, held_at=its.pack.held_at,
                held=its.held is not None, questions=len(its.questions),
                answered=sum(bool(one.answers) for one in its.questions),
            )  # fmt: skip


class ExternalRow(models.Model):
    """An event that was assessed. ``due`` is null where it does not have to be told; ``told_at`` is when those were
    told for whom the hours are counted."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    title_zh = models.TextField()
    title_en = models.TextField()
    known_at = models.DateTimeField()
    assessed_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    notifications = models.IntegerField()
    acknowledged = models.IntegerField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "bulletins_external"
        indexes: ClassVar = [area_index("bulletins_external_area")]


class ExternalRegister(SubjectRegister):
    """Every event that was assessed."""

    name = "bulletins.external"
    kinds = EXTERNAL_KINDS
    models = (ExternalRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ExternalRow]:
        its = event([entry.fact for entry in entries])
        if its.holding is not None:
            data = its.holding.data
            yield ExternalRow(
                subject=subject, area=its.area, disease=data.disease, title_zh=data.title_zh, title_en=data.title_en,
                known_at=data.known_at, assessed_at=its.holding.at, due=due(its), told_at=told_at(its),
                notifications=len(its.notifications),
                acknowledged=sum(one.acknowledged_at is not None for one in its.notifications),
                author=its.holding.author,
            )  # fmt: skip
