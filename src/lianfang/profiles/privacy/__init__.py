"""What may be told of people, as dated and cited data: thresholds of publishing, and what gives personal data away."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def personal() -> dict[str, Any]:
    """``personal.toml``: what the search for personal data in official text knows."""
    return _load("personal.toml")


@cache
def disclosure() -> dict[str, Any]:
    """``disclosure.toml``: below which number nothing is published, and what an export may hold."""
    return _load("disclosure.toml")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text("utf-8"))
