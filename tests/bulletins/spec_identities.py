"""The identities on published figures: text tables, the identity that is judged, and how it must come out.

Print as a page of the rulebook: ``python -m tests.bulletins.spec_identities``.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import (
    CIVIL_TIME,
    METRICS,
    AreaCount,
    AreasAffected,
    Attributes,
    BulletinRecord,
    Count,
    Qualifier,
    Unit,
    Window,
)
from lianfang.capabilities.bulletins.rules.reconcile import Check, check

_QUALIFIED = {"+": Qualifier.AT_LEAST, "-": Qualifier.AT_MOST, "~": Qualifier.ABOUT, "": Qualifier.EXACT}


class Spec(NamedTuple):
    """``table``: one notice a row; the row ``t`` is judged, ``t-1`` is the one before, ``t'`` another printing.

    A column ``metric`` is the notice's own number (``6000+`` 余, ``18000-`` 近, ``400~`` 约), ``metric@`` its areas
    (``A 2 [a 1, b 1]``), ``register.metric`` the register's count, ``headline.metric`` the headline's.
    """

    title: str
    source: str
    table: str
    identity: str
    metric: str | None
    expected: str


NHC = "National Health Commission of China"
CDC = f"{NHC}, notice reproduced by China CDC, chinacdc.cn t20200128_211493"
IM = "Health Commission of Inner Mongolia"
YN = "Health Commission of Yunnan"

SPECS = [
    Spec(
        "A day's growth",
        f"{CDC}; the opening 2744 is that of the notice of the day before [unverified]",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 01-27 00:00 |             | 2744          |
        t   | 01-28 00:00 | 01-27 00:00 | 4515          | 1771
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 2744 + 1771 = 4515: holds.",
    ),
    Spec(
        "Another day of provinces' new deaths",
        CDC,
        """
        row | as_of       | from        | deaths_new | deaths_new@
        t   | 01-28 00:00 | 01-27 00:00 | 26         | 湖北省 24, 北京市 1, 海南省 1
        """,
        "ID5",
        "deaths_new",
        "E holds: deaths, new: 24 + 1 + 1 = 26: holds.",
    ),
    Spec(
        "Traced contacts with a rest",
        CDC,
        """
        row | as_of       | from        | contacts_traced_cum | contacts_released | contacts_observing
        t   | 01-28 00:00 | 01-27 00:00 | 47833               | 914               | 44132
        """,
        "ID6",
        None,
        "W not_applicable: The notice has no complete set of contact numbers.",
    ),
    Spec(
        "Traced contacts two days before",
        f"{NHC}, 24 January 2020",
        """
        row | as_of       | contacts_traced_cum | contacts_released_cum | contacts_observing
        t   | 01-25 00:00 | 15197               | 1230                  | 13967
        """,
        "ID6",
        "contacts_traced_cum",
        "W holds: close contacts traced, cumulative: 13967 + 1230 = 15197: holds.",
    ),
    Spec(
        "A revision takes three cases away",
        f"{NHC}, 31 January 2020: Jiangxi, Shaanxi and Gansu removed one each; 9692 [unverified]",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new | revised_minus
        t-1 | 01-31 00:00 |             | 9692          |               |
        t   | 02-01 00:00 | 01-31 00:00 | 11791         | 2102          | 3
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 9692 + 2102 − 3 = 11791: holds.",
    ),
    Spec(
        "A revision takes two cases away",
        f"{NHC}, 3 February 2020: Heilongjiang removed two; 17205 [unverified]",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new | revised_minus
        t-1 | 02-03 00:00 |             | 17205         |               |
        t   | 02-04 00:00 | 02-03 00:00 | 20438         | 3235          | 2
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 17205 + 3235 − 2 = 20438: holds.",
    ),
    Spec(
        "The same without the revision",
        f"{NHC}, 3 February 2020, with its revision left out",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 02-03 00:00 |             | 17205         |
        t   | 02-04 00:00 | 02-03 00:00 | 20438         | 3235
        """,
        "ID2",
        "confirmed_cum",
        "E fails: confirmed cases, cumulative: 17205 + 3235 = 20440 against 20438: unexplained -2.",
    ),
    Spec(
        "A national mismatch that nobody explained",
        f"{NHC}, 24 January 2020; the opening 830 is [unverified], so the windows are not taken to abut",
        """
        row | as_of       | confirmed_cum | confirmed_new
        t-1 | 01-24 00:00 | 830           |
        t   | 01-25 00:00 | 1287          | 444
        """,
        "ID2",
        "confirmed_cum",
        "W warns: confirmed cases, cumulative: 830 + 444 = 1274 against 1287: unexplained +13; "
        "the notice gives no window for its flows.",
    ),
    Spec(
        "Current cases, 23 February 2020",
        f"{NHC}, 23 February 2020",
        """
        row | as_of       | confirmed_existing | confirmed_cum | cured_cum | deaths_cum
        t   | 02-24 00:00 | 49824              | 77150         | 24734     | 2592
        """,
        "ID3",
        "confirmed_existing",
        "E holds: confirmed cases, current: 77150 − 24734 − 2592 = 49824: holds.",
    ),
    Spec(
        "Current cases, 24 February 2020",
        f"{NHC}, 24 February 2020, from a copy with scrambled sentences",
        """
        row | as_of       | confirmed_existing | confirmed_cum | cured_cum | deaths_cum
        t   | 02-25 00:00 | 47672              | 77658         | 27323     | 2663
        """,
        "ID3",
        "confirmed_existing",
        "E holds: confirmed cases, current: 77658 − 27323 − 2663 = 47672: holds.",
    ),
    Spec(
        "Cases, recoveries and deaths of 24 February 2020",
        f"{NHC}, 23 and 24 February 2020",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 02-24 00:00 |             | 77150         |
        t   | 02-25 00:00 | 02-24 00:00 | 77658         | 508
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 77150 + 508 = 77658: holds.",
    ),
    Spec(
        "Recoveries of 24 February 2020",
        f"{NHC}, 23 and 24 February 2020",
        """
        row | as_of       | from        | cured_cum | cured_new
        t-1 | 02-24 00:00 |             | 24734     |
        t   | 02-25 00:00 | 02-24 00:00 | 27323     | 2589
        """,
        "ID2",
        "cured_cum",
        "E holds: recovered and discharged, cumulative: 24734 + 2589 = 27323: holds.",
    ),
    Spec(
        "Deaths of 24 February 2020",
        f"{NHC}, 23 and 24 February 2020",
        """
        row | as_of       | from        | deaths_cum | deaths_new | deaths_new@
        t-1 | 02-24 00:00 |             | 2592       |            |
        t   | 02-25 00:00 | 02-24 00:00 | 2663       | 71         | A 68, B 2, C 1
        """,
        "ID2",
        "deaths_cum",
        "E holds: deaths, cumulative: 2592 + 71 = 2663: holds.",
    ),
    Spec(
        "Severe cases fall by 789",
        f"{NHC}, 23 and 24 February 2020",
        """
        row | as_of       | from        | severe | severe_delta
        t-1 | 02-24 00:00 |             | 9915   |
        t   | 02-25 00:00 | 02-24 00:00 | 9126   | -789
        """,
        "ID7",
        "severe",
        "E holds: severe cases, current: 9915 + (-789) = 9126: holds.",
    ),
    Spec(
        "Critical cases beside severe ones",
        "Health Commission of Shanghai, 31 January 2020",
        """
        row | as_of       | severe | critical | confirmed_cum
        t   | 02-01 00:00 | 3      | 6        | 153
        """,
        "ID7",
        None,
        "E holds: severe cases, current 3 ≤ confirmed cases, cumulative 153: holds. | "
        "E not_applicable: With 6 critical and 3 severe cases the two must be counted apart.",
    ),
    Spec(
        "Current cases, a year later",
        f"{NHC}, 24 February 2021",
        """
        row | as_of       | confirmed_existing | confirmed_cum | cured_cum | deaths_cum
        t   | 02-25 00:00 | 281                | 89871         | 84954     | 4636
        """,
        "ID3",
        "confirmed_existing",
        "E holds: confirmed cases, current: 89871 − 84954 − 4636 = 281: holds.",
    ),
    Spec(
        "New cases over areas",
        f"{NHC}, 24 February 2021",
        """
        row | as_of       | from        | imported_new | imported_new@
        t   | 02-25 00:00 | 02-24 00:00 | 7            | A 3, B 1, C 1, D 1, E 1
        """,
        "ID5",
        "imported_new",
        "E holds: imported cases, new: 3 + 1 + 1 + 1 + 1 = 7: holds.",
    ),
    Spec(
        "Yunnan, ten areas",
        f"{YN}, 28 January 2020 12:00",
        """
        row | as_of       | confirmed_cum | confirmed_cum@
        t | 01-28 12:00 | 44 | 昆明 12, 丽江 6, 德宏 2, 保山 4, 曲靖 2, 玉溪 5, 红河 2, 版纳 6, 大理 3, 昭通 2
        """,
        "ID1",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 12 + 6 + 2 + 4 + 2 + 5 + 2 + 6 + 3 + 2 = 44: holds.",
    ),
    Spec(
        "Yunnan, a wrong total",
        "The row above with 45",
        """
        row | as_of       | confirmed_cum | confirmed_cum@
        t | 01-28 12:00 | 45 | 昆明 12, 丽江 6, 德宏 2, 保山 4, 曲靖 2, 玉溪 5, 红河 2, 版纳 6, 大理 3, 昭通 2
        """,
        "ID1",
        "confirmed_cum",
        "E fails: confirmed cases, cumulative: 12 + 6 + 2 + 4 + 2 + 5 + 2 + 6 + 3 + 2 = 44 against 45: unexplained +1; "
        "the list of areas may be incomplete.",
    ),
    Spec(
        "Yunnan, from one noon to the next",
        f"{YN}, 27 and 28 January 2020 12:00; the second gives no window",
        """
        row | as_of       | confirmed_cum | confirmed_new
        t-1 | 01-27 12:00 | 26            |
        t   | 01-28 12:00 | 44            | 18
        """,
        "ID2",
        "confirmed_cum",
        "W holds: confirmed cases, cumulative: 26 + 18 = 44: holds; the notice gives no window for its flows.",
    ),
    Spec(
        "Inner Mongolia, 25 January 2020",
        f"{IM}, 25 January 2020",
        """
        row | as_of       | confirmed_cum | confirmed_cum@
        t   | 01-26 00:00 | 7             | 呼伦贝尔市 2, 赤峰市 1, 锡林郭勒盟 2, 鄂尔多斯市 2
        """,
        "ID1",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 2 + 1 + 2 + 2 = 7: holds.",
    ),
    Spec(
        "Inner Mongolia, 26 January 2020",
        f"{IM}, 26 January 2020",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new | confirmed_cum@
        t-1 | 01-26 00:00 |             | 7             |               |
        t | 01-27 00:00 | 01-26 00:00 | 11 | 4 | 包头 2, 呼伦贝尔 2, 兴安 1, 通辽 1, 赤峰 1, 锡盟 2, 鄂尔多斯 2
        """,
        "ID1",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 2 + 2 + 1 + 1 + 1 + 2 + 2 = 11: holds.",
    ),
    Spec(
        "Inner Mongolia, growth to 26 January 2020",
        f"{IM}, 25 and 26 January 2020",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 01-26 00:00 |             | 7             |
        t   | 01-27 00:00 | 01-26 00:00 | 11            | 4
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 7 + 4 = 11: holds.",
    ),
    Spec(
        "Inner Mongolia, growth to 27 January 2020",
        f"{IM}, 26 and 27 January 2020",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new | confirmed_cum@
        t-1 | 01-27 00:00 |             | 11            |               |
        t | 01-28 00:00 | 01-27 00:00 | 13 | 2 | 包头 3, 呼伦贝尔 2, 兴安 1, 通辽 1, 赤峰 2, 锡盟 2, 鄂尔多斯 2
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 11 + 2 = 13: holds.",
    ),
    Spec(
        "Inner Mongolia, 33 hours that join on to 26 January",
        f"{IM}, 26 January 24:00 and 28 January 2020 09:00",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 01-27 00:00 |             | 11            |
        t   | 01-28 09:00 | 01-27 00:00 | 15            | 4
        """,
        "ID2",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 11 + 4 = 15: holds.",
    ),
    Spec(
        "Inner Mongolia, the same 33 hours against 27 January",
        f"{IM}, 27 January 24:00 and 28 January 2020 09:00",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new
        t-1 | 01-28 00:00 |             | 13            |
        t   | 01-28 09:00 | 01-27 00:00 | 15            | 4
        """,
        "ID2",
        "confirmed_cum",
        "W warns: confirmed cases, cumulative: 13 + 4 = 17 against 15: unexplained -2; "
        "its window of 33 hours overlaps the previous notice by 24 hours and cannot be added.",
    ),
    Spec(
        "Windows of 33 and of 24 hours",
        f"{IM}, 26 and 28 January 2020",
        """
        row | as_of       | from        | confirmed_new
        t-1 | 01-27 00:00 | 01-26 00:00 | 4
        t   | 01-28 09:00 | 01-27 00:00 | 4
        """,
        "ID2",
        "confirmed_new",
        "I warns: confirmed cases, new: over 33 hours now and 24 hours before; not to be compared as they are.",
    ),
    Spec(
        "Inner Mongolia, the suspected balance",
        f"{IM}, 26 January 24:00 (one suspected case) and 28 January 2020 09:00",
        """
        row | as_of | from | suspected | suspected_new | suspected_excluded | suspected_to_confirmed@
        t-1 | 01-27 00:00 |             | 1         |               |                    |
        t   | 01-28 09:00 | 01-27 00:00 | 2         | 1             | 1                  | 包头市 1
        """,
        "ID4",
        "suspected",
        "W warns: suspected cases, current: 1 + 1 − 1 − 1 = 0 against 2: unexplained +2.",
    ),
    Spec(
        "Inner Mongolia, the true flows",
        f"{IM}, notices to 27 January 24:00 and 28 January 2020 09:00 taken together",
        """
        row | as_of       | from        | suspected | suspected_new | suspected_excluded
        t-1 | 01-27 00:00 |             | 1         |               |
        t   | 01-28 09:00 | 01-27 00:00 | 2         | 2             | 1
        """,
        "ID4",
        "suspected",
        "W holds: suspected cases, current: 1 + 2 − 1 = 2: holds.",
    ),
    Spec(
        "The opening stock is not published",
        f"{IM}, 28 January 2020 09:00 alone",
        """
        row | as_of | from | suspected | suspected_new | suspected_excluded | suspected_to_confirmed@
        t   | 01-28 09:00 | 01-27 00:00 | 2         | 1             | 1                  | 包头市 1
        """,
        "ID4",
        None,
        "W not_applicable: The previous stock of suspected cases is not published; the changes imply 3.",
    ),
    Spec(
        "A league and its banners",
        f"{IM}, 28 January 2020 09:00",
        """
        row | as_of       | confirmed_cum@
        t   | 01-28 09:00 | 呼伦贝尔市 2 [满洲里市 1, 牙克石市 1]
        """,
        "ID1",
        "confirmed_cum",
        "E holds: 呼伦贝尔市: confirmed cases, cumulative: 1 + 1 = 2: holds.",
    ),
    Spec(
        "One area's share of a total",
        "Health Commission of Hubei, discharges of a day in February 2020",
        """
        row | as_of       | from        | cured_new | cured_new@
        t   | 02-22 00:00 | 02-21 00:00 | 2292      | 武汉市 1675
        """,
        "ID5",
        "cured_new",
        "E holds: recovered and discharged, new: 1675 of 2292 are 武汉市's, a share and not the whole.",
    ),
    Spec(
        "A share that is more than the whole",
        "The row above with its numbers exchanged",
        """
        row | as_of       | from        | cured_new | cured_new@
        t   | 02-22 00:00 | 02-21 00:00 | 1675      | 武汉市 2292
        """,
        "ID5",
        "cured_new",
        "E fails: recovered and discharged, new: 2292 against 1675: unexplained -617.",
    ),
    Spec(
        "Suspected cases of Inner Mongolia, 8 February 2020",
        f"{IM}, 8 February 2020",
        """
        row | as_of       | suspected | suspected@
        t   | 02-08 08:00 | 10        | A 3, B 2, C 1, D 1, E 1, F 1, G 1
        """,
        "ID1",
        "suspected",
        "E holds: suspected cases, current: 3 + 2 + 1 + 1 + 1 + 1 + 1 = 10: holds.",
    ),
    Spec(
        "Inner Mongolia goes on rising",
        f"{IM}, 8 and 9 February 2020",
        """
        row | as_of       | confirmed_cum
        t-1 | 02-08 08:00 | 52
        t   | 02-09 08:00 | 54
        """,
        "ID10",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 52 to 54, no fall.",
    ),
    Spec(
        "Inner Mongolia, two weeks apart",
        f"{IM}, 5 and 19 February 2020",
        """
        row | as_of       | confirmed_cum
        t-1 | 02-05 09:00 | 42
        t   | 02-19 08:00 | 75
        """,
        "ID10",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 42 to 75, no fall.",
    ),
    Spec(
        "Yunnan, four days apart",
        f"{YN}, 7 and 11 February 2020",
        """
        row | as_of       | confirmed_cum
        t-1 | 02-08 00:00 | 138
        t   | 02-12 00:00 | 154
        """,
        "ID10",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 138 to 154, no fall.",
    ),
    Spec(
        "A fall that a revision explains",
        f"{YN}, 19 February 2020 12:00 and 24:00: Kunming removed one",
        """
        row | as_of       | confirmed_cum | revised_minus@
        t-1 | 02-19 12:00 | 173           |
        t   | 02-20 00:00 | 172           | 昆明市 1
        """,
        "ID10",
        "confirmed_cum",
        "E holds: confirmed cases, cumulative: 173 to 172; the notice states a revision of 1.",
    ),
    Spec(
        "A fall without a word",
        "The row above without its revision",
        """
        row | as_of       | confirmed_cum
        t-1 | 02-19 12:00 | 173
        t   | 02-20 00:00 | 172
        """,
        "ID10",
        "confirmed_cum",
        "E fails: confirmed cases, cumulative: 173 to 172, unexplained -1.",
    ),
    Spec(
        "Baotou's cases move from one district to another",
        f"{IM}, 26 and 27 January 2020",
        """
        row | as_of       | from        | confirmed_cum | confirmed_new | confirmed_cum@
        t-1 | 01-27 00:00 |             | 2             |               | 包头市 2 [东河区 2]
        t   | 01-28 00:00 | 01-27 00:00 | 3             | 1             | 包头市 3 [昆都仑区 3]
        """,
        "ID10",
        "confirmed_cum@包头市",
        "I warns: 包头市 went from 2 to 3, but 东河区 2 to 0, 昆都仑区 0 to 3: cases assigned anew would explain it.",
    ),
    Spec(
        "Eight leagues, or nine",
        f"{IM}, 28 January 2020 09:00",
        """
        row | as_of       | affected | confirmed_cum@                            | suspected@
        t   | 01-28 09:00 | 8        | A 2, B 3, C 2, D 1, E 1, F 2, G 2, H 2    | C 1, I 1
        """,
        "ID8",
        "areas_affected",
        "W warns: 8 counts the areas with confirmed cases; with suspected cases there are 9: the wording is ambiguous.",
    ),
    Spec(
        "All imported, and yet a local case",
        "Made up",
        """
        row | as_of       | confirmed_new | local_new | all_new_imported
        t   | 01-28 12:00 | 18            | 1         | yes
        """,
        "ID9",
        "confirmed_new",
        "E fails: It says that all new cases are imported, but there are: local cases, new 1.",
    ),
    Spec(
        "No second generation, says the notice",
        "Made up",
        """
        row | as_of       | generation2 | register.generation_max
        t   | 01-28 12:00 | 0           | 2
        """,
        "ID9",
        "generation2",
        "E fails: It says that there is no second-generation case, but there are: "
        "highest generation in the register 2.",
    ),
    Spec(
        "Two printings of one notice",
        f"{YN}, 28 January 2020 12:00, as printed by two newspapers",
        """
        row | as_of       | confirmed_cum | confirmed_new
        t   | 01-28 12:00 | 44            | 18
        t'  | 01-28 12:00 | 44            | 12
        """,
        "ID11",
        "confirmed_new",
        "E fails: confirmed cases, new: this printing has 18, the other 12; they differ.",
    ),
    Spec(
        "A headline that does not fit",
        f"{YN}, 28 January 2020 12:00, with a headline made up",
        """
        row | as_of       | confirmed_cum | headline.confirmed_cum
        t   | 01-28 12:00 | 44            | 43
        """,
        "ID11",
        "confirmed_cum",
        "E fails: confirmed cases, cumulative: the body has 44, the headline 43; they differ.",
    ),
    Spec(
        "Persons beside person-times",
        "Yunnan CDC, 26 and 27 January 2020",
        """
        row | as_of       | screened_epidemic_area_cum | screened_elsewhere_cum | symptomatic_cum
        t   | 01-28 00:00 | 27824                      | 194156                 | 1069
        """,
        "ID12",
        "symptomatic_cum",
        "W warns: 1,069 persons with symptoms, 221,980 person-times of checks: different units; "
        "their quotient is an upper estimate and no prevalence.",
    ),
    Spec(
        "Approximate numbers",
        "Wuhan's staff sent to its districts, January 2020: over 6000, over 10000, over 400, nearly 18000",
        """
        row | as_of       | contacts_traced_cum | contacts_traced_cum@
        t   | 01-28 00:00 | 34400~              | A 6000+, B 10000+, C 400+, D 18000-
        """,
        "ID1",
        "contacts_traced_cum",
        "E holds: close contacts traced, cumulative: 6000 + 10000 + 400 + 18000 = 34400: holds.",
    ),
    Spec(
        "Over 300 is no contradiction to 342",
        "Made up",
        """
        row | as_of       | contacts_observing | contacts_observing@
        t   | 01-28 00:00 | 342                | A 300+, B 20
        """,
        "ID1",
        "contacts_observing",
        "E holds: close contacts under medical observation: 300 + 20 ≈ 342: holds "
        "(within the bounds of the approximate numbers).",
    ),
    Spec(
        "The register knows of one more",
        "Made up",
        """
        row | as_of       | confirmed_cum | register.confirmed_cum
        t   | 01-28 12:00 | 44            | 45
        """,
        "ID13",
        "confirmed_cum",
        "E fails: confirmed cases, cumulative: 45 against 44: unexplained -1.",
    ),
]


def judged(spec: Spec) -> str:
    """How the identity comes out, as the expected column writes it."""
    found = [c for c in checks(spec) if c.id == spec.identity and spec.metric in (None, c.metric, _with_area(c))]
    return " | ".join(f"{c.severity} {c.state}: {c.en}" for c in found)


def checks(spec: Spec) -> tuple[Check, ...]:
    """All checks of the row ``t``."""
    rows = {row["row"]: row for row in cells(spec.table)}
    row = rows["t"]
    ledger = {k.removeprefix("register."): int(v) for k, v in row.items() if k.startswith("register.")}
    headlines = [_count(k.removeprefix("headline."), v) for k, v in row.items() if k.startswith("headline.")]
    previous = record(rows["t-1"]) if "t-1" in rows else None
    others = [record(rows["t'"])] if "t'" in rows else []
    return check(record(row), previous=previous, others=others, headlines=headlines, ledger=ledger)


def cells(table: str) -> list[dict[str, str]]:
    """The rows of a text table, without empty cells."""
    lines = [[c.strip() for c in line.split("|")] for line in table.strip().splitlines()]
    head, *body = lines
    return [{k: v for k, v in zip(head, line, strict=True) if v} for line in body]


def record(row: dict[str, str]) -> BulletinRecord:
    """The notice of one row; years are 2020."""
    as_of = _moment(row["as_of"])
    figures = tuple(_count(k, v) for k, v in row.items() if k in METRICS)
    by_area = tuple(a for k, v in row.items() if k.endswith("@") for a in _areas(k[:-1], v))
    return BulletinRecord(
        bulletin_id=row["row"].replace("'", "_"),
        area_code="150000",
        disease="ncov-2020",
        as_of=as_of,
        window=Window(start=_moment(row["from"]), end=as_of) if "from" in row else None,
        figures=figures,
        by_area=by_area,
        attrs=Attributes(all_new_imported=True if "all_new_imported" in row else None),
        areas_affected=AreasAffected(n=int(row["affected"]), level="prefecture") if "affected" in row else None,
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(f"2020-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=CIVIL_TIME)


def _count(metric: str, text: str) -> Count:
    n, mark = re.fullmatch(r"(-?\d+)([-+~]?)", text).groups()  # type: ignore[union-attr]  # a typing mistake raises here
    return Count(metric=metric, n=int(n), unit=_unit(metric), qualifier=_QUALIFIED[mark])


def _areas(metric: str, text: str) -> list[AreaCount]:
    found = []
    for name, n, children in re.findall(r"(\S+) (\d+[-+~]?)(?: \[(.*?)\])?(?:,|$)", text):
        own = _count(metric, n)
        found.append(
            AreaCount(
                **own.model_dump(), code=None, name=name, children=tuple(_areas(metric, children)) if children else ()
            )
        )
    return found


def _unit(metric: str) -> Unit:
    return METRICS[metric].unit


def _with_area(c: Check) -> str | None:
    names = [t.label_zh for t in c.numbers]
    return f"{c.metric}@包头市" if any("东河区" in name for name in names) else None


def page() -> str:
    """The specification as a page of the rulebook, in Markdown."""
    parts = ["# Identities of a notice, on published figures\n"]
    for spec in SPECS:
        table = "\n".join(line.strip() for line in spec.table.strip().splitlines())
        parts.append(f"## {spec.identity}: {spec.title}\n\n{spec.source}.\n\n```\n{table}\n```\n\n{judged(spec)}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())
