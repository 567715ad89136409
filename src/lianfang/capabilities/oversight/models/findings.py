"""The register of findings: disposable, refolded from the record. No names, and nothing that grades anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lianfang.capabilities.oversight.state.findings import STEPS, finding
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

KINDS: Final = frozenset(one.kind for one in (*STEPS, Retracted))


class FindingRow(models.Model):
    """A finding as it stands. ``faults`` are facts that were not applied: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    unit = models.UUIDField(null=True)
    day = models.DateField()
    days = models.IntegerField()
    raised_at = models.DateTimeField()
    last_at = models.DateTimeField()
    evidence = ArrayField(models.UUIDField())
    figures = models.JSONField()
    concerned = ArrayField(models.CharField(max_length=64))
    raisings = ArrayField(models.UUIDField())
    stage = models.CharField(max_length=16)
    closed = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    reason = models.TextField()
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "oversight_finding"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "stage", "subject"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "uuid_ops"],
                name="oversight_finding_area",
            ),
        ]


class FindingRegister(SubjectRegister):
    """Findings, a row each."""

    name = "oversight.findings"
    kinds = KINDS
    models = (FindingRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[FindingRow]:
        its = finding([entry.fact for entry in entries])
        if its.raisings:
            told = its._asdict() | {"faults": [[str(one.fact), one.field, one.reason] for one in its.faults]}
            lists = {name: list(told[name]) for name in ("evidence", "figures", "concerned", "raisings")}
            yield FindingRow(subject=subject, **(told | lists))
