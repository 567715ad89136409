"""Normalisation of a notice's text, with a map back to the text as given.

What it does, in order: compatibility forms (full-width digits and punctuation) and traditional characters of the
field's own words become one form; lines broken by a column or a page are joined; spaces between Chinese characters,
digits and punctuation go; dashes become ``-``; commas within a number go. Every character of the result knows where it
came from, so a number keeps its place in the stored text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

DASHES = frozenset("-‐‑‒–—―−﹣－~～〜∼﹘")
TERMINAL = frozenset("。!?;:】")
SPACES = frozenset(" \t\r\f\v\u00a0\u3000\u200b\u200c\u200d\ufeff\u2002\u2003\u2009")
_TRADITIONAL = (
    "揮敦"
    "確診個輸無報醫學觀觸離與時臺門數計產來區縣鄉鎮師團廣東黃龍蘇貴雲陝寧長關慶濟盧陽連餘約國衛發總達現實驗點嚴轉類為後於內癥"
    "狀檢測陰癒陸歲萬氣種緊續護樓場館處際導寶別應變協調體據從員認參務將當專組織隊動態設說話運環強歷廠廳劃創傷億僅屬獲進過這還"
    "對圍邊錄鎖閉開間問聞聯絡職營業機構條樣標極權歸殘減滿灣漢潔澤濃災烏熱獨異療盡監眾稱積窮競簡糧級結給統經維線編羅習聖聲聽肅"
    "膚臨興舉舊艙莊華葉著蓋薊藥號術衝補裝複見規視親訂訊記訪評詢試該詳語誤請諸謝證議譯讓豐負財責貨質資賓購贈趙跡車軍輕輪辦農遠"
    "適選遷郵鄭釋針鋼錦鐵鑒陳隨險雙雜難電靈韓頭題願飛馬髮鮮鳥鹽麗黨齊齡"
)
_SIMPLIFIED = (
    "挥敦"
    "确诊个输无报医学观触离与时台门数计产来区县乡镇师团广东黄龙苏贵云陕宁长关庆济卢阳连余约国卫发总达现实验点严转类为后于内症"
    "状检测阴愈陆岁万气种紧续护楼场馆处际导宝别应变协调体据从员认参务将当专组织队动态设说话运环强历厂厅划创伤亿仅属获进过这还"
    "对围边录锁闭开间问闻联络职营业机构条样标极权归残减满湾汉洁泽浓灾乌热独异疗尽监众称积穷竞简粮级结给统经维线编罗习圣声听肃"
    "肤临兴举旧舱庄华叶着盖蓟药号术冲补装复见规视亲订讯记访评询试该详语误请诸谢证议译让丰负财责货质资宾购赠赵迹车军轻轮办农远"
    "适选迁邮郑释针钢锦铁鉴陈随险双杂难电灵韩头题愿飞马发鲜鸟盐丽党齐龄"
)
TO_SIMPLIFIED = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))

# Words that a line break may have cut: if one of them straddles the break, the lines belong together.
_STRADDLE = re.compile(
    r"\d+(?:例|人|名|时|日|月|年)|(?:病例|者|患者)\d|[市州县区旗盟省]\d+例|\d+日\d+时|\d+月\d+日|年\d+月"
    r"|确诊|疑似|病例|累计|新增|报告|死亡|重症|危重|出院|治愈|密切|接触|医学|观察|解除|新型|冠状|病毒|感染|肺炎|截至|截止"
    r"|现有|其中|无症状|输入|排除|正在|尚有|追踪|接受|核减"
)
_DATELINE = re.compile(
    r"本报|新华社|中新网|人民网|央视|据\S{0,20}(?:消息|通报)|截至|截止|\d{1,2}[.、](?![\d岁])|[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)


class Normalised(NamedTuple):
    """Normalised text. Character ``i`` came from ``original[starts[i]:ends[i]]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the original of the half-open, non-empty span here."""
        return self.starts[start], self.ends[end - 1]


def _plain(char: str) -> str:
    """One character in its plain form; may be several (㎡) or none (zero-width)."""
    if char in DASHES:
        return "-"
    if char in SPACES or char == "\n":
        return char if char == "\n" else " "
    code = ord(char)
    if code < 128:
        return char
    if char == "…":
        return "。"
    if char in "﹐，":
        return ","
    if unicodedata.category(char) == "No":  # ①, ²: marks, not counts
        return " "
    if code >= 0xF900 or 0x2000 <= code < 0x3400:
        char = unicodedata.normalize("NFKC", char)
        return "".join("-" if c in DASHES else c for c in char)
    return TO_SIMPLIFIED.get(char, char)


_SIMPLE: dict[str, str] = {}


def _width(line: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in line.strip())


def normalise(text: str) -> Normalised:
    """The text in one form, its characters mapped to the original (code points)."""
    chars: list[str] = []
    starts: list[int] = []
    for i, char in enumerate(text):
        plain = _SIMPLE.get(char)
        if plain is None:
            plain = _SIMPLE[char] = _plain(char)
            if len(_SIMPLE) > 20000:
                _SIMPLE.clear()
        for c in plain:
            chars.append(c)
            starts.append(i)
    return _compact("".join(chars), starts, _column_width(text))


def _column_width(text: str) -> int:
    """The usual width of a full line (half-width units), 0 where the text is not broken into lines."""
    widths = sorted(w for w in map(_width, text.split("\n")) if w > 8) if "\n" in text else []
    return widths[len(widths) * 3 // 4] if len(widths) > 2 else 0


_GROUP = re.compile(r"\d{3}(?!\d)")
_CUT_NUMBER = re.compile(r"\d+(?:例|人|名|月|日|时)")

_GAP = re.compile(r"[ \n]+|-{2,}|(?<=\d),(?=\d{3}(?!\d))")


def _compact(text: str, starts: list[int], width: int) -> Normalised:
    """Spaces, line breaks, doubled dashes and thousands separators settled."""
    out: list[str] = []
    where: list[int] = []
    last = 0
    for gap in _GAP.finditer(text):
        out.append(text[last : gap.start()])
        where.extend(starts[last : gap.start()])
        kept = _settle(text, gap.group(), gap.start(), gap.end(), width)
        if kept and (out or kept != "\n"):
            out.append(kept)
            where.append(starts[gap.start()])
        last = gap.end()
    out.append(text[last:])
    where.extend(starts[last:])
    return Normalised("".join(out), where, [i + 1 for i in where])


def _settle(text: str, gap: str, start: int, end: int, width: int) -> str:
    """What stands for a gap: nothing, a space, a line break or a dash."""
    if gap[0] == ",":
        return ""
    if gap[0] == "-":
        return "-"
    if start == 0 or end == len(text):
        return ""
    before, after = text[start - 1], text[end]
    if before.isdigit() and after.isdigit() and _one_number(text, gap, start, end, width):
        return ""
    if "\n" in gap:
        return "\n" if _breaks(text, start, end, width) else (" " if before.isdigit() and after.isdigit() else "")
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return " "
    return ""


def _one_number(text: str, gap: str, start: int, end: int, width: int) -> bool:
    """Whether digits around a gap are one number: 18 604 in groups of three, or cut by the end of a line."""
    if "\n" in gap or 0 < width < 60:  # a column sets its lines out with spaces
        if _CUT_NUMBER.match(text, end):
            return True
        if "\n" in gap:
            return False
    digits = len(text[max(0, start - 4) : start]) - len(text[max(0, start - 4) : start].rstrip("0123456789"))
    return digits <= 3 and _GROUP.match(text, end) is not None


def _breaks(text: str, start: int, end: int, width: int) -> bool:
    """Whether the line break at ``text[start:end]`` ends a paragraph, or only a line of a column."""
    before, after = text[start - 1], text[end]
    if before in TERMINAL:
        return before not in ";:" or "\n\n" in text[start:end] or before == ":"
    if before in ",、(（-" or after in ",、。;:)）例人名":
        return False
    around = re.sub(r"[ \n]", "", text[max(0, start - 12) : start])
    join = len(around)
    around += re.sub(r"[ \n]", "", text[end : end + 12])
    if any(m.start() < join < m.end() for m in _STRADDLE.finditer(around)):
        return False
    if _DATELINE.match(text, end):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    size = _width(line)
    if width and size >= 0.75 * width:
        return False
    return not (size > 80 and ("," in line or "。" in line))
