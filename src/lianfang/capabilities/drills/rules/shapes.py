"""Facts as text with places to fill in, so that millions are written without an object each.

A shape is made from a real fact's fields by the record's own canonical form: what differs from fact to fact is a hole.
Holes are ``%s``: those of text within their quotes, all others as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np
import orjson
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.epi.simulate import dice
from lianfang.facts.fact import Fact, FactData, canonical

_HOLE: Final = re.compile(r'"@(\w+)(@?)"')
_NIBBLES: Final = np.frombuffer(b"0123456789abcdef", np.uint8)
_PLACES: Final = np.array([n for n in range(36) if n not in (8, 13, 18, 23)])
ENVELOPE: Final = ("area", "author", "id", "observed_at", "subject")


class Shape(NamedTuple):
    """``text % values`` is the fact's canonical bytes as text; ``holes`` are the names of the values in their order."""

    text: str
    holes: tuple[str, ...]


def shape(drill: Drill, data: FactData, texts: Sequence[str] = (), others: Sequence[str] = ()) -> Shape:
    """The shape of facts of one kind, with holes in the envelope (``ENVELOPE`` and ``device``) and in those fields of
    ``data`` that are named: ``texts`` are strings, ``others`` any JSON."""
    blank = UUID(int=0)
    fact = Fact.of(data, id=blank, subject=blank, area="0", observed_at=drill.midnight)
    whole = orjson.loads(canonical(fact))
    whole |= {name: f"@{name}@" for name in (*ENVELOPE, "device")}
    whole["data"] |= {name: f"@{name}@" for name in texts} | {name: f"@{name}" for name in others}
    text = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS).decode().replace("%", "%%")
    holes = tuple(found[1] for found in _HOLE.finditer(text))
    return Shape(_HOLE.sub(lambda found: '"%s"' if found[2] else "%s", text), holes)


def ids(seed: int, purpose: str, who: NDArray[np.int64], step: int = 0, nth: int = 0) -> list[str]:
    """The id of each of ``who`` as text: RFC 9562's version 8, of the seed and the purpose."""
    key = dice.key(seed, purpose)
    return texts(_bits(key, who.astype(np.int64), step, nth), 8)


def one_id(seed: int, purpose: str, who: int) -> str:
    """The id of one, as ``ids`` has it: much faster than an array of one."""
    key = dice.key(seed, purpose)
    first, second, third = (int(dice.uniform(key, who, 0, n) * 2.0**53) for n in range(3))
    bits = (first << 11 | third & 0x7FF) << 64 | second << 11 | third >> 42
    bits = bits & ~(0xF << 76) | 8 << 76
    return str(UUID(int=bits & ~(0x3 << 62) | 2 << 62))


def _bits(key: np.uint64, who: NDArray[np.int64], step: int, nth: int) -> NDArray[np.uint8]:
    """128 bits for each, of three draws of 53."""
    first, second, third = ((dice.uniforms(key, who, step, nth + n) * 2.0**53).astype(np.uint64) for n in range(3))
    drawn = np.empty((who.size, 2), ">u8")
    drawn[:, 0] = first << np.uint64(11) | third & np.uint64(0x7FF)
    drawn[:, 1] = second << np.uint64(11) | third >> np.uint64(42)
    return drawn.view(np.uint8).reshape(who.size, 16)


def texts(raw: NDArray[np.uint8], version: int) -> list[str]:
    """UUIDs of 16 bytes each as text, with their version and variant written in."""
    raw = raw.copy()
    raw[:, 6] = raw[:, 6] & 0x0F | version << 4
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    hexed = np.empty((len(raw), 32), np.uint8)
    hexed[:, 0::2], hexed[:, 1::2] = _NIBBLES[raw >> 4], _NIBBLES[raw & 15]
    spelt = np.full((len(raw), 36), ord("-"), np.uint8)
    spelt[:, _PLACES] = hexed
    whole = spelt.tobytes().decode("ascii")
    return [whole[at : at + 36] for at in range(0, len(whole), 36)]


def written(drill: Drill, data: FactData, id: str, subject: str, area: str, minute: int, by: str) -> str:
    """The canonical bytes of one fact, as text: for kinds of which there are few."""
    fact = Fact.of(data, id=UUID(id), subject=UUID(subject), area=area, observed_at=drill.at(minute))
    return canonical(fact, author=by, device=by).decode()
