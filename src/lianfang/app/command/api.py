"""Endpoints of what is joined from several capabilities: strategies, the board of a commander, tips for the public. No
decision is made here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.app.command import board as boards
from lianfang.app.command import strategies as queries
from lianfang.app.command.strategies import Line
from lianfang.capabilities.command.api.shapes import Area, Coded, CommandIn, CommandMadeOut, Short
from lianfang.capabilities.command.facts import ResponseLevel
from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.facts.strategy import strategy_id
from lianfang.capabilities.command.queries import products as product_queries
from lianfang.capabilities.command.rules.products import products
from lianfang.capabilities.command.rules.strategy import Scheme, Term, strategies
from lianfang.capabilities.command.service import steering as service
from lianfang.capabilities.command.state.strategy import Override
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema
from lianfang.places.gazetteer import Division
from lianfang.places.queries import nearest

router = Router(tags=["command"])


class PlacedOut(Schema):
    """A division with its names; of a community those of the town that it lies in."""

    area: str
    zh: str
    en: str


class StrategyWordsOut(Schema):
    code: str
    zh: str
    en: str


class StrategyOverrideOut(Schema):
    """A strategy that the authority of ``area`` decided on against the class, until ``ends``. ``fact``: it, where the
    viewer recorded it and may take it back."""

    fact: UUID | None
    area: str
    strategy: StrategyWordsOut
    reason: str
    doc_no: str
    starts: AwareDatetime
    ends: AwareDatetime


class StrategyLineOut(PlacedOut):
    """A county or a community: what it counts as (None where that is open), which strategy follows from it and by what
    (None where no rule of the day says), what was decided on instead, and which of both holds."""

    scheme: Scheme
    counts_as: StrategyWordsOut | None
    follows: StrategyWordsOut | None
    edition: str
    source: str
    source_zh: str
    override: StrategyOverrideOut | None
    holds: StrategyWordsOut | None


class BoardStrategyOut(Schema):
    """In how many counties a strategy holds; None where none follows. ``decided``: in how many by a decision."""

    strategy: StrategyWordsOut | None
    counties: int
    decided: int


class StrategyOut(Schema):
    """The strategies of an area at a moment. ``override``: what was decided on for the area itself or above it.
    ``held``: in how many of its counties each holds. ``lines``: its counties, and of a county its communities with
    cases; none where there are too many to be told one by one. Both are None for who is not told of classes.
    ``vocabulary``: the strategies that there are."""

    area: str
    at: AwareDatetime
    subject: UUID
    override: StrategyOverrideOut | None
    held: list[BoardStrategyOut] | None
    lines: list[StrategyLineOut] | None
    vocabulary: list[StrategyWordsOut]


class StrategyIn(CommandIn):
    """Never without reason, document and end."""

    area: Area
    strategy: Coded
    reason: Short = ""
    doc_no: Short = ""
    starts: Time
    ends: Time | None = None
    fact: UUID | None = None


class BoardCountOut(Schema):
    """``n`` of ``of``; ``late``: past their time, or missing."""

    n: int
    of: int
    late: int


class BoardOpenOut(Schema):
    """``n`` that are not closed, ``late`` of them past their time."""

    n: int
    late: int


class BoardLevelOut(Schema):
    """The response level that holds; ``area``: whose it is, the area's own or the nearest one's above."""

    area: str
    level: ResponseLevel
    starts: AwareDatetime
    doc_no: str


class BoardHeadquartersOut(Schema):
    event: str
    zh: str
    en: str


class BoardLimitsOut(Schema):
    """Limits on entry to communities: in force, and waiting for an approval."""

    in_force: int
    asked: int


class BoardBelowOut(PlacedOut):
    """A division right below: whether it has a command post, and what of it waits."""

    post: bool
    notices: BoardCountOut
    tickets: BoardOpenOut
    gatherings: BoardOpenOut
    events: BoardOpenOut


class WarningProductOut(Schema):
    """A product of a warning: for whom it is, in how many hours it is read and acted on, since when it exists."""

    sort: InstructionKind
    zh: str
    en: str
    audience: str
    read_h: int
    act_h: int | None
    since: date
    source: str
    source_zh: str


class CommandBoardOut(Schema):
    """How each part of the response stands in an area. ``posts``: divisions right below with a command post, ``late``
    those without, by name in ``missing``. ``measures``: carried out, ``late`` those of which nobody has said anything
    for long. ``notices``: read. ``ready``: areas with a plan in force. ``strategies`` and ``limits`` are None for who
    is not told of classes."""

    area: str
    now: AwareDatetime
    level: BoardLevelOut | None
    headquarters: list[BoardHeadquartersOut]
    posts: BoardCountOut
    missing: list[PlacedOut]
    strategies: list[BoardStrategyOut] | None
    measures: BoardCountOut
    notices: BoardCountOut
    tickets: BoardOpenOut
    gatherings: BoardOpenOut
    events: BoardOpenOut
    playbooks: int
    limits: BoardLimitsOut | None
    ready: BoardCountOut | None
    products: list[WarningProductOut]
    below: list[BoardBelowOut]


class RiskTipOut(Schema):
    """A health risk tip, as the public is told it."""

    id: UUID
    area: str
    zh: str
    en: str
    zh_text: str
    en_text: str
    issuer: str
    doc_no: str
    sent: AwareDatetime


@router.get("/strategy", response={200: StrategyOut, **PROBLEMS}, operation_id="strategy")
@answering
def strategy(request: HttpRequest, area: Area, at: Time | None = None) -> StrategyOut:
    """Which strategy holds in the counties and communities of an area: by their class, or decided on instead."""
    when = at or clock.now()
    told, decided = queries.lines(request.viewer, area, when), queries.own(request.viewer, area, when)
    return StrategyOut(
        area=area, at=when, subject=strategy_id(area), override=_override(decided, request.viewer.author),
        held=None if told is None else _tally(told),
        lines=None if told is None else [_line(one) for one in told if len(told) <= queries.MOST_LINES],
        vocabulary=[_words(one) for one in strategies().values()],
    )  # fmt: skip


@router.post("/strategy", response={200: CommandMadeOut, **PROBLEMS}, operation_id="override_strategy")
@answering
def override_strategy(request: HttpRequest, body: StrategyIn) -> CommandMadeOut:
    """Decide on another strategy than that of the area's class, for a time and with a reason."""
    fields = body.model_dump(exclude={"area", "fact"})
    return CommandMadeOut(id=service.override(request.viewer, body.area, fields, now=clock.now(), fact=body.fact))


@router.get("/command/board", response={200: CommandBoardOut, **PROBLEMS}, operation_id="command_board")
@answering
def command_board(request: HttpRequest, area: Area) -> CommandBoardOut:
    """What a commander opens: level, headquarters, strategies, measures, notices, tickets, reports and what is late."""
    now = clock.now()
    return board_out(boards.board(request.viewer, area, now), area, now)


@router.get("/public/risk-tips", response={200: list[RiskTipOut], **PROBLEMS}, operation_id="risk_tips")
@answering
def risk_tips(request: HttpRequest, area: Area = "") -> list[RiskTipOut]:
    """The health risk tips that an area gave, for anybody, the last first."""
    names = ("zh", "en", "zh_text", "en_text", "issuer", "doc_no")
    return [
        RiskTipOut(id=row.subject, area=row.area, sent=row.began, **{name: row.data[name] for name in names})
        for row in product_queries.public(area)
    ]


def board_out(its: boards.Board, area: str, now: datetime) -> CommandBoardOut:
    """A board as it is told, here and at the command line."""
    level = its.level and BoardLevelOut.model_validate(its.level)
    heads = [
        BoardHeadquartersOut(**{name: row.data[name] for name in ("event", "zh", "en")}) for row in its.headquarters
    ]
    parts = ("posts", "measures", "notices", "tickets", "gatherings", "events", "playbooks", "limits", "ready")
    return CommandBoardOut(
        area=area, now=now, level=level, headquarters=heads, missing=[_named(one) for one in its.missing],
        strategies=None if its.strategies is None else _tally(its.strategies),
        products=_products(), below=[_below(one) for one in its.below], **{name: getattr(its, name) for name in parts},
    )  # fmt: skip


def _products() -> list[WarningProductOut]:
    return [
        WarningProductOut(
            sort=one.sort.code, zh=one.sort.zh, en=one.sort.en, audience=one.sort.audience, since=one.since,
            read_h=_hours(one.sort.read), act_h=_hours(one.sort.act) if one.sort.act else None, source=one.source,
            source_zh=one.source_zh,
        )
        for one in products()
    ]  # fmt: skip


def _hours(span: timedelta) -> int:
    return int(span / timedelta(hours=1))


def _tally(told: list[Line]) -> list[BoardStrategyOut]:
    return [
        BoardStrategyOut(strategy=_words(one.strategy), counties=one.counties, decided=one.decided)
        for one in queries.tally(told)
    ]


def _below(one: boards.Below) -> BoardBelowOut:
    parts = {name: getattr(one, name) for name in ("notices", "tickets", "gatherings", "events")}
    return BoardBelowOut(**_placed(one.division.code, one.division), post=one.post, **parts)


def _line(one: Line) -> StrategyLineOut:
    its = one.follows
    return StrategyLineOut(
        **_placed(one.area, nearest(one.area)), scheme=one.scheme, counts_as=_words(one.counts_as),
        follows=_words(its.strategy if its else None), edition=its.edition if its else "",
        source=its.source if its else "", source_zh=its.source_zh if its else "", override=_override(one.override),
        holds=_words(one.holds),
    )  # fmt: skip


def _override(one: Override | None, by: str = "") -> StrategyOverrideOut | None:
    if one is None:
        return None
    told = {name: getattr(one, name) for name in ("area", "reason", "doc_no", "starts", "ends")}
    own = one.fact if one.author == by else None
    return StrategyOverrideOut(strategy=_words(strategies()[one.strategy]), fact=own, **told)


def _words(one: Term | None) -> StrategyWordsOut | None:
    return None if one is None else StrategyWordsOut(**one._asdict())


def _named(one: Division) -> PlacedOut:
    return PlacedOut(**_placed(one.code, one))


def _placed(code: str, one: Division | None) -> dict[str, Any]:
    if one is None:
        return {"area": code, "zh": code, "en": code}
    beyond = f" {code[len(one.code) :]}" if code != one.code else ""
    return {"area": code, "zh": f"{one.name}{beyond}", "en": f"{one.en or one.pinyin or one.name}{beyond}"}
