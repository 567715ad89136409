"""Divisions, boundaries and populations that an operator imported. The packaged ones are files, not rows."""

from __future__ import annotations

from django.db import models


class ImportedDivision(models.Model):
    """One division in a range of years, as in the operator's file."""

    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    parent = models.CharField(max_length=64, blank=True)
    level = models.CharField(max_length=16)
    valid_from = models.SmallIntegerField(null=True)
    valid_to = models.SmallIntegerField(null=True)
    name_en = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list)

    class Meta:
        db_table = "place_division"
        constraints = (
            models.UniqueConstraint(
                fields=("code", "valid_from"), nulls_distinct=False, name="place_division_once"
            ),
        )  # fmt: skip


class ImportedBoundary(models.Model):
    """The area of a division, GeoJSON in degrees (WGS 84), from the operator."""

    code = models.CharField(max_length=64, unique=True)
    geometry = models.JSONField()
    source = models.CharField(max_length=500)
    approval = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "place_boundary"


class Population(models.Model):
    """How many lived in a division on a day."""

    code = models.CharField(max_length=64)
    day = models.DateField()
    persons = models.PositiveBigIntegerField()
    source = models.CharField(max_length=500)

    class Meta:
        db_table = "place_population"
        constraints = (models.UniqueConstraint(fields=("code", "day"), name="place_population_once"),)
