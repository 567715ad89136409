"""Rounds, households, their people, visits and outcomes, and the sums of them by round and grid."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model, Q


def by_area(name: str, *more: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    classes = {"subject": "uuid_ops", "round": "uuid_ops", "grid": "uuid_ops", "day": "date_ops"}
    opclasses = ["varchar_pattern_ops", *(classes.get(one, "timestamptz_ops") for one in more)]
    return models.Index(fields=["area", *more], opclasses=opclasses, name=name)


class RoundRow(Model):
    """A round. ``closed`` is what it came to when it was closed. ``faults``: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    number = models.IntegerField()
    opened_at = models.DateTimeField()
    due = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed = models.JSONField(null=True)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "screening_round"
        indexes: ClassVar = [by_area("screening_round_area", "opened_at")]


class HouseholdRow(Model):
    """A household on the register; without a grid where no registration holds and it was visited nevertheless."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    grid = models.UUIDField(null=True)
    building = models.CharField(max_length=32)
    unit = models.CharField(max_length=32)
    door = models.CharField(max_length=32)
    site = models.CharField(max_length=16)
    expected = models.IntegerField(null=True)
    members = models.IntegerField()
    people = ArrayField(models.UUIDField())
    """The members."""
    gone = ArrayField(models.UUIDField())
    """Who lived there before."""
    members_at = models.DateTimeField(null=True)
    """When somebody last joined or left."""
    registered_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)
    amended = models.BooleanField()
    """Whether any fact of it corrects another."""
    disputed = models.BooleanField()

    class Meta:
        db_table = "screening_household"
        indexes: ClassVar = [
            by_area("screening_household_area", "subject"),
            models.Index(fields=["grid", "building", "unit", "door"], name="screening_household_grid"),
            models.Index(fields=["registered_at"], name="screening_household_since"),
            models.Index(fields=["batch"], name="screening_household_batch", condition=Q(batch__isnull=False)),
        ]


class ResidentRow(Model):
    """Somebody who lives or lived in a household, or was met there, as ``rules.outcomes.Known`` has it."""

    pk = models.CompositePrimaryKey("subject", "person")
    subject = models.UUIDField()
    person = models.UUIDField()
    area = models.CharField(max_length=64)
    grid = models.UUIDField(null=True)
    member = models.BooleanField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    came_from = models.CharField(max_length=64, null=True)
    arrived = models.DateField(null=True)
    unwell_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=16, null=True)
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "screening_resident"
        indexes: ClassVar = [
            models.Index(fields=["person"], name="screening_resident_person"),
            models.Index(
                fields=["area", "unwell_at"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="screening_resident_unwell",
                condition=Q(unwell_at__isnull=False),
            ),
            models.Index(
                fields=["area", "arrived"],
                opclasses=["varchar_pattern_ops", "date_ops"],
                name="screening_resident_arrived",
                condition=Q(arrived__isnull=False),
            ),
        ]


class VisitRow(Model):
    """One visit. ``members``: person, result, temperature, symptoms; ``counts`` whether it is of the round it names."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    round = models.UUIDField()
    area = models.CharField(max_length=64)
    grid = models.UUIDField(null=True)
    at = models.DateTimeField()
    day = models.DateField()
    author = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    counts = models.BooleanField()
    members = models.JSONField()
    person_times = models.IntegerField()
    unwell = models.IntegerField()
    outsiders = models.IntegerField(null=True)
    evidence = models.CharField(max_length=16)
    minutes = models.FloatField(null=True)
    form = models.IntegerField()
    follower = models.CharField(max_length=64)
    escalated_to = models.CharField(max_length=64)
    vacancy = models.CharField(max_length=16)

    class Meta:
        db_table = "screening_visit"
        indexes: ClassVar = [
            models.Index(fields=["subject", "at"], name="screening_visit_subject"),
            by_area("screening_visit_day", "day", "grid"),
            models.Index(fields=["round"], name="screening_visit_beside", condition=Q(counts=False)),
        ]


class OutcomeRow(Model):
    """Where a visited household stands in a round, as ``rules.outcomes.Standing`` has it."""

    pk = models.CompositePrimaryKey("subject", "round")
    subject = models.UUIDField()
    round = models.UUIDField()
    area = models.CharField(max_length=64)
    grid = models.UUIDField()
    status = models.CharField(max_length=16)
    last = models.CharField(max_length=16)
    last_at = models.DateTimeField()
    visits = models.IntegerField()
    due = models.IntegerField()
    seen = models.IntegerField()
    away = models.IntegerField()
    not_met = models.IntegerField()
    excused = models.IntegerField()
    unwell = models.IntegerField()
    person_times = models.IntegerField()
    outsiders = models.IntegerField()
    follower = models.CharField(max_length=64)
    escalated_to = models.CharField(max_length=64)
    without_evidence = models.IntegerField()

    class Meta:
        db_table = "screening_outcome"
        indexes: ClassVar = [
            models.Index(fields=["round", "grid", "status"], name="screening_outcome_round"),
            by_area("screening_outcome_area", "round"),
        ]


class HouseholdFaultRow(Model):
    """A fact of a household that contradicts what was before it, or names what is not known."""

    pk = models.CompositePrimaryKey("fact", "field")
    fact = models.UUIDField()
    field = models.CharField(max_length=64)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    reason = models.CharField(max_length=64)

    class Meta:
        db_table = "screening_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="screening_fault_subject"),
            by_area("screening_fault_area", "at"),
        ]


class SizeRow(Model):
    """How many households, and members of them, a grid has on the register."""

    pk = models.CompositePrimaryKey("grid", "area")
    grid = models.UUIDField()
    area = models.CharField(max_length=64)
    households = models.IntegerField()
    members = models.IntegerField()

    class Meta:
        db_table = "screening_size"
        indexes: ClassVar = [by_area("screening_size_area", "grid")]


SUMS: Final = (
    "visited", "done", "not_met", "refused", "vacant", "due", "seen", "away", "left", "excused", "unwell",
    "person_times", "visits", "without_evidence",
)  # fmt: skip
"""The columns of the cube that are sums. ``left`` are members who were not met and have a follower."""


class CubeRow(Model):
    """The outcomes of a round in a grid, summed: households up to ``vacant``, then members, then visits."""

    pk = models.CompositePrimaryKey("round", "grid", "area")
    round = models.UUIDField()
    grid = models.UUIDField()
    area = models.CharField(max_length=64)
    visited = models.IntegerField()
    done = models.IntegerField()
    not_met = models.IntegerField()
    refused = models.IntegerField()
    vacant = models.IntegerField()
    due = models.IntegerField()
    seen = models.IntegerField()
    away = models.IntegerField()
    left = models.IntegerField()
    excused = models.IntegerField()
    unwell = models.IntegerField()
    person_times = models.IntegerField()
    visits = models.IntegerField()
    without_evidence = models.IntegerField()

    class Meta:
        db_table = "screening_cube"
        indexes: ClassVar = [by_area("screening_cube_area", "round")]
