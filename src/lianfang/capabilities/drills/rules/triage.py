"""Fever clinics: one in each county, who comes to its door, and whom communities send there. Nothing is done wrongly on
purpose here, and nobody who comes has the disease: the review does not compare these registers."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from lianfang.capabilities.care import facts as kind
from lianfang.capabilities.care.facts.triage import Came, Conclusion, History, VisitOutcome, Way
from lianfang.capabilities.drills.rules.desks import Desk, code, counties, county
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.posts import HOUR
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.drills.rules.world import World
from lianfang.capabilities.gates.facts import PostKind, PostOpened
from lianfang.epi.simulate import dice
from lianfang.facts.fact import FactData

OPENS: Final = 6 * HOUR
COME: Final = 3
"""How many come to a clinic on a day."""
LAST: Final = 5
"""How many are at the door when the drill ends: nobody of them has left."""
SEEN: Final = 15
ASKED: Final = 60
GONE: Final = 100
"""Minutes from the door until a doctor sees somebody, the centre for disease control has answered, the visit ends."""
EVERY: Final = 2
"""Days between two whom the communities of a county send."""
REASONS: Final = (kind.ReferralReason.FEVER, kind.ReferralReason.SYMPTOMS, kind.ReferralReason.RETURNED)


class Triage:
    """Writes who comes to fever clinics and who is sent there."""

    def __init__(self, world: World) -> None:
        self.drill, self.desk = world.drill, Desk(world.drill)
        self.key = dice.key(world.drill.seed, "triage")
        self.workers = {county(one.area): one for one in reversed(world.homes.workers)}

    def write(self) -> None:
        for number, area in enumerate(counties(self.drill)):
            clinic = self._clinic(number, area)
            for day in range(1, self.drill.days):
                for n in range(COME):
                    self._visit(number, area, clinic, day * COME + n, day * DAY_MINUTES + (9 + 3 * n) * HOUR)
                if day % EVERY == number % EVERY:
                    self._referral(number, area, clinic, day)
            for n in range(LAST):
                at = self.drill.days * DAY_MINUTES - (LAST - n) * (SEEN - 3)
                self._visit(number, area, clinic, self.drill.days * COME + n, at)

    def _tell(self, data: FactData, subject: str, area: str, by: str, at: int, name: str, number: int) -> None:
        self.desk.tell(data, subject, area, by, at, (f"triage {name}", number))

    def _clinic(self, number: int, area: str) -> UUID:
        id = self.desk.name("triage clinic", number)
        opened = PostOpened(
            name=f"演练{number + 1}号发热门诊", kind_of=PostKind.CLINIC, place_type="fever_clinic", town=area,
            lead=f"演练{number + 1}号县医院", telephone=f"0871{number:07}",
        )  # fmt: skip
        self._tell(opened, id, area, chief(self.drill), OPENS, "opened", number)
        return UUID(id)

    def _visit(self, number: int, area: str, clinic: UUID, n: int, at: int) -> None:
        """Two of five have a history, and of these a consult before they leave; none is suspected."""
        its = number * 10_000 + n
        id, doctor = self.desk.name("triage visit", its), code("doctor", area)
        warm, met = dice.uniform(self.key, number, n, 0), dice.uniform(self.key, number, n, 1) < 0.4
        data = kind.Triaged(
            clinic=clinic, came=Came.WALK_IN, way=Way.FEVER_CLINIC, temp_c=round(37.3 + 1.8 * warm, 1),
            symptoms=("fever", "cough") if warm > 0.5 else ("fever",),
            history=History.PRESENT if met else History.NONE, items=("travel",) if met else (),
        )  # fmt: skip
        self._tell(data, id, area, doctor, at, "made", its)
        self._tell(kind.Seen(), id, area, doctor, at + SEEN, "seen", its)
        if met:
            said = kind.Consulted(conclusion=Conclusion.NO_SUSPICION)
            self._tell(said, id, area, code("cdc", area), at + ASKED, "consulted", its)
        ended = kind.VisitEnded(outcome=VisitOutcome.DISCHARGED)
        self._tell(ended, id, area, doctor, at + GONE, "ended", its)

    def _referral(self, number: int, area: str, clinic: UUID, day: int) -> None:
        """Received within the hour and answered in the evening."""
        worker = self.workers.get(area)
        if worker is None:
            return
        its, at = number * 1000 + day, day * DAY_MINUTES + 15 * HOUR
        id, doctor = self.desk.name("triage referral", its), code("doctor", area)
        reason = REASONS[day % len(REASONS)]
        sent = kind.ReferralSent(to=clinic, to_area=area, origin=kind.Origin.COMMUNITY, reason=reason)
        self._tell(sent, id, worker.area, worker.code, at, "sent", its)
        self._tell(kind.ReferralReceived(), id, worker.area, doctor, at + 40, "received", its)
        closed = kind.ReferralClosed(outcome=kind.ReferralOutcome.NOT_SUSPECTED)
        self._tell(closed, id, worker.area, doctor, at + 4 * HOUR, "closed", its)
