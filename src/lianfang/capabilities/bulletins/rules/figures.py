"""What reading a sentence makes: figures, numbers set aside, things said, and what carries over a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, Basis, Kind, Qualifier, Unit
from lianfang.capabilities.bulletins.rules.clauses import NEW, STOCK, Features
from lianfang.capabilities.bulletins.rules.moments import Cutoff
from lianfang.capabilities.bulletins.rules.tokens import Number, Token


@dataclass(slots=True, eq=False)
class Figure:
    """A number that was read. ``place`` is None for the area's own; spans are of the normalised text."""

    metric: str
    status: str
    n: int
    unit: Unit | None
    written: str
    qualifier: Qualifier
    start: int
    end: int
    area: str
    cutoff: Cutoff | None
    sentence: int
    place: tuple[str | None, str] | None = None
    parent: Figure | None = None
    basis: Basis = Basis.STATED
    deferred: tuple[Features, Figure] | None = None  # its metric follows from another figure's, once that is settled
    closing: bool = False
    bracketed: bool = False  # a part, in the bracket of another number
    anchored: bool = False  # its sentence names the area or the time, or says 累计
    generic: bool = False  # 病例 alone: perhaps of several kinds
    uncertain: bool = False  # 无重症病例 among new cases: perhaps of these alone
    domestic: bool = False  # 输入性, of early 2020: from another province
    timed: bool = False  # its sentence says its time
    told: str | None = None  # the aspect written with it


@dataclass(slots=True)
class Level:
    """What carries within a sentence, or within a bracket of it."""

    aspect: str | None
    parent: Figure | None = None  # the number that a bracket explains
    before: Figure | None = None  # the own number right before, in this sentence
    head: str | None = None  # the metric that the following places break down
    head_status: str = ""
    among: bool = False
    among_items: bool = False  # 其中 came after an entry of the breakdown: its parts follow
    items: list[Figure] = field(default_factory=list)
    waiting: list[Token] = field(default_factory=list)  # places before 各
    part_of: str | None = None  # the metric of the number that 其中 divides
    single: bool = False  # a bracket with one place and no number
    explained: Figure | None = None  # the number of the bracket just closed; another bracket may follow
    place: tuple[str | None, str] | None = None  # the division that the sentence is about
    since: bool = False  # 自…至今: a time longer than the notice's
    upper: Figure | None = None  # the place figure that a colon or 其中 is about to divide
    dividing: bool = False
    item_place: tuple[str | None, str] | None = None  # 甲市确诊病例9例、无症状感染者2例: whose the second is
    perhaps: list[Figure] = field(default_factory=list)  # 长春市重症1例, perhaps an entry of the breakdown too
    origin_total: int = 0
    origin: str | None = None  # the origin whose total the sentence began with: what follows is of that origin
    excluding: bool = False  # 排除 carries over a list of places
    open_statuses: bool = False  # 重症、危重症病例3例: a kind without a number of its own came before


class Aside(NamedTuple):
    """A number that was not read, with the reason."""

    start: int
    end: int
    reason: str
    sentence: int


@dataclass(slots=True)
class Said:
    """What a sentence says besides numbers: attributes and the number of areas affected."""

    name: str
    value: bool | int
    area: str
    cutoff: Cutoff | None
    start: int
    end: int
    level: str = ""


def aspect_of(figure: Figure) -> str | None:
    """The aspect that parts of a number have from it."""
    if not figure.metric:
        return None
    return NEW if METRICS[figure.metric].kind is Kind.FLOW else STOCK


def number_of(figure: Figure) -> Number:
    """A figure's number, to be given to another."""
    return Number(figure.n, figure.unit, figure.written, figure.qualifier)
