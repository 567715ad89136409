"""The tables of the catalogue, of stores and lots, and of the ledger with the balances that it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import connection, models
from django.db.models import Model

from lianfang.capabilities.supplies.facts.stock import (
    ItemListed,
    LotListed,
    Moved,
    StockProcess,
    StoreClosed,
    StoreOpened,
)
from lianfang.capabilities.supplies.state import CIVIL_TIME, effects, latest, when
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister, among, insert, take_away, told

ITEM_KINDS = frozenset({ItemListed.kind, Retracted.kind})
STORE_KINDS = frozenset({StoreOpened.kind, StoreClosed.kind, Retracted.kind})
LOT_KINDS = frozenset({LotListed.kind, Retracted.kind})
MOVEMENT_KINDS = frozenset({Moved.kind, Retracted.kind})


class ItemRow(Model):
    """Something that is held in stock. The catalogue is for everybody who sees stock, whoever has listed it."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    zh = models.CharField(max_length=128)
    en = models.CharField(max_length=128)
    supply_class = models.CharField(max_length=16, null=True)
    line = models.CharField(max_length=16)
    unit = models.CharField(max_length=64)
    unit_zh = models.CharField(max_length=128)
    unit_en = models.CharField(max_length=128)
    packs = models.JSONField()
    norm = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "supplies_item"
        indexes: ClassVar = [models.Index(fields=["code"], name="supplies_item_code")]


class ItemRegister(SubjectRegister):
    """The catalogue, a row for each item."""

    name = "supplies.items"
    kinds = ITEM_KINDS
    models = (ItemRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        fact = latest([entry.fact for entry in entries], ItemListed)
        if fact is not None:
            yield ItemRow(subject=subject, area=fact.area, author=fact.author, **fact.data.model_dump(mode="json"))


class StoreRow(Model):
    """A store as it stands now; ``opened`` is when it first was."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    en = models.CharField(max_length=64)
    store_kind = models.CharField(max_length=16)
    serves = models.UUIDField(null=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        db_table = "supplies_store"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="supplies_store_area"
            )
        ]


class StoreRegister(SubjectRegister):
    """Stores, a row each."""

    name = "supplies.stores"
    kinds = STORE_KINDS
    models = (StoreRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        facts = [entry.fact for entry in entries]
        opened, closed = latest(facts, StoreOpened), latest(facts, StoreClosed)
        if opened is not None and isinstance(opened.data, StoreOpened):
            columns = {**opened.data.model_dump(mode="json"), "serves": opened.data.serves}
            first = min(when(fact) for fact in facts if isinstance(fact.data, StoreOpened))
            yield StoreRow(
                subject=subject, area=opened.area, author=opened.author, **columns, opened=first,
                closed=when(closed) if closed and when(closed) >= when(opened) else None,
            )  # fmt: skip


class LotRow(Model):
    """The last day of a lot of an item."""

    subject = models.UUIDField(primary_key=True)
    item = models.UUIDField()
    lot = models.CharField(max_length=64)
    expires = models.DateField()

    class Meta:
        db_table = "supplies_lot"
        indexes: ClassVar = [models.Index(fields=["item", "lot"], name="supplies_lot_of")]


class LotRegister(SubjectRegister):
    """Lots whose last day is known."""

    name = "supplies.lots"
    kinds = LOT_KINDS
    models = (LotRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        fact = latest([entry.fact for entry in entries], LotListed)
        if fact is not None and isinstance(fact.data, LotListed):
            data = fact.data
            yield LotRow(subject=subject, item=data.item, lot=data.lot, expires=data.expires)


class MovementRow(Model):
    """A movement that holds: seen where either of its stores is."""

    subject = models.UUIDField(primary_key=True)
    fact = models.UUIDField()
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    item = models.UUIDField()
    lot = models.CharField(max_length=64)
    """Empty for what has none."""
    quantity = models.BigIntegerField()
    source = models.CharField(max_length=64)
    target = models.CharField(max_length=64)
    source_area = models.CharField(max_length=64, null=True)
    target_area = models.CharField(max_length=64, null=True)
    process = models.CharField(max_length=16)
    unit = models.CharField(max_length=64, null=True)
    lot_read = models.BooleanField(default=False)
    document = models.UUIDField(null=True)
    late = models.BooleanField()
    confirmed = models.BooleanField()

    class Meta:
        db_table = "supplies_movement"
        indexes: ClassVar = [
            models.Index(fields=["source", "item", "-at"], name="supplies_movement_source"),
            models.Index(fields=["target", "item", "-at"], name="supplies_movement_target"),
            models.Index(fields=["item", "process", "-at"], name="supplies_movement_item"),
            # Few are told afterwards: what is asked of those alone does not read the ledger.
            models.Index(fields=["process", "-at"], condition=models.Q(late=True), name="supplies_movement_late"),
            models.Index(
                fields=["document"], condition=models.Q(document__isnull=False), name="supplies_movement_document"
            ),
        ]


class BalanceRow(Model):
    """What a store has of a lot: see ``state.Effect`` for the columns. ``movements`` counts those that came to it."""

    pk = models.CompositePrimaryKey("store", "item", "lot")
    store = models.UUIDField()
    item = models.UUIDField()
    lot = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    shelf = models.BigIntegerField()
    way = models.BigIntegerField()
    out = models.BigIntegerField()
    bought = models.BigIntegerField()
    used = models.BigIntegerField()
    lost = models.BigIntegerField()
    movements = models.BigIntegerField()

    class Meta:
        db_table = "supplies_balance"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "item"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="supplies_balance_area"
            ),
        ]


class UseRow(Model):
    """What was used of an item in a store on a day."""

    pk = models.CompositePrimaryKey("store", "item", "day")
    store = models.UUIDField()
    item = models.UUIDField()
    day = models.DateField()
    area = models.CharField(max_length=64)
    quantity = models.BigIntegerField()
    movements = models.BigIntegerField()

    class Meta:
        db_table = "supplies_use"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "day"], opclasses=["varchar_pattern_ops", "date_ops"], name="supplies_use_area"
            ),
        ]


Sums = dict[tuple[Any, ...], dict[str, Any]]
"""By the key of a row what is added to its columns; ``area`` is written when the row is made."""
_BALANCE: Final = ("shelf", "way", "out", "bought", "used", "lost")


class LedgerRegister:
    """Movements, and the balances that they come to: kept by adding what is new and taking away what no longer holds,
    so that nobody sums movements when a board is read."""

    name = "supplies.ledger"
    kinds = MOVEMENT_KINDS
    tables = ("supplies_movement", "supplies_balance", "supplies_use")

    def apply(self, entries: Sequence[Entry]) -> None:
        made: dict[UUID, MovementRow | None] = {}
        for subject, theirs in told(entries, self.kinds).items():
            if any(entry.fact.kind == Moved.kind for entry in theirs):
                fact = latest([entry.fact for entry in theirs], Moved)
                made[subject] = _movement(fact) if fact is not None else None
        before = list(MovementRow.objects.filter(subject__in=among(list(made))))
        after = [row for row in made.values() if row is not None]
        take_away([MovementRow], [row.subject for row in before])
        insert(MovementRow, after)
        signed = [*((row, -1) for row in before), *((row, 1) for row in after)]
        _add(BalanceRow, _balances(signed))
        _add(UseRow, _uses(signed))


def _movement(fact: Fact) -> MovementRow:
    data = fact.data
    assert isinstance(data, Moved)
    columns = {**data.model_dump(mode="json"), "item": data.item, "document": data.document, "lot": data.lot or ""}
    return MovementRow(subject=fact.subject, fact=fact.id, author=fact.author, at=when(fact), **columns)


def _balances(signed: Iterable[tuple[MovementRow, int]]) -> Sums:
    sums: Sums = {}
    for row, sign in signed:
        seen = set[tuple[Any, ...]]()
        for effect in effects(row):
            key = (effect.store, row.item, effect.lot)
            its = sums.setdefault(key, {"area": effect.area, **dict.fromkeys((*_BALANCE, "movements"), 0)})
            its[effect.column] += sign * effect.adds
            its["movements"] += sign if key not in seen else 0
            seen.add(key)
    return sums


def _uses(signed: Iterable[tuple[MovementRow, int]]) -> Sums:
    sums: Sums = {}
    for row, sign in signed:
        if row.process == StockProcess.USE:
            key = (UUID(row.source.partition(".")[0]), row.item, row.at.astimezone(CIVIL_TIME).date())
            its = sums.setdefault(key, {"area": row.source_area, "quantity": 0, "movements": 0})
            its["quantity"] += sign * row.quantity
            its["movements"] += sign
    return sums


def _add(model: type[Model], sums: Sums) -> None:
    """Adds to rows, making those that are not there; a row that no movement came to any more is none. All are taken in
    one order, so that nobody waits for each other."""
    if not sums:
        return
    keys = [field.column for field in model._meta.pk_fields]
    fields = [field for field in model._meta.concrete_fields if field.column]
    names = [str(field.column) for field in fields]
    added = [name for name in names if name not in (*keys, "area")]
    rows = [dict(zip(keys, key, strict=True)) | its for key, its in sorted(sums.items(), key=lambda one: str(one[0]))]
    table = model._meta.db_table
    columns = ", ".join(f'"{name}"' for name in names)
    given = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    adding = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' for name in added)
    on = ", ".join(f'"{name}"' for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) SELECT * FROM unnest({given}) '
            f"ON CONFLICT ({on}) DO UPDATE SET {adding}",
            [[row[name] for row in rows] for name in names],
        )
        emptied = [row for row in rows if row["movements"] <= 0]
        if emptied:
            types = {str(field.column): field.db_type(connection) for field in fields}
            at = ", ".join(f"%s::{types[name]}[]" for name in keys)
            cursor.execute(
                f'DELETE FROM "{table}" WHERE ({on}) IN (SELECT * FROM unnest({at})) AND "movements" = 0',
                [[row[name] for row in emptied] for name in keys],
            )
