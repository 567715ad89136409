"""A template of a notice as a poster to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from importlib import resources
from typing import Any

import orjson

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.command.rules.templates import SHEET, Language, filled
from lianfang.capabilities.warning.rules.pack.printed import HAN, LATIN, NoFont, families


def pdf(code: str, spoken: Sequence[Language], areas: Mapping[str, str], day: date, issuer: str, phone: str) -> bytes:
    """A page for each language; ``areas``: the name of the area by language. Raises NoFont where it has Chinese letters
    and no font for them."""
    import typst  # 80 MB: only for who prints

    sheets = [_sheet(code, one, areas, day, issuer, phone) for one in spoken]
    told = orjson.dumps({"sheets": sheets, "fonts": families()}).decode()
    if HAN.search(told) and families()[0] == LATIN:
        raise NoFont(CIVIL_TIME)
    template = resources.files("lianfang.app.channels").joinpath("poster.typ").read_bytes()
    made = int(datetime.combine(day, time(), CIVIL_TIME).timestamp())
    return typst.compile(template, sys_inputs={"poster": told}, timestamp=made)


def _sheet(
    code: str, one: Language, areas: Mapping[str, str], day: date, issuer: str, phone: str
) -> dict[str, Any]:  # fmt: skip
    said = f"{day.year}年{day.month}月{day.day}日" if one.lang == "zh" else day.isoformat()
    given = {"area": areas.get(one.lang, areas["en"]), "issuer": issuer, "date": said, "phone": phone}
    return {
        "lang": one.tag.split("-")[0], **filled(one.text(code), given)._asdict(),
        "phone": one.words[f"{SHEET}.phone"].format_map(given) if phone else "",
        "issued": one.words[f"{SHEET}.issued"].format_map(given),
    }  # fmt: skip
