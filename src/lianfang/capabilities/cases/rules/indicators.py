"""The indicators of cases: what each is, and what a case adds to which from when on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from types import MappingProxyType
from typing import Final

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.rules.counting import IN_COUNTS, effects, middle, moved
from lianfang.capabilities.cases.state import State
from lianfang.facts.indicator import Better, Group, Identity, Indicator, Kind, Step, midnight

_DECIDED: Final = ("case.reported", "case.classified", "case.handed_over")
_COURSE: Final = (*_DECIDED, "case.severity_assessed", "case.ended")
_ONSET: Final = (*_DECIDED, "case.described", "case.investigated")
_DEFINITION: Final = (
    "Case definitions of the Chinese diagnosis and control plans, in the edition in force: the profile of the disease",
    "国家诊疗方案、防控方案的病例定义（按当时有效的版次，见疾病档案）",
)
_NOTICE: Final = (
    "The figures of the National Health Commission's daily notices, as of 24:00",
    "国家卫生健康委员会每日疫情通报的口径（截至当日24时）",
)
_CURVE: Final = (
    "The CDC Field Epidemiology Manual (Oxford University Press, 2019), chapter 6: epidemic curves",
    "《现场流行病学手册》（美国疾控中心，牛津大学出版社，2019年）第6章：流行曲线",
)


def _case(
    key: str, kind: Kind, better: Better, zh: str, en: str, definition_zh: str, definition_en: str, formula: str,
    source: tuple[str, str], fact_kinds: tuple[str, ...],
) -> Indicator:  # fmt: skip
    return Indicator(
        key, Group.CASES, zh, en, "case", kind, better, definition_zh, definition_en, formula, *source, fact_kinds,
        "cases", per_population=True,
    )  # fmt: skip


_EVER: Final = (*_DECIDED, "case.ended")
_CARE: Final = (*_COURSE, "case.admitted", "case.discharged")
_S, _F, _LOWER, _HIGHER, _NONE = Kind.STOCK, Kind.FLOW, Better.LOWER, Better.HIGHER, Better.NONE

DECLARED: Final = (
    _case(
        "confirmed_cum", _S, _LOWER, "累计确诊病例", "confirmed cases, cumulative",
        "截至当日24时判定为确诊、且未被核减的病例，含已治愈、已死亡者；按责任地区计。",
        "Cases that stand as confirmed at 24:00, those who recovered or died among them, without those removed by "
        "revision; counted where the responsibility lies.",
        "confirmed_cum(d) = confirmed_cum(d−1) + confirmed_new − revised_minus + confirmed_moved", _NOTICE, _DECIDED,
    ),
    _case(
        "confirmed_new", _F, _LOWER, "新增确诊病例", "confirmed cases, new",
        "当日判定为确诊的病例，含由疑似、临床诊断、无症状转为确诊者；因移交而来的不算新增。",
        "Cases decided to be confirmed on the day, from whatever class; a case that was handed over is none.",
        "confirmed_new(d) = |{before ≠ confirmed, after = confirmed, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "confirmed_existing", _S, _LOWER, "现有确诊病例", "confirmed cases, current",
        "截至当日24时判定为确诊、尚无转归的病例。", "Confirmed cases without an outcome at 24:00.",
        "confirmed_existing = |{class = confirmed, outcome = none}|", _NOTICE, _EVER,
    ),
    _case(
        "revised_minus", _F, _NONE, "核减确诊病例", "confirmed cases removed by revision",
        "当日由确诊改判为排除的病例。", "Confirmed cases that were excluded on the day.",
        "revised_minus(d) = |{before = confirmed, after = excluded, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "confirmed_moved", _F, _NONE, "移交净增确诊病例", "confirmed cases handed over, net",
        "当日因责任地区变更移入的确诊病例减移出的；区域内部的移交相抵。",
        "Confirmed cases that other divisions handed over to this one on the day, without those handed over to others; "
        "within an area they come to nothing.",
        "confirmed_moved(d) = |{handed in on d}| − |{handed out on d}|", _DEFINITION, _DECIDED,
    ),
    _case(
        "clinical_cum", _S, _LOWER, "累计临床诊断病例", "clinically diagnosed cases, cumulative",
        "截至当日24时曾判定为临床诊断的病例（仅在有此分类的版次和地区）。",
        "Cases that were ever clinically diagnosed, at 24:00; only where and while an edition has the class.",
        "clinical_cum = |{ever clinical}|", _DEFINITION, _DECIDED,
    ),
    _case(
        "suspected", _S, _LOWER, "现有疑似病例", "suspected cases, current",
        "截至当日24时判定为疑似、尚未确诊、排除且无转归的病例。",
        "Cases that stand as suspected at 24:00, without an outcome.",
        "suspected = |{class = suspected, outcome = none}|", _NOTICE, _EVER,
    ),
    _case(
        "suspected_new", _F, _LOWER, "新增疑似病例", "suspected cases, new",
        "当日报告或判定为疑似的病例。", "Cases reported, or decided to be, suspected on the day.",
        "suspected_new(d) = |{before ≠ suspected, after = suspected, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "suspected_excluded", _F, _HIGHER, "排除疑似病例", "suspected cases excluded",
        "当日由疑似判定为排除的病例。", "Suspected cases that were excluded on the day.",
        "suspected_excluded(d) = |{before = suspected, after = excluded, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "suspected_to_confirmed", _F, _LOWER, "疑似转确诊病例", "suspected cases confirmed",
        "当日由疑似判定为确诊的病例。", "Suspected cases that were confirmed on the day.",
        "suspected_to_confirmed(d) = |{before = suspected, after = confirmed, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "severe", _S, _LOWER, "现有重症病例", "severe cases, current",
        "截至当日24时病情判定为重型的现有确诊、临床诊断病例；危重型另计。",
        "Confirmed and clinically diagnosed cases without an outcome whose illness is severe at 24:00; critical ones "
        "are counted by themselves.",
        "severe = |{severity = severe, class ∈ {confirmed, clinical}, outcome = none}|", _DEFINITION, _COURSE,
    ),
    _case(
        "critical", _S, _LOWER, "现有危重病例", "critical cases, current",
        "截至当日24时病情判定为危重型的现有确诊、临床诊断病例。",
        "Confirmed and clinically diagnosed cases without an outcome whose illness is critical at 24:00.",
        "critical = |{severity = critical, class ∈ {confirmed, clinical}, outcome = none}|", _DEFINITION, _COURSE,
    ),
    _case(
        "hospitalised", _S, _NONE, "在院治疗病例", "in hospital",
        "截至当日24时在院的现有确诊、临床诊断病例。",
        "Confirmed and clinically diagnosed cases without an outcome who are in hospital at 24:00.",
        "hospitalised = |{in hospital, class ∈ {confirmed, clinical}, outcome = none}|", _NOTICE, _CARE,
    ),
    _case(
        "deaths_cum", _S, _LOWER, "累计死亡病例", "deaths, cumulative",
        "截至当日24时转归为死亡的确诊、临床诊断病例。",
        "Confirmed and clinically diagnosed cases whose outcome is death, at 24:00.",
        "deaths_cum = |{outcome = died, class ∈ {confirmed, clinical}}|", _NOTICE, _EVER,
    ),
    _case(
        "deaths_new", _F, _LOWER, "新增死亡病例", "deaths, new", "当日转归为死亡的确诊、临床诊断病例。",
        "Confirmed and clinically diagnosed cases who died on the day.",
        "deaths_new(d) = |{enters deaths_cum on d}|", _NOTICE, _EVER,
    ),
    _case(
        "cured_cum", _S, _HIGHER, "累计治愈出院病例", "recovered and discharged, cumulative",
        "截至当日24时转归为治愈的确诊、临床诊断病例。",
        "Confirmed and clinically diagnosed cases who have recovered, at 24:00.",
        "cured_cum = |{outcome = recovered, class ∈ {confirmed, clinical}}|", _NOTICE, _EVER,
    ),
    _case(
        "cured_new", _F, _HIGHER, "新增治愈出院病例", "recovered and discharged, new",
        "当日转归为治愈的确诊、临床诊断病例。", "Confirmed and clinically diagnosed cases who recovered on the day.",
        "cured_new(d) = |{enters cured_cum on d}|", _NOTICE, _EVER,
    ),
    _case(
        "asymptomatic_cum", _S, _LOWER, "累计无症状感染者", "asymptomatic infections, cumulative",
        "截至当日24时曾判定为无症状感染者的病例，含已转确诊、已解除者。",
        "Cases that were ever asymptomatic infections at 24:00, those confirmed or released since among them.",
        "asymptomatic_cum = |{ever asymptomatic}|", _NOTICE, _DECIDED,
    ),
    _case(
        "asymptomatic_new", _F, _LOWER, "新增无症状感染者", "asymptomatic infections, new",
        "当日判定为无症状感染者的病例。", "Cases decided to be asymptomatic infections on the day.",
        "asymptomatic_new(d) = |{before ≠ asymptomatic, after = asymptomatic, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "asymptomatic_obs", _S, _LOWER, "在观无症状感染者", "asymptomatic infections under observation",
        "截至当日24时判定为无症状感染者、尚未转确诊或解除者。",
        "Asymptomatic infections at 24:00 that were neither confirmed nor released.",
        "asymptomatic_obs = |{class = asymptomatic, outcome = none}|", _NOTICE, _EVER,
    ),
    _case(
        "onset_new", _F, _LOWER, "按发病日的病例", "cases by onset",
        "曾判定为确诊或临床诊断、未被排除的病例，按发病日计；发病日为一段日期的，取中间一日；按现责任地区计。近日数字尚不完整。",
        "Cases that counted as confirmed or clinically diagnosed and were not excluded, by the day of onset; of "
        "several days the middle one; where the responsibility lies now. Of the last days not all are known yet.",
        "onset_new(d) = |{onset = d, ever ∈ {confirmed, clinical}, class ≠ excluded}|", _CURVE, _ONSET,
    ),
    _case(
        "report_new", _F, _LOWER, "按报告日的病例", "cases by report",
        "曾判定为确诊或临床诊断、未被排除的病例，按报告日计；按现责任地区计。",
        "Cases that counted as confirmed or clinically diagnosed and were not excluded, by the day of their report; "
        "where the responsibility lies now.",
        "report_new(d) = |{reported on d, ever ∈ {confirmed, clinical}, class ≠ excluded}|", _CURVE, _DECIDED,
    ),
)  # fmt: skip
KEYS: Final = frozenset(one.key for one in DECLARED)
IDENTITIES: Final = (
    Identity(
        "confirmed_cum", "累计确诊 = 前日累计 + 新增 + 移交净增 − 核减",
        "confirmed, cumulative = the day before + new + handed over − removed by revision",
        "confirmed_cum", ("confirmed_new", "confirmed_moved"), ("revised_minus",), opening=True,
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "case.reported": ("报告", "Reported"),
        "case.described": ("补充情况", "Described"),
        "case.investigated": ("流行病学调查", "Investigated"),
        "case.classified": ("判定分类", "Classified"),
        "case.severity_assessed": ("判定病情", "Severity assessed"),
        "case.admitted": ("收治入院", "Admitted"),
        "case.discharged": ("出院（未愈）", "Discharged"),
        "case.ended": ("转归", "Ended"),
        "case.handed_over": ("移交责任地区", "Handed over"),
        "record.retracted": ("撤回", "Taken back"),
    }
)


def steps(case: State, zone: tzinfo) -> Iterator[Step]:
    """What a case adds to the indicators; ``zone`` is where its days begin."""
    for one in case.changes:
        for key, n in {**effects(one.before, one.after, handed=bool(one.other)), **moved(one)}.items():
            if key in KEYS:
                yield Step(one.area, one.at, key, n)
    if case.to is Class.EXCLUDED or not any(one.to in IN_COUNTS for one in case.decided):
        return
    yield Step(case.area, case.reported_at, "report_new", 1)
    onset = case.about.onset
    day = onset and middle(onset.earliest, onset.latest)
    if day:
        yield Step(case.area, midnight(day, zone), "onset_new", 1)
