"""What a disease profile is made of: frozen records, read from the TOML files beside this module.

Days are calendar days of Chinese standard time; a range of days includes both ends. ``None`` means that no source says
it, never zero. Every rule group names, in ``source``, one of its edition's sources by code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

Status = Literal["verified", "mirror", "unverified"]
CaseClass = Literal["suspected", "clinical", "probable", "confirmed", "asymptomatic"]
Mode = Literal["home", "central"]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_.][a-z0-9]+)*$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Days = Annotated[int, Field(ge=0)]
Hours = Annotated[int, Field(ge=1)]
OneOrMore = Annotated[int, Field(ge=1)]


class NoProfile(LookupError):
    """There is no profile of that code; the message names those that there are."""


class NoEdition(LookupError):
    """There is no edition of that code, or none in force on that day in that area."""


class ProfileFault(ValueError):
    """A file of a profile is malformed; the message names file, field and reason."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(_Part):
    """A word of the dictionary: what facts hold (``code``), what screens and forms show (``zh``, ``en``)."""

    code: Code
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Item(Term):
    """One item of a definition: of the history, the clinical picture or the closeness of a contact."""

    close: bool = True
    """Of closeness only: whether such a contact is a close one."""


class Alias(Term):
    """A wording that stands in texts for another: ``zh`` is read, ``means`` is written."""

    means: str = Field(min_length=1)


class Source(_Part):
    """Where a rule stands: seen in a public source (``verified``), on a copy of it (``mirror``), or not yet."""

    code: Code
    title: str = Field(min_length=1)
    url_or_ref: str = Field(min_length=1)
    date: date | None
    """Day of publication."""
    status: Status


class Alternative(_Part):
    """One way to belong to a class of cases: so many items of each kind, and every one of ``required``."""

    history_least: Days
    clinical_least: Days
    required: tuple[str, ...] = ()
    """Codes of items, or of a test that must be positive."""


class Slot(Term):
    """A time of the day at which an observed person is checked, local time, ``ends`` excluded."""

    begins: Clock
    ends: Clock


class ContactRule(_Part):
    """Who is a close contact, and for how long one is observed."""

    source: Code
    days_before_onset: Days
    """From how many days before the onset contact with a case counts; 0: from the day of onset."""
    days_before_sampling: Days | None
    """The same before the sampling of an infected person without symptoms; None: the edition has no such rule."""
    days_after_onset: Days | None
    """Until how many days after the onset contact counts; None: until the case is isolated."""
    observe_days: OneOrMore
    """Days of observation after the last exposure, in the mode ``mode_first``: from 20 January, 14 ends 3 February."""
    mode_first: Mode
    home_days: Days
    """Days of observation at home that follow ``observe_days`` (7 + 3); 0: none."""
    monitor_days: Days
    """Days of looking after one's own health after the release; no observation any more."""
    slots: tuple[Slot, ...] = Field(min_length=1)
    slots_source: Code
    closeness: tuple[Item, ...] = Field(min_length=1)
    """Every kind of contact that the edition speaks of, and whether it is close."""
    unless: tuple[str, ...]
    """Kinds that make a contact not a close one, whatever else it was: with effective protection."""
    of_suspected: bool
    """Whether contacts of suspected cases are observed too."""
    of_contacts: bool
    """Whether close contacts of close contacts are sought too (密接的密接)."""

    @property
    def whole_days(self) -> int:
        """All days of observation after the last exposure: ``observe_days`` and ``home_days``."""
        return self.observe_days + self.home_days


class ClusterRule(_Part):
    """What is a cluster: ``least`` cases within ``days`` days in one small place."""

    source: Code
    days: OneOrMore
    least: Annotated[int, Field(ge=2)]
    counts_asymptomatic: bool


class Clocks(_Part):
    """Hours allowed, each from the act before it; None where the edition sets none."""

    source: Code
    report_h: Hours | None = None
    """From the finding of a case to its report in the network."""
    verify_h: Hours | None = None
    """From the report to its verification by the centre for disease control."""
    investigate_h: Hours | None = None
    """From the report to the finished investigation of the case."""
    first_contact_h: Hours | None = None
    """From the report to the first word with each known close contact."""
    event_h: Hours | None = None
    """From the first confirmed case of a county, or a cluster, to its report as an event."""


class TestRule(_Part):
    """So many negative results in a row, sampled at least so many hours apart, exclude a suspected case."""

    __test__ = False  # or pytest takes the name for a test
    source: Code
    test: Code
    results: OneOrMore
    hours_apart: Hours
    antibodies_after_days: OneOrMore | None
    """So many days after the onset the specific antibodies must be absent too; None: not asked."""


class DischargeRule(_Part):
    """When a patient is discharged, and how long one is followed afterwards."""

    source: Code
    afebrile_days: Days
    """More than so many days without fever."""
    tests: Days
    """Negative results in a row; 0: none asked."""
    hours_apart: Hours | None
    after_days: Days | None
    """Days of observation after the discharge."""


class AsymptomaticRule(_Part):
    """When an infected person without symptoms is released from central observation."""

    source: Code
    days: OneOrMore
    tests: Days
    hours_apart: Hours | None


class Edition(_Part):
    """A disease's rules as one authority put them in force, for some days and some area."""

    code: Code
    disease: Code
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    authority: Literal["national", "who"]
    begins: date
    ends: date | None
    """Last day in force; None: open."""
    area: Annotated[str, Field(pattern=r"^([1-9]\d{5})?$")]
    """Division within which alone the edition holds; empty: everywhere."""
    sources: tuple[Source, ...] = Field(min_length=1)
    definition: Code
    """Source of the case definition."""
    classes: frozenset[CaseClass] = Field(min_length=1)
    history_days: OneOrMore | None
    """How many days before the onset a history item counts."""
    history: tuple[Item, ...]
    clinical: tuple[Item, ...]
    suspected: tuple[Alternative, ...]
    clinically_diagnosed: tuple[Alternative, ...] = ()
    """Ways to be a clinically diagnosed case; empty where the edition has no such class, or leaves it to the doctor."""
    probable: tuple[Alternative, ...] = ()
    """Ways to be a probable case without a test."""
    probable_results: tuple[str, ...] = ()
    """Test results of which one makes a suspected case a probable one."""
    confirmed: tuple[str, ...]
    """Tests of which one positive confirms; empty where the edition has no confirmed class."""
    needs_suspected: bool
    """Whether only a suspected case can be confirmed."""
    fever_c: Annotated[float, Field(gt=35, lt=42)] | None
    """Body temperature, °C, from which on it is fever."""
    fever_source: Code | None
    incubation_most_days: OneOrMore | None
    contact: ContactRule | None
    cluster: ClusterRule | None
    clocks: Clocks | None
    exclusion: TestRule | None
    discharge: DischargeRule | None
    asymptomatic: AsymptomaticRule | None

    @property
    def digest(self) -> str:
        """SHA-256, hex, of what the edition rules. Its end and its sources may become known later."""
        content = _ruled(self.model_dump(mode="json", exclude={"ends", "sources", "definition"}))
        content["classes"] = sorted(self.classes)
        return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def holds(self, on: date, area: str = "") -> bool:
        """Whether it is in force on a day in an area (a division code; empty: the country)."""
        return self.begins <= on <= (self.ends or date.max) and within(area, self.area)

    def source(self, code: str) -> Source:
        """The source that a rule group names."""
        return next(s for s in self.sources if s.code == code)

    def close(self, closeness: Iterable[str]) -> bool:
        """Whether contact of these kinds is close contact: one close kind is enough, if none of ``unless`` is there.

        ValueError for a kind that the edition does not speak of.
        """
        rule = self._contact()
        known = {item.code: item.close for item in rule.closeness}
        kinds = tuple(closeness)
        if unknown := [code for code in kinds if code not in known]:
            raise ValueError(f"{self.code}: no closeness {', '.join(unknown)}; known: {', '.join(known)}")
        return not set(kinds) & set(rule.unless) and any(known[code] for code in kinds)

    def window(self, *, onset: date | None = None, sampled: date | None = None) -> tuple[date, date | None]:
        """The days on which contact with a case counts: of one who fell ill (``onset``), or never did (``sampled``).

        With both, the onset counts. The last day is None where the window is open until the case is isolated.
        ValueError where neither day is given, or where the edition has no rule for a case without onset.
        """
        rule = self._contact()
        if onset is not None:
            last = None if rule.days_after_onset is None else onset + timedelta(rule.days_after_onset)
            return onset - timedelta(rule.days_before_onset), last
        if sampled is None:
            raise ValueError("give the day of onset, or of sampling of one without symptoms")
        if rule.days_before_sampling is None:
            raise ValueError(f"{self.code}: no window for a case without onset; give the day of onset")
        return sampled - timedelta(rule.days_before_sampling), None

    def history_window(self, onset: date) -> tuple[date, date]:
        """The days on which a stay or a contact counts as history of a case. ValueError where no source sets them."""
        if self.history_days is None:
            raise ValueError(f"{self.code}: no source says how many days before the onset count as history")
        return onset - timedelta(self.history_days), onset

    def _contact(self) -> ContactRule:
        if self.contact is None:
            raise ValueError(f"{self.code}: the edition has no rule of contacts")
        return self.contact


def _ruled(table: dict[str, Any]) -> dict[str, Any]:
    """A table without the names of sources, at every depth."""
    return {
        key: _ruled(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if not key.endswith("source")
    }


class Citation(_Part):
    """A publication that a delay is taken from."""

    title: str = Field(min_length=1)
    year: int
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")]
    status: Status


class Delay(_Part):
    """A distribution of the time between two events of one person, or of one pair. All figures in days."""

    name: Literal[
        "incubation",
        "serial_interval",
        "generation_time",
        "onset_to_admission",
        "onset_to_confirmation",
        "onset_to_death",
    ]
    family: Literal["lognormal", "gamma", "weibull", "normal"] | None
    mean_days: float | None
    sd_days: Annotated[float, Field(gt=0)] | None
    median_days: float | None
    dispersion: Annotated[float, Field(gt=1)] | None
    """Of a lognormal one: e to the power of the standard deviation of the logarithm."""
    low_days: float | None
    """95 % interval of the mean, or of the median where no mean is given."""
    high_days: float | None
    n: OneOrMore | None
    """Persons or pairs that it was estimated from."""
    note: str = ""
    source: Citation


class Profile(_Part):
    """A disease as dated, cited data."""

    code: Code
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    early: Literal["four", "five"]
    """四早 (found, reported, isolated, treated early) or 五早 (and diagnosed)."""
    severities: tuple[Term, ...]
    symptoms: tuple[Term, ...] = Field(min_length=1)
    editions: tuple[Edition, ...] = Field(min_length=1)
    """By first day in force."""
    delays: tuple[Delay, ...]
    meets: Mapping[Code, tuple[Code, ...]]
    """By an item of a definition, the wider items that it meets by its own words, whichever edition asks for them: with
    fever there is fever or a respiratory symptom."""

    @property
    def latest(self) -> Edition:
        """The edition that came into force last and holds everywhere, a national one before one of the WHO."""
        return max((e for e in self.editions if not e.area), key=lambda e: (e.authority == "national", e.begins))

    def edition(self, code: str) -> Edition:
        """The edition of a code; NoEdition names those that there are."""
        for edition in self.editions:
            if edition.code == code:
                return edition
        raise NoEdition(f"{self.code} has no edition {code}; there are {', '.join(e.code for e in self.editions)}")

    def in_force(self, on: date, area: str = "") -> Edition:
        """The edition in force on a day in an area (a division code; empty: the country).

        The narrowest area wins, then a national edition over one of the WHO. NoEdition outside all dates.
        """
        held = [e for e in self.editions if e.holds(on, area)]
        if not held:
            spans = ", ".join(f"{e.code} {e.begins}–{e.ends or ''}" for e in self.editions)
            raise NoEdition(f"{self.code} has no edition in force on {on}; there are {spans}")
        return max(held, key=lambda e: (stem(e.area), e.authority == "national"))

    @property
    def first(self) -> Edition:
        """The edition that came into force first and holds everywhere."""
        return min((e for e in self.editions if not e.area), key=lambda e: (e.begins, e.code))

    def judged_by(self, on: date, area: str = "") -> Edition:
        """The edition that what happened on a day in an area is judged by: the one in force, or before there was any,
        the first. NoEdition after the last has ended."""
        return self.first if on < self.first.begins else self.in_force(on, area)


def stem(area: str) -> str:
    """What the codes within a division begin with: 42 of 420000, 4201 of 420100; of nine and more digits, all."""
    if len(area) != 6:
        return area
    return area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area


def within(area: str, outer: str) -> bool:
    """Whether a division lies in another or is it; every area lies in the empty one."""
    return area.startswith(stem(outer))
