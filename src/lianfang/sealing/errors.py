"""What can be wrong with keys. Every message says what to do."""

from __future__ import annotations


class SealingError(Exception):
    """Keys cannot be had or used."""
