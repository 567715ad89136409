"""Divisions by code, by date and by name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from itertools import pairwise
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.places.gazetteer import Division, Gazetteer, Match, Row

DAY = date(2020, 1, 28)
G = Gazetteer.load()

CODES = """
530000 云南省 | 530100 昆明市 | 530300 曲靖市 | 530400 玉溪市 | 530500 保山市 | 530600 昭通市 | 530700 丽江市
530800 普洱市 | 530900 临沧市 | 532300 楚雄彝族自治州 | 532500 红河哈尼族彝族自治州 | 532600 文山壮族苗族自治州
532800 西双版纳傣族自治州 | 532900 大理白族自治州 | 533100 德宏傣族景颇族自治州 | 533300 怒江傈僳族自治州
533400 迪庆藏族自治州 | 150000 内蒙古自治区 | 150100 呼和浩特市 | 150102 新城区 | 150200 包头市 | 150202 东河区
150203 昆都仑区 | 150400 赤峰市 | 150404 松山区 | 150424 林西县 | 150500 通辽市 | 150600 鄂尔多斯市 | 150602 东胜区
150623 鄂托克前旗 | 150700 呼伦贝尔市 | 150781 满洲里市 | 150782 牙克石市 | 150784 额尔古纳市 | 150800 巴彦淖尔市
150821 五原县 | 152200 兴安盟 | 152201 乌兰浩特市 | 152500 锡林郭勒盟 | 152501 二连浩特市 | 152502 锡林浩特市
152523 苏尼特左旗 | 610102 新城区 | 429004 仙桃市 | 659001 石河子市 | 500101 万州区
"""


@pytest.mark.parametrize("line", [cell for cell in CODES.replace("\n", "|").split("|") if cell.strip()])
def test_a_division_by_its_code(line: str) -> None:
    code, name = line.split()
    division = G.division(code, DAY)
    assert division is not None
    assert division.name == name


def test_how_many_divisions_there_are() -> None:
    assert len(G.children("100000", DAY)) == 34
    assert len(G.children("530000", DAY)) == 16
    assert len(G.children("150000", DAY)) == 12
    assert len(G.children("500000", DAY)) == 38  # the districts of a municipality are right below it
    assert [d.name for d in G.children("420000", DAY)][-4:] == ["仙桃市", "潜江市", "天门市", "神农架林区"]
    assert "150500-经济开发区" not in [d.code for d in G.children("150500", DAY)]


NAMES = """
within | text                       | code              | end | alias
150100 | 新城区2例                  | 150102            | 3   | no
610100 | 新城区2例                  | 610102            | 3   | no
150000 | 呼和浩特市新城区2例        | 150102            | 8   | no
150000 | 呼市新城区2例              | 150102            | 5   | yes
150100 | 内蒙古呼和浩特市新城区     | 150102            | 11  | yes
150200 | 昆都仑区2例                | 150203            | 4   | no
150200 | 东河区1例                  | 150202            | 3   | no
150200 | 土右旗1例                  | 150221            | 3   | yes
150600 | 鄂前旗                     | 150623            | 3   | yes
150600 | 达旗                       | 150621            | 2   | yes
152500 | 苏左旗                     | 152523            | 3   | yes
152500 | 东乌旗                     | 152525            | 3   | yes
150500 | 科左中旗                   | 150521            | 4   | yes
150000 | 锡盟2例                    | 152500            | 2   | yes
150500 | 经济开发区1例              | 150500-经济开发区 | 5   | yes
150000 | 通辽经济开发区1例          | 150500-经济开发区 | 7   | yes
150000 | 通辽市经开区1例            | 150500-经开区     | 6   | yes
530100 | 滇池旅游度假区1例          | 530100-滇池旅游度假区 | 7 | yes
410100 | 航空港区1例                | 410100-航空港区   | 4   | no
410000 | 郑州航空港区1例            | 410100-航空港区   | 6   | yes
620000 | 兰州新区1例                | 620100-兰州新区   | 4   | no
350300 | 湄洲岛1例                  | 350300-湄洲岛     | 3   | no
530000 | 德宏州2例                  | 533100            | 3   | yes
530000 | 德宏2例                    | 533100            | 2   | yes
530000 | 西双版纳州6例              | 532800            | 5   | yes
530000 | 西双版纳傣族自治州6例      | 532800            | 9   | no
530000 | 大理3例                    | 532900            | 2   | yes
530000 | 大理州大理市3例            | 532901            | 6   | yes
530000 | 云南省累计                 | 530000            | 3   | no
530000 | 湖北省武汉市               | -                 |     |
100000 | 湖北省武汉市               | 420100            | 6   | no
420000 | 恩施州                     | 422800            | 3   | yes
420000 | 神农架                     | 429021            | 3   | yes
430000 | 湘西州                     | 433100            | 3   | yes
500000 | 两江新区                   | 500000-两江新区   | 4   | no
500000 | 石柱县                     | 500240            | 3   | yes
520000 | 黔东南州                   | 522600            | 4   | yes
650000 | 第八师石河子市             | 650000-第八师     | 7   | yes
650000 | 兵团第七师                 | 650000-第七师     | 5   | yes
650000 | 石河子市                   | 659001            | 4   | no
650000 | 伊犁州                     | 654000            | 3   | yes
650000 | 巴州                       | 652800            | 2   | yes
100000 | 兵团                       | 650000-新疆生产建设兵团 | 2 | yes
220000 | 吉林2例                    | 220200            | 2   | yes
350400 | 沙县1例                    | 350427            | 2   | no
421000 | 公安机关                   | -                 |     |
421000 | 公安县                     | 421022            | 3   | no
410000 | 长垣县                     | 410783            | 3   | yes
150202 | 河东街道                   | 150202009         | 4   | no
530000 | Kunming 12                 | 530100            | 7   | yes
530000 | Kunmingham                 | -                 |     |
530000 | 无名市                     | -                 |     |
530000 | 为了防控                   | -                 |     |
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines()[1:])
def test_the_longest_name_at_a_place_of_a_text(line: str) -> None:
    within, text, code, end, alias = (cell.strip() for cell in line.split("|"))
    found = G.match(text, 0, within=within, on=DAY)
    assert found == ([Match(code, 0, int(end), alias == "yes")] if code != "-" else [])


def test_what_is_ambiguous_inside_the_parent_is_returned_whole() -> None:
    assert [m.division_code for m in G.match("桥西区1例", 0, within="130000", on=DAY)] == ["130104", "130503", "130703"]
    assert {m.division_code for m in G.match("伊宁1例", 0, within="654000", on=DAY)} == {"654002", "654021"}
    assert G.resolve("桥西区", "130000", DAY) is None
    assert G.resolve("石家庄市桥西区", "130000", DAY) == G.division("130104", DAY)


def test_names_have_their_dates() -> None:
    def code(name: str, within: str, year: int) -> str | None:
        found = G.resolve(name, within, date(year, 3, 1))
        return found.code if found else None

    assert code("密云县", "110000", 2015) == "110228"
    assert code("密云区", "110000", 2014) is None
    assert code("密云区", "110000", 2016) == "110118"
    assert code("密云县", "110000", 2016) == "110118"  # the former name, an alias of what it became
    assert code("沙县", "350400", 2020) == "350427"
    assert code("沙县区", "350400", 2020) is None
    assert code("沙县区", "350400", 2022) == "350405"
    assert G.division("110228", date(2016, 1, 1)) is None
    assert G.division("350427", date(2020, 1, 1)) is not None


def test_in_a_year_of_change_lists_show_one_of_the_two_states() -> None:
    before = {d.name for d in G.children("350400", date(2021, 3, 1))}
    after = {d.name for d in G.children("350400", date(2021, 9, 1))}
    assert "沙县" in before and "沙县区" not in before
    assert "沙县区" in after and "沙县" not in after


def test_unknown_codes_and_names_give_none() -> None:
    assert G.division("999999") is None
    assert G.division("") is None
    assert G.division("-") is None
    assert G.division("999999-经开区") is None
    assert G.resolve("", "530000") is None
    assert G.resolve("子虚县", None) is None
    assert G.children("999999") == []


def test_townships_are_below_counties() -> None:
    towns = G.children("150202", DAY)
    assert {t.level for t in towns} == {"town"}
    assert all(len(t.code) == 9 and t.code.startswith("150202") for t in towns)
    assert G.division(towns[0].code) == towns[0]
    assert G.children(towns[0].code) == []


@pytest.mark.parametrize(
    ("name", "en"),
    [
        ("柳东新区", "Liudong New Area"),
        ("经济技术开发区", "Economic and Technological Development Zone"),
        ("高新区", "High-tech Zone"),
        ("开发区管委会", "Development Zone"),
        ("八五七农场", "Bawuqi Farm"),
    ],
)
def test_zones_have_english_names(name: str, en: str) -> None:
    zone = G.division(f"450200-{name}", DAY)
    assert zone is not None and zone.en == en


def test_a_zone_is_a_unit_of_its_parent() -> None:
    zone = G.division("150500-经济开发区", DAY)
    assert zone is not None
    assert (zone.name, zone.level, zone.parent) == ("经济开发区", "county", "150500")
    assert zone.en == "Economic Development Zone"
    assert G.ancestors(zone.code) == ("150500", "150000", "100000")


@pytest.mark.parametrize(
    ("code", "pinyin", "en"),
    [
        ("530100", "Kunming", "Kunming"),
        ("530800", "Pu'er", "Pu'er"),
        ("610000", "Shanxi", "Shaanxi"),
        ("140000", "Shanxi", "Shanxi"),
        ("150100", "Huhehaote", "Hohhot"),
        ("150221", "Tumoteyouqi", "Tumd Right Banner"),
        ("532800", "Xishuangbanna", "Xishuangbanna"),
        ("610100", "Xi'an", "Xi'an"),
        ("341500", "Lu'an", "Lu'an"),
        ("150102", "Xincheng", "Xincheng District"),
        ("150105", "Saihan", "Saihan District"),
        ("411100", "Luohe", "Luohe"),
        ("222404", "Hunchun", "Hunchun"),
        ("140428", "Zhangzi", "Zhangzi County"),
        ("522732", "Sandu", "Sandu County"),
        ("810000", "Xianggang", "Hong Kong"),
    ],
)
def test_romanised_names(code: str, pinyin: str, en: str) -> None:
    division = G.division(code, DAY)
    assert division is not None
    assert (division.pinyin, division.en) == (pinyin, en)


def test_prefectures_have_english_names_of_their_own_within_a_province() -> None:
    for province in G.children("100000"):
        names = [d.en for d in G.children(province.code)]
        assert all(names) and len(set(names)) == len(names), province.name


def test_any_hierarchy_can_be_searched() -> None:
    rows = [
        Row(Division("KE", "Kenya", "country", None, en="Kenya")),
        Row(Division("KE-01", "Mombasa", "province", "KE"), ("Mvita",)),
        Row(Division("KE-0101", "Likoni", "county", "KE-01")),
    ]
    kenya = Gazetteer.from_rows(rows)
    assert [d.code for d in kenya.children("KE")] == ["KE-01"]
    assert kenya.match("Mvita 3", 0, within="KE") == [Match("KE-01", 0, 5, True)]
    assert kenya.match("Likonia", 0, within="KE") == []
    assert kenya.ancestors("KE-0101") == ("KE-01", "KE")
    assert kenya.match("高新区", 0, within="KE") == []


NAMED = [d for code in ("530000", "150000", "420000", "650000") for d in G.children(code, DAY)]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([d.name for d in NAMED] + [d.short for d in NAMED]),
        st.sampled_from(
            ["高新区", "经济开发区", "新城区", "第八师", "2例", "、", "（", "新增", "Kunming", "街道", "镇"]
        ),
        st.text(alphabet="市县区旗州盟师一二例12为吉林大理新城", max_size=4),
    ),
    max_size=6,
).map("".join)


@given(
    text=TEXTS,
    pos=st.integers(0, 20),
    within=st.sampled_from([None, "100000", "530000", "150000", "150100", "650000", "999999"]),
    on=st.sampled_from([None, DAY, date(1983, 5, 1), date(2021, 5, 1)]),
)
def test_a_match_starts_where_it_was_asked_and_stays_inside(
    text: str, pos: int, within: str | None, on: date | None
) -> None:
    found = G.match(text, pos, within=within, on=on)
    assert len({match.end for match in found}) <= 1
    assert len(found) == len(set(found))
    for match in found:
        assert match.start == pos < match.end <= len(text)
        division = G.division(match.division_code, on)
        assert division is not None
        assert within in (None, division.code, *G.ancestors(division.code))
        again = G.match(text[pos : match.end], 0, within=within, on=on)
        assert [m.division_code for m in again] == [m.division_code for m in found]


@given(text=TEXTS)
def test_walking_over_a_text_never_overlaps(text: str) -> None:
    pos, spans = 0, []
    while pos < len(text):
        found = G.match(text, pos, within="150000", on=DAY)
        spans += [(found[0].start, found[0].end)] if found else []
        pos = found[0].end if found else pos + 1
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_every_division_is_found_by_its_full_name_and_by_its_aliases() -> None:
    for province in G.children("100000", DAY):
        for division in G.children(province.code, DAY):
            assert division.code in [m.division_code for m in G.match(division.name, 0, within=province.code, on=DAY)]
            for county in G.children(division.code, DAY) if division.level == "prefecture" else ():
                found = G.match(county.name, 0, within=division.code, on=DAY)
                assert [m.division_code for m in found] == [county.code], county
                assert G.match(division.name + county.name, 0, within=None, on=DAY)[0].division_code == county.code


def _rows() -> list[Row]:
    from lianfang.places.packaged import read_rows

    return read_rows()


def test_a_wood_in_the_name_makes_no_forestry_district() -> None:
    names = {code: (d.short, d.en) for code in ("610103", "231202", "429021") if (d := G.division(code))}
    assert names == {
        "610103": ("碑林", "Beilin District"),
        "231202": ("北林", "Beilin District"),
        "429021": ("神农架", "Shennongjia Forestry District"),
    }


def test_towns_asked_for_twice_at_once_are_there_for_both() -> None:
    begun, go_on = Event(), Event()

    def towns(province: str) -> list[Row]:
        begun.set()
        assert go_on.wait(60)
        return [Row(Division("530103001", "拓东街道", "town", "530103"))]

    gazetteer = Gazetteer([Row(Division("530103", "盘龙区", "county", "530100"))], towns=towns)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(gazetteer.division, "530103001")
        assert begun.wait(60)
        second = threads.submit(gazetteer.division, "530103001")
        wait([second], timeout=0.1)
        go_on.set()
        assert first.result() is not None
        assert second.result() is not None
