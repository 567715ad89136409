"""The register of findings: disposable, refolded from the record. No names, and nothing that grades anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lianfang.capabilities.oversight.state.findings import STEPS, FindingStep, StepKind, finding
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

KINDS: Final = frozenset(one.kind for one in (*STEPS, Retracted))


class FindingRow(models.Model):
    """A finding as it stands; ``steps`` as ``state.FindingStep`` has them. ``faults`` are facts that were not applied:
    fact, field, reason."""

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
    since = models.DateTimeField()
    steps = models.JSONField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16)
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
            yield FindingRow(subject=subject, **(told | lists | {"steps": [_kept(one) for one in its.steps]}))


def _kept(one: FindingStep) -> dict[str, Any]:
    photo = str(one.photo) if one.photo else None
    return one._asdict() | {"fact": str(one.fact), "at": one.at.astimezone(UTC).isoformat(), "photo": photo}


def steps_of(row: FindingRow) -> list[FindingStep]:
    """What was done about a finding, by time."""
    return [
        FindingStep(
            UUID(one["fact"]), StepKind(one["kind"]), datetime.fromisoformat(one["at"]), one["author"], one["said"],
            UUID(one["photo"]) if one["photo"] else None,
        )
        for one in row.steps
    ]  # fmt: skip
