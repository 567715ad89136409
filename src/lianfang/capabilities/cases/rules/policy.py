"""``policy/cases.toml``: times that no edition sets, and how risks are graded."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any


@cache
def policy() -> dict[str, Any]:
    """The policy's tables."""
    text = resources.files("lianfang.capabilities.cases").joinpath("policy/cases.toml").read_text("utf-8")
    return tomllib.loads(text)


def hours(name: str) -> timedelta:
    """The time allowed for something."""
    return timedelta(hours=policy()["hours"][name]["h"])


def ahead() -> timedelta:
    """By how much a time may lie ahead of the server's clock."""
    return timedelta(minutes=policy()["clock"]["ahead_minutes"])
