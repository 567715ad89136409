"""The four concentrations as indicators: patients, experts, resources and severe cases where they are best off."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.capabilities.care.rules import bed_indicators
from lianfang.facts.indicator import Better, Group, Indicator, Kind

_RULE: Final = (
    "The four concentrations (patients, experts, resources, treatment): Yunnan's press conference of 28 January 2020; "
    "severe cases to designated hospitals with strong comprehensive capacity: meeting of 25 January 2020",
    "“四个集中”（集中患者、集中专家、集中资源、集中救治）：2020年1月28日云南省新闻发布会；"
    "重症病例集中到综合力量强的定点医疗机构：2020年1月25日会议",
)
_CASES: Final = ("case.reported", "case.classified", "case.severity_assessed", "case.admitted", "case.discharged")
_HOSPITALS: Final = ("hospital.registered", "hospital.closed")
_STOCK, _SHARE, _HIGHER, _NONE = Kind.STOCK, Kind.SHARE, Better.HIGHER, Better.NONE

OF_CASES: Final = (
    Indicator(
        "cases_in_hospital", Group.CARE, "住院的在册病例", "open cases in hospital", "case", _STOCK, _NONE,
        "未结束、未排除的疑似和确诊病例中现在住院的。",
        "Suspected and confirmed cases, neither over nor excluded, that are in a hospital now.",
        "cases_in_hospital = |{open cases in a hospital}|", *_RULE, _CASES, "cases", series=False,
    ),
    Indicator(
        "cases_in_designated", Group.CARE, "集中患者：在定点医院的病例",
        "patients concentrated: in a designated hospital",
        "case", _SHARE, _HIGHER, "住院的在册病例中在定点医院的；目标为全部。",
        "Of the open cases in hospital, those in a designated one; the goal is all.",
        "cases_in_designated = |{open cases in a designated hospital}|", *_RULE, _CASES, "cases", series=False,
        of="cases_in_hospital",
    ),
    Indicator(
        "severe_in_hospital", Group.CARE, "住院的重症和危重病例", "severe and critical cases in hospital", "case",
        _STOCK, _NONE, "住院的在册病例中病情为重型、危重型的。",
        "Open cases in hospital whose illness is severe or critical.",
        "severe_in_hospital = |{open cases in a hospital, severity ∈ {severe, critical}}|", *_RULE, _CASES, "cases",
        series=False,
    ),
    Indicator(
        "severe_in_qualified", Group.CARE, "集中救治：在具备资质医院的重症病例",
        "treatment concentrated: severe cases in qualified hospitals", "case", _SHARE, _HIGHER,
        "住院的重症和危重病例中在登记为具备重症救治资质的医院的；目标为全部。",
        "Of the severe and critical cases in hospital, those in one that is registered as qualified for them; the goal "
        "is all.",
        "severe_in_qualified = |{severe and critical cases in a qualified hospital}|", *_RULE,
        (*_CASES, *_HOSPITALS), "cases", series=False, of="severe_in_hospital",
    ),
)  # fmt: skip
OF_HOSPITALS: Final = (
    Indicator(
        "hospitals_designated", Group.CARE, "定点医院", "designated hospitals", "post", _STOCK, _NONE,
        "登记为定点、正在收治的医院。", "Hospitals that are registered as designated and are open.",
        "hospitals_designated = |{open hospitals: designated}|", *_RULE, _HOSPITALS, "beds", series=False,
    ),
    Indicator(
        "hospitals_with_experts", Group.CARE, "集中专家：有专家组的定点医院",
        "experts concentrated: designated hospitals with a team", "post", _SHARE, _HIGHER,
        "定点医院中今天有专家组派驻的；目标为全部。",
        "Of the designated hospitals, those that an expert team is assigned to today; the goal is all.",
        "hospitals_with_experts = |{designated hospitals: a team assigned today}|", *_RULE,
        ("experts.assigned", "experts.dissolved", *_HOSPITALS), "beds", series=False, of="hospitals_designated",
    ),
    Indicator(
        "critical_beds", Group.CARE, "重症监护与呼吸机床位", "intensive-care and ventilator beds", "place", _STOCK,
        _NONE, "正在收治的医院中可用的重症监护床位和呼吸机床位，含已占用的。",
        "Beds for intensive care and with ventilators of the open hospitals, those in use among them.",
        "critical_beds = |{usable ICU and ventilator beds}|", *_RULE, ("bed.opened", "bed.closed", *_HOSPITALS), "beds",
        series=False,
    ),
    Indicator(
        "critical_beds_designated", Group.CARE, "集中资源：定点医院的重症床位",
        "resources concentrated: critical beds in designated hospitals", "place", _SHARE, _HIGHER,
        "重症监护与呼吸机床位中在定点医院的。",
        "Of the intensive-care and ventilator beds, those in designated hospitals.",
        "critical_beds_designated = |{usable ICU and ventilator beds in designated hospitals}|", *_RULE,
        ("bed.opened", "bed.closed", *_HOSPITALS), "beds", series=False, of="critical_beds",
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        **bed_indicators.TITLES,
        "case.severity_assessed": ("判定病情", "Severity assessed"),
        "hospital.registered": ("登记医院", "Hospital registered"),
        "hospital.closed": ("停止收治", "Hospital closed"),
        "experts.assigned": ("派驻专家组", "Team assigned"),
        "experts.dissolved": ("撤销专家组", "Team dissolved"),
    }
)
