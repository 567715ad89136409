"""The made people of the demonstration, from ``people.toml``."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Final
from uuid import UUID, uuid5

_NAMES: Final = UUID("0f2f6f1e-2f0b-5b7e-8d3c-9e7a4f1c2d60")
FIRST_DAY: Final = "2020-01-28"
"""The day of the demonstration's notices."""


def people() -> list[dict[str, Any]]:
    """The people as ``identity.service.enter`` takes them, each under the id that it always has."""
    text = resources.files("lianfang.app.demo").joinpath("people.toml").read_text("utf-8")
    return [_person(row) for row in tomllib.loads(text)["person"]]


def _person(row: dict[str, str]) -> dict[str, Any]:
    number, phone = row.pop("document", ""), row.pop("phone")
    documents = [{"kind": "passport", "country": "UTO", "number": number}] if number else []
    told = {"documents": documents, "phones": [phone], "basis": "infectious_disease", "since": FIRST_DAY}
    return {"id": uuid5(_NAMES, phone), "kind": "person", **row, **told}
