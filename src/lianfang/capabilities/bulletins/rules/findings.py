"""What keeps a draft from being issued, and what a checker has to explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import BulletinRecord, Contents, Noted
from lianfang.capabilities.bulletins.rules.check import Check, Severity, State
from lianfang.capabilities.bulletins.rules.lint import Finding as Linted
from lianfang.capabilities.bulletins.rules.lint import Level, lint
from lianfang.capabilities.bulletins.rules.proof import reads_back
from lianfang.capabilities.bulletins.rules.reconcile import check, previous_of
from lianfang.capabilities.bulletins.rules.write import Language, write
from lianfang.places.gazetteer import Gazetteer

UNREPORTED = "unreported"
"""The code of units that have not reported by the cut-off."""
MOST_NAMED = 5


class Finding(NamedTuple):
    """Something about a draft. One that ``blocks`` keeps it from being checked; any other needs a note."""

    code: str
    blocks: bool
    zh: str
    en: str


class Unreported(NamedTuple):
    """How many units have not reported of a day; named as far as the viewer may see which."""

    day: date
    n: int = 0
    named: tuple[str, ...] = ()


class Sum(NamedTuple):
    """A sum of the registers that must close."""

    code: str
    holds: bool
    zh: str
    en: str
    detail: str


def findings(
    contents: Contents, *, issued: Sequence[BulletinRecord], sums: Iterable[Sum], unreported: Unreported,
    gazetteer: Gazetteer, note: str = "",
) -> tuple[Finding, ...]:  # fmt: skip
    """All of a draft, what blocks first: sums of the registers and of the notice, against those ``issued`` before;
    texts that do not read back to the record; what a public text, or the ``note`` of a revision, may not hold; units
    that have not reported."""
    record = contents.record
    before = previous_of(record, issued)
    found = [
        *(_of_sum(one) for one in sums if not one.holds),
        *_of_checks(check(record, previous=before, gazetteer=gazetteer)),
        *_of_texts(contents, gazetteer),
        *_of_lint(lint(note, gazetteer=gazetteer), "note"),
    ]
    if unreported.n:
        found.append(_of_units(unreported))
    return tuple(sorted(found, key=lambda one: (not one.blocks, one.code)))


def unanswered(found: Iterable[Finding], notes: Iterable[Noted]) -> list[Finding]:
    """What is in the way of a check: what blocks, and warnings without a note."""
    noted = {one.code for one in notes}
    return [one for one in found if one.blocks or one.code not in noted]


def _of_units(unreported: Unreported) -> Finding:
    some = unreported.named[:MOST_NAMED]
    on = unreported.day
    zh = f"截止时间已过，{unreported.n}个单位未报{on.month}月{on.day}日日报"
    en = f"the cut-off has passed; units without the daily report of {on:%-d %B}: {unreported.n}"
    more = len(unreported.named) > len(some)
    if some:
        zh, en = (
            f"{zh}：{'、'.join(some)}{'等' if more else ''}",
            f"{en} ({', '.join(some)}{' and more' if more else ''})",
        )
    return Finding(UNREPORTED, False, zh, en)


def _of_sum(one: Sum) -> Finding:
    return Finding(one.code, True, f"{one.zh}：{one.detail}，不相符", f"{one.en}: {one.detail} does not close")


def _of_checks(checks: Iterable[Check]) -> Iterator[Finding]:
    for one in checks:
        if one.state in (State.FAILS, State.WARNS) and one.severity is not Severity.INFO:
            blocks = one.state is State.FAILS and one.severity is Severity.ERROR
            yield Finding(one.id, blocks, one.zh, one.en)


def _of_texts(contents: Contents, gazetteer: Gazetteer) -> Iterator[Finding]:
    languages: tuple[Language, ...] = ("zh", "en")
    for lang in languages:
        text = contents.zh if lang == "zh" else contents.en
        written = write(contents.record, lang, gazetteer=gazetteer)
        if written.text != text or not reads_back(written, lang, gazetteer=gazetteer):
            zh, en = "文字回读后与数据不一致", "the text does not read back to the record"
            yield Finding(f"reads_back_{lang}", True, zh, en)
        yield from _of_lint(lint(text, record=written.record if lang == "zh" else None, gazetteer=gazetteer), lang)


def _of_lint(found: Iterable[Linted], where: str) -> Iterator[Finding]:
    for one in found:
        yield Finding(f"{one.rule}_{where}", one.level is Level.BLOCKS, one.zh, one.en)
