"""What the tables of command have in common."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from lianfang.capabilities.command.state.held import Held
from lianfang.facts.fact import FactData


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
        "data": content(one.data), "disputed": one.disputed,
        "faults": [[str(fault.fact), fault.field, fault.reason] for fault in one.faults],
    }  # fmt: skip


def said_last(one: Held[Any]) -> dict[str, Any]:
    """The fact that was recorded last of a subject, and who recorded it."""
    last = one.acts[-1] if one.acts else one
    return {"last": last.fact, "last_by": last.author}


def content(data: FactData) -> Any:
    """The fields of a fact as a row keeps them: times in UTC, so that they are the same however they were sent."""
    return _plain(data.model_dump())


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
    return value
