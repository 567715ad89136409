"""People who do not exist, and the search for any trace of them in bytes, however they were written down."""

from __future__ import annotations

import base64
import json
import mmap
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

# Rare words, so that nothing else holds them. The numbers have right check digits and belong to nobody: births of 1907
# were numbered by no one.
PEOPLE: Final[list[dict[str, Any]]] = [
    {
        "name": "龚鸢霏琬",
        "sex": "female",
        "birth_date": "1907-03-29",
        "documents": [{"kind": "resident_id", "country": "CHN", "number": "532625190703290442"}],
        "phones": ["13902718281"],
        "address": "青鸾巷九百零七号猫头鹰楼三单元",
    },
    {
        "name": "Zebulon Quillfeather",
        "sex": "male",
        "birth_date": "1911-11-23",
        "documents": [{"kind": "passport", "country": "GBR", "number": "ZQX7531908"}],
        "phones": ["+44 7911 123907"],
        "address": "907 Owlparliament Mews",
    },
    {
        "name": "𠮷岑·阿依努尔",
        "sex": "female",
        "birth_date": "1909-12-07",
        "documents": [],
        "phones": ["13902718299"],
        "address": "霜降胡同零零九之一",
    },
]
NOTE: Final = "她说猫头鹰口信藏在腌菜坛子里"
COUNSELLING: Final = "夜里反复梦见纸鸢折翼而惊醒"
STATEMENT: Final = "我在登记那日并未经过鹧鸪渡口"
REASON: Final = "急寻龚鸢霏琬，其女在鹧鸪渡口走失"
STRANGER: Final = "诸葛霁月狸"
"""A name that is typed where none belongs: as a user name, in a fact, in an address."""


class Needle(NamedTuple):
    what: str
    form: str
    bytes: bytes


def words() -> list[str]:
    """What must be found nowhere: whole values, and the parts that are rare by themselves."""
    found = [NOTE, COUNSELLING, STATEMENT, REASON, STRANGER, "鸢霏琬", "猫头鹰口信", "鹧鸪渡口", "Quillfeather"]
    for person in PEOPLE:
        found += [person["name"], person["address"], person["birth_date"], person["birth_date"].replace("-", "")]
        found += [document["number"] for document in person["documents"]]
        found += [phone.replace(" ", "") for phone in person["phones"]] + person["phones"]
    return sorted(set(found))


def forms(word: str) -> Iterator[tuple[str, bytes]]:
    """A word as it may have been written: plain, in other encodings, escaped, in hexadecimal and base 64."""
    plain = word.encode()
    yield "utf-8", plain
    yield "utf-8 in capitals", word.upper().encode()
    yield "utf-8 in small letters", word.lower().encode()
    for encoding in ("utf-16-le", "utf-16-be", "gb18030"):
        yield encoding, word.encode(encoding)
    yield "json", json.dumps(word)[1:-1].encode()
    yield "python", word.encode("unicode_escape")
    yield "repr of bytes", repr(plain)[2:-1].encode()
    yield "octal", "".join(f"\\{byte:03o}" if byte > 126 else chr(byte) for byte in plain).encode()
    yield "address", quote(word).encode()
    yield "address in small letters", quote(word).lower().encode()
    yield "html", word.encode("ascii", "xmlcharrefreplace")
    yield "hexadecimal", plain.hex().encode()
    yield "hexadecimal in capitals", plain.hex().upper().encode()
    for shift in range(3):  # where in a group of three bytes it begins
        whole = base64.b64encode(b"\0" * shift + plain)
        kept = whole[-(-shift * 4 // 3) : len(whole) - 4]
        if len(kept) >= 8:
            yield f"base 64, {shift}", kept
            yield f"base 64 for addresses, {shift}", kept.translate(bytes.maketrans(b"+/", b"-_"))


def needles() -> list[Needle]:
    """Every word in every form; a form that other words' forms contain is left out."""
    return [Needle(word, form, raw) for word in words() for form, raw in dict(forms(word)).items() if len(raw) >= 6]


class Search:
    """Looks for every needle."""

    def __init__(self) -> None:
        self.names: dict[bytes, Needle] = {}
        for needle in needles():
            self.names.setdefault(needle.bytes, needle)

    def bytes(self, where: str, raw: bytes | mmap.mmap) -> list[str]:
        """Where which needle was found, and in which form: the first place of each."""
        places = ((raw.find(sought), needle) for sought, needle in self.names.items())
        return [f"{where} at {at}: {needle.what} ({needle.form})" for at, needle in places if at >= 0]

    def text(self, where: str, text: str) -> list[str]:
        return self.bytes(where, text.encode("utf-8", "surrogatepass"))

    def files(self, files: Iterable[Path]) -> list[str]:
        """The files' bytes; of compressed ones the content too."""
        found = []
        for file in files:
            if not file.is_file() or file.stat().st_size == 0:
                continue
            with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                found += self.bytes(str(file), mapped)
                if mapped[:2] in (b"\x1f\x8b", b"x\x9c"):
                    found += self.bytes(f"{file}, unpacked", zlib.decompress(mapped[:], 47))
        return found
