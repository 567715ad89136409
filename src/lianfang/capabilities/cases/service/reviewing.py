"""Looking at cases again under another edition: first the difference, then, confirmed, its record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.utils.timezone import localdate

from lianfang.access.matrix import require
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.cases.facts import Class, Classified
from lianfang.capabilities.cases.facts import Reviewed as ReviewedFact
from lianfang.capabilities.cases.models import CaseRegister, CaseRow, zone
from lianfang.capabilities.cases.queries.whose import own
from lianfang.capabilities.cases.rules.definitions import propose
from lianfang.capabilities.cases.service.recording import append, known_edition, too_late
from lianfang.capabilities.cases.state import State, fold
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.lock import locked
from lianfang.places.queries import subtree_range
from lianfang.places.spans import Scattered
from lianfang.profiles.disease import Edition

ACTION: Final = "cases.review"
MOST: Final = 50_000
"""Cases of one run: more are reviewed area by area."""
CHUNK: Final = 400
"""Of which each gets two facts at most: a batch of the record."""
BASIS: Final = "expert"
_NAMES: Final = UUID("6f6d1a1e-3f1c-5d42-9a0e-6a7b4f9a2c11")


class Difference(NamedTuple):
    """A case that would be another under the edition; ``can`` tells whether the table lets it become that."""

    case: UUID
    number: str | None
    area: str
    was: Class
    would_be: Class
    can: bool
    zh: str
    en: str


class Reviewed(NamedTuple):
    """What a run would change. ``digest`` stands for it: confirmed, the run records exactly this. ``unclear`` cases are
    those of which too little is known to say; ``recorded`` counts the facts of a confirmed run."""

    edition: str
    cases: int
    unclear: int
    differences: tuple[Difference, ...]
    moves: tuple[tuple[Class, Class, int], ...]
    digest: str
    recorded: int


def review(
    viewer: Viewer,
    *,
    disease: str,
    edition: str,
    area: str,
    now: datetime,
    confirmed: str | None = None,
    decide: bool = False,
) -> Reviewed:
    """What every case of an area that has not ended would be under an edition. Nothing is recorded unless ``confirmed``
    gives the digest of the difference that was shown; with ``decide`` each case that can is then also decided so.

    Raises Forbidden; Refused; Changed where the difference is another than what was shown.
    """
    require(viewer, ACTION)
    if decide:
        require(viewer, "cases.classify")
    known, its = known_edition(disease, edition)
    if decide and too_late(its, known, localdate(now)):
        zh, en = (
            f"{its.zh}自{its.begins}起施行，尚不能据以判定",
            f"{its.en} begins on {its.begins}: nobody decides by it yet",
        )
        raise Refused([Wrong("edition", "not_yet", zh, en)])
    with seeing(viewer, ACTION):
        ids = list(_rows(viewer, disease, area).values_list("subject", flat=True)[: MOST + 1])
        if len(ids) > MOST:
            zh, en = f"超过{MOST}例：请分地区进行", f"more than {MOST} cases: choose a smaller area"
            raise Refused([Wrong("area", "too_many", zh, en)])
        found, unclear = _differences(ids, its, now)
    digest = _digest(its.code, found)
    if confirmed is not None and confirmed != digest:
        raise Changed("病例已有变化，差异与所示不同：请重新查看", "the difference is another by now: look at it again")
    recorded = _record(viewer, found, its, now, digest, decide=decide) if confirmed is not None else 0
    moves = Counter((one.was, one.would_be) for one in found)
    summed = tuple((was, to, n) for (was, to), n in sorted(moves.items()))
    return Reviewed(its.code, len(ids), unclear, tuple(found), summed, digest, recorded)


def _record(
    viewer: Viewer, found: Sequence[Difference], edition: Edition, now: datetime, digest: str, *, decide: bool
) -> int:
    """Records a difference part by part, each a transaction that holds its cases and looks at them once more; how many
    facts. Raises Changed where somebody has changed one meanwhile: what was recorded before is, the rest is shown anew
    by another run."""
    recorded = 0
    for start in range(0, len(found), CHUNK):
        part = list(found[start : start + CHUNK])
        with seeing(viewer, ACTION):
            locked(*(one.case for one in part))
            if _differences([one.case for one in part], edition, now)[0] != part:
                raise Changed(
                    f"期间有病例被更改：已记录{recorded}条，请重新查看其余差异",
                    f"cases were changed meanwhile: {recorded} facts are recorded, look at the rest again",
                )
            facts = list(_facts(part, edition, now, digest, decide=decide))
            append(viewer, facts)
        recorded += len(facts)
    return recorded


def _rows(viewer: Viewer, disease: str, area: str):  # type: ignore[no-untyped-def]  # a query set
    rows = visible(viewer, ACTION, CaseRow.objects.filter(disease=disease, outcome=None), own=own(viewer))
    if area:
        try:
            area_from, area_to = subtree_range(area)
        except (LookupError, Scattered):
            raise Refused([Wrong("area", "unknown_area", f"没有区划{area}", f"there is no division {area}")]) from None
        rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)
    return rows.order_by("subject")


def _differences(ids: Sequence[UUID], edition: Edition, now: datetime) -> tuple[list[Difference], int]:
    found, unclear = [], 0
    for start in range(0, len(ids), CHUNK):
        entries = log.read(kinds=CaseRegister.kinds, subjects=ids[start : start + CHUNK])
        ordered = sorted((entry.fact for entry in entries), key=lambda fact: fact.subject)
        for _, theirs in groupby(ordered, key=lambda fact: fact.subject):
            facts = list(theirs)
            state = fold(facts, zone())
            if state is None:
                continue
            proposal = propose(state, edition)
            if proposal.would_be is None:
                unclear += 1
            elif proposal.would_be is not state.to:
                to = proposal.would_be
                can = _can(state, facts, to, edition, now)
                found.append(
                    Difference(state.subject, state.number, state.area, state.to, to, can, proposal.zh, proposal.en)
                )
    return found, unclear


def _can(state: State, facts: Sequence[Fact], to: Class, edition: Edition, now: datetime) -> bool:
    """Whether the table lets a case become ``to`` now."""
    data = Classified(to=to, edition=edition.code, basis=BASIS)
    tried = Fact.of(data, id=_NAMES, subject=state.subject, area=state.area, observed_at=now)
    after = fold([*facts, tried], zone())
    return after is not None and not any(one.fact == _NAMES for one in after.faults)


def _digest(edition: str, found: Sequence[Difference]) -> str:
    told = "\n".join(f"{one.case} {one.was} {one.would_be}" for one in found)
    return hashlib.sha256(f"{edition}\n{told}".encode()).hexdigest()


def _facts(
    found: Sequence[Difference], edition: Edition, now: datetime, digest: str, *, decide: bool
) -> Iterator[Fact]:
    for one in found:
        yield _fact(one, ReviewedFact(edition=edition.code, would_be=one.would_be), now, digest)
        if decide and one.can:
            yield _fact(one, Classified(to=one.would_be, edition=edition.code, basis=BASIS), now, digest)


def _fact(one: Difference, data: FactData, now: datetime, digest: str) -> Fact:
    id = uuid5(_NAMES, f"{data.kind}|{one.case}|{digest}|{now.isoformat()}")
    return Fact.of(data, id=id, subject=one.case, area=one.area, observed_at=now)
