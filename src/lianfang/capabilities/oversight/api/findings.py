"""Endpoints of findings: a board by rule and division, a list, one with the facts that it names and what was done about
it; and how complete and timely the records are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.oversight.api.steps import FindingStepOut, step_out
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.queries import completeness as counting
from lianfang.capabilities.oversight.queries import findings as queries
from lianfang.capabilities.oversight.rules.loop import due
from lianfang.capabilities.oversight.rules.policy import Rule, Words, policy
from lianfang.capabilities.oversight.state.findings import FindingStage
from lianfang.capabilities.screening.state.parts import CST
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router(tags=["oversight"])
Area = Annotated[str, Field(max_length=64)]
Word = Annotated[str, Field(max_length=64)]
Mark = Annotated[str, Field(max_length=128)]
Rows = Annotated[int, Field(ge=1, le=200)]
Stage = Literal["open", "rectified", "closed"]
_KEPT = ("rule", "area", "day", "days", "raised_at", "last_at", "stage", "closed_at", "outcome")


class FindingWordOut(Schema):
    code: str
    zh: str
    en: str


class FindingFigureOut(FindingWordOut):
    value: float


class FindingRuleOut(FindingWordOut):
    """A rule, with how many findings it has in the area, of which ``open``, and ``mistaken`` as who looked decided.
    ``alarms`` of ``of`` unit-days without any made-up record, on drills; None where that was not measured."""

    group: str
    text_zh: str
    text_en: str
    source: str
    source_zh: str
    findings: int
    open: int
    mistaken: int
    alarms: int | None
    of: int | None
    measured_on: date | None


class FindingPartOut(Schema):
    """A division right below: its findings by group."""

    area: str
    zh: str
    en: str
    missed: int
    late: int
    made_up: int
    open: int


class FindingBoardOut(Schema):
    area: str
    last_at: AwareDatetime | None
    groups: list[FindingWordOut]
    outcomes: list[FindingWordOut]
    rules: list[FindingRuleOut]
    parts: list[FindingPartOut]


class FindingOut(Schema):
    """``unit`` is the grid or post whose records these are, by name; empty: the division's. ``evidence``: how many
    facts it names. ``due``: by when it is put right or, where it was, looked at again; None of a closed one."""

    id: UUID
    rule: str
    group: str
    zh: str
    en: str
    area: str
    place_zh: str
    place_en: str
    unit: str
    day: date
    days: int
    raised_at: AwareDatetime
    last_at: AwareDatetime
    evidence: int
    figures: list[FindingFigureOut]
    stage: Stage
    due: AwareDatetime | None
    closed_at: AwareDatetime | None
    outcome: str


class FindingsOut(Schema):
    findings: list[FindingOut]
    total: int
    after: str | None


class FindingFactOut(Schema):
    """A fact that a finding names: when it happened and came in, and of a visit what shows how it was made."""

    id: UUID
    kind: str
    zh: str
    en: str
    area: str
    at: AwareDatetime
    received_at: AwareDatetime
    door: str
    minutes: float | None
    proof: str | None
    outcome: str | None
    measured: int | None


class OpenedFindingOut(FindingOut):
    """``mine``: it is about what one has recorded. ``steps``: what was done about it, by time."""

    text_zh: str
    text_en: str
    source: str
    source_zh: str
    facts: list[FindingFactOut]
    mine: bool
    steps: list[FindingStepOut]


class UnitOut(Schema):
    """Households ``registered``, by another source (``reference``), with an outcome in the round (``decided``); visits,
    of which nothing proves ``unproved``; ``records`` of the last seven days, of which ``late`` came after their day.
    ``grid`` is its name where it is one."""

    area: str
    zh: str
    en: str
    grid: str
    registered: int
    reference: int | None
    decided: int
    visited: int
    unproved: int
    records: int
    late: int


class CompletenessOut(Schema):
    """``grids`` where no divisions lie below the area."""

    day: date
    round: int | None
    whole: UnitOut
    parts: list[UnitOut]
    grids: list[UnitOut]


@router.get("/oversight/board", response={200: FindingBoardOut, **PROBLEMS}, operation_id="finding_board")
@answering
def finding_board(request: HttpRequest, area: Area = "") -> FindingBoardOut:
    """The rules with what they found in an area, each with its false alarms on drills; and the divisions below it."""
    its, found = policy(), queries.board(request.viewer, area)
    counted = {one.rule: one for one in found.counted}
    return FindingBoardOut(
        area=area, last_at=found.last_at, groups=_words(its.groups), outcomes=_words(its.outcomes),
        rules=[_rule(code, rule, counted[code]) for code, rule in its.rules.items()],
        parts=[
            FindingPartOut(**_place(one.area), area=one.area, open=one.open, **{g: one.groups[g] for g in its.groups})
            for one in found.parts
        ],
    )  # fmt: skip


@router.get("/oversight/findings", response={200: FindingsOut, **PROBLEMS}, operation_id="findings")
@answering
def findings(
    request: HttpRequest, area: Area = "", rule: Word = "", group: Word = "", stage: Stage | None = None,
    after: Mark = "", limit: Rows = 50,
) -> FindingsOut:  # fmt: skip
    """The findings of an area and below, the last raised first."""
    asked = queries.Asked(area, rule, group, FindingStage(stage) if stage else None)
    found = queries.page(request.viewer, asked, after=after, limit=limit)
    rows = [FindingOut(**_finding(row, found.units.get(row.unit, ""))) for row in found.rows]
    return FindingsOut(findings=rows, total=found.total, after=found.after)


@router.get("/oversight/findings/{id}", response={200: OpenedFindingOut, **PROBLEMS}, operation_id="finding")
@answering
def finding(request: HttpRequest, id: UUID) -> OpenedFindingOut:
    """A finding and the facts that it names."""
    return opened(request, id)


@router.get("/oversight/completeness", response={200: CompletenessOut, **PROBLEMS}, operation_id="completeness")
@answering
def completeness(request: HttpRequest, area: Area = "", day: date | None = None) -> CompletenessOut:
    """How complete the register of households is, and how timely records come, by division."""
    on = day or (clock.now().astimezone(CST).date() - timedelta(1))
    found = counting.completeness(request.viewer, area, on)
    return CompletenessOut(
        day=found.day, round=found.round, whole=_unit(found.whole), parts=[_unit(one) for one in found.parts],
        grids=[_unit(one) for one in found.grids],
    )  # fmt: skip


def opened(request: HttpRequest, id: UUID) -> OpenedFindingOut:
    """A finding as it stands for who asks."""
    its, found = policy(), queries.one(request.viewer, id)
    rule = its.rules.get(found.row.rule)
    facts = [
        FindingFactOut(**one._asdict(), **_word(its.kinds, one.kind if one.kind in its.kinds else "other"))
        for one in found.facts
    ]
    return OpenedFindingOut(
        **_finding(found.row, found.unit), facts=facts, mine=found.mine,
        steps=[step_out(one, request.viewer.author) for one in found.steps],
        text_zh=rule.text_zh if rule else "", text_en=rule.text_en if rule else "", source=rule.source if rule else "",
        source_zh=rule.source_zh if rule else "",
    )  # fmt: skip


def _finding(row: FindingRow, unit: str) -> dict[str, object]:
    its = policy()
    rule = its.rules.get(row.rule)
    kept = {name: getattr(row, name) for name in _KEPT}
    figures = [
        FindingFigureOut(code=code, value=value, **_word(its.figures, its.unit(row.rule) if code == "limit" else code))
        for code, value in row.figures
        if code in its.figures and (code != "limit" or its.unit(row.rule))
    ]
    place = _place(row.area)
    return {
        **kept, "id": row.subject, "unit": unit, "evidence": len(row.evidence), "figures": figures, "due": _due(row),
        "group": rule.group if rule else "", "zh": rule.zh if rule else row.rule, "en": rule.en if rule else row.rule,
        "place_zh": place["zh"], "place_en": place["en"],
    }  # fmt: skip


def _due(row: FindingRow) -> datetime | None:
    return None if row.stage == FindingStage.CLOSED else due(row.since, row.stage == FindingStage.RECTIFIED)


def _rule(code: str, rule: Rule, its: queries.Counted) -> FindingRuleOut:
    drills = rule.measured
    return FindingRuleOut(
        code=code, zh=rule.zh, en=rule.en, group=rule.group, text_zh=rule.text_zh, text_en=rule.text_en,
        source=rule.source, source_zh=rule.source_zh, findings=its.findings, open=its.open, mistaken=its.mistaken,
        alarms=drills.alarms if drills else None, of=drills.of if drills else None,
        measured_on=drills.on if drills else None,
    )  # fmt: skip


def _unit(one: counting.Unit) -> UnitOut:
    return UnitOut(**one._asdict(), **_place(one.area))


def _place(area: str) -> dict[str, str]:
    division = current_gazetteer().division(area)
    return {"zh": division.name if division else area, "en": division.en if division else area}


def _words(table: Mapping[str, Words]) -> list[FindingWordOut]:
    return [FindingWordOut(code=code, **_word(table, code)) for code in table]


def _word(table: Mapping[str, Words], code: str) -> dict[str, str]:
    return {"zh": table[code].zh, "en": table[code].en}
