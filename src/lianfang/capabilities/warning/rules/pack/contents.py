"""What stands in an assessment pack, section by section, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple

from lianfang.capabilities.warning.rules import reading
from lianfang.capabilities.warning.rules.assessing import Filled
from lianfang.capabilities.warning.rules.grading import Title
from lianfang.capabilities.warning.rules.pack import pictures
from lianfang.capabilities.warning.rules.pack.drawing import Picture, svg
from lianfang.capabilities.warning.rules.pack.words import Words
from lianfang.capabilities.warning.rules.reading import CURVES, NOTHING, number, readings, refusal, wording

MOST_ROWS: Final = 60
"""Rows of a table that are printed; how many more there are is told."""


class Part(NamedTuple):
    """A division with its cases of the last week and of the one before; None where no day is known."""

    name: Title
    week: int | None
    before: int | None


class Chains(NamedTuple):
    """How many cases, links and chains there are, and the highest generation."""

    cases: int
    links: int
    chains: int
    generation: int


class Untraced(NamedTuple):
    """A case of unknown source; ``due`` is of the task to trace it, None where there is none."""

    case: str
    area: Title
    confirmed_at: datetime
    due: datetime | None


class Graded(NamedTuple):
    """An area as it is graded; ``level`` is None where that is left open, ``asks`` what a person is to decide."""

    area: Title
    level: Title | None
    step: Title | None
    asks: tuple[Title, ...]


class Grades(NamedTuple):
    """Areas by one edition, None where none was in force."""

    edition: Title | None
    begins: date | None
    areas: tuple[Graded, ...]
    unplaced: int


class Flow(NamedTuple):
    """Cases of ``to`` that came from elsewhere; None where nobody knows from where."""

    came_from: Title | None
    to: Title
    cases: int


class Waiting(NamedTuple):
    """A signal that waits for a review."""

    rule: Title
    area: Title
    at: datetime
    cases: int


class Signed(NamedTuple):
    """In which role the forecast was signed off and when, and until when it may be quoted."""

    role: Title
    at: datetime
    until: date


class Given(NamedTuple):
    """All of it, as of the end of ``as_of`` and as known at ``known_at``, from the record up to ``seq``. ``told`` are
    the estimates (``series_told.told``), ``signed`` is None while their forecast is internal; ``untraced`` are None for
    who sees sums only, ``chains`` of an earlier state of the record; ``signals`` are the latest of ``waiting`` ones."""

    area: Title
    disease: Title
    as_of: date
    known_at: datetime
    seq: int
    head: str
    told: Mapping[str, Any]
    signed: Signed | None
    sections: Sequence[Filled]
    untraced: Sequence[Untraced] | None
    parts: Sequence[Part]
    chains: Chains | None
    counties: Grades
    communities: Grades
    newly: Sequence[tuple[date, int]]
    reached: int
    flows: Sequence[Flow]
    signals: Sequence[Waiting]
    waiting: int


class Table(NamedTuple):
    """Rows under their titles; the first column says what a row is of."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


class Text(NamedTuple):
    text: str
    kind: Literal["text", "note", "item", "drawing", "under"] = "text"


Block = Table | Text


class Section(NamedTuple):
    title: str
    blocks: tuple[Block, ...]


def quoting(of: Signed | None, w: Words) -> str:
    """Whether the forecast may be quoted."""
    if of is None:
        return w("internal")
    return w("signed", role=w.of(of.role), at=w.stamp(of.at), until=w.day(of.until))


def sections(given: Given, w: Words, font: str) -> list[Section]:
    """The sections of a pack, in the order in which they are printed."""
    said = {one.code: w.of(one) for one in readings(given.told, given.as_of)}
    short = ("curve_onset", "nowcast", "rt", "forecast", "alarms")
    return [
        Section(w("in_short"), tuple(Text(said[code], "item") for code in short if code in said)),
        Section(w("signals"), tuple(_signals(given, w))),
        *(_curve(given, by, said, w, font) for by in CURVES),
        Section(w("r"), tuple(_ratio(given, said, w, font))),
        Section(w("forecast"), tuple(_ahead(given, said, w, font))),
        Section(w("alarms"), (Text(said["alarms"]), *_alarms(given, w))),
        Section(w("assessment"), tuple(_assessment(given, w))),
        Section(w("areas"), tuple(_areas(given, w))),
        Section(w("chains"), (_chains(given.chains, w),)),
        Section(w("counties"), tuple(_grades(given.counties, w))),
        Section(w("communities"), tuple(_grades(given.communities, w))),
        Section(w("spread"), tuple(_spread(given, w, font))),
        Section(w("matrix"), tuple(_matrix(given, w))),
        Section(w("quality"), tuple(_quality(given, w))),
    ]


def _drawing(of: Picture, w: Words, font: str) -> Text:
    return Text(svg(of, number, font), "drawing")


def _table(head: Iterable[str], rows: Iterable[Sequence[str]], w: Words) -> list[Block]:
    """The first rows, and how many are left out."""
    all_ = [tuple(row) for row in rows]
    left = len(all_) - MOST_ROWS
    table = Table(tuple(head), tuple(all_[:MOST_ROWS]))
    return [table, *([Text(w("more", n=left), "note")] if left > 0 else [])]


def _signals(given: Given, w: Words) -> Iterable[Block]:
    if not given.waiting:
        return [Text(w("signals_none"))]
    head = (w("rule"), w("area"), w("raised"), w("cases"))
    rows = [(w.of(one.rule), w.of(one.area), w.stamp(one.at), number(one.cases)) for one in given.signals]
    left = given.waiting - len(given.signals)
    return [*_table(head, rows, w), *([Text(w("signals_more", n=left), "note")] if left else [])]


def _curve(given: Given, by: str, said: Mapping[str, str], w: Words, font: str) -> Section:
    texts = [Text(said[f"curve_{by}"]), *([Text(said["nowcast"])] if by == "onset" and "nowcast" in said else [])]
    picture = pictures.curve(given.told, by, given.as_of, w)
    return Section(w("curve", by=w.of(wording().by[by])), (*texts, _drawing(picture, w, font)))


def _ratio(given: Given, said: Mapping[str, str], w: Words, font: str) -> Iterable[Block]:
    rt = given.told["rt"]
    yield Text(said.get("rt", w("none_here")))
    if rt["refused"] or not rt["days"]:
        return
    yield _drawing(pictures.ratio(given.told, given.as_of, w), w, font)
    if pictures.cut(given.told, given.as_of):
        yield Text(w("r_cut", n=number(pictures.MOST_R)), "note")
    if rt["si_mean"] is not None:
        figures = {"window": rt["window_days"], "mean": number(rt["si_mean"]), "sd": number(rt["si_sd"])}
        yield Text(w("r_basis", **figures, source=rt["source"]), "note")


def _ahead(given: Given, said: Mapping[str, str], w: Words, font: str) -> Iterable[Block]:
    told = given.told["forecast"]
    yield Text(said.get("forecast", w("none_here")))
    if told["refused"] or not told["days"]:
        return
    yield _drawing(pictures.ahead(given.told, given.as_of, w), w, font)
    yield Text(w("score"), "under")
    yield Text(said["score"])
    if told["skill"]:
        rows = [(w("ours"), number(told["skill"]["wis"]))]
        rows += [(one[w.lang], number(one["wis"])) for one in told["skill"]["baselines"]]
        yield from _table((w("method"), w("wis")), rows, w)


def _alarms(given: Given, w: Words) -> Iterable[Block]:
    if not given.told["alarms"]:
        return []
    head = (w("date"), w("detector"), w("seen"), w("expected"), w("upper"))
    newest = sorted(given.told["alarms"], key=lambda one: str(one["day"]), reverse=True)
    figures = ("observed", "expected", "upper")
    rows = [
        (w.day(date.fromisoformat(one["day"])), one[w.lang], *(number(one[name]) for name in figures)) for one in newest
    ]
    return _table(head, rows, w)


def _assessment(given: Given, w: Words) -> Iterable[Block]:
    for one in given.sections:
        yield Text(w.of(one), "under")
        yield from (Text(w.of(line), "item") for line in one.lines)
    yield Text(w("untraced"), "under")
    if not given.untraced:
        yield Text(w("untraced_none" if given.untraced is not None else "untraced_sums"))
        return
    rows = [(one.case, w.of(one.area), w.stamp(one.confirmed_at), w.stamp(one.due)) for one in given.untraced]
    yield from _table((w("case"), w("area"), w("confirmed"), w("due")), rows, w)


def _areas(given: Given, w: Words) -> Iterable[Block]:
    most = sorted(given.parts, key=lambda one: -1 if one.week is None else one.week, reverse=True)
    rows = [(w.of(one.name), number(one.week), number(one.before)) for one in most]
    return _table((w("area"), w("week"), w("before")), rows, w) if rows else [Text(w("none_here"))]


def _chains(of: Chains | None, w: Words) -> Text:
    if of is None:
        return Text(w("chains_past"))
    if not of.links:
        return Text(w("chains_none"))
    return Text(w("chains_read", n=number(of.cases), m=number(of.links), k=number(of.chains), g=of.generation))


def _grades(of: Grades, w: Words) -> Iterable[Block]:
    if of.edition is None or of.begins is None:
        yield Text(w("edition_none"))
    else:
        yield Text(w("edition", name=w.of(of.edition), day=w.day(of.begins)), "note")
    rows = [
        (
            w.of(one.area), w.of(one.level) if one.level else w("undecided"), w.of(one.step) if one.step else NOTHING,
            "; ".join(w.of(ask) for ask in one.asks) or NOTHING,
        )
        for one in of.areas
    ]  # fmt: skip
    if rows and of.edition is not None:
        yield from _table((w("area"), w("level"), w("why"), w("person")), rows, w)
    elif of.edition is not None:
        yield Text(w("none_here"))
    if of.unplaced:
        yield Text(w("unplaced", n=of.unplaced), "note")


def _spread(given: Given, w: Words, font: str) -> Iterable[Block]:
    yield Text(w.of(reading.spread_reading([n for _, n in given.newly], given.reached)))
    if any(n for _, n in given.newly):
        yield _drawing(pictures.reaching(given.newly, w), w, font)


def _matrix(given: Given, w: Words) -> Iterable[Block]:
    rows = [
        (w.of(one.came_from) if one.came_from else w("unknown_origin"), w.of(one.to), number(one.cases))
        for one in given.flows
    ]
    return _table((w("origin"), w("found_in"), w("cases")), rows, w) if rows else [Text(w("matrix_none"))]


def _quality(given: Given, w: Words) -> Iterable[Block]:
    """What to know of the data before one relies on the figures."""
    told = given.told
    notes = [w("quality_onset", n=told["unknown_onset"])] if told["unknown_onset"] else []
    notes += [w("quality_break", day=w.day(date.fromisoformat(one["day"])), name=one[w.lang]) for one in told["breaks"]]
    notes += [
        w.of(refusal(what, told[what]["refused"])) for what in ("nowcast", "rt", "forecast") if told[what]["refused"]
    ]
    return [Text(one, "item") for one in dict.fromkeys(notes or [w("quality_none")])]
