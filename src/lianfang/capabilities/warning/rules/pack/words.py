"""The words of the pack (``policy/pack.toml``), in one language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from lianfang.capabilities.warning.rules.grading import Title
from lianfang.capabilities.warning.rules.reading import NOTHING, day_en, day_zh

Lang = Literal["zh", "en"]
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")


class _Pack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Mapping[str, Title]


@cache
def _pack() -> _Pack:
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/pack.toml")
    return _Pack.model_validate(tomllib.loads(file.read_text("utf-8")))


class Words(NamedTuple):
    """Words, days and moments in one language; moments by the clock of ``zone``."""

    lang: Lang
    zone: tzinfo

    def __call__(self, code: str, **figures: object) -> str:
        """The words of a code, filled in. Raises KeyError for one that there is not."""
        return self.of(_pack().words[code]).format_map(figures)

    def of(self, said: Any) -> str:
        """What has ``zh`` and ``en``, in the language."""
        return str(getattr(said, self.lang))

    def day(self, day: date) -> str:
        return (day_zh if self.lang == "zh" else day_en)(day.isoformat())

    def stamp(self, at: datetime | None) -> str:
        """A moment to the minute."""
        if at is None:
            return NOTHING
        its = at.astimezone(self.zone)
        return f"{self.day(its.date())}{' ' if self.lang == 'zh' else ', '}{its:%H:%M}"
