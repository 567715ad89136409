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
    "CDC field epidemiology manual: epidemic curves by onset, with the day of the report beside it",
    "现场流行病学的流行曲线：按发病日，并列报告日",
)


def _case(
    key: str, kind: Kind, better: Better, zh: str, en: str, definition_zh: str, definition_en: str, formula: str,
    source: tuple[str, str], fact_kinds: tuple[str, ...],
) -> Indicator:  # fmt: skip
    return Indicator(
        key, Group.CASES, zh, en, "case", kind, better, definition_zh, definition_en, formula, *source, fact_kinds,
        "cases", per_population=True,
    )  # fmt: skip


DECLARED: Final = (
    _case(
        "confirmed_cum", Kind.STOCK, Better.LOWER, "累计确诊病例", "confirmed cases, cumulative",
        "截至当日24时判定为确诊、且未被核减的病例，含已治愈、已死亡者；按责任地区计。",
        "Cases that stand as confirmed at 24:00, those who recovered or died among them, without those removed by "
        "revision; counted where the responsibility lies.",
        "confirmed_cum(d) = confirmed_cum(d−1) + confirmed_new − revised_minus + confirmed_moved", _NOTICE, _DECIDED,
    ),
    _case(
        "confirmed_new", Kind.FLOW, Better.LOWER, "新增确诊病例", "confirmed cases, new",
        "当日判定为确诊的病例，含由疑似、临床诊断、无症状转为确诊者；因移交而来的不算新增。",
        "Cases decided to be confirmed on the day, from whatever class; a case that was handed over is none.",
        "confirmed_new(d) = |{class before ≠ confirmed, class after = confirmed, on d}|", _NOTICE, _DECIDED,
    ),
    _case(
        "confirmed_existing", Kind.STOCK, Better.LOWER, "现有确诊病例", "confirmed cases, current",
        "截至当日24时判定为确诊、尚无转归的病例。", "Confirmed cases without an outcome at 24:00.",
        "confirmed_existing = |{class = confirmed, outcome = none}|", _NOTICE, _COURSE,
    ),
)  # fmt: skip
KEYS: Final = frozenset(one.key for one in DECLARED)
IDENTITIES: Final[tuple[Identity, ...]] = ()
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
