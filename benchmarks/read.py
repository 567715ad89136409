"""Reading notices: how many a second on one core, beside one plain regular expression over the same texts.

The texts are the real notices of the reference folder (``LIANFANG_SHARED``, or ``shared`` beside the project) where it
is present, else notices made here in the same forms and lengths.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.places.gazetteer import Gazetteer

TARGET = 300  # notices a second on one core
PLAIN = re.compile(
    r"累计(?:报告)?[^，。；\d]{0,30}?确诊(?:病例)?\s*(\d+)\s*例|新增[^，。；\d]{0,30}?确诊(?:病例)?\s*(\d+)\s*例"
)
_CITIES = ["昆明市", "曲靖市", "玉溪市", "保山市", "昭通市", "丽江市", "普洱市", "临沧市", "楚雄州", "红河州", "大理州"]


def notices() -> list[tuple[str, datetime, str | None]]:
    """Texts with their time of publication and title."""
    folder = Path(os.environ.get("LIANFANG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    path = folder / "data" / "d_bulletins" / "dxy_bulletins_dev.jsonl"
    if not path.exists():
        return made()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(r["text"], datetime.fromisoformat(r["pub_time"]).replace(tzinfo=CIVIL_TIME), r["title"]) for r in rows]


def made(count: int = 1000) -> list[tuple[str, datetime, str | None]]:
    """Notices of a province in 2020: a window, totals and, in half of them, a breakdown."""
    dice = random.Random(20200128)
    found: list[tuple[str, datetime, str | None]] = []
    for _ in range(count):
        day, new, total = dice.randint(2, 28), dice.randint(0, 60), dice.randint(60, 900)
        text = (
            f"2020年2月{day}日0-24时，云南省报告新型冠状病毒肺炎新增确诊病例{new}例，"
            f"新增治愈出院病例{dice.randint(0, 9)}例。"
            f"截至2月{day}日24时，全省累计报告确诊病例{total}例，现有重症病例{dice.randint(0, 9)}例，无死亡病例。"
        )
        if dice.random() < 0.5:
            parts = "、".join(f"{city}{dice.randint(1, 40)}例" for city in dice.sample(_CITIES, dice.randint(3, 11)))
            text += f"其中，{parts}。目前追踪到密切接触者{dice.randint(100, 9999)}人，"
            text += f"尚有{dice.randint(1, 99)}人正在接受医学观察。"
        found.append((text, datetime(2020, 3, 1, 9, tzinfo=CIVIL_TIME), None))
    return found


def run() -> list[dict[str, Any]]:
    """One row: notices read a second, the best of three passes, in CPU time of one core."""
    gazetteer = Gazetteer.load()
    texts = notices()
    for text, published, title in texts[:50]:
        read(text, gazetteer=gazetteer, published_at=published, title=title)
    ours = max(_rate(lambda: _read_all(texts, gazetteer), len(texts)) for _ in range(3))
    plain = max(_rate(lambda: [PLAIN.findall(text) for text, _, _ in texts], len(texts)) for _ in range(3))
    return [
        {
            "claim": f"notices read a second on one core ({len(texts)} notices)",
            "ours": f"{round(ours):,}/s",
            "peer": f"{round(plain):,} by one plain regular expression",
            "ratio": round(ours / plain, 4),
            "target": f"≥ {TARGET}/s",
            "met": ours >= TARGET,
        }
    ]


def _read_all(texts: list[tuple[str, datetime, str | None]], gazetteer: Gazetteer) -> None:
    for text, published, title in texts:
        read(text, gazetteer=gazetteer, published_at=published, title=title)


def _rate(work: Any, count: int) -> float:
    began = time.process_time()
    work()
    return float(count / (time.process_time() - began))


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
