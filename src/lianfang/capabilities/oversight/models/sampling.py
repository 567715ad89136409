"""Read tables of what was drawn by lot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.oversight.facts.sampling import Recalled, RecordsDrawn, SitesDrawn
from lianfang.capabilities.oversight.state import sampling as state
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


def _by_area(name: str, column: str, its: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(fields=["area", column], opclasses=["varchar_pattern_ops", its], name=name)


class RecordDrawRow(models.Model):
    """Records that were drawn; ``recalls`` has what came of each that was asked about again."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    of = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    frame = models.IntegerField()
    seed = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    probability = models.FloatField()
    drawn = models.JSONField()
    recalls = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "oversight_record_draw"
        indexes: ClassVar = [_by_area("oversight_record_draw_area", "at", "timestamptz_ops")]


class RecordDrawRegister(SubjectRegister):
    name = "oversight.record_draws"
    kinds = frozenset({RecordsDrawn.kind, Recalled.kind, Retracted.kind})
    models = (RecordDrawRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[RecordDrawRow]:
        its = state.records([entry.fact for entry in entries])
        if its.data is not None and its.at is not None:
            yield RecordDrawRow(
                subject=subject, area=its.area, at=its.at, author=its.author,
                drawn=[str(one) for one in its.data.drawn],
                recalls={str(id): {"result": one.result, "fact": str(one.fact), "author": one.author}
                         for id, one in sorted(its.recalls.items())},
                **its.data.model_dump(exclude={"drawn"}),
            )  # fmt: skip


class SiteDrawRow(models.Model):
    """Places that were drawn for a day."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    day = models.DateField()
    frame = models.IntegerField()
    seed = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    probability = models.FloatField()
    drawn = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "oversight_site_draw"
        indexes: ClassVar = [_by_area("oversight_site_draw_area", "day", "date_ops")]


class SiteDrawRegister(SubjectRegister):
    name = "oversight.site_draws"
    kinds = frozenset({SitesDrawn.kind, Retracted.kind})
    models = (SiteDrawRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[SiteDrawRow]:
        its = state.sites([entry.fact for entry in entries])
        if its.data is not None and its.at is not None:
            yield SiteDrawRow(
                subject=subject, area=its.area, at=its.at, author=its.author,
                drawn=[str(one) for one in its.data.drawn], **its.data.model_dump(exclude={"drawn"}),
            )  # fmt: skip
