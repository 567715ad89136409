"""The tables of markets and of the samples taken in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.warning.facts.market import (
    MarketHandled,
    MarketInspected,
    MarketRegistered,
    MarketSampled,
    MarketSequenced,
    MarketTested,
)
from lianfang.capabilities.warning.state.market import EnvironmentSample, Market, fold
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

MARKET_KINDS = frozenset(
    one.kind
    for one in (
        MarketRegistered, MarketInspected, MarketSampled, MarketTested, MarketSequenced, MarketHandled, Retracted,
    )
)  # fmt: skip


class MarketRow(models.Model):
    """A market as it stands. ``unmet`` are items that its last inspection did not find met; ``unhandled`` counts
    positive samples after whose result nothing was done; ``faults`` are facts that were not applied: fact, field,
    reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    market_kind = models.CharField(max_length=64)
    sells = models.JSONField()
    stalls = models.IntegerField(null=True)
    registered_at = models.DateTimeField()
    inspected_at = models.DateTimeField(null=True)
    unmet = models.JSONField()
    inspections = models.JSONField()
    handled = models.JSONField()
    closed = models.BooleanField()
    positives = models.IntegerField()
    unhandled = models.IntegerField()
    faults = models.JSONField()

    class Meta:
        db_table = "warning_market"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="warning_market_area"
            ),
        ]


class EnvironmentSampleRow(models.Model):
    """An environmental sample of a market (``subject``), with its last result."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    point = models.CharField(max_length=64)
    number = models.CharField(max_length=64, null=True)
    laboratory = models.CharField(max_length=64, null=True)
    sampled_at = models.DateTimeField()
    test = models.CharField(max_length=64, null=True)
    result = models.CharField(max_length=64, null=True)
    ct = models.FloatField(null=True)
    result_at = models.DateTimeField(null=True)
    accession = models.CharField(max_length=64, null=True)
    archive = models.CharField(max_length=64, null=True)
    lineage = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "warning_environment_sample"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="warning_sample_market"),
            models.Index(
                fields=["area", "result_at"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="warning_sample_result",
            ),
        ]


class MarketRegister(SubjectRegister):
    """Markets, and the samples taken in them."""

    name = "warning.markets"
    kinds = MARKET_KINDS
    models = (MarketRow, EnvironmentSampleRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        its = fold([entry.fact for entry in entries])
        if its.data is not None and its.registered_at is not None:
            yield _market(subject, its, its.data)
            yield from (_sample(subject, its.area, one) for one in its.samples)


def _market(subject: UUID, its: Market, data: MarketRegistered) -> MarketRow:
    return MarketRow(
        subject=subject, area=its.area, author=its.author, name=data.name, market_kind=data.market_kind,
        sells=list(data.sells), stalls=data.stalls, registered_at=its.registered_at,
        inspected_at=its.inspections[-1].at if its.inspections else None, unmet=list(its.unmet),
        inspections=[
            {**_act(one), "findings": [finding.model_dump() for finding in one.findings]} for one in its.inspections
        ],
        handled=[{**_act(one), "measures": list(one.measures)} for one in its.handled], closed=its.closed,
        positives=sum(one.result == "positive" for one in its.samples), unhandled=len(its.unhandled),
        faults=[[str(one.fact), one.field, one.reason] for one in its.faults],
    )  # fmt: skip


def _act(one: Any) -> dict[str, str]:
    return {"fact": str(one.fact), "at": one.at.isoformat(), "author": one.author}


def _sample(subject: UUID, area: str, one: EnvironmentSample) -> EnvironmentSampleRow:
    return EnvironmentSampleRow(
        id=one.id, subject=subject, area=area, author=one.author, disease=one.disease, point=one.point,
        number=one.number, laboratory=one.laboratory, sampled_at=one.at, test=one.test, result=one.result, ct=one.ct,
        result_at=one.result_at, accession=one.accession, archive=one.archive, lineage=one.lineage,
    )  # fmt: skip
