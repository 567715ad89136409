"""Alarms that were kept: what the daily run found besides the cases of each division."""

from __future__ import annotations

from django.db import models


class AlarmsRow(models.Model):
    """``alarms`` of all counties, as ``rules.alarms.Raised`` has them; none is an empty list. ``disease`` is empty
    where what is counted is of no disease. ``area`` is the country."""

    pk = models.CompositePrimaryKey("source", "disease", "as_of", "seq", "version")
    source = models.CharField(max_length=16)
    disease = models.CharField(max_length=64, blank=True)
    area = models.CharField(max_length=64)
    as_of = models.DateField()
    seq = models.BigIntegerField()
    version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    alarms = models.JSONField()

    class Meta:
        db_table = "warning_alarms"
