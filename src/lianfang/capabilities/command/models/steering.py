"""Strategies that were decided on, headquarters, playbooks and reports, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import zip_longest
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.command.facts import HeadquartersOrganised, StrategyOverridden
from lianfang.capabilities.command.models.columns import HeldRow, area_index, content, founded, said_last
from lianfang.capabilities.command.state import headquarters, playbooks, reports, strategy
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

STRATEGY_KINDS = frozenset({StrategyOverridden.kind, Retracted.kind})
HEADQUARTERS_KINDS = frozenset({HeadquartersOrganised.kind, Retracted.kind})
PLAYBOOK_KINDS = frozenset({*(one.kind for one in playbooks.PLAYBOOK_KINDS), Retracted.kind})
REPORT_KINDS = frozenset({*(one.kind for one in reports.REPORT_KINDS), Retracted.kind})


class StrategyRow(models.Model):
    """A strategy that was decided on for an area, from ``starts`` until ``ends``."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    strategy = models.CharField(max_length=64)
    reason = models.TextField()
    doc_no = models.TextField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_strategy"
        indexes: ClassVar = [area_index("command_strategy_area")]

    def override(self) -> strategy.Override:
        """As the fold has it."""
        return strategy.Override(
            self.fact, self.area, self.strategy, self.reason, self.doc_no, self.starts, self.ends, self.at, self.author
        )


class StrategyRegister(SubjectRegister):
    """Every strategy that was decided on against the class of an area."""

    name = "command.strategies"
    kinds = STRATEGY_KINDS
    models = (StrategyRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[StrategyRow]:
        for one in strategy.overrides([entry.fact for entry in entries]):
            yield StrategyRow(subject=subject, **one._asdict())


class HeadquartersRow(models.Model):
    """The headquarters of an area for an event from ``starts`` until ``ends``; standing where None."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    event = models.CharField(max_length=64)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    data = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_headquarters"
        indexes: ClassVar = [area_index("command_headquarters_area")]


class HeadquartersRegister(SubjectRegister):
    """Every headquarters with its leads and groups."""

    name = "command.headquarters"
    kinds = HEADQUARTERS_KINDS
    models = (HeadquartersRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[HeadquartersRow]:
        history = headquarters.headquarters([entry.fact for entry in entries])
        for one, after in zip_longest(history, history[1:]):
            yield HeadquartersRow(
                fact=one.fact, subject=subject, area=one.area, event=one.data.event, starts=one.data.starts,
                ends=after.data.starts if after else None, data=content(one.data), at=one.at,
                author=one.author,
            )  # fmt: skip


class PlaybookRow(HeldRow):
    """A playbook that runs in an area."""

    class Meta:
        db_table = "command_playbook"
        indexes: ClassVar = [area_index("command_playbook_area")]


class PlaybookRegister(SubjectRegister):
    """Every run of a playbook."""

    name = "command.playbooks"
    kinds = PLAYBOOK_KINDS
    models = (PlaybookRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[PlaybookRow]:
        one = playbooks.playbook([entry.fact for entry in entries])
        if one.data is not None:
            yield PlaybookRow(**founded(subject, one))


class ReportRow(HeldRow):
    """An event with when its report arrived at each instance."""

    arrived = models.JSONField()
    last = models.UUIDField()
    last_by = models.CharField(max_length=64)

    class Meta:
        db_table = "command_report"
        indexes: ClassVar = [area_index("command_report_area")]


class ReportRegister(SubjectRegister):
    """Every event that has to go up the chain."""

    name = "command.reports"
    kinds = REPORT_KINDS
    models = (ReportRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[ReportRow]:
        one = reports.report([entry.fact for entry in entries])
        if one.data is not None:
            arrived = {to.value: at.astimezone(UTC).isoformat() for to, at in reports.arrived(one).items()}
            yield ReportRow(**founded(subject, one), arrived=arrived, **said_last(one))
