"""Records of notices as hypothesis draws them: sound and unsound, over real divisions of several provinces."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from hypothesis import strategies as st

from lianfang.capabilities.bulletins.facts import (
    CIVIL_TIME,
    METRICS,
    AreaCount,
    AreasAffected,
    Attributes,
    Basis,
    BulletinRecord,
    Count,
    Kind,
    Qualifier,
    Unit,
    Window,
)
from lianfang.places.gazetteer import Division, Gazetteer

AREAS = ("530000", "150000", "420000", "440000", "110000", "310000", "650000", "100000", "530100", "420100")
DAYS = 700
SIGNED = "severe_delta"
PERSONS = ("cured_cum", "cured_new", "deaths_cum", "deaths_new")  # sometimes counted as 人
GROUPS = {"110000": "外地来京人员", "310000": "外地来沪人员"}
DISEASES = {"ncov-2020": date(2020, 1, 22), "ebola": date(2014, 8, 1), "sars-2003": date(2003, 4, 20)}

numbers = st.one_of(st.integers(0, 30), st.integers(31, 2000), st.integers(2001, 400_000))
qualifiers = st.sampled_from([Qualifier.EXACT] * 7 + [Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT])


@cache
def children(code: str, on: date) -> tuple[Division, ...]:
    """The divisions below a code on a day."""
    return tuple(Gazetteer.load().children(code, on))


@st.composite
def counts(draw: st.DrawFn, metric: str) -> Count:
    """One number of the area; a change of severe cases has a sign, and no qualifier."""
    if metric == SIGNED:
        return Count(metric=metric, n=draw(st.integers(-900, 900)), unit=METRICS[metric].unit)
    n = draw(numbers)
    qualifier = draw(qualifiers) if n else Qualifier.EXACT
    unit = (
        draw(st.sampled_from([METRICS[metric].unit] * 9 + [Unit.PERSON])) if metric in PERSONS else METRICS[metric].unit
    )
    return Count(metric=metric, n=n, unit=unit, qualifier=qualifier)


@st.composite
def area_counts(draw: st.DrawFn, metric: str, division: Division, on: date, total: int | None = None) -> AreaCount:
    """One division, perhaps with counties, which may or may not add up to it; perhaps a mere sum of several."""
    n = total if total is not None else draw(st.integers(1, 300))
    below = [d for d in children(division.code, on) if d.level == "county"]
    chosen = draw(st.lists(st.sampled_from(below), max_size=3, unique=True)) if below else []
    own = [_one(metric, d, n if len(chosen) == 1 and draw(st.booleans()) else draw(st.integers(1, 90))) for d in chosen]
    derived = len(own) > 1 and draw(st.booleans())
    return AreaCount(
        metric=metric,
        n=sum(c.n for c in own) if derived else n,
        unit=METRICS[metric].unit,
        basis=Basis.DERIVED if derived else Basis.STATED,
        code=division.code,
        name=division.name,
        children=tuple(own),
    )


def _one(metric: str, division: Division, n: int) -> AreaCount:
    return AreaCount(metric=metric, n=n, unit=METRICS[metric].unit, code=division.code, name=division.name)


@st.composite
def lists_of_areas(draw: st.DrawFn, metric: str, code: str, on: date, total: int | None) -> tuple[AreaCount, ...]:
    """A list of divisions for one metric; half of the time it adds up to the total."""
    chosen = draw(st.lists(st.sampled_from(children(code, on)), min_size=1, max_size=6, unique=True))
    sound = total is not None and total >= len(chosen) and draw(st.booleans())
    shares = _shares(total, len(chosen)) if sound and total is not None else [None] * len(chosen)
    found = [draw(area_counts(metric, d, on, share)) for d, share in zip(chosen, shares, strict=True)]
    if code in GROUPS and draw(st.booleans()):
        unit = METRICS[metric].unit
        found.append(AreaCount(metric=metric, n=draw(st.integers(1, 90)), unit=unit, code=None, name=GROUPS[code]))
    return tuple(found)


def _shares(total: int, parts: int) -> list[int]:
    return [total - (parts - 1), *[1] * (parts - 1)]


@st.composite
def times(draw: st.DrawFn, disease: str) -> tuple[datetime, str]:
    """A cut-off at a full hour, a half hour, midnight or an unspoken end of a day, in the time of the disease."""
    first = datetime.combine(DISEASES[disease], time(), tzinfo=CIVIL_TIME)
    day = first + timedelta(days=draw(st.integers(0, DAYS if disease == "ncov-2020" else 300)))
    precision = draw(st.sampled_from(["hour", "hour", "hour", "day"]))
    if precision == "day" or draw(st.booleans()):
        return day + timedelta(days=1), precision
    return day + timedelta(hours=draw(st.integers(1, 23)), minutes=draw(st.sampled_from([0, 0, 0, 30]))), precision


@st.composite
def records(draw: st.DrawFn) -> BulletinRecord:
    """A notice that states at least one stock; flows have a window or none; each attribute goes with its number."""
    code = draw(st.sampled_from(AREAS))
    disease = draw(st.sampled_from([*["ncov-2020"] * 4, *DISEASES]))
    as_of, precision = draw(times(disease))
    stocks = draw(st.lists(st.sampled_from(_metrics(Kind.STOCK)), min_size=1, max_size=7, unique=True))
    flows = draw(st.lists(st.sampled_from(_metrics(Kind.FLOW)), max_size=6, unique=True))
    figures = tuple(draw(counts(m)) for m in (*stocks, *flows))
    window = None
    if set(flows) & WINDOWED and precision == "hour" and draw(st.booleans()):
        start = as_of - timedelta(hours=draw(st.integers(1, 60)))
        window = Window(start=start.replace(minute=0), end=as_of)
    stated = {f.metric: f.n for f in figures}
    listed = draw(
        st.lists(st.sampled_from([m for m in stated if m != SIGNED] or ["confirmed_cum"]), max_size=3, unique=True)
    )
    by_area = tuple(a for m in listed for a in draw(lists_of_areas(m, code, as_of.date(), stated.get(m))))
    return BulletinRecord(
        bulletin_id="",
        area_code=code,
        disease=disease,
        as_of=as_of,
        as_of_precision=precision,
        window=window,
        figures=figures,
        by_area=by_area,
        attrs=draw(attributes(frozenset(stated))),
        areas_affected=draw(affected(code, as_of.date())) if "confirmed_cum" in stated else None,
    )


WINDOWED = frozenset(m for m, about in METRICS.items() if about.kind is Kind.FLOW) - {
    "contacts_new",
    "contacts_released",
}


def _metrics(kind: Kind) -> list[str]:
    return [m for m, about in METRICS.items() if about.kind is kind]


@st.composite
def attributes(draw: st.DrawFn, stated: frozenset[str]) -> Attributes:
    """True or silent; a notice never says that something is not so."""
    maybe = st.sampled_from([None, True])
    return Attributes(
        all_new_imported=draw(maybe) if "confirmed_new" in stated else None,
        all_imported=draw(maybe) if "confirmed_cum" in stated else None,
        critical_within_severe=draw(maybe) if {"severe", "critical"} <= stated else None,
        all_in_designated_hospital=draw(maybe) if "confirmed_cum" in stated else None,
    )


@st.composite
def affected(draw: st.DrawFn, code: str, on: date) -> AreasAffected | None:
    """So many divisions of the level right below the area, or nothing."""
    below = children(code, on)
    return draw(st.none() | st.builds(AreasAffected, n=st.integers(1, 40), level=st.just(below[0].level)))
