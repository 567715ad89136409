"""An export of people without names: new ids each time, coarse or shifted dates, nobody among fewer than k alike.

Quasi-identifiers are what somebody may know of a person from elsewhere: age, sex, place, the week of an event. Every
combination of them that occurs must be shared by at least k people (k-anonymity: Sweeney, k-anonymity: a model for
protecting privacy, 2002), or nothing is exported and the combinations are named, so that a coarser export can be asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

MOST_TOLD = 50  # combinations named in a refusal
COLUMNS = ("age_band", "sex", "area", "data_class", "since", "ends")
DATES = frozenset(("since", "ends"))


class Dates(StrEnum):
    """What becomes of dates."""

    WEEK = "week"  # the Monday of their week
    MONTH = "month"  # the first of their month
    SHIFT = "shift"  # all of one person moved by the same days


@dataclass(frozen=True)
class Rules:
    """How coarse an export is. ``age_bands`` are the ages at which a class begins, the first of them 0; of an area's
    code ``area_digits`` are told."""

    k: int
    quasi_identifiers: frozenset[str]
    dates: Dates
    age_bands: tuple[int, ...]
    area_digits: int

    def __post_init__(self) -> None:
        if not self.age_bands or self.age_bands[0] != 0 or list(self.age_bands) != sorted(set(self.age_bands)):
            raise ValueError(f"age_bands begin with 0 and grow: {self.age_bands}")
        if not self.quasi_identifiers <= set(COLUMNS):
            raise ValueError(f"quasi_identifiers are among {COLUMNS}")


class Held(NamedTuple):
    """What an export knows of a person. None is not known."""

    birth_date: date | None
    sex: str | None
    area: str
    data_class: str
    since: date | None
    ends: date | None


class Failing(NamedTuple):
    """A combination of quasi-identifiers that fewer than k people share."""

    cell: dict[str, str]
    people: int


class NotExported(ValueError):
    """Some people are among fewer than k alike. ``failing`` names the combinations, the rarest first."""

    def __init__(self, failing: Sequence[Failing], total: int, k: int) -> None:
        self.failing, self.total = tuple(failing), total
        super().__init__(
            f"{total} combinations are shared by fewer than {k} people: leave out a column or widen the area"
        )


def pseudonymise(
    people: Sequence[Held], *, columns: Sequence[str], ids: Sequence[str], shifts: Sequence[int], on: date, rules: Rules
) -> list[dict[str, str]]:
    """Rows of ``id`` and ``columns``, by id: the order tells nothing of where a person stood.

    ``ids`` are new and of chance, ``shifts`` days of chance, one each for a person; ``on`` is the day for which ages
    are told. Raises NotExported, ValueError for a column that there is not.
    """
    if unknown := set(columns) - set(COLUMNS):
        raise ValueError(f"no column {sorted(unknown)}: there are {', '.join(COLUMNS)}")
    if len(set(ids)) != len(people) or len(ids) != len(people) or len(shifts) != len(people):
        raise ValueError("every person has an id of his own and a shift")
    coarse = [_coarse(one, shift, on, rules) for one, shift in zip(people, shifts, strict=True)]
    _refuse_rare(coarse, [name for name in columns if name in _known_elsewhere(rules)], rules.k)
    rows = [{"id": id_, **{name: row[name] for name in columns}} for id_, row in zip(ids, coarse, strict=True)]
    return sorted(rows, key=lambda row: row["id"])


def _known_elsewhere(rules: Rules) -> frozenset[str]:
    """The quasi-identifiers of an export; a date that was moved by chance is none."""
    return rules.quasi_identifiers - (DATES if rules.dates is Dates.SHIFT else frozenset())


def _refuse_rare(rows: Sequence[Mapping[str, str]], names: Sequence[str], k: int) -> None:
    """Raises NotExported. With no quasi-identifier among the columns, all people are alike."""
    shared = Counter(tuple(row[name] for name in names) for row in rows)
    rare = sorted((count, cell) for cell, count in shared.items() if count < k)
    if rare:
        told = [Failing(dict(zip(names, cell, strict=True)), count) for count, cell in rare[:MOST_TOLD]]
        raise NotExported(told, len(rare), k)


def _coarse(one: Held, shift: int, on: date, rules: Rules) -> dict[str, str]:
    return {
        "age_band": _band(one.birth_date, on, rules.age_bands),
        "sex": one.sex or "",
        "area": one.area[: rules.area_digits],
        "data_class": one.data_class,
        "since": _date(one.since, shift, rules.dates),
        "ends": _date(one.ends, shift, rules.dates),
    }


def _band(birth: date | None, on: date, bands: Sequence[int]) -> str:
    """The class of an age, such as ``25-44``; empty where it is not known or lies ahead."""
    if birth is None or birth > on:
        return ""
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    begins = max(band for band in bands if band <= age)
    following = [band for band in bands if band > begins]
    return f"{begins}-{following[0] - 1}" if following else f"{begins}+"


def _date(day: date | None, shift: int, dates: Dates) -> str:
    if day is None:
        return ""
    if dates is Dates.SHIFT:
        return (day + timedelta(days=shift)).isoformat()
    return (day - timedelta(days=day.weekday()) if dates is Dates.WEEK else day.replace(day=1)).isoformat()
