"""The vault's tables. What they tell of a person is sealed under the person's own key; the rest are codes and dates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lianfang.identity.models_life import Glass, Look, Replayed, Review, Shown

__all__ = ["Attachment", "Glass", "Holding", "Look", "Replayed", "Review", "Shown", "Store", "Subject", "Tag", "Text"]

PERSON, ENCOUNTER = "person", "encounter"


class Subject(models.Model):
    """Who a pseudonym is. An encounter is one meeting at a checkpoint: a subject of its own, which leads to a person
    here alone, and only until it is erased."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    person = models.UUIDField(null=True)
    """The person of an encounter."""
    merged_into = models.UUIDField(null=True)
    """The pseudonym that stands for this one since both were found to be one person."""
    entry = models.BinaryField()
    """The blind index of what was first entered: sent again, it is known."""
    sealed = models.BinaryField()
    """``vault.Content`` as JSON."""
    author = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "identity_subject"
        indexes: ClassVar = [
            models.Index(fields=["entry"], name="identity_subject_entry"),
            models.Index(fields=["person"], name="identity_subject_person", condition=models.Q(person__isnull=False)),
            models.Index(
                fields=["merged_into"], name="identity_subject_merged", condition=models.Q(merged_into__isnull=False)
            ),
        ]


class Tag(models.Model):
    """A blind index of a person's document, phone, or name and birth date."""

    pk = models.CompositePrimaryKey("tag", "subject")
    tag = models.BinaryField()
    subject = models.UUIDField()

    class Meta:
        db_table = "identity_tag"
        indexes: ClassVar = [models.Index(fields=["subject"], name="identity_tag_subject")]


class Holding(models.Model):
    """Why a person is held, where, and until when. A list of persons is a list of these."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    data_class = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    since = models.DateField()
    ends = models.DateField(null=True)
    """When what it is for is over; None while that is not known."""
    due = models.DateField(null=True)
    """When it is erased; None while that is not known."""

    class Meta:
        db_table = "identity_holding"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="identity_holding_subject"),
            # In the order of bytes, as the policy of the rows compares them; with what a list is counted by.
            models.Index(
                fields=["area", "subject"],
                name="identity_holding_area",
                opclasses=["varchar_pattern_ops", "uuid_ops"],
                include=["data_class", "author"],
            ),
            models.Index(fields=["due"], name="identity_holding_due", condition=models.Q(due__isnull=False)),
        ]


class Text(models.Model):
    """Free text about a person."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    text_class = models.CharField(max_length=16)
    """``note``, ``counselling``, ``statement`` (the person's own), ``reason`` (of a break of the glass)."""
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "identity_text"
        indexes: ClassVar = [models.Index(fields=["subject"], name="identity_text_subject")]


class Attachment(models.Model):
    """A photograph of a thing, under a key of its own (``vault.attachment_key``)."""

    id = models.UUIDField(primary_key=True)
    about = models.UUIDField()
    """The thing: an inspection, a household."""
    area = models.CharField(max_length=64)
    data_class = models.CharField(max_length=64)
    media_type = models.CharField(max_length=16)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    due = models.DateField()
    """When it is erased."""
    sealed = models.BinaryField()

    class Meta:
        db_table = "identity_attachment"
        indexes: ClassVar = [
            models.Index(fields=["about"], name="identity_attachment_about"),
            models.Index(fields=["due"], name="identity_attachment_due"),
        ]


class Store(models.Model):
    """One row: which key store this vault was sealed with."""

    one = models.BooleanField(primary_key=True, default=True)
    mark = models.BinaryField()

    class Meta:
        db_table = "identity_store"
