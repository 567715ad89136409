"""The tables. What belongs to a contact or a case has its ``subject`` and lies in the division that follows it now."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lianfang.facts.steps import StepRow


def code(length: int = 64, **options: bool) -> models.CharField:
    return models.CharField(max_length=length, **options)


def by_area(name: str, *columns: str, types: tuple[str, ...]) -> models.Index:
    """An index by division, in the order of bytes: see ``access.rows``."""
    return models.Index(fields=["area", *columns], opclasses=["varchar_pattern_ops", *types], name=name)


class ContactRow(models.Model):
    """A contact as ``state.contact`` folds it."""

    subject = models.UUIDField(primary_key=True)
    area = code()
    author = code()
    disease = code()
    edition = code()
    person = models.UUIDField(null=True)
    number = code(null=True)
    batch = models.UUIDField(null=True)
    status = code(16)
    close = code(16, null=True)
    """None where nobody said how close."""
    observed = models.BooleanField()
    registered_at = models.DateTimeField()
    traced_at = models.DateTimeField(null=True)
    informed_at = models.DateTimeField(null=True)
    referred_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = code(32, null=True)
    to = code(null=True)
    case = models.UUIDField(null=True)
    first_exposed = models.DateField()
    """The last day of the earliest exposure that stands."""
    last_exposed = models.DateField()
    """The last day of the latest exposure that stands."""
    due = models.DateField(null=True)
    due_by_rule = models.DateField(null=True)
    exposures = models.IntegerField()
    settings = ArrayField(code())
    conveyances = ArrayField(code())
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "contacts_contact"
        indexes: ClassVar = [
            by_area("contacts_contact_due", "due", "subject", types=("date_ops", "uuid_ops")),
            by_area(
                "contacts_contact_status", "status", "registered_at", types=("varchar_pattern_ops", "timestamptz_ops")
            ),
            models.Index(fields=["person"], name="contacts_contact_person"),
            models.Index(fields=["case"], name="contacts_contact_case"),
            models.Index(fields=["number"], name="contacts_contact_number"),
            models.Index(fields=["batch"], name="contacts_contact_batch"),
            models.Index(fields=["registered_at", "subject"], name="contacts_contact_since"),
        ]


class ExposureRow(models.Model):
    """An exposure of a contact that stands."""

    fact_id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = code()
    source = models.UUIDField(null=True)
    at = models.DateTimeField()
    first = models.DateField(null=True)
    last = models.DateField()
    due = models.DateField(null=True)
    setting = code()
    closeness = ArrayField(code())
    relation = code(null=True)
    certainty = code(16)
    protected = models.BooleanField()
    conveyance = code(null=True)
    edition = code()

    class Meta:
        db_table = "contacts_exposure"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="contacts_exposure_subject"),
            models.Index(fields=["source"], name="contacts_exposure_source"),
        ]


class SpellRow(models.Model):
    """A time of a contact in one status under one division; ``ends`` is None for the last. See ``rules.counting``."""

    pk = models.CompositePrimaryKey("subject", "number")
    subject = models.UUIDField()
    number = models.IntegerField()
    area = code()
    disease = code()
    status = code(16)
    traced = models.BooleanField()
    counted = models.BooleanField()
    event = models.BooleanField()
    newly_traced = models.BooleanField()
    left = models.BooleanField()
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "contacts_spell"
        indexes: ClassVar = [
            by_area("contacts_spell_area", "begins", "ends", types=("timestamptz_ops", "timestamptz_ops")),
        ]


class IndicatorRow(StepRow):
    """What a contact adds to an indicator, and since when this is known."""

    class Meta:
        db_table = "contacts_indicator"
        indexes: ClassVar = [
            by_area("contacts_indicator_area", "key", "at", types=("varchar_pattern_ops", "timestamptz_ops")),
        ]


class Check(models.Model):
    """One check of a contact, or an attempt at it."""

    fact_id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = code()
    told_in = code()
    """The division that the check itself names."""
    author = code()
    at = models.DateTimeField()
    """As of when it counts: of what was told when its slot was over, when it was told."""
    day = models.DateField()
    half = code(8)
    outcome = code(16)
    temp_c = models.FloatField(null=True)
    symptoms = ArrayField(code())
    by = code()

    class Meta:
        db_table = "contacts_check"
        indexes: ClassVar = [
            models.Index(fields=["subject", "day"], name="contacts_check_subject"),
            # Few checks ask for a referral; below every edition's fever, so that the index serves whichever is lowest.
            models.Index(
                fields=["subject"],
                name="contacts_check_ill",
                condition=models.Q(outcome="seen_unwell") | models.Q(temp_c__gte=37.0) | ~models.Q(symptoms=[]),
            ),
        ]


class Amended(models.Model):
    """A correction or retraction among the facts of a subject: its checks are then folded as a whole."""

    fact_id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = code()

    class Meta:
        db_table = "contacts_amended"
        indexes: ClassVar = [models.Index(fields=["subject"], name="contacts_amended_subject")]


class Node(models.Model):
    """A case of a chain. ``generation`` is None where the chain does not tell; ``component`` is the least id of the
    cases tied to it."""

    subject = models.UUIDField(primary_key=True)
    area = code()
    author = code()
    person = models.UUIDField()
    disease = code()
    edition = code()
    number = code(null=True)
    reported_at = models.DateTimeField()
    as_class = code(16)
    classified_by = models.UUIDField()
    classified_at = models.DateTimeField()
    onset_earliest = models.DateField(null=True)
    onset_latest = models.DateField(null=True)
    sampled_at = models.DateTimeField(null=True)
    source = code(32, null=True)
    generation = models.IntegerField(null=True)
    component = models.UUIDField()
    size = models.IntegerField()
    circular = models.BooleanField()
    faults = models.JSONField()
    """Of what was said of who infected it."""

    class Meta:
        db_table = "contacts_node"
        indexes: ClassVar = [
            by_area("contacts_node_area", "disease", "reported_at", types=("varchar_pattern_ops", "timestamptz_ops")),
            models.Index(fields=["component"], name="contacts_node_component"),
            models.Index(fields=["person"], name="contacts_node_person"),
        ]


class Edge(models.Model):
    """Who may have infected a case: as somebody determined, or as it was exposed when it was a contact."""

    pk = models.CompositePrimaryKey("subject", "infector")
    subject = models.UUIDField()
    """The case that was infected."""
    infector = models.UUIDField()
    area = code()
    certainty = code(16)
    setting = code(null=True)
    determined = models.BooleanField()
    """False where it follows from an exposure alone."""
    fact_id = models.UUIDField()

    class Meta:
        db_table = "contacts_edge"
        indexes: ClassVar = [models.Index(fields=["infector"], name="contacts_edge_infector")]


class SaidRow(models.Model):
    """What was determined last of one possible infector of a case; ``certainty`` is None where it was not the one."""

    pk = models.CompositePrimaryKey("subject", "infector")
    subject = models.UUIDField()
    infector = models.UUIDField()
    area = code()
    certainty = code(16, null=True)
    setting = code(null=True)
    fact_id = models.UUIDField()

    class Meta:
        db_table = "contacts_said"


class Alert(models.Model):
    """The first case of a disease in a division that somebody there, or elsewhere, had infected."""

    pk = models.CompositePrimaryKey("area", "disease")
    area = code()
    disease = code()
    subject = models.UUIDField()
    generation = models.IntegerField()
    reported_at = models.DateTimeField()

    class Meta:
        db_table = "contacts_alert"


class ClusterRow(models.Model):
    """Cases that somebody found to belong together."""

    subject = models.UUIDField(primary_key=True)
    area = code()
    author = code()
    disease = code()
    setting = code()
    linked = models.BooleanField()
    cases = ArrayField(models.UUIDField())
    named_at = models.DateTimeField()

    class Meta:
        db_table = "contacts_cluster"
        indexes: ClassVar = [by_area("contacts_cluster_area", "disease", types=("varchar_pattern_ops",))]
