"""Fixtures of screening's trials."""

from tests.screening.made import at, desk

__all__ = ["at", "desk"]
