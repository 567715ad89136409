"""The kinds of fact about oversight: findings, sampling, statements, forms."""

from lianfang.capabilities.oversight.facts.findings import (
    Figure,
    FindingClosed,
    FindingOutcome,
    FindingRaised,
    FindingRechecked,
    FindingRectified,
    FindingStated,
    finding_id,
)
from lianfang.capabilities.oversight.facts.forms import FormRegistered, FormsResumed, FormsSuspended
from lianfang.capabilities.oversight.facts.sampling import Recalled, RecordsDrawn, SitesDrawn

__all__ = [
    "Figure",
    "FindingClosed",
    "FindingOutcome",
    "FindingRaised",
    "FindingRechecked",
    "FindingRectified",
    "FindingStated",
    "FormRegistered",
    "FormsResumed",
    "FormsSuspended",
    "Recalled",
    "RecordsDrawn",
    "SitesDrawn",
    "finding_id",
]
