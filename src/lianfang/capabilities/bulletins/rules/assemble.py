"""Records from figures: those of one area and one cut-off belong together; a second printing adds an occurrence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import (
    METRICS,
    AreaCount,
    AreasAffected,
    Attributes,
    BulletinRecord,
    Count,
    Issue,
    Kind,
    Occurrence,
    Source,
    Window,
)
from lianfang.capabilities.bulletins.rules.figures import Figure, Said
from lianfang.capabilities.bulletins.rules.moments import UNKNOWN_YEAR, Cutoff
from lianfang.capabilities.bulletins.rules.normalise import Normalised
from lianfang.capabilities.bulletins.rules.tree import Divisions, tree

_JOIN_WITHIN = timedelta(hours=36)


@dataclass(slots=True)
class Draft:
    """A record being put together."""

    area: str
    at: datetime | None
    precision: str = "hour"
    start: datetime | None = None
    end: datetime | None = None
    figures: list[Figure] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    @property
    def has_stock(self) -> bool:
        return any(f.place is None and METRICS[f.metric].kind is Kind.STOCK for f in self.figures)

    @property
    def has_flow(self) -> bool:
        return any(METRICS[f.metric].kind is Kind.FLOW for f in self.figures)


class Assembly(NamedTuple):
    """What records are made with."""

    normalised: Normalised
    divisions: Divisions
    disease: str
    source: Source
    on: date | None
    sentences: Sequence[tuple[int, int]]


def drafts(figures: Iterable[Figure], said: Iterable[Said], divisions: Divisions) -> list[Draft]:
    """Figures gathered by area and cut-off, in the order of the text."""
    found: list[Draft] = []
    for figure in figures:
        draft = _draft_for(found, figure.area, figure.cutoff)
        draft.figures.append(figure)
        if figure.cutoff and figure.cutoff.start and (draft.start is None or figure.cutoff.start < draft.start):
            draft.start, draft.end = figure.cutoff.start, figure.cutoff.at
    for area in dict.fromkeys(d.area for d in found):
        _join(found, area)
    for fact in said:
        own = [d for d in found if d.area == fact.area]
        at = fact.cutoff.at if fact.cutoff else None
        target = next((d for d in own if at in (d.at, d.end)), own[-1] if own else None)
        if target is not None:
            target.said.append(fact)
    return [d for d in found if d.figures]


def _draft_for(found: list[Draft], area: str, cutoff: Cutoff | None) -> Draft:
    at = cutoff.at if cutoff else None
    for draft in found:
        if draft.area == area and draft.at == at:
            if cutoff and cutoff.precision == "hour":
                draft.precision = "hour"
            return draft
    draft = Draft(area, at, cutoff.precision if cutoff else "day")
    found.append(draft)
    return draft


def _join(found: list[Draft], area: str) -> None:
    """Numbers without a time of their own, of a bare day, or of a window before the cut-off join the area's record."""
    own = [d for d in found if d.area == area]
    for draft in own:
        target = _target(draft, [d for d in own if d is not draft and d.figures])
        if target is None:
            continue
        target.figures.extend(draft.figures)
        target.figures.sort(key=lambda f: f.start)
        if draft.start is not None and target.start is None:
            target.start, target.end = draft.start, draft.end
        draft.figures = []


def _target(draft: Draft, others: list[Draft]) -> Draft | None:
    if draft.at is None:
        timed = [d for d in others if d.at is not None]
        if not timed:
            return None
        before = [d for d in timed if d.figures[0].start < draft.figures[0].start]
        return before[-1] if before else timed[0]
    day_only = draft.precision == "day" and draft.start is None
    for other in sorted((d for d in others if d.at is not None), key=lambda d: str(d.at)):
        assert other.at is not None
        gap = other.at - draft.at
        if day_only and timedelta(hours=-24) < gap <= timedelta(0) and other.precision == "hour":
            return other
        if draft.start is None or draft.has_stock or other.start is not None or not other.has_stock:
            continue
        if timedelta(0) < gap <= _JOIN_WITHIN:
            return other
    return None


def record(draft: Draft, made: Assembly) -> BulletinRecord:
    """The record of a draft."""
    issues: list[Issue] = []
    kept = _once(_with_confirmed(draft), issues, made.normalised)
    _settle_suspected(kept, issues, made.normalised)
    kept = _without_own_share(kept, draft.area)
    own = tuple(_count(f, made.normalised) for f in kept if f.place is None)
    by_area = tree([f for f in kept if f.place is not None], draft.area, made.divisions, made.normalised, made.on)
    unknown = draft.at is not None and draft.at.year <= UNKNOWN_YEAR + 1
    if unknown:
        issues.append(
            Issue(code="year_unknown", severity="W", zh="文中未写年份", en="The text does not give the year.")
        )
    at = None if unknown else draft.at
    window = None
    if draft.start is not None and draft.end is not None and not unknown:
        window = Window(start=draft.start, end=draft.end)
    attrs, affected = _said(draft.said, made.normalised)
    return BulletinRecord(
        bulletin_id=identity(draft.area, at, window, own, by_area),
        source=made.source,
        area_code=draft.area,
        disease=made.disease,
        as_of=at,
        as_of_precision=draft.precision,
        window=window,
        figures=own,
        attrs=attrs,
        by_area=by_area,
        areas_affected=affected,
        occurrences=_occurrences(draft.figures, made),
        issues=tuple(issues),
    )


def identity(
    area: str, at: datetime | None, window: Window | None, own: Sequence[Count], by_area: Sequence[AreaCount]
) -> str:
    """A stable name of a notice: of its area, cut-off, window and numbers, whatever its wording and order."""
    numbers = sorted(f"{c.metric}={c.n}" for c in own)
    numbers += sorted(f"{a.metric}@{a.code or a.name}={a.n}" for top in by_area for a in top.walk())
    window_text = f"{window.start.isoformat()}/{window.end.isoformat()}" if window else ""
    whole = "|".join([area, at.isoformat() if at else "", window_text, *numbers])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _with_confirmed(draft: Draft) -> list[Figure]:
    """新增输入性确诊病例8例, where no other new case is told: all that are new, and all imported."""
    figures = draft.figures
    for origin, whole in (("imported_new", "confirmed_new"), ("imported_cum", "confirmed_cum")):
        told = [f for f in figures if f.metric == origin and f.domestic]
        if not told or any(f.metric == whole for f in figures) or not _only_imported(figures):
            continue
        for figure in told:
            if figure.place is None:
                figures.append(replace(figure, metric=whole))
                attribute = "all_new_imported" if whole == "confirmed_new" else "all_imported"
                draft.said.append(Said(attribute, True, draft.area, figure.cutoff, figure.start, figure.end))
        for figure in figures:
            if figure.metric == origin and figure.place is not None:
                figure.metric = whole
    return sorted(figures, key=lambda f: f.start)


def _without_own_share(figures: list[Figure], area: str) -> list[Figure]:
    """新疆维吾尔自治区18例、兵团6例: the region's own share, only where its prefectures are not listed too."""
    own = {f.metric for f in figures if f.place is not None and f.place[0] == area}
    listed = {
        f.metric for f in figures if f.place is not None and f.place[0] and "-" not in f.place[0] and f.place[0] != area
    }
    return [f for f in figures if not (f.place is not None and f.place[0] == area and f.metric in own & listed)]


def _only_imported(figures: list[Figure]) -> bool:
    return not any(f.metric in ("local_new", "local_cum") for f in figures)


def _count(figure: Figure, normalised: Normalised) -> Count:
    start, end = normalised.span(figure.start, figure.end)
    return Count(
        metric=figure.metric,
        n=figure.n,
        unit=figure.unit or METRICS[figure.metric].unit,
        unit_as_written=figure.written,
        qualifier=figure.qualifier,
        basis=figure.basis,
        start=start,
        end=end,
    )


def _once(figures: list[Figure], issues: list[Issue], normalised: Normalised) -> list[Figure]:
    """Each number of each area once. One that is stated again otherwise is an issue; the first stays."""
    kept: dict[tuple[str, str | None, str], Figure] = {}
    replaced: dict[int, Figure] = {}
    for figure in figures:
        code, name = figure.place if figure.place else (None, "")
        key = (figure.metric, code, "" if code else name)
        first = kept.get(key)
        if first is None:
            kept[key] = figure
            if figure.parent is not None and id(figure.parent) in replaced:
                figure.parent = replaced[id(figure.parent)]
            continue
        if first.n != figure.n and _outranks(figure, first):
            kept[key] = figure
            replaced[id(first)] = figure
            continue
        replaced[id(figure)] = first
        if first.n != figure.n:
            issues.append(_conflict(first, figure, normalised))
    return list(kept.values())


def _outranks(second: Figure, first: Figure) -> bool:
    """Whether a later number is the area's own total where the one before was a part or unsure."""
    if second.anchored and not first.anchored:
        return True
    if first.generic and not second.generic and first.sentence == second.sentence and second.n < first.n:
        return True  # 新增75例病例，其中确诊病例60例
    if first.uncertain and not second.uncertain:
        return True
    # 10例疑似病例现纳入, then 现有疑似病例4094例
    return first.told is None and second.told in ("existing", "cum") and second.place is None


def _conflict(first: Figure, second: Figure, normalised: Normalised) -> Issue:
    start, end = normalised.span(second.start, second.end)
    about = METRICS[second.metric]
    where = second.place[1] if second.place else ""
    return Issue(
        code="stated_twice_differently",
        severity="W",
        zh=f"{where}{about.zh}先写{first.n}，后写{second.n}",
        en=f"{where} {about.en}: {first.n} is stated first, then {second.n}.".strip(),
        start=start,
        end=end,
    )


def _settle_suspected(figures: list[Figure], issues: list[Issue], normalised: Normalised) -> None:
    """累计报告疑似病例 is the current stock, unless the notice gives 现有疑似病例 too."""
    if "历史累计" in normalised.text or any(
        f.metric == "suspected" and f.place is None and f.told == "existing" for f in figures
    ):
        return
    kept = {(f.metric, f.place) for f in figures}
    for figure in list(figures):
        if figure.metric != "suspected_cum":
            continue
        figure.metric = "suspected"
        if ("suspected", figure.place) in kept:
            figures.remove(figure)
        if figure.place is None:
            start, end = normalised.span(figure.start, figure.end)
            issues.append(
                Issue(
                    code="cumulative_label_on_stock",
                    severity="W",
                    zh="疑似病例是存量，不宜写“累计”，建议写“现有”",
                    en="Suspected cases are a stock: “current” is meant where “cumulative” is written.",
                    start=start,
                    end=end,
                )
            )


def _said(said: list[Said], normalised: Normalised) -> tuple[Attributes, AreasAffected | None]:
    attrs = {s.name: bool(s.value) for s in said if s.name != "areas_affected"}
    affected = next((s for s in said if s.name == "areas_affected"), None)
    if affected is None:
        return Attributes(**attrs), None
    start, end = normalised.span(affected.start, affected.end)
    return Attributes(**attrs), AreasAffected(n=int(affected.value), level=affected.level, start=start, end=end)


def _occurrences(figures: list[Figure], made: Assembly) -> tuple[Occurrence, ...]:
    """The stretches of text that print the notice: a gap, or the same total again, begins another printing."""
    runs: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda f: f.start):
        if not runs or figure.sentence - runs[-1][-1].sentence > 3 or _begins_again(figure, runs[-1]):
            runs.append([figure])
        else:
            runs[-1].append(figure)
    printings: list[list[Figure]] = []
    for run in runs:
        if printings and not _restates(run, printings[0]):
            printings[-1].extend(run)
        else:
            printings.append(run)
    found = []
    for run in printings:
        start, end = made.sentences[run[0].sentence][0], made.sentences[run[-1].sentence][1]
        a, b = made.normalised.span(start, end)
        found.append(Occurrence(start=a, end=b))
    return tuple(found)


def _totals(run: Iterable[Figure]) -> set[tuple[str, int]]:
    return {(f.metric, f.n) for f in run if f.place is None}


def _restates(run: list[Figure], first: list[Figure]) -> bool:
    """Whether a stretch says most of what the first one says: another printing, not a repeated figure."""
    own, known = _totals(run), _totals(first)
    common = own & known
    return (len(common) >= 2 and len(common) * 2 >= len(own)) or (bool(common) and common == own == known)


def _begins_again(figure: Figure, run: list[Figure]) -> bool:
    """The first figure of the notice, stated again in a later sentence that says its time."""
    first = run[0]
    same = figure.place is None and (figure.metric, figure.n) == (first.metric, first.n)
    return same and figure.sentence != first.sentence and figure.timed
