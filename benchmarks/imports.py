"""A line list of 100,000 named cases imported, and sent again: every row told from those in the list and in the record.

The limit is the file read by the csv module and copied, as the owner, into one table with a unique index on the number:
no date read, nothing checked, nobody looked up, nothing sealed, no fact, no register.
"""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

ROWS, TWICE = 100_000, 1_000
PROVINCE = "530000"
NOW = datetime(2020, 4, 1, 1, tzinfo=UTC)
TITLES = (
    "病例编号", "姓名", "性别", "年龄", "证件号码", "电话", "区划代码", "发病日期", "首诊日期", "确诊日期",
    "入院日期", "治愈出院日期", "临床严重程度", "症状", "感染时段",
)  # fmt: skip
SEVERITIES, SYMPTOMS = ("轻型", "普通型", "重型", "危重型"), ("发热", "咳嗽", "乏力", "咽痛", "腹泻")


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.app.settings"
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        current.prepare()
        import django

        django.setup()
        databases.migrate(database)
        body = _list()
        limit = ROWS / _copied(database, body)
        first, first_cpu, taken = _imported(body)
        again, again_cpu, out = _imported(body)
        assert (taken, out) == (ROWS - TWICE, ROWS), (taken, out)
        return [
            _row(f"import {ROWS:,} named cases, {TWICE:,} of them twice", first, first_cpu, limit),
            _row(f"the same list again: {ROWS:,} found in the record", again, again_cpu, limit),
        ]
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _row(claim: str, seconds: float, cpu: float, limit: float) -> dict[str, Any]:
    ours = ROWS / seconds
    return {
        "claim": claim,
        "ours": f"{ours:,.0f} rows/s ({seconds:.0f} s; {ROWS / cpu:,.0f} for each second of its processor)",
        "peer": f"bare copy of the file {limit:,.0f} rows/s",
        "ratio": ours / limit,
        "target": "≥ 500 rows/s",
        "met": ours >= 500,
    }


def _list() -> bytes:
    """Cases of the counties of a province; the last rows repeat numbers of the first."""
    from stdnum.cn import ric

    from lianfang.places.gazetteer import Gazetteer

    chance, gazetteer = random.Random(20200401), Gazetteer.load()
    counties = [county.code for above in gazetteer.children(PROVINCE) for county in gazetteer.children(above.code)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TITLES)
    for n in range(ROWS):
        at = n if n < ROWS - TWICE else n - (ROWS - TWICE)
        area = counties[at % len(counties)]
        onset = date(2020, 1, 1) + timedelta(days=at % 60)
        born = f"{1930 + at % 80}{at % 12 + 1:02d}{at % 28 + 1:02d}"
        number = f"{area}{born}{at // len(counties) % 1000:03d}"
        ends = [onset + timedelta(days=days) for days in (1, 3, 4, 20)]
        writer.writerow(
            [
                f"C{at:06d}", f"测{chr(0x4E00 + at % 20_000)}{chr(0x4E00 + at // 20_000)}", "男女"[at % 2], at % 90,
                number + ric.calc_check_digit(number + "0"), f"13{at:09d}", area, onset.isoformat(),
                *(f"{day:%Y/%m/%d}" for day in ends), chance.choice(SEVERITIES),
                "、".join(chance.sample(SYMPTOMS, 2)),
                f"{onset - timedelta(9):%d-%b-%Y} to {onset - timedelta(4):%d-%b-%Y}",
            ]
        )  # fmt: skip
    return out.getvalue().encode()


def _copied(database: Database, body: bytes) -> float:
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        columns = ", ".join(f"c{n} text" for n in range(len(TITLES)))
        cursor.execute(f"CREATE TABLE bare ({columns}, line int)")
        cursor.execute("CREATE UNIQUE INDEX ON bare (c0, line)")
        owner.commit()
        began = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for n, line in enumerate(csv.reader(io.StringIO(body.decode()))):
                copy.write_row([*line, n])
        owner.commit()
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
        owner.commit()
    return took


def _imported(body: bytes) -> tuple[float, float, int]:
    """Seconds of an import with looking at the file, by the clock and of this process's processor (the database's not
    among them); and the cases taken, or left out where there was none."""
    from lianfang.access.viewer import Viewer
    from lianfang.exchange import service
    from lianfang.exchange.layout import ListKind
    from lianfang.identity.sheets import CSV_TYPE
    from lianfang.places.queries import subtree_range

    viewer = Viewer("bench", "bench", "epidemiologist", PROVINCE, *subtree_range(PROVINCE))
    began, cpu = time.perf_counter(), time.process_time()
    seen = service.preview(viewer, body, CSV_TYPE, ListKind.CASES, now=NOW)
    mapping = seen.mapping.model_copy(update={"constants": {"disease": "ncov-2020", "class": "confirmed"}})
    row = service.start(viewer, UUID(str(seen.list.id)), mapping, dry=False, here=True)
    assert row.state == "done" and not row.refused, (row.state, row.why, row.refused)
    return time.perf_counter() - began, time.process_time() - cpu, row.taken or row.left_out
