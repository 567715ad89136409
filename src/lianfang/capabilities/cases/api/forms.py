"""What the routes of cases take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field, create_model

from lianfang.capabilities.cases.facts import About, CaseOutcome, Class, ClinicalSeverity, InfectionSource
from lianfang.capabilities.cases.queries import COLUMNS, SORTS
from lianfang.facts.api import Time
from lianfang.facts.fact import AreaCode, Code
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema
from lianfang.identity.forms import PersonOut

Word = Annotated[str, Field(max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=5_000)]
ColumnName = Literal[tuple(COLUMNS)]  # type: ignore[valid-type]  # one of the columns
SortName = Literal[SORTS]  # type: ignore[valid-type]


class Closed(Schema):
    model_config = ConfigDict(extra="forbid")


class CaseTitleOut(Schema):
    zh: str
    en: str


class CaseCodeOut(CaseTitleOut):
    code: str


class ReportIn(Closed):
    """A report card of a person who was entered before. Give ``case`` and ``id`` to be able to send it twice."""

    person: UUID
    disease: Code
    as_class: Class
    area: AreaCode
    observed_at: Time | None = None
    about: About = About()
    severity: ClinicalSeverity | None = None
    number: Code | None = None
    edition: Code | None = None
    case: UUID | None = None
    id: UUID | None = None
    cause: Annotated[list[UUID], Field(max_length=20)] = Field(default_factory=list)


class CaseMadeOut(Schema):
    case: UUID
    fact: UUID


class RecordedOut(Schema):
    fact: UUID


class RecordIn(Closed):
    """When it happened (default: now), the fact's id where it is minted outside, and what it corrects."""

    observed_at: Time | None = None
    id: UUID | None = None
    corrects: UUID | None = None
    seen: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    """``latest`` of the card that was open: what others have told since is not overwritten."""


class CaseCorrectIn(RecordIn):
    """What a report card (``corrects``) should have said, whole; person and disease stay. Without ``observed_at`` the
    diagnosis stays where it was, without ``edition`` the edition."""

    corrects: UUID
    as_class: Class
    about: About = About()
    severity: ClinicalSeverity | None = None
    number: Code | None = None
    edition: Code | None = None


class CaseRetractIn(Closed):
    fact: UUID
    why: Why
    id: UUID | None = None


class ConditionIn(Closed):
    """What a column must be. Values are written as text: ``2020-01-28``, ``true``, ``38``."""

    any_of: Annotated[list[Word], Field(max_length=200)] = Field(default_factory=list)
    least: Word | None = None
    most: Word | None = None
    known: bool | None = None


class FilterIn(Closed):
    """Which cases, in which order. ``text`` begins their number; ``twice``: of persons with another open case;
    ``waiting``: confirmed and in no hospital."""

    area: Annotated[str, Field(max_length=64)] = ""
    text: Word = ""
    where: Annotated[dict[ColumnName, ConditionIn], Field(max_length=40)] = Field(default_factory=dict)
    twice: bool = False
    waiting: bool = False
    sort: SortName = "reported_at"
    descending: bool = True
    columns: Annotated[list[ColumnName], Field(max_length=len(COLUMNS))] = Field(default_factory=list)
    """Empty: all."""


class CaseListIn(FilterIn):
    after: Annotated[str, Field(max_length=500)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    names: bool = False
    purpose: Word | None = None
    """Needed for names: a look at people says for what."""


_TYPES: dict[str, Any] = {
    "text": str, "area": str, "day": date, "time": datetime, "number": float, "yes_no": bool, "id": UUID,
}  # fmt: skip
CaseOut: Any = create_model(
    "CaseOut", __base__=Schema, **{name: (_TYPES[column.kind] | None, None) for name, column in COLUMNS.items()}
)
"""A case of a list: those columns that were asked for, and ``subject`` always."""


class CasePageOut(Schema):
    cases: list[CaseOut]
    after: str | None
    total: int
    more: bool
    """Whether there are more than ``total``: long lists are not counted to their end."""
    people: dict[str, PersonOut]
    """By pseudonym; only those whom the viewer's role sees, and only where names were asked for."""


class CaseFaultOut(CaseTitleOut):
    fact: UUID
    field: str
    code: str


class IntervalOut(CaseTitleOut):
    name: str
    low_h: float | None
    high_h: float | None
    limit_h: int | None
    late: bool | None


class ResultOut(Schema):
    at: AwareDatetime
    test: str
    result: str
    ct: float | None
    fact: UUID


class SampleOut(Schema):
    id: UUID
    at: AwareDatetime
    material: str
    number: str | None
    laboratory: str | None
    received: AwareDatetime | None
    fit: bool | None
    results: list[ResultOut]
    accession: str | None
    archive: str | None
    lineage: str | None


class CaseFactOut(Schema):
    """A fact on the timeline. ``holds``: not corrected or taken back; ``counts``: also applied."""

    id: UUID
    kind: str
    at: AwareDatetime
    received_at: AwareDatetime
    seq: int
    author: str
    area: str
    corrects: UUID | None
    data: dict[str, Any]
    holds: bool
    counts: bool


class CheckOut(CaseTitleOut):
    code: str


class DecidedOut(Schema):
    at: AwareDatetime
    to: Class
    edition: str
    basis: str
    fact: UUID


class HospitalOut(Schema):
    hospital: str
    designated: bool
    admitted: AwareDatetime
    left: AwareDatetime | None
    reason: str


class CaseProposalOut(CaseTitleOut):
    edition: str
    would_be: Class | None
    history: list[str]
    clinical: list[str]


class CaseStayOut(Schema):
    area: str
    first: date
    last: date
    in_window_from: date | None
    in_window_to: date | None
    listed: bool


class ObligationOut(Schema):
    rule: str
    task: UUID
    begins: AwareDatetime
    due: AwareDatetime
    done_at: AwareDatetime | None


class CaseCardOut(Schema):
    """A case with all that follows from its facts."""

    case: UUID
    person: UUID
    disease: str
    edition: str
    edition_title: CaseTitleOut | None
    number: str | None
    batch: UUID | None
    area: str
    author: str
    to: Class
    severity: ClinicalSeverity | None
    source: InfectionSource | None
    came_from: str | None
    outcome: CaseOutcome | None
    reported_at: AwareDatetime
    received_at: AwareDatetime
    ended_at: AwareDatetime | None
    isolated_at: AwareDatetime | None
    isolated_where: str | None
    treated_at: AwareDatetime | None
    investigated_at: AwareDatetime | None
    contacts: int | None
    about: About
    decided: list[DecidedOut]
    hospital_stays: list[HospitalOut]
    samples: list[SampleOut]
    results: list[ResultOut]
    intervals: list[IntervalOut]
    early: Literal["four", "five"] | None
    proposal: CaseProposalOut | None
    would_be: Class | None
    review_edition: str | None
    stays: list[CaseStayOut]
    timeline: list[CaseFactOut]
    names: dict[str, str]
    """Of those who recorded, by their code; a post or the command line has none."""
    latest: int
    faults: list[CaseFaultOut]
    disputed: list[UUID]
    checks: list[CheckOut]
    obligations: list[ObligationOut]
    others: list[CaseOut]


class CasePartOut(Schema):
    area: str
    zh: str
    en: str
    stocks: dict[str, int]
    flows: dict[str, int]


class BalanceOut(CaseTitleOut):
    name: str
    left: int
    right: int
    holds: bool


class AttributesOut(Schema):
    """What a notice may say of its numbers; None where there is nothing to say it of."""

    all_new_imported: bool | None
    all_in_designated_hospital: bool | None


class CaseCountsOut(Schema):
    area: str
    disease: str
    as_of: AwareDatetime | None
    since: AwareDatetime | None
    until: AwareDatetime | None
    known_at: AwareDatetime | None
    seq: int
    stocks: dict[str, int]
    flows: dict[str, int]
    attributes: AttributesOut
    parts: list[CasePartOut]
    checks: list[BalanceOut]


class ReviewIn(Closed):
    disease: Code
    edition: Code
    area: Annotated[str, Field(max_length=64)] = ""
    confirmed: Annotated[str, Field(max_length=64)] | None = None
    """The ``digest`` of the difference that was shown: with it, exactly that is recorded."""
    decide: bool = False
    """Whether each case that can is also decided so."""


class DifferenceOut(CaseTitleOut):
    case: UUID
    number: str | None
    area: str
    was: Class
    would_be: Class
    can: bool


class MoveOut(Schema):
    was: Class
    would_be: Class
    cases: int


class ReviewOut(Schema):
    edition: str
    cases: int
    unclear: int
    differences: list[DifferenceOut]
    """The first thousand; ``moves`` counts all."""
    moves: list[MoveOut]
    digest: str
    recorded: int


class AssessIn(Closed):
    area: AreaCode
    disease: Code
    as_of: Time
    likelihood: Code
    consequence: Code
    level: Code | None = None
    basis: Text
    measures: Text
    place: Word | None = None
    next_due: date | None = None
    id: UUID | None = None


class AssessedOut(Schema):
    id: UUID


class AssessmentOut(Schema):
    subject: UUID
    area: str
    author: str
    disease: str
    at: AwareDatetime
    as_of: AwareDatetime
    seq: int
    likelihood: str
    consequence: str
    level: str
    basis: str
    measures: str
    place: str | None
    next_due: date | None


class GradesOut(Schema):
    likelihoods: list[CaseCodeOut]
    consequences: list[CaseCodeOut]
    levels: list[CaseCodeOut]
    matrix: dict[str, list[str]]
    source: str


class AssessmentsOut(Schema):
    assessments: list[AssessmentOut]
    grades: GradesOut


class SampleRowOut(Schema):
    id: UUID
    case: UUID
    area: str
    disease: str
    number: str | None
    material: str
    laboratory: str | None
    sampled_at: AwareDatetime
    received_at: AwareDatetime | None
    fit: bool | None
    test: str | None
    result: str | None
    result_at: AwareDatetime | None


class ViewIn(Closed):
    room: Code
    name: Annotated[str, Field(min_length=1, max_length=64)]
    shown: Annotated[dict[Word, Any], Field(max_length=40)]


class ViewOut(Schema):
    id: UUID
    room: str
    name: str
    shown: dict[str, Any]
