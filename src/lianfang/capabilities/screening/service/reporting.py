"""A unit's report of a day: counted from its records, taken when nothing stands in its way."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.screening.facts import Reported, report_id
from lianfang.capabilities.screening.models import ReportRegister
from lianfang.capabilities.screening.queries.daily import Counted, counted, households_on
from lianfang.capabilities.screening.queries.own import REPORT
from lianfang.capabilities.screening.rules.daily import Category
from lianfang.capabilities.screening.service.recording import append, fact_of, history, made, refused
from lianfang.capabilities.screening.state.parts import CST
from lianfang.facts.history import standing
from lianfang.facts.lock import locked


def report(
    viewer: Viewer, unit: str, day: date, *, zero: bool, reason: str | None = None, fact: UUID | None = None,
    now: datetime,
) -> Counted:  # fmt: skip
    """Reports a day, or reports it anew. A day without anything is reported as zero, in so many words, and no other is.
    Somebody unwell for whom nothing was arranged needs a reason. Raises Forbidden, Refused."""
    require_over(viewer, REPORT, unit)
    if day > now.astimezone(CST).date():
        raise refused("day", "in_future", "在今天之后，请核对", "lies ahead: correct the day")
    id = report_id(unit, day)
    with seeing(viewer, REPORT):
        if not households_on(viewer, unit):
            zh, en = "该区域没有登记住户，请选择社区", "has no household on the register: choose a community"
            raise refused("area", "no_unit", zh, en)
        locked(id)
        its = counted(viewer, unit, day)
        if wrong := _against(its, zero, reason):
            raise Refused(wrong)
        told = history(ReportRegister.kinds, id)
        held = [one for one in standing(told).facts if isinstance(one.data, Reported)]
        data = _data(its, day, reason)
        if any(one.id == fact for one in told) or (held and held[-1].data == data):
            return its
        append(viewer, [fact_of(viewer, data, subject=id, area=unit, at=None, now=now, id=fact, history=told)])
    return its


def _against(its: Counted, zero: bool, reason: str | None) -> list[Wrong]:
    wrong = []
    if zero != its.figures.zero:
        if zero:
            zh, en = "当日有记录，不能零报告", "the day has records: it is no zero report"
        else:
            zh, en = "当日没有记录，请确认零报告", "the day has no records: say that it is a zero report"
        wrong.append(Wrong("zero", "not_zero" if zero else "zero", zh, en))
    if its.unresolved:
        zh = f"有{len(its.unresolved)}次入户不属于任何社区的登记住户，请先补登记"
        en = f"{len(its.unresolved)} visits are of no household on the register: register them first"
        wrong.append(Wrong("households", "unresolved", zh, en))
    if its.undisposed and not reason:
        zh = f"有{len(its.undisposed)}名有症状者未作安排，请安排或说明原因"
        en = f"nothing was arranged for {len(its.undisposed)} persons with symptoms: arrange it, or say why not"
        wrong.append(Wrong("reason", "undisposed", zh, en))
    return wrong


def _data(its: Counted, day: date, reason: str | None) -> Reported:
    told = its.figures
    times = {one.value: told.person_times[one].n for one in Category}
    return made(
        Reported, day=day, zero=told.zero, households=told.households, unwell=told.unwell.n,
        disposals=told.disposals, reason=reason or None, **times,
    )  # fmt: skip
