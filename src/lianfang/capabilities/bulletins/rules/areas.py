"""The area that a notice speaks for, where nobody has said it: from its words and from the places it lists."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Protocol

from lianfang.capabilities.bulletins.rules.lexicon import AGENCIES, NATION
from lianfang.capabilities.bulletins.rules.tokens import Places
from lianfang.capabilities.bulletins.rules.tree import Divisions as _Divisions
from lianfang.places.gazetteer import COUNTRY


class Divisions(Places, _Divisions, Protocol):
    """Divisions by name and by code."""


_SPEAKS = re.compile(
    r"(?:全[省市区])?(?:卫(?:生)?健(?:康)?委|卫生健康|疾控|疫情|新型?冠|指挥部)?(?:委员会|中心)?[^,。;:、()\d]{0,24}?"
    r"(?:[,]|今[日天])?(?:累计|新增|报告|通报|现有|无新增|当日|确诊|发现|首次|消息|(?:[:,])?截[至止])"
)
_NATION = re.compile(rf"(?:{NATION})|国家卫(?:生)?健(?:康)?委")
_SPEAKERS = re.compile(r"([一-鿿]{1,8}?[市州盟区县旗])(?:[^,。;:、()\d]{0,4})(?:新增|累计|首次报告)")
_TAGS = re.compile(r"#[^#。]{1,40}#")
_COUNTED = re.compile(r"\d[余多]?[例人名]|无新增|为零|持平")
_ITEM = re.compile(r"(?<=[,、:;(中])([一-鿿]{2,12}?)(?:新增)?(?:各)?\d+例")


def infer(text: str, title: str | None, gazetteer: Places, on: date | None) -> tuple[str | None, bool]:
    """The area's code, and whether the text names it as the one that reports. (None, False) where nothing tells."""
    text = _TAGS.sub(lambda tag: " " * len(tag.group()), text)
    for agency, code in AGENCIES.items():
        if agency in text:
            return code, True
    for sentence in re.finditer(r"[^。\n]+", text):
        opens = sentence.start() == 0 or text[sentence.start() - 1] == "\n"
        announced = announcer(text, sentence.start(), gazetteer, on) if opens else None
        if announced:
            return announced, True
        if not _COUNTED.search(text, sentence.start(), sentence.end()):
            continue
        found = speaker(text, sentence.start(), sentence.end(), gazetteer, on)
        if found:
            return found, True
    if title:
        for pos in range(len(title)):
            if _NATION.match(title, pos):
                return COUNTRY, False
            matches = gazetteer.match(title, pos, within=None, on=on)
            if len(matches) == 1:
                return matches[0].division_code, False
    return _of_list(text, gazetteer, on), False


def _several(text: str, code: str, gazetteer: Divisions, on: date | None) -> bool:
    """Whether divisions beside this one speak in the text too."""
    for found in _SPEAKERS.finditer(text):
        for pos in range(found.start(), found.end(1)):
            matches = gazetteer.match(text, pos, within=None, on=on)
            if len(matches) == 1 and matches[0].end == found.end(1):
                other = matches[0].division_code
                if other != code and other[:2] == code[:2] and gazetteer.ancestors(other) == gazetteer.ancestors(code):
                    return True
    return False


def lifted(text: str, code: str, gazetteer: Divisions, on: date | None) -> str:
    """The upper division that a text also speaks for, where it speaks for several below it; else the code itself."""
    for upper in gazetteer.ancestors(code):
        division = gazetteer.division(upper, on) or gazetteer.division(upper)
        if upper == COUNTRY or division is None:
            continue
        if _several(text, code, gazetteer, on):
            return upper
        if division.level == "province" and re.search(r"全省|我省|全区|我区", text):
            return upper
        for found in re.finditer(re.escape(division.short or division.name), text):
            matches = gazetteer.match(text, found.start(), within=None, on=on)
            if len(matches) == 1 and matches[0].division_code == upper and _SPEAKS.match(text, matches[0].end):
                return upper
    return code


_AGENCY = re.compile(
    r"(?:卫生?健康?委(?:员会)?|疾控中心|指挥部)(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:通报|消息|公告|发布)?(?:[:,\n]|$)"
)


def announcer(text: str, start: int, gazetteer: Places, on: date | None) -> str | None:
    """The division whose agency a paragraph opens with: 「甲省卫生健康委:」."""
    matches = gazetteer.match(text, start, within=None, on=on)
    return matches[0].division_code if len(matches) == 1 and _AGENCY.match(text, matches[0].end) else None


def speaker(text: str, start: int, end: int, gazetteer: Places, on: date | None) -> str | None:
    """The division that a stretch of text names as the one that reports, before its first number of cases."""
    pos = start
    while pos < end:
        nation = _NATION.match(text, pos, end)
        if nation and _SPEAKS.match(text, nation.end(), end):
            return COUNTRY
        if "一" <= text[pos] <= "鿿":
            matches = gazetteer.match(text, pos, within=None, on=on)
            if len(matches) == 1 and matches[0].end <= end:
                if _SPEAKS.match(text, matches[0].end, end):
                    return matches[0].division_code
                pos = matches[0].end
                continue
        elif text[pos].isdigit() and re.compile(r"\d+[例人名]").match(text, pos, end):
            return None
        pos += 1
    return None


def _of_list(text: str, gazetteer: Places, on: date | None) -> str | None:
    """The province that most of the listed places are in."""
    votes: Counter[str] = Counter()
    for item in _ITEM.finditer(text):
        matches = gazetteer.match(text, item.start(1), within=None, on=on)
        for code in {m.division_code[:2] for m in matches}:
            votes[code] += 1
    if not votes:
        return None
    (best, count), *others = votes.most_common(2)
    if others and others[0][1] == count:
        return COUNTRY if count == 1 and len(votes) > 2 else None
    provinces_only = sum(1 for c in votes) > 4
    return COUNTRY if provinces_only and count <= 1 else best + "0000"
