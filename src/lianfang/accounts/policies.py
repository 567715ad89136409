"""The dated, cited numbers of this room: ``policy/*.toml``."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """``policy/<name>.toml``."""
    return tomllib.loads(resources.files("lianfang.accounts").joinpath(f"policy/{name}.toml").read_text("utf-8"))


def span(section: str, key: str) -> timedelta:
    """A duration of ``sessions.toml``."""
    return timedelta(minutes=table("sessions")[section][key])
