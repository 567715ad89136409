"""An event that goes up the chain of governments. The subject is the event."""

from __future__ import annotations

from enum import StrEnum

from lianfang.capabilities.command.facts.base import Beside, Words
from lianfang.facts.fact import FactData, Time


class Instance(StrEnum):
    """Where a report has arrived, from the nearest up."""

    COUNTY_HEALTH = "county_health"
    COUNTY = "county"
    PREFECTURE = "prefecture"
    PROVINCE = "province"
    NATION = "nation"


class EventFound(FactData, kind="event.found", version=1, founds=True):
    """An institution found at ``found`` what has to be reported."""

    zh: Words
    en: Beside = ""
    found: Time


class EventReported(FactData, kind="event.reported", version=1):
    """The report has arrived at an instance."""

    to: Instance
