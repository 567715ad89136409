"""Read tables of bulletins: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models

from lianfang.capabilities.bulletins.facts import BulletinReceived
from lianfang.facts.fact import Entry


class NoticeRow(models.Model):
    """One notice that was received, and the one that it corrects."""

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
    """Every notice received, a row each."""

    name = "bulletins.notices"
    kinds = frozenset({BulletinReceived.kind})
    tables = ("bulletins_notice",)

    def apply(self, entries: Sequence[Entry]) -> None:
        NoticeRow.objects.bulk_create([_row(entry) for entry in entries])


def _row(entry: Entry) -> NoticeRow:
    data = entry.fact.data
    assert isinstance(data, BulletinReceived)
    return NoticeRow(
        fact_id=entry.fact.id,
        seq=entry.seq,
        received_at=entry.received_at,
        corrects=entry.fact.corrects,
        area_code=data.record.area_code,
        as_of=data.record.as_of,
        record=data.record.model_dump(mode="json", exclude_computed_fields=True),
        text=data.text,
        text_origin=data.text_origin.value,
    )
