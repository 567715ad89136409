"""Breakdowns: places with numbers gather into a list, and the list finds the number that it explains."""

from __future__ import annotations

import re

from lianfang.capabilities.bulletins.rules import clauses
from lianfang.capabilities.bulletins.rules.clauses import Features
from lianfang.capabilities.bulletins.rules.context import Context
from lianfang.capabilities.bulletins.rules.figures import Aside, Figure, Level, aspect_of, number_of
from lianfang.capabilities.bulletins.rules.lexicon import BUCKET, PLACE_FORM
from lianfang.capabilities.bulletins.rules.tokens import Token
from lianfang.capabilities.bulletins.rules.tree import CORPS

_ENUMERATOR = re.compile(r"\(?\d{0,2}[.、)]?|[一二三四五六七八九十]{1,2}[、.是]|[.)]")


class Breakdowns(Context):
    """Entries of breakdowns, and the figures of an area that they belong to."""

    def _own(self, figure: Figure, level: Level, aspect: str | None) -> None:
        """A number of the area itself: it ends a breakdown and is what later words refer to."""
        self._settle(level)
        figure.bracketed = level.parent is not None
        if (level.part_of in ("severe", "severe_new") and figure.metric in ("critical", "critical_new")) or (
            level.parent is not None and level.parent.metric.startswith("severe") and figure.status == "critical"
        ):
            self._say("critical_within_severe", True, figure.start, figure.end)
        self.figures.append(figure)
        self.recent.append(figure)
        self.lead[figure.status] = figure.metric
        level.before = figure
        level.head = None
        level.head_status = ""
        level.upper, level.dividing = None, False
        if aspect:
            level.aspect = aspect

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
                corps = self.area is not None and CORPS in self.text[token.end : token.end + 16]
                return [(self.area, self._word(words[0]))] if corps else []
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
        upper = level.upper.place if level.dividing and level.upper is not None else None
        if upper is not None and upper[0] and PLACE_FORM.fullmatch(name):
            towns = self.gazetteer.match(self.text, words[0].start, within=upper[0], on=self.on)
            exact = [m for m in towns if m.end == words[-1].end and m.division_code != upper[0]]
            return [(exact[0].division_code if len(exact) == 1 else None, name)]
        if BUCKET.fullmatch(name) or (PLACE_FORM.fullmatch(name) and (level.items or level.among)):
            return [(None, name)]
        return []

    def _parent_of(self, name: tuple[str | None, str], level: Level) -> Figure | None:
        """The entry that a new one is a part of: before the bracket, or an upper division listed just before."""
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
        if not level.head and level.perhaps:
            metric, status = self._with_severe(items, top, level) or (metric, status)
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
        for item in self.orphans:
            if item.deferred is not None:
                self._resolve(item)
            elif item.parent is not None and item.parent.metric:
                item.metric, item.status = item.parent.metric, item.parent.status
            elif item in self.figures:
                self.figures.remove(item)
        self.orphans = []

    def _pending_children(self, items: list[Figure], parent: Figure) -> None:
        self.orphans = [*self.orphans, *items]

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

    def _with_severe(self, items: list[Figure], top: list[Figure], level: Level) -> tuple[str, str] | None:
        """其中甲市重症1例，乙市2例: the severe case is an entry too, where only so the breakdown sums to its number."""
        total = sum(i.n for i in top) + sum(p.n for p in level.perhaps)
        explained = [r for r in self.recent if r.area == self.area and r.n == total and self.index - r.sentence <= 1]
        if not explained or any(r.n == total - sum(p.n for p in level.perhaps) for r in explained):
            return None
        for figure in level.perhaps:
            entry = self._figure("", "", number_of(figure), figure.start, figure.end)
            entry.place, entry.area, entry.cutoff = figure.place, figure.area, figure.cutoff
            self.figures.append(entry)
            items.append(entry)
        level.perhaps = []
        return explained[-1].metric, explained[-1].status

    def _sums(self, top: list[Figure], metric: str) -> bool:
        total = sum(i.n for i in top)
        return any(r.metric == metric and r.n == total and r.area == self.area for r in self.recent)

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
        aspect = aspect_of(parent)
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
        child = self._figure(figure.metric, figure.status, number_of(figure), place.start, place.end)
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
            if not links & {"all"}:
                return False
            target = None
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
            child = self._figure(target.metric, target.status, number_of(target), place.start, place.end)
            child.place, child.parent, child.area = named, target, target.area
            self.figures.append(child)
            if not target.metric:
                level.items.append(child)
            return True
        self._give(target, place)
        return True


def _runs_on(text: str, end: int, allowed: tuple[str, ...] = ("病例", "报告", "患者")) -> bool:
    """Whether a place's name is only the beginning of a longer name (昆明市第三人民医院)."""
    rest = text[end : end + 2]
    return bool(rest) and "一" <= rest[0] <= "鿿" and not text.startswith(allowed, end)
