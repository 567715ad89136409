"""What the public site says in each language. A language is a file; what it lacks is said in English and reported."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from lianfang.app.errors import Unusable
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.capabilities.warning.rules.reading import day_en

OWN: Final = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """One language: ``lang`` names its folder, ``tag`` is its BCP 47 tag, ``lacking`` are the keys said in English."""

    lang: str
    tag: str
    name: str
    words: dict[str, str]
    lacking: tuple[str, ...] = ()

    def __call__(self, key: str, **filled: object) -> str:
        return self.words[key].format(**filled) if filled else self.words[key]

    @property
    def zh(self) -> bool:
        """Whether names and texts that are kept in Chinese and English are taken in Chinese."""
        return self.lang == "zh"

    def either(self, zh: str, en: str) -> str:
        """What is kept in both, in Chinese for who reads it, else in English where there is some."""
        return zh if self.zh or not en else en

    def stamp(self, at: datetime) -> str:
        """A moment in civil time; midnight is the end of its day, as notices write it."""
        local = at.astimezone(CIVIL_TIME)
        ends = (local.hour, local.minute) == (0, 0)
        day = (local - timedelta(days=1)) if ends else local
        clock = "24:00" if ends else f"{local:%H:%M}"
        return f"{self.day(day.date())}{', ' if self.lang == 'en' else ' '}{clock}"

    def day(self, day: date) -> str:
        """A civil day: in words where the months are known in the language, else in figures."""
        if self.lang == "en":
            return day_en(day.isoformat())
        return f"{day.year}年{day.month}月{day.day}日" if self.zh else day.isoformat()

    def aside(self, text: str) -> str:
        """What is said in brackets."""
        return f"（{text}）" if self.zh else f" ({text})"


@cache
def own(lang: str) -> Words:
    """A language that comes with Lianfang."""
    text = resources.files(__package__).joinpath(f"words/{lang}.toml").read_text("utf-8")
    return _words(tomllib.loads(text), {})


def languages(files: Iterable[Path] = ()) -> Sequence[Words]:
    """Chinese, English and those of the files, by their names. Raises Unusable for a file that is none."""
    english = own("en").words
    found = {lang: own(lang) for lang in OWN}
    for path in sorted(files):
        try:
            its = _words(tomllib.loads(path.read_text("utf-8")), english)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
            raise Unusable(f"{path} is no file of words ({error}): write it as words/en.toml is") from None
        found[its.lang] = its
    return list(found.values())


def _words(told: dict[str, Any], fallback: dict[str, str]) -> Words:
    lang, words = str(told["lang"]), {key: str(text) for key, text in told["words"].items()}
    if not lang.replace("-", "").isalnum() or not lang.isascii():
        raise ValueError(f"lang = {lang!r} is no language's tag")
    lacking = tuple(sorted(set(fallback) - set(words)))
    return Words(lang, str(told.get("tag", lang)), str(told["name"]), {**fallback, **words}, lacking)
