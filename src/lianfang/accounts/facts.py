"""The kinds of fact of administration: who let whom in, as what. Codes only; the author is who did it.

The envelope's subject is the account or the device; its area is the appointment's, or else the account's or device's.
"""

from __future__ import annotations

from uuid import UUID

from lianfang.facts.fact import Code, FactData


class AccountMade(FactData, kind="account.made", version=1):
    """An account was made. Nobody can sign in to it yet."""


class Appointed(FactData, kind="account.appointed", version=1):
    """An account was given a role over the fact's area."""

    appointment: UUID
    role: Code
    unchecked: bool
    """Whether the one who made the account gave it a role that shows people or makes accounts: no second person was
    needed."""


class AppointmentEnded(FactData, kind="account.appointment_ended", version=1):
    """An appointment was ended before its time."""

    appointment: UUID
    role: Code


class LinkMade(FactData, kind="account.link_made", version=1):
    """A link was made by which whoever holds it sets the account's password."""

    second_factor_reset: bool
    """Whether it takes the second factor away too: then it is all that one needs to be this account."""


class AccountDisabled(FactData, kind="account.disabled", version=1):
    """An account was closed. Its sessions and links ended."""


class AccountEnabled(FactData, kind="account.enabled", version=1):
    """A closed account was opened again."""


class DeviceMade(FactData, kind="device.made", version=1):
    """A device was made for a role and a post, with a code to enrol it."""

    role: Code
    post: Code


class DeviceRevoked(FactData, kind="device.revoked", version=1):
    """A device's key was taken out of use."""
