"""The files of a drill as bytes: a day's facts as devices send them, and the head that names all files.

A line of a day's file is one batch of one device: ``{"at", "by", "device", "facts"}`` with the time of receipt, the
account, the device and at most ``LARGEST`` facts in their canonical form; lines are in the order of ``at``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import orjson

from lianfang.capabilities.drills.rules.drill import Account, Drill
from lianfang.capabilities.drills.rules.world import Told

FORMAT: Final = 1
LARGEST: Final = 500
"""Facts of a batch."""
HEAD: Final = "drill.json"
PEOPLE: Final = "people.jsonl"
TRUTH: Final = "truth.jsonl"
FACTS: Final = "facts"


def day_file(day: int) -> str:
    """The name of a day's file within the folder of a drill."""
    return f"{FACTS}/{day:03}.jsonl"


def lines(drill: Drill, told: Iterable[Told]) -> Iterator[tuple[int, str]]:
    """The batches of what is told, by time of sending and device, each with the number of its facts."""
    for (sent, by), its in groupby(sorted(told), itemgetter(0, 1)):
        texts = [one.text for one in its]
        head = f'{{"at":"{drill.text(sent)}","by":"{by}","device":"{by}","facts":['
        for start in range(0, len(texts), LARGEST):
            batch = texts[start : start + LARGEST]
            yield len(batch), f"{head}{','.join(batch)}]}}\n"


def head(drill: Drill, version: str, accounts: list[Account], counts: dict[str, int], digests: dict[str, str]) -> bytes:
    """What ``drill.json`` says; ``version``: of Lianfang; ``digests``: the SHA-256 of every other file by its name."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "name": drill.name,
        "area": drill.area,
        "population": counts["people"],
        "days": drill.days,
        "first_day": drill.first_day,
        "seed": drill.seed,
        "disease": drill.disease,
        "edition": drill.edition,
        "scenario": drill.scenario,
        "version": version,
        "accounts": [one._asdict() for one in accounts],
        "counts": counts,
        "sha256": digests,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
