"""Fixtures of care's trials."""

from tests.gates.made import at, desk

__all__ = ["at", "desk"]
