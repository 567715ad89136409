"""What a rule found: of which area, of what in it, made by what, with which figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.warning.facts.signal import MOST, Evidence

_NAMES: Final = UUID("5a0d9a37-64a8-5f0e-9c1d-2b7f5d8c9e11")
WHOLE: Final = "-"
"""The key of a signal that is about an area itself."""


class Finding(NamedTuple):
    """That a rule holds. ``triggers`` are what makes it hold, ``subjects`` what it is about."""

    rule: str
    version: str
    area: str
    disease: str | None
    key: str
    triggers: tuple[str, ...]
    subjects: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]

    @property
    def signal(self) -> UUID:
        """The signal's id: another version of a rule raises the same signal."""
        return uuid5(_NAMES, "|".join((self.rule, self.area, self.disease or "", self.key)))

    def beyond(self, raised: Iterable[str]) -> list[Finding]:
        """The finding with only those triggers that were not raised before, in parts that one fact each can hold."""
        held = set(raised)
        fresh = [one for one in self.triggers if one not in held]
        subjects = {str(one): one for one in self.subjects}
        return [
            self._replace(triggers=part, subjects=tuple(subjects[one] for one in part if one in subjects))
            for start in range(0, len(fresh), MOST)
            if (part := tuple(fresh[start : start + MOST]))
        ]

    @property
    def raising(self) -> UUID:
        """The id of the fact that raises it: the same triggers are raised once, whoever looks."""
        return uuid5(self.signal, "|".join(self.triggers))


def evidence(**figures: int | float | str | None) -> tuple[Evidence, ...]:
    """Figures by the codes of the policy."""
    return tuple(Evidence(code=code, value=value) for code, value in figures.items())
