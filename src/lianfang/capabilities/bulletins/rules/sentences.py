"""Sentences of a notice, read from left to right: each number becomes a figure or is set aside with a reason.

The state that a sentence inherits is small: the area spoken of, the cut-off, and whether its time means a stock or a
flow. Within a sentence the aspect (新增, 累计, 现有) carries over a list, a bracket belongs to the number before it, and
places with numbers gather into a breakdown, whose metric is that of the number they explain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from lianfang.capabilities.bulletins.facts import METRICS, Basis, Kind, Qualifier, Unit
from lianfang.capabilities.bulletins.rules import clauses
from lianfang.capabilities.bulletins.rules.clauses import CUM, EXISTING, FLOW, MIXED, NEW, STOCK, Features
from lianfang.capabilities.bulletins.rules.lexicon import BUCKET, LEVEL_WORDS, PLACE_FORM, SELF_WORDS
from lianfang.capabilities.bulletins.rules.moments import Calendar, Cutoff, parse
from lianfang.capabilities.bulletins.rules.tokens import Number, Places, Token, tokenise
from lianfang.places.gazetteer import COUNTRY, Division


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


class Gazetteer(Places, Protocol):
    """Divisions by name and by code."""

    def division(self, code: str, on: date | None = None) -> Division | None: ...

    def ancestors(self, code: str) -> tuple[str, ...]: ...


class Sentences:
    """Reads sentence after sentence; gathers figures, asides and attributes."""

    def __init__(self, text: str, gazetteer: Gazetteer, calendar: Calendar, base: str | None, on: date | None) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.calendar = calendar
        self.base = base
        self.on = on
        self.area = base
        self.default: str | None = None
        self.cutoff: Cutoff | None = None
        self.local: Cutoff | None = None
        self.closed_as: str | None = None
        self.index = -1
        self.figures: list[Figure] = []
        self.asides: list[Aside] = []
        self.said: list[Said] = []
        self.recent: list[Figure] = []  # own figures of the notice so far, newest last
        self.timed: set[int] = set()  # sentences that say their own time
        self.carried_head: tuple[str, str] | None = None  # what the next sentence breaks down
        self.lines = False  # whether it does so line by line
        self.scope: str | None = None  # the origin that a paragraph speaks of alone
        self.reporting = False  # whether the sentence has the words of a report
        self.deferred_status: tuple[str, ...] = ()

    # one sentence

    def read(self, start: int, end: int) -> None:
        """Read the sentence ``text[start:end]``."""
        self.index += 1
        self.local = None
        within = self.area if self.area and self.area != COUNTRY else None
        tokens = self._own_names(tokenise(self.text, start, end, self.gazetteer, within, self.on))
        aspect = self.default
        if self.default == FLOW and self.closed_as in (CUM, EXISTING, STOCK):
            aspect = MIXED
        level = Level(aspect)
        if self.lines and tokens and self.carried_head and _begins_with_place(tokens):
            level.head, level.head_status = self.carried_head
            level.among = True
        elif not (tokens and tokens[0].kind == "link" and tokens[0].value == "among"):
            self.carried_head, self.lines = None, False
        self._scope_of(tokens)
        self.reporting = _REPORTS.search(self.text, start, end) is not None
        self._run(tokens, level)
        self._settle(level)
        if self.text[end - 1] == ":" and level.head:
            self.carried_head, self.lines = (level.head, level.head_status), True
        self._anchor(tokens)
        self.closed_as = level.aspect if level.aspect in (NEW, CUM, EXISTING, STOCK, FLOW) else self.closed_as
        self._affected(start, end)

    def _anchor(self, tokens: Sequence[Token]) -> None:
        """Mark the figures of a sentence that says of whom or of when it speaks."""
        says = self.index in self.timed or any(
            t.kind in ("self", "nation") or (t.kind == "place" and t.value == self.area) or t.value in (CUM, "asof")
            for t in tokens
        )
        for figure in reversed(self.figures):
            if figure.sentence != self.index:
                break
            figure.anchored = says

    def _own_names(self, tokens: list[Token]) -> list[Token]:
        """吉林 in a notice of 吉林省 is the province, unless it heads a number in a list (吉林2例)."""
        own = self.gazetteer.division(self.area, self.on) if self.area else None
        if own is None or not own.short:
            return tokens
        for i, token in enumerate(tokens):
            if token.kind == "place" and token.value != self.area and self.text[token.start : token.end] == own.short:
                after = tokens[i + 1] if i + 1 < len(tokens) else None
                if after is None or after.kind not in ("num", "punct"):
                    tokens[i] = token._replace(value=own.code)
        return tokens

    def _run(self, tokens: Sequence[Token], level: Level) -> None:
        clause: list[Token] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            if token.kind != "punct" or token.value in "#【】\n":
                clause.append(token)
                if token.kind == "link" and token.value == "amongtail":
                    self._head(clause, level)
                    clause = []
                i += 1
                continue
            if token.value == ";" and level.parent is None:
                self._clause(clause, level, ";")
                clause, i = [], i + 1
                level.upper, level.dividing = None, False
                if level.aspect in (NEW, CUM, EXISTING) and self.default is not None:
                    level.aspect = self.default
                continue
            if token.value in "([":
                close = _closing(tokens, i)
                clause = self._bracket(clause, tokens[i + 1 : close], level)
                i = close + 1
                continue
            if clause or token.value != "、":
                self._clause(clause, level, token.value)
            level.dividing = level.dividing or (token.value == ":" and level.upper is not None)
            clause = []
            i += 1
        self._clause(clause, level, "")

    def _bracket(self, clause: list[Token], inside: Sequence[Token], level: Level) -> list[Token]:
        """A bracket: part of the clause, or an explanation of the number before it. Returns what stays of the clause."""
        counted = any(t.kind == "num" for t in clause)
        has_number = any(t.kind == "num" for t in inside)
        before = self.figures[-1] if self.figures and self.figures[-1].sentence == self.index else None
        if not counted and not clause and before is not None:
            counted = True
        elif not counted:
            if not has_number or not clause:
                return clause
            if clause[-1].kind in ("place", "text") and inside[0].kind == "num":
                return [*clause, *inside]
            if not any(t.kind == "link" and t.value == "all" for t in clause):
                return clause
        follows = level.explained if not clause else None
        self._clause(clause, level, "(")
        unread = self._set_aside(clause)
        if unread is not None:
            if unread.reason == clauses.REST and level.items:
                self._run(inside, level)
            else:
                self.asides.extend(Aside(t.start, t.end, unread.reason, self.index) for t in inside if t.kind == "num")
            return []
        before = self.figures[-1] if self.figures and self.figures[-1].sentence == self.index else None
        before = follows or before
        if before is None:
            return []
        level.explained = before
        if before.place is not None and before.parent is not None and before.parent.place is None:
            before = before.parent if before.closing else before
        inner = Level(_aspect_of(before), parent=before, before=before if before.place is None else None)
        inner.single = not has_number and sum(t.kind == "place" for t in inside) == 1
        if before.place is None and before.metric:
            inner.head, inner.head_status = before.metric, before.status
        outside = self.cutoff, self.default, self.local
        self._run(inside, inner)
        self._settle(inner)
        self.cutoff, self.default, self.local = outside
        return []

    def _set_aside(self, clause: list[Token]) -> Aside | None:
        """The last number of a clause, where it was not read."""
        last = next((t for t in reversed(clause) if t.kind == "num"), None)
        if last is None or not self.asides or self.asides[-1].end != last.end:
            return None
        return self.asides[-1]

    # one clause

    def _clause(self, tokens: list[Token], level: Level, delimiter: str) -> None:
        tokens = self._times(tokens, level)
        if not tokens:
            return
        level.explained = None
        numbers = [i for i, t in enumerate(tokens) if t.kind == "num"]
        if (
            len(numbers) == 1
            and "分布" in self.text[tokens[-1].start : tokens[-1].end]
            and _tells(tokens[numbers[0] + 1 :])
        ):
            self._head(tokens, level)
            return
        if not numbers:
            self._without_number(tokens, level, delimiter)
            return
        start = 0
        origin: Token | None = None
        barred = [t for t in tokens[numbers[-1] + 1 :] if t.kind == "share"] if len(numbers) > 1 else []
        for k, at in enumerate(numbers):
            stop = numbers[k + 1] if k + 1 < len(numbers) else len(tokens)
            pre, post = tokens[start:at], tokens[at + 1 : stop]
            if k + 1 < len(numbers):
                pre, post, start = _shared(pre, post, at)
                if any(t.kind == "act" and t.value == "recount" for t in tokens[at:stop]):
                    start = 0
                    tokens = tokens[:at] + [t for t in tokens[at + 1 :] if t.value != "recount"]
                    numbers = [n - 1 - (1 if n > stop - 1 else 0) for n in numbers]
                    return self._clause(tokens, level, delimiter)
            if origin is not None and not any(t.kind in ("origin", "aspect", "place") for t in pre):
                pre = [origin, *pre]
            origin = next((t for t in pre if t.kind == "origin"), None)
            self._number([*pre, *barred], tokens[at], post, level)
        if delimiter != "、":
            level.waiting.clear()
        return None

    def _times(self, tokens: list[Token], level: Level) -> list[Token]:
        """Take the times out of a clause; they set the cut-off and the aspect of what follows."""
        if not any(t.kind == "time" or (t.kind == "link" and t.value == "asof") for t in tokens):
            return tokens
        kept: list[Token] = []
        asof = False
        for i, token in enumerate(tokens):
            if token.kind == "link" and token.value == "asof":
                asof = not self.text.startswith(("至今", "目前"), token.start) or asof
                if self.text.startswith(("目前", "截至目前", "截止目前"), token.start):
                    level.aspect = STOCK
                continue
            if token.kind != "time":
                kept.append(token)
                continue
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if self.text.startswith(("至今", "以来", "起", "开始", "后", "前", "之"), token.end):
                level.since = True
                continue
            if after is not None and after.kind == "num" and after.start == token.end and not asof and not kept:
                pass
            cutoff = parse(self.text[token.start : token.end], self.calendar)
            if cutoff is not None and not (cutoff.precision == "day" and cutoff.start and not self.reporting):
                self._take_time(cutoff, asof or _asof_before(self.text, token.start), _leads(kept), level)
            asof = False
        return kept

    def _take_time(self, cutoff: Cutoff, asof: bool, leads: bool, level: Level) -> None:
        if cutoff.start is not None and not asof:
            self.cutoff, self.default, self.local = cutoff, FLOW, None
            level.aspect = FLOW
        elif asof:
            self.cutoff, self.default, self.local = cutoff, STOCK, None
            level.aspect = STOCK
        elif leads and level.parent is None:
            self.local = cutoff
            level.aspect = FLOW if level.aspect is None else level.aspect
            return
        else:
            return
        self.timed.add(self.index)
        self.scope = None

    def _without_number(self, tokens: list[Token], level: Level, delimiter: str) -> None:
        zero = next((i for i, t in enumerate(tokens) if t.kind == "link" and t.value == "zero"), None)
        if zero is not None:
            self._zeros(tokens, zero, level)
            return
        if level.open_statuses is False and self._continued_zero(tokens, level):
            return
        f = clauses.features(tokens)
        if "same" in f.acts:
            self._unchanged(tokens, f, level)
            return
        self._attributes(tokens, level)
        if delimiter != "、" and not level.waiting and self._detail(tokens, level):
            return
        places = [t for t in tokens if t.kind == "place"]
        if f.among:
            self._divide(level)
        self._subject(tokens, f, level)
        if f.aspect in (NEW, CUM, EXISTING) and not places:
            level.aspect = f.aspect
        if places and tokens[-1].kind == "place" and not f.statuses:
            level.waiting.append(tokens[-1])
        elif f.statuses and delimiter == "、":
            level.open_statuses = True

    def _divide(self, level: Level) -> None:
        """其中: what follows is a part of the number before."""
        level.among = True
        level.among_items = bool(level.items)
        last = level.before or next((r for r in reversed(self.recent) if self.index - r.sentence <= 1), None)
        level.part_of = last.metric if last is not None else None
        if last is not None and level.aspect in (FLOW, MIXED, STOCK, None):
            level.aspect = _aspect_of(last)
        if level.before is None and self.carried_head and level.parent is None:
            level.head, level.head_status = self.carried_head

    # zeros

    def _zeros(self, tokens: list[Token], zero: int, level: Level) -> None:
        """无新增确诊、疑似病例: a stated nought of each kind named."""
        before = tokens[:zero]
        if any(t.kind == "place" and not self._is_own(t) for t in before) or level.waiting:
            level.waiting.clear()
            return
        self._subject(before, clauses.features(before), level)
        told = clauses.features(before)
        if "except" in {t.value for t in tokens}:
            return
        self._noughts(tokens[zero + 1 :], tokens[zero].start, told, level)

    def _continued_zero(self, tokens: list[Token], level: Level) -> bool:
        """The further kinds of 无重症、死亡病例."""
        last = self.figures[-1] if self.figures else None
        if last is None or not last.closing or last.sentence != self.index or last.n:
            return False
        gap = self.text[last.end : tokens[0].start]
        if gap not in ("、", "") or any(t.kind in ("aspect", "act", "place") for t in tokens):
            return False
        if not any(t.kind == "status" for t in tokens):
            return False
        told = Features(aspect=NEW if METRICS[last.metric].kind is Kind.FLOW else None)
        self._noughts(tokens, last.start, told, level)
        return True

    def _noughts(self, tokens: Sequence[Token], start: int, told: Features, level: Level) -> None:
        if self.scope is not None or level.since:
            return
        aspect = told.aspect if told.aspect == NEW else None
        origins: tuple[str, ...] = told.origins
        made = 0
        for i, token in enumerate(tokens):
            if token.kind == "aspect":
                aspect = NEW if token.value == NEW else aspect
            elif token.kind == "origin":
                origins = (token.value,)
            elif token.kind == "act" and token.value in ("suspect_converted", "asym_converted", "converted", "either"):
                if token.value == "either":
                    for status in ("confirmed", "suspected"):
                        self._nought(status, aspect, (), start, token.end, level)
                        made += 1
            elif token.kind == "status" or (token.kind == "case" and not _status_follows(tokens, i)):
                status = "confirmed" if token.kind == "case" else token.value
                if token.kind == "case" and made:
                    continue
                self._nought(status, aspect, origins, start, token.end, level)
                made += 1
            elif token.kind == "share" or (token.kind == "link" and token.value in ("is", "all")):
                break

    def _nought(
        self, status: str, aspect: str | None, origins: tuple[str, ...], start: int, end: int, level: Level
    ) -> None:
        f = Features((status,), aspect, origins=origins)
        if status in ("contacts", "observed", "hospitalised") and aspect != NEW:
            return
        carried = STOCK if aspect is None else NEW
        read = clauses.metric_of(f, carried, None, "", None)
        if read.metric is None or (aspect is None and read.metric in ("confirmed_cum",)):
            if aspect is None and status == "confirmed":
                read = clauses.metric_of(f, NEW, None, "", None) if level.aspect in (FLOW, NEW) else read
            if read.metric is None:
                return
        figure = self._figure(read.metric, read.status, Number(0, None, "", Qualifier.EXACT), start, end)
        figure.closing = True
        self._own(figure, level, f.aspect)

    def _unchanged(self, tokens: list[Token], f: Features, level: Level) -> None:
        """重症病例与前一日持平: a change of nought."""
        severe = "severe" in f.statuses or (f.bare and level.before is not None and level.before.status == "severe")
        same = next(t for t in tokens if t.kind == "act" and t.value == "same")
        if severe:
            nought = Number(0, None, "", Qualifier.EXACT)
            self._own(self._figure("severe_delta", "severe", nought, same.start, same.end), level, None)

    # numbers

    def _number(self, pre: list[Token], token: Token, post: list[Token], level: Level) -> None:
        assert token.number is not None
        f = clauses.features(pre, post)
        if f.among:
            self._divide(level)
        if level.open_statuses and not (f.silent and any(t.kind == "place" for t in pre)):
            level.open_statuses = False
            if not f.aspect and not f.acts:
                self._aside(token, "two kinds in one number")
                return
        if "screened" in f.acts:
            self._screening(pre, token, f, level)
            return
        places = [t for t in pre if t.kind == "place"]
        listing = (
            bool(level.items) or level.head is not None or (level.parent is not None and level.parent.place is not None)
        )
        shared = bool(
            level.among and post and post[0].kind == "link" and post[0].value == "is" and (f.share or f.origins)
        )
        listing = listing or shared
        turned = f.acts & {"asym_converted", "suspect_converted", "converted"}
        if (
            not f.silent
            and listing
            and not turned
            and not set(f.statuses) - {"cured", "confirmed"}
            and pre
            and pre[-1].kind == "place"
            and clauses.features(pre).silent
        ):
            f = clauses.features(pre)  # 新城区2例已痊愈出院, in a breakdown
        if f.silent or (f.case and not f.statuses and f.aspect is None and not f.acts and not f.origins and places):
            if self._item(pre, token, f, level):
                return
        if level.items and not pre and post and post[0].kind == "link" and post[0].value == "is":
            self._aside(token, "a share of the place before it")  # 大连市2例，1例为重型
            return
        self._subject(pre, f, level)
        place = self._place_of(pre, level)
        alone = level.place is not None and level.before is None
        if place is None and alone and not any(t.kind in ("place", "self", "nation") for t in pre):
            place = level.place
        if place == "outside":
            self._aside(token, "of an area that is not the notice's")
            return
        self._counted(f, token, post, place, level)

    def _counted(
        self, f: Features, token: Token, post: list[Token], place: tuple[str | None, str] | None | str, level: Level
    ) -> None:
        """A number with words of its own that say what it counts."""
        assert token.number is not None and not isinstance(place, str)
        parent = level.parent
        if parent is not None and parent.place is not None and place is None:
            self._of_place(f, token, parent, level)
            return
        before = level.before.status if level.before is not None else ""
        if level.place is not None and level.upper is not None and not before:
            before = level.upper.status
        part_of = parent.metric if parent is not None else None if f.aspect else level.part_of
        if f.aspect:
            level.part_of = None
        if f.bare and place is not None and f.aspect == NEW:
            before = level.head_status or before
        if level.excluding and place is not None and f.statuses == ("suspected",) and f.aspect is None and not f.acts:
            f = f._replace(acts=frozenset(("excluded",)))  # 排除甲市疑似病例1例、乙市疑似病例1例
        level.excluding = "excluded" in f.acts
        if (
            "released" in f.acts
            and token.number.unit is Unit.CASE
            and any(r.status == "asym" for r in self.recent[-4:])
        ):
            before = "asym"
        if "released" in f.acts and part_of in ("confirmed_cum", "confirmed_existing") and not f.statuses:
            f = f._replace(acts=f.acts - {"released"}, statuses=("cured",))  # of the confirmed: released from isolation
        read = clauses.metric_of(f, level.aspect, token.number.unit, before, part_of)
        if self.scope is not None and read.metric is not None:
            read = _scoped(read, self.scope)
        if read.metric is None:
            if f.barred == "a group of areas":
                group = clauses.metric_of(f._replace(barred=None), level.aspect, token.number.unit, before, part_of)
                level.head, level.head_status = group.metric, group.status
                self.carried_head = (group.metric, group.status) if group.metric else None
            self._aside(token, read.reason)
            if f.aspect:
                level.aspect = f.aspect
            return
        if (
            read.metric == "contacts_traced_cum"
            and level.aspect == FLOW
            and "已追踪" in self.text[token.start - 12 : token.start]
        ):
            self._aside(token, "contacts of the new cases alone, perhaps")
            return
        if level.since and clauses.kind_of(read.metric) is Kind.FLOW:
            self._aside(token, "of a longer time than the notice's")
            return
        if level.origin is not None and place is None and f.aspect is None and read.status in _ENDS:
            self._aside(token, "no metric for this part of one origin's cases")
            return
        if read.metric in ("imported_cum", "local_cum"):
            level.origin = read.metric
        elif f.aspect is not None or read.metric == "confirmed_cum":
            level.origin = None
        figure = self._figure(read.metric, read.status, token.number, token.start, token.end)
        figure.n *= read.sign
        figure.told = f.aspect
        figure.generic = read.status == "confirmed" and "confirmed" not in f.statuses
        if place is not None:
            if level.before is None and f.aspect and level.parent is None:
                level.place = place
            self._placed(figure, place, level, f)
            return
        self._own(figure, level, f.aspect if "compared" not in f.acts else None)
        self._where(figure, post, level)

    def _placed(self, figure: Figure, place: tuple[str | None, str], level: Level, f: Features) -> None:
        """武汉市新增确诊病例383例: a figure of one division."""
        waiting = [self._named(t) for t in level.waiting]
        for name in [*waiting, place]:
            if name is None:
                continue
            self._settle(level)
            copy = self._figure(figure.metric, figure.status, _number_of(figure), figure.start, figure.end)
            copy.n = figure.n
            copy.place = name
            self.figures.append(copy)
            level.upper = copy
        level.waiting.clear()
        if f.aspect:
            level.aspect = f.aspect
        if "suspect_converted" in f.acts and self._lacks(figure.n, level):
            converted = self._figure("confirmed_new", "confirmed", _number_of(figure), figure.start, figure.end)
            converted.place = place
            self.figures.append(converted)
            level.items.append(converted)
            own = self._figure(figure.metric, figure.status, _number_of(figure), figure.start, figure.end)
            self.figures.append(own)

    def _lacks(self, n: int, level: Level) -> bool:
        """Whether the breakdown of new cases needs a converted one to reach its total."""
        total = next((r.n for r in reversed(self.recent) if r.metric == "confirmed_new" and r.area == self.area), 0)
        listed = sum(i.n for i in level.items if i.parent is None) or sum(
            p.n
            for p in self.figures
            if p.metric == "confirmed_new" and p.place and not p.parent and p.sentence == self.index
        )
        return level.head == "confirmed_new" and listed + n <= total

    def _own(self, figure: Figure, level: Level, aspect: str | None) -> None:
        """A number of the area itself: it ends a breakdown and is what later words refer to."""
        self._settle(level)
        figure.bracketed = level.parent is not None
        if (
            level.part_of in ("severe", "severe_new")
            and figure.metric in ("critical", "critical_new")
            or (level.parent is not None and level.parent.metric.startswith("severe") and figure.status == "critical")
        ):
            self._say("critical_within_severe", True, figure.start, figure.end)
        self.figures.append(figure)
        self.recent.append(figure)
        level.before = figure
        level.head = None
        level.head_status = ""
        level.upper, level.dividing = None, False
        if aspect:
            level.aspect = aspect

    def _of_place(self, f: Features, token: Token, parent: Figure, level: Level) -> None:
        """湖北省26例（死亡1例）: a number of another kind for the place before the bracket."""
        assert token.number is not None
        if f.bare and level.among:
            f = f._replace(statuses=self.deferred_status)
        self.deferred_status = f.statuses
        figure = self._figure("", "", token.number, token.start, token.end)
        figure.place, figure.area, figure.deferred = parent.place, parent.area, (f, parent)
        self.figures.append(figure)
        if not self._resolve(figure):
            level.items.append(figure)

    def _resolve(self, figure: Figure) -> bool:
        """Give a deferred figure its metric once the one it follows has its own. False while that is open."""
        assert figure.deferred is not None
        f, parent = figure.deferred
        if not parent.metric:
            return False
        figure.deferred = None
        aspect = _aspect_of(parent)
        read = clauses.metric_of(f, aspect, figure.unit, parent.status, parent.metric)
        if read.metric is None:
            self.figures.remove(figure)
            self.asides.append(Aside(figure.start, figure.end, read.reason, figure.sentence))
        else:
            figure.metric, figure.status = read.metric, read.status
        return True

    def _where(self, figure: Figure, post: list[Token], level: Level) -> None:
        """新增重症病例1例来自杭州市: the place that the words after a number give it."""
        places = [t for t in post if t.kind == "place"]
        link = next((i for i, t in enumerate(post) if t.kind == "link" and t.value == "is"), None)
        if len(places) != 1 or link is None or any(t.kind in ("share", "origin") for t in post):
            return
        if post.index(places[0]) != link + 1 or _runs_on(self.text, places[0].end):
            return
        self._give(figure, places[0])

    def _give(self, figure: Figure, place: Token) -> None:
        named = self._named(place)
        if named is None or not self._inside(named[0]):
            return
        child = self._figure(figure.metric, figure.status, _number_of(figure), place.start, place.end)
        child.place, child.closing = named, True
        if figure.place is not None:
            child.parent = figure
        self.figures.append(child)

    def _detail(self, tokens: list[Token], level: Level) -> bool:
        """（新城区）, 均在新城区, 均为新城区报告: a place that has the whole of the number before."""
        places = [t for t in tokens if t.kind == "place"]
        if len(places) != 1 or any(t.kind in ("aspect", "share", "origin", "act") for t in tokens):
            return False
        place = places[0]
        links = {t.value for t in tokens if t.kind == "link"}
        target = level.parent
        if target is not None and not level.single:
            return False
        if target is None:
            last = self.figures[-1] if self.figures and self.figures[-1].sentence == self.index else None
            target = last if links & {"all", "is"} else None
        if target is None or target.n == 0 or _runs_on(self.text, place.end, ("报告", "病例")):
            return False
        if target is level.parent and not links and len(tokens) > 1:
            return False
        if target.place is not None:
            named = self._within(place, target.place[0])
            if named is None:
                return False
            child = self._figure(target.metric, target.status, _number_of(target), place.start, place.end)
            child.place, child.parent, child.area = named, target, target.area
            self.figures.append(child)
            if not target.metric:
                level.items.append(child)
            return True
        self._give(target, place)
        return True

    def _scope_of(self, tokens: Sequence[Token]) -> None:
        """境外输入现有确诊病例…。累计确诊病例…: a paragraph that speaks of one origin alone."""
        if not tokens:
            return
        begins = self.index == 0 or self.text[tokens[0].start - 1 : tokens[0].start] == "\n"
        if begins or tokens[0].kind in ("place", "nation", "self"):
            self.scope = None
        first = [t for t in tokens if t.kind not in ("time", "punct")][:2]
        if len(first) == 2 and first[0].kind == "origin" and first[1].kind == "aspect" and first[1].value == EXISTING:
            self.scope = first[0].value

    # breakdowns

    def _head(self, tokens: list[Token], level: Level) -> None:
        """新增确诊病例中, 15例确诊病例中: what the following places break down."""
        self._settle(level)
        tokens = self._times(tokens, level)
        counted = next((t for t in tokens if t.kind == "num"), None)
        count = counted.number if counted else None
        f = clauses.features([t for t in tokens if t.kind != "num"])
        self._subject([t for t in tokens if t.kind != "num"], f, level)
        f = f._replace(barred=None, share=False, among=False)
        if f.bare and f.aspect is None:
            return
        read = clauses.metric_of(f, level.aspect, None, "", None)
        level.among = True
        if f.aspect is None:
            same = [r for r in self.recent if r.status == read.status and r.area == self.area]
            if count is not None:
                same = [r for r in same if r.n == count.n] or same
            if same:
                level.head, level.head_status = same[-1].metric, same[-1].status
                level.part_of = level.head
                return
            if count is None and read.metric is None:
                return
        known = any(r.metric == read.metric and r.area == self.area for r in self.recent)
        if counted is not None and counted.number is not None and read.metric and not known:
            self._own(self._figure(read.metric, read.status, counted.number, counted.start, counted.end), level, None)
        level.head, level.head_status = read.metric, read.status
        level.part_of = read.metric
        if f.aspect == NEW:
            level.aspect = NEW

    def _item(self, pre: list[Token], token: Token, f: Features, level: Level) -> bool:
        """昆明市12例, 甲市、乙市各1例, 外地来京人员5例: an entry of a breakdown."""
        assert token.number is not None
        names = self._item_names(pre, token, level)
        if not names:
            return False
        each = any(t.kind == "link" and t.value == "each" for t in pre)
        waiting = [n for t in level.waiting if (n := self._in_list(t, level))] if each else []
        level.waiting.clear()
        for name in [*waiting, *names]:
            figure = self._figure("", "", token.number, token.start, token.end)
            figure.place = name
            figure.parent = self._parent_of(name, level)
            self.figures.append(figure)
            level.items.append(figure)
        return True

    def _item_names(self, pre: list[Token], token: Token, level: Level) -> list[tuple[str | None, str]]:
        words = [t for t in pre if t.kind not in ("link", "case", "disease") or t.value in ("rest", "except")]
        if not words:
            return []
        if len(words) == 1 and words[0].kind == "place":
            if self._is_own(words[0]):
                return []
            named = self._in_list(words[0], level)
            return [named] if named is not None else []
        while len(words) > 1 and words[0].kind in ("noise", "text") and _ENUMERATOR.fullmatch(self._word(words[0])):
            words = words[1:]
        if len(words) == 1 and words[0].kind == "place" and not self._is_own(words[0]):
            named = self._in_list(words[0], level)
            return [named] if named is not None else []
        if any(t.kind not in ("place", "text") for t in words):
            return []
        listed = [t for t in words if t.kind == "place" or self._word(t) not in ("和", "及", "与", "以及")]
        if any(t.kind == "link" and t.value == "each" for t in pre) and all(t.kind == "place" for t in listed):
            found = [self._in_list(t, level) for t in listed]  # 甲、乙和丙各1例
            return [n for n in found if n is not None]
        name = self.text[words[0].start : words[-1].end].lstrip("和及与另")
        known = level.items or level.head or level.parent is not None or level.before is not None
        if not known:
            return []
        if words[-1].kind == "place" and words[0].kind == "text" and words[0].end - words[0].start <= 1:
            named = self._in_list(words[-1], level)
            return [named] if named is not None else []
        if BUCKET.fullmatch(name) or (PLACE_FORM.fullmatch(name) and level.items):
            return [(None, name)]
        return []

    def _parent_of(self, name: tuple[str | None, str], level: Level) -> Figure | None:
        """The entry that a new entry is a part of: the one before the bracket, or an upper division listed just before."""
        if level.parent is not None and level.parent.place is not None:
            return level.parent
        if level.dividing and level.upper is not None:
            return level.upper
        if not level.among_items:
            return None
        upper = next((i for i in reversed(level.items) if i.parent is None and i.place and i.place[0]), None)
        if upper is None or name[0] is None or upper.place is None or upper.place[0] is None:
            return None
        return upper if name[0] != upper.place[0] and self._is_below(name[0], upper.place[0]) else None

    def _settle(self, level: Level) -> None:
        """Close a breakdown: decide which number it explains and give its entries that metric."""
        items, level.items = level.items, []
        if not items:
            return
        open_items = [i for i in items if not i.metric and i.deferred is None]
        top = [i for i in open_items if i.parent is None or (i.parent.metric and i.parent is level.parent)]
        inherited = level.parent is not None and level.parent.place is not None
        if inherited and level.parent is not None and not level.parent.metric:
            self._pending_children(items, level.parent)
            return
        metric, status = self._explains(top, level)
        if not any(i.place and i.place[0] for i in top) and not self._sums(top, metric):
            metric = ""
        for item in items:
            if item.deferred is not None:
                self._resolve(item)
                continue
            if item.metric:
                continue
            if item.parent is not None and item.parent.metric:
                item.metric, item.status = item.parent.metric, item.parent.status
                continue
            if not metric:
                self.figures.remove(item)
                self.asides.append(Aside(item.start, item.end, "no number that this breaks down", self.index))
                continue
            item.metric, item.status = metric, status
        for item in self._orphans:
            if item.deferred is not None:
                self._resolve(item)
            elif item.parent is not None and item.parent.metric:
                item.metric, item.status = item.parent.metric, item.parent.status
            elif item in self.figures:
                self.figures.remove(item)
        self._orphans = []

    _orphans: list[Figure] = []

    def _pending_children(self, items: list[Figure], parent: Figure) -> None:
        self._orphans = [*self._orphans, *items]

    def _explains(self, top: list[Figure], level: Level) -> tuple[str, str]:
        """The metric that a breakdown explains: named by its head, else the own number that it sums to."""
        if level.parent is not None and level.parent.metric:
            return level.parent.metric, level.parent.status
        if level.head:
            return level.head, level.head_status
        total = sum(i.n for i in top)
        own = [r for r in self.recent if r.area == self.area and r.n > 0 and self.index - r.sentence <= 3]
        exact = [r for r in own if r.n == total]
        if exact:
            near = [r for r in exact if r.sentence == self.index] or exact
            return near[-1].metric, near[-1].status
        if not any(i.place and i.place[0] for i in top):
            return "", ""
        here = [r for r in own if r.sentence == self.index and not r.bracketed]
        if here:
            return here[-1].metric, here[-1].status
        last = max((r.sentence for r in own), default=None)
        there = [r for r in own if r.sentence == last]
        if not there:
            return "", ""
        first = next((r for r in there if r.status == "confirmed"), there[0])
        return first.metric, first.status

    def _sums(self, top: list[Figure], metric: str) -> bool:
        total = sum(i.n for i in top)
        return any(r.metric == metric and r.n == total and r.area == self.area for r in self.recent)

    # screening

    def _screening(self, pre: list[Token], token: Token, f: Features, level: Level) -> None:
        assert token.number is not None
        words = self.text[pre[0].start if pre else token.start : token.start]
        if token.number.unit is not Unit.PERSON_TIME or f.aspect != CUM:
            self._aside(token, "no metric for this screening")
            return
        elsewhere = re.search(r"省外|外省|其他|其它|除湖北|区外|市外|境外", words)
        if not elsewhere and not re.search(r"湖北|武汉|疫区|疫情发生地", words):
            self._aside(token, "no metric for this screening")
            return
        metric = "screened_elsewhere_cum" if elsewhere else "screened_epidemic_area_cum"
        self._own(self._figure(metric, "screened", token.number, token.start, token.end), level, CUM)

    # areas

    def _word(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def _is_own(self, token: Token) -> bool:
        return token.value != "" and token.value == self.area

    def _is_below(self, code: str, upper: str) -> bool:
        if upper == COUNTRY:
            return code != COUNTRY
        return upper in self.gazetteer.ancestors(code)

    def _inside(self, code: str | None) -> bool:
        return code is None or (self.area is not None and self._is_below(code, self.area))

    def _named(self, token: Token) -> tuple[str | None, str] | None:
        return (token.value or None, self.text[token.start : token.end])

    def _within(self, token: Token, code: str | None) -> tuple[str | None, str] | None:
        """The place named by a token, looked for inside a division first."""
        name = self.text[token.start : token.end]
        if code is None:
            return token.value or None, name
        matches = [m for m in self.gazetteer.match(self.text, token.start, within=code, on=self.on)]
        matches = [m for m in matches if m.division_code != code and m.end >= token.end]
        if len(matches) == 1:
            return matches[0].division_code, self.text[token.start : matches[0].end]
        return token.value or None, name

    def _in_list(self, token: Token, level: Level) -> tuple[str | None, str] | None:
        parent = level.parent
        if parent is not None and parent.place is not None:
            return self._within(token, parent.place[0])
        if level.among and level.items and (last := level.items[-1]).place and not token.value:
            return self._within(token, last.place[0] if last.place else None)
        if not token.value:
            return None, self.text[token.start : token.end]
        if self.area is not None and not self._inside(token.value):
            return None
        return self._named(token)

    def _place_of(self, pre: list[Token], level: Level) -> tuple[str | None, str] | None | str:
        """The division that a number with words of its own belongs to: None for the area itself."""
        places = [t for t in pre if t.kind == "place"]
        if not places:
            return None
        token = places[-1]
        if self._is_own(token):
            return None
        after = pre[pre.index(token) + 1 :]
        if after and after[0].kind in ("origin", "text", "share"):
            short = after[0].kind == "text" and self.text[after[0].start : after[0].end] in (
                "共",
                "又",
                "首次",
                "省",
                "再次",
            )
            if not short:
                return None if after[0].kind == "origin" else "outside"
        if level.parent is not None and level.parent.place is not None:
            return self._within(token, level.parent.place[0]) or "outside"
        if token.value and self._inside(token.value):
            return self._named(token)
        return "outside" if token.value else None

    def _subject(self, tokens: Sequence[Token], f: Features, level: Level) -> None:
        """Let the area spoken of change where a clause names another one as its subject."""
        if level.parent is not None or f.barred:
            return
        for i, token in enumerate(tokens):
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if token.kind == "nation":
                self._turn(self.base if self.base in _OWN_COUNTS else COUNTRY)
                return
            if token.kind == "self":
                if self.area == COUNTRY and self.base:
                    self._turn(self.base)
                return
            if token.kind == "place":
                if token.value and (i == 0 or tokens[i - 1].kind in ("link", "time", "text")):
                    self._turn_to(token, after, f)
                return
            if token.kind not in ("link", "text", "time", "noise"):
                return

    def _turn_to(self, token: Token, after: Token | None, f: Features) -> None:
        if token.value == self.area:
            return
        if token.start > 0 and after is not None and after.kind == "link" and after.value in ("is", "all"):
            return
        speaks = (
            after is None
            or after.kind in ("aspect", "status", "case", "disease", "time", "self")
            or (after.kind == "link" and after.value in ("reports", "zero", "asof"))
        )
        announces = after is not None and after.kind == "text" and self.text[after.start] in "卫疾共省"
        if not (speaks or announces):
            return
        if self.base is not None and token.value[2:4] != "00" and token.value[:2] != self.base[:2]:
            return  # another province's city is spoken of, not speaking
        alone = after is None and f == Features()
        fresh = not any(r.area == self.area for r in self.recent)
        if self.area is None or (not self._inside(token.value) and len(token.value) == 6):
            if alone or f.statuses or f.aspect or fresh or announces or self.index in self.timed:
                self._turn(token.value)
        elif self.area == COUNTRY and self.index in self.timed and token.value.endswith("0000") and fresh is False:
            if not any(r.sentence == self.index for r in self.recent):
                self._turn(token.value)

    def _turn(self, code: str | None) -> None:
        self.area = code

    # the rest

    def _attributes(self, tokens: list[Token], level: Level) -> None:
        kinds = {(t.kind, t.value) for t in tokens}
        words = self.text[tokens[0].start : tokens[-1].end]
        start, end = tokens[0].start, tokens[-1].end
        if ("link", "all") in kinds and ("origin", "imported") in kinds:
            own = next((r for r in reversed(self.recent) if r.status == "confirmed" and r.sentence == self.index), None)
            stock = "累计" in words or (own is not None and METRICS[own.metric].kind is Kind.STOCK)
            if own is not None:
                self._say("all_imported" if stock else "all_new_imported", True, start, end)
        if re.search(r"均在.{0,6}定点(?:医院|医疗机构|收治医院)", words):
            sentence = self.text[max(0, start - 16) : start]
            name = "all_in_designated_hospital"
            if re.search(r"除治愈出院|除出院", sentence + words):
                self._say(name + "_except_cured", True, start, end)
            elif re.search(r"(?:所有|全部)(?:确诊)?(?:病例|患者)", words):
                self._say(name, True, start, end)

    def _say(self, name: str, value: bool | int, start: int, end: int, level: str = "") -> None:
        if self.area is not None:
            self.said.append(Said(name, value, self.area, self.local or self.cutoff, start, end, level))

    def _affected(self, start: int, end: int) -> None:
        found = _AFFECTED.search(self.text, start, end)
        if found is None:
            return
        for pattern, level in _LEVELS:
            if pattern.match(self.text, found.end()):
                self._say("areas_affected", int(found.group(1)), found.start(1), found.end(), level)
                return

    def _figure(self, metric: str, status: str, number: Number, start: int, end: int) -> Figure:
        cutoff = self.local or self.cutoff
        return Figure(
            metric, status, number.n, number.unit, number.written, number.qualifier, start, end,
            self.area or "", cutoff, self.index, timed=self.index in self.timed,
        )  # fmt: skip

    def _aside(self, token: Token, reason: str) -> None:
        self.asides.append(Aside(token.start, token.end, reason, self.index))


_ENUMERATOR = re.compile(r"\(?\d{0,2}[.、)]?|[一二三四五六七八九十]{1,2}[、.是]|[.)]")
_REPORTS = re.compile(r"新增|累计|报告|通报")
_ENDS = frozenset(("cured", "death", "hospitalised", "severe", "critical"))
_OWN_COUNTS = frozenset(("710000", "810000", "820000"))  # 国内, 全国 in their notices mean themselves
_AFFECTED = re.compile(r"(?:涉及|分布在|分布于|波及)(?:全[省区市]|我[省区市])?(?:的)?(\d{1,4})个")
_LEVELS = [(re.compile(words), level) for words, level in LEVEL_WORDS]
_SELF = frozenset(SELF_WORDS)


def _begins_with_place(tokens: Sequence[Token]) -> bool:
    first = next((t for t in tokens if t.kind not in ("noise", "punct") and t.end - t.start > 1), None)
    return first is not None and first.kind == "place"


def _tells(tokens: Sequence[Token]) -> bool:
    return any(t.kind in ("status", "case") for t in tokens)


def _scoped(read: clauses.Reading, origin: str) -> clauses.Reading:
    """What a number is in a paragraph that speaks of imported cases alone."""
    metric = {"confirmed_cum": f"{origin}_cum", "confirmed_new": f"{origin}_new"}.get(read.metric or "")
    return clauses.Reading(metric, read.status, "no metric for this part of the imported cases")


def _leads(before: Sequence[Token]) -> bool:
    """Whether a time stands at the head of its clause, or right after the area's name."""
    return all(t.kind in ("place", "self", "nation", "punct") for t in before)


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the bracket that opens at ``start`` closes; the end where it does not."""
    depth = 0
    for i in range(start, len(tokens)):
        if tokens[i].kind == "punct":
            if tokens[i].value in "([":
                depth += 1
            elif tokens[i].value in ")]":
                depth -= 1
                if depth == 0:
                    return i
    return len(tokens)


def _shared(pre: list[Token], post: list[Token], at: int) -> tuple[list[Token], list[Token], int]:
    """Whose are the words between two numbers of one clause: the first's where it has none before it."""
    has = any(t.kind in ("status", "case") for t in pre)
    own = next(
        (i for i, t in enumerate(post) if t.kind in ("aspect", "punct") or t.value in ("和", "及", "与")), len(post)
    )
    if not has and any(t.kind in ("status", "case") for t in post[:own]):
        post = post[:own]
        last = max(i for i, t in enumerate(post) if t.kind in ("status", "case"))
        return pre, post[: last + 1], at + 2 + last
    return pre, [], at + 1


def _status_follows(tokens: Sequence[Token], i: int) -> bool:
    return any(t.kind == "status" for t in tokens[i + 1 : i + 2])


def _asof_before(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].endswith(
        ("截至", "截止", "截至到", "截止到", "截止至", "至", "截至昨", "截至今")
    )


def _aspect_of(figure: Figure) -> str | None:
    if not figure.metric:
        return None
    return NEW if METRICS[figure.metric].kind is Kind.FLOW else STOCK


def _number_of(figure: Figure) -> Number:
    return Number(figure.n, figure.unit, figure.written, figure.qualifier)


def _runs_on(text: str, end: int, allowed: tuple[str, ...] = ("病例", "报告", "患者")) -> bool:
    """Whether a place's name is only the beginning of a longer name (昆明市第三人民医院)."""
    rest = text[end : end + 2]
    return bool(rest) and "一" <= rest[0] <= "鿿" and not text.startswith(allowed, end)
