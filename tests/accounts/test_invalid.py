"""What a field's own type refuses is said in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from lianfang.accounts.invalid import told


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=3)] = "a"
    code: Annotated[str, Field(pattern="^[a-z]+$")] = "a"
    age: Annotated[int, Field(ge=0, lt=130)] = 1
    temp_c: float = 36.5
    sure: bool = True
    day: date | None = None
    at: AwareDatetime | None = None
    id: UUID | None = None
    way: Literal["air", "land"] = "air"
    many: Annotated[list[int], Field(max_length=2)] = []


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"name": ""}, "必填，请补充", "is needed"),
        ({"name": "abcd"}, "过长，最多3个字", "is too long: at most 3 characters"),
        ({"code": "A"}, "格式不对，请核对", "is not written as it must be: correct it"),
        ({"age": "x"}, "须为整数", "must be a whole number"),
        ({"age": -1}, "须不小于0", "must be 0 or more"),
        ({"age": 130}, "须小于130", "must be less than 130"),
        ({"temp_c": "warm"}, "须为数字", "must be a number"),
        ({"sure": "perhaps"}, "须为是或否", "must be true or false"),
        (
            {"day": "2020-02-30"},
            "不是有效的日期，请用 2020-01-28 的格式",
            "is no day of the calendar: write it as 2020-01-28",
        ),
        ({"at": "2020-01-28T08:00:00"}, "缺少时区，例如 +08:00", "has no time zone, such as +08:00"),
        ({"id": "7"}, "不是编号（UUID）", "is no id (UUID)"),
        ({"way": "sea"}, "不在可选值之中：'air'、'land'", "is none of the values there are: 'air' or 'land'"),
        ({"many": [1, 2, 3]}, "过多，最多2项", "has too many: at most 2"),
        ({"other": 1}, "没有这一项，请删除", "is no field of this: leave it out"),
    ],
)  # fmt: skip
def test_each_is_said_plainly(given: dict[str, Any], zh: str, en: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Form(**given)
    assert [told(one) for one in refused.value.errors()] == [(zh, en)]
