"""Fixtures of care's trials."""

from tests.care.made import ward
from tests.gates.made import at, desk

__all__ = ["at", "desk", "ward"]
