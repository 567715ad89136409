"""Reads the figures of a scenario against its form, ``policy/scenario.toml``: what may be named, its kind, its
bounds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from lianfang.capabilities.drills.rules.faults import Fault
from lianfang.epi.simulate.outbreak import Delay
from lianfang.profiles.disease import Edition, Profile

Table = dict[str, Any]
FAMILIES: Final = ("gamma", "lognormal", "weibull", "fixed")
LONGEST_MEAN_DAYS: Final = 90
MOST_SPREAD: Final = 3
"""A standard deviation beyond so many means is a slip of the pen, and no law here has it."""
WHOLE: Final = frozenset(
    ("age_from", "rest_days", "hotel_guests", "grid_households", "building_households", "team", "school_pupils")
) | {"class_pupils"}
OWN_LENGTH: Final = frozenset(("age_from", "rest_days"))
OWN: Final = "the scenario's own"


@cache
def form() -> Mapping[str, Any]:
    """The form, and the usual scenario."""
    return tomllib.loads(
        resources.files("lianfang.capabilities.drills").joinpath("policy/scenario.toml").read_text("utf-8")
    )


@dataclass
class Reader:
    """Reads fields one by one; what is wrong goes to ``faults``, what was taken and from where to ``shown``."""

    profile: Profile | None = None
    edition: Edition | None = None
    faults: list[Fault] = field(default_factory=list)
    shown: Table = field(default_factory=dict)

    def refuse(self, name: str, zh: str, en: str) -> None:
        self.faults.append(Fault(name, zh, en))

    def table(self, given: object, name: str, known: Sequence[str]) -> Table:
        """A table with no other fields than the known ones."""
        if not isinstance(given, dict):
            self.refuse(name, "应为表", "is no table: write its fields one by one")
            return {}
        for key in given.keys() - set(known):
            listed = ", ".join(known)
            self.refuse(f"{name}.{key}" if name else key, f"无此项;可用{listed}", f"is not known; there are {listed}")
        return {key: value for key, value in given.items() if key in known}

    def tables(self, given: object, name: str) -> list[tuple[str, Table]]:
        """A list of tables with the name of each."""
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self.refuse(name, "应为表的数组", f"is no list of tables: write [[{name}]] before each")
            return []
        return [(f"{name}.{number}", one) for number, one in enumerate(given)]

    def section(self, given: Table, name: str) -> Table:
        """All figures of a section of the form, those of the scenario where it has them."""
        usual = form()[name]
        own = self.table(given.get(name, {}), name, tuple(usual))
        return {key: self.figure(own.get(key), f"{name}.{key}", usual[key]) for key in usual}

    def figure(self, own: object, name: str, usual: Table) -> Any:
        """A number or a list of them (as a tuple), or a Delay, as the form has it; of the scenario unless None."""
        if "family" in usual:
            return self.delay(own, name, usual)
        stated = own if isinstance(own, dict) else {} if own is None else {"value": own}
        self.table(stated, name, ("value", "source", "doi", "status"))
        value = stated.get("value", usual["value"])
        value, cited = self.of_profile(name) if value == "profile" else (value, {})
        self.show(name, {"value": value}, usual, own is not None, {**stated, **cited})
        if value is None:
            return 0.0
        if isinstance(usual["value"], list):
            return self.numbers(value, name, usual)
        return self.number(value, name, usual)

    def number(self, value: object, name: str, usual: Table) -> Any:
        whole = name.rsplit(".", 1)[-1] in WHOLE
        least, most = usual["least"], usual["most"]
        no_number = isinstance(value, bool) or (whole and isinstance(value, float))
        if no_number or not isinstance(value, int | float) or not least <= value <= most:
            zh = f"应为{least:g}至{most:g}的{'整数' if whole else '数'}"
            en = f"is {value!r}: write a {'whole ' if whole else ''}number from {least:g} to {most:g}"
            self.refuse(name, zh, en)
            return usual["least"]
        return value if whole else float(value)

    def numbers(self, value: object, name: str, usual: Table) -> tuple[Any, ...]:
        length = len(usual["value"])
        if not isinstance(value, list):
            self.refuse(name, "应为数组", f"is {value!r}: write a list of numbers in brackets")
            return tuple(usual["value"])
        free = name.rsplit(".", 1)[-1] in OWN_LENGTH or name.startswith("ages.")
        if not free and len(value) != length:
            en = f"has {len(value)} numbers: write {length}, one for each setting or class"
            self.refuse(name, f"应有{length}个数", en)
            return tuple(usual["value"])
        return tuple(self.number(one, name, usual) for one in value)

    def delay(self, own: object, name: str, usual: Table) -> Delay:
        """A law of waiting."""
        known = ("family", "mean_days", "sd_days", "source", "doi", "status")
        stated = self.table({} if own is None else own, name, known)
        family = stated.get("family", usual["family"])
        cited: Table = {}
        mean = stated.get("mean_days", usual["mean_days"])
        if mean == "profile":
            mean, cited = self.of_profile(name)
        sd = stated.get("sd_days", 0 if family == "fixed" else usual["sd_days"])
        shown = {"family": family, "mean_days": mean, "sd_days": sd}
        self.show(name, shown, usual, own is not None, {**stated, **cited})
        if family not in FAMILIES:
            zh, en = f"应为{'、'.join(FAMILIES)}之一", f"is {family!r}: write one of {', '.join(FAMILIES)}"
            self.refuse(f"{name}.family", zh, en)
            return Delay("fixed", 0.0)
        mean = self.number(0 if mean is None else mean, f"{name}.mean_days", {"least": 0, "most": LONGEST_MEAN_DAYS})
        sd = self.number(sd, f"{name}.sd_days", {"least": 0, "most": MOST_SPREAD * LONGEST_MEAN_DAYS})
        if family == "fixed" and sd > 0:
            zh, en = "固定时长没有标准差", "of a fixed delay is 0: leave it out, or name another family"
            self.refuse(f"{name}.sd_days", zh, en)
        elif family != "fixed" and not 0 < sd <= MOST_SPREAD * mean:
            zh = f"应大于0且不超过均值的{MOST_SPREAD}倍"
            en = f"is {sd:g}: write more than 0 and at most {MOST_SPREAD} times the mean"
            self.refuse(f"{name}.sd_days", zh, en)
            return Delay("fixed", mean)
        return Delay(family, mean, sd)

    def of_profile(self, name: str) -> tuple[Any, Table]:
        """What the disease's profile has for a field, and its citation."""
        contact = self.edition.contact if self.edition else None
        if name.endswith("delays.incubation") and self.profile:
            for delay in self.profile.delays:
                if delay.name == "incubation" and delay.mean_days:
                    cited = {"source": f"{delay.source.title} ({delay.source.year})", "doi": delay.source.doi}
                    return delay.mean_days, {**cited, "status": delay.source.status}
        if contact and self.edition and name.endswith(("days_before_onset", "quarantine_days")):
            source = self.edition.source(contact.source)
            days = contact.days_before_onset if name.endswith("days_before_onset") else contact.whole_days
            return days, {"source": source.title, "status": source.status}
        if self.profile:
            zh, en = (
                f"{self.profile.zh}的病种资料中没有,请写出",
                f"the profile of {self.profile.en} does not say it: write it",
            )
            self.refuse(name, zh, en)
        return None, {}

    def show(self, name: str, values: Table, usual: Table, own: bool, stated: Table) -> None:
        cited = {key: usual[key] for key in ("source", "doi", "status") if key in usual and not own}
        given = {key: stated[key] for key in ("source", "doi", "status") if stated.get(key)}
        self.shown[name] = {**values, **(cited if not given.get("source") else {}), **given, "own": own}
        self.shown[name].setdefault("source", OWN)

    def day(self, value: object, name: str) -> date:
        if type(value) is date and date(2000, 1, 1) <= value < date(2100, 1, 1):
            return value
        en = f"is {value}: write a day from 2000 to 2099, without quotes, such as 2020-03-09"
        self.refuse(name, "应为2000至2099年的日期,不加引号,如2020-03-09", en)
        return date.fromisoformat(str(form()["start"]["first_day"]))
