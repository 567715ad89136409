"""Endpoints of what is done about findings: put right, looked at again, spoken of, closed, taken back; and what is
overdue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.oversight.api.findings import OpenedFindingOut, opened
from lianfang.capabilities.oversight.api.steps import (
    FindingActIn,
    FindingCloseIn,
    FindingRecheckIn,
    FindingRectifyIn,
    FindingRetractIn,
    FindingStatementIn,
)
from lianfang.capabilities.oversight.queries import loop as queries
from lianfang.capabilities.oversight.service import findings as service
from lianfang.facts.shape import Schema

router = Router(tags=["oversight"])
Area = Annotated[str, Field(max_length=64)]


class OverdueFindingOut(Schema):
    """``of``: of a rule, or of an inspection, which ``id`` names; ``rectified``: it was said to be put right, and is to
    be looked at again. ``unit`` is the grid or post, by name."""

    of: Literal["rule", "inspection"]
    id: UUID
    code: str
    zh: str
    en: str
    area: str
    unit: str
    due: AwareDatetime
    rectified: bool


class FindingLoopOut(Schema):
    """Findings of rules by ``stages``, the closed ones by ``outcomes``; the longest overdue of ``total``."""

    stages: dict[str, int]
    outcomes: dict[str, int]
    total: int
    overdue: list[OverdueFindingOut]


@router.get("/oversight/loop", response={200: FindingLoopOut, **PROBLEMS}, operation_id="finding_loop")
@answering
def finding_loop(request: HttpRequest, area: Area = "") -> FindingLoopOut:
    """How far findings are put right, and what is overdue, of rules and of inspections."""
    found = queries.loop(request.viewer, area, clock.now())
    return FindingLoopOut(
        stages=dict(found.stages), outcomes=dict(found.outcomes), total=found.total,
        overdue=[OverdueFindingOut(**one._asdict()) for one in found.overdue],
    )  # fmt: skip


def _done(
    request: HttpRequest, id: UUID, body: FindingActIn, act: Callable[..., None], *said: object
) -> OpenedFindingOut:
    act(request.viewer, id, *said, now=clock.now(), fact=body.id)
    return opened(request, id)


@router.post("/oversight/findings/{id}/close", response={200: OpenedFindingOut, **PROBLEMS},
             operation_id="close_finding")  # fmt: skip
@answering
def close_finding(request: HttpRequest, id: UUID, body: FindingCloseIn) -> OpenedFindingOut:
    """Says that a finding was so for a good reason, or was not so."""
    return _done(request, id, body, service.close, body.outcome, body.reason)


@router.post("/oversight/findings/{id}/rectify", response={200: OpenedFindingOut, **PROBLEMS},
             operation_id="rectify_rule_finding")  # fmt: skip
@answering
def rectify_rule_finding(request: HttpRequest, id: UUID, body: FindingRectifyIn) -> OpenedFindingOut:
    """Says what was put right."""
    return _done(request, id, body, service.rectify, body.said, body.photo)


@router.post("/oversight/findings/{id}/recheck", response={200: OpenedFindingOut, **PROBLEMS},
             operation_id="recheck_rule_finding")  # fmt: skip
@answering
def recheck_rule_finding(request: HttpRequest, id: UUID, body: FindingRecheckIn) -> OpenedFindingOut:
    """Somebody else looked again: in order, it is closed."""
    return _done(request, id, body, service.recheck, body.in_order, body.said)


@router.post("/oversight/findings/{id}/statement", response={200: OpenedFindingOut, **PROBLEMS},
             operation_id="state_of_finding")  # fmt: skip
@answering
def state_of_finding(request: HttpRequest, id: UUID, body: FindingStatementIn) -> OpenedFindingOut:
    """Whom a finding concerns says how it was."""
    return _done(request, id, body, service.state_case, body.said)


@router.post("/oversight/findings/{id}/retract", response={200: OpenedFindingOut, **PROBLEMS},
             operation_id="retract_of_finding")  # fmt: skip
@answering
def retract_of_finding(request: HttpRequest, id: UUID, body: FindingRetractIn) -> OpenedFindingOut:
    """Takes one's own act back."""
    return _done(request, id, body, service.retract, body.taken, body.why)
