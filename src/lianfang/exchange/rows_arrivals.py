"""A row of a manifest as an arrival. Pure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.capabilities.checkpoints.facts import ArrivalListed, Conveyance
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
    if arrived > now:
        made.faults.append(fault(row, "arrived", "in_future"))
        return made
    data = ArrivalListed(
        person=made.person, conveyance=Conveyance(said.get("conveyance", Conveyance.FLIGHT)),
        number=said.get("number"), arrived=arrived, came_from=said.get("came_from"),
        destination=said.get("destination", made.area), key_person=said.get("key_person", False), batch=listed,
    )  # fmt: skip
    maker = Maker(listed, row, made.subject, made.area)
    maker.add(data, arrived, 0)
    made.facts = maker.made
    return made
