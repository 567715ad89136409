"""Gatherings and venues as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.command.facts.gatherings import GatheringHandled, GatheringOutcome
from lianfang.capabilities.command.models.columns import HeldRow, area_index, founded, said_last
from lianfang.capabilities.command.state import gatherings, venues
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

GATHERING_KINDS = frozenset({*(one.kind for one in gatherings.GATHERING_KINDS), Retracted.kind})
VENUE_KINDS = frozenset({*(one.kind for one in venues.VENUE_KINDS), Retracted.kind})


class GatheringRow(HeldRow):
    """A gathering: known since ``began``. Each outcome has the moment when it was first told."""

    postponed = models.DateTimeField(null=True)
    dissuaded = models.DateTimeField(null=True)
    held = models.DateTimeField(null=True)
    handled = models.DateTimeField(null=True)
    last = models.UUIDField()
    """The fact that was told last, and who told it."""
    last_by = models.CharField(max_length=64)

    class Meta:
        db_table = "command_gathering"
        indexes: ClassVar = [area_index("command_gathering_area")]


class GatheringRegister(SubjectRegister):
    """Every gathering that became known."""

    name = "command.gatherings"
    kinds = GATHERING_KINDS
    models = (GatheringRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[GatheringRow]:
        one = gatherings.gathering([entry.fact for entry in entries])
        if one.data is None:
            return
        told = {outcome: gatherings.told(one, outcome) for outcome in GatheringOutcome}
        handled = one.last(GatheringHandled)
        yield GatheringRow(
            **founded(subject, one), **{outcome.value: act.at if act else None for outcome, act in told.items()},
            handled=handled.at if handled else None, **said_last(one),
        )  # fmt: skip


class VenueRow(HeldRow):
    """A venue."""

    class Meta:
        db_table = "command_venue"
        indexes: ClassVar = [area_index("command_venue_area")]


class VenueSpellRow(models.Model):
    """What holds of a venue from ``starts`` until ``ends``; open-ended where None."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    status = models.CharField(max_length=16)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    reopens = models.DateField(null=True)
    doc_no = models.TextField()
    limits = models.TextField()

    class Meta:
        db_table = "command_venue_spell"
        indexes: ClassVar = [
            area_index("command_venue_spell_area"),
            models.Index(fields=["subject"], name="command_venue_spell_of"),
        ]


class VenueRegister(SubjectRegister):
    """Every venue with every change of what holds there."""

    name = "command.venues"
    kinds = VENUE_KINDS
    models = (VenueRow, VenueSpellRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = venues.venue([entry.fact for entry in entries])
        if one.data is None:
            return
        yield VenueRow(**founded(subject, one))
        told = venues.changes(one)
        for act, after in zip_longest(told, told[1:]):
            yield VenueSpellRow(
                fact=act.fact, subject=subject, area=one.area, author=act.author,
                ends=after.data.starts if after else None, **act.data.model_dump(),
            )  # fmt: skip
