"""Tokens of a normalised sentence: numbers with units, times, places, the field's phrases, punctuation, other words."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, Protocol

from lianfang.capabilities.bulletins.facts import Qualifier, Unit
from lianfang.capabilities.bulletins.rules.lexicon import GROUPS, NATION, PHRASES, SELF_WORDS, ZERO_WORD
from lianfang.capabilities.bulletins.rules.moments import TIME
from lianfang.places.gazetteer import Match


class Places(Protocol):
    """What the reader asks of a gazetteer."""

    def match(self, text: str, pos: int = 0, *, within: str | None, on: date | None = None) -> list[Match]: ...


class Number(NamedTuple):
    """A written count. ``unit`` is None where none is written."""

    n: int
    unit: Unit | None
    written: str
    qualifier: Qualifier


class Token(NamedTuple):
    """A part of a sentence: half-open span in the normalised text. ``value`` depends on the kind (see lexicon)."""

    kind: str
    value: str
    start: int
    end: int
    number: Number | None = None


UNITS = {"例": Unit.CASE, "例次": Unit.CASE, "宗": Unit.CASE, "个": Unit.CASE, "起": Unit.CASE}
UNITS |= {"名": Unit.PERSON, "人": Unit.PERSON, "位": Unit.PERSON, "人次": Unit.PERSON_TIME}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALE = {"十": 10, "百": 100, "千": 1000}

_UNIT = (
    r"(?:例次|人次|例(?![如外子会])|名(?![单义称])|人(?![份民均员类体群大才力口行])|位(?!于|置)|宗"
    r"|个(?=确诊|病例|疑似|新增|输入|个案|本土))"
)
NUMBER = (
    r"(?:近|约|超过?|逾|至少|不足|共计?|达)?(?<![\d.第a-zA-Z])"
    r"(?:\d+(?:\.\d+)?[万千]?|(?![百千]+(?:余|多)?[例名人位])[一二两三四五六七八九十百千]{1,7}万?)"
    rf"(?:余|多)?(?:万)?(?:余|多)?{_UNIT}(?:左右|以上)?"
)
_NUMBER_PARTS = re.compile(
    r"(近|约|超过?|逾|至少|不足)?(?:共计?|达)?(?:(\d+(?:\.\d+)?)|([一二两三四五六七八九十百千]+))([万千])?"
    rf"(余|多)?(万)?(余|多)?({_UNIT})(左右|以上)?$"
)
NOISE = (
    r"(?:\d{4}年|\d+月(?:份)?|\d+(?:\.\d+)?%|(?:\d{3,4}-)?\d{7,}(?:-\d+)?|[A-Za-z]+\d[A-Za-z0-9-]*|\d+(?:\.\d+)?(?:岁|周岁|个月|个(?![确病疑])|月龄|小时|天|起|家|元|张|床|"
    r"件|支|批|项|次|辆|户|个|万|亿|点|%|米|公里|号|路|层|室|栋|倍|周|年|分|类|条|只|台|所|度|℃|车|楼|院|期|级|时)?)"
)
_GROUPS = [("num", NUMBER), ("nation", NATION), ("groups", GROUPS), ("self", "|".join(SELF_WORDS))]
_PATTERNS = [f"(?P<time>{TIME})"] + [f"(?P<{name}>{pattern})" for name, pattern in _GROUPS]
_PATTERNS.append(f"(?P<zeroword>{ZERO_WORD})")
_MEANINGS: dict[str, tuple[str, str]] = {}
for _i, (_kind, _value, _pattern) in enumerate(PHRASES):
    _MEANINGS[f"p{_i}"] = (_kind, _value)
    _PATTERNS.append(f"(?P<p{_i}>{_pattern})")
_PATTERNS.append(
    rf"(?P<among>(?<=[例者人中])中(?![心国医央毒等度风])|中(?=[,:;、]))|(?P<noise>{NOISE})|(?P<punct>[,、;:()\[\]【】#。\n])"
)
MASTER = re.compile("|".join(_PATTERNS))

_SUFFIXES = frozenset("市州盟县旗区")
PROVINCES = frozenset(
    "北京天津河北山西内蒙辽宁吉林黑龙上海江苏浙江安徽福建江西山东河南湖北湖南广东广西海南重庆四川贵州云南西藏陕西甘肃青海宁夏新疆"[
        i : i + 2
    ]
    for i in range(0, 62, 2)
) | {"香港", "澳门", "台湾", "全国"}
"""How the names of provinces begin: these are known in a notice of any area."""


def numeral(written: str) -> int:
    """A Chinese numeral below ten thousand: 二十三 is 23, 一百零五 is 105, 十二 is 12."""
    total = digit = 0
    for char in written:
        if char in _SCALE:
            total += (digit or 1) * _SCALE[char]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[char] if digit and not total else _DIGITS[char]
    return total + digit


def number(written: str) -> Number | None:
    """The count that a written number with its unit means."""
    found = _NUMBER_PARTS.match(written)
    if found is None:
        return None
    before, digits, chinese, scale, rest, more_scale, more_rest, unit, after = found.groups()
    value = float(digits) if digits else float(numeral(chinese))
    value *= {"万": 10_000, "千": 1_000}.get(scale or "", 1) * (10_000 if more_scale else 1)
    if value != round(value, 3) or abs(value - round(value)) > 1e-6:
        return None
    if rest or more_rest or before in ("超", "超过", "逾", "至少") or after == "以上":
        qualifier = Qualifier.AT_LEAST
    elif before in ("近", "不足"):
        qualifier = Qualifier.AT_MOST
    elif before == "约" or after == "左右":
        qualifier = Qualifier.ABOUT
    else:
        qualifier = Qualifier.EXACT
    return Number(round(value), UNITS[unit], unit, qualifier)


def tokenise(text: str, start: int, end: int, gazetteer: Places, within: str | None, on: date | None) -> list[Token]:
    """The tokens of ``text[start:end]``; places are sought inside ``within`` (None: anywhere)."""
    tokens: list[Token] = []
    last = start
    pos = start
    while pos < end:
        found = MASTER.search(text, pos, end)
        if found is None:
            break
        place = _place_over(text, last, found.start(), found.end(), gazetteer, within, on, tokens)
        if place is not None:  # a place's name runs into the phrase (含山县, 各莫镇)
            last = pos = place
            continue
        if found.start() > last:
            _words(text, last, found.start(), gazetteer, within, on, tokens)
        token = _token(found)
        if token is not None:
            tokens.append(token)
        last = pos = found.end() if found.end() > found.start() else found.start() + 1
    if last < end:
        _words(text, last, end, gazetteer, within, on, tokens)
    return tokens


def _token(found: re.Match[str]) -> Token | None:
    group = found.lastgroup
    assert group is not None
    written, start, end = found.group(), found.start(), found.end()
    if group == "num":
        read = number(written)
        skip = len(written) - len(written.lstrip("共计达"))
        return Token("num", written, start + skip, end, read) if read else Token("noise", written, start, end)
    if group == "zeroword":
        return Token("num", written, start + (written[0] in "为是"), end, Number(0, None, "", Qualifier.EXACT))
    if group in _MEANINGS:
        kind, value = _MEANINGS[group]
        return Token(kind, value, start, end)
    if group == "punct":
        return Token("punct", written, start, end)
    if group == "among":
        return Token("link", "amongtail", start, end)
    return Token(group, written, start, end)


def _place_over(
    text: str,
    start: int,
    phrase: int,
    phrase_end: int,
    gazetteer: Places,
    within: str | None,
    on: date | None,
    tokens: list[Token],
) -> int | None:
    """Where a place's name starts before a short phrase and runs over it, take the place; its end, else None."""
    own = text.startswith(("自治区", "全州"), phrase)
    if (phrase_end - phrase > 2 and not own) or not "一" <= text[phrase] <= "鿿":
        return None
    for pos in range(max(start, phrase - 8), phrase + 1):
        matches = gazetteer.match(text, pos, within=within, on=on)
        if (
            matches
            and "-" not in matches[0].division_code
            and matches[0].end > phrase
            and (pos < phrase or matches[0].end > phrase_end)
        ):
            if pos > start:
                _words(text, start, pos, gazetteer, within, on, tokens)
            tokens.append(_place(text, matches))
            return matches[0].end
    return None


def _words(
    text: str, start: int, end: int, gazetteer: Places, within: str | None, on: date | None, tokens: list[Token]
) -> None:
    """The words between phrases: places, and what is left as text."""
    pos = plain = start
    while pos < end:
        if not "一" <= text[pos] <= "鿿":
            pos += 1
            continue
        matches = gazetteer.match(text, pos, within=within, on=on)
        matches = [m for m in matches if m.end <= end]
        if not matches and within is not None:
            matches = _elsewhere(text, pos, end, gazetteer, on)
        if not matches:
            pos += 1
            continue
        if pos > plain:
            tokens.append(Token("text", text[plain:pos], plain, pos))
        place = _place(text, matches)
        if place.end < end and text[place.end] in "市县区旗州盟省" and text[place.end - 1] not in "市县区旗州盟省":
            place = place._replace(end=place.end + 1)  # an alias of a former rank: 乐陵县
        tokens.append(place)
        pos = plain = place.end
    if plain < end:
        tokens.append(Token("text", text[plain:end], plain, end))


def _elsewhere(text: str, pos: int, end: int, gazetteer: Places, on: date | None) -> list[Match]:
    """A place outside the area: a province, or a name in full such as 武汉市."""
    if text[pos : pos + 2] in PROVINCES:
        return [m for m in gazetteer.match(text, pos, within=None, on=on) if m.end <= end]
    if _SUFFIXES.isdisjoint(text[pos + 2 : min(end, pos + 8)]):
        return []
    found = gazetteer.match(text, pos, within=None, on=on)
    if len(found) != 1 or found[0].end > end or found[0].alias:
        return []
    return [m for m in found if m.division_code[2:4] != "00" and m.division_code[4:] == "00"]


def _place(text: str, matches: list[Match]) -> Token:
    code = matches[0].division_code if len(matches) == 1 else ""
    return Token("place", code, matches[0].start, matches[0].end)
