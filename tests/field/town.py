"""A town to walk through: a grid of households with members, an open round, and phones for it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec

from lianfang.facts.log import new_id
from tests.served import Browser, Served

COUNTY = "530102"
COMMUNITY = f"{COUNTY}001002"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


class Home(NamedTuple):
    id: str
    door: str
    members: list[tuple[str, str]]
    """Person and name."""


class Town(NamedTuple):
    served: Served
    officer: Browser
    post: str
    grid: str
    round: str
    homes: list[Home]

    def enrolment(self, title: str = "phone") -> tuple[str, str]:
        """The address that enrols a new phone of the team that has the grid, and its device."""
        return _device(self.served, self.post, title)

    def visits(self, home: Home) -> list[Any]:
        """What the desk's card of a household has."""
        found = self.officer.get(f"households/{home.id}")
        assert found.status == 200, found
        return list(found.body["visits"])

    def disposed(self, home: Home) -> list[str]:
        """What was arranged for those of a household who were unwell."""
        residents = self.officer.get(f"households/{home.id}").body["residents"]
        return [one["disposition"] for one in residents if one["disposition"]]

    def educate(self) -> None:
        """Asks every grid of the county to tell its households something."""
        due = datetime.now(UTC) + timedelta(days=1)
        data = {"topic": "hand-washing", "said": "勤洗手", "due": due.isoformat()}
        _append(self.officer, [_fact("education.asked", str(uuid4()), COUNTY, data)])

    def strike(self, home: Home) -> None:
        """Takes a household off the list of this team: it is another grid's, which another team has."""
        post = f"{self.post}-other"
        body = {"community": COMMUNITY, "name": post, "site": "community"}
        grid = _done(self.officer, "grids", body)["id"]
        _enrol(self.served, _device(self.served, post, "other")[0])
        _done(self.officer, "grids/assign", {"grids": [grid], "to": post})
        card = self.officer.get(f"households/{home.id}").body
        door = {name: card[name] for name in ("building", "unit", "door", "expected")}
        _done(self.officer, "households", {**door, "community": COMMUNITY, "grid": grid, "household": home.id})


def made(served: Served, username: str, doors: int) -> Town:
    """A grid of its own with so many households of two members each, in the round that is open."""
    officer = served.officer(username, "epidemiologist", COUNTY).browser
    grid = _done(officer, "grids", {"community": COMMUNITY, "name": f"grid {username}", "site": "community"})["id"]
    post = f"team-{username}"
    _enrol(served, _device(served, post, "first")[0])  # a grid is given to a post that is at work
    _done(officer, "grids/assign", {"grids": [grid], "to": post})
    homes = [_home(officer, grid, username, number) for number in range(doors)]
    _enter(officer, [member for home in homes for member in home.members])
    _join(officer, homes)
    due = datetime.now(UTC) + timedelta(days=3)
    opened = _done(officer, "rounds", {"area": COUNTY, "number": 1, "due": due.isoformat()})["id"]
    return Town(served, officer, post, grid, opened, homes)


def _device(served: Served, post: str, title: str) -> tuple[str, str]:
    body = {"title": title, "role": "grid_worker", "area": COUNTY, "post": post}
    made = _done(served.administrator.browser, "devices", body)
    return made["url"], made["device"]


def _enrol(served: Served, url: str) -> None:
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    x, y = (base64.urlsafe_b64encode(n.to_bytes(32)).decode().rstrip("=") for n in (numbers.x, numbers.y))
    key = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    _done(Browser(served.url), "devices/enrol", {"code": url.partition("#enrol=")[2], "public_key": key})


def _home(officer: Browser, grid: str, town: str, number: int) -> Home:
    door = f"{number // 4 + 1}0{number % 4 + 1}"
    body = {"community": COMMUNITY, "grid": grid, "building": f"{town}栋", "unit": "1单元", "door": door, "expected": 2}
    id = _done(officer, "households", body)["id"]
    names = [f"{SURNAMES[number % len(SURNAMES)]}{given}{number}" for given in ("小明", "秀英")]
    return Home(id, door, [(str(uuid4()), name) for name in names])


def _enter(officer: Browser, people: Sequence[tuple[str, str]]) -> None:
    sent = [{"id": id, "name": name, "area": COMMUNITY, "data_class": "screening"} for id, name in people]
    told = _done(officer, "people", {"people": sent})
    assert told["entered"] == len(people), told


def _join(officer: Browser, homes: Sequence[Home]) -> None:
    facts = [
        _fact("household.member_joined", home.id, COMMUNITY, {"person": person})
        for home in homes
        for person, _ in home.members
    ]
    _append(officer, facts)


def _fact(kind: str, subject: str, area: str, data: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()), "kind": kind, "version": 1, "subject": subject, "area": area,
        "observed_at": datetime.now(UTC).isoformat(), "data": data,
    }  # fmt: skip


def _append(officer: Browser, facts: list[dict[str, Any]]) -> None:
    told = _done(officer, "facts", facts)
    assert len(told["appended"]) == len(facts), told


def _done(officer: Browser, path: str, body: Any) -> Any:
    answer = officer.post(path, body)
    assert answer.status == 200, (path, answer)
    return answer.body
