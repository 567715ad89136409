"""The kinds of fact about markets: inspections, environmental samples and what was done. The subject is the market.

The envelope's ``area`` is the division that is responsible for it, ``observed_at`` when it was inspected or
sampled, or a result known.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import Code, FactData, PlaceName

Codes = Annotated[tuple[Code, ...], Field(max_length=64)]


class Finding(BaseModel):
    """One item of an inspection, by its code in ``policy/market.toml``; ``met`` is None where it does not apply."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: Code
    met: bool | None


class MarketRegistered(FactData, kind="market.registered", version=1, founds=True):
    """A place where animals or fresh food are traded. Told again, the later telling replaces it."""

    name: PlaceName
    market_kind: Code
    sells: Codes = ()
    stalls: Annotated[int, Field(ge=0, le=100_000)] | None = None


class MarketInspected(FactData, kind="market.inspected", version=1):
    """Somebody looked at the market, item by item."""

    findings: Annotated[tuple[Finding, ...], Field(min_length=1, max_length=64)]


class MarketSampled(FactData, kind="market.sampled", version=1):
    """An environmental sample was taken. Its id is this fact's."""

    disease: Code
    point: Code
    number: Code | None = None
    laboratory: Code | None = None


class MarketTested(FactData, kind="market.tested", version=1):
    """A laboratory's result of an environmental sample. ``observed_at`` is when it was known."""

    sample: UUID
    test: Code
    result: Code
    """``positive``, ``negative``, ``indeterminate``."""
    ct: Annotated[float, Field(gt=0, lt=60)] | None = None


class MarketSequenced(FactData, kind="market.sequenced", version=1):
    """The genome of the pathogen in a sample was read; ``accession`` is its number in ``archive``."""

    sample: UUID
    accession: Code
    archive: Code
    lineage: Code | None = None


class MarketHandled(FactData, kind="market.handled", version=1):
    """What was done with the market: measures by their codes, ``closed`` and ``reopened`` among them."""

    measures: Annotated[Codes, Field(min_length=1)]
