"""The kinds of fact about residents' orders: what somebody at home asks to have bought, brought, mended or done.

The subject is the order. Who it is for is a pseudonym, what is to be bought lies in the vault, and why somebody comes
first, or cannot open the door, is recorded nowhere.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, FactData

Rank = Annotated[int, Field(ge=1, le=9)]


class ErrandPlaced(FactData, kind="errand.placed", version=1, founds=True):
    """Somebody at home asks for something."""

    person: UUID
    category: Code
    """Of the policy: shopping, medicine, a repair."""
    rank: Rank
    """Which come first: 1 before 2. The frail have it, and so has what is urgent; which of both is not said."""
    contactless: bool
    """Whether it is left at the door. So it is for everybody who does not say otherwise."""
    goods: bool
    """Whether something is picked up before it is brought."""
    by_worker: bool
    """Whether a worker placed it, for somebody without a telephone."""
    words: UUID | None = None
    """What is to be brought, in the vault."""


class ErrandAccepted(FactData, kind="errand.accepted", version=1):
    """It is somebody's to carry, by the code of an account or device. Only from then on is it told whose door it is."""

    carrier: Code


class ErrandPickedUp(FactData, kind="errand.picked_up", version=1):
    """Whoever carries it has the goods."""


class ErrandDelivered(FactData, kind="errand.delivered", version=1):
    """It is where it was to go, or done."""

    at_door: bool
    """Left at the door, so that nobody met."""


class ErrandFailed(FactData, kind="errand.failed", version=1):
    """It could not be done this time."""

    reason: Code
    """Of the policy."""
    again: bool
    """Whether it goes round again: it is open for anybody to carry."""


class ErrandGivenBack(FactData, kind="errand.given_back", version=1):
    """Whoever had it, and has not picked anything up, does not carry it: it is open again."""


class ErrandConfirmed(FactData, kind="errand.confirmed", version=1):
    """Who asked for it has it."""


class ErrandCancelled(FactData, kind="errand.cancelled", version=1):
    """It is not wanted any more. Not once something was picked up."""
