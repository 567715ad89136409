"""The endpoint of the template of risk assessments."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.queries.assessing import assessment
from lianfang.capabilities.warning.queries.risk import Asked
from lianfang.capabilities.warning.rules.assessing import template
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router()
Word = Annotated[str, Field(max_length=64)]


class AssessmentLineOut(Schema):
    zh: str
    en: str


class AssessmentSectionOut(AssessmentLineOut):
    """A question, with the figures that help to answer it."""

    code: str
    lines: list[AssessmentLineOut]


class UntracedOut(Schema):
    """A confirmed case of unknown source; ``due`` is of the open task to trace it, None where there is none."""

    case: UUID
    area: str
    confirmed_at: AwareDatetime
    task: UUID
    due: AwareDatetime | None


class ChainSumsOut(Schema):
    """Cases that links tie to others, the links to them, the chains that they form, the highest generation."""

    cases: int
    links: int
    chains: int
    generation: int


class AssessmentTemplateOut(Schema):
    """``untraced`` is None for who sees sums only; ``chains`` of an earlier state of the record, for they are kept as
    they stand."""

    area: str
    disease: str
    as_of: AwareDatetime
    known_at: AwareDatetime | None
    seq: int
    days: int
    sections: list[AssessmentSectionOut]
    untraced: list[UntracedOut] | None
    chains: ChainSumsOut | None
    source: str


@router.get(
    "/warning/assessment", response={200: AssessmentTemplateOut, **PROBLEMS}, operation_id="assessment_template"
)
@answering
def assessment_template(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", as_of: Time | None = None,
    known_at: Time | None = None,
) -> AssessmentTemplateOut:  # fmt: skip
    """The questions of a risk assessment with the figures of an area, as of a moment and as known at a time, and the
    cases of unknown source with their tasks. What is decided is recorded with ``POST /assessments``."""
    now = clock.now()
    found = assessment(request.viewer, Asked(area, disease, "", as_of, known_at), now=now)
    return AssessmentTemplateOut(
        area=area, disease=disease, as_of=as_of or now, known_at=known_at, seq=found.at.seq, days=template().days,
        sections=[
            AssessmentSectionOut(
                code=one.code, zh=one.zh, en=one.en,
                lines=[AssessmentLineOut(zh=its.zh, en=its.en) for its in one.lines],
            )
            for one in found.sections
        ],
        untraced=None if found.untraced is None else [UntracedOut(**one._asdict()) for one in found.untraced],
        chains=ChainSumsOut(**found.chains._asdict()) if found.chains else None, source=template().source,
    )  # fmt: skip
