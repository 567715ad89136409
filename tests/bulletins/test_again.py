"""Notices of many past moments come to the same bytes again: in another process, time zone and hash seed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localdate

from lianfang.access.matrix import operator
from lianfang.app.publication.compose import count
from lianfang.capabilities.bulletins.rules.cutoffs import cutoff, cutoffs
from lianfang.facts import log
from tests.indicators.conftest import Record, _demonstration, record  # noqa: F401

SEED, MOMENTS = 20200224, 50
AREAS = ("530000", "530100", "530102", "530111")
DISEASE = "ncov-2020"
ELSEWHERE = """
import sys, json, hashlib, pathlib, datetime
from lianfang.app.commands import opened
with opened(pathlib.Path(sys.argv[1]), drills=True):
    from lianfang.access.matrix import operator
    from lianfang.app.publication.compose import count
    from lianfang.capabilities.bulletins.rules.cutoffs import cutoff
    now = datetime.datetime.fromisoformat(sys.argv[2])
    for area, day, code, seq in json.loads(sys.stdin.read()):
        day = datetime.date.fromisoformat(day)
        window = cutoff(code).window(day)
        counted = count(operator(), area, window, disease="ncov-2020", now=now, seq=seq)
        print(hashlib.sha256(counted.contents.model_dump_json().encode()).hexdigest())
"""


def test_fifty_notices_are_counted_again_to_the_byte(record: Record, own_home: Path) -> None:  # noqa: F811
    rng, head, today = random.Random(SEED), log.head().seq, localdate(record.now)
    asked = []
    for _ in range(MOMENTS):
        day = today - timedelta(days=rng.randrange(1, 30))
        code = rng.choice(cutoffs()).code
        asked.append((rng.choice(AREAS), day.isoformat(), code, rng.randrange(head // 2, head + 1)))
    told, stating = [], 0
    for area, day, code, seq in asked:
        contents = count(
            operator(), area, cutoff(code).window(today.fromisoformat(day)), disease=DISEASE, now=record.now, seq=seq
        ).contents  # fmt: skip
        told.append(hashlib.sha256(contents.model_dump_json().encode()).hexdigest())
        stating += any(one.n for one in contents.record.figures)
    assert stating > MOMENTS // 3 and len(set(told)) > MOMENTS // 3
    again = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(own_home / "demo"), record.now.isoformat()],
        input=json.dumps(asked), capture_output=True, text=True, check=False,
        env={**os.environ, "TZ": "America/St_Johns", "PYTHONHASHSEED": "17"},
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert again.stdout.split() == told
