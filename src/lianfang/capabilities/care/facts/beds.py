"""Who lies in a bed, from when until when. The subject is the bed; ``stay`` is one patient's time in it.

A bed is claimed online, where its hospital is locked. What a device without a network tells afterwards is another kind:
it counts where the bed was free, and else stays on record as a contradiction.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from lianfang.facts.fact import FactData


class LeftFor(StrEnum):
    """Why a stay ended."""

    RECOVERED = "recovered"
    DIED = "died"
    TRANSFERRED = "transferred"
    LEFT = "left"  # against advice, or to another place of care
    NOT_COME = "not_come"  # the bed had been kept for somebody


class BedReserved(FactData, kind="bed.reserved", version=1):
    """A bed is kept for a patient who is on the way: by a transfer that was approved, or by a plan."""

    stay: UUID
    person: UUID
    case: UUID | None = None
    transfer: UUID | None = None
    plan: UUID | None = None


class BedOccupied(FactData, kind="bed.occupied", version=1):
    """A patient lies in the bed from now on."""

    stay: UUID
    person: UUID
    case: UUID | None = None
    transfer: UUID | None = None


class BedOccupiedOffline(FactData, kind="bed.occupied_offline", version=1):
    """A patient was put into the bed where there was no network to claim it."""

    stay: UUID
    person: UUID
    case: UUID | None = None


class BedReleased(FactData, kind="bed.released", version=1):
    """The stay is over: the bed is free."""

    stay: UUID
    reason: LeftFor
