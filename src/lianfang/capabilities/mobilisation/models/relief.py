"""Journeys of relief teams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.models._columns import area_index, told
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class ReliefRow(models.Model):
    """A journey. ``days`` are what was told of the members' health: day, well, unwell, who is unwell as far as that is
    known, when it was told."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    team = models.UUIDField()
    to = models.CharField(max_length=64)
    heads = models.IntegerField()
    first = models.DateField()
    until = models.DateField(null=True)
    sent = models.DateTimeField()
    days = models.JSONField()
    last = models.DateField(null=True)
    back = models.IntegerField()
    faults = models.JSONField()

    class Meta:
        db_table = "mobilisation_relief"
        indexes: ClassVar = [
            area_index("mobilisation_relief"),
            models.Index(fields=["team"], name="mobilisation_relief_team"),
        ]


class ReliefRegister(SubjectRegister):
    """Every journey of a relief team."""

    name = "mobilisation.relief"
    kinds = frozenset({*(one.kind for one in state.RELIEF_KINDS), Retracted.kind})
    models = (ReliefRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.relief([entry.fact for entry in entries])
        if one.data is None:
            return
        its = one.data
        days = [
            [day.isoformat(), each.well, each.unwell, [str(who) for who in each.people], each.told.isoformat()]
            for day, each in sorted(one.days.items())
        ]
        yield ReliefRow(
            subject=subject, area=one.area, author=one.author, team=its.team, to=its.to, heads=its.heads,
            first=its.first, until=its.last, sent=one.sent, days=days, last=one.last, back=one.back,
            faults=told(one.faults),
        )  # fmt: skip
