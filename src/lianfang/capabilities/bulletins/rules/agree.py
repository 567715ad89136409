"""The identity that a notice's headline and its several printings must keep with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianfang.capabilities.bulletins.facts import Basis, BulletinRecord, Count
from lianfang.capabilities.bulletins.rules.check import (
    Check,
    State,
    Term,
    figure,
    identities,
    interval,
    judged,
    not_applicable,
    term,
)


def printings(record: BulletinRecord, others: Sequence[BulletinRecord], headlines: Sequence[Count] = ()) -> list[Check]:
    """ID11: the headline says what the body says, and two printings of one notice say the same."""
    identity = identities()["ID11"]
    checks = [c for headline in headlines for c in _headline(record, headline)]
    for other in others:
        if (other.area_code, other.disease, other.as_of) == (record.area_code, record.disease, record.as_of):
            checks += _printing(record, other)
    return checks or [
        not_applicable(
            identity,
            "没有标题数字或另一刊载可以对照。",
            "There is no headline number or other printing to compare with.",
        )
    ]


def _headline(record: BulletinRecord, headline: Count) -> Iterator[Check]:
    body = figure(record, headline.metric)
    if body is None:
        return
    above = term(record, headline, sign=0, when_zh="标题：", when_en="headline:")
    yield _same(term(record, body), above, "正文", "标题", "the body", "the headline")


def _printing(record: BulletinRecord, other: BulletinRecord) -> list[Check]:
    """Every number that both printings state; one check for all that agree, one for each that does not."""
    if other.bulletin_id == record.bulletin_id:
        return []
    theirs = {key: count for key, count in _stated(other)}
    pairs = [(count, theirs[key]) for key, count in _stated(record) if key in theirs]
    checks = [
        _same(
            term(record, mine),
            term(other, yours, sign=0, when_zh="另一刊载", when_en="other printing:"),
            "本文",
            "另一刊载",
            "this printing",
            "the other",
        )
        for mine, yours in pairs
    ]
    differing = [c for c in checks if c.state is not State.HOLDS]
    if differing or not pairs:
        return differing
    return [
        judged(
            identities()["ID11"],
            State.HOLDS,
            f"两次刊载共有的{len(pairs)}个数字一致。",
            f"The {len(pairs)} numbers that both printings state agree.",
            numbers=[t for c in checks for t in c.numbers],
            area_code=record.area_code,
        )
    ]


def _stated(record: BulletinRecord) -> Iterator[tuple[tuple[str, str | None], Count]]:
    for f in record.figures:
        if f.basis is Basis.STATED:
            yield (f.metric, None), f
    for top in record.by_area:
        for a in top.walk():
            if a.basis is Basis.STATED:
                yield (a.metric, a.code or a.name), a


def _same(mine: Term, yours: Term, zh: str, other_zh: str, en: str, other_en: str) -> Check:
    identity = identities()["ID11"]
    agree = interval(mine.value, mine.qualifier).meets(interval(yours.value, yours.qualifier))
    label_zh, label_en = mine.label_zh, mine.label_en
    verdict_zh = "一致" if agree else "不一致"
    verdict_en = "they agree" if agree else "they differ"
    return judged(
        identity,
        State.HOLDS if agree else State.FAILS,
        f"{label_zh}：{zh}为{mine.value}，{other_zh}为{yours.value}，{verdict_zh}。",
        f"{label_en}: {en} has {mine.value}, {other_en} {yours.value}; {verdict_en}.",
        numbers=[mine, yours],
        metric=mine.metric,
        area_code=mine.area_code,
        difference=None if agree else mine.value - yours.value,
    )
