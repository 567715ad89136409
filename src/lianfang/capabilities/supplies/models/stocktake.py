"""The tables of stocktakes, and of for whom a store provides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.supplies.facts.demand import DemandStated
from lianfang.capabilities.supplies.facts.stock import Counted
from lianfang.capabilities.supplies.state import latest, when
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class StocktakeRow(Model):
    """A stocktake: ``lines`` have what was found and what the ledger had, ``differing`` how many of them differ."""

    subject = models.UUIDField(primary_key=True)
    store = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    lines = models.JSONField()
    differing = models.IntegerField()

    class Meta:
        db_table = "supplies_stocktake"
        indexes: ClassVar = [models.Index(fields=["store", "-at"], name="supplies_stocktake_latest")]


class StocktakeRegister(SubjectRegister):
    """Stocktakes, a row each."""

    name = "supplies.stocktakes"
    kinds = frozenset({Counted.kind, Retracted.kind})
    models = (StocktakeRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        fact = latest([entry.fact for entry in entries], Counted)
        if fact is not None and isinstance(fact.data, Counted):
            yield StocktakeRow(
                subject=subject, store=fact.data.store, area=fact.area, author=fact.author, at=when(fact),
                lines=fact.data.model_dump(mode="json")["lines"],
                differing=sum(one.found != one.expected for one in fact.data.lines),
            )  # fmt: skip


class DemandRow(Model):
    """For whom a store (``subject``) provides, as it last said."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    beds = models.IntegerField()
    critical_beds = models.IntegerField()
    staff = models.IntegerField()
    residents = models.IntegerField()

    class Meta:
        db_table = "supplies_demand"


class DemandRegister(SubjectRegister):
    """Statements of demand, the last of each store."""

    name = "supplies.demands"
    kinds = frozenset({DemandStated.kind, Retracted.kind})
    models = (DemandRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        fact = latest([entry.fact for entry in entries], DemandStated)
        if fact is not None:
            yield DemandRow(
                subject=subject, area=fact.area, author=fact.author, at=when(fact), **fact.data.model_dump()
            )  # fmt: skip
