"""Endpoints of risk assessments."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.api.forms import (
    AssessedOut,
    AssessIn,
    AssessmentOut,
    AssessmentsOut,
    CaseCodeOut,
    GradesOut,
    Word,
)
from lianfang.capabilities.cases.rules.risk import Title, risk

router = Router()


@router.get("/assessments", response={200: AssessmentsOut, **PROBLEMS}, operation_id="assessments")
@answering
def assessments(request: HttpRequest, area: Word = "", disease: Word = "") -> AssessmentsOut:
    """The assessments of an area and below, newest first, and the grades to assess with."""
    found = queries.assessments(request.viewer, area=area, disease=disease)
    policy = risk()
    return AssessmentsOut(
        assessments=[
            AssessmentOut(**{name: getattr(row, name) for name in AssessmentOut.model_fields}) for row in found
        ],
        grades=GradesOut(
            likelihoods=_codes(policy.likelihoods),
            consequences=_codes(policy.consequences),
            levels=_codes(policy.levels),
            matrix={likelihood: list(row) for likelihood, row in policy.matrix.items()},
            source=policy.source,
        ),
    )


@router.post("/assessments", response={200: AssessedOut, **PROBLEMS}, operation_id="assess")
@answering
def assess(request: HttpRequest, body: AssessIn) -> AssessedOut:
    """Records an assessment of the risk in an area, on what is known now as of a moment."""
    return AssessedOut(id=service.assess(request.viewer, **body.model_dump(), now=clock.now()))


def _codes(grades: Mapping[str, Title]) -> list[CaseCodeOut]:
    return [CaseCodeOut(code=code, zh=one.zh, en=one.en) for code, one in grades.items()]
