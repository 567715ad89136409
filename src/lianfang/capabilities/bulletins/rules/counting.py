"""Numbers and noughts with words of their own: what each counts, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from lianfang.capabilities.bulletins.facts import METRICS, Kind, Qualifier, Unit
from lianfang.capabilities.bulletins.rules import clauses
from lianfang.capabilities.bulletins.rules.breakdowns import Breakdowns
from lianfang.capabilities.bulletins.rules.clauses import CUM, FLOW, MIXED, NEW, STOCK, Features
from lianfang.capabilities.bulletins.rules.figures import Figure, Level, aspect_of, number_of
from lianfang.capabilities.bulletins.rules.moments import Cutoff
from lianfang.capabilities.bulletins.rules.tokens import Number, Token

_ENDS = frozenset(("cured", "death", "hospitalised", "severe", "critical"))


class Counting(Breakdowns):
    """Reads the numbers of a clause."""

    def _number(self, pre: list[Token], token: Token, post: list[Token], level: Level) -> None:
        f = clauses.features(pre, post)
        if f.among:
            self._divide(level)
        named = any(t.kind == "place" for t in pre)
        if level.open_statuses and not (f.silent and named):
            level.open_statuses = False
            if not f.aspect and not f.acts:
                self._aside(token, "two kinds in one number")
                return
        if "screened" in f.acts:
            self._screening(pre, token, f, level)
            return
        if level.among and level.items and _copula(post) and f.acts & {"asym_converted", "suspect_converted"}:
            self._turned(pre, token, f, level)
            return
        if self._listed(pre, post, f, level):
            f = clauses.features(pre)  # 新城区2例已痊愈出院, in a breakdown
        only_case = f.case and not (f.statuses or f.aspect or f.acts or f.origins)
        if (f.silent or (only_case and named)) and self._item(pre, token, f, level):
            return
        if level.items and not pre and _copula(post):
            self._aside(token, "a share of the place before it")  # 大连市2例，1例为重型
            return
        self._subject(pre, f, level)
        place = self._place_of(pre, level)
        if place == "outside":
            self._aside(token, "of an area that is not the notice's")
            return
        assert not isinstance(place, str)
        if place is None and level.item_place is not None and f.statuses and not (f.aspect or f.acts):
            place = level.item_place
        alone = level.place is not None and level.before is None
        if place is None and alone and not any(t.kind in ("place", "self", "nation") for t in pre):
            place = level.place
        self._counted(f, pre, token, post, place, level)

    def _turned(self, pre: list[Token], token: Token, f: Features, level: Level) -> None:
        """其中，甲市5例、乙市9例为无症状感染者转为确诊病例: what is told of the last holds for all of the list."""
        if not self._item(pre, token, clauses.features(pre), level):
            self._aside(token, "no metric holds it")
            return
        metric = "asymptomatic_to_confirmed" if "asym_converted" in f.acts else "suspected_to_confirmed"
        for item in level.items:
            item.metric, item.status = metric, "asym"
        level.items.clear()

    def _listed(self, pre: list[Token], post: list[Token], f: Features, level: Level) -> bool:
        """Whether a place's number in a breakdown is only described by the words after it."""
        if f.silent or not pre or pre[-1].kind != "place" or not clauses.features(pre).silent:
            return False
        if f.acts & {"asym_converted", "suspect_converted", "converted"} or set(f.statuses) - {"cured", "confirmed"}:
            return False
        listing = bool(level.items) or level.head is not None
        listing = listing or (level.parent is not None and level.parent.place is not None)
        return listing or (level.among and _copula(post) and (f.share or bool(f.origins)))

    def _counted(
        self,
        f: Features,
        pre: list[Token],
        token: Token,
        post: list[Token],
        place: tuple[str | None, str] | None,
        level: Level,
    ) -> None:
        """A number with words of its own that say what it counts."""
        assert token.number is not None
        parent = level.parent
        if parent is not None and parent.place is not None and place is None:
            if token.number.n > parent.n:
                self._aside(token, "more than the number that it would be a part of")
                return
            self._of_place(f, token, parent, level)
            return
        read, f = self._metric_of(f, token, place, level)
        reason = read.reason if read.metric is None else self._refused(read, f, token, place, level)
        if reason:
            self._aside(token, reason)
            level.aspect = f.aspect or level.aspect
            return
        assert read.metric is not None
        figure = self._figure(read.metric, read.status, token.number, token.start, token.end)
        figure.n *= read.sign
        figure.told = f.aspect
        if f.today and self.index in self.timed and figure.cutoff and clauses.kind_of(read.metric) is Kind.FLOW:
            figure.cutoff = _of_the_day(figure.cutoff)
        words = self.text[max(0, token.start - 40) : token.end + 20]
        figure.domestic = bool(f.origins) and "输入性" in words and "境外" not in words
        figure.generic = read.status == "confirmed" and "confirmed" not in f.statuses
        if place is not None:
            if level.before is None and f.aspect and level.parent is None:
                level.place = place
            self._placed(figure, place, level, f)
            level.item_place = place if f.aspect is None and level.among else None
            if any(t.kind == "link" and t.value == "is" for t in pre):
                level.head, level.head_status = figure.metric, figure.status  # 新增死亡病例为甲市1例、乙市2例
            return
        level.item_place = None
        aside = (
            f.bare and f.aspect == NEW and level.aspect in (CUM, STOCK)
        )  # 累计31例，新增4例，重症2例: 重症 is a stock
        self._own(figure, level, None if aside or "compared" in f.acts else f.aspect)
        self._where(figure, post, level)

    def _metric_of(
        self, f: Features, token: Token, place: tuple[str | None, str] | None, level: Level
    ) -> tuple[clauses.Reading, Features]:
        """The metric of a number in its sentence; and its features, with what the sentence adds to them."""
        assert token.number is not None
        before = level.before.status if level.before is not None else ""
        if level.place is not None and level.upper is not None and not before:
            before = level.upper.status
        part_of = level.parent.metric if level.parent is not None else None if f.aspect else level.part_of
        if f.aspect:
            level.part_of = None
        if f.bare and place is not None and f.aspect == NEW:
            before = level.head_status or before
        if level.excluding and place is not None and f.statuses == ("suspected",) and f.aspect is None and not f.acts:
            f = f._replace(acts=frozenset(("excluded",)))  # 排除甲市疑似病例1例、乙市疑似病例1例
        level.excluding = "excluded" in f.acts
        if "released" in f.acts:
            if token.number.unit is Unit.CASE and any(r.status == "asym" for r in self.recent[-4:]):
                before = "asym"
            if part_of in ("confirmed_cum", "confirmed_existing") and not f.statuses:
                f = f._replace(acts=f.acts - {"released"}, statuses=("cured",))  # from isolation, as recovered
        if "grew" in f.acts and token.number.n in self.announced:
            f = f._replace(aspect=CUM, acts=f.acts - {"grew"})  # 增45例, where the headline says 累计45例
        read = clauses.metric_of(f, level.aspect, token.number.unit, before, part_of)
        if place is not None and not (f.aspect or f.origins or f.acts) and (level.among or level.item_place):
            lead = level.head if level.head_status == read.status else self.lead.get(read.status)
            read = read._replace(metric=lead) if lead and read.status in ("confirmed", "asym") else read
        elif place is not None and level.head and not f.acts and set(f.statuses) == {level.head_status}:
            read = read._replace(metric=level.head)  # 疑似病例2例中，甲市新增疑似病例1例
        if f.barred == clauses.GROUP:
            group = clauses.metric_of(f._replace(barred=None), level.aspect, token.number.unit, before, part_of)
            level.head, level.head_status = group.metric, group.status
            self.carried_head = (group.metric, group.status) if group.metric else None
        return (_scoped(read, self.scope) if self.scope is not None and read.metric is not None else read), f

    def _refused(
        self, read: clauses.Reading, f: Features, token: Token, place: tuple[str | None, str] | None, level: Level
    ) -> str:
        """Why a number with a metric is not the notice's own all the same; empty where it is."""
        assert read.metric is not None
        spoken = self.text[max(0, token.start - 12) : token.start]
        if read.metric == "contacts_traced_cum" and level.aspect == FLOW and "已追踪" in spoken:
            return "contacts of the new cases alone, perhaps"
        if level.since and clauses.kind_of(read.metric) is Kind.FLOW:
            return "of a longer time than the notice's"
        part = token.number is not None and token.number.n <= level.origin_total
        if level.origin is not None and part and place is None and f.aspect is None and read.status in _ENDS:
            return "no metric for this part of one origin's cases"
        if read.metric in ("imported_cum", "local_cum"):
            level.origin = read.metric
            level.origin_total = token.number.n if token.number is not None else 0
        elif f.aspect is not None or read.metric == "confirmed_cum":
            level.origin = None
        return ""

    def _placed(self, figure: Figure, place: tuple[str | None, str], level: Level, f: Features) -> None:
        """武汉市新增确诊病例383例: a figure of one division."""
        waiting = [self._named(t) for t in level.waiting]
        for name in [*waiting, place]:
            if name is None:
                continue
            self._settle(level)
            copy = self._figure(figure.metric, figure.status, number_of(figure), figure.start, figure.end)
            copy.n = figure.n
            copy.place, copy.domestic = name, figure.domestic
            self.figures.append(copy)
            level.upper = copy
            if level.among and figure.status in ("severe", "critical") and f.aspect is None:
                level.perhaps.append(copy)
        level.waiting.clear()
        if f.aspect:
            level.aspect = f.aspect
        if "suspect_converted" in f.acts and self._lacks(figure.n, level):
            converted = self._figure("confirmed_new", "confirmed", number_of(figure), figure.start, figure.end)
            converted.place = place
            self.figures.append(converted)
            level.items.append(converted)
            own = self._figure(figure.metric, figure.status, number_of(figure), figure.start, figure.end)
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

    def _divide(self, level: Level) -> None:
        """其中: what follows is a part of the number before."""
        level.among = True
        level.among_items = bool(level.items)
        level.dividing = level.dividing or (level.upper is not None and self.figures[-1] is level.upper)
        last = level.before or next((r for r in reversed(self.recent) if self.index - r.sentence <= 1), None)
        level.part_of = last.metric if last is not None else None
        if last is not None and level.aspect in (FLOW, MIXED, STOCK, None):
            level.aspect = aspect_of(last)
        if level.before is None and self.carried_head and level.parent is None:
            level.head, level.head_status = self.carried_head

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
        figure.closing, figure.uncertain = True, aspect is None and level.aspect == NEW
        self._own(figure, level, f.aspect)

    def _unchanged(self, tokens: list[Token], f: Features, level: Level) -> None:
        """重症病例与前一日持平: a change of nought."""
        severe = "severe" in f.statuses or (f.bare and level.before is not None and level.before.status == "severe")
        same = next(t for t in tokens if t.kind == "act" and t.value == "same")
        if severe:
            nought = Number(0, None, "", Qualifier.EXACT)
            self._own(self._figure("severe_delta", "severe", nought, same.start, same.end), level, None)


def _of_the_day(cutoff: Cutoff) -> Cutoff:
    """截至7日24时，…当日新增: the window is that day."""
    whole = cutoff.start is None and (cutoff.at.hour, cutoff.at.minute) == (0, 0)
    return cutoff._replace(start=cutoff.at - timedelta(days=1)) if whole else cutoff


def _copula(post: list[Token]) -> bool:
    """Whether 为, 来自 or 在 follows a number."""
    return bool(post) and post[0].kind == "link" and post[0].value == "is"


def _scoped(read: clauses.Reading, origin: str) -> clauses.Reading:
    """What a number is in a paragraph that speaks of imported cases alone."""
    metric = {"confirmed_cum": f"{origin}_cum", "confirmed_new": f"{origin}_new"}.get(read.metric or "")
    return clauses.Reading(metric, read.status, "no metric for this part of the imported cases")


def _status_follows(tokens: Sequence[Token], i: int) -> bool:
    return any(t.kind == "status" for t in tokens[i + 1 : i + 2])
