"""How the names of Chinese divisions are shortened in official text: the short name and the forms it is written in.

Pure text rules, used when the packaged divisions are built. Forms that no rule gives are in ``aliases.toml``.
"""

from __future__ import annotations

import re

PEOPLES = re.findall(
    r"\S+",
    "各族 壮族 藏族 回族 苗族 彝族 满族 侗族 瑶族 白族 傣族 黎族 畲族 水族 佤族 羌族 土族 怒族 京族 "
    "土家族 布依族 朝鲜族 哈尼族 傈僳族 仡佬族 东乡族 拉祜族 纳西族 景颇族 仫佬族 布朗族 撒拉族 毛南族 普米族 "
    "阿昌族 保安族 裕固族 德昂族 独龙族 蒙古族 维吾尔族 哈萨克族 达斡尔族 锡伯族 塔吉克族 鄂温克族 鄂伦春族 "
    "柯尔克孜族 塔吉克 维吾尔 哈萨克 柯尔克孜 蒙古 锡伯",
)
"""Names of peoples as they stand in names of autonomous divisions, with 族 and, where official, without."""

PROVINCE_SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}

_AUTONOMOUS = re.compile(r"^(.+?)(自治)?([州县旗区])$")
_SUFFIX = re.compile(r"^(..+?)(行政区|地区|新区|特区|(?<=神农架)林区|[省市盟州县区旗])$")
_DIRECTED_BANNER = re.compile(r"^(.+?)(左翼|右翼)?([左右前中后])旗$")


def without_peoples(stem: str) -> str:
    """The stem without the names of peoples at its end: 德宏傣族景颇族 → 德宏; a stem that is one alone loses 族."""
    shorter = True
    while shorter:
        shorter = False
        for people in PEOPLES:
            if stem.endswith(people) and len(stem) - len(people) >= 2:
                stem, shorter = stem[: -len(people)], True
                break
    return stem[:-1] if stem in PEOPLES and len(stem) > 2 and stem.endswith("族") else stem


def _autonomous(name: str) -> tuple[str, str] | None:
    """Short name and kind (州, 县, 旗, 区) of a division that a people's name is part of; None for others."""
    found = _AUTONOMOUS.match(name)
    if not found:
        return None
    stem, autonomous, kind = found.groups()
    short = without_peoples(stem)
    if autonomous or (kind == "区" and stem.endswith("族")):
        return short, kind
    return None


def short_name(name: str) -> str:
    """The name without its kind and without peoples' names: 昆明市 → 昆明; 土默特右旗 and 城区 stay as they are."""
    if name in PROVINCE_SHORT:
        return PROVINCE_SHORT[name]
    autonomous = _autonomous(name)
    if autonomous:
        return autonomous[0]
    if _DIRECTED_BANNER.match(name) or name.endswith("矿区"):
        return name
    found = _SUFFIX.match(name)
    return found.group(1) if found else name


def aliases(name: str, level: str) -> list[str]:
    """Other forms of a division's name in official text, in no particular order of use; never shorter than 2."""
    short = short_name(name)
    forms = {short}
    if name in PROVINCE_SHORT:
        forms |= {short + ("特区" if name.endswith("特别行政区") else "自治区")}
    elif autonomous := _autonomous(name):
        forms.add(short + autonomous[1])
        if "自治" in name:
            forms.add(short + "自治" + autonomous[1])
    elif level == "prefecture" and name.endswith("盟") and len(short) >= 3:
        forms.add(name[0] + "盟")
    elif name.endswith("旗"):
        forms |= set(_banner_forms(name))
    forms.discard(name)
    return sorted(form for form in forms if len(form) >= 2)


def _banner_forms(name: str) -> list[str]:
    """土默特右旗 → 土右旗; 科尔沁左翼中旗 → 科左中旗; 达拉特旗 → 达旗; 乌拉特前旗 → 乌前旗."""
    directed = _DIRECTED_BANNER.match(name)
    if not directed:
        return [name[0] + "旗"] if len(name) >= 4 else []
    stem, wing, direction = directed.groups()
    return [stem[0] + (wing[0] if wing else "") + direction + "旗"] if len(stem) >= 2 else []


def joined(syllables: list[str]) -> str:
    """Syllables as one word in title case: xi, an → Xi'an."""
    spelled = [syllable for syllable in syllables if syllable]
    word = "".join(
        ("'" if number and syllable[0] in "aeo" else "") + syllable for number, syllable in enumerate(spelled)
    )
    return word[:1].upper() + word[1:]
