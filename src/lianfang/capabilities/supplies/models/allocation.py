"""The table of how items are shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.supplies.facts.allocation import ALLOCATION_KINDS, SharingProposed
from lianfang.capabilities.supplies.state.allocation import sharing
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class AllocationRow(Model):
    """The sharing of items. ``proposal`` is the fact's own content; ``amounts``: item, store, place and what goes that
    way as it stands; ``edits``: what was changed by hand, see ``state.Edit``."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    items = models.JSONField()
    at = models.DateTimeField()
    phase = models.CharField(max_length=16)
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64)
    proposal = models.JSONField()
    amounts = models.JSONField()
    edits = models.JSONField()

    class Meta:
        db_table = "supplies_allocation"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"],
                name="supplies_allocation_area",
            )
        ]  # fmt: skip

    def proposed(self) -> SharingProposed:
        """What was proposed."""
        return SharingProposed.model_validate(self.proposal)


class AllocationRegister(SubjectRegister):
    """Every sharing, a row each."""

    name = "supplies.allocations"
    kinds = frozenset({*(one.kind for one in ALLOCATION_KINDS), Retracted.kind})
    models = (AllocationRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = sharing([entry.fact for entry in entries])
        if its.proposed is None:
            return
        yield AllocationRow(
            subject=subject, area=its.area, author=its.author, at=its.at, phase=its.phase, decided=its.decided,
            decided_by=its.decided_by, items=[str(one.item) for one in its.proposed.portions],
            proposal=its.proposed.model_dump(mode="json"),
            amounts=[[*map(str, way), amount] for way, amount in sorted(its.amounts.items())],
            edits=[
                {**one._asdict(), **{name: str(getattr(one, name)) for name in ("fact", "item", "store", "place")},
                 "at": one.at.isoformat()}
                for one in its.edits
            ],
        )  # fmt: skip
