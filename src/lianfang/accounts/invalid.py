"""What a field's own type refuses, said in Chinese and in English. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_NEEDED: Final = ("必填，请补充", "is needed")
_TEXT: Final = ("须为文字", "must be text")
_WHOLE: Final = ("须为整数", "must be a whole number")
_NUMBER: Final = ("须为数字", "must be a number")
_YES_NO: Final = ("须为是或否", "must be true or false")
_DAY: Final = ("不是有效的日期，请用 2020-01-28 的格式", "is no day of the calendar: write it as 2020-01-28")
_TIME: Final = (
    "不是有效的时间，请用 2020-01-28T08:00:00+08:00 的格式",
    "is no time: write it as 2020-01-28T08:00:00+08:00",
)
_ID: Final = ("不是编号（UUID）", "is no id (UUID)")
_MANY: Final = ("须为列表", "must be a list")
_PARTS: Final = ("须为一组字段", "must be a set of fields")

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": _NEEDED,
    "extra_forbidden": ("没有这一项，请删除", "is no field of this: leave it out"),
    "string_type": _TEXT,
    "string_too_short": ("至少{min_length}个字", "is too short: at least {min_length} characters"),
    "string_too_long": ("过长，最多{max_length}个字", "is too long: at most {max_length} characters"),
    "string_pattern_mismatch": ("格式不对，请核对", "is not written as it must be: correct it"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": ("须大于{gt}", "must be more than {gt}"),
    "greater_than_equal": ("须不小于{ge}", "must be {ge} or more"),
    "less_than": ("须小于{lt}", "must be less than {lt}"),
    "less_than_equal": ("须不大于{le}", "must be {le} or less"),
    "enum": ("不在可选值之中：{expected}", "is none of the values there are: {expected}"),
    "literal_error": ("不在可选值之中：{expected}", "is none of the values there are: {expected}"),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_object_invalid": _TIME,
    "datetime_from_date_parsing": _TIME,
    "timezone_aware": ("缺少时区，例如 +08:00", "has no time zone, such as +08:00"),
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "list_type": _MANY,
    "tuple_type": _MANY,
    "dict_type": _PARTS,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "too_short": ("至少{min_length}项", "has too few: at least {min_length}"),
    "too_long": ("过多，最多{max_length}项", "has too many: at most {max_length}"),
}
_OWN: Final = "Value error, "
"""What pydantic writes before the words of a rule of our own."""


def told(error: Mapping[str, Any]) -> tuple[str, str]:
    """One of pydantic's errors in Chinese and in English; a rule of our own keeps its own English words, and what was
    refused without a type was said in the language that was asked for."""
    said = str(error["msg"])
    if "type" not in error:
        return said, said
    words = _WORDS.get(error["type"])
    if words is None:
        return "不符合要求，请更正", said.removeprefix(_OWN)
    if error["type"] == "string_too_short" and error.get("ctx", {}).get("min_length") == 1:
        return _NEEDED
    zh, en = words
    values: dict[str, Any] = error.get("ctx", {})
    listed = str(values.get("expected", "")).replace(" or ", "、").replace(", ", "、")
    return zh.format_map({**values, "expected": listed}), en.format_map(values)
