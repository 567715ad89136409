"""A check of an identity: what was compared, how it came out, and the sentence that explains it.

Numbers with a qualifier are intervals: N余 and N多 are [N, ∞), 近N is [0, N], 约N is N within the tolerance of
``policy/identities.toml``. Two intervals agree where they overlap.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from math import inf
from typing import Any, NamedTuple

from lianfang.capabilities.bulletins.facts import (
    METRICS,
    AreaCount,
    Basis,
    BulletinRecord,
    Count,
    Kind,
    Part,
    Qualifier,
    Unit,
)


class State(StrEnum):
    """How an identity came out."""

    HOLDS = "holds"
    WARNS = "warns"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """What a broken identity does: E blocks publishing, W asks for a note, I informs."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"


class Identity(NamedTuple):
    """One row of ``policy/identities.toml``."""

    id: str
    severity: Severity
    otherwise: Severity
    title_zh: str
    title_en: str
    expression: str
    source: str
    valid_from: date


class Term(Part):
    """One number of an identity. ``sign`` is 1 or -1 on the summed side and 0 for the number compared with.

    ``start`` and ``end`` point into the stored text of the notice ``bulletin_id``; None where it prints no such number.
    """

    label_zh: str
    label_en: str
    value: int
    metric: str
    sign: int = 1
    area_code: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    basis: Basis = Basis.STATED
    start: int | None = None
    end: int | None = None
    bulletin_id: str = ""


class Check(Part):
    """One identity, judged on one notice. ``difference`` is the stated number minus the computed one."""

    id: str
    severity: Severity
    state: State
    metric: str | None = None
    area_code: str | None = None
    numbers: tuple[Term, ...] = ()
    difference: int | None = None
    title_zh: str
    title_en: str
    expression: str
    zh: str
    en: str


class Interval(NamedTuple):
    """What a number may be, both ends included."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


UNIT_ZH = {Unit.CASE: "例", Unit.PERSON: "人", Unit.PERSON_TIME: "人次"}


@cache
def _policy() -> dict[str, Any]:
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/identities.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def identities() -> dict[str, Identity]:
    """The identities in force, by id: of several editions of one, the newest."""
    rows = sorted(_policy()["identity"], key=lambda row: row["valid_from"])
    return {
        row["id"]: Identity(
            row["id"],
            Severity(row["severity"]),
            Severity(row.get("otherwise", row["severity"])),
            row["title_zh"],
            row["title_en"],
            row["expression"],
            row["source"],
            row["valid_from"],
        )
        for row in rows
    }


def interval(value: int, qualifier: Qualifier) -> Interval:
    """The bounds of a number as written."""
    if qualifier is Qualifier.AT_LEAST:
        return Interval(value, inf)
    if qualifier is Qualifier.AT_MOST:
        return Interval(0, value)
    if qualifier is Qualifier.ABOUT:
        margin = abs(value) * float(_policy()["about"]["relative_tolerance"])
        return Interval(value - margin, value + margin)
    return Interval(value, value)


def unit_zh(metric: str | None) -> str:
    """例, 人 or 人次."""
    return UNIT_ZH[METRICS[metric].unit] if metric in METRICS else "例"


def term(record: BulletinRecord, count: Count, *, sign: int = 1, when_zh: str = "", when_en: str = "") -> Term:
    """A number of a notice as a term; ``when`` is put before its label (「上期」, "previous")."""
    about = METRICS.get(count.metric)
    zh, en = (about.zh, about.en) if about else (count.metric, count.metric)
    code: str | None = record.area_code
    if isinstance(count, AreaCount):
        code, zh, en = count.code, f"{count.name}{zh}", f"{count.name}: {en}"
    return Term(
        label_zh=f"{when_zh}{zh}",
        label_en=f"{when_en} {en}".strip(),
        value=count.n,
        metric=count.metric,
        sign=sign,
        area_code=code,
        qualifier=count.qualifier,
        basis=count.basis,
        start=count.start,
        end=count.end,
        bulletin_id=record.bulletin_id,
    )


def figure(record: BulletinRecord, metric: str) -> Count | None:
    """The notice's own number of a metric, or None where it gives none."""
    return next((f for f in record.figures if f.metric == metric), None)


def areas(record: BulletinRecord, metric: str) -> tuple[AreaCount, ...]:
    """The top-level divisions of a metric, in the order of the text."""
    return tuple(a for a in record.by_area if a.metric == metric)


def addends(record: BulletinRecord, metric: str, *, sign: int = 1) -> list[Term]:
    """A metric as the notice has it: its own figure, else the numbers of its divisions; empty where it has neither."""
    own = figure(record, metric)
    return [term(record, count, sign=sign) for count in ([own] if own else areas(record, metric))]


def judged(
    identity: Identity,
    state: State,
    zh: str,
    en: str,
    *,
    severity: Severity | None = None,
    numbers: Sequence[Term] = (),
    metric: str | None = None,
    area_code: str | None = None,
    difference: int | None = None,
) -> Check:
    """A check with the identity's own titles and expression."""
    return Check(
        id=identity.id,
        severity=severity or identity.severity,
        state=state,
        metric=metric,
        area_code=area_code,
        numbers=tuple(numbers),
        difference=difference,
        title_zh=identity.title_zh,
        title_en=identity.title_en,
        expression=identity.expression,
        zh=zh,
        en=en,
    )


def not_applicable(identity: Identity, zh: str, en: str, *, numbers: Sequence[Term] = ()) -> Check:
    """The notice does not have the numbers that the identity needs."""
    return judged(identity, State.NOT_APPLICABLE, zh, en, numbers=numbers)


def broken(severity: Severity) -> State:
    """An identity of severity E fails; the others warn."""
    return State.FAILS if severity is Severity.ERROR else State.WARNS


def balance(
    identity: Identity,
    summed: Sequence[Term],
    stated: Term,
    *,
    severity: Severity | None = None,
    note_zh: str = "",
    note_en: str = "",
    note_if_broken: bool = False,
) -> Check:
    """Compares the signed sum of ``summed`` with ``stated`` and says what is left unexplained.

    The note is added to the sentence; with ``note_if_broken`` only where the two do not agree.
    """
    severity = severity or identity.severity
    agree = _sum_interval(summed).meets(interval(stated.value, stated.qualifier))
    rest = stated.value - sum(t.sign * t.value for t in summed)
    zh, en = _verdict(summed, stated, agree)
    if agree and note_if_broken:
        note_zh = note_en = ""
    exact = all(t.qualifier is Qualifier.EXACT for t in (*summed, stated))
    return judged(
        identity,
        State.HOLDS if agree else broken(severity),
        f"{stated.label_zh}：{zh}{'；' if note_zh else ''}{note_zh}。",
        f"{stated.label_en}: {en}{'; ' if note_en else ''}{note_en}.",
        severity=severity,
        numbers=[*summed, stated.model_copy(update={"sign": 0})],
        metric=stated.metric,
        area_code=stated.area_code,
        difference=rest if exact or not agree else None,
    )


def _verdict(summed: Sequence[Term], stated: Term, agree: bool) -> tuple[str, str]:
    """The arithmetic and how it comes out, in both languages."""
    total = sum(t.sign * t.value for t in summed)
    rest = stated.value - total
    shown = _arithmetic(summed)
    if not agree:
        worked = f"{shown} = {total}" if len(summed) > 1 else shown
        return (
            f"{worked}，通报为{stated.value}：有{rest:+d}{unit_zh(stated.metric)}未能解释",
            f"{worked} against {stated.value}: unexplained {rest:+d}",
        )
    if rest:
        return (
            f"{shown} ≈ {stated.value}，相符（在约数的上下界之内）",
            f"{shown} ≈ {stated.value}: holds (within the bounds of the approximate numbers)",
        )
    return f"{shown} = {stated.value}，相符", f"{shown} = {stated.value}: holds"


def _sum_interval(terms: Sequence[Term]) -> Interval:
    low = high = 0.0
    for t in terms:
        bounds = interval(t.value, t.qualifier)
        low += bounds.low if t.sign > 0 else -bounds.high
        high += bounds.high if t.sign > 0 else -bounds.low
    return Interval(low, high)


def _arithmetic(terms: Sequence[Term]) -> str:
    """「1 + 1 − 1 − 1」; a negative change is written in brackets."""
    shown = ""
    for t in terms:
        value = f"({t.value})" if t.value < 0 else str(t.value)
        sign = "−" if t.sign < 0 else "+"
        shown += f" {sign} {value}" if shown else (f"−{value}" if t.sign < 0 else value)
    return shown


def stock_metrics(record: BulletinRecord) -> frozenset[str]:
    """The stocks that a notice gives for its own area."""
    return frozenset(f.metric for f in record.figures if f.metric in METRICS and METRICS[f.metric].kind is Kind.STOCK)
