"""Measures as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.command.facts.measures import MeasureIssued
from lianfang.capabilities.command.models.columns import HeldRow, area_index, founded
from lianfang.capabilities.command.state import measures as state
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

MEASURE_KINDS = frozenset({*(one.kind for one in state.MEASURE_KINDS), Retracted.kind})


class MeasureRow(HeldRow):
    """A measure, in force from ``starts`` until ``until``. ``units`` has of each unit what it said last; ``told``: when
    any of them said anything, None where none has."""

    number = models.IntegerField()
    starts = models.DateTimeField()
    until = models.DateTimeField()
    progress = models.CharField(max_length=16)
    told = models.DateTimeField(null=True)
    units = models.JSONField()

    class Meta:
        db_table = "command_measure"
        indexes: ClassVar = [area_index("command_measure_area")]

    def issued(self) -> MeasureIssued:
        """What was issued."""
        return MeasureIssued.model_validate(self.data)


class MeasureRegister(SubjectRegister):
    """Every measure with its end and how far its units have come."""

    name = "command.measures"
    kinds = MEASURE_KINDS
    models = (MeasureRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[MeasureRow]:
        one = state.measure([entry.fact for entry in entries])
        if one.data is None:
            return
        said = state.by_unit(one)
        yield MeasureRow(
            **founded(subject, one), number=one.data.number, starts=one.data.starts, until=state.until(one),
            progress=state.progress(one), told=max((act.at for act in said.values() if act), default=None),
            units=[_unit(code, act) for code, act in said.items()],
        )  # fmt: skip


def _unit(code: str, act: state.Act | None) -> dict[str, Any]:
    if act is None:
        return {"code": code, "progress": "planned", "evidence": "", "at": None, "fact": None, "author": ""}
    return {
        "code": code, "progress": act.data.progress, "evidence": act.data.evidence,
        "at": act.at.astimezone(UTC).isoformat(), "fact": str(act.fact), "author": act.author,
    }  # fmt: skip
