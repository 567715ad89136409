"""The kinds of fact about telling others outside the country of an event: whether it has to be told, who was told, and
who has confirmed. Sums of issued notices only; nothing of a person has a field here."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.bulletins.facts.library import Maybe, Paragraph, Title
from lianfang.facts.fact import Code, FactData, OfficialText, Time

Reference = Annotated[OfficialText, Field(max_length=64)]


class Criterion(StrEnum):
    """The four questions of Annex 2 of the International Health Regulations."""

    SERIOUS = "serious"
    UNUSUAL = "unusual"
    SPREAD = "spread"
    RESTRICTIONS = "restrictions"


class Judged(BaseModel):
    """The answer to one question, with what it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    criterion: Criterion
    met: bool
    why: Paragraph


class ExternalAssessed(FactData, kind="external.assessed", version=1, founds=True):
    """An event was assessed by the decision instrument, in its ``edition``; assessed anew, the last one holds. What
    follows from the answers is derived. ``listed`` is the entry of the diseases that are always told, None for any
    other."""

    disease: Code
    edition: Code
    title_zh: Title
    title_en: Title
    known_at: Time
    """When the event became known."""
    listed: Code | None = None
    judged: Annotated[tuple[Judged, ...], Field(min_length=len(Criterion), max_length=len(Criterion))]


class ExternalNotified(FactData, kind="external.notified", version=1):
    """Somebody outside was told: ``to`` is a recipient of the policy, ``named`` which country or organisation. The
    figures are those of ``notice``, a draft that was issued."""

    to: Code
    named: Annotated[OfficialText, Field(max_length=120)] = ""
    channel: Code
    notice: UUID
    reference: Reference = ""
    words_zh: Maybe = ""
    words_en: Maybe = ""


class ExternalAcknowledged(FactData, kind="external.acknowledged", version=1):
    """Who was told confirms it. ``notification`` is the fact that told."""

    notification: UUID
    reference: Reference = ""
