"""The table of limits on entry to communities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.warning.facts.restriction import EntryLimited, LimitDecided, LimitLifted
from lianfang.capabilities.warning.state.restriction import Limit, Said, fold
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class RestrictionRow(models.Model):
    """A limit. ``ordered``, ``decided`` and ``lifted``: who said so, in which role, why and when."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    until = models.DateField()
    data = models.JSONField()
    ordered = models.JSONField()
    ordered_at = models.DateTimeField()
    decided = models.JSONField(null=True)
    approved = models.BooleanField(null=True)
    lifted = models.JSONField(null=True)

    class Meta:
        db_table = "warning_restriction"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "until"],
                opclasses=["varchar_pattern_ops", "date_ops"],
                name="warning_restriction_area",
            ),
        ]

    def limit(self) -> Limit:
        """The limit, as the fold has it."""
        ordered, decided, lifted = (_said(one) for one in (self.ordered, self.decided, self.lifted))
        assert ordered is not None
        data = EntryLimited.model_validate(self.data)
        return Limit(self.subject, self.area, data, ordered, decided, self.approved, lifted)


class RestrictionRegister(SubjectRegister):
    """Limits, each a row."""

    name = "warning.restrictions"
    kinds = frozenset({EntryLimited.kind, LimitDecided.kind, LimitLifted.kind, Retracted.kind})
    models = (RestrictionRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = fold([entry.fact for entry in entries])
        if one is not None:
            yield RestrictionRow(
                subject=one.subject, area=one.area, author=one.ordered.author, disease=one.data.disease,
                until=one.data.until, data=one.data.model_dump(mode="json"), ordered=_kept(one.ordered),
                ordered_at=one.ordered.at, decided=_kept(one.decided), approved=one.approved, lifted=_kept(one.lifted),
            )  # fmt: skip


def _kept(said: Said | None) -> dict[str, Any] | None:
    return None if said is None else {**said._asdict(), "at": said.at.isoformat()}


def _said(kept: dict[str, Any] | None) -> Said | None:
    return None if kept is None else Said(**{**kept, "at": datetime.fromisoformat(kept["at"])})
