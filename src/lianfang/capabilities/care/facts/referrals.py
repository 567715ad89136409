"""The kinds of fact about people sent to a fever clinic, and about what a facility can do. The subject is the referral:
whoever has sent it learns that it was received and answered, and nothing of the illness."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid5

from lianfang.facts.fact import AreaCode, FactData

_NAMES = UUID("2f0c51c8-6f41-5a5e-9c0b-6a4d2c1fe801")


class Origin(StrEnum):
    COMMUNITY = "community"
    PRIMARY_CARE = "primary_care"
    STATION = "station"


class ReferralReason(StrEnum):
    FEVER = "fever"
    SYMPTOMS = "symptoms"
    CONTACT = "contact"
    RETURNED = "returned"
    OTHER = "other"


class ReferralOutcome(StrEnum):
    NOT_SUSPECTED = "not_suspected"
    OBSERVED = "observed"
    ADMITTED = "admitted"
    REPORTED = "reported"
    NOT_COME = "not_come"


class ServiceState(StrEnum):
    """How far a service goes on as usual."""

    NORMAL = "normal"
    LIMITED = "limited"
    SUSPENDED = "suspended"


class ReferralSent(FactData, kind="referral.sent", version=1, founds=True):
    """Somebody was sent to a fever clinic."""

    to: UUID
    to_area: AreaCode
    """The division of the clinic."""
    origin: Origin
    reason: ReferralReason
    person: UUID | None = None
    contact: UUID | None = None
    """The contact under observation who was sent."""
    facility: UUID | None = None
    """The facility of primary care that has sent."""


class ReferralReceived(FactData, kind="referral.received", version=1):
    """The clinic has whom was sent to it."""


class ReferralClosed(FactData, kind="referral.closed", version=1):
    """What came of it."""

    outcome: ReferralOutcome


class ServiceStated(FactData, kind="facility.service_stated", version=1, founds=True):
    """A facility says how far its services go on. The subject stands for its services; None: none of
    the kind."""

    facility: UUID
    fever: ServiceState | None = None
    general: ServiceState | None = None


def service_id(facility: UUID) -> UUID:
    """What stands for the services of a facility."""
    return uuid5(_NAMES, f"service|{facility}")
