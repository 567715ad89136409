"""How each number of a notice is worded in Chinese and in English.

In a Chinese wording ``{n}`` is the number with its qualifier and unit and ``{d}`` the place of the disease's name. In
an English one ``{n}`` is the number, ``(s)`` the plural of all numbers but one, ``{d}`` the place of " of" and the
disease. One table serves both the writer and the reader of the English.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, Qualifier, Unit
from lianfang.profiles.names import diseases


class Place(StrEnum):
    """Where in a notice a number stands."""

    CASES = "cases"  # first sentence
    SUSPECTED = "suspected"
    FLOWS = "flows"  # the sentence of the window; without one, after the cases
    CONTACTS = "contacts"
    SCREENING = "screening"


class Wording(NamedTuple):
    """The words of one metric. ``among_zh`` opens its list of areas: 「…中，」 by default.

    With ``inline`` the areas follow the number in brackets or, where there is no number, each repeats the words:
    「包头市疑似转确诊病例1例」.
    """

    place: Place
    zh: str
    en: str
    zero_zh: str = ""
    among_zh: str = ""
    inline: bool = False


_C, _S, _F, _K, _P = Place.CASES, Place.SUSPECTED, Place.FLOWS, Place.CONTACTS, Place.SCREENING

WORDINGS: dict[str, Wording] = {
    "confirmed_cum": Wording(_C, "累计报告{d}确诊病例{n}", "a total of {n} confirmed case(s){d}"),
    "confirmed_new": Wording(_F, "新增{d}确诊病例{n}", "{n} new confirmed case(s){d}"),
    "clinical_cum": Wording(_C, "累计{d}临床诊断病例{n}", "a total of {n} clinically diagnosed case(s){d}"),
    "confirmed_existing": Wording(_C, "现有{d}确诊病例{n}", "{n} current confirmed case(s){d}"),
    "severe": Wording(_C, "现有重症病例{n}", "{n} severe case(s){d}"),
    "critical": Wording(_C, "现有危重病例{n}", "{n} critical case(s){d}"),
    "severe_cum": Wording(_C, "累计重症病例{n}", "a total of {n} severe case(s){d}"),
    "generation2": Wording(_C, "二代病例{n}", "{n} second-generation case(s){d}", "无二代病例", inline=True),
    "deaths_cum": Wording(_C, "累计死亡病例{n}", "a total of {n} death(s)", "无死亡病例"),
    "cured_cum": Wording(_C, "累计治愈出院病例{n}", "a total of {n} case(s){d} recovered and discharged"),
    "hospitalised": Wording(_C, "在院治疗病例{n}", "{n} case(s){d} in hospital"),
    "asymptomatic_obs": Wording(_C, "在观无症状感染者{n}", "{n} asymptomatic infection(s) under observation"),
    "asymptomatic_cum": Wording(_C, "累计无症状感染者{n}", "a total of {n} asymptomatic infection(s)"),
    "imported_cum": Wording(_C, "累计{d}输入病例{n}", "a total of {n} imported case(s){d}"),
    "local_cum": Wording(_C, "累计{d}本土病例{n}", "a total of {n} local case(s){d}"),
    "suspected": Wording(_S, "现有{d}疑似病例{n}", "{n} suspected case(s){d}"),
    "suspected_cum": Wording(
        _S, "历史累计{d}疑似病例{n}", "a total of {n} suspected case(s){d}", among_zh="历史累计疑似病例中，"
    ),
    "suspected_excluded_cum": Wording(_S, "累计排除疑似病例{n}", "a total of {n} suspected case(s){d} excluded"),
    "clinical_new": Wording(_F, "新增{d}临床诊断病例{n}", "{n} new clinically diagnosed case(s){d}"),
    "imported_new": Wording(_F, "新增{d}输入病例{n}", "{n} new imported case(s){d}"),
    "local_new": Wording(_F, "新增{d}本土病例{n}", "{n} new local case(s){d}"),
    "severe_new": Wording(_F, "新增重症病例{n}", "{n} new severe case(s){d}"),
    "critical_new": Wording(_F, "新增危重病例{n}", "{n} new critical case(s){d}"),
    "deaths_new": Wording(_F, "新增死亡病例{n}", "{n} new death(s)"),
    "cured_new": Wording(_F, "新增治愈出院病例{n}", "{n} case(s){d} newly recovered and discharged"),
    "suspected_new": Wording(_F, "新增{d}疑似病例{n}", "{n} new suspected case(s){d}"),
    "suspected_excluded": Wording(_F, "排除疑似病例{n}", "{n} suspected case(s){d} excluded", inline=True),
    "suspected_to_confirmed": Wording(_F, "疑似转确诊病例{n}", "{n} suspected case(s){d} confirmed", inline=True),
    "asymptomatic_new": Wording(_F, "新增无症状感染者{n}", "{n} new asymptomatic infection(s)"),
    "asymptomatic_local_new": Wording(_F, "新增本土无症状感染者{n}", "{n} new local asymptomatic infection(s)"),
    "asymptomatic_imported_new": Wording(_F, "新增输入无症状感染者{n}", "{n} new imported asymptomatic infection(s)"),
    "asymptomatic_to_confirmed": Wording(
        _F,
        "无症状转确诊病例{n}",
        "{n} asymptomatic infection(s) confirmed as cases",
        inline=True,
    ),
    "asymptomatic_released": Wording(
        _F, "解除观察无症状感染者{n}", "{n} asymptomatic infection(s) released from observation"
    ),
    "revised_minus": Wording(_F, "核减病例{n}", "{n} case(s){d} removed by revision"),
    "contacts_traced_cum": Wording(_K, "累计追踪密切接触者{n}", "a total of {n} close contact(s) traced"),
    "contacts_observing": Wording(
        _K,
        "密切接触者医学观察{n}",
        "{n} close contact(s) under medical observation",
        among_zh="正在医学观察的密切接触者中，",
    ),
    "contacts_released_cum": Wording(
        _K,
        "累计解除医学观察{n}",
        "a total of {n} close contact(s) released",
        among_zh="累计解除医学观察的密切接触者中，",
    ),
    "contacts_new": Wording(_K, "新增密切接触者{n}", "{n} new close contact(s)"),
    "contacts_released": Wording(
        _K, "当日解除医学观察{n}", "{n} close contact(s) released", among_zh="当日解除医学观察的密切接触者中，"
    ),
    "screened_epidemic_area_cum": Wording(
        _P,
        "累计排查疫区来人{n}",
        "a total of {n} person-time(s) of health checks of arrivals from the epidemic area",
        inline=True,
    ),
    "screened_elsewhere_cum": Wording(
        _P, "累计排查其他外来人员{n}", "a total of {n} person-time(s) of health checks of other arrivals", inline=True
    ),
    "symptomatic_cum": Wording(_P, "累计排查有症状{n}", "a total of {n} person(s) found with symptoms", inline=True),
}
"""In the order in which a notice gives them. Imported and local cases are last of the stocks: what follows them in a
sentence would be read as theirs."""

DELTA = "severe_delta"  # the one number with a sign, worded by itself
DELTA_ZH = {1: "重症病例增加{n}", -1: "重症病例减少{n}", 0: "重症病例与前一日持平"}
DELTA_EN = {
    1: "an increase of {n} severe case(s)",
    -1: "a decrease of {n} severe case(s)",
    0: "no change in severe cases",
}

UNIT_ZH = {Unit.CASE: "例", Unit.PERSON: "人", Unit.PERSON_TIME: "人次"}
UNIT_EN = {Unit.CASE: "cases", Unit.PERSON: "persons", Unit.PERSON_TIME: "person-times"}

BEFORE_ZH = {Qualifier.AT_MOST: "近", Qualifier.ABOUT: "约"}
AFTER_ZH = {Qualifier.AT_LEAST: "余"}
BEFORE_EN = {Qualifier.AT_LEAST: "at least", Qualifier.AT_MOST: "nearly", Qualifier.ABOUT: "about"}

LEVEL_ZH = {"province": "省份", "prefecture": "市州", "county": "县区", "town": "乡镇"}
LEVEL_EN = {"province": "province", "prefecture": "prefecture", "county": "county", "town": "township"}
LEAGUES = frozenset({"150000"})  # where prefectures are leagues and cities: 盟市

ALL_IMPORTED_ZH, ALL_IMPORTED_EN = "均为输入病例", "all imported"
IN_HOSPITAL_ZH = "所有病例均在定点医院接受隔离治疗"
IN_HOSPITAL_EN = "All cases were being treated in isolation in designated hospitals."
EXCEPT_CURED_ZH = "除治愈出院者外，现均在定点医院接受隔离治疗"
EXCEPT_CURED_EN = "All cases but those discharged were being treated in isolation in designated hospitals."

ZONES_EN = {
    "经济技术开发区": "Economic and Technological Development Zone",
    "经济开发区": "Economic Development Zone",
    "高新技术产业开发区": "High-tech Industrial Development Zone",
    "高新技术开发区": "High-tech Development Zone",
    "高新区": "High-tech Zone",
    "开发区": "Development Zone",
}

# Groups that notices list beside divisions, and that are none.
GROUPS_EN = {
    "外地来京人员": "visitors to Beijing",
    "外地来沪人员": "visitors to Shanghai",
    "外地来津人员": "visitors to Tianjin",
    "外地来渝人员": "visitors to Chongqing",
    "境外输入": "arrivals from abroad",
    "境外输入人员": "persons arriving from abroad",
    "监狱系统": "prisons",
}


def wording(metric: str) -> Wording:
    """The words of a metric; one without words of its own is worded by its titles."""
    known = WORDINGS.get(metric)
    if known is not None:
        return known
    about = METRICS[metric]
    return Wording(Place.CASES if about.kind == "stock" else Place.FLOWS, f"{about.zh}{{n}}", f"{{n}} ({about.en})")


def order(metric: str) -> int:
    """The place of a metric in the order of a notice."""
    return _ORDER.get(metric, 2 * len(_ORDER))


_ORDER = {m: 2 * i for i, m in enumerate(WORDINGS)}
_ORDER[DELTA] = _ORDER["severe_cum"] + 1


TOTAL_EN = "a total of {n} "  # of a cumulative number; a zero of it is "no … so far"


def plural(words: str, one: bool) -> str:
    """「case(s)」 as case or cases."""
    return words.replace("(s)", "" if one else "s")


_NAMES_A_DISEASE = ("肺炎", "病", "热", "感染", "症")  # and not a virus


def disease(code: str, on: date | None) -> tuple[str, str]:
    """The Chinese and English name of a disease on a day (None: its profile's own); empty where there is no profile."""
    profile = next((d for d in diseases() if d.code == code), None)
    if profile is None:
        return "", ""
    used = [
        n
        for n in profile.names
        if on is not None
        and n.zh.endswith(_NAMES_A_DISEASE)
        and n.en
        and (n.begins or date.min) <= on <= (n.ends or date.max)
    ]
    newest = max(used, key=lambda n: n.begins or date.min, default=None)
    return (newest.zh, newest.en) if newest is not None else (profile.zh, profile.en)
