"""What is sent and answered about contacts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from lianfang.capabilities.cases.facts import About, Class, ClinicalSeverity
from lianfang.capabilities.contacts.facts import Close, Exposure, Half, Release
from lianfang.capabilities.contacts.queries.lists import Sort
from lianfang.capabilities.contacts.rules.observing import Cell
from lianfang.capabilities.contacts.rules.proposals import Propose
from lianfang.capabilities.contacts.service.checks import MOST, By
from lianfang.capabilities.contacts.state.contact import Status
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.facts.api import Time
from lianfang.facts.fact import AreaCode, Code, Day
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Area = Annotated[str, Field(max_length=64)]
Cursor = Annotated[str, Field(max_length=128)]
Limit = Annotated[int, Field(ge=1, le=500)]


class In(Schema):
    model_config = ConfigDict(extra="forbid")


class AtIn(In):
    """When it happened; now, where it is left out."""

    at: Time | None = None


class ExposureIn(AtIn):
    """Somebody was exposed. Without ``person``, somebody who is still to be found; ``contact`` names such a one."""

    person: UUID | None = None
    contact: UUID | None = None
    disease: Code
    edition: Code | None = None
    """By default the one in force."""
    area: AreaCode
    exposure: Exposure
    traced: bool = False
    judged: Close | None = None
    number: Code | None = None


class NoteOut(Schema):
    code: str
    zh: str
    en: str


class ContactStateOut(Schema):
    """Where a contact stands after an act."""

    contact: UUID
    status: Status
    close: Close | None
    observed: bool
    due: date | None
    """The last day of observation; it can be completed from the end of that day on."""
    release_from: datetime | None
    case: UUID | None


class RegisteredOut(ContactStateOut):
    new: bool
    fact: UUID
    notes: list[NoteOut]


class TraceIn(AtIn):
    person: UUID


class JudgeIn(AtIn):
    close: Close
    basis: Code


class ReferIn(AtIn):
    to: Code | None = None


class ConvertIn(AtIn):
    """The case that the contact became; or, without it, what to report it as."""

    case: UUID | None = None
    as_class: Class = Class.SUSPECTED
    about: About = About()
    severity: ClinicalSeverity | None = None
    number: Code | None = None


class ReleaseIn(AtIn):
    reason: Release
    to: AreaCode | None = None


class ReleaseManyIn(AtIn):
    contacts: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    reason: Literal[Release.COMPLETED, Release.SOURCE_EXCLUDED, Release.NOT_CLOSE]


class ShortenIn(AtIn):
    due: Day
    basis: Code


class ContactHandOverIn(AtIn):
    to: AreaCode


class ContactCorrectIn(AtIn):
    """The exposure that a fact told, as it was."""

    fact: UUID
    exposure: Exposure


class ContactRetractIn(AtIn):
    fact: UUID
    why: Why


class CheckIn(In):
    contact: UUID
    day: Day
    half: Half
    outcome: Attempt
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    symptoms: Annotated[list[Code], Field(max_length=64)] = []  # noqa: RUF012  # pydantic copies it
    by: By = "worker"
    at: Time | None = None
    id: UUID | None = None
    """Makes it the same check when it is sent again."""


class ChecksIn(In):
    checks: Annotated[list[CheckIn], Field(min_length=1, max_length=MOST)]


class ContactWrongOut(Schema):
    """What is wrong with a row, counted from 1, and what to do."""

    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class TakenOut(Schema):
    taken: list[int]
    wrong: list[ContactWrongOut]


class ReleasedOut(Schema):
    released: list[UUID]
    wrong: list[ContactWrongOut]


class ContactListIn(In):
    """Narrows, sorts and pages the list. Days include both ends."""

    contacts: Annotated[list[UUID], Field(max_length=500)] = []  # noqa: RUF012  # pydantic copies it
    area: Area = ""
    status: Annotated[list[Status], Field(max_length=8)] = []  # noqa: RUF012  # pydantic copies it
    close: Annotated[list[Close], Field(max_length=4)] = []  # noqa: RUF012  # pydantic copies it
    disease: Code | None = None
    source: UUID | None = None
    person: UUID | None = None
    case: UUID | None = None
    batch: UUID | None = None
    number: Code | None = None
    setting: Code | None = None
    conveyance: Code | None = None
    reason: Release | None = None
    author: Code | None = None
    observed: bool | None = None
    faulty: bool | None = None
    due_from: Day | None = None
    due_to: Day | None = None
    exposed_from: Day | None = None
    exposed_to: Day | None = None
    registered_from: Time | None = None
    registered_to: Time | None = None
    sort: Sort = "registered_at"
    descending: bool = False
    after: Cursor = ""
    limit: Limit = 50
    names: bool = False
    purpose: Annotated[str, Field(max_length=64)] = ""


class ContactOut(ContactStateOut):
    """A line of the list. ``age_hours`` since the registration, of those still to be traced."""

    area: str
    author: str
    owner: str
    """Who has to find the contact: whoever registered it, until a task is given to another."""
    disease: str
    edition: str
    person: UUID | None
    number: str | None
    batch: UUID | None
    registered_at: datetime
    traced_at: datetime | None
    informed_at: datetime | None
    referred_at: datetime | None
    ended_at: datetime | None
    reason: Release | None
    to: str | None
    first_exposed: date
    last_exposed: date
    due_by_rule: date | None
    exposures: int
    settings: list[str]
    conveyances: list[str]
    age_hours: float | None
    faults: int
    disputed: bool


class ContactPersonOut(Schema):
    """What the viewer may see of a person."""

    id: UUID
    shown: dict[str, object]
    masked: list[str]
    hidden: list[str]


class ContactPageOut(Schema):
    contacts: list[ContactOut]
    people: list[ContactPersonOut] | None
    """By the ids of the page's contacts, where names were asked for."""
    next: str | None
    total: int


class ContactProposalOut(Schema):
    what: Propose
    due: date | None
    cases: list[UUID]


class HalfOut(Schema):
    """A slot and what it shows. ``late``: it was filled when it was over."""

    half: str
    cell: Cell
    temp_c: float | None
    symptoms: list[str]
    at: datetime | None
    late: bool


class DayOut(Schema):
    """A day of an observation; ``number`` counts from the day after the last exposure, null of the days before."""

    day: date
    number: int | None
    halves: list[HalfOut]


class ContactLineOut(Schema):
    contact: ContactOut
    days: list[DayOut]


class BoardOut(Schema):
    """``tally``: contacts by slot of the day and what the slot shows; ``late``: by slot, those of them whose slot was
    filled when it was over."""

    day: date
    contacts: list[ContactLineOut]
    next: str | None
    total: int
    tally: dict[str, dict[str, int]]
    late: dict[str, int]


class ToCheckOut(Schema):
    """Whom to check: nothing of the disease, nor of who exposed them."""

    contact: UUID
    person: UUID | None
    area: str
    due: date
    """The last day of observation."""
    halves: list[HalfOut]
    """The slots of the day."""


class ToCheckPageOut(Schema):
    day: date
    contacts: list[ToCheckOut]
    next: str | None
    total: int


class SourceOut(Schema):
    case: UUID
    number: str | None
    as_class: str
    outside_window: bool


class ContactToldOut(Schema):
    """An exposure that stands."""

    fact: UUID
    at: datetime
    exposure: Exposure
    edition: str
    due: date | None
    close: bool | None
    source: SourceOut | None


class ContactFaultOut(Schema):
    """A fact that contradicts: it is shown and not applied."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


class ContactEntryOut(Schema):
    """A fact of the contact; ``stands`` is false where it was corrected, taken back or not applied."""

    id: UUID
    seq: int
    kind: str
    area: str
    observed_at: datetime
    received_at: datetime
    author: str
    corrects: UUID | None
    cause: list[UUID]
    stands: bool
    data: dict[str, object]


class ContactCardOut(Schema):
    contact: ContactOut
    exposures: list[ContactToldOut]
    days: list[DayOut]
    slots_due: int
    slots_seen: int
    slots_late: int
    """Of all that were filled, those that were over by then."""
    proposals: list[ContactProposalOut]
    faults: list[ContactFaultOut]
    timeline: list[ContactEntryOut]
    names: dict[str, str]
    """Of those who recorded, by their code; a post or the command line has none."""


class ContactTallyOut(Schema):
    """Contacts that a division follows at a moment. ``holds``: traced = observing + released + converted +
    transferred + lost + died."""

    registered: int
    traced: int
    to_trace: int
    untraced_ended: int
    observing: int
    released: int
    converted: int
    transferred: int
    moved_out: int
    """None of these: another division of this record, outside of this one, has taken them over."""
    lost: int
    died: int
    holds: bool


class ContactPartOut(Schema):
    area: str
    stock: ContactTallyOut
    flows: dict[str, int] | None


class ContactCountsOut(ContactPartOut):
    as_of: datetime
    known_at: datetime
    parts: list[ContactPartOut]


class ProposedOut(Schema):
    contact: ContactOut
    proposals: list[ContactProposalOut]


class ProposedPageOut(Schema):
    contacts: list[ProposedOut]
    next: UUID | None
