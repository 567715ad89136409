"""Sentences of a notice, read from left to right: each number becomes a figure or is set aside with a reason.

The state that a sentence inherits is small: the area spoken of, the cut-off, and whether its time means a
stock or a flow. Within a sentence the aspect (新增, 累计, 现有) carries over a list, a bracket belongs to the
number before it, and places with numbers gather into a breakdown, whose metric is that of the number they
explain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lianfang.capabilities.bulletins.facts import METRICS, Kind
from lianfang.capabilities.bulletins.rules import areas, clauses
from lianfang.capabilities.bulletins.rules.clauses import CUM, EXISTING, FLOW, MIXED, NEW, STOCK
from lianfang.capabilities.bulletins.rules.counting import Counting
from lianfang.capabilities.bulletins.rules.figures import Aside, Level, aspect_of
from lianfang.capabilities.bulletins.rules.lexicon import LEVEL_WORDS
from lianfang.capabilities.bulletins.rules.moments import Cutoff, parse
from lianfang.capabilities.bulletins.rules.tokens import Token, tokenise
from lianfang.places.gazetteer import COUNTRY

_DATED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_OPENS = re.compile(r"\A|\n")  # where a paragraph begins


class Sentences(Counting):
    """Reads sentence after sentence; gathers figures, asides and attributes."""

    def read(self, start: int, end: int) -> None:
        """Read the sentence ``text[start:end]``."""
        self.index += 1
        if self._tells_a_story(start, end):
            return
        self.local = None
        self._hear(start, end)
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
        if self.reporting:
            self.reports.add(self.index)
        self._run(tokens, level)
        self._settle(level)
        if self.text[end - 1] == ":" and level.head:
            self.carried_head, self.lines = (level.head, level.head_status), True
        self._anchor(tokens)
        self.closed_as = level.aspect if level.aspect in (NEW, CUM, EXISTING, STOCK, FLOW) else self.closed_as
        self._affected(start, end)

    def _hear(self, start: int, end: int) -> None:
        """Let a paragraph that opens with another province as the one that reports be that one's from its first word,
        and what follows a heading with its agency likewise."""
        since, self.heard = self.heard, end
        if self.area in (None, COUNTRY):
            return
        opened = [m.end() for m in _OPENS.finditer(self.text, since, start + 1) if m.end() <= start]
        told = [areas.announcer(self.text, at, self.gazetteer, self.on) for at in opened]
        if start in opened:
            told.append(areas.speaker(self.text, start, end, self.gazetteer, self.on))
        for code in told:
            if code and code.endswith("0000") and code != COUNTRY and self.area and code[:2] != self.area[:2]:
                self.base = code
                self._turn(code)
                if dated := _DATED.search(self.text, since, end):
                    day = self.calendar.day(dated[1], dated[2], dated[3])
                    if day is not None:
                        self.calendar.remember(day)

    def _tells_a_story(self, start: int, end: int) -> bool:
        """Whether the sentence is of one patient (第3例患者，男，…), or denies a rumour: nothing of it is a figure."""
        if _STORY.match(self.text, start, end):
            self.story = True
        elif self.story and _STORY_ENDS.search(self.text, start, end):
            self.story = False
        return self.story or _RUMOUR.search(self.text, start, end) is not None

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
                level.item_place = None
                if level.aspect in (CUM, EXISTING):
                    level.aspect = STOCK
                elif level.aspect == NEW and self.default is not None:
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
        """A bracket: part of the clause, or an explanation of the number before. Returns what stays of the clause."""
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
        inner = Level(aspect_of(before), parent=before, before=before if before.place is None else None)
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
        rest: Token | None = None
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
            rest = next((t for t in pre if t.kind == "link" and t.value in ("rest", "except")), rest)
            if rest is not None and rest not in pre:
                pre = [rest, *pre]  # 其余220例确诊病例和10例疑似病例
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
        known = self.cutoff
        if cutoff.start and known and known.start and cutoff.at == known.at and cutoff.start < known.start:
            level.since = True  # since the outbreak began, to the same end
            return
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
        self.lead = {}

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
        if places and delimiter == "、" and tokens[-1].kind == "place" and not f.statuses:
            level.waiting.append(tokens[-1])
        elif f.statuses and delimiter == "、":
            level.open_statuses = True

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
        stated = f.aspect is not None or bool(f.acts) or read.status == "hospitalised"
        if stated and counted is not None and counted.number is not None and read.metric and not known:
            self._own(self._figure(read.metric, read.status, counted.number, counted.start, counted.end), level, None)
        level.head, level.head_status = read.metric, read.status
        level.part_of = read.metric
        if f.aspect == NEW:
            level.aspect = NEW

    def _attributes(self, tokens: list[Token], level: Level) -> None:
        kinds = {(t.kind, t.value) for t in tokens}
        words = self.text[tokens[0].start : tokens[-1].end]
        start, end = tokens[0].start, tokens[-1].end
        if ("link", "all") in kinds and ("origin", "imported") in kinds:
            last = self.recent[-1] if self.recent else None
            own = last if last is not None and last.status == "confirmed" and last.sentence == self.index else None
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

    def _affected(self, start: int, end: int) -> None:
        found = _AFFECTED.search(self.text, start, end)
        if found is None:
            return
        for pattern, level in _LEVELS:
            if pattern.match(self.text, found.end()):
                self._say("areas_affected", int(found.group(1)), found.start(1), found.end(), level)
                return


_STORY = re.compile(
    r"(?:第\d+[例名][^,。]{0,6}(?:患者|病例)?[,:]|患者(?:\d|[,:、]|[一-鿿]某|男|女|为?\d+岁)|病例\d+[,:]|确诊病例\d+[,:]|该(?:名)?(?:患者|病例)"
    r"|[一-鿿]某[某,])"
)
_STORY_ENDS = re.compile(r"截[至止]|累计|新增|现有|全[省市区县]|我[省市区]|疑似病例\d|追踪到密切接触者")
_RUMOUR = re.compile(r"网传|网上流传|传言|谣传|谣言|不实|不属实")
_REPORTS = re.compile(r"新增|累计|报告|通报")
_AFFECTED = re.compile(r"(?:涉及|分布在|分布于|波及)(?:全[省区市]|我[省区市])?(?:的)?(\d{1,4})个")
_LEVELS = [(re.compile(words), level) for words, level in LEVEL_WORDS]


def _begins_with_place(tokens: Sequence[Token]) -> bool:
    first = next((t for t in tokens if t.kind not in ("noise", "punct") and t.end - t.start > 1), None)
    return first is not None and first.kind == "place"


def _tells(tokens: Sequence[Token]) -> bool:
    return any(t.kind in ("status", "case") for t in tokens)


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


def _asof_before(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].endswith(
        ("截至", "截止", "截至到", "截止到", "截止至", "至", "截至昨", "截至今")
    )
