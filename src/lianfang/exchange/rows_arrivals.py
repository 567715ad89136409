"""A row of a manifest as an arrival, by the rules of arrivals."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from lianfang.capabilities.checkpoints.facts import ArrivalListed, Conveyance
from lianfang.capabilities.checkpoints.rules import is_key
from lianfang.capabilities.checkpoints.service import AHEAD_DAYS, Listing, arrival_id
from lianfang.exchange.cells import Told
from lianfang.exchange.drafts import NOON, ZONE, Draft, Maker, id_of
from lianfang.exchange.faults import fault


def draft(listed: UUID, told: Told, now: datetime) -> Draft:
    """The arrival of a row. Everybody on a manifest is somebody: without a name, one who is not known by name here."""
    said, row = told.said, told.row
    made = Draft(row, id_of(listed, row, "arrival"), said.get("area", ""), number=said.get("number", ""))
    made.faults, made.person = list(told.faults), id_of(listed, row, "person")
    if not made.good:
        return made
    arrived = said["arrived"]
    if not isinstance(arrived, datetime):
        arrived = datetime.combine(arrived, NOON, ZONE)
    elif arrived.tzinfo is None:
        arrived = arrived.replace(tzinfo=ZONE)
    if arrived > now + timedelta(days=AHEAD_DAYS):
        made.faults.append(fault(row, "arrived", "in_future"))
        return made
    came_from, made.area = said.get("came_from"), said.get("destination", made.area)
    key = said.get("key_person", is_key(came_from, arrived))
    data = ArrivalListed(
        person=made.person, conveyance=Conveyance(said.get("conveyance", Conveyance.FLIGHT)),
        number=said.get("number"), arrived=arrived, came_from=came_from, destination=made.area, key_person=key,
        batch=listed,
    )  # fmt: skip
    maker = Maker(listed, row, made.subject, made.area)
    maker.add(data, now, 0)
    made.facts = maker.made
    return made


def id_in_record(made: Draft) -> UUID:
    """The id that the arrival of a row has, whoever lists it."""
    data = made.facts[0].data
    assert isinstance(data, ArrivalListed)
    return arrival_id(
        Listing(made.row, data.person, data.conveyance, data.number, data.arrived, data.came_from, data.destination)
    )
