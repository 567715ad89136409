"""Beds and the stays in them. That no two stays have a bed at one moment the database holds to as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.care.facts import (
    BedClosed,
    BedOccupied,
    BedOccupiedOffline,
    BedOpened,
    BedReleased,
    BedReserved,
)
from lianfang.capabilities.care.models.hospitals import area_index
from lianfang.capabilities.care.state.beds import bed
from lianfang.capabilities.isolation.models import Contradiction, fault_row
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

BED_KINDS = frozenset(
    one.kind
    for one in (BedOpened, BedClosed, BedReserved, BedOccupied, BedOccupiedOffline, BedReleased, Retracted)
)  # fmt: skip


class BedRow(models.Model):
    """A bed as it stands now; ``stay`` is the one that has it, None while it is nobody's. ``entered``: whether the
    patient of that stay has come."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    hospital = models.UUIDField()
    ward = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    type = models.CharField(max_length=16)
    temporary = models.BooleanField()
    first = models.DateField()
    last = models.DateField(null=True)
    closed = models.DateTimeField(null=True)
    stay = models.UUIDField(null=True)
    entered = models.BooleanField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "care_bed"
        indexes: ClassVar = [
            area_index("care_bed_area", "subject"),
            models.Index(fields=["hospital", "type"], name="care_bed_hospital"),
        ]


class BedStayRow(models.Model):
    """A patient's time in a bed; see ``state.BedStay``. The migration has the constraint that no two overlap."""

    pk = models.CompositePrimaryKey("subject", "stay")
    subject = models.UUIDField()
    """The bed."""
    stay = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    hospital = models.UUIDField()
    type = models.CharField(max_length=16)
    temporary = models.BooleanField()
    person = models.UUIDField()
    case = models.UUIDField(null=True)
    transfer = models.UUIDField(null=True)
    plan = models.UUIDField(null=True)
    fact = models.UUIDField()
    offline = models.BooleanField()
    since = models.DateTimeField()
    entered = models.DateTimeField(null=True)
    left = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, null=True)
    released = models.UUIDField(null=True)

    class Meta:
        db_table = "care_stay"
        indexes: ClassVar = [
            area_index("care_stay_area"),
            models.Index(fields=["hospital", "since"], name="care_stay_hospital"),
            models.Index(fields=["person"], name="care_stay_person"),
            models.Index(fields=["case"], name="care_stay_case", condition=models.Q(case__isnull=False)),
        ]


class BedFaultRow(Contradiction):
    """A fact about a bed that contradicts what else is on record. Of a stay that cannot have been: whose, since when,
    and the stay that holds against it."""

    hospital = models.UUIDField(null=True)
    stay = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    against = models.UUIDField(null=True)

    class Meta:
        db_table = "care_bed_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="care_bed_fault_of"),
            area_index("care_bed_fault_area"),
        ]


class BedRegister(SubjectRegister):
    """Beds with their stays, and what contradicts them."""

    name = "care.beds"
    kinds = BED_KINDS
    models = (BedRow, BedStayRow, BedFaultRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        facts = {entry.fact.id: entry.fact for entry in entries}
        folded = bed(list(facts.values()))
        data = folded.data
        for one in folded.faults:
            row, clash = fault_row(BedFaultRow, subject, facts[one.fact], one), folded.clashes.get(one.fact)
            row.hospital = data.hospital if data else None
            if clash:
                row.stay, row.person, row.against = clash.stay.stay, clash.stay.person, clash.against
            yield row
        if data is None:
            return
        its = folded.now
        yield BedRow(
            subject=subject, area=folded.area, author=folded.author, **data.model_dump(), closed=folded.closed,
            stay=its and its.stay, entered=bool(its and its.entered), disputed=folded.disputed,
        )  # fmt: skip
        for stay in folded.stays:
            yield BedStayRow(
                subject=subject, area=folded.area, hospital=data.hospital, type=data.type, temporary=data.temporary,
                **stay._asdict(),
            )  # fmt: skip
