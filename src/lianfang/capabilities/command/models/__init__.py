"""Read tables of command: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import (
    CommandPostDissolved,
    CommandPostEstablished,
    LevelDeclared,
    PlanActivated,
    PlanIssued,
    ReadinessStated,
    ResponseLevel,
    checklist_id,
)
from lianfang.capabilities.command.models.columns import area_index
from lianfang.capabilities.command.models.measures import MeasureRegister, MeasureRow
from lianfang.capabilities.command.models.notices import (
    InstructionRegister,
    InstructionRow,
    ReceiptRow,
    TicketRegister,
    TicketRow,
)
from lianfang.capabilities.command.models.places import (
    GatheringRegister,
    GatheringRow,
    VenueRegister,
    VenueRow,
    VenueSpellRow,
)
from lianfang.capabilities.command.models.steering import (
    HeadquartersRegister,
    HeadquartersRow,
    PlaybookRegister,
    PlaybookRow,
    ReportRegister,
    ReportRow,
    StrategyRegister,
    StrategyRow,
)
from lianfang.facts.fact import Entry, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister

__all__ = [
    "COMMAND_POST_KINDS", "LEVEL_KINDS", "PLAN_KINDS", "ChecklistRow", "CommandPostRegister", "CommandPostRow",
    "GatheringRegister", "GatheringRow", "HeadquartersRegister", "HeadquartersRow", "InstructionRegister",
    "InstructionRow", "LevelRegister", "LevelRow", "MeasureRegister", "MeasureRow", "PlanRegister", "PlanRow",
    "PlaybookRegister", "PlaybookRow", "ReadinessRegister", "ReadinessRow", "ReceiptRow", "ReportRegister", "ReportRow",
    "StrategyRegister", "StrategyRow", "TicketRegister", "TicketRow", "VenueRegister", "VenueRow", "VenueSpellRow",
]  # fmt: skip

LEVEL_KINDS = frozenset({LevelDeclared.kind, Retracted.kind})
COMMAND_POST_KINDS = frozenset({CommandPostEstablished.kind, CommandPostDissolved.kind, Retracted.kind})
PLAN_KINDS = frozenset({PlanIssued.kind, PlanActivated.kind, Retracted.kind})


class LevelRow(models.Model):
    """A response level of an area from ``starts`` until ``ends``; open-ended where None."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    issuer = models.TextField()
    doc_no = models.TextField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_level"
        indexes: ClassVar = [area_index("command_level_area")]

    def declared(self) -> state.Declared:
        """As the fold has it."""
        return state.Declared(
            self.fact, self.area, ResponseLevel(self.level), self.issuer, self.doc_no, self.starts, self.at, self.author
        )


class LevelRegister(SubjectRegister):
    """The history of every area's level, a row for each that was declared."""

    name = "command.levels"
    kinds = LEVEL_KINDS
    models = (LevelRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[LevelRow]:
        history = state.levels([entry.fact for entry in entries])
        for one, after in zip_longest(history, history[1:]):
            yield LevelRow(subject=subject, ends=after.starts if after else None, **one._asdict())


class CommandPostRow(models.Model):
    """A command post of an area from ``starts`` until ``ends``; standing where None. ``dissolved``: the fact that says
    so, None too where another took its place."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    zh = models.TextField()
    en = models.TextField()
    issuer = models.TextField()
    doc_no = models.TextField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    dissolved = models.UUIDField(null=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_command_post"
        indexes: ClassVar = [area_index("command_command_post_area")]

    def post(self) -> state.CommandPost:
        """As the fold has it."""
        return state.CommandPost(
            self.fact, self.area, self.zh, self.en, self.issuer, self.doc_no, self.starts, self.ends, self.dissolved,
            self.at, self.author,
        )  # fmt: skip


class CommandPostRegister(SubjectRegister):
    """Every command post that was set up."""

    name = "command.command_posts"
    kinds = COMMAND_POST_KINDS
    models = (CommandPostRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[CommandPostRow]:
        for one in state.command_posts([entry.fact for entry in entries]):
            yield CommandPostRow(subject=subject, **one._asdict())


class PlanRow(models.Model):
    """A version of a plan; ``data`` is the fact's own content, with units and items."""

    fact = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    data = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    disputed = models.BooleanField()

    class Meta:
        db_table = "command_plan"
        indexes: ClassVar = [
            area_index("command_plan_area"),
            models.Index(fields=["subject"], name="command_plan_of"),
        ]

    def issued(self) -> PlanIssued:
        """What was issued."""
        return PlanIssued.model_validate(self.data)


class ChecklistRow(models.Model):
    """What one unit has to do of an activated plan: a task for each of ``items`` (its code, and hours until due)."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    """Where the unit works."""
    activation = models.UUIDField()
    issued = models.UUIDField()
    unit = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    declared = models.UUIDField()
    declared_for = models.CharField(max_length=64)
    items = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_checklist"
        indexes: ClassVar = [
            area_index("command_checklist_area"),
            models.Index(fields=["subject"], name="command_checklist_of"),
        ]


class PlanRegister(SubjectRegister):
    """Every version of every plan, and the checklists of those that were activated."""

    name = "command.plans"
    kinds = PLAN_KINDS
    models = (PlanRow, ChecklistRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        held = state.plan([entry.fact for entry in entries])
        if held is None:
            return
        for one in held.versions:
            its = one.data
            yield PlanRow(
                fact=one.fact, subject=subject, area=held.area, code=its.code, edition=its.edition, first=its.first,
                last=its.last, data=its.model_dump(mode="json"), at=one.at, author=one.author, disputed=held.disputed,
            )  # fmt: skip
        for activation in held.activations:
            areas = {unit.code: unit.area or held.area for unit in activation.version.data.units}
            for unit, items in activation.due().items():
                yield ChecklistRow(
                    id=checklist_id(activation.id, unit), subject=subject, area=areas[unit], activation=activation.id,
                    issued=activation.version.fact, unit=unit, level=activation.data.level,
                    declared=activation.data.declared, declared_for=activation.data.declared_for,
                    items=[[item.code, item.due_h] for item in items], at=activation.at, author=activation.author,
                )  # fmt: skip


class ReadinessRow(models.Model):
    """What was last said of an item of an area's readiness."""

    pk = models.CompositePrimaryKey("subject", "item")
    subject = models.UUIDField()
    item = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    met = models.BooleanField()
    evidence = models.TextField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "command_readiness"
        indexes: ClassVar = [area_index("command_readiness_area")]


class ReadinessRegister(SubjectRegister):
    """What every area has of what it should have ready."""

    name = "command.readiness"
    kinds = frozenset({ReadinessStated.kind, Retracted.kind})
    models = (ReadinessRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ReadinessRow]:
        found = {}
        for fact in standing(entry.fact for entry in entries).facts:
            assert isinstance(fact.data, ReadinessStated)
            found[fact.data.item] = ReadinessRow(
                subject=subject, area=fact.area, **fact.data.model_dump(), at=folding_order(fact)[0],
                author=fact.author,
            )  # fmt: skip
        return found.values()
