"""Policies of command that are dated: the edition of a day is the newest that had begun."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@cache
def document(name: str) -> Mapping[str, Any]:
    """A policy as it is written."""
    return tomllib.loads(
        resources.files("lianfang.capabilities.command").joinpath(f"policy/{name}.toml").read_text("utf-8")
    )


def edition(name: str, day: date, among: str = "edition") -> Mapping[str, Any]:
    """The edition of a policy that is in force on a day; before the first one, the first. ``among``: where a policy has
    several lists of them."""
    found = sorted(document(name)[among], key=lambda one: one["since"])
    begun = [one for one in found if one["since"] <= day]
    chosen: Mapping[str, Any] = (begun or found[:1])[-1]
    return chosen
