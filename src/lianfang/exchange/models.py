"""Lists that were sent, what became of them, and mappings that are kept. Ordinary rows, no registers."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class State(StrEnum):
    """Where a list stands."""

    SENT = "sent"
    WAITING = "waiting"
    RUNNING = "running"
    CHECKED = "checked"  # a dry run is over: nothing was recorded
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class List(models.Model):
    """A list that somebody sent, for as long as it is needed sealed under a key of its own."""

    id = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    device = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    content_type = models.CharField(max_length=128)
    sealed = models.BinaryField(null=True)
    """None once it is no longer needed."""
    mapping = models.JSONField(null=True)
    state = models.CharField(max_length=16)
    dry = models.BooleanField(default=True)
    rows = models.IntegerField()
    done = models.IntegerField(default=0)
    """Rows that were dealt with in this run."""
    taken = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    links = models.IntegerField(default=0)
    facts = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    """Of a list that was undone: records that somebody has worked on since, and that stay."""
    why = models.CharField(max_length=1_000, default="")
    sent_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    """When the run last gave a sign of life."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_list"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "sent_at"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="exchange_list_area",
            ),
        ]


class FaultRow(models.Model):
    """What was told of a row."""

    pk = models.CompositePrimaryKey("list", "n")
    list = models.UUIDField()
    n = models.IntegerField()
    area = models.CharField(max_length=64)
    row = models.IntegerField()
    field = models.CharField(max_length=64)
    reason = models.CharField(max_length=64)
    note = models.BooleanField()
    zh = models.TextField()
    en = models.TextField()

    class Meta:
        db_table = "exchange_fault"


class Made(models.Model):
    """What a part of a list has made: by this it is undone."""

    pk = models.CompositePrimaryKey("list", "n")
    list = models.UUIDField()
    n = models.IntegerField()
    area = models.CharField(max_length=64)
    subjects = ArrayField(models.UUIDField())
    facts = ArrayField(models.UUIDField())
    people = ArrayField(models.UUIDField())

    class Meta:
        db_table = "exchange_made"


class Kept(models.Model):
    """A mapping that an account keeps by a name."""

    pk = models.CompositePrimaryKey("author", "area", "name")
    author = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    mapping = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_mapping"
