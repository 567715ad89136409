"""The line list, search and a case's card, as routes answer them, among 1,000,000 persons and 300,000 cases.

All cases lie in one province, so that its viewer's list is of all of them; a prefecture has about 19,000, a county
2,300. The rows are made in the database; two hundred people and their cases are real, with facts in the record behind a
million others, so that names are opened and cards are folded. A request goes through the guard, both locks, the query
and the answer's JSON; signing in, measured elsewhere, is stood in for. The peer is SORMAS, of which users report
8 to 54 s for a page at this size.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from unittest.mock import patch
from uuid import UUID

import orjson
import psycopg

from lianfang.app import database as databases

PERSONS, CASES, FACTS, REAL = 1_000_000, 300_000, 1_000_000, 200
PROVINCE, PREFECTURE, COUNTY = "530000", "530100", "530102"
ASKED, BEFORE = 60, 5
MOST_MS, PEER_MS = 200.0, 8_000.0
NOW = datetime(2020, 3, 1, 4, tzinfo=UTC)
DISEASE, EDITION = "ncov-2020", "ncov-2020-v3"

_PERSONS = """
WITH made AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, %(persons)s) AS n),
held AS (
    INSERT INTO identity_holding (id, subject, area, data_class, basis, author, since)
    SELECT gen_random_uuid(), id, areas[1 + n %% cardinality(areas)], 'screening', 'infectious_disease', 'bench',
        '2020-02-04' FROM made, (SELECT %(areas)s::text[] AS areas) counties)
INSERT INTO identity_subject (id, kind, entry, sealed, author, entered_at, updated_at)
SELECT id, 'person', substr(sha256(uuid_send(id)), 1, 16), decode(repeat('ab', 300), 'hex'), 'bench', now(), now()
FROM made"""
_CASES = """
INSERT INTO cases_case (
    subject, area, author, person, disease, edition, number, "to", severity, source, outcome, onset_earliest,
    onset_latest, sex, age_years, reported_at, received_at, suspected_at, confirmed_at, decided_at, admitted_at,
    hospital, designated, ended_at, samples, faults, disputed)
SELECT gen_random_uuid(), areas[1 + n %% cardinality(areas)], 'author-' || n %% 500, gen_random_uuid(), %(disease)s,
    %(edition)s, areas[1 + n %% cardinality(areas)] || '-' || lpad(n::text, 6, '0'),
    (ARRAY['confirmed', 'confirmed', 'excluded', 'suspected', 'asymptomatic'])[1 + n %% 5],
    (ARRAY['mild', 'ordinary', 'ordinary', 'severe', 'critical', NULL, NULL, NULL, NULL, NULL])[1 + n / 5 %% 10],
    (ARRAY['imported', 'local', 'linked_to_import', 'unknown'])[1 + n %% 4],
    (ARRAY['recovered', 'recovered', 'died', NULL, NULL, NULL, NULL])[1 + n %% 7],
    day, day + 1, (ARRAY['male', 'female'])[1 + n %% 2], n %% 95, at, at, at, at + interval '9 hours', at,
    at + interval '10 hours', CASE WHEN n %% 7 > 2 THEN 'h-' || n %% 300 END, CASE WHEN n %% 7 > 2 THEN n %% 50 > 0 END,
    CASE WHEN n %% 7 < 3 THEN at + interval '14 days' END, n %% 3, 0, 0
FROM (SELECT n, date '2020-01-10' + n %% 45 AS day,
        timestamptz '2020-01-15 00:00+08' + n * interval '12 seconds' AS at, %(areas)s::text[] AS areas
    FROM generate_series(1, %(cases)s) AS n) made"""
_CHANGES = """
INSERT INTO cases_change (subject, n, area, author, disease, at, before, after, other, source)
SELECT subject, step, area, author, disease, reported_at + step * interval '9 hours',
    (ARRAY['', 'suspected....s', 'confirmed.ordinary...s'])[1 + step],
    (ARRAY['suspected....s', 'confirmed.ordinary...s', 'confirmed.ordinary..designated.s'])[1 + step], '', source
FROM cases_case, generate_series(0, 2) AS step"""
_FACTS = """
INSERT INTO fact (
    seq, id, kind, version, subject, area, observed_at, received_at, author, device, salt, digest, chain, body)
SELECT n, gen_random_uuid(), 'case.described', 1, gen_random_uuid(), %(county)s, '2020-02-01', '2020-02-01', 'bench',
    '', decode(repeat('00', 24), 'hex'), decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'),
    decode(repeat('20', 500), 'hex')
FROM generate_series(1, %(facts)s) AS n"""
_AFTER = """
UPDATE fact_head SET seq = %(facts)s;
INSERT INTO fact_register (name, seq) SELECT unnest(%(registers)s::text[]), %(facts)s
ON CONFLICT (name) DO UPDATE SET seq = excluded.seq"""


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
        from lianfang.sealing import current

        current.prepare()
        databases.migrate(database)
        _fill(database.owner_url)
        real = _real()
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")
        return [_measured(claim, asks) for claim, asks in _claims(real)]
    finally:
        from django.db import connections

        for alias in connections:
            databases.leave(connections[alias])
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(owner_url: str) -> None:
    from lianfang.facts.fold import registers
    from lianfang.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    areas = [county.code for city in gazetteer.children(PROVINCE) for county in gazetteer.children(city.code)]
    values = {
        "persons": PERSONS, "cases": CASES, "facts": FACTS, "areas": areas, "county": COUNTY, "disease": DISEASE,
        "edition": EDITION, "registers": [register.name for register in registers()],
    }  # fmt: skip
    with psycopg.connect(owner_url, autocommit=True, cursor_factory=psycopg.ClientCursor) as owner:
        for statement in (_PERSONS, _CASES, _CHANGES, _FACTS, _AFTER):
            owner.execute(statement, values)


def _real() -> list[UUID]:
    """People of the county and their cases, reported, sampled and confirmed last of all."""
    from lianfang.capabilities.cases import service
    from lianfang.capabilities.cases.facts import About, Class, Classified, Sampled, Tested
    from lianfang.facts import log
    from lianfang.facts.fact import Days
    from lianfang.identity import service as vault

    viewer, made = _viewer(COUNTY), []
    people = [
        {"id": str(log.new_id()), "name": f"测试{n}", "area": COUNTY, "data_class": "suspected", "since": "2020-02-01"}
        for n in range(REAL)
    ]
    receipt = vault.enter(viewer, enumerate(people, 1), now=NOW)
    assert receipt.entered == REAL, receipt
    for n, person in enumerate(people):
        at = NOW - timedelta(hours=20, minutes=n)
        about = About(onset=Days.exactly((at - timedelta(days=3)).date()))
        card = service.Card(
            person=UUID(person["id"]), disease=DISEASE, as_class=Class.SUSPECTED, area=COUNTY, at=at, about=about,
            edition=EDITION, number=f"R-{n:04}",
        )  # fmt: skip
        case = service.report(viewer, card, now=NOW).case
        made.append(case)
        sample = service.record(viewer, case, Sampled, {"material": "throat_swab"}, at=at, now=NOW)
        result = {"sample": sample, "test": "pcr", "result": "positive"}
        service.record(viewer, case, Tested, result, at=at + timedelta(hours=5), now=NOW)
        decision = {"to": "confirmed", "basis": "laboratory", "edition": EDITION}
        service.record(viewer, case, Classified, decision, at=at + timedelta(hours=6), now=NOW)
    return made


def _viewer(area: str) -> Any:
    from lianfang.access.viewer import Viewer
    from lianfang.places.queries import subtree_range

    return Viewer("bench", "desk", "epidemiologist", area, *subtree_range(area))


def _claims(real: list[UUID]) -> Iterator[tuple[str, list[Callable[[], Any]]]]:
    """Each claim, and what is asked for it, one after the other."""
    severe = {"severity": {"any_of": ["severe", "critical"]}, "to": {"any_of": ["confirmed"]}}
    none = {"to": {"any_of": ["probable"]}}
    onset = {"onset_earliest": {"least": "2020-01-20", "most": "2020-01-22"}}
    old = {"age_years": {"least": "80"}, "health_worker": {"known": False}, "outcome": {"any_of": ["died"]}}
    for title, area in (("county", COUNTY), ("prefecture", PREFECTURE), ("province", PROVINCE)):
        yield f"list of a {title}", [_list(area) for _ in range(ASKED)]
    yield "list of a province, severe and confirmed", [_list(PROVINCE, where=severe) for _ in range(ASKED)]
    yield "list of a province by onset, of three days", [_list(PROVINCE, where=onset, sort="onset_earliest")] * ASKED
    yield "list of a province, died above 80", [_list(PROVINCE, where=old) for _ in range(ASKED)]
    yield "list of a province, of which there is none", [_list(PROVINCE, where=none) for _ in range(ASKED)]
    yield "list of a province, the 2nd to 60th page", list(_turning(PROVINCE))
    yield "list of a county with names", [_list(COUNTY, names=True, purpose="case_investigation")] * ASKED
    draw = random.Random(20200301)
    numbers = [f"{COUNTY}-{draw.randrange(CASES):06}" for _ in range(ASKED)]
    yield "search by number", [_list(PROVINCE, text=number) for number in numbers]
    yield "card of a case", [_card(draw.choice(real)) for _ in range(ASKED)]


def _list(area: str, **body: Any) -> Callable[[], Any]:
    sent = orjson.dumps({"limit": 50, **body})
    return lambda: _asked(area, "post", "/api/v1/cases/list", sent)


def _card(case: UUID) -> Callable[[], Any]:
    return lambda: _asked(COUNTY, "get", f"/api/v1/cases/{case}", None)


def _turning(area: str) -> Iterator[Callable[[], Any]]:
    """Page after page: each leads to the next."""
    place = [_list(area)()["after"]]

    def turn() -> Any:
        page = _list(area, after=place[0])()
        place[0] = page["after"]
        return page

    yield from [turn] * ASKED


def _asked(area: str, method: str, path: str, body: bytes | None) -> Any:
    from django.test import Client

    client = Client(headers={"host": "localhost"}, raise_request_exception=True)
    sent = {} if body is None else {"data": body, "content_type": "application/json"}
    with _signed_in(area):
        answer = getattr(client, method)(path, **sent)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


@contextmanager
def _signed_in(area: str) -> Iterator[None]:
    from django.contrib.auth.models import AnonymousUser

    from lianfang.accounts.signin import SignIn

    viewer = _viewer(area)

    def stand_in(self: Any, request: Any) -> Any:
        request.user, request.viewer, request.principal = AnonymousUser(), viewer, viewer.principal
        return self.get_response(request)

    with patch.object(SignIn, "__call__", stand_in):
        yield


def _measured(claim: str, asks: list[Callable[[], Any]]) -> dict[str, Any]:
    for ask in asks[:BEFORE]:
        ask()
    times = []
    for ask in asks[BEFORE:]:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(times, n=20)
    p50, p95 = cuts[9], cuts[18]
    return {
        "claim": f"cases: {claim}, among {PERSONS:,} persons and {CASES:,} cases",
        "ours": f"p95 {p95:.0f} ms (median {p50:.0f})",
        "peer": f"{PEER_MS / 1000:g} s and more a page",
        "ratio": p95 / PEER_MS,
        "target": f"p95 ≤ {MOST_MS:g} ms",
        "met": p95 <= MOST_MS,
    }
