"""Fixtures of mobilisation's trials."""

from tests.isolation.made import at, desk

__all__ = ["at", "desk"]
