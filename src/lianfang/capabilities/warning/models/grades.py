"""The table of persons' decisions on counties and communities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.warning.facts.grade import AreaGraded
from lianfang.capabilities.warning.state.grade import Decision, fold
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class GradeRow(models.Model):
    """A decision; ``subject`` is the area under its scheme for its disease."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    scheme = models.CharField(max_length=16)
    disease = models.CharField(max_length=64)
    to = models.CharField(max_length=16)
    at = models.DateTimeField()
    until = models.DateField()
    reason = models.TextField()
    role = models.CharField(max_length=64)
    data = models.JSONField()

    class Meta:
        db_table = "warning_decision"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "disease"],
                opclasses=["varchar_pattern_ops", "varchar_ops"],
                name="warning_decision_area",
            ),
            models.Index(fields=["subject"], name="warning_decision_subject"),
        ]

    def decision(self) -> Decision:
        """The decision, as the fold has it."""
        return Decision(
            self.fact, self.area, self.author, self.at, self.to, self.until, self.reason, self.role,
            AreaGraded.model_validate(self.data),
        )  # fmt: skip


class GradeRegister(SubjectRegister):
    """Decisions, each a row."""

    name = "warning.grades"
    kinds = frozenset({AreaGraded.kind, Retracted.kind})
    models = (GradeRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        for one in fold([entry.fact for entry in entries]):
            yield GradeRow(
                fact=one.fact, subject=subject, area=one.area, author=one.author, scheme=one.data.scheme,
                disease=one.data.disease, to=one.to, at=one.at, until=one.until, reason=one.reason, role=one.role,
                data=one.data.model_dump(mode="json"),
            )  # fmt: skip
