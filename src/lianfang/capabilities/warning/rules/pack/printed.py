"""The pack as PDF, set by Typst with the fonts of the system. The same contents give the same bytes."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import cache
from importlib import resources
from typing import Any, Final

import orjson

from lianfang.capabilities.warning.rules.pack.contents import Given, Section, Table, quoting, sections
from lianfang.capabilities.warning.rules.pack.words import LANGS, Words

CHINESE: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei",
    "Noto Serif CJK SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimSun",
)  # fmt: skip
"""Families with Chinese letters, the first that is there is taken."""
LATIN: Final = "Libertinus Serif"
"""Comes with Typst."""
HAN: Final = re.compile("[\u3400-\u9fff]")


class NoFont(LookupError):
    """No family with Chinese letters is installed; ``zh`` and ``en`` say what to do."""

    def __init__(self, zone: tzinfo) -> None:
        self.zh, self.en = (Words(lang, zone)("font") for lang in LANGS)
        super().__init__(self.en)


def pdf(given: Given, w: Words, made_at: datetime) -> bytes:
    """The pack. Raises NoFont where it has Chinese letters and no font for them."""
    import typst  # 80 MB: only for who prints

    fonts = families()
    told = orjson.dumps(_document(given, w, fonts[0])).decode()
    if HAN.search(told) and fonts[0] == LATIN:
        raise NoFont(w.zone)
    template = resources.files("lianfang.capabilities.warning").joinpath("rules/pack/pack.typ").read_bytes()
    return typst.compile(template, sys_inputs={"pack": told}, timestamp=int(made_at.timestamp()))


@cache
def families() -> tuple[str, ...]:
    """The families to set in: one with Chinese letters, where there is one, then the Latin one."""
    import typst

    there = set(typst.Fonts().families())
    return (*[one for one in CHINESE if one in there][:1], LATIN)


def _document(given: Given, w: Words, font: str) -> dict[str, Any]:
    about = w(
        "about", disease=w.of(given.disease), day=w.day(given.as_of), known=w.stamp(given.known_at), seq=given.seq,
        head=given.head,
    )  # fmt: skip
    return {
        "lang": w.lang, "fonts": families(), "title": w("title", area=w.of(given.area)), "about": about,
        "quoting": quoting(given.signed, w), "page": w("page", n="{n}", of="{of}"),
        "sections": [_section(one) for one in sections(given, w, font)],
    }  # fmt: skip


def _section(of: Section) -> dict[str, Any]:
    blocks = [
        one._asdict() if isinstance(one, Table) or one.kind != "drawing" else {**one._asdict(), "alt": of.title}
        for one in of.blocks
    ]
    return {"title": of.title, "blocks": blocks}
