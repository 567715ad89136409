"""The kinds of fact that bulletins own, and the record that a notice is read into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, computed_field

from lianfang.capabilities.bulletins.facts.briefings import BriefingAnswered as BriefingAnswered
from lianfang.capabilities.bulletins.facts.briefings import BriefingAsked as BriefingAsked
from lianfang.capabilities.bulletins.facts.briefings import BriefingGiven as BriefingGiven
from lianfang.capabilities.bulletins.facts.briefings import BriefingPrepared as BriefingPrepared
from lianfang.capabilities.bulletins.facts.external import ExternalAcknowledged as ExternalAcknowledged
from lianfang.capabilities.bulletins.facts.external import ExternalAssessed as ExternalAssessed
from lianfang.capabilities.bulletins.facts.external import ExternalNotified as ExternalNotified
from lianfang.capabilities.bulletins.facts.feedback import FeedbackAnswered as FeedbackAnswered
from lianfang.capabilities.bulletins.facts.feedback import FeedbackReceived as FeedbackReceived
from lianfang.capabilities.bulletins.facts.library import ClaimAnswered as ClaimAnswered
from lianfang.capabilities.bulletins.facts.library import ClaimWithdrawn as ClaimWithdrawn
from lianfang.capabilities.bulletins.facts.library import HealthItemPublished as HealthItemPublished
from lianfang.capabilities.bulletins.facts.library import HealthItemWithdrawn as HealthItemWithdrawn
from lianfang.facts.fact import AreaCode, Code, FactData, OfficialText, PlaceName

# The civil time of the notices: China has one, without daylight saving.
CIVIL_TIME: Final = timezone(timedelta(hours=8))


def _civil(time: datetime) -> datetime:
    return time.astimezone(CIVIL_TIME)


# A moment as a notice gives it. The record of facts keeps times in UTC; read back, they are in civil time again.
Moment = Annotated[AwareDatetime, AfterValidator(_civil)]


class Unit(StrEnum):
    """What is counted. Numbers of different units are never added or divided."""

    CASE = "case"  # 例
    PERSON = "person"  # 人, 名
    PERSON_TIME = "person_time"  # 人次


class Qualifier(StrEnum):
    """How exact the written number is: N余 and N多 are lower bounds, 近N an upper bound, 约N approximate."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Basis(StrEnum):
    """Where a number comes from: stated in the text, derived by arithmetic, or implied by silence (a zero)."""

    STATED = "stated"
    DERIVED = "derived"
    IMPLIED = "implied"


class Kind(StrEnum):
    """A stock holds at a moment; a flow happened within a window."""

    STOCK = "stock"
    FLOW = "flow"


class Metric(NamedTuple):
    kind: Kind
    unit: Unit
    zh: str
    en: str


_CASE, _PERSON, _TIMES = Unit.CASE, Unit.PERSON, Unit.PERSON_TIME

METRICS: dict[str, Metric] = {
    "confirmed_cum": Metric(Kind.STOCK, _CASE, "累计确诊病例", "confirmed cases, cumulative"),
    "confirmed_existing": Metric(Kind.STOCK, _CASE, "现有确诊病例", "confirmed cases, current"),
    "clinical_cum": Metric(Kind.STOCK, _CASE, "累计临床诊断病例", "clinically diagnosed cases, cumulative"),
    "imported_cum": Metric(Kind.STOCK, _CASE, "累计输入病例", "imported cases, cumulative"),
    "local_cum": Metric(Kind.STOCK, _CASE, "累计本土病例", "local cases, cumulative"),
    "severe": Metric(Kind.STOCK, _CASE, "现有重症病例", "severe cases, current"),
    "critical": Metric(Kind.STOCK, _CASE, "现有危重病例", "critical cases, current"),
    "severe_cum": Metric(Kind.STOCK, _CASE, "累计重症病例", "severe cases, cumulative"),
    "suspected": Metric(Kind.STOCK, _CASE, "现有疑似病例", "suspected cases, current"),
    "suspected_cum": Metric(Kind.STOCK, _CASE, "累计疑似病例", "suspected cases, cumulative"),
    "suspected_excluded_cum": Metric(Kind.STOCK, _CASE, "累计排除疑似病例", "suspected cases excluded, cumulative"),
    "deaths_cum": Metric(Kind.STOCK, _CASE, "累计死亡病例", "deaths, cumulative"),
    "cured_cum": Metric(Kind.STOCK, _CASE, "累计治愈出院病例", "recovered and discharged, cumulative"),
    "hospitalised": Metric(Kind.STOCK, _CASE, "在院治疗病例", "in hospital"),
    "asymptomatic_obs": Metric(Kind.STOCK, _CASE, "在观无症状感染者", "asymptomatic infections under observation"),
    "asymptomatic_cum": Metric(Kind.STOCK, _CASE, "累计无症状感染者", "asymptomatic infections, cumulative"),
    "contacts_traced_cum": Metric(Kind.STOCK, _PERSON, "累计追踪密切接触者", "close contacts traced, cumulative"),
    "contacts_observing": Metric(Kind.STOCK, _PERSON, "正在医学观察", "close contacts under medical observation"),
    "contacts_released_cum": Metric(
        Kind.STOCK, _PERSON, "累计解除医学观察", "close contacts released from observation, cumulative"
    ),
    "screened_epidemic_area_cum": Metric(
        Kind.STOCK, _TIMES, "累计排查疫区来人", "health checks of arrivals from the epidemic area, cumulative"
    ),
    "screened_elsewhere_cum": Metric(
        Kind.STOCK, _TIMES, "累计排查其他外来人员", "health checks of other arrivals, cumulative"
    ),
    "symptomatic_cum": Metric(Kind.STOCK, _PERSON, "累计排查有症状", "found with symptoms, cumulative"),
    "confirmed_new": Metric(Kind.FLOW, _CASE, "新增确诊病例", "confirmed cases, new"),
    "clinical_new": Metric(Kind.FLOW, _CASE, "新增临床诊断病例", "clinically diagnosed cases, new"),
    "imported_new": Metric(Kind.FLOW, _CASE, "新增输入病例", "imported cases, new"),
    "local_new": Metric(Kind.FLOW, _CASE, "新增本土病例", "local cases, new"),
    "severe_new": Metric(Kind.FLOW, _CASE, "新增重症病例", "severe cases, new"),
    "severe_delta": Metric(Kind.FLOW, _CASE, "重症病例增减", "severe cases, change"),
    "critical_new": Metric(Kind.FLOW, _CASE, "新增危重病例", "critical cases, new"),
    "suspected_new": Metric(Kind.FLOW, _CASE, "新增疑似病例", "suspected cases, new"),
    "suspected_excluded": Metric(Kind.FLOW, _CASE, "排除疑似病例", "suspected cases excluded"),
    "suspected_to_confirmed": Metric(Kind.FLOW, _CASE, "疑似转确诊病例", "suspected cases confirmed"),
    "deaths_new": Metric(Kind.FLOW, _CASE, "新增死亡病例", "deaths, new"),
    "cured_new": Metric(Kind.FLOW, _CASE, "新增治愈出院病例", "recovered and discharged, new"),
    "asymptomatic_new": Metric(Kind.FLOW, _CASE, "新增无症状感染者", "asymptomatic infections, new"),
    "asymptomatic_local_new": Metric(Kind.FLOW, _CASE, "新增本土无症状感染者", "local asymptomatic infections, new"),
    "asymptomatic_imported_new": Metric(
        Kind.FLOW, _CASE, "新增输入无症状感染者", "imported asymptomatic infections, new"
    ),
    "asymptomatic_to_confirmed": Metric(
        Kind.FLOW, _CASE, "无症状转确诊病例", "asymptomatic infections confirmed as cases"
    ),
    "asymptomatic_released": Metric(
        Kind.FLOW, _CASE, "解除观察无症状感染者", "asymptomatic infections released from observation"
    ),
    "contacts_new": Metric(Kind.FLOW, _PERSON, "新增密切接触者", "close contacts, new"),
    "contacts_released": Metric(Kind.FLOW, _PERSON, "当日解除医学观察", "close contacts released from observation"),
    "revised_minus": Metric(Kind.FLOW, _CASE, "核减病例", "cases removed by revision"),
    "generation2": Metric(Kind.STOCK, _CASE, "二代病例", "second-generation cases"),
}


class Part(BaseModel):
    """A part of a record: immutable, compared by value."""

    model_config = ConfigDict(frozen=True)


class Count(Part):
    """One number of a notice.

    ``start`` and ``end`` are the half-open span of the number with its unit in the notice's stored text, in Unicode
    code points; both are None where the text does not print the number (implied or derived).
    """

    metric: Code
    n: int
    unit: Unit
    unit_as_written: OfficialText = ""
    qualifier: Qualifier = Qualifier.EXACT
    basis: Basis = Basis.STATED
    start: int | None = None
    end: int | None = None


class AreaCount(Count):
    """A number of one division. ``code`` is None where the name resolves to no division within the notice's area."""

    code: AreaCode | None
    name: PlaceName
    children: tuple[AreaCount, ...] = ()

    def walk(self) -> Iterator[AreaCount]:
        """This entry, then its descendants, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class Window(Part):
    """The half-open time over which flows are counted."""

    start: Moment
    end: Moment

    @computed_field
    @property
    def hours(self) -> float:
        return (self.end - self.start).total_seconds() / 3600


class AreasAffected(Part):
    """「涉及8个盟市」: how many divisions of a level are affected."""

    n: int
    level: Code
    start: int | None = None
    end: int | None = None


class Attributes(Part):
    """What a notice says of its numbers. None where it says nothing."""

    all_new_imported: bool | None = None
    all_imported: bool | None = None
    critical_within_severe: bool | None = None
    all_in_designated_hospital: bool | None = None
    all_in_designated_hospital_except_cured: bool | None = None


class Source(Part):
    """Where a notice was published."""

    title: OfficialText | None = None
    url: OfficialText | None = None
    publisher: OfficialText | None = None
    published_at: Moment | None = None
    note: OfficialText | None = None


class Occurrence(Part):
    """One printing of a notice within a text: the same notice twice is one record with two occurrences."""

    start: int
    end: int


class Issue(Part):
    """Something odd that the reader saw in the wording, with a sentence in both languages."""

    code: Code
    severity: Code  # E, W or I
    zh: OfficialText
    en: OfficialText
    start: int | None = None
    end: int | None = None


class Unread(Part):
    """A number with a counting unit that was not understood, or a sentence of a notice that was not, and why."""

    start: int
    end: int
    text: str
    zh: str
    en: str


class BulletinRecord(Part):
    """What one notice says of one area at one moment (a notice in words, as data).

    ``as_of`` is the cut-off: 24:00 of a day is 00:00 of the next. ``as_of_precision`` is "day" where the text gives no
    hour, and then ``as_of`` is the end of that day.
    """

    bulletin_id: Code | Literal[""]
    source: Source = Source()
    area_code: AreaCode
    disease: Code
    as_of: Moment | None
    as_of_precision: Code = "hour"
    window: Window | None = None
    figures: tuple[Count, ...] = ()
    attrs: Attributes = Attributes()
    by_area: tuple[AreaCount, ...] = ()
    areas_affected: AreasAffected | None = None
    occurrences: tuple[Occurrence, ...] = ()
    issues: tuple[Issue, ...] = ()

    def value(self, metric: str) -> int | None:
        """The stated or derived number of a metric for the notice's own area; None where there is none (never 0)."""
        return next((f.n for f in self.figures if f.metric == metric), None)

    def counts(self) -> Iterator[Count]:
        """Every number of the record: the area's own, then each division's, depth first."""
        yield from self.figures
        for area in self.by_area:
            yield from area.walk()

    @computed_field
    @property
    def stock(self) -> dict[str, int | None]:
        return {m: self.value(m) for m, about in METRICS.items() if about.kind is Kind.STOCK}

    @computed_field
    @property
    def flow(self) -> dict[str, int | None]:
        return {m: self.value(m) for m, about in METRICS.items() if about.kind is Kind.FLOW}


class TextOrigin(StrEnum):
    """Whose words the stored text is."""

    SOURCE = "source"  # the publisher's
    WRITTEN = "written"  # Lianfang's, from figures transcribed from the source


class BulletinReceived(FactData, kind="bulletin.received", version=1):
    """A notice as read: its record and the official text that the record's spans point into."""

    record: BulletinRecord
    text: OfficialText
    text_origin: TextOrigin


class BulletinComposed(FactData, kind="bulletin.composed", version=1):
    """A notice as composed from the record up to ``seq``, with the head of the chain it stands on. Of old records: a
    notice of ours is drafted, checked, approved and issued, and nothing appends this any more."""

    area_code: AreaCode
    as_of: Moment
    seq: int
    chain: Code
    lang: Code
    text: OfficialText
    record: BulletinRecord


# A notice that Lianfang issues: drafted from the registers, checked, approved by another person, issued, revised.

_ISSUES: Final = UUID("0b8d8f5a-6a0e-5f0e-9a0b-6f3f9b1d2c47")
MOST_NOTES: Final = 64

Words = Annotated[OfficialText, Field(min_length=1, max_length=2_000, pattern=r"\S")]


def issue_id(area: str, disease: str, as_of: datetime) -> UUID:
    """What all drafts of a notice of one area, disease and cut-off are about."""
    return uuid5(_ISSUES, f"{area}|{disease}|{as_of.astimezone(CIVIL_TIME).isoformat()}")


class Contents(Part):
    """What a notice says, and all that it follows from: counted again from the record up to ``seq``, whose chain has
    the head ``chain``, it comes to the same bytes. ``edition`` is that of the policy of what a notice states,
    ``indicators`` the digest of how each of its figures is declared, ``software`` the version that counted."""

    area_code: AreaCode
    disease: Code
    as_of: Moment
    seq: int
    chain: Code
    edition: Code
    indicators: Code
    software: Code
    record: BulletinRecord
    zh: OfficialText
    en: OfficialText


class BulletinDrafted(FactData, kind="bulletin.drafted", version=1, founds=True):
    """A notice as somebody would have it issued. ``revises`` is the fact that issued the one whose place it is to take,
    and ``note`` says why."""

    contents: Contents
    revises: UUID | None = None
    note: Words | None = None


class Noted(Part):
    """What a checker says of a warning, by the warning's code."""

    code: Code
    note: Words


class BulletinChecked(FactData, kind="bulletin.checked", version=1):
    """The draft was gone through: no sum of it fails, and each warning has a note."""

    draft: UUID
    notes: Annotated[tuple[Noted, ...], Field(max_length=MOST_NOTES)] = ()


class BulletinReturned(FactData, kind="bulletin.returned", version=1):
    """The draft is not to be issued as it is."""

    draft: UUID
    reason: Words


class BulletinApproved(FactData, kind="bulletin.approved", version=1):
    """Another person than the drafter approves the draft."""

    draft: UUID


class BulletinIssued(FactData, kind="bulletin.issued", version=1):
    """The notice is public from now on: its ``number``-th issue of this cut-off, 2 and more being revisions."""

    draft: UUID
    number: Annotated[int, Field(ge=1)]
    contents: Contents
    revises: UUID | None = None
    note: Words | None = None
