"""The facts that a drill's devices send: visits to households, encounters at posts, and what follows of the few who are
ill. Made as the bytes that devices send; nobody in them is anybody."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

COUNTY: Final = "530102"
ROUND_DAYS: Final = 3
FIRST: Final = datetime(2020, 1, 28, 0, tzinfo=UTC)
SHARES: Final = {"visits": 0.70, "encounters": 0.25, "others": 0.05}
ROLES: Final = {"visits": "grid_worker", "encounters": "checkpoint_staff", "others": "epidemiologist"}
POSTS: Final = 40
OF_CASE: Final = 10
"""Facts of one case and of those whom it exposed."""


class Mix:
    """Households of three in a county, a round of visits every three days, posts; and what is sent of them."""

    def __init__(self, homes: int, rounds: int, *, seed: int = 1) -> None:
        from lianfang.capabilities.gates.facts import PostOpened
        from lianfang.capabilities.gates.state.owners import post_id
        from lianfang.capabilities.screening.facts import grid_id, household_id, round_id

        self.chance = random.Random(seed)
        self.areas = [f"{COUNTY}{1 + n // 20:03}{1 + n % 20:03}" for n in range(100)]
        self.homes = [str(household_id(self._area(n), f"{n % 97}栋", None, str(n))) for n in range(homes)]
        self.grids = [str(grid_id(area, "g1")) for area in self.areas]
        self.rounds = [str(round_id(COUNTY, 1 + n)) for n in range(rounds)]
        self.posts = [
            PostOpened(name=f"{n}号卡点", kind_of="point", place_type="road_gate", town=COUNTY, lead="街道办事处")
            for n in range(POSTS)
        ]
        self.post_ids = [str(post_id(one)) for one in self.posts]
        self._made = 0
        self._visited = 0

    def _area(self, home: int) -> str:
        return self.areas[home % len(self.areas)]

    def register(self) -> Iterator[dict[str, Any]]:
        """Grids, rounds, posts and households with their members, as their desks send them."""
        for area, grid in zip(self.areas, self.grids, strict=True):
            yield self._fact("grid.registered", grid, area, FIRST, {"community": area, "name": "g1"})
        for n, id in enumerate(self.rounds):
            begins = FIRST + n * timedelta(days=ROUND_DAYS)
            due = begins + timedelta(days=ROUND_DAYS)
            yield self._fact("round.opened", id, COUNTY, begins, {"number": 1 + n, "due": due.isoformat()})
        for id, post in zip(self.post_ids, self.posts, strict=True):
            yield self._fact("post.opened", id, COUNTY, FIRST, post.model_dump(mode="json"))
        for n, home in enumerate(self.homes):
            area, begins = self._area(n), FIRST - timedelta(days=1)
            data = {
                "community": area,
                "grid": self.grids[n % len(self.areas)],
                "building": f"{n % 97}栋",
                "door": str(n),
            }
            yield self._fact("household.registered", home, area, begins, data)
            for person in self._members(n):
                yield self._fact("household.member_joined", home, area, begins, {"person": person})

    def batch(self, of: str, size: int, *, late: float = 0.0) -> bytes:
        """The JSON of a batch of one of ``SHARES``; of ``late`` of its facts the device tells days afterwards."""
        made: list[dict[str, Any]] = []
        while len(made) < size:
            behind = timedelta(days=ROUND_DAYS * (self.chance.random() < late))
            made += getattr(self, f"_{of}")(behind)
        return orjson.dumps(made[:size])

    def _visits(self, behind: timedelta) -> list[dict[str, Any]]:
        """A visit: nine of ten meet the household, one of a hundred somebody ill."""
        n = self._visited
        self._visited += 1
        number, home = divmod(n, len(self.homes))
        at = FIRST + timedelta(days=ROUND_DAYS * number, hours=1 + home * 60 / len(self.homes))
        if behind and number:
            number, at = number - 1, at - behind + timedelta(minutes=30)
        dice = self.chance.random()
        data: dict[str, Any] = {"round": self.rounds[number], "evidence": "qr", "form": 1, "minutes": 1.5}
        if dice < 0.9:
            members: list[dict[str, Any]] = [
                {"person": person, "result": "well", "temp_c": 36.0 + self.chance.randrange(10) / 10}
                for person in self._members(home)
            ]
            if dice < 0.01:
                members[0] |= {"result": "unwell", "temp_c": 38.2, "symptoms": ["fever"]}
            data |= {"outcome": "met", "members": members, "outsiders": 0}
        else:
            data |= {"outcome": "not_met", "follower": "team-1"}
        return [self._fact("visit.made", self.homes[home], self._area(home), at, data)]

    def _encounters(self, behind: timedelta) -> list[dict[str, Any]]:
        """Somebody at a post; one of two hundred has a fever."""
        at = FIRST + timedelta(days=4, seconds=self._made % 100_000) - behind
        data = {
            "post": self.chance.choice(self.post_ids), "came_from": "420100", "going_to": COUNTY, "fever": False,
            "temp_c": 38.0 if self.chance.random() < 0.005 else 36.0 + self.chance.randrange(10) / 10, "took_s": 14,
            "notice": {"version": "2020-01-27", "language": "zh"},
        }  # fmt: skip
        return [self._fact("gate.screened", self._id(), COUNTY, at, data)]

    def _others(self, behind: timedelta) -> list[dict[str, Any]]:
        """A case that is reported, sampled, tested and confirmed, and three whom it exposed, found and told."""
        case, area, at = self._id(), COUNTY, FIRST + timedelta(days=5, seconds=self._made % 100_000) - behind
        profile = {"disease": "ncov-2020", "edition": "ncov-2020-v3"}
        about = {"onset": {"earliest": "2020-01-29", "latest": "2020-01-29"}, "sex": "female", "age_years": 44}
        report = {**profile, "person": self._id(), "as_class": "suspected", "about": about}
        sampled = self._fact("case.sampled", case, area, at + timedelta(hours=2), {"material": "throat_swab"})
        told = [self._fact("case.reported", case, area, at, report), sampled]
        result = {"sample": sampled["id"], "test": "pcr", "result": "positive"}
        told.append(self._fact("case.tested", case, area, at + timedelta(hours=8), result))
        decision = {"to": "confirmed", "basis": "laboratory", "edition": profile["edition"]}
        told.append(self._fact("case.classified", case, area, at + timedelta(hours=9), decision))
        for _ in range((OF_CASE - len(told)) // 2):
            contact = self._id()
            exposure = {"source": case, "last": "2020-01-30", "setting": "family"}
            exposed = {**profile, "person": self._id(), "exposure": exposure}
            told.append(self._fact("contact.exposed", contact, area, at + timedelta(hours=10), exposed))
            told.append(self._fact("contact.informed", contact, area, at + timedelta(hours=11), {}))
        return told

    def _members(self, home: int) -> list[str]:
        return [f"{home:08x}-0000-7000-8000-{n:012x}" for n in range(3)]

    def _id(self) -> str:
        """A UUIDv7 of a moment that goes on."""
        self._made += 1
        ms, chance = 1_580_000_000_000 + self._made // 20, self.chance.getrandbits(74)
        return str(UUID(int=ms << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1))

    def _fact(self, kind: str, subject: str, area: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self._id(), "kind": kind, "version": 1, "subject": subject, "area": area,
            "observed_at": at.isoformat(), "clock_offset": 0.25, "device_seq": self._made, "data": data,
        }  # fmt: skip


def appended(mix: Mix, size: int = 1_000) -> int:
    """Appends what ``mix`` registers, without HTTP; how many facts these were."""
    from lianfang.facts import log

    facts = list(mix.register())
    for start in range(0, len(facts), size):
        told = log.append_json(orjson.dumps(facts[start : start + size]), principal=log.Principal("bench", "bench"))
        assert all(one.status is log.Status.APPENDED for one in told), next(one for one in told if one.reason)
    return len(facts)


def drawn(chance: random.Random, batches: int) -> Sequence[str]:
    """Of which kind each of so many batches is, by ``SHARES``."""
    return chance.choices(list(SHARES), list(SHARES.values()), k=batches)
