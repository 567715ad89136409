"""Why a number was left unread, in both languages."""

from __future__ import annotations

from lianfang.capabilities.bulletins.facts import Unread

ZH = {
    "a share by a property that no metric holds": "按某种属性所占的部分，没有对应的指标",
    "nothing says what is counted": "文中没有说明所数的是什么",
    "no metric for a change of clinical type or ward": "临床分型或病区的变动，没有对应的指标",
    "two kinds in one number": "一个数字里合计了两类病例",
    "stock or flow is not said": "没有说明是现存数还是新增数",
    "no number that this breaks down": "找不到它所分解的总数",
    "no metric for the origin of this number": "这一来源没有对应的指标",
    "no metric holds it": "没有对应的指标",
    "of an area that is not the notice's": "属于通报范围以外的地区",
    "the area is not named": "没有说明是哪个地区",
    "a group of areas": "几个地区的合计",
    "contacts who became cases: no metric": "密切接触者转为病例的人数，没有对应的指标",
    "no metric for this screening": "这项排查没有对应的指标",
    "the rest of another number": "另一数字的其余部分",
    "excepted from another number": "从另一数字中除外的部分",
    "no metric for the clinically diagnosed of this number": "其中的临床诊断病例没有对应的指标",
    "no metric for this part of one origin's cases": "某一来源病例中的这一部分没有对应的指标",
    "a share of the place before it": "前一地区数字中的一部分",
    "of another country": "属于其他国家",
    "said of a case, not a count": "说的是某一病例，不是计数",
    "more than the number that it would be a part of": "大于它所属的总数",
    "contacts of the new cases alone, perhaps": "可能只是新增病例的密切接触者",
    "expected, not counted": "说的是预计，不是计数",
    "no metric for the origin of current cases": "现有病例的来源没有对应的指标",
    "no metric for the origin of infections under observation": "在观感染者的来源没有对应的指标",
    "no metric for this part of the imported cases": "输入病例中的这一部分没有对应的指标",
    "of a longer time than the notice's": "统计时段比通报的更长",
    "two origins in one number": "一个数字里合计了两种来源",
    "up by a number, or up to it": "是增加了这么多，还是增至这么多，文中不明",
    "not in the English that Lianfang writes": "不是联防所写的英文格式",
}


def unread(start: int, end: int, text: str, reason: str) -> Unread:
    """A number or sentence left unread; the reason is one of ``ZH``'s keys, before any colon of a detail."""
    key, colon, detail = reason.partition(": ")
    known = ZH.get(reason) or ZH[key] + (f"：{detail}" if colon else "")
    return Unread(start=start, end=end, text=text, zh=known, en=reason)
