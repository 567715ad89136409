"""What lies in the database while routes are tried: the same things in the viewers' own division and in another, some
entered by the viewer and some by somebody else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

import orjson

from lianfang.access.matrix import data_classes
from lianfang.access.rows import seeing_all
from lianfang.accounts import service as accounts
from lianfang.accounts.devices import make as make_device
from lianfang.accounts.models import Appointment
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity import looks
from lianfang.identity import service as vault
from lianfang.identity.facts import Act
from lianfang.identity.models import Holding
from tests.access.made import FOREIGN, MISSING, NOON, OWN, received, viewer

AUTHOR, OTHER = "author-1", "author-2"
"""The viewer of trials, and somebody else of the same role."""
_ids: dict[tuple[str, str, str], UUID] = {}
ONE = {"name": "欧阳测试", "documents": [{"kind": "passport", "number": "E12345678", "country": "CHN"}]}
"""Everybody has the same name and document, so that one search would find all."""


class Spot(NamedTuple):
    """Where a thing lies and who has entered it."""

    area: str
    author: str

    def id(self, what: str) -> UUID:
        """The id of the thing of this kind that lies here: another in each world, since what is erased stays so."""
        return _ids.setdefault((self.area, self.author, what), uuid4())

    def known_as(self, what: str, id: UUID) -> None:
        """Gives the thing of this kind an id that follows from what it is."""
        _ids[self.area, self.author, what] = id

    def __str__(self) -> str:
        return f"{'own' if self.area == OWN else 'foreign'} division, {'own' if self.author == AUTHOR else 'not own'}"


SPOTS = tuple(Spot(area, author) for area in (OWN, FOREIGN) for author in (AUTHOR, OTHER))
NOWHERE = Spot(MISSING, "nobody")
"""A place where nothing lies."""


class World(NamedTuple):
    """Ids that the database gave, by spot."""

    holdings: dict[tuple[Spot, str], UUID]
    accounts: dict[Spot, UUID]
    appointments: dict[Spot, UUID]
    devices: dict[Spot, UUID]
    asides: dict[Spot, int]
    glasses: dict[Spot, UUID]


def make() -> World:
    """Fills an empty database."""
    from tests.access import (
        attachment_probes,
        bed_probes,
        burden_probes,
        case_probes,
        command_probes,
        contact_probes,
        errand_probes,
        finding_probes,
        gate_probes,
        hands_probes,
        isolation_probes,
        issue_probes,
        library_probes,
        list_probes,
        place_probes,
        plan_probes,
        press_probes,
        production_probes,
        screening_probes,
        signal_probes,
        stock_probes,
        triage_probes,
        work,
    )

    _ids.clear()
    world = World({}, {}, {}, {}, {}, {})
    for area in (OWN, FOREIGN):
        log.append([received(area)], principal=viewer("duty_officer").principal)
    for spot in SPOTS:
        _people(spot, world)
        _accounts(spot, world)
        _asides(spot, world)
        _looks(spot, world)
        work.lie(spot)
        attachment_probes.lie(spot)
        bed_probes.lie(spot)
        burden_probes.lie(spot)
        case_probes.lie(spot)
        contact_probes.lie(spot)
        gate_probes.lie(spot)
        command_probes.lie(spot)
        hands_probes.lie(spot)
        isolation_probes.lie(spot)
        errand_probes.lie(spot)
        finding_probes.lie(spot)
        issue_probes.lie(spot)
        press_probes.lie(spot)
        library_probes.lie(spot)
        list_probes.lie(spot)
        place_probes.lie(spot)
        plan_probes.lie(spot)
        screening_probes.lie(spot)
        signal_probes.lie(spot)
        triage_probes.lie(spot)
        stock_probes.lie(spot)
        production_probes.lie(spot)
    return world


def person(spot: Spot, what: str = "person", data_class: str = "screening") -> dict[str, object]:
    """A person as sent."""
    return {"id": str(spot.id(what)), **ONE, "area": spot.area, "data_class": data_class, "since": "2020-01-27"}


def _people(spot: Spot, world: World) -> None:
    author = viewer("epidemiologist", spot.area, author=spot.author)
    people = [(row, person(spot, what)) for row, what in enumerate(("person", "twin", "condemned"), 1)]
    receipt = vault.enter(author, people, now=NOON)
    assert (receipt.entered, receipt.faults) == (3, []), receipt
    with seeing_all():
        for data_class in ALSO:
            for what in ("person", "condemned"):
                hold(spot.id(what), spot.area, spot.author, data_class)
        for one in Holding.objects.filter(subject=spot.id("person")):
            world.holdings[spot, one.data_class] = one.id


ALSO = ("checkpoint", "delivery", "counselling")
"""With these, everybody is of a class that each role meets."""


def hold(subject: UUID, area: str, author: str, data_class: str) -> UUID:
    """A further reason, whoever may give it."""
    made = Holding.objects.create(
        id=uuid4(), subject=subject, area=area, data_class=data_class, basis="consent", author=author, since=NOON.date()
    )
    return made.id


def class_for(role: str, action: str) -> str:
    """A class of data whose people the role meets."""
    met = data_classes(viewer(role), action)
    return next((one for one in ("screening", *ALSO) if one in met), "screening")


def _accounts(spot: Spot, world: World) -> None:
    administrator = viewer("administrator", spot.area, author=spot.author)
    name = f"{spot.area}.{spot.author}"
    account = accounts.create(administrator, name, name, spot.area)
    accounts.appoint(administrator, account.id, "grid_worker", spot.area, None)
    world.accounts[spot] = account.id
    world.appointments[spot] = Appointment.objects.get(account=account).id
    world.devices[spot] = make_device(
        administrator, title=name, role="checkpoint_staff", area=spot.area, post="p-1", shift_from=None, shift_to=None
    )[0].id


def _asides(spot: Spot, world: World) -> None:
    bad = received(spot.area).model_dump(mode="json", exclude={"author", "device"})
    bad["data"] = {"no": "such field"}
    sender = viewer("county_duty_officer", spot.area, author=spot.author)
    told = log.append_json(orjson.dumps([bad]), principal=sender.principal, area=spot.area)
    assert told[0].status == "set_aside"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM fact_set_aside")
        world.asides[spot] = cursor.fetchone()[0]


def _looks(spot: Spot, world: World) -> None:
    looker = viewer("epidemiologist", spot.area, author=f"looker-{spot.author}")
    people = [spot.id("person")]
    before = log.head().seq
    looks.record(looker, people, ["name"], Act.DISPLAY, "case_investigation", now=NOON)
    looks.record(looker, people, ["name"], Act.DISPLAY, "case_investigation", "wrong person in the ward", now=NOON)
    broken = [entry.fact for entry in log.read(before, kinds=["identity.glass_broken"])]
    world.glasses[spot] = broken[0].id


def a_fact(spot: Spot) -> Fact:
    """A notice to append."""
    return received(spot.area, day=20)


BORN = date(1980, 1, 1)
