"""The kinds of fact about oversight: findings, sampling, statements, forms."""

from lianfang.capabilities.oversight.facts.findings import (
    Figure,
    FindingClosed,
    FindingOutcome,
    FindingRaised,
    finding_id,
)

__all__ = ["Figure", "FindingClosed", "FindingOutcome", "FindingRaised", "finding_id"]
