"""The forms that offices of a drill ask for: one that a law requires, some that none does, and the one act that lets
those rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, NamedTuple

from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.oversight.facts.forms import (
    AskedField,
    FormRegistered,
    FormsSuspended,
    burden_id,
    form_id,
)

NINE: Final = 9 * 60
"""The minute of a day at which forms are registered."""
RESTS_FROM: Final = 18
"""The day of a drill on which those that no law requires are let rest: as many days after a response began as it took
in 2020 (People's Daily, 11 February 2020)."""
REASON: Final = "演练：除法律规定必须填写的表格外，其余暂停"


class _Form(NamedTuple):
    """``day`` on which it is registered, ``days`` for which it is asked; ``fields`` by code with their words."""

    code: str
    zh: str
    en: str
    basis: str
    purpose: str
    day: int
    days: int
    minutes: int
    times_a_day: float
    fields: tuple[tuple[str, str, str], ...]


FORMS: Final = (
    _Form(
        "fever-log", "发热门诊日志", "log of the fever clinic", "law_report", "核对发热病例报告", 1, 180, 3, 1,
        (("temp_c", "体温", "temperature"), ("clinic_desk", "接诊台号", "desk of the clinic")),
    ),
    _Form(
        "daily-summary", "社区每日工作小结", "a community's summary of its day", "office_document",
        "了解各社区当日工作", 2, 60, 15, 1,
        (("work_told", "当日工作", "work of the day"), ("wishes", "需要协调的事项", "what is needed")),
    ),
    _Form(
        "returned-ledger", "返乡人员台账", "ledger of those who returned", "office_document", "掌握返乡人员底数", 3, 10,
        10, 0.5, (("returned_from", "返回地", "place returned from"), ("seats_taken", "同乘人数", "fellow travellers")),
    ),
    _Form(
        "weekly-publicity", "宣传周报", "weekly report of publicity", "office_document", "汇总宣传情况", 4, 60, 20, 0.2,
        (("leaflets_out", "发放资料份数", "leaflets given out"),),
    ),
)  # fmt: skip


class Forms:
    """Writes what is said of forms, and what the registers hold of them in the end."""

    def __init__(self, drill: Drill, by: str) -> None:
        """``by``: the account that registers them for the whole area."""
        self.drill, self.by, self.desk = drill, by, Desk(drill)

    def write(self) -> None:
        """Everything that is recorded of forms."""
        drill, area = self.drill, self.drill.area
        for n, one in enumerate(FORMS):
            fields = tuple(AskedField(code=code, zh=zh, en=en) for code, zh, en in one.fields)
            asked = FormRegistered(
                code=one.code, zh=one.zh, en=one.en, basis=one.basis, doc_no=f"演练-表{n + 1}", purpose=one.purpose,
                ends=drill.at(one.day * DAY_MINUTES).date() + timedelta(days=one.days), minutes=one.minutes,
                times_a_day=one.times_a_day, fields=fields,
            )  # fmt: skip
            self._tell(asked, str(form_id(area, one.code)), one.day, n)
        self._tell(FormsSuspended(reason=REASON), str(burden_id(area)), RESTS_FROM, len(FORMS))

    def rows(self) -> Iterator[tuple[str, str, list[Any]]]:
        """The rows of registers: of a form its basis, minutes and last day; of an area whose forms rest, why."""
        drill = self.drill
        for one in FORMS:
            if one.day < drill.days:
                ends = drill.at(one.day * DAY_MINUTES).date() + timedelta(days=one.days)
                yield "forms", str(form_id(drill.area, one.code)), [one.basis, one.minutes, ends.isoformat()]
        if drill.days > RESTS_FROM:
            yield "resting", str(burden_id(drill.area)), [REASON]

    def _tell(self, data: FormRegistered | FormsSuspended, subject: str, day: int, number: int) -> None:
        self.desk.tell(data, subject, self.drill.area, self.by, day * DAY_MINUTES + NINE, ("form", number))
