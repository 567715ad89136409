"""The read tables of gates: disposable. No name, no plate, no telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Model

_CLASSES = {"subject": "uuid_ops", "at": "timestamptz_ops", "day": "date_ops", "department": "varchar_pattern_ops"}


def _by_area(table: str, *columns: str) -> models.Index:
    """An index by division, in the order of bytes (see access.rows), then by other columns."""
    return models.Index(
        fields=["area", *columns], opclasses=["varchar_pattern_ops", *(_CLASSES[one] for one in columns)],
        name=f"{table}_area",
    )  # fmt: skip


class Subject(models.Model):
    """What every one of these rows has. ``faults`` are facts that were not applied: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        abstract = True


class PostRow(Subject):
    """A point or station as last described."""

    name = models.CharField(max_length=64)
    kind_of = models.CharField(max_length=16)
    place_type = models.CharField(max_length=64)
    department = models.CharField(max_length=64, null=True)
    lead = models.CharField(max_length=64)
    east_deg = models.FloatField(null=True)
    north_deg = models.FloatField(null=True)
    opens_min = models.IntegerField()
    closes_min = models.IntegerField()
    number = models.CharField(max_length=64, null=True)
    telephone = models.CharField(max_length=16, null=True)
    batch = models.UUIDField(null=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        db_table = "gates_post"
        indexes: ClassVar = [
            _by_area("gates_post", "subject"),
            models.Index(fields=["number"], name="gates_post_number", condition=models.Q(number__isnull=False)),
            models.Index(
                fields=["area"], opclasses=["varchar_pattern_ops"], name="gates_post_clinic",
                condition=models.Q(kind_of="clinic", closed__isnull=True),
            ),
        ]  # fmt: skip


class DepartmentRow(Model):
    """The department of an account."""

    subject = models.UUIDField(primary_key=True)
    account = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    department = models.CharField(max_length=64)

    class Meta:
        db_table = "gates_department"
        indexes: ClassVar = [
            _by_area("gates_department"), models.Index(fields=["account"], name="gates_department_of")
        ]  # fmt: skip


class Each(Model):
    """A row of a fact of which a post has many. ``subject`` is the post, ``at`` when it happened."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    corrects = models.UUIDField(null=True)

    class Meta:
        abstract = True


class ShiftRow(Each):
    """A shift; ``fact`` is its id."""

    begins = models.DateTimeField()
    ends = models.DateTimeField()
    staff = models.JSONField()

    class Meta:
        db_table = "gates_shift"
        indexes: ClassVar = [
            models.Index(fields=["subject", "begins"], name="gates_shift_of"), _by_area("gates_shift")
        ]  # fmt: skip


class CountRow(Each):
    """How many passed and were checked in a time."""

    begins = models.DateTimeField()
    ends = models.DateTimeField()
    passed = models.IntegerField()
    checked = models.IntegerField()
    reason = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "gates_count"
        indexes: ClassVar = [
            models.Index(fields=["subject", "begins"], name="gates_count_of"), _by_area("gates_count")
        ]  # fmt: skip


class TreatmentRow(Each):
    """A disinfection or airing of a place or conveyance."""

    measure = models.CharField(max_length=16)
    room = models.CharField(max_length=64)
    agent = models.CharField(max_length=64, null=True)
    concentration_mg_per_l = models.FloatField(null=True)
    minutes = models.IntegerField()
    operator = models.CharField(max_length=64)
    conveyance = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "gates_treatment"
        indexes: ClassVar = [
            models.Index(fields=["subject", "at"], name="gates_treatment_of"), _by_area("gates_treatment")
        ]  # fmt: skip


class EncounterRow(Subject):
    """Somebody who was met, and what became of a hold."""

    post = models.UUIDField(null=True)
    vehicle = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    """The civil day."""
    came_from = models.CharField(max_length=64, null=True)
    going_to = models.CharField(max_length=64, null=True)
    fever = models.BooleanField(null=True)
    symptoms = models.JSONField()
    temp_c = models.FloatField(null=True)
    refused = models.BooleanField()
    notice_version = models.CharField(max_length=64, null=True)
    notice_language = models.CharField(max_length=64, null=True)
    took_s = models.IntegerField(null=True)
    screening = models.UUIDField(null=True)
    held_since = models.DateTimeField(null=True)
    hold_reason = models.CharField(max_length=16, null=True)
    declared = models.BooleanField()
    hold_end = models.DateTimeField(null=True)
    taken_up = models.DateTimeField(null=True)
    taken_up_by = models.CharField(max_length=64)
    transferred = models.DateTimeField(null=True)
    to = models.CharField(max_length=64, null=True)
    ended = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, null=True)
    case = models.UUIDField(null=True)

    class Meta:
        db_table = "gates_encounter"
        indexes: ClassVar = [
            _by_area("gates_encounter", "day"),
            models.Index(fields=["post", "at"], name="gates_encounter_post"),
            models.Index(
                fields=["vehicle"], name="gates_encounter_vehicle", condition=models.Q(vehicle__isnull=False)
            ),
            models.Index(
                fields=["area", "held_since"], opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="gates_encounter_held", condition=models.Q(held_since__isnull=False),
            ),
        ]  # fmt: skip


class VehicleRow(Subject):
    """A vehicle that was stopped."""

    post = models.UUIDField()
    vehicle_type = models.CharField(max_length=64)
    occupants = models.IntegerField()
    came_from = models.CharField(max_length=64, null=True)
    going_to = models.CharField(max_length=64, null=True)
    at = models.DateTimeField()
    passed = models.DateTimeField(null=True)

    class Meta:
        db_table = "gates_vehicle"
        indexes: ClassVar = [
            _by_area("gates_vehicle", "at"), models.Index(fields=["post", "at"], name="gates_vehicle_post")
        ]  # fmt: skip


class NoticeRow(Subject):
    """A notice to a post, and what the post did with it."""

    post = models.UUIDField()
    group = models.UUIDField()
    title = models.TextField()
    text = models.TextField()
    sent = models.DateTimeField()
    delivered = models.DateTimeField(null=True)
    read = models.DateTimeField(null=True)
    acted = models.DateTimeField(null=True)

    class Meta:
        db_table = "gates_notice"
        indexes: ClassVar = [
            _by_area("gates_notice", "subject"), models.Index(fields=["post", "sent"], name="gates_notice_post")
        ]  # fmt: skip


class InspectionRow(Subject):
    """An inspection; ``found`` are its findings as ``state.Found`` has them."""

    post = models.UUIDField(null=True)
    mode = models.CharField(max_length=16)
    checked_in = models.BooleanField()
    at = models.DateTimeField()
    found = models.JSONField()
    open_items = models.IntegerField()
    """Findings that nobody has looked at again and found in order."""
    statements = models.JSONField()
    """What those who were inspected say, and when they said it."""

    class Meta:
        db_table = "gates_inspection"
        indexes: ClassVar = [_by_area("gates_inspection", "at")]


class CallRow(Subject):
    """Somebody who asked on the open page to be called. How to reach him or her is in the vault."""

    at = models.DateTimeField()
    symptoms = models.JSONField()
    temp_c = models.FloatField(null=True)
    language = models.CharField(max_length=2)
    erase_on = models.DateField()

    class Meta:
        db_table = "gates_call"
        indexes: ClassVar = [_by_area("gates_call", "at")]
