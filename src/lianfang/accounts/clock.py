"""The one clock of what people do here, so that a test can set it. It is the record's, until one does."""

from lianfang.facts.clock import now, pace, stand_at

__all__ = ["now", "pace", "stand_at"]
