"""A fever clinic and who comes to its door, for trials of triage, by way of the routes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.gates.made import DOCTOR, WUHUA, Desk

CLINIC = {
    "name": "五华区人民医院发热门诊", "kind_of": "clinic", "place_type": "fever_clinic", "town": f"{WUHUA}001",
    "lead": "五华区人民医院", "telephone": "0871-65324888",
}  # fmt: skip


def a_clinic(desk: Desk, **other: Any) -> str:
    """A fever clinic that is open."""
    return str(desk.done("/posts", {**CLINIC, **other})["id"])


def someone(clinic: str, **told: Any) -> dict[str, Any]:
    """Somebody with a fever and an epidemiological history, as sent."""
    body = {
        "id": str(uuid4()), "clinic": clinic, "came": "walk_in", "way": "fever_clinic", "temp_c": 38.4,
        "symptoms": ["fever", "cough"], "history": "present", "items": ["travel"],
    }  # fmt: skip
    return {**body, **told}


def arrives(desk: Desk, clinic: str, **told: Any) -> str:
    """Somebody who came."""
    return str(desk.done("/triage", someone(clinic, **told), DOCTOR)["id"])


def queue(desk: Desk, who: Any = DOCTOR, **asked: Any) -> list[dict[str, Any]]:
    """The visits as the board has them."""
    visits: list[dict[str, Any]] = desk.seen("/triage", who, **asked)["visits"]
    return visits
