"""Read tables of what the public reads beside the notices: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.bulletins.state.library import CLAIM_KINDS, ITEM_KINDS, claim, item
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


def area_index(name: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name=name)


class HealthItemRow(models.Model):
    """A version of an item of health education in one language."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    lang = models.CharField(max_length=24)
    title = models.TextField()
    text = models.TextField()
    source = models.TextField()
    link = models.TextField()
    edition = models.TextField()
    day = models.DateField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    in_force = models.BooleanField()
    withdrawn = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "bulletins_health_item"
        indexes: ClassVar = [area_index("bulletins_health_item_area")]


class HealthItemRegister(SubjectRegister):
    """Every version of every item of health education."""

    name = "bulletins.health_items"
    kinds = frozenset({*(one.kind for one in ITEM_KINDS), Retracted.kind})
    models = (HealthItemRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[HealthItemRow]:
        folded = item([entry.fact for entry in entries])
        for one in folded.versions:
            yield HealthItemRow(
                fact=one.fact, subject=subject, area=folded.area, at=one.at, author=one.author, in_force=one.in_force,
                withdrawn=one.withdrawn, reason=one.reason, **one.data.model_dump(),
            )  # fmt: skip


class ClaimRow(models.Model):
    """A claim that goes round, with the answer in force."""

    subject = models.UUIDField(primary_key=True)
    fact = models.UUIDField()
    area = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16)
    claim_zh = models.TextField()
    answer_zh = models.TextField()
    claim_en = models.TextField()
    answer_en = models.TextField()
    evidence = models.TextField()
    link = models.TextField()
    day = models.DateField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    withdrawn = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "bulletins_claim"
        indexes: ClassVar = [area_index("bulletins_claim_area")]


class ClaimRegister(SubjectRegister):
    """Every claim that was answered."""

    name = "bulletins.claims"
    kinds = frozenset({*(one.kind for one in CLAIM_KINDS), Retracted.kind})
    models = (ClaimRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ClaimRow]:
        folded = claim([entry.fact for entry in entries])
        if folded.answered is not None:
            yield ClaimRow(
                subject=subject, fact=folded.fact, area=folded.area, at=folded.at, author=folded.author,
                withdrawn=folded.withdrawn, reason=folded.reason, **folded.answered.model_dump(),
            )  # fmt: skip
