"""The search for personal data: what it finds, what it leaves, and that real notices pass. Data here are made up."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.facts.personal import Personal, is_number, premises, search, surnames

#   text | class | words
FOUND = """
身份证号53010219900101123X | document | 53010219900101123X
证号 530102 19900101 1234 | document | 530102 19900101 1234
证号５３０１０２１９９００１０１１２３４ | document | ５３０１０２１９９００１０１１２３４
旧证530102900101123号 | document | 530102900101123
护照号码：E12345678 | document | 护照号码：E12345678
乘客E12345678已转诊 | document | E12345678
香港居民A123456(7) | document | A123456(7)
台胞A123456789 | document | A123456789
외국인 900101-1234568 | document | 900101-1234568
联系13800138000 | phone | 13800138000
联系138-0013-8000 | phone | 138-0013-8000
联系+86 138 0013 8000 | phone | +86 138 0013 8000
联系１３８００１３８０００ | phone | １３８００１３８０００
call +852 9123 4567 | phone | +852 9123 4567
家中电话0871-12345678 | phone | 0871-12345678
市医院核实患者家中0871-12345678 | phone | 0871-12345678
详见 https://example.com/?tel=13800138000 | phone | 13800138000
邮箱zhang.san@example.com | mail | zhang.san@example.com
住址为长春市朝阳区某路694号 | address | 路694号
患者居住于幸福花园3栋2单元 | address | 3栋
lives in Room 501 | address | Room 501
患者张建国，男 | name | 张建国
姓名：李小明 | name | 李小明
the patient Li Xiaoming was admitted | name | Li Xiaoming
"""
LEFT = """
截至1月28日12时，云南省累计报告确诊病例44例，现有疑似病例1000余例。
咨询热线：0871-12345678，12320，12345，120
市第一人民医院 0871-12345678 发热门诊24小时开放
请立即拨打0431-88888888
详见 https://example.com/13800138000/53010219900101123X.html
来源：http://ynswsjkw.yn.gov.cn/wjwWebsite/web/doc/UU157994754835422667
投稿邮箱：news@example.com，邮箱cdc@kunming.gov.cn
黑河市爱辉区长海社区中房76号楼小区为中风险区
省委书记张建国主持会议
患者系我市第6例确诊病例岳父。
首例患者王某某治愈出院
累计排查27824人次，比例0.13800138000
D3937次列车7号车厢，地铁2号线，G318国道
区划代码530102001001，编码530102198
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "of", "words"), rows(FOUND))
def test_found(text: str, of: str, words: str) -> None:
    found = [hit for hit in search(text) if hit.of == of]
    assert found, list(search(text))
    assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize("text", LEFT.strip().splitlines())
def test_left(text: str) -> None:
    assert list(search(text)) == []


def test_places_and_surnames_are_found_for_those_who_publish() -> None:
    (building,) = premises("黑河市中房76号楼小区")
    (surname,) = surnames("患者王某某")
    assert building.end - building.start == 4 and surname == (2, 5)


@pytest.mark.parametrize(
    ("code", "of"),
    [
        ("53010219900101123X", Personal.DOCUMENT),
        ("13800138000", Personal.PHONE),
        ("E12345678", Personal.DOCUMENT),
        ("530102", None),
        ("530102001001", None),
        ("ncov-2020", None),
        ("0" * 64, None),
        ("10000000000", None),
    ],
)
def test_codes_that_are_a_person_s_number(code: str, of: Personal | None) -> None:
    assert is_number(code) is of


@given(st.text(alphabet="0123456789 -+@.患者王张路号室Ee=:/htps", max_size=80))
def test_spans_lie_within_the_text(text: str) -> None:
    for hit in search(text):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize("part", ["1", "1380013800", "a@", "患者", "+1 ", "路1", "https://", "530102 19900101 "])
def test_a_long_text_is_searched_in_a_time_that_grows_with_its_length(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        began = time.process_time()
        for _ in search(text):
            pass
        return time.process_time() - began

    short = min(seconds(20_000) for _ in range(3))
    assert seconds(200_000) < 40 * short + 0.2


@pytest.mark.shared
def test_real_notices_pass(shared: Path) -> None:
    """Every notice that other tests read: of 1,796, two tell where cases live, and are to be set aside."""
    texts = {path.name: path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}
    for name in ("dxy_bulletins_dev", "jiangsu_guizhou_bulletins_2020_2022"):
        lines = (shared / f"data/d_bulletins/{name}.jsonl").read_text("utf-8").splitlines()
        texts |= {f"{name} {number}": json.loads(line)["text"] for number, line in enumerate(lines)}
    found = {name: sorted({str(hit.of) for hit in search(text)}) for name, text in texts.items()}
    aside = {name: classes for name, classes in found.items() if classes}
    print(f"{len(aside)} of {len(texts)} notices are set aside: {aside}")
    assert len(texts) == 1_796
    assert list(aside.values()) == [["address"], ["address"]]
