"""The indicators of checkpoints: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

_RULE: Final = (
    "State Council's meeting as reported on 20 January 2020: checks of temperature at stations, airports and ports",
    "2020年1月20日国务院常务会议：在机场、车站、码头等开展体温筛检",
)

DECLARED: Final = (
    Indicator(
        "encounters_day", Group.CHECKPOINTS, "卡点查验人次", "persons checked at points", "person_time", Kind.FLOW,
        Better.NONE, "当日在卡点、站点查验登记的人次；一人当日经过两处计两次，不与人数相加。",
        "Checks of persons on record at points and stations on the day: who passes two points is counted twice; not to "
        "be added to persons.",
        "encounters_day(d) = |{met at a post on d}|", *_RULE, ("post.opened", "gate.screened"), "gates",
    ),
    Indicator(
        "fever_day", Group.CHECKPOINTS, "卡点发热人次", "with fever at points", "person_time", Kind.FLOW, Better.LOWER,
        "当日在卡点、站点测得体温达到留观标准的人次。",
        "Checks at points and stations on the day with a temperature from which people are held.",
        "fever_day(d) = |{met at a post on d, temperature ≥ that of the policy}|", *_RULE,
        ("post.opened", "gate.screened", "gate.held"), "gates",
    ),
    Indicator(
        "posts_active", Group.CHECKPOINTS, "在设卡点与站点", "points and stations open", "post", Kind.STOCK,
        Better.NONE, "截至当日24时已设置、尚未撤销的卡点与检疫站，不含发热门诊。",
        "Points and quarantine stations that were set up and not closed at 24:00, without fever clinics.",
        "posts_active = |{opened, not closed, no clinic}|", *_RULE, ("post.opened", "post.closed"), "gates",
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "gate.screened": ("查验", "Checked"),
        "gate.held": ("就地留观", "Held in place"),
        "post.opened": ("设置或变更", "Set up or changed"),
        "post.closed": ("撤销", "Closed"),
    }
)
