"""Those who are suspected of the disease and have it not: held with a fever at a checkpoint, or come to a clinic.

Each is reported, asked a bed for, sampled twice a day apart, and excluded by two negative results.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.cases import facts as kind
from lianfang.capabilities.drills.rules import beds, posts
from lianfang.capabilities.drills.rules.desks import LABORATORY, Desk, code
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.drills.rules.world import World
from lianfang.epi.simulate import dice
from lianfang.facts.fact import Days

HOUR: Final = 60
SAMPLES: Final = (5, DAY_MINUTES + 15)
"""Minutes from the report until each sample: a day and more between them, as the plan of diagnosis asks."""
ARRIVES, RESULTS = HOUR, 8 * HOUR
"""Minutes from a sample until the laboratory has it, and until it knows the result."""
ADMITTED: Final = 2 * HOUR
EXCLUDED: Final = SAMPLES[-1] + RESULTS + 30
LEAVES: Final = EXCLUDED + HOUR
CLINIC: Final = 9 * HOUR
"""The minute of a day from which clinics report; they do so for eight hours."""
APART: Final = 1 << 40
"""Added to the numbers of suspects where they stand beside those of infections."""


class Suspect(NamedTuple):
    """``number`` counts them; ``hold``: the encounter at which he or she was held, None: came to a clinic; ``reported``
    in minutes from the first midnight."""

    number: int
    person: int
    id: str
    pseudonym: str
    area: str
    reported: int
    hold: str | None


def suspects(world: World, all_: list[posts.Post], others: NDArray[np.bool_]) -> list[Suspect]:
    """Everybody who is suspected wrongly, by place. ``others``: who has a part in the outbreak, and is none of them."""
    pools = _pools(world, others)
    found: list[Suspect] = []
    for area, minute, hold in [*_held(world, all_), *_come(world)]:
        if pools[area]:
            n, person = len(found), pools[area].pop()
            id = ids(world.drill.seed, "suspect", np.array([n], np.int64))[0]
            found.append(Suspect(n, person, id, world.people[person], area, minute, hold))
    return found


def _pools(world: World, others: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Of each community residents who may be suspected, in the order of the draw."""
    its, drill = world.population, world.drill
    settled = (its.hotel[its.household] < 0) & np.isnan(its.arrived) & ~others
    fit = np.flatnonzero(settled)
    fit = fit[np.argsort(dice.uniforms(dice.key(drill.seed, "suspected"), fit, 0, 0), kind="stable")]
    pools: dict[str, list[int]] = {area: [] for area in drill.communities}
    for person, at in zip(fit.tolist(), its.community[its.household[fit]].tolist(), strict=True):
        pools[drill.communities[at]].append(person)
    return pools


def _held(world: World, all_: list[posts.Post]) -> Iterator[tuple[str, int, str | None]]:
    """Where and when somebody is reported who was held, and the encounter."""
    drill, key = world.drill, dice.key(world.drill.seed, "suspected when held")
    for post in all_:
        for day in range(drill.days):
            one = posts.passing(world, post, day)
            kept = np.flatnonzero(posts.held(drill, one, day))
            kept = kept[dice.uniforms(key, kept + (np.int64(post.number) << 20), day, 0) < drill.response.suspected]
            for at, name in zip(kept.tolist(), posts.encounters(drill, post, kept, day, 0), strict=True):
                yield post.area, int(one.minute[at]) + posts.REPORTED, name


def _come(world: World) -> Iterator[tuple[str, int, str | None]]:
    """Where and when a clinic reports somebody."""
    drill, its = world.drill, world.population
    residents = np.bincount(its.community[its.household], minlength=len(drill.communities))
    rate = float(residents.sum()) * drill.response.suspects / 100_000
    whole, upto = int(rate), np.cumsum(residents)
    for day in range(drill.days):
        more = dice.uniform(dice.key(drill.seed, "suspects"), 0, day, 0) < rate - whole
        nth = np.arange(whole + more, dtype=np.int64)
        where, when = (dice.uniforms(dice.key(drill.seed, "suspects"), nth, day, n) for n in (1, 2))
        at = np.searchsorted(upto, where * upto[-1], side="right")
        for community, share in zip(at.tolist(), when.tolist(), strict=True):
            yield drill.communities[community], day * DAY_MINUTES + CLINIC + int(share * 8 * HOUR), None


class Suspecting:
    """Writes the facts of suspects, and what the registers hold of each in the end."""

    def __init__(self, world: World, all_: list[Suspect]) -> None:
        self.world, self.drill, self.desk = world, world.drill, Desk(world.drill)
        self.end = self.drill.days * DAY_MINUTES - 1
        self.all = [one for one in all_ if one.reported <= self.end]

    def write(self) -> None:
        """Everything that is recorded of all suspects."""
        for one in self.all:
            self._card(one)
            beds.asked(self.desk, one.id, one.area, APART + one.number, one.reported, one.reported + ADMITTED)
            self._laboratory(one)

    def _onset(self, one: Suspect) -> Days:
        return Days.exactly(self.drill.day(one.reported // DAY_MINUTES) - timedelta(days=one.number % 3))

    def _card(self, one: Suspect) -> None:
        its, doctor, n = self.world.population, code("doctor", one.area), APART + one.number
        about = kind.About(
            onset=self._onset(one), sex=kind.Sex.FEMALE if its.sex[one.person] == 0 else kind.Sex.MALE,
            age_years=float(its.age[one.person]), residence=one.area, first_visit=self.drill.at(one.reported),
            symptoms=("fever",), clinical=("fever",), found_by="clinic", unit=f"clinic-{one.area}",
        )  # fmt: skip
        card = kind.Reported(
            person=UUID(one.pseudonym), disease=self.drill.disease, edition=self.drill.edition,
            as_class=kind.Class.SUSPECTED, about=about, severity=kind.ClinicalSeverity.MILD,
        )  # fmt: skip
        self.desk.tell(card, one.id, one.area, doctor, one.reported, ("card", n))
        self.desk.tell(kind.Isolated(where="hospital"), one.id, one.area, doctor, one.reported + 30, ("apart", n))

    def _laboratory(self, one: Suspect) -> None:
        doctor, tester, by = code("doctor", one.area), code(LABORATORY, self.drill.area), code("cdc", one.area)
        n, last = APART + one.number, UUID(int=0)
        for nth, after in enumerate(SAMPLES):
            at = one.reported + after
            swab = kind.Sampled(material="throat_swab", laboratory=tester)
            last = UUID(self.desk.tell(swab, one.id, one.area, doctor, at, (f"sample {nth}", n)))
            arrived = kind.SampleReceived(sample=last, laboratory=tester)
            self.desk.tell(arrived, one.id, one.area, tester, at + ARRIVES, (f"arrived {nth}", n))
            tested = kind.Tested(sample=last, test="pcr", result="negative")
            self.desk.tell(tested, one.id, one.area, tester, at + RESULTS, (f"tested {nth}", n))
        none = kind.Classified(
            to=kind.Class.EXCLUDED, edition=self.drill.edition, basis="tests_negative", sample=last
        )  # fmt: skip
        self.desk.tell(none, one.id, one.area, by, one.reported + EXCLUDED, ("decided", n))
        leaves = kind.Discharged(reason="other")
        self.desk.tell(leaves, one.id, one.area, doctor, one.reported + LEAVES, ("leaves", n))

    def rows(self) -> Iterator[tuple[Suspect, list[Any]]]:
        """Each suspect with the row of a case: see ``truth``."""
        for one in self.all:
            over = one.reported + EXCLUDED <= self.end
            samples = [after for after in SAMPLES if one.reported + after <= self.end]
            known = bool(samples) and one.reported + samples[-1] + RESULTS <= self.end
            yield one, [
                one.pseudonym, (kind.Class.EXCLUDED if over else kind.Class.SUSPECTED).value, "mild", None,
                self._onset(one).earliest.isoformat(), len(samples), "negative" if known else None, 0,
                "unknown", None,
            ]  # fmt: skip
