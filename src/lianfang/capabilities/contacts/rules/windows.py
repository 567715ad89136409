"""The days on which contact with a case counts, by the edition; and those before which there was no such disease."""

from __future__ import annotations

from datetime import date, timedelta

from lianfang.capabilities.contacts.facts import Exposure
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.profiles.disease import Edition


def outside(edition: Edition, onset: tuple[date | None, date | None], exposure: Exposure) -> bool:
    """Whether an exposure ended before the days on which contact with the case counts, or began after them. A case of
    unknown onset has no such days; of an onset that is known as a range (earliest, latest) all its days count."""
    earliest, latest = onset
    if earliest is None or latest is None or edition.contact is None:
        return False
    first, _ = edition.window(onset=earliest)
    _, last = edition.window(onset=latest)
    begins = exposure.first or exposure.last
    return exposure.last < first or (last is not None and begins > last)


def plausible_from(disease: str) -> date | None:
    """The first day on which anybody can have been exposed to a disease; None where nobody knows of its first case."""
    its = policy().exposures
    first = its.first_known.get(disease)
    return None if first is None else first.day - timedelta(its.before_first_known_days)
