"""What is written reads back to the same record, in both languages; the demonstration's notices word for word."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings

from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, Basis, BulletinRecord, Count, Qualifier, Unit
from lianfang.capabilities.bulletins.rules.proof import reads_back
from lianfang.capabilities.bulletins.rules.read_en import read_en
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.capabilities.bulletins.rules.wording import DELTA, WORDINGS
from lianfang.capabilities.bulletins.rules.write import Language, essence, says_the_same, write
from lianfang.places.gazetteer import Gazetteer
from tests.bulletins.strategies import records

GAZETTEER = Gazetteer.load()
YUNNAN, INNER_MONGOLIA = [r for r in notices() if r.as_of and r.as_of.day == 28 and r.as_of.hour]

YUNNAN_ZH = (
    "截至2020年1月28日12时，云南省累计报告新型冠状病毒感染的肺炎确诊病例44例，新增确诊病例18例，均为输入病例，"
    "现有重症病例5例，无二代病例，无死亡病例。"
    "累计确诊病例中，昆明市12例、丽江市6例、西双版纳州6例、玉溪市5例、保山市4例、大理州3例、曲靖市2例、昭通市2例、"
    "红河州2例、德宏州2例。"
    "现有疑似病例125例。目前，密切接触者医学观察558人。"
)
YUNNAN_EN = (
    "As of 12:00 on 28 January 2020, Yunnan Province had reported a total of 44 confirmed cases of pneumonia caused by "
    "the novel coronavirus, 18 new confirmed cases (all imported), 5 severe cases, no second-generation cases and no "
    "deaths so far. "
    "Distribution of all confirmed cases: Kunming 12, Lijiang 6, Xishuangbanna 6, Yuxi 5, Baoshan 4, Dali 3, Qujing 2, "
    "Zhaotong 2, Honghe 2 and Dehong 2. "
    "It also reported 125 suspected cases. In addition, it reported 558 close contacts under medical observation."
)
INNER_MONGOLIA_ZH = (
    "截至2020年1月28日9时，内蒙古自治区累计报告新型冠状病毒感染的肺炎确诊病例15例，涉及8个盟市。"
    "累计确诊病例中，包头市3例（昆都仑区）、呼和浩特市2例（新城区）、赤峰市2例（松山区1例、林西县1例）、"
    "鄂尔多斯市2例（东胜区1例、鄂托克前旗1例）、呼伦贝尔市2例（满洲里市1例、牙克石市1例）、"
    "锡林郭勒盟2例（二连浩特市1例、锡林浩特市1例）、通辽市1例（经济开发区）、兴安盟1例（乌兰浩特市）。"
    "现有疑似病例2例。现有疑似病例中，呼伦贝尔市1例（额尔古纳市）、巴彦淖尔市1例（五原县）。"
    "2020年1月27日0时至28日9时，内蒙古自治区新增确诊病例4例，新增疑似病例1例，排除疑似病例1例（锡林郭勒盟1例（苏尼特左旗））。"
    "新增确诊病例中，呼和浩特市2例（新城区）、包头市1例、赤峰市1例（林西县）。新增疑似病例中，巴彦淖尔市1例（五原县）。"
    "包头市疑似转确诊病例1例。"
    "目前，密切接触者医学观察342人。所有病例均在定点医院接受隔离治疗。"
)
INNER_MONGOLIA_EN = (
    "As of 9:00 on 28 January 2020, Inner Mongolia had reported a total of 15 confirmed cases of pneumonia caused by "
    "the novel coronavirus, in 8 prefecture-level divisions. "
    "Distribution of all confirmed cases: Baotou 3 (Hondlon District), Hohhot 2 (Xincheng District), Chifeng 2 "
    "(Songshan District 1, Linxi County 1), Ordos 2 (Dongsheng District 1, Otog Front Banner 1), Hulunbuir 2 "
    "(Manzhouli 1, Yakeshi 1), Xilingol 2 (Erenhot 1, Xilinhot 1), Tongliao 1 (Economic Development Zone) and "
    "Hinggan 1 (Ulanhot). "
    "It also reported 2 suspected cases. Distribution of suspected cases: Hulunbuir 1 (Ergun) and Bayannur 1 "
    "(Wuyuan County). "
    "From 0:00 on 27 January 2020 to 9:00 on 28 January 2020, Inner Mongolia reported 4 new confirmed cases, 1 new "
    "suspected case and 1 suspected case excluded. "
    "Distribution of new confirmed cases: Hohhot 2 (Xincheng District), Baotou 1 and Chifeng 1 (Linxi County). "
    "Distribution of new suspected cases: Bayannur 1 (Wuyuan County). "
    "Distribution of suspected cases excluded: Xilingol 1 (Sonid Left Banner). "
    "Distribution of suspected cases confirmed: Baotou 1. "
    "In addition, it reported 342 close contacts under medical observation. "
    "All cases were being treated in isolation in designated hospitals."
)


@pytest.mark.parametrize(
    ("record", "zh", "en"),
    [(YUNNAN, YUNNAN_ZH, YUNNAN_EN), (INNER_MONGOLIA, INNER_MONGOLIA_ZH, INNER_MONGOLIA_EN)],
    ids=["Yunnan", "Inner Mongolia"],
)
def test_golden_texts(record: BulletinRecord, zh: str, en: str) -> None:
    assert write(record, "zh", gazetteer=GAZETTEER).text == zh
    assert write(record, "en", gazetteer=GAZETTEER).text == en


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_proof(lang: Language) -> None:
    written = write(INNER_MONGOLIA, lang, gazetteer=GAZETTEER)
    assert reads_back(written, lang, gazetteer=GAZETTEER)
    assert not reads_back(written._replace(text=written.text.replace("15", "16")), lang, gazetteer=GAZETTEER)
    more = {"zh": "新增死亡病例3例。", "en": " And 3 new deaths."}[lang]
    assert not reads_back(written._replace(text=written.text + more), lang, gazetteer=GAZETTEER)


def test_headlines() -> None:
    assert write(YUNNAN, "zh", gazetteer=GAZETTEER).title == "云南省新增确诊病例18例 累计确诊病例44例"
    title = "Yunnan Province: 18 new confirmed cases, a total of 44 confirmed cases"
    assert write(YUNNAN, "en", gazetteer=GAZETTEER).title == title


@pytest.mark.parametrize("record", notices(), ids=lambda r: f"{r.area_code} {r.as_of:%d-%H}")
def test_the_demonstration_reads_back(record: BulletinRecord) -> None:
    back_zh(record)
    back_en(record)


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_reads_back(metric: str) -> None:
    for qualifier in Qualifier:
        record = of(Count(metric=metric, n=30, unit=METRICS[metric].unit, qualifier=qualifier))
        back_zh(record)
        back_en(record)


@pytest.mark.parametrize("metric", [m for m in METRICS if m != DELTA])
def test_every_metric_reads_back_by_area(metric: str) -> None:
    unit = METRICS[metric].unit
    county = AreaCount(metric=metric, n=2, unit=unit, code="530102", name="五华区")
    city = AreaCount(metric=metric, n=3, unit=unit, code="530100", name="昆明市", children=(county,))
    other = AreaCount(metric=metric, n=1, unit=unit, code="532900", name="大理州")
    record = of(Count(metric=metric, n=4, unit=unit)).model_copy(update={"by_area": (city, other)})
    back_zh(record)
    back_en(record)


def test_every_metric_has_its_own_words() -> None:
    assert set(WORDINGS) | {DELTA} == set(METRICS)


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
@example(record=YUNNAN)
@example(record=INNER_MONGOLIA)
def test_chinese_reads_back(record: BulletinRecord) -> None:
    back_zh(record)


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
@example(record=YUNNAN)
@example(record=INNER_MONGOLIA)
def test_english_reads_back(record: BulletinRecord) -> None:
    back_en(record)


@pytest.mark.long
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_both_languages_read_back_at_length(record: BulletinRecord) -> None:
    back_zh(record)
    back_en(record)


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_spans_hold_the_numbers(record: BulletinRecord) -> None:
    for lang, units in (("zh", "例人次"), ("en", "")):
        written = write(record, lang, gazetteer=GAZETTEER)  # type: ignore[arg-type]  # a literal in a loop
        for count in written.record.counts():
            if count.start is None or count.end is None:
                assert count.basis is not Basis.STATED
                continue
            printed = written.text[count.start : count.end].replace(",", "").rstrip(units)
            zero_or_bare_place = not any(c.isdigit() for c in printed)
            assert str(abs(count.n)) in printed or zero_or_bare_place


def test_nothing_is_written_that_the_record_does_not_state() -> None:
    silent = AreaCount(metric="confirmed_cum", n=0, unit=Unit.CASE, basis=Basis.IMPLIED, code="530800", name="普洱市")
    with_silence = YUNNAN.model_copy(update={"by_area": (*YUNNAN.by_area, silent)})
    assert write(with_silence, "zh", gazetteer=GAZETTEER).text == YUNNAN_ZH
    plain = YUNNAN.model_copy(update={"attrs": type(YUNNAN.attrs)()})
    assert "均为输入" not in write(plain, "zh", gazetteer=GAZETTEER).text
    assert "all imported" not in write(plain, "en", gazetteer=GAZETTEER).text


def test_a_record_without_a_stated_number_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        write(YUNNAN.model_copy(update={"figures": (), "by_area": ()}), "zh", gazetteer=GAZETTEER)


@pytest.mark.parametrize(
    "text", ["", "As of noon, all was well.", YUNNAN_EN.replace("Kunming", "Atlantis"), f"{YUNNAN_EN} And so on."]
)
def test_other_english_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_en(text, gazetteer=GAZETTEER)


def of(count: Count) -> BulletinRecord:
    """A notice of Yunnan with a confirmed stock and one more number."""
    stock = Count(metric="confirmed_cum", n=44, unit=Unit.CASE)
    figures = (count,) if count.metric == "confirmed_cum" else (stock, count)
    return YUNNAN.model_copy(update={"figures": figures, "by_area": (), "attrs": type(YUNNAN.attrs)()})


def back_zh(record: BulletinRecord) -> None:
    text = write(record, "zh", gazetteer=GAZETTEER).text
    found = read(text, gazetteer=GAZETTEER, published_at=record.as_of)
    assert [essence(r) for r in found.records] == [essence(record)], text
    assert not found.unread, text


def back_en(record: BulletinRecord) -> None:
    text = write(record, "en", gazetteer=GAZETTEER).text
    assert essence(read_en(text, gazetteer=GAZETTEER)) == essence(record), text
    assert says_the_same(read_en(text, gazetteer=GAZETTEER), record)
