"""Grids, households, rounds and visits that lie in the world of trials, and how each of their routes is asked for them.
Sums, rounds and the phones' bundle, which everybody has of his own, are tried by tests of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lianfang.accounts import clock
from lianfang.capabilities.screening import facts as kinds
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def place(spot: Spot, number: int) -> str:
    """A community of a spot's own."""
    return f"{spot.area}{1 if spot.author.endswith('1') else 2}0{number}"


def lie(spot: Spot) -> None:
    """Two grids of whoever has entered them: one whose round can be closed, and one of which a household is missing."""
    begins = clock.now() - timedelta(hours=2)

    def fact(subject: str, data: FactData, area: str, minutes: int) -> Fact:
        at = begins + timedelta(minutes=minutes)
        return Fact.of(data, id=log.new_id(), subject=spot.id(subject), area=area, observed_at=at)

    mine = []
    for number, what in enumerate(("visited", "missing"), 1):
        area = place(spot, number)
        spot.known_as(f"{what} grid", kinds.grid_id(area, what))
        spot.known_as(f"{what} home", kinds.household_id(area, None, None, "101"))
        spot.known_as(f"{what} round", kinds.round_id(area, 1))
        home = kinds.HouseholdRegistered(community=area, grid=spot.id(f"{what} grid"), door="101")
        mine += [
            fact(f"{what} grid", kinds.GridRegistered(community=area, name=what), area, 0),
            fact(f"{what} grid", kinds.GridAssigned(to=spot.author, begins=begins), area, 1),
            fact(f"{what} home", home, area, 2),
            fact(f"{what} home", kinds.MemberJoined(person=spot.id("person")), area, 3),
            fact(f"{what} round", kinds.RoundOpened(number=1, due=begins + timedelta(days=1)), area, 4),
        ]
    seen = kinds.Seen(person=spot.id("person"), result="well")
    visit = kinds.Visited(round=spot.id("visited round"), outcome="met", members=(seen,), evidence="qr", form=1)
    mine.append(fact("visited home", visit, place(spot, 1), 5))
    outcomes = log.append(mine, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def screening_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def told(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in {row["id"] for row in rows}

        return given

    def of(**body: Any) -> Any:
        return lambda w, s, r: Asked(body={name: its(w, s) if callable(its) else its for name, its in body.items()})

    grids = lambda w, s: [str(s.id("visited grid"))]  # noqa: E731  # a field of a body
    account = lambda w, s: str(w.accounts.get(s, "nobody"))  # noqa: E731
    first = lambda w, s: place(s, 1)  # noqa: E731
    due = (clock.now() + timedelta(days=2)).isoformat()
    today = timedelta(hours=8)
    api = "/api/v1"
    return {
        f"POST {api}/households/list": Probe(lambda w, s, r: Asked(), told("households", "visited home")),
        f"GET {api}/households/{{id}}": Probe(to("visited home"), done),
        f"POST {api}/households": Probe(
            of(community=first, grid=lambda w, s: str(s.id("visited grid")), door="102"), done, by_author=False
        ),
        f"POST {api}/households/import": Probe(
            lambda w, s, r: Asked(body={"rows": [{"community": place(s, 1), "grid": "visited", "door": "9"}]}),
            lambda a, w, s: a.status_code == 200 and a.json()["added"] == 1,
            by_author=False,
        ),
        f"GET {api}/grids": Probe(lambda w, s, r: Asked(), told("grids", "visited grid")),
        f"GET {api}/grids/{{id}}": Probe(to("visited grid"), done),
        f"POST {api}/grids": Probe(of(community=first, name="new"), done, by_author=False),
        f"POST {api}/grids/assign": Probe(of(grids=grids, to=account), done, by_author=False),
        f"POST {api}/grids/hand-over": Probe(
            of(giver=lambda w, s: s.author, to=account, grids=grids), done, by_author=False
        ),
        f"POST {api}/rounds": Probe(of(area=lambda w, s: s.area, number=9, due=due), done, by_author=False),
        f"POST {api}/rounds/{{id}}/close": Probe(to("visited round"), done, by_author=False),
        f"GET {api}/coverage/missing": Probe(
            lambda w, s, r: Asked(query={"round": str(s.id("missing round"))}), told("households", "missing home")
        ),
        f"POST {api}/screening/report": Probe(
            of(area=first, day=(clock.now() - timedelta(hours=2) + today).date().isoformat()), done, by_author=False
        ),
    }
