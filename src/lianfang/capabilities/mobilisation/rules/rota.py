"""Who takes which shift: everybody able to, nobody twice at a time, rest between two duties, and the load shared.

Shifts are filled in the order in which they begin, those first for which fewest can be found, each by who has had the
fewest hours; then a place that stayed open is filled by moving one duty, where that is possible. How many places could
be filled at all is bounded from above by a flow that forgets the rest between some shifts: what lies between is the gap
that is proven. Where a gap is left and the case is small, the solver looks for the best there is. Same input, same
rota.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from lianfang.capabilities.mobilisation.rules.exact import best
from lianfang.capabilities.mobilisation.rules.hours import Span, too_near, within

SMALL: Final = 4_000
"""Pairs of person and shift up to which the solver is asked."""
MOST_MOVES: Final = 400
"""Open places for which a move is looked for."""
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


class Hand(NamedTuple):
    """Somebody who can be asked. ``area``: where from; ``busy``: other duties; ``hours``: on duty lately."""

    person: UUID
    skills: frozenset[str]
    area: str
    free: tuple[Span, ...]
    busy: tuple[Span, ...] = ()
    hours: float = 0.0


class Post(NamedTuple):
    """A shift with so many open places."""

    shift: UUID
    area: str
    span: Span
    places: int
    skill: str = ""


class Line(NamedTuple):
    shift: UUID
    person: UUID


class Rota(NamedTuple):
    """``most``: more places than that cannot be filled by anybody's plan; ``gap``: the share of them that this one may
    have missed. ``least`` and ``longest`` are the hours of who has fewest and most of those who were given a duty."""

    lines: tuple[Line, ...]
    open: tuple[tuple[UUID, int], ...]
    places: int
    most: int
    gap: float
    least: float
    longest: float


def make(hands: Sequence[Hand], posts: Sequence[Post], *, rest: timedelta, most_hours: float, limit_s: float) -> Rota:
    """The rota of some shifts. Nobody has more than ``most_hours``, those of ``hours`` included; the solver, where it
    is asked, takes ``limit_s`` seconds at most."""
    hands = sorted(hands, key=lambda one: one.person.int)
    posts = sorted(posts, key=lambda one: (one.span, one.shift.int))
    table = _Table(hands, posts, rest, most_hours)
    given = table.filled()
    most = table.bound()
    if len(given) < most:
        given = table.moved(given)
    if len(given) < most and int(table.can.sum()) <= SMALL:
        given, most = best(table.can, table.clash, table.hours, [one.places for one in posts],
                           [most_hours - one.hours for one in hands], given, most, limit_s)  # fmt: skip
    return _told(hands, posts, given, most)


def _told(hands: Sequence[Hand], posts: Sequence[Post], given: Sequence[tuple[int, int]], most: int) -> Rota:
    lines = tuple(Line(posts[s].shift, hands[p].person) for s, p in sorted(given))
    taken = np.bincount([s for s, _ in given], minlength=len(posts)) if given else np.zeros(len(posts), np.int64)
    left = tuple((one.shift, one.places - int(n)) for one, n in zip(posts, taken, strict=True) if one.places > n)
    hours: dict[int, float] = {}
    for s, p in given:
        hours[p] = hours.get(p, hands[p].hours) + posts[s].span.hours
    gap = (most - len(given)) / most if most else 0.0
    return Rota(
        lines, left, sum(one.places for one in posts), most, gap, min(hours.values(), default=0.0),
        max(hours.values(), default=0.0),
    )  # fmt: skip


class _Table:
    """Hands by rows, shifts by columns: ``can`` says who could take which, ``clash`` which exclude each other."""

    def __init__(self, hands: Sequence[Hand], posts: Sequence[Post], rest: timedelta, most_hours: float) -> None:
        self.hands, self.posts, self.most_hours = hands, posts, most_hours
        spans = sorted({one.span for one in posts})
        number = {one: n for n, one in enumerate(spans)}
        self.spans, self.slot = spans, np.array([number[one.span] for one in posts], np.int64)
        near = [[too_near(a, b, rest) for b in spans] for a in spans]
        self.near: Bools = np.array(near, bool).reshape(len(spans), len(spans))
        self.clash: Bools = self.near[np.ix_(self.slot, self.slot)]
        at = np.array([[self._free(one, span, rest) for span in spans] for one in hands], bool)
        skills = sorted({one.skill for one in posts})
        has = np.array([[not skill or skill in one.skills for skill in skills] for one in hands], bool)
        self.skill = np.array([skills.index(one.skill) for one in posts], np.int64)
        shape = (len(hands), len(spans)), (len(hands), len(skills))
        self.at, self.has = at.reshape(shape[0]), has.reshape(shape[1])
        self.can: Bools = self.at[:, self.slot] & self.has[:, self.skill]
        self.hours = np.array([one.span.hours for one in posts], np.float64)
        self.rest = rest

    @staticmethod
    def _free(one: Hand, span: Span, rest: timedelta) -> bool:
        return within(span, one.free) and not any(too_near(span, other, rest) for other in one.busy)

    def filled(self) -> list[tuple[int, int]]:
        """Shift by shift, who has had the fewest hours; among equals the nearer, then who could do fewest others."""
        load = np.array([one.hours for one in self.hands], np.float64)
        off = np.zeros(self.at.shape, bool)
        choices = self.can.sum(axis=1)
        far = _distances(self.hands, self.posts)
        found = []
        fewest = self.can.sum(axis=0) - np.array([one.places for one in self.posts], np.int64)
        for s in np.lexsort((fewest, self.slot)):
            t = int(self.slot[s])
            fits = self.can[:, s] & ~off[:, t] & (load + self.hours[s] <= self.most_hours)
            who = np.flatnonzero(fits)
            order = np.lexsort((who, choices[who], far[who, s], load[who]))
            chosen = who[order[: self.posts[s].places]]
            load[chosen] += self.hours[s]
            off[np.ix_(chosen, self.near[t].nonzero()[0])] = True
            found += [(int(s), int(p)) for p in chosen]
        return found

    def moved(self, given: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Fills what stayed open by giving one duty of somebody able to somebody else."""
        has: dict[int, set[int]] = {p: set() for p in range(len(self.hands))}
        for s, p in given:
            has[p].add(s)
        taken = np.bincount([s for s, _ in given], minlength=len(self.posts)) if given else np.zeros(len(self.posts))
        left = [s for s, one in enumerate(self.posts) for _ in range(one.places - int(taken[s]))]
        nobody = set[int]()
        for s in left[:MOST_MOVES]:
            self._move(s, has, nobody)
        return sorted((s, p) for p, theirs in has.items() for s in theirs)

    def _move(self, s: int, has: dict[int, set[int]], nobody: set[int]) -> bool:
        """``nobody``: shifts for which nobody was found before, and is not looked for again."""
        for p in np.flatnonzero(self.can[:, s]):
            theirs = has[int(p)]
            between = [other for other in theirs if self.clash[s, other]]
            if s in theirs or len(between) > 1:
                continue
            if not between:
                if self._hours(int(p), theirs) + self.hours[s] <= self.most_hours:
                    theirs.add(s)
                    return True
                continue
            (other,) = between
            q = None if other in nobody else self._instead(other, int(p), has)
            if q is None:
                nobody.add(other)
            elif self._hours(int(p), theirs) - self.hours[other] + self.hours[s] <= self.most_hours:
                has[q].add(other)
                theirs.remove(other)
                theirs.add(s)
                return True
        return False

    def _instead(self, s: int, but: int, has: dict[int, set[int]]) -> int | None:
        for q in np.flatnonzero(self.can[:, s]):
            theirs = has[int(q)]
            fits = q != but and s not in theirs and not any(self.clash[s, other] for other in theirs)
            if fits and self._hours(int(q), theirs) + self.hours[s] <= self.most_hours:
                return int(q)
        return None

    def _hours(self, p: int, theirs: set[int]) -> float:
        return self.hands[p].hours + float(sum(self.hours[s] for s in theirs))

    def bound(self) -> int:
        """More places than this no plan fills: a flow from people through sets of shifts of which each takes one, to
        the places of shifts that are alike."""
        if not self.posts or not self.hands:
            return 0
        sets = _sets(self.near)
        kinds, kind = np.unique(np.stack([self.slot, self.skill]), axis=1, return_inverse=True)
        kind = kind.reshape(-1)
        places = np.bincount(kind, weights=[one.places for one in self.posts]).astype(np.int64)
        able = self.at[:, kinds[0]] & self.has[:, kinds[1]]
        of_set = sets[kinds[0]]
        people, n_sets, n_kinds = len(self.hands), int(sets.max()) + 1, kinds.shape[1]
        first = 1 + people * n_sets
        sink = first + n_kinds
        p, k = np.nonzero(able)
        middle = np.unique(p * n_sets + of_set[k])
        rows = np.concatenate([np.zeros(middle.size, np.int64), 1 + p * n_sets + of_set[k], first + np.arange(n_kinds)])
        columns = np.concatenate([1 + middle, first + k, np.full(n_kinds, sink)])
        sizes = np.concatenate([np.ones(middle.size + p.size, np.int64), places]).astype(np.int32)
        graph = csr_array((sizes, (rows, columns)), shape=(sink + 1, sink + 1))
        return int(maximum_flow(graph, 0, sink).flow_value)


def _sets(near: Bools) -> Ints:
    """Each time of shifts in a set of times that all exclude each other, as few sets as possible: of times in order,
    each set has those that exclude the earliest-ending one left, which exclude each other too."""
    found = np.full(near.shape[0], -1, np.int64)
    number = 0
    for t in range(near.shape[0]):
        if found[t] < 0:
            mates = [t]
            for other in range(t + 1, near.shape[0]):
                if found[other] < 0 and all(near[other, mate] for mate in mates):
                    mates.append(other)
            found[mates] = number
            number += 1
    return found


def _distances(hands: Sequence[Hand], posts: Sequence[Post]) -> Ints:
    """How far each is from each shift, in steps of divisions."""
    areas, places = sorted({one.area for one in hands}), sorted({one.area for one in posts})
    steps = np.array([[steps_apart(a, b) for b in places] for a in areas], np.int64).reshape(len(areas), len(places))
    row = np.array([areas.index(one.area) for one in hands], np.int64)
    column = np.array([places.index(one.area) for one in posts], np.int64)
    return np.asarray(steps[np.ix_(row, column)], np.int64)


LEVELS: Final = (12, 9, 6, 4, 2)
"""Digits of the code of a community, a town, a county, a prefecture, a province."""


def steps_apart(one: str, other: str) -> int:
    """0 in one community or where one division holds the other, 1 in one town, 2 in one county, and so on."""
    if one.startswith(other) or other.startswith(one):
        return 0
    return next((n for n, digits in enumerate(LEVELS) if one[:digits] == other[:digits]), len(LEVELS))


def faults(
    lines: Sequence[Line], hands: Sequence[Hand], posts: Sequence[Post], rest: timedelta
) -> list[tuple[Line, str]]:
    """What is wrong with lines that somebody changed by hand: ``not_able``, ``not_free``, ``too_near``, ``full``."""
    by_person, by_shift = {one.person: one for one in hands}, {one.shift: one for one in posts}
    found: list[tuple[Line, str]] = []
    given: dict[UUID, list[Span]] = {}
    taken: dict[UUID, int] = {}
    for line in lines:
        hand, post = by_person[line.person], by_shift[line.shift]
        spans = given.setdefault(line.person, list(hand.busy))
        taken[line.shift] = taken.get(line.shift, 0) + 1
        if post.skill and post.skill not in hand.skills:
            found.append((line, "not_able"))
        elif not within(post.span, hand.free):
            found.append((line, "not_free"))
        elif any(too_near(post.span, other, rest) for other in spans):
            found.append((line, "too_near"))
        elif taken[line.shift] > post.places:
            found.append((line, "full"))
        spans.append(post.span)
    return found
