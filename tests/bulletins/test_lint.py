"""What a public text may not say. Names, numbers and addresses here are made up."""

from __future__ import annotations

import pytest

from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import Count, Unit
from lianfang.capabilities.bulletins.rules.lint import Level, lint, policy
from lianfang.capabilities.bulletins.rules.write import write
from lianfang.places.gazetteer import Gazetteer
from lianfang.profiles.privacy import disclosure

GAZETTEER = Gazetteer.load()

#   text | rule | level | words
TABLE = """
患者张建国，男，45岁，家住阳光小区 | BUL-12.name | blocks | 张建国
姓名：李小明 | BUL-12.name | blocks | 李小明
The patient Li Xiaoming was admitted | BUL-12.name | blocks | Li Xiaoming
患者王某某，女，30岁 | BUL-12.surname | flags | 王某某
首例患者车女士治愈出院 | BUL-12.surname | flags | 车女士
身份证号110101199001011237 | BUL-12.identity | blocks | 110101199001011237
证号 11010119900101123X 的乘客 | BUL-12.identity | blocks | 11010119900101123X
护照号E12345678 | BUL-12.identity | blocks | 护照号E12345678
请拨打13800138000联系 | BUL-12.phone | blocks | 13800138000
家中电话0871-12345678 | BUL-12.phone | blocks | 0871-12345678
家人邮箱 zhang.san@example.com | BUL-12.mail | blocks | zhang.san@example.com
电话１３８００１３８０００ | BUL-12.phone | blocks | １３８００１３８０００
家住人民路12号 | BUL-12.address | blocks | 路12号
幸福花园3栋的住户 | BUL-12.address | blocks | 3栋
阳光小区2单元501室 | BUL-12.address | blocks | 2单元
lives in Room 501 | BUL-12.address | blocks | Room 501
确诊病例1例，男，45岁，住大营村 | BUL-12.small_cell | blocks | 确诊病例1例，男，45岁，住大营村
a man aged 45 of Daying Village | BUL-12.small_cell | blocks | a man aged 45 of Daying Village
新增1例，男，45岁，昆明市人 | BUL-12.individual | flags | 新增1例，男，45岁，昆明市人
武汉肺炎疫情 | BUL-12.naming | flags | 武汉肺炎
英国变异株 | BUL-12.naming | flags | 英国变异株
the Chinese virus | BUL-12.naming | flags | Chinese virus
累计报告疑似病例2例，排除疑似病例1例 | BUL-10 | flags | 累计报告疑似病例
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]

CLEAN = """
截至2月6日20时，贵州省累计报告新冠肺炎确诊病例31例，新增3例，均为输入病例。
密切接触者医学观察558人，累计排查27824人次。
咨询热线：0871-12345678
市第一人民医院 0871-12345678，邮箱 cdc@example.gov.cn
发布第10号通告，地铁2号线和D3937次列车7号车厢恢复运行。
新冠病毒变异株，中东呼吸综合征冠状病毒。
确诊患者已转入定点医院治疗，患者为家庭聚集性病例。
确诊病例中男12例，女9例，20至59岁16例，分布于大营村。
累计报告疑似病例2例。
"""


@pytest.mark.parametrize(("text", "rule", "level", "words"), ROWS)
def test_found(text: str, rule: str, level: str, words: str) -> None:
    found = [f for f in lint(text, gazetteer=GAZETTEER) if f.rule == rule]
    assert found, lint(text, gazetteer=GAZETTEER)
    assert found[0].level == level
    assert text[found[0].start : found[0].end].strip() == words


@pytest.mark.parametrize("text", CLEAN.strip().splitlines())
def test_clean(text: str) -> None:
    assert lint(text, gazetteer=GAZETTEER) == ()


def test_the_label_of_a_shrinking_stock() -> None:
    record = notices()[-1]
    (found,) = lint("我区累计报告疑似病例2例。", record=record)
    assert found.rule == "BUL-10"
    assert found.suggestion == "现有疑似病例"
    assert lint("我区现有疑似病例2例。", record=record) == ()


def test_a_headline_that_differs_blocks() -> None:
    record = next(r for r in notices() if r.value("confirmed_cum") == 44)
    headline = Count(metric="confirmed_cum", n=43, unit=Unit.CASE, start=8, end=11)
    (found,) = lint("全省确诊病例增至43例", record=record, headlines=[headline])
    assert (found.rule, found.level) == ("BUL-05", Level.BLOCKS)
    assert lint("", record=record, headlines=[headline.model_copy(update={"n": 44})]) == ()


@pytest.mark.parametrize("record", notices(), ids=lambda r: f"{r.area_code} {r.as_of:%d-%H}")
def test_what_lianfang_writes_is_clean(record: object) -> None:
    for lang in ("zh", "en"):
        written = write(record, lang, gazetteer=GAZETTEER)  # type: ignore[arg-type]  # a literal in a loop
        assert lint(written.text, record=record, gazetteer=GAZETTEER) == ()  # type: ignore[arg-type]  # see above


def test_each_rule_cites_its_source() -> None:
    assert all(row["source"] and row["valid_from"] for row in policy().values())
    assert disclosure()["small_cells"]["k"] == 5
