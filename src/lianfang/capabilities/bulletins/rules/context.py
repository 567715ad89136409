"""What a sentence is read in: the area and the time spoken of, and the places that its words name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from lianfang.capabilities.bulletins.rules.clauses import Features
from lianfang.capabilities.bulletins.rules.figures import Aside, Figure, Level, Said
from lianfang.capabilities.bulletins.rules.moments import Calendar, Cutoff
from lianfang.capabilities.bulletins.rules.tokens import Number, Places, Token
from lianfang.places.gazetteer import COUNTRY, Division


class Gazetteer(Places, Protocol):
    """Divisions by name and by code."""

    def division(self, code: str, on: date | None = None) -> Division | None: ...

    def ancestors(self, code: str) -> tuple[str, ...]: ...


_OWN_COUNTS = frozenset(("710000", "810000", "820000"))  # 国内, 全国 in their notices mean themselves


class Context:
    """The state that sentences inherit, and the figures gathered so far."""

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
        self.heard = 0  # up to where paragraphs' openings were looked at
        self.figures: list[Figure] = []
        self.asides: list[Aside] = []
        self.said: list[Said] = []
        self.recent: list[Figure] = []  # own figures of the notice so far, newest last
        self.timed: set[int] = set()  # sentences that say their own time
        self.carried_head: tuple[str, str] | None = None  # what the next sentence breaks down
        self.lines = False  # whether it does so line by line
        self.announced: frozenset[int] = frozenset()  # totals that the title says
        self.story = False  # within the story of one patient
        self.lead: dict[str, str] = {}  # the metric of each status in the totals that a breakdown explains
        self.scope: str | None = None  # the origin that a paragraph speaks of alone
        self.reports: set[int] = set()  # the sentences that have the words of a report
        self.reporting = False  # whether the sentence has the words of a report
        self.deferred_status: tuple[str, ...] = ()
        self.orphans: list[Figure] = []  # parts of entries whose breakdown is still open

    def _figure(self, metric: str, status: str, number: Number, start: int, end: int) -> Figure:
        cutoff = self.local or self.cutoff
        return Figure(
            metric, status, number.n, number.unit, number.written, number.qualifier, start, end,
            self.area or "", cutoff, self.index, timed=self.index in self.timed,
        )  # fmt: skip

    def _aside(self, token: Token, reason: str) -> None:
        self.asides.append(Aside(token.start, token.end, reason, self.index))

    def _say(self, name: str, value: bool | int, start: int, end: int, level: str = "") -> None:
        if self.area is not None:
            self.said.append(Said(name, value, self.area, self.local or self.cutoff, start, end, level))

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

    def _place_of(self, pre: list[Token], level: Level) -> tuple[str | None, str] | str | None:
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
            if (
                token.kind == "place"
                and self.area == COUNTRY
                and i == 0
                and self.text[token.end : token.end + 1] == ":"
            ):
                self._turn(token.value or None)  # 浙江省:…, a paragraph of a round-up
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
            return
        opens = self.index in self.timed and not any(r.sentence == self.index for r in self.recent)
        if self.area == COUNTRY and opens and token.value.endswith("0000") and not fresh:
            self._turn(token.value)

    def _turn(self, code: str | None) -> None:
        self.area = code
