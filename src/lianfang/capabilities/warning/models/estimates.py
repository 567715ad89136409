"""Estimates that were kept: what the daily run said of an area, from the record as it stood then."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class EstimateRow(models.Model):
    """``data``: the estimates as the interface tells them; ``alarms``: its alarms. The record up to ``seq``, by the
    terms ``version``, gives the same again."""

    pk = models.CompositePrimaryKey("disease", "area", "as_of", "seq", "version")
    disease = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    as_of = models.DateField()
    seq = models.BigIntegerField()
    version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    alarms = models.JSONField()
    data = models.JSONField()

    class Meta:
        db_table = "warning_estimate"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "as_of"], opclasses=["varchar_pattern_ops", "date_ops"], name="warning_estimate_area"
            ),
        ]
