"""What the guard and the two locks add to a list and to a count, beside the same queries without them, in the same run.

A million reasons for holding persons (rows of ``identity_holding``) lie over the country's counties, twenty thousand
of them in one. With: the guard finds the route's action, a transaction names the range of divisions, the query narrows
by it, and PostgreSQL's policy does so again. Without: the owner of the tables, whom no policy binds, asks for the same
rows by the same index, outside of a transaction. One after the other, in pairs; of each side the lower quartile, since
whatever else the machine does only adds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

import psycopg

from lianfang.app import database as databases

ROWS, IN_ONE_COUNTY = 1_000_000, 20_000
COUNTY, PROVINCE = "530102", "530000"
PAGE, PAIRS, BEFORE = 50, 400, 40
MOST_ADDED_MS, MOST_RATIO = 1.0, 2.0

FILL = """
INSERT INTO identity_holding (id, subject, area, data_class, basis, author, since)
SELECT gen_random_uuid(), gen_random_uuid(),
       CASE WHEN n <= %(county_rows)s THEN %(county)s ELSE areas[1 + n %% cardinality(areas)] END,
       'screening', 'cyberspace_notice', 'author-' || n %% 1000, '2020-01-27'
FROM generate_series(1, %(rows)s) n, (SELECT %(areas)s::text[] AS areas) counties
"""
LIST = "{} ORDER BY area USING ~<~, subject LIMIT " + str(PAGE)


class Asked(NamedTuple):
    """A query of both sides."""

    claim: str
    area: str
    list: bool


QUERIES = (
    Asked("list of 50 of 1,000,000 rows, of a county", COUNTY, True),
    Asked("list of 50 of 1,000,000 rows, of a province", PROVINCE, True),
    Asked("count over a county of 20,000 rows", COUNTY, False),
)


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.app.settings"
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        import django

        django.setup()
        databases.migrate(database)
        _fill(database.owner_url)
        from django.db import connections

        connections.databases["owner"] = {
            **connections["default"].settings_dict,
            **databases.django_settings(database.owner_url),
        }
        return [_measured(asked) for asked in QUERIES]
    finally:
        from django.db import connections

        for alias in connections:
            databases.leave(connections[alias])
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(owner_url: str) -> None:
    from lianfang.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    found = (gazetteer.division(code) for code in list(gazetteer.codes()))
    counties = [d.code for d in found if d and d.level == "county" and d.valid_to is None]
    values = {"county": COUNTY, "county_rows": IN_ONE_COUNTY, "areas": counties, "rows": ROWS}
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(FILL, values)
        owner.execute("VACUUM ANALYZE identity_holding")


def _measured(asked: Asked) -> dict[str, Any]:
    with_locks, without = _locked(asked), _open(asked)
    assert with_locks() == without()
    for _ in range(BEFORE):
        with_locks()
        without()
    pairs = [(_ms(with_locks), _ms(without)) for _ in range(PAIRS)]
    ours, peer = (quantiles(times)[0] for times in zip(*pairs, strict=True))
    added = ours - peer
    if asked.list:
        target, met = f"≤ {MOST_ADDED_MS:g} ms added", added <= MOST_ADDED_MS
    else:
        target, met = f"≤ {MOST_RATIO:g}× of without", ours / peer <= MOST_RATIO
    return {
        "claim": f"guard and row-level security: {asked.claim}",
        "ours": f"{ours:.2f} ms ({added:+.2f})",
        "peer": f"{peer:.2f} ms without",
        "ratio": ours / peer,
        "target": target,
        "met": met,
    }


def _locked(asked: Asked) -> Callable[[], Any]:
    """The query as a route asks it: guard, range, narrowed rows."""
    from django.http import HttpResponse
    from django.test import RequestFactory
    from django.urls import resolve

    from lianfang.access.guard import Guard
    from lianfang.access.rows import seeing, visible
    from lianfang.access.viewer import Viewer
    from lianfang.identity.models import Holding
    from lianfang.places.queries import subtree_range

    viewer = Viewer("author-1", "desk", "epidemiologist", asked.area, *subtree_range(asked.area))
    guard, factory = Guard(lambda request: HttpResponse()), RequestFactory()
    request = factory.post("/api/v1/people/list")
    request.viewer, request.resolver_match = viewer, resolve("/api/v1/people/list")

    def ask() -> Any:
        assert guard.process_view(request) is None
        with seeing(viewer, "people.list"):
            return _result(asked, visible(viewer, "people.list", Holding.objects.all()))

    return ask


def _open(asked: Asked) -> Callable[[], Any]:
    """The same rows without guard, transaction and policy."""
    from lianfang.identity.models import Holding
    from lianfang.places.queries import subtree_range

    area_from, area_to = subtree_range(asked.area)

    def ask() -> Any:
        rows = Holding.objects.using("owner").filter(area__bytes_from=area_from, area__bytes_before=area_to)
        return _result(asked, rows)

    return ask


def _result(asked: Asked, rows: Any) -> Any:
    from django.db import connections

    if not asked.list:
        return rows.count()
    query, values = rows.query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(LIST.format(query), values)
        return cursor.fetchall()


def _ms(ask: Callable[[], Any]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000
