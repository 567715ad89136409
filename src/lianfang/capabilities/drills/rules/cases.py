"""The cases of a drill: report cards, samples, results, decisions, hospitals, ends, and who infected whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.cases import facts as kind
from lianfang.capabilities.contacts.facts import Certainty, Linked
from lianfang.capabilities.drills.rules import beds
from lianfang.capabilities.drills.rules.desks import LABORATORY, Desk, code, minutes
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER, Drill
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.drills.rules.world import World
from lianfang.epi.simulate import dice, outbreak
from lianfang.facts.fact import Days
from lianfang.profiles.disease import profile

Ints = NDArray[np.int64]
RIGHT, MISTYPED, DOUBLED, MISSING, LATE = range(5)
ERRORS: Final = ("", "mistyped", "doubled", "missing", "late")
SLIP: Final = 10
"""Days by which a mistyped day of onset is too early: another digit of the tens."""
HOUR: Final = 60


class Case(NamedTuple):
    """A case: ``infection`` and ``person`` by number, its ids, its community, and the minutes at which it was reported,
    its sample resulted, decided, admitted, investigated and ended (NEVER)."""

    infection: int
    person: int
    id: str
    pseudonym: str
    area: str
    reported: int
    resulted: int
    decided: int
    admitted: int
    investigated: int
    ended: int
    error: int


@dataclass(frozen=True)
class Cases:
    """All cases by when they were reported; ``of`` finds an infection's."""

    cases: list[Case]
    of: dict[int, Case]


def cases(world: World) -> Cases:
    """Those infections that come to a report within the drill."""
    its, drill = world.outbreak, world.drill
    end = drill.days * DAY_MINUTES
    report, result, decide, admit, over = (
        minutes(days) for days in (its.sampled, its.resulted, its.reported, its.admitted, its.ended)
    )
    known = np.flatnonzero((report >= 0) & (report < end))
    known = known[np.argsort(report[known], kind="stable")]
    names = ids(drill.seed, "case", known)
    error = _errors(drill, known)
    found = []
    for at, name, wrong in zip(known.tolist(), names, error.tolist(), strict=True):
        person, first = int(its.person[at]), int(report[at])
        resulted = max(int(result[at]), first + 2 * HOUR)
        decided = max(int(decide[at]), resulted + 10)
        admitted = max(int(admit[at]), first + HOUR)
        ended = max(int(over[at]), decided + 10, admitted + 10 if admitted < NEVER else 0)
        area = drill.communities[world.population.community[world.population.household[person]]]
        found.append(
            Case(at, person, name, world.people[person], area, first, resulted, decided, admitted,
                 decided + 18 * HOUR, ended, wrong)
        )  # fmt: skip
    return Cases(found, {one.infection: one for one in found})


def _errors(drill: Drill, known: Ints) -> Ints:
    """How each card is recorded: rightly, or by one error."""
    its = drill.response
    drawn = dice.uniforms(dice.key(drill.seed, "slips of cases"), known.astype(np.int64), 0, 0)
    bounds = np.cumsum([its.mistyped, its.doubled, its.missing, its.late])
    return (np.searchsorted(bounds, drawn, side="right") + 1) % len(ERRORS)


class Journey:
    """Writes the facts of cases, and what the register holds of each in the end: as it was, and as it is recorded."""

    def __init__(self, world: World, found: Cases, named: dict[int, int]) -> None:
        """``named``: how many contacts each infection's case named."""
        self.world, self.found, self.named, self.desk = world, found, named, Desk(world.drill)
        self.its, self.drill = world.outbreak, world.drill
        self.edition = profile(self.drill.disease).edition(self.drill.edition)
        self.end = self.drill.days * DAY_MINUTES - 1

    def write(self) -> None:
        """Everything that is recorded of all cases."""
        for one in self.found.cases:
            self._card(one)
            self._laboratory(one)
            self._care(one)
            self._investigated(one)

    def _day(self, at: float) -> Days:
        return Days.exactly(self.drill.first_day + timedelta(days=int(np.floor(at))))

    def _onset(self, one: Case) -> Days | None:
        onset = float(self.its.onset[one.infection])
        return None if np.isnan(onset) else self._day(min(onset, one.reported / DAY_MINUTES))

    def _slipped(self, one: Case) -> Days | None:
        onset = self._onset(one)
        if onset is None or one.error != MISTYPED:
            return onset
        return Days.exactly(onset.earliest - timedelta(days=SLIP))

    def severity(self, one: Case) -> kind.ClinicalSeverity | None:
        its = outbreak.SEVERITIES[self.its.severity[one.infection]]
        return None if its == "asymptomatic" else kind.ClinicalSeverity(its)

    def _card(self, one: Case) -> None:
        population, ill = self.world.population, not np.isnan(self.its.onset[one.infection])
        visit = float(self.its.visit[one.infection])
        first = None if np.isnan(visit) else self.drill.at(min(int(visit * DAY_MINUTES), one.reported))
        about = kind.About(
            onset=self._slipped(one), no_symptoms=None if ill else True,
            sex=kind.Sex.FEMALE if population.sex[one.person] == 0 else kind.Sex.MALE,
            age_years=float(population.age[one.person]), residence=one.area, first_visit=first,
            symptoms=("fever",) if ill else None, clinical=("fever",) if ill else None,
            found_by=self._found_by(one), unit=f"clinic-{one.area}",
        )  # fmt: skip
        data = kind.Reported(
            person=UUID(one.pseudonym), disease=self.drill.disease, edition=self.drill.edition,
            as_class=self.first_class(one), about=about, severity=self.severity(one),
        )  # fmt: skip
        doctor, late = code("doctor", one.area), self._late(one)
        self.desk.tell(data, one.id, one.area, doctor, one.reported, ("card", one.infection), late=late)
        if one.error == DOUBLED:
            self.desk.tell(data, one.id, one.area, doctor, one.reported + HOUR // 2, ("second card", one.infection))

    def _late(self, one: Case) -> int:
        """By how many days the card is sent late."""
        return 1 + one.infection % self.drill.response.late_days if one.error == LATE else 0

    def known(self, one: Case) -> tuple[int, int, int]:
        """When it is known that there is a case, what it is, and that it has ended: NEVER."""
        card, recorded = self.desk.sent(one.reported, late=self._late(one)), one.error != MISSING
        decided = max(card, self.desk.sent(one.decided)) if recorded else NEVER
        return card, decided, max(decided, self.desk.sent(one.ended))

    def _found_by(self, one: Case) -> str:
        by = outbreak.FOUND_BY[self.its.found_by[one.infection]]
        return by if by != "unfound" else "clinic"

    def _laboratory(self, one: Case) -> None:
        doctor, tester = code("doctor", one.area), code(LABORATORY, self.drill.area)
        swab = kind.Sampled(material="throat_swab", laboratory=tester)
        sample = UUID(self.desk.tell(swab, one.id, one.area, doctor, one.reported + 5, ("sample", one.infection)))
        arrived = kind.SampleReceived(sample=sample, laboratory=tester)
        self.desk.tell(arrived, one.id, one.area, tester, one.reported + HOUR, ("arrived", one.infection))
        cycles = 20 + float(one.infection * 7 % 150) / 10
        tested = kind.Tested(sample=sample, test="pcr", result="positive", ct=cycles)
        self.desk.tell(tested, one.id, one.area, tester, one.resulted, ("tested", one.infection))
        if one.error != MISSING:
            its, by = self.as_class(one), code("cdc", one.area)
            decided = kind.Classified(to=its, edition=self.drill.edition, basis="laboratory", sample=sample)
            self.desk.tell(decided, one.id, one.area, by, one.decided, ("decided", one.infection))

    def as_class(self, one: Case) -> kind.Class:
        """Confirmed; without symptoms apart, where the edition keeps those apart."""
        apart = np.isnan(self.its.onset[one.infection]) and "asymptomatic" in self.edition.classes
        return kind.Class.ASYMPTOMATIC if apart else kind.Class.CONFIRMED

    def first_class(self, one: Case) -> kind.Class:
        """On the card: who is not ill and is counted apart is no suspected case, which is one who is ill."""
        apart = self.as_class(one) is kind.Class.ASYMPTOMATIC
        return kind.Class.REPORTED if apart else kind.Class.SUSPECTED

    def _care(self, one: Case) -> None:
        doctor, n = code("doctor", one.area), one.infection
        where = "hospital" if one.admitted < NEVER else "home"
        self.desk.tell(kind.Isolated(where=where), one.id, one.area, doctor, one.reported + 30, ("apart", n))
        if one.admitted < NEVER:
            beds.asked(self.desk, one.id, one.area, n, one.reported, one.admitted)
        if one.ended < NEVER and one.error != MISSING:
            self.desk.tell(kind.Ended(outcome=self.outcome(one)), one.id, one.area, doctor, one.ended, ("ended", n))

    def outcome(self, one: Case) -> kind.CaseOutcome:
        died = self.its.outcome[one.infection] == outbreak.DIED
        return kind.CaseOutcome.DIED if died else kind.CaseOutcome.RECOVERED

    def _investigated(self, one: Case) -> None:
        by, n = code("cdc", one.area), one.infection
        data = kind.Investigated(contacts=self.named.get(n, 0))
        self.desk.tell(data, one.id, one.area, by, one.investigated, ("investigated", n))
        source, came_from = self._source(one)
        told = kind.SourceDetermined(source=source, came_from=came_from)
        self.desk.tell(told, one.id, one.area, by, one.investigated, ("source", n))
        if (infector := self._infector(one)) is not None:
            linked = Linked(infector=UUID(infector.id), certainty=Certainty.PROBABLE)
            self.desk.tell(linked, one.id, one.area, by, one.investigated, ("linked", n))

    def _infector(self, one: Case) -> Case | None:
        """Who infected a case, where that is known when it is investigated."""
        infector = self.found.of.get(int(self.its.infector[one.infection]))
        return infector if infector is not None and infector.reported < one.investigated else None

    def _source(self, one: Case) -> tuple[kind.InfectionSource, str | None]:
        if self.its.setting[one.infection] == outbreak.IMPORTED:
            return kind.InfectionSource.IMPORTED, self._origin(one)
        return kind.InfectionSource.LOCAL, None

    def _origin(self, one: Case) -> str | None:
        at = int(self.world.population.origin[one.person])
        return self.drill.origins[at] if 0 <= at < len(self.drill.origins) else None

    def links(self) -> Iterator[tuple[str, str]]:
        """Each case of which it is determined who infected it, and that case."""
        for one in self.found.cases:
            infector = self._infector(one)
            if infector is not None and one.investigated <= self.end:
                yield one.id, infector.id

    def rows(self) -> Iterator[tuple[Case, list[Any], list[Any]]]:
        """Each case with its row of ``truth.CASES`` as it should be and as it is held."""
        for one in self.found.cases:
            yield one, self._row(one, recorded=False), self._row(one, recorded=True)

    def _row(self, one: Case, *, recorded: bool) -> list[Any]:
        wrong = one.error if recorded else RIGHT
        decided = one.decided <= self.end and wrong != MISSING
        to = self.as_class(one) if decided else self.first_class(one)
        over = one.ended <= self.end and wrong != MISSING
        onset = self._slipped(one) if wrong == MISTYPED else self._onset(one)
        severity = None if to is kind.Class.ASYMPTOMATIC else self.severity(one)
        doubled = wrong == DOUBLED and one.reported + HOUR // 2 <= self.end
        return [
            one.pseudonym, to.value, severity and severity.value, self.outcome(one).value if over else None,
            onset and onset.earliest.isoformat(), 1 if one.reported + 5 <= self.end else 0,
            "positive" if one.resulted <= self.end else None, int(doubled), *self._sourced(one),
        ]  # fmt: skip

    def _sourced(self, one: Case) -> list[str | None]:
        """The source, and where it came from, as the register has them at the end."""
        source, came_from = self._source(one)
        return [source.value, came_from] if one.investigated <= self.end else ["unknown", None]
