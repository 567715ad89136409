"""Read tables of bulletins: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.bulletins.facts import BulletinIssued, BulletinReceived, TextOrigin
from lianfang.capabilities.bulletins.models.briefings import (
    BriefingRegister,
    BriefingRow,
    ExternalRegister,
    ExternalRow,
)
from lianfang.capabilities.bulletins.models.feedback import FeedbackRegister, FeedbackRow
from lianfang.capabilities.bulletins.models.library import ClaimRegister, ClaimRow, HealthItemRegister, HealthItemRow
from lianfang.capabilities.bulletins.state.issues import KINDS, Act, Draft, notice
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

__all__ = [
    "ISSUE_KINDS", "BriefingRegister", "BriefingRow", "ClaimRegister", "ClaimRow", "ExternalRegister", "ExternalRow",
    "FeedbackRegister", "FeedbackRow", "HealthItemRegister", "HealthItemRow", "IssueRegister", "IssueRow",
    "NoticeRegister", "NoticeRow",
]  # fmt: skip

ISSUE_KINDS = frozenset({*(one.kind for one in KINDS), Retracted.kind})


class NoticeRow(models.Model):
    """One notice that was received or issued, and the one that it corrects."""

    fact_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    received_at = models.DateTimeField()
    corrects = models.UUIDField(null=True)
    area_code = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)
    record = models.JSONField()
    text = models.TextField()
    text_origin = models.CharField(max_length=16)

    class Meta:
        db_table = "bulletins_notice"
        indexes: ClassVar = [
            models.Index(
                fields=["area_code", "as_of", "seq"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops", "int8_ops"],  # the order of bytes: see access.rows
                name="bulletins_notice_area",
            ),
            models.Index(fields=["corrects"], name="bulletins_notice_corrects"),
        ]


class NoticeRegister:
    """Every notice received or issued, a row each."""

    name = "bulletins.notices"
    kinds = frozenset({BulletinReceived.kind, BulletinIssued.kind})
    tables = ("bulletins_notice",)

    def apply(self, entries: Sequence[Entry]) -> None:
        NoticeRow.objects.bulk_create([_row(entry) for entry in entries])


def _row(entry: Entry) -> NoticeRow:
    data, corrects = entry.fact.data, entry.fact.corrects
    if isinstance(data, BulletinIssued):
        record, text, origin = data.contents.record, data.contents.zh, TextOrigin.WRITTEN
        corrects = data.revises
    else:
        assert isinstance(data, BulletinReceived)
        record, text, origin = data.record, data.text, data.text_origin
    return NoticeRow(
        fact_id=entry.fact.id,
        seq=entry.seq,
        received_at=entry.received_at,
        corrects=corrects,
        area_code=record.area_code,
        as_of=record.as_of,
        record=record.model_dump(mode="json", exclude_computed_fields=True),
        text=text,
        text_origin=origin.value,
    )


class IssueRow(models.Model):
    """A draft of a notice of ours, with how far it has come; the archive, once it is issued."""

    draft = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    stage = models.CharField(max_length=16)
    number = models.IntegerField(null=True)
    revises = models.UUIDField(null=True)
    note = models.TextField(null=True)
    seq = models.BigIntegerField()
    chain = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=64, null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=64, null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "bulletins_issue"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "as_of"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="bulletins_issue_area",
            ),
            models.Index(fields=["subject"], name="bulletins_issue_of"),
        ]


class IssueRegister(SubjectRegister):
    """Every draft of our own notices."""

    name = "bulletins.issues"
    kinds = ISSUE_KINDS
    models = (IssueRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[IssueRow]:
        folded = notice([entry.fact for entry in entries])
        for one in folded.drafts:
            contents = one.data.contents
            yield IssueRow(
                draft=one.id, subject=subject, area=folded.area, disease=contents.disease, as_of=contents.as_of,
                stage=one.stage, number=one.number, revises=one.data.revises, note=one.data.note, seq=contents.seq,
                chain=contents.chain, **_acts(one),
            )  # fmt: skip


def _acts(one: Draft) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("drafted", "checked", "approved", "issued", "returned"):
        act: Act | None = getattr(one, name)
        found |= {f"{name}_at": act and act.at, f"{name}_by": act and act.author}
    return found
