"""The pack of a press conference: the notice, a map, the work in three lines, the figures, the questions and the
answers; and the three lines that are proposed for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.app.indicators import queries as indicators
from lianfang.app.publication.drawing import alone, drawn
from lianfang.app.publication.paper import Paper, Picture, Table, Words, disease_name, name, tables_of
from lianfang.capabilities.bulletins.facts import METRICS, Contents
from lianfang.capabilities.bulletins.queries import briefings, issues
from lianfang.capabilities.bulletins.rules import write_en, write_zh
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.bulletins.state.briefings import Briefing, Question
from lianfang.capabilities.command.facts import ResponseLevel
from lianfang.capabilities.command.queries import levels, measures
from lianfang.capabilities.command.state import in_force
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.queries import boundaries, current_gazetteer

PARTS: Final = (
    ("contacts_traced_cum", "contacts_observing", "contacts_released_cum"),
    ("hospitalised", "severe", "critical", "cured_cum"),
    ("level", "measures"),
)
"""What each of the three lines is made of: finding, treating, steering."""
MAPPED: Final = "confirmed_cum"
COUNTED: Final = frozenset({*PARTS[0], *PARTS[1]})


class Lines(NamedTuple):
    """Three lines in each language; empty where there is nothing to tell."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


def proposed(viewer: Viewer, draft: UUID, *, now: datetime) -> Lines:
    """The lines that the registers give for the conference about an issued notice: figures as the notice counted them,
    the response and the measures as they hold now. Whoever prepares it changes them. Raises Forbidden, NotThere,
    Refused."""
    _, its = issues.one(viewer, draft)
    if its.number is None:
        zh, en = "须先发布通报，再准备发布会材料", "was not issued yet: a pack stands on an issued notice"
        raise Refused([Wrong("id", "not_issued", zh, en)])
    told = _counted(viewer, its.data.contents, now) | _steered(its.data.contents.area_code, now)
    return Lines(*(tuple(_line(Words(lang), part, told) for part in PARTS) for lang in ("zh", "en")))


def _counted(viewer: Viewer, of: Contents, now: datetime) -> dict[str, object]:
    window = of.record.window
    if window is None:
        return {}
    found = indicators.some(
        viewer, of.area_code, COUNTED, disease=of.disease, begins=window.start, ends=window.end, seq=of.seq, now=now
    ).figures
    return {key: one.n for key, one in found.items() if one.n}


def _steered(area: str, now: datetime) -> dict[str, object]:
    held = in_force(levels.histories([area])[area], now)
    n = len(measures.in_force(now, [area]))
    return {
        **({"level": held.level.value} if held and held.level is not ResponseLevel.ENDED else {}),
        **({"measures": n} if n else {}),
    }


def _line(w: Words, part: tuple[str, ...], told: Mapping[str, object]) -> str:
    words = [w(key, n=told[key]) for key in part if key in told]
    joined = w("line_join").join(words)
    return w("line_end", words=joined[0].upper() + joined[1:]) if words else ""


def pack(viewer: Viewer, subject: UUID, lang: Language) -> Paper:
    """The pack of a conference, to be set. Raises Forbidden, NotThere."""
    its = briefings.one(viewer, subject)
    assert its.pack is not None
    of = issues.as_issued(*issues.one(viewer, its.pack.notice))
    w, contents, gazetteer = Words(lang), of.contents, current_gazetteer()
    held = its.held.at if its.held else None
    return Paper(
        lang=lang,
        title=w("pack", area=name(gazetteer, contents.area_code, lang), disease=disease_name(contents, lang)),
        as_of=w("as_of", at=(write_zh if lang == "zh" else write_en).cut_off(contents.record)),
        standing=w("pack_held", at=w.stamp(held)) if held else w("pack_planned", at=w.stamp(its.pack.held_at)),
        note="",
        text=contents.zh if lang == "zh" else contents.en,
        tables=_tables(its, of, w, gazetteer),
        verify=w("verify", id=of.draft),
        made=_made(its),
        map=_map(of, w),
    )


def _map(of: issues.PublicIssue, w: Words) -> Picture | None:
    """The cumulative confirmed cases of the divisions right below; None where there is no map or no number."""
    area = of.contents.area_code
    numbers = {one.code: one.n for one in of.contents.record.by_area if one.metric == MAPPED and one.code}
    outlines = boundaries(None, area)
    if not outlines.features or not numbers:
        return None
    made = drawn(outlines, numbers, lambda its, n: f"{its[w.lang]}: {w('not_stated') if n is None else n}")
    source = outlines.source_zh if w.lang == "zh" else outlines.source_en
    return Picture(
        w("map", what=METRICS[MAPPED]._asdict()[w.lang]), alone(made),
        w("map_source", source=source, approval=outlines.approval),
    )  # fmt: skip


def _tables(its: Briefing, of: issues.PublicIssue, w: Words, gazetteer: Gazetteer) -> tuple[Table, ...]:
    assert its.pack is not None
    lines = its.pack.summary_zh if w.lang == "zh" else its.pack.summary_en
    summary = Table(w("summary"), ("", ""), tuple((f"{n}.", line) for n, line in enumerate(lines, 1)))
    asked = tuple(_asked(one, w) for one in its.questions)
    questions = (Table(w("questions"), (w("question"), w("answer")), asked),) if asked else ()
    return (summary, *questions, *tables_of(of, w, gazetteer))


def _asked(one: Question, w: Words) -> tuple[str, str]:
    question = one.zh if w.lang == "zh" else one.en or one.zh
    last = one.answers[-1] if one.answers else None
    answer = w("unanswered") if last is None else (last.zh if w.lang == "zh" else last.en or last.zh)
    return w("expected", words=question) if one.expected else question, answer


def _made(its: Briefing) -> datetime:
    """When the last was said of it: the same pack gives the same bytes."""
    assert its.prepared is not None
    steps = [its.prepared.at, *([its.held.at] if its.held else [])]
    return max([*steps, *(one.at for one in its.questions), *(a.at for one in its.questions for a in one.answers)])
