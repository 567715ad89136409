"""Short names and other forms."""

from __future__ import annotations

import pytest

from lianfang.places.naming import aliases, short_name
from lianfang.places.zones import zone_at

FORMS = """
name                             | short      | others
昆明市                           | 昆明       |
新城区                           | 新城       |
城区                             | 城区       |
忠县                             | 忠县       |
浦东新区                         | 浦东       |
六枝特区                         | 六枝       |
神农架林区                       | 神农架     |
吐鲁番地区                       | 吐鲁番     |
锡林郭勒盟                       | 锡林郭勒   | 锡盟
内蒙古自治区                     | 内蒙古     |
广西壮族自治区                   | 广西       | 广西自治区
德宏傣族景颇族自治州             | 德宏       | 德宏州 德宏自治州
克孜勒苏柯尔克孜自治州           | 克孜勒苏   | 克孜勒苏州 克孜勒苏自治州
海西蒙古族藏族自治州             | 海西       | 海西州 海西自治州
双江拉祜族佤族布朗族傣族自治县   | 双江       | 双江县 双江自治县
东乡族自治县                     | 东乡       | 东乡县 东乡自治县
鄂温克族自治旗                   | 鄂温克     | 鄂温克旗 鄂温克自治旗
隆林各族自治县                   | 隆林       | 隆林县 隆林自治县
瀍河回族区                       | 瀍河       | 瀍河区
土默特右旗                       | 土默特右旗 | 土右旗
科尔沁左翼中旗                   | 科尔沁左翼中旗 | 科左中旗
察哈尔右翼前旗                   | 察哈尔右翼前旗 | 察右前旗
达拉特旗                         | 达拉特     | 达旗
"""


@pytest.mark.parametrize("line", FORMS.strip().splitlines()[1:])
def test_forms_of_a_name(line: str) -> None:
    name, short, others = (cell.strip() for cell in line.split("|"))
    level = "prefecture" if name.endswith(("州", "盟", "地区")) else "province" if name.endswith("自治区") else "county"
    assert short_name(name) == short
    assert sorted({short, *others.split()} - {name}) == aliases(name, level)


ZONES = """
经济开发区 经济技术开发区 高新区 高新技术产业开发区 经开区 柳东新区 临空经济示范区 工业园区 综合保税区
滇池旅游度假区 八五七农场 城乡一体化示范区 开发区管委会 百里杜鹃管理区
"""


@pytest.mark.parametrize("name", ZONES.split())
def test_zones_are_known_by_the_form_of_their_name(name: str) -> None:
    assert zone_at(name + "2例") == len(name)


@pytest.mark.parametrize("text", ["", "为高新区", "新增病例开发区", "昆明市", "累计在开发区", "2例高新区", "东河区"])
def test_other_words_are_no_zones(text: str) -> None:
    assert zone_at(text) == -1
