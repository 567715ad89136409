"""The made oversight of the demonstration: forms that offices ask for, inspections, what the rules find on its morning,
and what its inspector draws by lot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import DEVICE, MORNING
from lianfang.app.demo import gates
from lianfang.capabilities.gates import facts as gate
from lianfang.capabilities.oversight.facts.forms import AskedField, FormRegistered, form_id
from lianfang.capabilities.oversight.facts.sampling import RecallResult
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("9b6e6a3c-0d0e-5a9f-8c55-3f1a7e2d4b60")
COUNTY, PROVINCE = "530102", "530000"
BY: Final = "demo-county-duty-officer"
INSPECTOR: Final = "demo-inspector"
DRAWN, ASKED, SITES = 12, 10, 2
"""Records that are drawn, of which so many were asked about; posts of the day."""
_SAID: Final = {3: RecallResult.DISAGREES, 7: RecallResult.NOT_REACHED}
"""What came of asking about some of them; the others agree."""
_FORMS: Final = (
    ("fever-log", "发热门诊日志", "log of the fever clinic", "law_report", "核对发热病例报告", date(2020, 7, 31),
     3, 1.0, ("clinic_desk", "接诊台号", "desk of the clinic")),
    ("daily-summary", "社区每日工作小结", "a community's summary of its day", "office_document", "了解各社区当日工作",
     date(2020, 3, 31), 15, 1.0, ("work_told", "当日工作", "work of the day")),
    ("weekly-publicity", "宣传周报", "weekly report of publicity", "office_document", "汇总宣传情况", date(2020, 2, 29),
     20, 0.2, ("leaflets_out", "发放资料份数", "leaflets given out")),
)  # fmt: skip


_INSPECTED: Final = (
    ("road", gates.ROAD, gate.InspectionMode.ON_SITE, 30, ("no_notice", "unstaffed")),
    ("rail", gates.RAIL, gate.InspectionMode.ON_SITE, 6, ()),
    ("gate", "530103", gate.InspectionMode.PHONE, 54, ("no_register",)),
)
"""Of a post: how it was inspected, so many hours before the morning, and what was found."""


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded before the demonstration's morning: when it was received, by whom, and the facts."""
    right, again = _right()
    return [
        (MORNING, BY, list(_asked())), (MORNING, INSPECTOR, list(_inspected())), (MORNING, gates.STAFF, [right]),
        (MORNING, INSPECTOR, [again]),
    ]  # fmt: skip


def _inspected() -> Iterator[Fact]:
    for name, area, mode, hours, items in _INSPECTED:
        found = tuple(gate.Finding(item=item) for item in items)
        on_site = mode is gate.InspectionMode.ON_SITE
        data = gate.Inspected(post=gates.post(name), mode=mode, checked_in=on_site, findings=found)
        yield _fact(f"inspected {name}", data, uuid5(_NAMES, f"inspection|{name}"), area, hours)


def _right() -> tuple[Fact, Fact]:
    """One of what was found was put right, and looked at again."""
    right = gate.Rectified(item="no_notice", said="告知牌已重新张贴")
    again = gate.Rechecked(item="no_notice", rectified=True)
    id = uuid5(_NAMES, "inspection|road")
    return _fact("right", right, id, gates.ROAD, 20), _fact("again", again, id, gates.ROAD, 10)


def _fact(name: str, data: FactData, subject: UUID, area: str, hours: float) -> Fact:
    at = MORNING - timedelta(hours=hours)
    return Fact.of(data, id=uuid5(_NAMES, f"fact|{name}"), subject=subject, area=area, observed_at=at)


def _asked() -> Iterator[Fact]:
    for n, (code, zh, en, basis, purpose, ends, minutes, times, (field, field_zh, field_en)) in enumerate(_FORMS):
        fields = (AskedField(code="temp_c", zh="体温", en="temperature"),) if basis == "law_report" else ()
        asked = FormRegistered(
            code=code, zh=zh, en=en, basis=basis, doc_no=f"示例〔2020〕{n + 1}号", purpose=purpose, ends=ends,
            minutes=minutes, times_a_day=times, fields=(*fields, AskedField(code=field, zh=field_zh, en=field_en)),
        )  # fmt: skip
        yield _fact(f"form {code}", asked, form_id(COUNTY, code), COUNTY, 40 - n)


def look(now: datetime) -> None:
    """Raises what the rules find, and draws records and posts: a lot hangs on the chain of the record up to it. Done
    again, it does nothing; on a later day than the demonstration's own there may be nothing to draw from."""
    from lianfang.access.viewer import Viewer
    from lianfang.accounts.refused import Refused
    from lianfang.accounts.signin import area_range
    from lianfang.capabilities.oversight.queries import sampling as queries
    from lianfang.capabilities.oversight.service import detecting, sampling

    detecting.detect(now)
    viewer = Viewer(INSPECTOR, DEVICE, "inspector", PROVINCE, *area_range(PROVINCE))
    today = now.astimezone(MORNING.tzinfo).date()
    draw, sites = uuid5(_NAMES, f"records|{today}"), uuid5(_NAMES, f"sites|{today}")
    with suppress(Refused):
        sampling.draw_sites(viewer, PROVINCE, SITES, today, now=now, id=sites)
        sampling.draw_records(viewer, PROVINCE, DRAWN, today - timedelta(days=14), today, now=now, id=draw)
    for its in queries.record_draws(viewer, PROVINCE):
        if its.row.subject == draw:
            for n, one in enumerate(its.row.drawn[:ASKED]):
                result = _SAID.get(n, RecallResult.AGREES)
                sampling.recall(viewer, draw, UUID(one), result, now=now, fact=uuid5(draw, one))
