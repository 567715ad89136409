"""Read tables of bulletins: disposable, refolded from the record."""

from __future__ import annotations

from django.db import models


class NoticeRow(models.Model):
    """One notice that was received. ``corrected_by`` is the ``seq`` of the fact that replaces or retracts it."""

    fact_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    received_at = models.DateTimeField()
    area_code = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)
    bulletin_id = models.CharField(max_length=64)
    record = models.JSONField()
    text = models.TextField()
    text_origin = models.CharField(max_length=16)
    corrected_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "bulletins_notice"
        indexes = [models.Index(fields=["area_code", "as_of", "seq"], name="bulletins_notice_area")]
