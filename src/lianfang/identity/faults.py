"""What can be wrong with a person as sent: the field, a code, and what to do, in both languages.

A fault never repeats what was sent: faults are shown, copied and kept where personal data may not be.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Reason = Literal[
    "missing",
    "too_long",
    "too_many",
    "characters",
    "unknown_kind",
    "form",
    "check_digit",
    "country",
    "no_date",
    "in_future",
    "too_old",
    "disagrees",
    "before_since",
    "too_far",
    "unknown_class",
    "unknown_basis",
    "outside_area",
    "unknown_area",
    "not_yours",
    "no_id",
    "erased",
    "conflict",
    "twice",
    "no_person",
    "cut_short",
    "as_number",
    "quotes",
]

_TOLD: dict[Reason, tuple[str, str]] = {
    "missing": ("必填，请补充", "is required: fill it in"),
    "too_long": ("最多{most}个字符，请缩短", "has more than {most} characters: shorten it"),
    "too_many": ("最多{most}项，请减少", "has more than {most} entries: give fewer"),
    "characters": ("含有控制字符或不可见字符，请重新录入", "has control or invisible characters: type it again"),
    "unknown_kind": ("证件类型不在列表中，可用：{known}", "is no known kind; there are: {known}"),
    "form": ("格式不符：{form_zh}", "does not have the right form: {form_en}"),
    "check_digit": ("校验码不符，请核对号码", "does not agree with its check digit: compare it with the document"),
    "country": ("请填写签发国家或地区的三位代码，如 CHN", "needs the issuing country's three letters, such as CHN"),
    "no_date": ("不是日期，请用 2020-01-28 的格式", "is no date: write it as 2020-01-28"),
    "in_future": ("在今天之后，请核对", "lies after today: correct it"),
    "too_old": ("距今超过{most}年，请核对", "lies more than {most} years ago: correct it"),
    "disagrees": (
        "与身份证号中的出生日期不一致，请核对",
        "is not the birth date in the document's number: correct one",
    ),
    "too_far": ("在{most}天之后，请填写更近的日期", "lies more than {most} days ahead: give a nearer one"),
    "before_since": ("早于开始日期，请核对", "is before the first day: correct it"),
    "unknown_class": ("数据类别不在列表中，可用：{known}", "is no class of data; there are: {known}"),
    "unknown_basis": ("法律依据不在列表中，可用：{known}", "is no legal basis; there are: {known}"),
    "unknown_area": (
        "没有这个区划代码，请核对；网格、社区的代码为县级六位代码加3至9位",
        "is no area's code: correct it; a grid's or community's is its county's with 3 to 9 characters more",
    ),
    "outside_area": ("不在您负责的区域内", "is not in your area"),
    "not_yours": ("您的角色不录入此项，请留空", "is not entered by your role: leave it empty"),
    "no_id": ("不是UUID", "is no UUID"),
    "erased": ("该编号的资料已删除，请使用新编号", "was erased: enter the person under a new id"),
    "conflict": (
        "已有同一编号而内容不同的记录，请更正后用修改功能",
        "is held with other content: amend that one instead",
    ),
    "twice": ("同一批中编号重复而内容不同", "stands twice in this list with different content"),
    "no_person": ("没有这样的人员", "names no person"),
    "cut_short": (
        "文件在此处中断，请重新导出并上传",
        "is where the file breaks off: export it again and send it whole",
    ),
    "as_number": (
        "被电子表格存成数字，末几位已丢失：请将该列设为文本后重新录入",
        "was stored as a number and has lost digits: format the column as text",
    ),
    "quotes": ("引号不成对，请修正", "has a quotation mark in the wrong place: correct it"),
}
assert set(_TOLD) == set(get_args(Reason))


class Fault(NamedTuple):
    """What is wrong with a field of a row. Rows count from 1; in a file they are its lines, the header's included."""

    row: int
    field: str
    reason: Reason
    zh: str
    en: str


def fault(row: int, field: str, reason: Reason, **told: object) -> Fault:
    """A fault with its words."""
    zh, en = _TOLD[reason]
    return Fault(row, field, reason, zh.format(**told), en.format(**told))
