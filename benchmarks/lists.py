"""Lists, searches and cards, as routes answer them, among a million persons, 300,000 cases and 300,000 contacts.

What is asked goes through the guard, both locks, the query, the opening of names and the answer's JSON; signing in,
measured elsewhere, is stood in for. The limit of each is what PostgreSQL needs at the least for the same answer, in the
same run: the rows of the page, or of the card, by their index, as the owner on a bare connection. Some people of one
county are real and can be opened; all others were made in the database. Users of SORMAS report 8 to 54 s a page.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg

from benchmarks import cases, contacts
from lianfang.app import database as databases
from lianfang.sealing import current

PERSONS, CASES, CONTACTS, REAL = 1_000_000, 300_000, 300_000, 2_000
PROVINCE, COUNTY = cases.PROVINCE, cases.COUNTY
ASKED, BEFORE = 60, 5
MOST_MS = 200.0
NOW = datetime(2020, 3, 1, 4, tzinfo=UTC)

_LISTED = "SELECT * FROM {} WHERE area ~>=~ %s AND area ~<~ %s ORDER BY {} LIMIT 50"
_CARD = "SELECT its.*, fact.body FROM {} its JOIN fact ON fact.subject = its.subject WHERE its.subject = %s"
_PEOPLE = (
    "SELECT its.sealed FROM (SELECT subject FROM identity_holding WHERE area ~>=~ %s AND area ~<~ %s "
    "ORDER BY area USING ~<~, subject LIMIT 50) page JOIN identity_subject its ON its.id = page.subject"
)
_PERSON = (
    "SELECT its.sealed, held.* FROM identity_subject its JOIN identity_holding held ON held.subject = its.id "
    "WHERE its.id = %s"
)
_TAGGED = "SELECT its.sealed FROM identity_tag tag JOIN identity_subject its ON its.id = tag.subject WHERE tag.tag = %s"


class Real(NamedTuple):
    """Those who can be opened: people of the county with their documents, its cases and its contacts."""

    people: list[dict[str, Any]]
    cases: list[UUID]
    contacts: list[UUID]


class Asked(NamedTuple):
    """A claim, what is asked for it, and the least statement with each request's values."""

    claim: str
    asks: list[Callable[[], Any]]
    query: str
    values: list[list[Any]]


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
        real = _filled(database.owner_url)
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")
            return [_measured(asked, owner) for asked in _claims(real)]
    finally:
        from django.db import connections

        for alias in connections:
            databases.leave(connections[alias])
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _filled(owner_url: str) -> Real:
    """A province with all of them, nobody but real people in the county."""
    from lianfang.facts.fold import registers

    values = {
        "persons": PERSONS, "cases": CASES, "contacts": CONTACTS, "facts": CASES, "county": COUNTY, "code": COUNTY,
        "disease": cases.DISEASE, "edition": contacts.EDITION, "areas": _areas(),
        "registers": [register.name for register in registers()],
    }  # fmt: skip
    with psycopg.connect(owner_url, autocommit=True, cursor_factory=psycopg.ClientCursor) as owner:
        for statement in (cases._PERSONS, cases._CASES, cases._FACTS, cases._AFTER):
            owner.execute(statement, values)
        for statement in (contacts._CONTACTS, contacts._SPELLS, contacts._EXPOSURES):
            owner.execute(statement, {**values, "county": contacts.IN_COUNTY, "cases": contacts.CASES})
    return Real(_people(), cases._real(), contacts._real())


def _areas() -> list[str]:
    """The other counties of the province."""
    from lianfang.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    counties = [county.code for city in gazetteer.children(PROVINCE) for county in gazetteer.children(city.code)]
    return [code for code in counties if code != COUNTY]


def _people() -> list[dict[str, Any]]:
    """People with documents, entered by the vault's door."""
    from stdnum.cn import ric

    from lianfang.facts import log
    from lianfang.identity import service as vault

    made = []
    for n in range(REAL):
        number = f"5301021970{1 + n % 12:02}{1 + n % 28:02}{n % 1000:03}"
        paper = {"kind": "resident_id", "country": "CHN", "number": number + ric.calc_check_digit(number + "0")}
        made.append(
            {
                "id": str(log.new_id()), "name": f"测试{n}", "area": COUNTY, "data_class": "screening",
                "since": "2020-02-01", "birth_date": str(date(1970, 1 + n % 12, 1 + n % 28)), "documents": [paper],
            }
        )  # fmt: skip
    receipt = vault.enter(cases._viewer(COUNTY), enumerate(made, 1), now=NOW)
    assert receipt.entered == REAL, receipt
    return made


def _claims(real: Real) -> Iterator[Asked]:
    from lianfang.identity import vault
    from lianfang.places.queries import subtree_range

    draw, index = random.Random(20200301), vault.index_key()
    whole, county = list(subtree_range(PROVINCE)), list(subtree_range(COUNTY))
    look = {"purpose": "case_investigation"}
    by_report = _LISTED.format("cases_case", "reported_at DESC, subject DESC")
    listed = _LISTED.format("contacts_contact", "registered_at DESC, subject")
    yield Asked("cases: list of the province", [_post(PROVINCE, "cases/list")] * ASKED, by_report, [whole] * ASKED)
    areas, told = _areas(), draw.sample(range(1, CASES), ASKED)
    numbers = [f"{areas[n % len(areas)]}-{n:06}" for n in told]
    yield Asked(
        "cases: search by number", [_post(PROVINCE, "cases/list", text=one) for one in numbers],
        "SELECT * FROM cases_case WHERE number = %s", [[one] for one in numbers],
    )  # fmt: skip
    drawn = [draw.choice(real.cases) for _ in range(ASKED)]
    yield Asked(
        "cases: card", [_get(f"cases/{one}") for one in drawn], _CARD.format("cases_case"), [[d] for d in drawn]
    )
    yield Asked("contacts: list of the province", [_post(PROVINCE, "contacts/list")] * ASKED, listed, [whole] * ASKED)
    numbers = [f"C-{draw.randrange(1, CONTACTS):06}" for _ in range(ASKED)]
    yield Asked(
        "contacts: search by number", [_post(PROVINCE, "contacts/list", number=one) for one in numbers],
        "SELECT * FROM contacts_contact WHERE number = %s", [[one] for one in numbers],
    )  # fmt: skip
    drawn = [draw.choice(real.contacts) for _ in range(ASKED)]
    asks = [_get(f"contacts/{one}") for one in drawn]
    yield Asked("contacts: card", asks, _CARD.format("contacts_contact"), [[one] for one in drawn])
    for title, area, span in (("county", COUNTY, county), ("province", PROVINCE, whole)):
        asks = [_post(area, "people/list", **look)] * ASKED
        yield Asked(f"people: list of the {title}, names opened", asks, _PEOPLE, [span] * ASKED)
    people = [draw.choice(real.people) for _ in range(ASKED)]
    papers = [one["documents"][0]["number"] for one in people]
    yield Asked(
        "people: search by document", [_post(COUNTY, "people/find", document=one, **look) for one in papers],
        _TAGGED, [[vault.document_tag(index, one)] for one in papers],
    )  # fmt: skip
    asks = [_post(COUNTY, f"people/{one['id']}/card", **look) for one in people]
    yield Asked("people: card", asks, _PERSON, [[one["id"]] for one in people])


def _post(area: str, path: str, **body: Any) -> Callable[[], Any]:
    return lambda: cases._asked(area, "post", f"/api/v1/{path}", orjson.dumps(body))


def _get(path: str) -> Callable[[], Any]:
    return lambda: cases._asked(COUNTY, "get", f"/api/v1/{path}", None)


def _measured(asked: Asked, owner: psycopg.Connection) -> dict[str, Any]:
    _, limit = _times([partial(_bare, owner, asked.query, values) for values in asked.values])
    listed = [its for its in asked.asks[0]().values() if isinstance(its, list)]
    assert not listed or any(listed), f"{asked.claim}: nothing was found"
    p50, p95 = _times(asked.asks)
    return {
        "claim": f"{asked.claim}, among {PERSONS:,} persons, {CASES:,} cases and {CONTACTS:,} contacts",
        "ours": f"p95 {p95:.0f} ms (median {p50:.0f})",
        "peer": f"the bare statement p95 {limit:.1f} ms",
        "ratio": limit / p95,
        "target": f"p95 ≤ {MOST_MS:g} ms",
        "met": p95 <= MOST_MS,
    }


def _bare(owner: psycopg.Connection[Any], query: Any, values: Any) -> list[Any]:
    return owner.execute(query, values).fetchall()


def _times(asks: list[Callable[[], Any]]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds, of what is asked after a few that warm up."""
    for ask in asks[:BEFORE]:
        ask()
    times = []
    for ask in asks:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18]
