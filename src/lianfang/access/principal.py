"""Who asks."""

from __future__ import annotations

from typing import NamedTuple


class Principal(NamedTuple):
    """A signed-in person and the device that they sit at, as codes."""

    author: str
    device: str
