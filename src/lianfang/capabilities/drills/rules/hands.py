"""Hands: teams, volunteers with a rota, staff lent by units, workloads, and a call for hands every few days in each
county. Nothing is done wrongly on purpose here: the review does not compare these registers."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.posts import HOUR
from lianfang.capabilities.drills.rules.setting import officer
from lianfang.capabilities.mobilisation import facts as kind
from lianfang.capabilities.mobilisation.facts.staff import workload_id
from lianfang.epi.simulate import dice
from lianfang.facts.fact import FactData

CONSENT: Final = "2020-01-28"
VOLUNTEERS: Final = 12
"""Of each county: four on each shift of a day, so that everybody has two days between shifts."""
SHIFTS: Final = ((8, "guard"), (16, "deliveries"))
"""Hours at which shifts of four hours begin, and what is done."""
EVERY: Final = 3
"""Days between two calls of a county."""
UNITS: Final = (("税务局", 18), ("教育局", 25), ("市场监督管理局", 9))
SKILLS: Final = ("driving", "nursing", "disinfection", "repairs")
HOUSEHOLDS: Final = (3000, 2400, 1500)
"""Of an area with five workers of its own: 600, 480 and 300 for each before anybody is lent."""


class Hands:
    """Writes what is recorded of hands."""

    def __init__(self, drill: Drill) -> None:
        self.drill, self.desk = drill, Desk(drill)
        self.by = officer(drill, "volunteer_coordinator")
        self.department = officer(drill, "responding_department")

    def write(self) -> None:
        for number, area in enumerate(counties(self.drill)):
            self._set_up(number, area)
            people = self._volunteers(number, area)
            for day in range(1, self.drill.days):
                self._shifts(number, area, day, people)
                if day % EVERY == number % EVERY:
                    self._call(number, area, day)

    def _tell(
        self, data: FactData, subject: str, area: str, at: int, name: str, number: int, by: str = ""
    ) -> None:  # fmt: skip
        self.desk.tell(data, subject, area, by or self.by, at, (f"hands {name}", number))

    def _set_up(self, number: int, area: str) -> None:
        at = 9 * HOUR
        for n, function in enumerate(kind.Function):
            id = self.desk.name("hands team", number * 10 + n)
            zh = f"{number + 1}号{('协查', '服务', '宣传', '突击', '医疗', '运输')[n]}小分队"
            formed = kind.TeamFormed(zh=zh, function=function, heads=20, qualifier=kind.HeadsQualifier.AT_LEAST)
            self._tell(formed, id, area, at + n, f"team formed {n}", number)
        retasked = self.desk.name("hands team", number * 10 + 2)
        tasked = kind.TeamTasked(function=kind.Function.EMERGENCY, reason="emergency")
        self._tell(tasked, retasked, area, at + 2 * DAY_MINUTES, "team tasked", number)
        for n, (unit, heads) in enumerate(UNITS):
            first = self.drill.at(n * DAY_MINUTES).date()
            began = kind.SecondmentBegan(unit=unit, duty="visits", heads=heads, first=first)
            id = self.desk.name("hands lent", number * 10 + n)
            self._tell(began, id, area, at + n * DAY_MINUTES, f"lent {n}", number)
        stated = kind.WorkloadStated(households=HOUSEHOLDS[number % len(HOUSEHOLDS)], workers=5)
        self._tell(stated, str(workload_id(area)), area, at, "workload", number)
        asked = kind.StaffCareAsked(category="rest", heads=4)
        self._tell(asked, self.desk.name("hands care", number), area, at + 3 * DAY_MINUTES, "care asked", number)

    def _volunteers(self, number: int, area: str) -> list[UUID]:
        found = []
        for n in range(VOLUNTEERS):
            id = self.desk.name("hands volunteer", number * 100 + n)
            draw = dice.uniform(dice.key(self.drill.seed, "hands"), number, n, 0)
            skills = (SKILLS[int(draw * len(SKILLS))],) if n % 2 else ()
            signed = kind.VolunteerSignedUp(consent=CONSENT, skills=skills)
            self._tell(signed, id, area, 9 * HOUR + n, f"signed {n}", number)
            found.append(UUID(id))
        return found

    def _shifts(self, number: int, area: str, day: int, people: list[UUID]) -> None:
        """Planned on the day before; four of those who were longest off take each."""
        for n, (hour, duty) in enumerate(SHIFTS):
            starts = day * DAY_MINUTES + hour * HOUR
            its = (number * 100 + day) * 10 + n
            id, at = self.desk.name("hands shift", its), starts - DAY_MINUTES
            planned = kind.ShiftPlanned(
                duty=duty, starts=self.drill.at(starts), ends=self.drill.at(starts + 4 * HOUR), places=4
            )  # fmt: skip
            self._tell(planned, id, area, at, "shift", its)
            turn = (day * len(SHIFTS) + n) * 4 % len(people)
            chosen = tuple((people + people)[turn : turn + 4])
            self._tell(kind.ShiftStaffed(proposed=chosen, people=chosen), id, area, at + 1, "staffed", its)

    def _call(self, number: int, area: str, day: int) -> None:
        """Answered within twenty minutes and closed in the evening; that of the last day stays open."""
        at, its = day * DAY_MINUTES + 10 * HOUR, number * 1000 + day
        id, starts = self.desk.name("hands call", its), at + 2 * HOUR
        placed = kind.CallPlaced(
            need="disinfection", heads=10, starts=self.drill.at(starts), ends=self.drill.at(starts + 6 * HOUR),
            departments=(self.department,), answer_by=self.drill.at(at + 30),
        )  # fmt: skip
        self._tell(placed, id, area, at, "call", its)
        answered = kind.CallAnswered(department=self.department, heads=8, arrives=self.drill.at(starts))
        self._tell(answered, id, area, at + 20, "answer", its, self.department)
        if day + EVERY < self.drill.days:
            self._tell(kind.CallClosed(outcome="partly"), id, area, at + 9 * HOUR, "closed", its)
