"""Read tables of isolation: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Model

from lianfang.capabilities.cases.facts import Reported
from lianfang.capabilities.contacts.facts import Exposed, Traced
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import (
    Extended,
    Lifted,
    ModeChanged,
    NeedAcknowledged,
    NeedAsked,
    NeedMet,
    OrderClass,
    Ordered,
    OrderExecuted,
    OrderReceived,
    OrderVerified,
    RoundMade,
    StationClosed,
    StationLogged,
    StationOpened,
    WardOpened,
)
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import ROWS, SubjectRegister

ORDER_KINDS = frozenset(
    one.kind for one in (Ordered, ModeChanged, Extended, OrderReceived, OrderExecuted, OrderVerified, Lifted, Retracted)
)
_CLASSES = {
    Reported.kind: OrderClass.SUSPECTED,
    Exposed.kind: OrderClass.CLOSE_CONTACT,
    Traced.kind: OrderClass.CLOSE_CONTACT,
}
GROUND_KINDS = frozenset(_CLASSES)
"""What puts the medical reason of an order on record."""
STATION_KINDS = frozenset(one.kind for one in (StationOpened, StationClosed, WardOpened, StationLogged, Retracted))
ROUND_KINDS = frozenset({RoundMade.kind, Retracted.kind})
NEED_KINDS = frozenset(one.kind for one in (NeedAsked, NeedAcknowledged, NeedMet, Retracted))


def _area_index(name: str, *more: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    opclasses = {"subject": "uuid_ops", "order": "uuid_ops", "stage": "varchar_ops", "end": "timestamptz_ops"}
    return models.Index(
        fields=["area", *more], opclasses=["varchar_pattern_ops", *(opclasses[one] for one in more)], name=name
    )


class OrderRow(Model):
    """An order as it stands now. The place is that of the latest stay."""

    pk = models.CompositePrimaryKey("subject", "order")
    subject = models.UUIDField()
    """The person."""
    order = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    order_class = models.CharField(max_length=16)
    of = models.UUIDField()
    disease = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    approver = models.CharField(max_length=64)
    reason = models.TextField(null=True)
    clinician = models.CharField(max_length=64, null=True)
    community = models.CharField(max_length=64, null=True)
    suitable = models.BooleanField(null=True)
    batch = models.UUIDField(null=True)
    stage = models.CharField(max_length=16)
    mode = models.CharField(max_length=16)
    station = models.UUIDField(null=True)
    issued = models.DateTimeField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    lifted = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=64, null=True)
    faults = models.IntegerField()
    """Facts about the person's orders that could not be applied."""
    disputed = models.BooleanField()

    class Meta:
        db_table = "isolation_order"
        indexes: ClassVar = [
            models.Index(fields=["order"], name="isolation_order_id"),
            models.Index(F("issued").desc(), F("order"), name="isolation_order_newest"),
            _area_index("isolation_order_area", "order"),
            _area_index("isolation_order_stage", "stage", "order"),
            models.Index(fields=["batch"], name="isolation_order_batch", condition=models.Q(batch__isnull=False)),
        ]


class StayRow(Model):
    """One place that an order named; ``number`` counts an order's from 0."""

    pk = models.CompositePrimaryKey("subject", "order", "number")
    subject = models.UUIDField()
    order = models.UUIDField()
    number = models.IntegerField()
    area = models.CharField(max_length=64)
    mode = models.CharField(max_length=16)
    station = models.UUIDField(null=True)
    ordered_station = models.UUIDField(null=True)
    ward = models.CharField(max_length=64, null=True)
    since = models.DateTimeField()
    received = models.DateTimeField(null=True)
    executed = models.DateTimeField(null=True)
    executed_by = models.CharField(max_length=64)
    verified = models.DateTimeField(null=True)
    as_ordered = models.BooleanField(null=True)
    left = models.DateTimeField(null=True)

    class Meta:
        db_table = "isolation_stay"
        indexes: ClassVar = [
            models.Index(fields=["station", "left"], name="isolation_stay_station"),
            _area_index("isolation_stay_area"),
        ]


class Contradiction(Model):
    """A fact that contradicts what was before it."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    field = models.CharField(max_length=64)
    reason = models.CharField(max_length=64)

    class Meta:
        abstract = True


class FaultRow(Contradiction):
    """One about somebody's orders."""

    class Meta:
        db_table = "isolation_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="isolation_fault_subject"),
            _area_index("isolation_fault_area"),
        ]


def orders(facts: Sequence[Fact], *, known_at: datetime | None = None) -> state.Orders:
    """The orders of one person, on the grounds that the record has, or had at ``known_at``."""
    return state.orders(facts, grounds(facts, known_at=known_at))


def grounds(facts: Iterable[Fact], *, known_at: datetime | None = None) -> frozenset[state.Ground]:
    """What the record has of those for whose sake some facts order somebody into isolation. What was once on record is
    a ground though it was taken back: to end what rested on it, the order is lifted."""
    reasons = {fact.data.of for fact in facts if isinstance(fact.data, Ordered)}
    told = log.read(kinds=GROUND_KINDS, subjects=reasons, known_at=known_at) if reasons else ()
    return frozenset(
        state.Ground(entry.fact.subject, entry.fact.data.person, _CLASSES[entry.fact.kind])
        for entry in told
        if isinstance(entry.fact.data, Reported | Exposed | Traced) and entry.fact.data.person
    )


class OrderRegister(SubjectRegister):
    """Orders, their places, and what contradicts them."""

    name = "isolation.orders"
    kinds = ORDER_KINDS | GROUND_KINDS
    models = (OrderRow, StayRow, FaultRow)
    first = None  # on which ground somebody was ordered is told of the contact or case

    def apply(self, entries: Sequence[Entry]) -> None:
        """Facts of orders, and with the ground of one that came before it all facts about that person."""
        own = [entry for entry in entries if entry.fact.kind in ORDER_KINDS]
        people = {getattr(entry.fact.data, "person", None) for entry in entries if entry.fact.kind in GROUND_KINDS}
        waiting = FaultRow.objects.filter(subject__in=people - {None}, reason=state.NO_GROUND)
        late = set(waiting.values_list("subject", flat=True)) - {entry.fact.subject for entry in own}
        if late:
            own = sorted([*own, *log.read(kinds=ORDER_KINDS, subjects=late)], key=lambda entry: entry.seq)
        super().apply(own)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        facts = [entry.fact for entry in entries]
        folded = orders(facts)
        for order in folded.orders:
            own = {one: getattr(order, one) for one in _ORDER_FIELDS}
            yield OrderRow(
                **own, subject=subject, order=order.id, stage=order.stage, mode=order.stay.mode,
                station=order.stay.station, faults=len(folded.faults), disputed=bool(folded.disputed),
            )  # fmt: skip
            for number, stay in enumerate(order.stays):
                yield StayRow(subject=subject, order=order.id, number=number, area=order.area, **stay._asdict())
        by_id = {fact.id: fact for fact in facts}
        yield from (fault_row(FaultRow, subject, by_id[one.fact], one) for one in folded.faults)


_ORDER_FIELDS = (
    "area", "author", "order_class", "of", "disease", "edition", "basis", "approver", "reason", "clinician",
    "community", "suitable", "batch", "issued", "start", "end", "lifted", "lift_reason",
)  # fmt: skip


def fault_row(model: type[Contradiction], subject: UUID, fact: Fact, fault: state.Fault) -> Model:
    """The row of a fault."""
    return model(
        fact=fact.id, subject=subject, area=fact.area, author=fact.author, kind=fact.kind, at=state.when(fact),
        field=fault.field, reason=fault.reason,
    )  # fmt: skip


class StationRow(Model):
    """A station as it stands now."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    number = models.CharField(max_length=64, null=True)
    town = models.CharField(max_length=64)
    mode = models.CharField(max_length=16)
    capacity = models.IntegerField()
    lead = models.CharField(max_length=64)
    clinician = models.CharField(max_length=64)
    disinfection = models.CharField(max_length=64)
    logistics = models.CharField(max_length=64)
    staff = models.JSONField()
    batch = models.UUIDField(null=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    disputed = models.BooleanField()

    class Meta:
        db_table = "isolation_station"
        indexes: ClassVar = [_area_index("isolation_station_area", "subject")]


class WardRow(Model):
    """Beds that were added to a station."""

    pk = models.CompositePrimaryKey("subject", "ward")
    subject = models.UUIDField()
    ward = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    beds = models.IntegerField()
    temporary = models.BooleanField()
    first = models.DateField()
    last = models.DateField(null=True)

    class Meta:
        db_table = "isolation_ward"
        indexes: ClassVar = [_area_index("isolation_ward_area")]


class LogRow(Model):
    """The log of one day of a station."""

    pk = models.CompositePrimaryKey("subject", "day")
    subject = models.UUIDField()
    day = models.DateField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    on_duty = models.IntegerField()
    residents = models.IntegerField()
    said = models.TextField(null=True)

    class Meta:
        db_table = "isolation_log"
        indexes: ClassVar = [_area_index("isolation_log_area")]


class StationFaultRow(Contradiction):
    """One about a station."""

    class Meta:
        db_table = "isolation_station_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="isolation_station_fault_of"),
            _area_index("isolation_station_fault_area"),
        ]


class StationRegister(SubjectRegister):
    """Stations with their wards and logs."""

    name = "isolation.stations"
    kinds = STATION_KINDS
    models = (StationRow, WardRow, LogRow, StationFaultRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        facts = [entry.fact for entry in entries]
        folded = state.station(facts)
        by_id = {fact.id: fact for fact in facts}
        yield from (fault_row(StationFaultRow, subject, by_id[one.fact], one) for one in folded.faults)
        data = folded.data
        if data is None:
            return
        yield StationRow(
            subject=subject, area=folded.area, author=folded.author, **data.model_dump(), opened=folded.opened,
            closed=folded.closed, disputed=bool(folded.disputed),
        )  # fmt: skip
        yield from (WardRow(subject=subject, area=folded.area, **ward._asdict()) for ward in folded.wards)
        for one in folded.logs:
            values = one._asdict()
            del values["fact"]
            yield LogRow(subject=subject, area=folded.area, **values)


class RoundRow(Model):
    """A round, each a row: a station has several a day."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    residents = models.IntegerField()
    unseen = models.JSONField()
    corrects = models.UUIDField(null=True)

    class Meta:
        db_table = "isolation_round"
        indexes: ClassVar = [
            models.Index(F("subject"), F("at").desc(), name="isolation_round_latest"),
            _area_index("isolation_round_area"),
        ]


class RoundRegister:
    """Rounds that hold. Plain ones are added; a station is read anew where anything of it corrects anything."""

    name = "isolation.rounds"
    kinds = ROUND_KINDS
    tables = ("isolation_round",)

    def apply(self, entries: Sequence[Entry]) -> None:
        facts = [entry.fact for entry in entries]
        subjects = {fact.subject for fact in facts}
        mended = {fact.subject for fact in facts if fact.corrects is not None}
        mended |= {entry.fact.subject for entry in log.read(kinds={Retracted.kind}, subjects=subjects - mended)}
        rows = RoundRow.objects.filter(subject__in=subjects - mended, corrects__isnull=False)
        mended |= set(rows.values_list("subject", flat=True))
        made = [_round(fact) for fact in facts if fact.subject not in mended]
        if mended:
            RoundRow.objects.filter(subject__in=mended).delete()
            theirs: dict[UUID, list[Fact]] = {}
            for entry in log.read(kinds=self.kinds, subjects=mended):
                theirs.setdefault(entry.fact.subject, []).append(entry.fact)
            made += [_round(one) for each in theirs.values() for one in standing(each).facts]
        RoundRow.objects.bulk_create(made, batch_size=ROWS)


def _round(fact: Fact) -> RoundRow:
    data = fact.data
    assert isinstance(data, RoundMade)
    return RoundRow(
        fact=fact.id, subject=fact.subject, area=fact.area, author=fact.author, at=state.when(fact),
        residents=data.residents, unseen=[str(one) for one in data.unseen], corrects=fact.corrects,
    )  # fmt: skip


class NeedRow(Model):
    """What somebody under observation asked for."""

    subject = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    order = models.UUIDField(null=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    urgent = models.BooleanField()
    asked = models.DateTimeField()
    due = models.DateTimeField(null=True)
    words = models.UUIDField(null=True)
    acknowledged = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=64)
    met = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64, null=True)
    faults = models.IntegerField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "isolation_need"
        indexes: ClassVar = [
            _area_index("isolation_need_area", "subject"),
            models.Index(fields=["person"], name="isolation_need_person"),
        ]


class NeedRegister(SubjectRegister):
    """Needs, a row each."""

    name = "isolation.needs"
    kinds = NEED_KINDS
    models = (NeedRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        folded = state.need([entry.fact for entry in entries])
        if folded.data is None:
            return
        yield NeedRow(
            subject=subject, area=folded.area, author=folded.author, **folded.data.model_dump(), asked=folded.asked,
            acknowledged=folded.acknowledged, acknowledged_by=folded.acknowledged_by, met=folded.met,
            outcome=folded.outcome, faults=len(folded.faults), disputed=bool(folded.disputed),
        )  # fmt: skip
