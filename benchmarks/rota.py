"""A rota of 1,000 volunteers for a week: places filled, how many could be, how evenly, in what time.

The peer fills the same shifts first come, first served: shift by shift, whoever stands next in the list, is able, free
and rested. It is how a list on a wall is filled, and it has the same rules about skill, hours and rest to keep.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from lianfang.capabilities.mobilisation.rules.hours import Span, merged, too_near, within
from lianfang.capabilities.mobilisation.rules.rota import Hand, Line, Post, make

PEOPLE, DAYS, COMMUNITIES, MOST_S = 1_000, 7, 20, 5.0
MONDAY = datetime(2020, 2, 3, tzinfo=UTC)
REST, MOST_HOURS = timedelta(hours=8), 60.0
SKILLS = ("", "", "", "", "driving", "nursing")


def run() -> list[dict[str, Any]]:
    """One row: of places enough for everybody, and more than anybody can fill."""
    return [_row(4), _row(7)]


def _row(places: int) -> dict[str, Any]:
    hands, posts = people(), shifts(places)
    make(hands[:50], posts[:20], rest=REST, most_hours=MOST_HOURS, limit_s=1)  # the library's code is loaded
    started, cpu = time.perf_counter(), time.process_time()
    rota = make(hands, posts, rest=REST, most_hours=MOST_HOURS, limit_s=MOST_S)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    started = time.perf_counter()
    plain = first_fit(hands, posts)
    peer_wall = time.perf_counter() - started
    most, least = _hours(plain, posts)
    return {
        "claim": f"{PEOPLE} volunteers, {len(posts)} shifts of a week, {rota.places} places",
        "ours": f"{wall:.2f} s ({cpu:.2f} s of processor): {len(rota.lines)} filled, {rota.most} at most could be,"
        f" gap {rota.gap:.2%}; {rota.least:g} to {rota.longest:g} h each",
        "peer": f"first fit, {peer_wall:.2f} s: {len(plain)} filled; {least:g} to {most:g} h each",
        "ratio": MOST_S / wall, "target": f"≤ {MOST_S:.0f} s, the gap told", "met": wall <= MOST_S,
    }  # fmt: skip


def people(seed: int = 7, n: int = PEOPLE) -> list[Hand]:
    """Volunteers who can come on some days, in the day or in the evening; one in six drives, one in six nurses."""
    dice = random.Random(seed)
    found = []
    for number in range(n):
        free = []
        for day in range(-1, DAYS + 1):
            if dice.random() < 0.7:
                hour = dice.choice((0, 6, 8, 14, 16))
                begins = MONDAY + timedelta(days=day, hours=hour)
                free.append(Span(begins, begins + timedelta(hours=dice.choice((10, 16, 24)))))
        skills = frozenset(skill for skill in ("driving", "nursing") if dice.random() < 1 / 6)
        area = f"530102{dice.randrange(COMMUNITIES):03d}001"
        found.append(Hand(UUID(int=number + 1), skills, area, tuple(merged(free))))
    return found


def shifts(places: int) -> list[Post]:
    """Three shifts a day in each community, the last over midnight."""
    found = []
    for day in range(DAYS):
        for place in range(COMMUNITIES):
            for turn in range(3):
                begins = MONDAY + timedelta(days=day, hours=turn * 8)
                number = (day * COMMUNITIES + place) * 3 + turn
                area, skill = f"530102{place:03d}001", SKILLS[number % len(SKILLS)]
                span = Span(begins, begins + timedelta(hours=8))
                found.append(Post(UUID(int=10_000 + number), area, span, places, skill))
    return found


def first_fit(hands: list[Hand], posts: list[Post]) -> list[Line]:
    """Shift by shift, whoever comes first in the list."""
    held: dict[UUID, list[Span]] = {one.person: [] for one in hands}
    hours = dict.fromkeys(held, 0.0)
    found = []
    for post in posts:
        left = post.places
        for one in hands:
            if not left:
                break
            if post.skill and post.skill not in one.skills:
                continue
            if hours[one.person] + post.span.hours > MOST_HOURS or not within(post.span, one.free):
                continue
            if not any(too_near(post.span, other, REST) for other in held[one.person]):
                held[one.person].append(post.span)
                hours[one.person] += post.span.hours
                found.append(Line(post.shift, one.person))
                left -= 1
    return found


def _hours(lines: list[Line], posts: list[Post]) -> tuple[float, float]:
    lengths = {one.shift: one.span.hours for one in posts}
    hours: dict[UUID, float] = {}
    for line in lines:
        hours[line.person] = hours.get(line.person, 0.0) + lengths[line.shift]
    return max(hours.values()), min(hours.values())
