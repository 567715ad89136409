"""What the tables of command have in common."""

from __future__ import annotations

from typing import Any

from django.db import models

from lianfang.capabilities.command.state.held import Held


def area_index(name: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name=name)


class HeldRow(models.Model):
    """A subject as it stands: who founded it where and when, with what."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    fact = models.UUIDField()
    began = models.DateTimeField()
    data = models.JSONField()
    disputed = models.BooleanField()
    faults = models.JSONField()
    """Contradictions: the fact, its field, the reason."""

    class Meta:
        abstract = True


def founded(subject: Any, one: Held[Any]) -> dict[str, Any]:
    """The columns that every such row has."""
    assert one.data is not None
    return {
        "subject": subject, "area": one.area, "author": one.author, "fact": one.fact, "began": one.began,
        "data": one.data.model_dump(mode="json"), "disputed": one.disputed,
        "faults": [[str(fault.fact), fault.field, fault.reason] for fault in one.faults],
    }  # fmt: skip
