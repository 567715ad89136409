"""The viewer: who asks, in which role, over which divisions. The first argument of every query and of every service."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianfang.facts.log import Principal


@dataclass(frozen=True, slots=True)
class Viewer:
    """One who is signed in, wearing one hat: one role over one division and all below it.

    ``area_from`` and ``area_to`` bound the codes of ``area`` and of what lies below it, in the order of their bytes,
    half-open; both are empty for a role without an area, and then the range holds nothing.
    """

    author: str
    """An account's or a device's code, as facts carry it: no name."""
    device: str
    role: str
    """A role of ``matrix.toml``."""
    area: str = ""
    area_from: str = ""
    area_to: str = ""
    subject: UUID | None = None
    """The viewer's own pseudonym, for one who asks for what is held of him or her."""
    post: str = ""
    """The post of a device: a checkpoint, a clinic, a station."""

    @property
    def principal(self) -> Principal:
        """As whom the viewer's facts are appended."""
        return Principal(self.author, self.device)
