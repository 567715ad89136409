"""Gatherings that became known: declared or found, postponed, dissuaded or held. The subject is the gathering; nothing
is kept of who takes part."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lianfang.facts.fact import FactData, PlaceName, Time


class GatheringKind(StrEnum):
    """The kinds that were suspended in villages, and any other."""

    TRAINING = "training"
    LECTURE = "lecture"
    TEA_PARTY = "tea_party"
    DISCUSSION = "discussion"
    CULTURE_SPORT = "culture_sport"
    BANQUET = "banquet"
    WEDDING_FUNERAL = "wedding_funeral"
    OTHER = "other"


class GatheringOutcome(StrEnum):
    """What came of it."""

    POSTPONED = "postponed"
    DISSUADED = "dissuaded"
    HELD = "held"


class GatheringDeclared(FactData, kind="gathering.declared", version=1, founds=True):
    """One is planned: about so many people, at a place and a time."""

    sort: GatheringKind
    planned: Time
    people: Annotated[int, Field(ge=1, le=100_000)] | None = None
    place: PlaceName = ""


class GatheringTold(FactData, kind="gathering.told", version=1):
    """It was postponed, dissuaded, or held all the same."""

    outcome: GatheringOutcome


class GatheringHandled(FactData, kind="gathering.handled", version=1):
    """The county dealt with one that was held though it had been dissuaded."""
