"""Generations of cases from who may have infected whom.

Working definition (no national one was found): an imported case is of the first generation, whoever infected it
elsewhere; a case of which nobody knows who infected it begins a chain; whoever was infected by one of generation n is
of generation n + 1, by several of the smallest. A case that is linked to an import is of the second at least. An
excluded case infected nobody and was infected by nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import Class, InfectionSource


class Seen(NamedTuple):
    """What generations ask of a case."""

    as_class: str
    source: str | None


class Placed(NamedTuple):
    """Where a case stands. ``generation`` is None on a cycle, behind one only, and for an excluded case."""

    generation: int | None
    circular: bool
    component: UUID
    size: int


class Placing(NamedTuple):
    placed: Mapping[UUID, Placed]
    cycles: tuple[tuple[UUID, ...], ...]


def place(cases: Mapping[UUID, Seen], edges: Iterable[tuple[UUID, UUID]]) -> Placing:
    """The generation and component of each case that is known (``cases``) or only named in ``edges`` (infector,
    infectee), and the cycles that there are, each in the order of infection."""
    links = [(a, b) for a, b in edges if not _excluded(cases.get(a)) and not _excluded(cases.get(b))]
    ids = sorted({*cases, *(one for link in links for one in link)})
    if not links:
        return Placing({one: Placed(_alone(cases.get(one)), False, one, 1) for one in ids}, ())
    from lianfang.epi.chains import forest  # compiled when it is first needed

    number = {one: n for n, one in enumerate(ids)}
    tied = forest.clusters([number[a] for a, _ in links], [number[b] for _, b in links], len(ids))
    # nobody here infected an imported case; a case of no known infector that is linked to an import has one unseen
    within = [(number[a], number[b]) for a, b in links if not _of(cases.get(b), InfectionSource.IMPORTED)]
    infected = {b for _, b in within}
    unseen = [n for one, n in number.items() if n not in infected and _of(cases.get(one), InfectionSource.LINKED)]
    within += [(len(ids) + k, n) for k, n in enumerate(unseen)]
    found = forest.generations([a for a, _ in within], [b for _, b in within], len(ids) + len(unseen))
    least = _least(tied.label.tolist(), ids)
    placed = {}
    for one, n in number.items():
        label = int(tied.label[n])
        generation = None if _excluded(cases.get(one)) else int(found.generation[n]) or None
        placed[one] = Placed(generation, bool(found.circular[n]), least[label], int(tied.sizes[label]))
    return Placing(placed, tuple(tuple(ids[n] for n in cycle) for cycle in found.cycles))


def cycles(edges: Sequence[tuple[UUID, UUID]]) -> tuple[tuple[UUID, ...], ...]:
    """The cycles of links, each in the order of infection; of links of imported cases too."""
    return place({}, edges).cycles


def _least(labels: Sequence[int], ids: Sequence[UUID]) -> dict[int, UUID]:
    """The least id of each cluster; ``ids`` are in order."""
    least: dict[int, UUID] = {}
    for label, one in zip(labels, ids, strict=True):
        least.setdefault(label, one)
    return least


def _excluded(case: Seen | None) -> bool:
    return case is not None and case.as_class == Class.EXCLUDED


def _of(case: Seen | None, source: InfectionSource) -> bool:
    return case is not None and case.source == source


def _alone(case: Seen | None) -> int | None:
    if _excluded(case):
        return None
    return 2 if _of(case, InfectionSource.LINKED) else 1


class Infections:
    """Who may have infected whom, for the question whether one leads to another."""

    def __init__(self, edges: Iterable[tuple[UUID, UUID]]) -> None:
        self._onward: dict[UUID, set[UUID]] = defaultdict(set)
        for infector, infectee in edges:
            self.add(infector, infectee)

    def add(self, infector: UUID, infectee: UUID) -> None:
        self._onward[infector].add(infectee)

    def path(self, start: UUID, end: UUID) -> list[UUID]:
        """A shortest chain from one case to another, both included; empty where there is none."""
        before: dict[UUID, UUID | None] = {start: None}
        frontier = [start]
        while frontier and end not in before:
            found = []
            for one in frontier:
                for infected in sorted(self._onward.get(one, ())):
                    if infected not in before:
                        before[infected] = one
                        found.append(infected)
            frontier = found
        path, at = list[UUID](), end if end in before else None
        while at is not None:
            path.append(at)
            at = before[at]
        return path[::-1]
