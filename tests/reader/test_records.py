"""Which numbers make one record: areas, cut-offs, printings, headlines."""

from __future__ import annotations

import re
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from tests.reader.reading import lines, only, reading

NOTICE = (
    "截至2月7日12时，云南省累计报告新型冠状病毒感染的肺炎确诊病例9例，新增3例，现有重症2例。"
    "其中，昆明市6例、大理州3例。密切接触者医学观察70人。"
)


def test_a_window_and_its_cut_off_are_one_record() -> None:
    record = only(reading("2月6日0-24时，云南省新增确诊病例3例。截至2月6日24时，全省累计报告确诊病例9例。"))
    assert record.window is not None and record.as_of == record.window.end
    assert record.as_of == datetime(2020, 2, 7, tzinfo=CIVIL_TIME)


def test_a_window_and_a_later_cut_off_are_one_record() -> None:
    record = only(reading("2月6日0-24时，云南省新增确诊病例3例。截至2月7日9时，全省累计报告确诊病例9例。"))
    assert record.as_of == datetime(2020, 2, 7, 9, tzinfo=CIVIL_TIME)
    assert record.window is not None and record.window.end == datetime(2020, 2, 7, tzinfo=CIVIL_TIME)


def test_two_cut_offs_are_two_records() -> None:
    first, second = reading(
        "截至2月6日24时，云南省累计报告确诊病例9例。截至2月7日12时，云南省累计报告确诊病例11例。"
    ).records
    assert (first.value("confirmed_cum"), second.value("confirmed_cum")) == (9, 11)


def test_each_province_of_a_text_has_its_record() -> None:
    result = reading("2月6日0-24时，浙江省新增确诊病例10例，累计27例；广东省新增确诊病例21例，累计53例。", area=None)
    assert {r.area_code: r.value("confirmed_cum") for r in result.records} == {"330000": 27, "440000": 53}


def test_a_paragraph_under_its_agency_is_that_provinces() -> None:
    text = (
        "截至2020年3月2日24时，青海省累计报告确诊病例18例，其中西宁市15例、海北州3例。\n"
        "辽宁省卫生健康委员会2021年5月16日通报\n5月15日0时至24时，全省新增本土确诊病例3例（营口市鲅鱼圈区2例、沈阳市和平区1例）。"
    )
    first, second = reading(text, area=None, published=None).records
    assert (first.area_code, second.area_code) == ("630000", "210000")
    assert second.as_of is not None and second.as_of.year == 2021
    found = {c.code: c.n for entry in second.by_area for c in entry.walk()}
    assert found == {"210800": 2, "210804": 2, "210100": 1, "210102": 1}


def test_a_notice_filed_under_another_province() -> None:
    record = only(reading("截至2月6日24时，江西省累计报告确诊病例72例。", area="420000"))
    assert record.area_code == "360000"


def test_a_national_notice_and_its_provinces() -> None:
    record = only(
        reading(
            "2月6日0—24时，31个省（自治区、直辖市）和新疆生产建设兵团报告新增确诊病例90例（湖北70例）。"
            "累计收到港澳台地区通报确诊病例9例：香港特别行政区5例（死亡1例），台湾地区4例。",
            area="420000",
        )
    )
    assert record.area_code == "100000"
    assert lines(record) == {
        "confirmed_new=90",
        "confirmed_new@420000=70",
        "confirmed_cum@810000=5",
        "deaths_cum@810000=1",
        "confirmed_cum@710000=4",
    }


def test_a_city_that_speaks_alone_has_the_record() -> None:
    record = only(reading("截至2月6日24时，昆明市累计报告确诊病例7例，其中官渡区4例、五华区3例。"))
    assert record.area_code == "530100"
    assert lines(record) == {"confirmed_cum=7", "confirmed_cum@530111=4", "confirmed_cum@530102=3"}


def test_several_cities_speak_as_parts_of_their_province() -> None:
    record = only(reading("2月6日，昆明市新增确诊病例2例，累计12例。大理州新增确诊病例1例，累计3例。"))
    assert record.area_code == "530000" and record.figures == ()
    assert "confirmed_cum@530100=12" in lines(record) and "confirmed_cum@532900=3" in lines(record)


def test_the_area_is_found_from_the_places_listed() -> None:
    record = only(reading("截至2月6日24时，我省累计报告确诊病例6例，其中丽江市4例、玉溪市2例。", area=None))
    assert record.area_code == "530000"


def test_the_same_notice_twice_is_one_record_with_two_occurrences() -> None:
    once = only(reading(NOTICE))
    twice = only(
        reading(NOTICE + "\n会议强调，要加强联防联控。\n" + "要做好物资保障。\n" * 4 + "发布会上介绍，" + NOTICE)
    )
    assert lines(once) == lines(twice) and once.bulletin_id == twice.bulletin_id
    assert (len(once.occurrences), len(twice.occurrences)) == (1, 2)


def test_a_headline_is_kept_apart_from_the_body() -> None:
    text = NOTICE + "\n全省确诊病例增至9例\n新增5例，均为输入病例\n"
    result = reading(text)
    assert only(result).value("confirmed_new") == 3
    assert [(i, c.metric, c.n) for i, c in result.headlines] == [
        (only(result).bulletin_id, "confirmed_cum", 9),
        (only(result).bulletin_id, "confirmed_new", 5),
    ]


def test_a_number_stated_twice_differently_is_an_issue() -> None:
    record = only(reading("截至2月6日24时，云南省累计报告确诊病例9例。截至2月6日24时，全省累计报告确诊病例10例。"))
    assert record.value("confirmed_cum") == 9
    assert [i.code for i in record.issues] == ["stated_twice_differently"]


def test_a_cumulative_label_on_a_stock_is_an_issue() -> None:
    record = only(reading("截至2月6日24时，云南省累计报告疑似病例9例。"))
    assert record.value("suspected") == 9 and [i.code for i in record.issues] == ["cumulative_label_on_stock"]


def test_attributes_and_areas_affected() -> None:
    record = only(
        reading(
            "截至2月6日24时，云南省累计报告确诊病例9例，涉及3个州（市），新增2例，均为输入病例。"
            "现有重症病例4例（其中危重1例）。目前，所有病例均在定点医院接受隔离治疗。"
        )
    )
    assert record.attrs.all_new_imported and record.attrs.critical_within_severe
    assert record.attrs.all_in_designated_hospital
    assert record.areas_affected is not None and (record.areas_affected.n, record.areas_affected.level) == (
        3,
        "prefecture",
    )


def test_null_is_never_nought() -> None:
    record = only(reading("截至2月6日24时，云南省累计报告确诊病例9例。"))
    assert record.value("deaths_cum") is None and record.stock["deaths_cum"] is None


def test_a_text_without_a_notice() -> None:
    result = reading("会议强调，要加强联防联控。全省设立85个检查点，发放口罩4800件。")
    assert result.records == () and result.unread == ()


WORDS = re.findall(
    r"\S+",
    "截至 2月6日24时 0-24时， 云南省 昆明市 大理州 累计 新增 现有 确诊病例 疑似病例 死亡 密切接触者 医学观察"
    " 解除 12例 3人 （ ） 其中 各 均在 中， 、 ， 。 ； 无 为零 由5例订正为4例 排除 核减 31个省 我省 涉及3个州市"
    " 人次 近1.2万余人 第3例 武汉市 转为 除",
)
PIECES = st.lists(st.sampled_from([*WORDS, "\n", NOTICE]), max_size=40)


@settings(deadline=None)
@given(PIECES)
def test_no_text_is_too_broken_to_be_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = reading(text, area=None)
    for record in result.records:
        for count in record.counts():
            if count.start is not None and count.end is not None:
                assert 0 <= count.start < count.end <= len(text)
    for unread in result.unread:
        assert 0 <= unread.start < unread.end <= len(text)
