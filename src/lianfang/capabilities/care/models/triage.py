"""The read table of visits: disposable. No name, no telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.care.facts.triage import (
    Conclusion,
    Consulted,
    Seen,
    Triaged,
    VisitEnded,
    VisitOutcome,
)
from lianfang.capabilities.care.rules.triage import feverish
from lianfang.capabilities.care.state.folding import faults_of, rows_of
from lianfang.capabilities.care.state.triage import Visit, visit
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

VISIT_KINDS = frozenset(one.kind for one in (Triaged, Seen, Consulted, VisitEnded, Retracted))


class VisitRow(Model):
    """A visit as it stands. ``seq`` tells which came first to the record's knowledge: patients are called by it."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    fact = models.UUIDField()
    seq = models.BigIntegerField()
    clinic = models.UUIDField()
    came = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    temp_c = models.FloatField(null=True)
    symptoms = models.JSONField()
    history = models.CharField(max_length=8)
    items = models.JSONField()
    referral = models.UUIDField(null=True)
    arrived = models.DateTimeField()
    fever = models.BooleanField()
    seen = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=64)
    consulted = models.DateTimeField(null=True)
    consulted_by = models.CharField(max_length=64)
    conclusion = models.CharField(max_length=16, null=True)
    ended = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, null=True)
    case = models.UUIDField(null=True)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "care_visit"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "arrived"], opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="care_visit_area",
            ),
            models.Index(fields=["clinic", "arrived"], name="care_visit_clinic"),
        ]  # fmt: skip

    def visit(self) -> Visit:
        """As the fold has it."""
        data = Triaged.model_validate({name: getattr(self, name) for name in Triaged.model_fields})
        told = {name: getattr(self, name) for name in _SAME}
        return Visit(
            data=data, conclusion=self.conclusion and Conclusion(self.conclusion),
            outcome=self.outcome and VisitOutcome(self.outcome), faults=tuple(faults_of(self.faults)), **told,
        )  # fmt: skip


_SAME = (
    "fact", "area", "author", "arrived", "fever", "seen", "seen_by", "consulted", "consulted_by", "ended", "case",
    "disputed",
)  # fmt: skip


class VisitRegister(SubjectRegister):
    """Visits, a row each."""

    name = "care.visits"
    kinds = VISIT_KINDS
    models = (VisitRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = visit([entry.fact for entry in entries], feverish)
        if its.data is None:
            return
        yield VisitRow(
            subject=subject, seq=entries[0].seq, **its.data.model_dump(), conclusion=its.conclusion,
            outcome=its.outcome, faults=rows_of(its.faults), **{name: getattr(its, name) for name in _SAME},
        )  # fmt: skip
