"""The indicators of beds: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

_RULE: Final = (
    "Severe cases are concentrated in designated hospitals with strong comprehensive capacity, and all confirmed cases "
    "admitted in time: meeting of 25 January 2020",
    "2020年1月25日会议：将重症病例集中到综合力量强的定点医疗机构进行救治，及时收治所有确诊病人",
)
_BED_KINDS: Final = ("bed.opened", "bed.closed", "bed.reserved", "bed.occupied", "bed.released")

BEDS: Final = (
    Indicator(
        "beds_used", Group.CARE, "医院已占床位", "hospital beds in use", "place", Kind.STOCK, Better.NONE,
        "登记在册、正在收治的医院中已预留或已有患者的床位；一张床至多一名患者。",
        "Beds of the hospitals that are open which are kept or taken; a bed holds one patient at most.",
        "beds_used = |{beds: kept or taken}|", *_RULE, _BED_KINDS, "beds", series=False,
    ),
    Indicator(
        "beds_free", Group.CARE, "医院空床", "hospital beds free", "place", Kind.STOCK, Better.HIGHER,
        "登记在册、正在收治的医院中现在可用的空床，含临时床位。",
        "Beds of the hospitals that are open which somebody can be put into now, temporary ones among them.",
        "beds_free = |{beds: open, neither kept nor taken}|", *_RULE, _BED_KINDS, "beds", series=False,
    ),
    Indicator(
        "beds_free_severe", Group.CARE, "重症监护与呼吸机空床", "intensive-care and ventilator beds free", "place",
        Kind.STOCK, Better.HIGHER, "具备重症救治资质的医院中现在可用的重症监护床位和呼吸机床位。",
        "Beds for intensive care and with ventilators that are free now, in hospitals qualified for severe cases.",
        "beds_free_severe = |{ICU and ventilator beds in qualified hospitals: open, neither kept nor taken}|", *_RULE,
        _BED_KINDS, "beds", series=False,
    ),
)  # fmt: skip
WAITING: Final = (
    Indicator(
        "waiting_for_bed", Group.CARE, "待收治病例", "cases that wait for a bed", "case", Kind.STOCK, Better.LOWER,
        "未结束、未排除的疑似和确诊病例中现在未住院的；目标为零。",
        "Suspected and confirmed cases, neither over nor excluded, that are in no hospital now; the goal is zero.",
        "waiting_for_bed = |{open cases in no hospital}|", *_RULE,
        ("case.reported", "case.classified", "case.admitted", "case.discharged", "case.ended"), "beds", series=False,
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "bed.opened": ("启用床位", "Bed opened"),
        "bed.closed": ("停用床位", "Bed closed"),
        "bed.reserved": ("预留", "Kept"),
        "bed.occupied": ("入住", "Taken"),
        "bed.released": ("离开", "Left"),
        "case.reported": ("报告", "Reported"),
        "case.classified": ("判定", "Classified"),
        "case.admitted": ("入院", "Admitted"),
        "case.discharged": ("出院", "Discharged"),
        "case.ended": ("转归", "Ended"),
    }
)
