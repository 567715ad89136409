"""The kinds of fact about warning: signals and what came of them."""

from lianfang.capabilities.warning.facts.signal import Evidence, Outcome, Raised, Reviewed, Told

__all__ = ["Evidence", "Outcome", "Raised", "Reviewed", "Told"]
