"""The read table of what the public told back: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.bulletins.models.library import area_index
from lianfang.capabilities.bulletins.state.feedback import KINDS, ticket
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

FEEDBACK_KINDS = frozenset({*(one.kind for one in KINDS), Retracted.kind})


class FeedbackRow(models.Model):
    """One feedback. Its words are in the vault until ``erase_on``; the ticket number is nowhere."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    topic = models.CharField(max_length=16)
    lang = models.CharField(max_length=24)
    words = models.UUIDField()
    at = models.DateTimeField()
    due = models.DateTimeField()
    erase_on = models.DateField()
    outcome = models.CharField(max_length=16, null=True)
    answer = models.TextField()
    fact = models.UUIDField(null=True)
    author = models.CharField(max_length=64)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulletins_feedback"
        indexes: ClassVar = [area_index("bulletins_feedback_area")]


class FeedbackRegister(SubjectRegister):
    """All that the public told back."""

    name = "bulletins.feedback"
    kinds = FEEDBACK_KINDS
    models = (FeedbackRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[FeedbackRow]:
        its = ticket([entry.fact for entry in entries])
        if its.received is not None:
            got, said = its.received, its.answered
            yield FeedbackRow(
                subject=subject, area=its.area, topic=got.topic, lang=got.lang, words=got.words, at=its.at,
                due=got.due, erase_on=got.erase_on, outcome=said and said.outcome, answer=said.answer if said else "",
                fact=its.fact, author=its.author, answered_at=its.answered_at,
            )  # fmt: skip
