"""The kinds of fact about warning: signals and what came of them, decisions on areas, sign-offs, markets."""

from lianfang.capabilities.warning.facts.grade import AreaGraded, Scheme
from lianfang.capabilities.warning.facts.market import (
    Finding,
    MarketHandled,
    MarketInspected,
    MarketRegistered,
    MarketSampled,
    MarketSequenced,
    MarketTested,
)
from lianfang.capabilities.warning.facts.restriction import EntryLimited, LimitDecided, LimitLifted
from lianfang.capabilities.warning.facts.sign_off import ForecastSignedOff, SignOffWithdrawn
from lianfang.capabilities.warning.facts.signal import Evidence, Outcome, Raised, Reviewed, Told

__all__ = [
    "AreaGraded",
    "EntryLimited",
    "Evidence",
    "Finding",
    "ForecastSignedOff",
    "LimitDecided",
    "LimitLifted",
    "MarketHandled",
    "MarketInspected",
    "MarketRegistered",
    "MarketSampled",
    "MarketSequenced",
    "MarketTested",
    "Outcome",
    "Raised",
    "Reviewed",
    "Scheme",
    "SignOffWithdrawn",
    "Told",
]
