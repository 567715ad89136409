"""Calls for hands, and each department that is called."""

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


class CallRow(models.Model):
    """A call as it stands. ``people`` are the volunteers who were sent."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    need = models.CharField(max_length=64)
    skill = models.CharField(max_length=64)
    heads = models.IntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    place = models.CharField(max_length=64)
    placed = models.DateTimeField()
    answer_by = models.DateTimeField()
    people = models.JSONField()
    coming = models.IntegerField()
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64)
    faults = models.JSONField()

    class Meta:
        db_table = "mobilisation_call"
        indexes: ClassVar = [area_index("mobilisation_call")]


class CalledRow(models.Model):
    """A department that is called, by its account; ``answered`` is None until it reports in or declines."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    department = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    """Who called."""
    placed = models.DateTimeField()
    answer_by = models.DateTimeField()
    fact = models.UUIDField(null=True)
    answered = models.DateTimeField(null=True)
    heads = models.IntegerField()
    arrives = models.DateTimeField(null=True)
    reason = models.CharField(max_length=64)
    late = models.BooleanField()
    closed = models.DateTimeField(null=True)

    class Meta:
        db_table = "mobilisation_called"
        indexes: ClassVar = [
            area_index("mobilisation_called"),
            models.Index(fields=["department", "subject"], name="mobilisation_called_by"),
        ]


class CallRegister(SubjectRegister):
    """Every call with what each department said."""

    name = "mobilisation.calls"
    kinds = frozenset({*(one.kind for one in state.CALL_KINDS), Retracted.kind})
    models = (CallRow, CalledRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.call([entry.fact for entry in entries])
        if one.data is None or one.placed is None:
            return
        its = one.data
        yield CallRow(
            subject=subject, area=one.area, author=one.author, need=its.need, skill=its.skill or "", heads=its.heads,
            starts=its.starts, ends=its.ends, place=its.place, placed=one.placed, answer_by=its.answer_by,
            people=[str(person) for person in one.people], coming=one.coming, closed=one.closed, outcome=one.outcome,
            faults=told(one.faults),
        )  # fmt: skip
        said = {answer.department: answer for answer in one.answers}
        for department in dict.fromkeys(its.departments):
            answer = said.get(department)
            yield CalledRow(
                id=state.called_id(subject, department), subject=subject, area=one.area, department=department,
                author=one.author, placed=one.placed, answer_by=its.answer_by, fact=answer and answer.fact,
                answered=answer and answer.at, heads=answer.heads if answer else 0, arrives=answer and answer.arrives,
                reason=answer.reason if answer else "", late=bool(answer and answer.late), closed=one.closed,
            )  # fmt: skip
