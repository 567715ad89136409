"""Why a drill cannot be made as asked: which field, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """A field, and the reason in both languages."""

    field: str
    zh: str
    en: str


class Refused(ValueError):
    """Nothing is made. ``faults``: every reason that was found; the text has them in English, one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{fault.field}: {fault.en}" for fault in self.faults))
