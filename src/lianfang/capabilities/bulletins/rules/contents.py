"""What a notice of an area states of what its registers count, by the dated policy: figures in, a record out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, BulletinRecord, Count, Window
from lianfang.capabilities.bulletins.rules.assemble import identity


class Edition(NamedTuple):
    """One edition of ``policy/contents.toml``."""

    code: str
    begins: date
    source: str
    metrics: tuple[str, ...]
    by_area: tuple[str, ...]
    by_area_levels: frozenset[str]
    silent_at_nought: frozenset[str]


class Division(NamedTuple):
    """A division right below the notice's area, with its numbers."""

    code: str
    name: str
    level: str
    figures: Mapping[str, int | None]


@cache
def editions() -> tuple[Edition, ...]:
    """All editions, the earliest first."""
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/contents.toml").read_text("utf-8")
    found = (
        Edition(
            one["code"], one["begins"], one["source"], tuple(one["metrics"]), tuple(one["by_area"]),
            frozenset(one["by_area_levels"]), frozenset(one["silent_at_nought"]),
        )
        for one in tomllib.loads(text)["editions"]
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.begins))


def edition_of(day: date) -> Edition:
    """The edition in force on a day; of days before the first, the first."""
    return next((one for one in reversed(editions()) if one.begins <= day), editions()[0])


def edition(code: str) -> Edition:
    """An edition by its code. Raises LookupError."""
    return next(one for one in editions() if one.code == code)


def record_of(
    edition: Edition, area: str, disease: str, window: Window, figures: Mapping[str, int | None],
    divisions: Sequence[Division],
) -> BulletinRecord:  # fmt: skip
    """The notice's record of a window, as of its end. A figure that nobody counted is not stated; nor is one at
    nought of which the edition is silent then, nor a division without any."""
    stated = {key: figures.get(key) for key in edition.metrics}
    own = tuple(
        _count(key, n)
        for key, n in stated.items()
        if n is not None and (n or key not in edition.silent_at_nought)
    )  # fmt: skip
    by_area = tuple(
        AreaCount(**_count(metric, n).model_dump(), code=one.code, name=one.name)
        for metric in edition.by_area
        for n, one in _falling(metric, divisions)
        if one.level in edition.by_area_levels
    )
    return BulletinRecord(
        bulletin_id=identity(area, window.end, window, own, by_area), area_code=area, disease=disease, as_of=window.end,
        window=window, figures=own, by_area=by_area,
    )  # fmt: skip


def _falling(metric: str, divisions: Sequence[Division]) -> list[tuple[int, Division]]:
    """The divisions that have any, the highest number first, then by their codes."""
    found = [(one.figures.get(metric) or 0, one) for one in divisions]
    return sorted(((n, one) for n, one in found if n), key=lambda its: (-its[0], its[1].code))


def _count(metric: str, n: int) -> Count:
    return Count(metric=metric, n=n, unit=METRICS[metric].unit)
