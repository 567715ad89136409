"""Beds for those who wait: proposed by the rules, changed by hand where somebody knows better, then kept for them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.care.facts import (
    MOST_ASSIGNED,
    Assigned,
    AssignmentConfirmed,
    BedReserved,
)
from lianfang.capabilities.care.models import ASSIGNMENT_KINDS, BED_KINDS, HospitalRow
from lianfang.capabilities.care.queries import hospitals as hospitals
from lianfang.capabilities.care.queries import waiting as waits
from lianfang.capabilities.care.rules.assign import Free, Line, Proposal, Waiting, assign
from lianfang.capabilities.care.rules.beds import SEVERE, BedPolicy, bed_policy
from lianfang.capabilities.care.service.hospitals import refuse_faults, told
from lianfang.capabilities.care.state.beds import bed as fold
from lianfang.capabilities.isolation.service.recording import append, fact_of
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

APPROVE: Final = "transfers.approve"


class Proposed(NamedTuple):
    """A proposal for those of an area who are in no hospital and have no bed kept. ``digest`` stands for it: to
    confirm it, give it back."""

    waiting: tuple[waits.Waits, ...]
    lines: tuple[Line, ...]
    hospitals: Mapping[UUID, HospitalRow]
    policy: BedPolicy
    gap: float
    digest: str


class Confirmed(NamedTuple):
    """``kept`` beds, and how many of the lines are other than was proposed."""

    plan: UUID
    kept: int
    changed: int


def propose(viewer: Viewer, area: str, *, now: datetime) -> Proposed:
    """The proposal for an area. Raises Forbidden, Refused."""
    require_over(viewer, APPROVE, area)
    listed = [one for one in hospitals.listed(viewer, now=now) if one.row.designated]
    found = waits.waiting(viewer, area=area, now=now).waiting
    people = [one for one in found if one.waits_for is waits.WaitsFor.BED and one.kept is None][:MOST_ASSIGNED]
    at = waits.points({*(one.area for one in people), *(one.row.area for one in listed)})
    policy = bed_policy(now)
    proposal = assign(
        [
            Waiting(one.case, one.severity, round(one.hours), at.get(one.area), _specialty(one, policy))
            for one in people
        ],
        [
            Free(
                one.row.subject, type, its.free, one.row.severe, tuple(one.row.specialties), at.get(one.row.area)
            )
            for one in listed
            for type, its in one.places.items()
        ],
        policy,
    )  # fmt: skip
    by_case = {one.case: one for one in people}
    return Proposed(
        tuple(by_case[line.case] for line in proposal.lines), proposal.lines,
        {one.row.subject: one.row for one in listed}, policy, proposal.gap, _digest(proposal),
    )  # fmt: skip


def _specialty(one: waits.Waits, policy: BedPolicy) -> str | None:
    return policy.child_specialty if one.age_years is not None and one.age_years < policy.child_years else None


def _digest(proposal: Proposal) -> str:
    lines = (
        f"{line.case}>{line.free.hospital}|{line.free.type}" if line.free else f"{line.case}>"
        for line in proposal.lines
    )
    return hashlib.sha256("|".join(lines).encode()).hexdigest()


def confirm(
    viewer: Viewer, plan: UUID, area: str, digest: str, changes: Mapping[UUID, UUID | None], *, now: datetime
) -> Confirmed:  # fmt: skip
    """Keeps a bed for each of the proposal, as it was looked at, with ``changes``: by the case the hospital that was
    chosen instead, None for no bed. All or nothing: no bed is kept twice. The same ``plan`` again is the same. Raises
    Forbidden, Refused, Changed."""
    with seeing(viewer, APPROVE):
        locked(plan)
        if before := told(ASSIGNMENT_KINDS, [plan])[plan]:
            return _done(plan, before[0])
        found = propose(viewer, area, now=now)
        locked(*found.hospitals, *(one.person for one in found.waiting))
        if digest != found.digest or propose(viewer, area, now=now).digest != digest:
            raise Changed(
                "等候名单或空床已有变化，请重新查看方案",
                "who waits, or what is free, has changed: look at the plan again",
            )
        chosen = _chosen(found, changes)
        confirmed = AssignmentConfirmed(
            edition=found.policy.code,
            lines=tuple(
                Assigned(case=line.case, proposed=line.free and line.free.hospital, chosen=chosen[line.case])
                for line in found.lines
            ),
        )
        one = fact_of(viewer, confirmed, subject=plan, area=area, at=None, now=now, id=uuid5(plan, "confirmed"))
        append(viewer, [one, *_kept(viewer, found, chosen, plan, one, now)])
    return _done(plan, one)


def _done(plan: UUID, fact: Fact) -> Confirmed:
    lines = fact.data.lines if isinstance(fact.data, AssignmentConfirmed) else ()
    return Confirmed(
        plan, sum(one.chosen is not None for one in lines), sum(one.chosen != one.proposed for one in lines)
    )  # fmt: skip


def _chosen(found: Proposed, changes: Mapping[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    """The hospital of each case, as a person left it. Raises Refused."""
    chosen = {line.case: line.free.hospital if line.free else None for line in found.lines}
    wrong = []
    for row, one in enumerate(found.waiting, 1):
        to = changes.get(one.case, chosen[one.case])
        if to is not None and to not in found.hospitals:
            zh, en = "不是可收治的定点医院", "is no designated hospital that takes patients in"
            wrong.append(Wrong("hospital", "unknown_hospital", zh, en, row))
        elif to is not None and one.severity in SEVERE and not found.hospitals[to].severe:
            zh, en = "重症病例须收入具备救治资质的医院", "is not qualified for a severe case"
            wrong.append(Wrong("hospital", "not_qualified", zh, en, row))
        chosen[one.case] = to
    if unknown := changes.keys() - chosen.keys():
        zh, en = "不在等候名单上", "is not on the waiting list"
        wrong += [Wrong("case", "not_waiting", zh, en) for _ in unknown]
    if wrong:
        raise Refused(wrong)
    return chosen


def _kept(
    viewer: Viewer, found: Proposed, chosen: Mapping[UUID, UUID | None], plan: UUID, of: Fact, now: datetime
) -> list[Fact]:  # fmt: skip
    """A bed for each: of the type that was proposed there, else of the first that fits. Raises Refused, where a
    hospital that was chosen has none left, with how many too many that is."""
    proposed = {line.case: line.free for line in found.lines}
    free: dict[tuple[UUID, str], list[UUID]] = {}
    facts, short = list[Fact](), Counter[UUID]()
    kept_as_proposed = sorted(found.waiting, key=lambda one: not _unchanged(proposed[one.case], chosen[one.case]))
    for one in kept_as_proposed:
        to, its = chosen[one.case], proposed[one.case]
        if to is None:
            continue
        types = [its.type] if its and its.hospital == to else list(found.policy.needs[one.severity])
        bed = _next(viewer, free, to, types, now)
        if bed is None:
            short[to] += 1
            continue
        history = told(BED_KINDS, [bed])[bed]
        data = BedReserved(stay=uuid5(plan, str(one.case)), person=one.person, case=one.case, plan=plan)
        kept = fact_of(
            viewer, data, subject=bed, area=found.hospitals[to].area, at=None, now=of.observed_at, history=history,
            id=uuid5(plan, f"bed {one.case}"),
        )  # fmt: skip
        refuse_faults(history, kept, fold)
        facts.append(kept.model_copy(update={"cause": (of.id,)}))
    if short:
        raise Refused([_too_many(found.hospitals[id], n) for id, n in short.items()])
    return facts


def _unchanged(free: Free | None, chosen: UUID | None) -> bool:
    return free is not None and free.hospital == chosen


def _next(
    viewer: Viewer, free: dict[tuple[UUID, str], list[UUID]], hospital: UUID, types: Sequence[str], now: datetime
) -> UUID | None:
    for type in types:
        if (hospital, type) not in free:
            free[hospital, type] = [one.subject for one in hospitals.free_beds(viewer, hospital, type, now)]
        if free[hospital, type]:
            return free[hospital, type].pop(0)
    return None


def _too_many(row: HospitalRow, n: int) -> Wrong:
    zh, en = f"{row.zh}的空床少{n}张", f"{row.en or row.zh} has {n} beds too few for that"
    return Wrong("hospital", "full", zh, en)
