"""Endpoints of a drill's trainer: how far it is, its clock, its injects, its review. No decision is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock, drills
from lianfang.accounts.drills import Drill
from lianfang.accounts.refused import PROBLEMS, NotThere, answering
from lianfang.accounts.words import language
from lianfang.capabilities.drills.queries.review import COLUMNS, cells
from lianfang.capabilities.drills.rules.review_names import ERRORS, GENERATORS, REGISTERS
from lianfang.capabilities.drills.service import training
from lianfang.epi.disclosure.cells import MARK, table
from lianfang.facts import log
from lianfang.facts.shape import Schema

router = Router(tags=["drills"])
ROWS_AT_ONCE = 500
_CSV = {"responses": {"200": {"description": "A CSV file.", "content": {"text/csv": {"schema": {"type": "string"}}}}}}


class DrillInjectOut(Schema):
    at: AwareDatetime
    area: str
    cases: int
    onset: date


class DrillOpenedOut(Schema):
    """When the truth was opened; ``early``: before the drill was over."""

    at: AwareDatetime
    day: int
    early: bool


class DrillMakingOut(Schema):
    """A review that is being made: so many rows were compared, ``of`` about so many (null: the truth is still being
    read); ``failed``: it could not be made."""

    compared: int
    of: int | None
    failed: bool


class DrillBoardOut(Schema):
    """``state``: ``over`` where all that was made is in the record. ``day_minutes`` null: it is not live. ``reached``:
    when the last fact was received, null where there is none. ``making``: the review that was asked for, null where
    none is on its way; ``reviewed``: how many facts the record had at the last review, null where there is none."""

    name: str
    area: str
    first_day: date
    days: int
    day: int
    now: AwareDatetime
    ends: AwareDatetime
    state: Literal["playing", "paused", "over"]
    day_minutes: float | None
    reached: AwareDatetime | None
    facts: int
    made: int
    injects: list[DrillInjectOut]
    opened: list[DrillOpenedOut]
    making: DrillMakingOut | None
    reviewed: int | None


class DrillInjectIn(Schema):
    """Cases that a clinic of a division reports now; ``onset`` null: the day before."""

    model_config = ConfigDict(extra="forbid")

    area: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9.-]+$")]
    cases: Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
    onset: date | None = None


class DrillClockIn(Schema):
    """``go`` and ``pause`` take ``day_minutes``, how long a day takes; null: as before."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["go", "pause", "next_day"]
    day_minutes: Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)] | None = None


class DrillReviewIn(Schema):
    model_config = ConfigDict(extra="forbid")

    early: bool = False


class DrillErrorsOut(Schema):
    """Injected errors of a kind; ``by``: the generator that made records up, or by how many days they are late."""

    error: str
    zh: str
    en: str
    by: str
    by_zh: str
    by_en: str
    injected: int
    shows: int
    taken_up: int
    median_days: float | None


class DrillDayOut(Schema):
    date: date
    infected: int
    onset: int
    reported: int


class DrillRowsOut(Schema):
    """A register by its ``code``: how many rows were compared, and how many differ for no injected error."""

    code: str
    zh: str
    en: str
    rows: int
    others: int


class DrillDifferenceOut(Schema):
    """A row of the register ``code`` that is neither as it was nor as an injected error makes it; null: there is
    none."""

    code: str
    zh: str
    en: str
    key: list[Any]
    expected: list[Any] | None
    held: list[Any] | None


class DrillTaskOut(Schema):
    """A task of a plan that was put into action. ``done`` null: nobody said so; ``hand``: whether one who took part
    did, else it is of the drill's own records."""

    plan: dict[Literal["zh", "en"], str]
    unit: dict[Literal["zh", "en"], str]
    item: dict[Literal["zh", "en"], str]
    due: AwareDatetime
    done: AwareDatetime | None
    hand: bool


class DrillReviewOut(Schema):
    """The truth beside the record, as of its fact number ``facts``. ``differences``: the first of ``others``."""

    at: AwareDatetime
    day: int
    early: bool
    facts: int
    registers: list[DrillRowsOut]
    errors: list[DrillErrorsOut]
    days: list[DrillDayOut]
    tasks: list[DrillTaskOut]
    others: int
    differences: list[DrillDifferenceOut]


@router.get("/drill", response={200: DrillBoardOut, **PROBLEMS}, operation_id="drill_board")
@answering
def drill_board(request: HttpRequest) -> DrillBoardOut:
    """How far the drill is, how its clock goes, and what the trainer has done. 404 where this is no drill."""
    return _board(_drill())


@router.post("/drill/clock", response={200: DrillBoardOut, **PROBLEMS}, operation_id="set_drill_clock")
@answering
def set_drill_clock(request: HttpRequest, body: DrillClockIn) -> DrillBoardOut:
    """Let a live drill go on, so fast or as before, pause it, or set it to the next morning: what was due by then comes
    in at once. 409 where it is not live, or over."""
    drill = _drill()
    if body.act == "next_day":
        training.next_day(drills.here(), drill)
    else:
        training.set_pace(drills.here(), drill, day_minutes=body.day_minutes, paused=body.act == "pause")
    return _board(drill)


@router.post("/drill/injects", response={200: DrillBoardOut, **PROBLEMS}, operation_id="inject_into_drill")
@answering
def inject_into_drill(request: HttpRequest, body: DrillInjectIn) -> DrillBoardOut:
    """Report cases that no file of the drill has, at the drill's time."""
    drill = _drill()
    its = training.Inject(body.area, body.cases, body.onset)
    training.inject(drills.here(), drill, its, now=clock.now())
    return _board(drill)


@router.post("/drill/review", response={200: DrillBoardOut, **PROBLEMS}, operation_id="open_drill_review")
@answering
def open_drill_review(request: HttpRequest, body: DrillReviewIn) -> DrillBoardOut:
    """Open the truth, which is on record from then on, and ask for a review: it is made beside the server, and the
    board tells how far it is. 409 before the drill is over, where it is not asked for ``early``."""
    drill = _drill()
    training.ask_review(drills.here(), drill, early=body.early)
    return _board(drill)


@router.get("/drill/review", response={200: DrillReviewOut, **PROBLEMS}, operation_id="drill_review")
@answering
def drill_review(request: HttpRequest) -> DrillReviewOut:
    """What the last review found. 409 while the truth is sealed."""
    _drill()
    return _review()


@router.get("/drill/review/differences", response=PROBLEMS, openapi_extra=_CSV, operation_id="drill_differences")
@answering
def drill_differences(request: HttpRequest) -> StreamingHttpResponse:
    """Every injected error and every other difference of the last review as a CSV file. 409 while the truth is
    sealed."""
    name = f"{_drill().name}-review.csv"
    lang = "en" if language(request) == "en" else "zh"
    found = training.differences(drills.here())
    lines = _lines([one[lang] for one in COLUMNS.values()], found)
    headers = {"Content-Disposition": f"attachment; filename={quote(name)}"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _drill() -> Drill:
    drill: Drill | None = settings.DRILL
    if drill is None:
        raise NotThere
    return drill


def _board(drill: Drill) -> DrillBoardOut:
    told, pace, now = drills.mark(drills.here()), drills.pace(), clock.now()
    head = log.head()
    last = next(log.read(head.seq - 1), None)
    making = training.being_made(drills.here())
    paused = pace is None or pace.paused
    return DrillBoardOut(
        name=drill.name, area=drill.area, first_day=drill.first_day, days=drill.days, day=drill.day(now), now=now,
        ends=drill.ends, state="over" if told.get("head") else "paused" if paused else "playing",
        day_minutes=pace.day_minutes if pace else None, reached=last.received_at if last else None, facts=head.seq,
        made=training.made(drills.here()), injects=told.get("injects", []), opened=told.get("opened", []),
        making=DrillMakingOut(**making._asdict()) if making else None, reviewed=training.reviewed(drills.here()),
    )  # fmt: skip


def _review() -> DrillReviewOut:
    its = training.last_review(drills.here())
    others = Counter(its["others"])
    return DrillReviewOut(
        at=its["at"], day=its["day"], early=its["early"], facts=its["facts"], days=its["days"],
        tasks=its["tasks"],
        registers=[
            DrillRowsOut(code=one, **_named(REGISTERS[one]), rows=its["rows"].get(one, 0), others=others[one])
            for one in REGISTERS
        ],
        errors=[
            DrillErrorsOut(**one, **_named(ERRORS[one["error"]]), **_by(one["error"], one["by"]))
            for one in its["errors"]
        ],
        others=others.total(),
        differences=[
            DrillDifferenceOut(
                code=one["register"], **_named(REGISTERS[one["register"]]), key=one["key"], expected=one["expected"],
                held=one["held"],
            )
            for one in its["differences"]
        ],
    )  # fmt: skip


def _named(names: dict[str, str]) -> dict[str, Any]:
    return {"zh": names["zh"], "en": names["en"]}


def _by(error: str, by: str) -> dict[str, Any]:
    """How errors came about, in words; empty where nothing says."""
    if not by:
        return {"by_zh": "", "by_en": ""}
    if error == "late":
        return {"by_zh": f"迟 {by} 天", "by_en": "1 day late" if by == "1" else f"{by} days late"}
    return {"by_zh": GENERATORS[by]["zh"], "by_en": GENERATORS[by]["en"]}


def _lines(header: list[str], found: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield table(header, []).encode()
    while rows := [cells(one) for one in islice(found, ROWS_AT_ONCE)]:
        yield table([], rows).encode().removeprefix(f"{MARK}\r\n".encode())
