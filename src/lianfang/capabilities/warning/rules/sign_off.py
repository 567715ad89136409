"""Which forecast it is that somebody signs off: told by its figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

import orjson

_NAMES: Final = UUID("b4c7e0d2-93a1-5e68-8f0b-6d1a52c3e794")


def digest(told: Mapping[str, Any]) -> str | None:
    """SHA-256, in hexadecimal, of the figures of a forecast and of the terms that they were made by (``told`` as
    ``series_told.told``); None where there is none. It follows what is told: cases that come in late and change
    nothing of it leave it as it is."""
    forecast = told["forecast"]
    if forecast["refused"]:
        return None
    said = [told["version"], forecast["levels"], forecast["days"]]
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def last_day(told: Mapping[str, Any]) -> date:
    """The last day that a forecast tells of: afterwards there is nothing in it to quote."""
    return date.fromisoformat(told["forecast"]["days"][-1]["day"])


def forecast_id(area: str, disease: str, as_of: date) -> UUID:
    """What is locked while somebody signs a forecast off."""
    return uuid5(_NAMES, f"{area}|{disease}|{as_of}")
