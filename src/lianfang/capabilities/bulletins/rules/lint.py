"""What a public text may not say: 累计 on a stock that shrinks, personal data, a disease named by a place.

A finding that blocks keeps the text from being published; one that flags asks a person to look. Spans are half-open,
in code points of the text as given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from lianfang.capabilities.bulletins.facts import BulletinRecord, Count, Part
from lianfang.capabilities.bulletins.rules.agree import printings
from lianfang.capabilities.bulletins.rules.check import State
from lianfang.facts.personal import Personal, premises, search, surnames
from lianfang.places.gazetteer import Gazetteer
from lianfang.profiles.privacy import disclosure


class Level(StrEnum):
    """What a finding does."""

    BLOCKS = "blocks"
    FLAGS = "flags"


class Finding(Part):
    """One thing that a text should not say. ``suggestion`` is the wording to use instead, where there is one."""

    rule: str
    level: Level
    start: int | None
    end: int | None
    zh: str
    en: str
    suggestion: str = ""


def lint(
    text: str,
    *,
    record: BulletinRecord | None = None,
    headlines: Sequence[Count] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[Finding, ...]:
    """All findings in a text, in its order; ``record`` is what it says, ``headlines`` what its title says."""
    found = [
        *stock_labels(text, record),
        *personal_data(text),
        *small_cells(text),
        *disease_names(text, gazetteer),
        *(headline_findings(record, headlines) if record is not None else ()),
    ]
    return tuple(sorted(found, key=lambda f: (f.start if f.start is not None else -1, f.rule)))


@cache
def policy() -> dict[str, Any]:
    """``policy/lint.toml``."""
    text = resources.files("lianfang.capabilities.bulletins").joinpath("policy/lint.toml").read_text("utf-8")
    return tomllib.loads(text)


# a stock is not cumulative

_CUMULATIVE_SUSPECTED = re.compile(r"累计(?:报告|发现)?(?:[^，。；、\d]{0,16}?)疑似病例")
_LEFT = re.compile(r"排除(?:[^。；]{0,12}?)疑似|疑似(?:病例)?(?:转为?|诊断为)?确诊(?!病例和)|(?:转为?)确诊病例")
_LEAVING = ("suspected_excluded", "suspected_to_confirmed")


def stock_labels(text: str, record: BulletinRecord | None = None) -> Iterator[Finding]:
    """BUL-10: 累计 before suspected cases of which some were excluded or confirmed: that is a stock, 现有疑似病例."""
    if record is not None:
        shrinks = any(c.metric in _LEAVING and c.n > 0 for c in record.counts())
    else:
        shrinks = _LEFT.search(text) is not None
    if not shrinks:
        return
    stock = str(policy()["stock_label"]["stock"])
    for found in _CUMULATIVE_SUSPECTED.finditer(text):
        if found.group().startswith("累计排除") or text.startswith("历史", found.start() - 2):
            continue
        yield Finding(
            rule="BUL-10",
            level=Level.FLAGS,
            start=found.start(),
            end=found.end(),
            zh=f"已有疑似病例被排除或转为确诊，此数是存量而非累计，宜写“{stock}”。",
            en="Suspected cases have been excluded or confirmed, so this is a stock and not a cumulative number.",
            suggestion=stock,
        )


# personal data

_RULES = {
    Personal.DOCUMENT: ("identity", "证件号码", "an identity number"),
    Personal.PHONE: ("phone", "电话号码", "a telephone number"),
    Personal.MAIL: ("mail", "电子邮箱", "a mail address"),
    Personal.NAME: ("name", "病例姓名", "the name of a case"),
}


def personal_data(text: str) -> Iterator[Finding]:
    """BUL-12: identity numbers, telephones, names of cases and exact addresses block; a surname alone is flagged."""
    for hit in search(text):
        if hit.of in _RULES:
            rule, zh, en = _RULES[hit.of]
            yield _personal(rule, Level.BLOCKS, (hit.start, hit.end), zh, en)
    for span in premises(text):
        yield _personal("address", Level.BLOCKS, span, "详细住址", "an exact address")
    for span in surnames(text):
        yield _personal("surname", Level.FLAGS, span, "病例姓氏", "the surname of a person")


def _personal(rule: str, level: Level, span: tuple[int, int], zh: str, en: str) -> Finding:
    act_zh, act_en = (
        ("不得公开", "may not be published") if level is Level.BLOCKS else ("请核对是否必要", "is it needed?")
    )
    return Finding(
        rule=f"BUL-12.{rule}",
        level=level,
        start=span[0],
        end=span[1],
        zh=f"文中有{zh}，{act_zh}。",
        en=f"The text has {en}: {act_en}.",
    )


# small cells

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_SEX = re.compile(r"男|女|\b(?:male|female|man|woman|boy|girl)\b")
_AGE = re.compile(r"\d{1,3} ?(?:岁|月龄)|\b\d{1,3}[- ]years?[- ]old\b|\baged \d{1,3}\b")
_VILLAGE = re.compile(
    r"[一-鿿]{2}(?:村(?!民)|社区(?!工作)|小区|屯|庄园|街道|自然寨)|\b[A-Z]\w+ (?:Village|Community|Estate)\b"
)
_CASES = re.compile(r"(\d+) ?(?:例|名|人)(?!次)")


def small_cells(text: str) -> Iterator[Finding]:
    """BUL-12: sex, age and village of fewer than k persons block; sex and age alone are flagged.

    A sentence without a number speaks of one person.
    """
    k = int(disclosure()["small_cells"]["k"])
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group()
        if not (_SEX.search(said) and _AGE.search(said)):
            continue
        persons = [int(n) for n in _CASES.findall(said)]
        if persons and min(persons) >= k:
            continue
        village = _VILLAGE.search(said) is not None
        yield Finding(
            rule="BUL-12.small_cell" if village else "BUL-12.individual",
            level=Level.BLOCKS if village else Level.FLAGS,
            start=sentence.start(),
            end=sentence.end(),
            zh=f"性别、年龄与村或社区并列，人数少于{k}，不得公开。"
            if village
            else "性别与年龄并列，可能指向个人，请核对。",
            en=f"Sex, age and village of fewer than {k} persons: may not be published."
            if village
            else "Sex and age together may point to one person: please check.",
        )


# names of diseases

_DISEASE_WORD = re.compile(r"肺炎|病毒|流感|变异株|变种|毒株|出血热")
_LONGEST_PLACE = 5


def disease_names(text: str, gazetteer: Gazetteer | None = None) -> Iterator[Finding]:
    """BUL-12: a disease, virus or variant named by a place or its people is flagged; names of long standing are not."""
    naming = policy()["naming"]
    places, established = naming["places"], naming["established"]
    english = "|".join(p for p in places if p.isascii())
    for found in re.finditer(rf"\b(?:{english}) (?:virus|variant|strain|pneumonia|flu)\b", text):
        yield _named_by_place(found.start(), found.end())
    for found in _DISEASE_WORD.finditer(text):
        for length in range(_LONGEST_PLACE, 1, -1):
            name = text[max(0, found.start() - length) : found.start()]
            if len(name) < length:
                continue
            known = name in places or (gazetteer is not None and gazetteer.resolve(name, None) is not None)
            if known and not any(e in text[found.start() - length : found.end() + 4] for e in established):
                yield _named_by_place(found.start() - length, found.end())
                break


def _named_by_place(start: int, end: int) -> Finding:
    return Finding(
        rule="BUL-12.naming",
        level=Level.FLAGS,
        start=start,
        end=end,
        zh="疾病名称不应含地名或人群，请用规范名称。",
        en="A disease is not named by a place or its people: use its official name.",
    )


def headline_findings(record: BulletinRecord, headlines: Sequence[Count]) -> Iterator[Finding]:
    """BUL-05: a headline that says another number than the body blocks publishing."""
    for check in printings(record, (), headlines):
        if check.state is State.FAILS:
            headline = check.numbers[-1]
            yield Finding(
                rule="BUL-05", level=Level.BLOCKS, start=headline.start, end=headline.end, zh=check.zh, en=check.en
            )
