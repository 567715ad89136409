"""What in a chain asks for a second look. Working definitions: a record may be right and still be on this list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Look(StrEnum):
    BEFORE = "onset_before"  # the infected fell ill before who infected it
    GAP = "long_gap"  # so much later that another case is likely to lie between
    ISOLATED = "isolated"  # no link to any case, and not said to be imported
    DANGLING = "dangling"  # a link names a case that is not in the record
    CYCLE = "cycle"  # cases that infected one another in a circle
    SEVERAL = "several_infectors"
    NO_ONSET = "no_onset"


class Check(NamedTuple):
    """What to look at; ``days`` between the onsets, at the least, where it is about them."""

    look: Look
    cases: tuple[UUID, ...]
    days: int | None = None


class Link(NamedTuple):
    infector: UUID
    infectee: UUID


class Fell(NamedTuple):
    """When a case fell ill, both None where nobody knows; ``imported`` where its source is known to be elsewhere."""

    earliest: date | None
    latest: date | None
    imported: bool


def checks(
    cases: Mapping[UUID, Fell],
    links: Sequence[Link],
    known: Collection[UUID],
    cycles: Iterable[tuple[UUID, ...]],
    gap_days: int | None,
) -> list[Check]:
    """Everything to look at in ``cases`` and the links to and from them. ``known`` are all cases that are in the
    record; ``gap_days`` is from which on a gap is long, None where the disease does not say."""
    found = [Check(Look.CYCLE, cycle) for cycle in cycles]
    for link in links:
        found += _dates(link, cases, gap_days)
    named = sorted({one for link in links for one in link} - set(known))
    found += [Check(Look.DANGLING, (one,)) for one in named]
    infectors = Counter(link.infectee for link in links)
    found += [Check(Look.SEVERAL, (one,)) for one in sorted(cases) if infectors[one] > 1]
    linked = {one for link in links for one in link}
    for one, fell in sorted(cases.items()):
        if one not in linked and not fell.imported:
            found.append(Check(Look.ISOLATED, (one,)))
        if fell.earliest is None:
            found.append(Check(Look.NO_ONSET, (one,)))
    return found


def _dates(link: Link, cases: Mapping[UUID, Fell], gap_days: int | None) -> list[Check]:
    """Only what holds on whichever day of its range each fell ill."""
    first, second = cases.get(link.infector), cases.get(link.infectee)
    if not first or not second or not first.earliest or not first.latest or not second.earliest or not second.latest:
        return []
    if (most := (second.latest - first.earliest).days) < 0:
        return [Check(Look.BEFORE, tuple(link), most)]
    if gap_days is not None and (least := (second.earliest - first.latest).days) >= gap_days:
        return [Check(Look.GAP, tuple(link), least)]
    return []
