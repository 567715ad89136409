"""Registers of looks, folded from the record, and how far erasures were replayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import connection, models

from lianfang.facts.fact import Entry
from lianfang.facts.facts import AsideShown
from lianfang.identity import facts

SET_ASIDE = "set_aside"
"""In place of a class of fields: bytes that were set aside, as they were sent."""


class Shown(models.Model):
    """One ``identity.shown``: who was shown people, in which role, for what."""

    seq = models.BigIntegerField(primary_key=True)
    fact_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    post = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64)
    act = models.CharField(max_length=16)
    fields = models.JSONField()
    people = models.IntegerField()
    """How many were shown."""
    glass = models.UUIDField(null=True)
    """The ``identity.glass_broken`` that allowed it."""

    class Meta:
        db_table = "identity_shown"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "seq"], name="identity_shown_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]


class Look(models.Model):
    """One person of an ``identity.shown``, by the mark of ``looks.mark``."""

    pk = models.CompositePrimaryKey("mark", "seq")
    mark = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        db_table = "identity_look"


class Glass(models.Model):
    """One ``identity.glass_broken`` and how it was reviewed."""

    seq = models.BigIntegerField(primary_key=True)
    fact_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    post = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64)
    people = models.IntegerField()

    class Meta:
        db_table = "identity_glass"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "seq"], name="identity_glass_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]


class Review(models.Model):
    """One ``identity.glass_reviewed``. The latest of a glass counts."""

    seq = models.BigIntegerField(primary_key=True)
    glass = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    outcome = models.CharField(max_length=32)

    class Meta:
        db_table = "identity_review"


class Replayed(models.Model):
    """One row: how many erasures of the key store this database has followed, and when the nightly job was done."""

    one = models.BooleanField(primary_key=True, default=True)
    erasures = models.BigIntegerField(default=0)
    night = models.DateTimeField(null=True)
    """When the nightly job was last done."""

    class Meta:
        db_table = "identity_replayed"


class LookRegister:
    """Who was shown whom, and which glass was broken. What was set aside and shown may have named people: it is a look
    of nobody in particular."""

    name = "identity.looks"
    kinds = frozenset({facts.Shown.kind, facts.GlassBroken.kind, facts.GlassReviewed.kind, AsideShown.kind})
    tables = ("identity_shown", "identity_look", "identity_glass", "identity_review")

    def apply(self, entries: Sequence[Entry]) -> None:
        shown = [(e, e.fact.data) for e in entries if isinstance(e.fact.data, facts.Shown)]
        broken = [(e, e.fact.data) for e in entries if isinstance(e.fact.data, facts.GlassBroken)]
        reviews = [(e, e.fact.data) for e in entries if isinstance(e.fact.data, facts.GlassReviewed)]
        Shown.objects.bulk_create(
            Shown(
                **_who(entry, data),
                act=data.act.value,
                fields=list(data.fields),
                glass=entry.fact.cause[0] if data.break_glass and entry.fact.cause else None,
            )
            for entry, data in shown
        )
        _insert_marks((mark, entry.seq) for entry, data in shown for mark in dict.fromkeys(data.people))
        Shown.objects.bulk_create(
            Shown(
                seq=entry.seq,
                fact_id=entry.fact.id,
                at=entry.received_at,
                author=entry.fact.author,
                role=entry.fact.data.role,
                area=entry.fact.area,
                purpose=entry.fact.data.purpose,
                act=facts.Act.DISPLAY.value,
                fields=[SET_ASIDE],
                people=0,
            )
            for entry in entries
            if isinstance(entry.fact.data, AsideShown)
        )
        Glass.objects.bulk_create(Glass(**_who(entry, data)) for entry, data in broken)
        Review.objects.bulk_create(
            Review(
                seq=entry.seq,
                glass=entry.fact.cause[0],
                at=entry.received_at,
                author=entry.fact.author,
                outcome=data.outcome.value,
            )
            for entry, data in reviews
            if entry.fact.cause
        )


def _who(entry: Entry, data: facts.Shown | facts.GlassBroken) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "fact_id": entry.fact.id,
        "at": entry.received_at,
        "author": entry.fact.author,
        "role": data.role,
        "area": entry.fact.area,
        "post": data.post or "",
        "purpose": data.purpose,
        "people": len(set(data.people)),
    }


def _insert_marks(rows: Iterable[tuple[Any, int]]) -> None:
    """By one statement with two arrays: a thousand rows of a model would take ten times as long."""
    pairs = list(rows)
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO identity_look (mark, seq) SELECT * FROM unnest(%s::uuid[], %s::bigint[])",
                [[mark for mark, _ in pairs], [seq for _, seq in pairs]],
            )
