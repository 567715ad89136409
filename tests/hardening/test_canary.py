"""Bar 34: people with rare names go all ways through an installation; then every byte outside the vault is read."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from lianfang.app import postgres
from tests.database import folder_for_servers
from tests.demo import COMMAND, clean_environment
from tests.hardening.canary import COUNSELLING, NOTE, PEOPLE, REASON, STATEMENT, STRANGER, Search, needles, words
from tests.served import Answer, Browser, Served, installed

AREA, COUNTY = "530100", "530102"
HELD = {"area": COUNTY, "data_class": "contact", "basis": "infectious_disease", "since": "2020-02-01"}
SHEET = "姓名,出生日期,证件类型,证件号码,电话,详细地址\r\n"


class Trail:
    """What those who may not see the people were told, address by address."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Answer]] = []

    def keep(self, where: str, answer: Answer) -> Answer:
        self.told.append((where, answer))
        return answer


@pytest.fixture(scope="module")
def installation() -> Iterator[Served]:
    """An installation of this file's own, with its security log in a file."""
    folder = folder_for_servers()
    settings = {**clean_environment(folder / "home"), "LIANFANG_SECURITY_LOG": str(folder / "security.jsonl")}
    with installed(folder, settings) as served:
        yield served


@pytest.fixture(scope="module")
def trail(installation: Served, tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """All journeys, walked once."""
    trail = Trail()
    officer = installation.officer("epi", "epidemiologist", AREA).browser
    enter(officer)
    ids = find_and_list(officer)
    look_after(officer, ids)
    own_page(installation, officer, ids[0], trail)
    officers(installation, ids, trail)
    strangers(installation, officer, trail)
    duty = installation.officer("duty", "county_duty_officer", COUNTY).browser
    break_glass(installation, duty, ids)
    erased = duty.post(f"people/{ids[2]}/erase", {"reason_code": "order", "basis": "infectious_disease"})
    assert erased.status == 200, erased
    commands(installation, tmp_path_factory.mktemp("sheets"))
    return trail


def commands(served: Served, folder: Path) -> None:
    """The command line beside the server. What it prints is kept with the logs."""
    sheet = folder / "people.csv"
    bad = f"{STRANGER},不是日期,passport,{PEOPLE[1]['name']},鹧鸪渡口,\r\n{NOTE},{NOTE}\r\n"
    sheet.write_text(SHEET + bad, "utf-8")
    where = ["--area", COUNTY, "--data-class", "contact", "--basis", "infectious_disease"]
    for number, (arguments, status) in enumerate(
        [
            (["people", "import", str(sheet), *where], 1),
            (["people", "import", str(sheet)], 1),
            (["audit"], 0),
            (["rebuild", "--check"], 0),
            (["retain"], 0),
        ]
    ):
        done = subprocess.run(
            [*COMMAND, *arguments, "--home", str(served.home)],
            env=clean_environment(served.home), capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == status, (arguments, done)
        (served.home.parent / f"command-{number}.log").write_bytes(done.stdout + done.stderr)


def enter(officer: Browser) -> None:
    """One by one, twice, wrongly, and from a file."""
    for person in PEOPLE[:2]:
        said = officer.post("people", {"people": [{**person, **HELD}]})
        assert (said.status, said.body["entered"]) == (200, 1), said
    wrong = [
        {**PEOPLE[0], **HELD, "documents": [{**PEOPLE[0]["documents"][0], "number": "532625190703290443"}]},
        {**PEOPLE[1], **HELD, "birth_date": PEOPLE[1]["name"], "area": PEOPLE[1]["address"][:60]},
        {**PEOPLE[0], **HELD, "sex": PEOPLE[0]["name"], "data_class": "猫头鹰口信"},
        {**PEOPLE[1], **HELD, "phones": [PEOPLE[1]["name"]]},
    ]
    said = officer.post("people", {"people": wrong})
    assert said.status == 200 and said.body["refused"] >= 3, said
    for body in (
        {"people": [{**PEOPLE[0], "id": PEOPLE[0]["name"]}]},
        {"people": [{PEOPLE[0]["name"]: PEOPLE[0]["phones"]}]},
        {PEOPLE[1]["name"]: 1},
        f'{{"people": [{{"name": "{PEOPLE[0]["name"]}"'.encode(),
        PEOPLE[2]["name"].encode("utf-16"),
    ):
        assert officer.post("people", body).status in (400, 422), body
    person = PEOPLE[2]
    row = f"{person['name']},{person['birth_date']},none,,{person['phones'][0]},{person['address']}\r\n"
    query = urllib.parse.urlencode({key: HELD[key] for key in ("area", "data_class", "basis")})
    for sheet, kind in (
        (SHEET + row + f"{STRANGER},不是日期,passport,{PEOPLE[1]['name']},鹧鸪渡口,\r\n", "text/csv"),
        (PEOPLE[0]["name"] + ",列\r\n" + row, "text/csv"),
        ("PK\x03\x04" + PEOPLE[0]["name"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (PEOPLE[0]["name"], "text/plain"),
    ):
        said = officer.ask("POST", f"people/import?{query}", sheet.encode(), {"Content-Type": kind})
        assert said.status in (200, 415, 422), said
        assert said.status != 200 or (said.body["entered"], said.body["refused"]) == (1, 1), said


def find_and_list(officer: Browser) -> list[str]:
    """By document, by phone, by name and birth date, by nothing that fits; the ids of the three."""
    first, second, third = PEOPLE
    asked: list[dict[str, Any]] = [
        {"document": first["documents"][0]["number"]},
        {"phone": second["phones"][0]},
        {"name": third["name"], "birth_date": third["birth_date"]},
    ]
    ids = []
    for one in asked:
        said = officer.post("people/find", {**one, "purpose": "contact_tracing"})
        assert said.status == 200 and len(said.body["people"]) == 1, said
        ids.append(str(said.body["people"][0]["id"]))
    for one in ({"document": STRANGER}, {"phone": NOTE}, {"name": STRANGER}, {"name": STRANGER, "birth_date": NOTE}):
        said = officer.post("people/find", {**one, "purpose": "contact_tracing"})
        assert said.status in (200, 422), said
    assert officer.post("people/find", {**asked[0], "purpose": first["name"]}).status in (403, 422)
    page = officer.post("people/list", {"area": COUNTY, "purpose": "contact_tracing"})
    assert page.status == 200 and len(page.body["people"]) == 3, page
    assert officer.post("people/list", {"after": STRANGER, "purpose": "contact_tracing"}).status in (200, 422)
    for form in ("named", "pseudonymised"):
        said = officer.post("people/export", {"form": form, "area": COUNTY, "purpose": "contact_tracing"})
        assert said.status in (200, 409, 422), said
    return ids


def look_after(officer: Browser, ids: list[str]) -> None:
    """Cards, notes, changes, a merge and its undoing."""
    for one in ids:
        assert officer.post(f"people/{one}/card", {"purpose": "contact_tracing"}).status == 200
    assert officer.post(f"people/{ids[0]}/card", {"purpose": NOTE}).status in (403, 422)
    assert officer.post(f"people/{uuid.uuid4()}/card", {"purpose": "contact_tracing"}).status == 404
    for text in (NOTE, f"{PEOPLE[0]['name']} {PEOPLE[1]['phones'][0]}"):
        assert officer.post(f"people/{ids[0]}/texts", {"text_class": "note", "text": text}).status == 200
    said = officer.post(f"people/{ids[0]}/texts", {"text_class": "counselling", "text": COUNSELLING})
    assert said.status in (200, 403, 422), said
    changes = {"address": PEOPLE[1]["address"], "purpose": "correction"}
    assert officer.ask("PUT", f"people/{ids[0]}", changes).status == 200
    assert officer.ask("PUT", f"people/{ids[0]}", {"sex": NOTE, "purpose": "correction"}).status == 422
    merged = officer.post("people/merge", {"keep": ids[0], "other": ids[1]})
    assert merged.status == 200, merged
    assert officer.post(f"people/{ids[1]}/card", {"purpose": "contact_tracing"}).status == 200
    assert officer.post("people/separate", {"merge": merged.body["id"]}).status == 200
    assert officer.post("people/merge", {"keep": STRANGER, "other": ids[1]}).status == 422


def own_page(served: Served, officer: Browser, person: str, trail: Trail) -> None:
    """A code, wrong codes, the page, a statement."""
    code = officer.post(f"people/{person}/own-code")
    assert code.status == 200, code
    own = Browser(served.url)
    trail.keep("wrong own code", own.post("session/own", {"code": STRANGER}))
    assert own.post("session/own", {"code": code.body["code"]}).status == 200
    mine = own.get("mine")
    assert mine.status == 200 and mine.body["fields"]["name"] == PEOPLE[0]["name"], mine
    assert own.post("mine/statement", {"text": STATEMENT}).status == 200
    assert own.post("people/find", {"name": STRANGER, "purpose": "treatment"}).status == 403


def officers(served: Served, ids: list[str], trail: Trail) -> None:
    """Those of other areas and other roles ask for all that there is; none is told anything."""
    for name, role, area in (
        ("elsewhere", "epidemiologist", "440100"),
        ("above", "duty_officer", "530000"),
        ("grid", "grid_worker", "530103"),
        ("stores", "logistics_officer", "530000"),
    ):
        browser = served.officer(name, role, area).browser
        for path in ("session", "areas", "areas/530000", "facts", "looks", "retention", "mine", "permissions"):
            trail.keep(f"{role} {path}", browser.get(path))
        for one in ids:
            trail.keep(f"{role} looks", browser.get(f"people/{one}/looks"))
            for purpose in ("contact_tracing", "oversight", "logistics_delivery", "screening"):
                trail.keep(f"{role} card", browser.post(f"people/{one}/card", {"purpose": purpose}))
        for purpose in ("contact_tracing", "screening", "oversight"):
            trail.keep(f"{role} list", browser.post("people/list", {"area": COUNTY, "purpose": purpose}))
            trail.keep(f"{role} list", browser.post("people/list", {"purpose": purpose}))
            find = {"document": PEOPLE[0]["documents"][0]["number"], "purpose": purpose}
            trail.keep(f"{role} find", browser.post("people/find", find))
        trail.keep(f"{role} export", browser.post("people/export", {"form": "named", "purpose": "contact_tracing"}))
    auditor = served.officer("audit", "auditor", "530000").browser
    for path in ("looks", "looks?only=break_glass", "facts", f"people/{ids[0]}/looks"):
        trail.keep(f"auditor {path}", auditor.get(path))


def strangers(served: Served, officer: Browser, trail: Trail) -> None:
    """What belongs nowhere: names as user names, in headers, addresses, facts and notices."""
    nobody, auth = Browser(served.url), "auth/browser/v1"
    for _ in range(2):
        trail.keep("password", nobody.post(f"{auth}/auth/login", {"username": STRANGER, "password": NOTE}))
    trail.keep("password", nobody.post(f"{auth}/auth/login", {STRANGER: NOTE}))
    trail.keep("code", nobody.post(f"{auth}/auth/2fa/authenticate", {"code": STRANGER}))
    for path, key in (("session/welcome", "token"), ("session/welcome/look", "token"), ("session/own", "code")):
        trail.keep(path, nobody.post(path, {key: STRANGER, "password": NOTE, "username": STRANGER}))
    trail.keep("enrol", nobody.post("devices/enrol", {"code": STRANGER, "public_key": {"kty": STRANGER}}))
    trail.keep("device", nobody.post("session/device/challenge", {"device": STRANGER}))
    header = STRANGER.encode().decode("latin-1")
    for name in ("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "X-Request-ID", "Cookie", "Origin"):
        trail.keep(f"header {name}", nobody.ask("GET", "session", None, {name: header}))
    for path in (f"people/{STRANGER}", f"areas/{STRANGER}", f"areas?q={STRANGER}", f"{STRANGER}?{STRANGER}={NOTE}"):
        for browser in (nobody, officer):
            answer = browser.get(urllib.parse.quote(path, safe="/?="))
            assert answer.status in (200, 401, 403, 404, 405, 422), answer
    for word in (STRANGER, PEOPLE[0]["name"], PEOPLE[0]["documents"][0]["number"]):
        said = officer.post("facts", [fact(word), fact(word, kind=word), {"id": word}, {"kind": word, "data": [word]}])
        assert said.status == 200 and not said.body["appended"], said
    text = f"{STRANGER}，女，电话{PEOPLE[0]['phones'][0]}，{NOTE}。新增确诊病例1例。"
    assert officer.post("bulletins/read", {"text": text}).status in (200, 403, 422)


def fact(word: str, kind: str = "bulletin.received") -> dict[str, Any]:
    """A fact that no kind takes, with a name where none belongs."""
    return {
        "id": str(uuid.uuid4()), "kind": kind, "version": 1, "subject": str(uuid.uuid4()), "area": COUNTY,
        "observed_at": datetime.now(UTC).isoformat(), "device_seq": 1, "data": {"note": word, word: word},
    }  # fmt: skip


def break_glass(served: Served, duty: Browser, ids: list[str]) -> None:
    """With a reason that names somebody; and its review, for which another reads the reason."""
    body = {"purpose": "oversight", "break_glass": {"reason": REASON}}
    for purpose in ("case_investigation", "contact_tracing", "follow_up", "oversight"):
        said = duty.post(f"people/{ids[0]}/card", {**body, "purpose": purpose})
        if said.status == 200:
            break
    assert said.status == 200 and said.body["fields"]["name"] == PEOPLE[0]["name"], said
    auditor = served.officer("review", "auditor", "530000").browser
    broken = auditor.get("looks?only=break_glass").body["broken"]
    assert broken, "the breaking is listed"
    said = auditor.post(f"looks/{broken[0]['fact']}/reason", {"purpose": "oversight"})
    assert said.status == 200 and said.body["reasons"][0]["text"] == REASON, said
    assert auditor.post(f"looks/{broken[0]['fact']}/review", {"outcome": "justified"}).status in (200, 422)


@pytest.fixture(scope="module")
def dump(installation: Served, trail: Trail) -> str:
    """The whole database as text."""
    server = postgres.start(installation.home)
    place = {"host": str(server.sockets), "port": postgres.PORT, "user": postgres.ADMIN}
    place |= {"password": server.admin_password, "dbname": "lianfang"}
    with psycopg.connect(make_conninfo(**place), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    program = postgres.binaries() / "pg_dump"
    done = subprocess.run([program, "--inserts", make_conninfo(**place)], capture_output=True, check=True)
    return done.stdout.decode()


def test_bar_34_nothing_personal_is_written_outside_the_vault(installation: Served, trail: Trail, dump: str) -> None:
    """The dump, the database's own files with their log and write-ahead log, the server's output, the security log."""
    search = Search()
    time.sleep(0.5)
    files = [file for file in installation.home.parent.rglob("*") if file.is_file()]
    names = {file.name for file in files}
    assert {"served.log", "security.jsonl", "database.log", "keys.db", "PG_VERSION"} <= names
    assert dump.count("INSERT INTO") > 100 and "identity_subject" in dump and "fact_set_aside" in dump
    found = [*search.text("dump", dump), *search.files(files)]
    read = sum(file.stat().st_size for file in files if file.exists()) + len(dump)
    print(f"\n{len(search.names)} needles of {len(words())} words in {read / 2**20:.0f} MiB, {len(files)} files")
    assert found == []


def test_bar_34_nobody_else_is_told_anything(trail: Trail) -> None:
    search = Search()
    assert len(trail.told) > 80 and {answer.status for _, answer in trail.told} >= {200, 401, 403, 404}
    found = [hit for where, answer in trail.told for hit in search.text(where, f"{answer.body} {answer.headers}")]
    assert found == []
    assert all(answer.status < 500 for _, answer in trail.told)


def test_bar_34_nothing_personal_stands_in_an_address(installation: Served) -> None:
    """No route takes a name, a number or free text in its path or its query."""
    schema = Browser(installation.url).get("openapi.json").body
    taken = {
        parameter["name"]
        for path in schema["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
    }
    ids = {"id", "about", "hid", "fact", "item", "number", "code", "key"}
    paging = {"after", "before", "limit", "skip", "as_of", "known_at", "days", "on", "only", "lang", "seq"}
    codes = {"area", "data_class", "basis", "purpose", "division", "level", "metric", "metrics", "every"}
    pseudonyms = {"person", "subject", "assignee", "batch", "flight"}
    days = {"at", "day", "first", "last", "from", "to", "since", "until"}
    codes |= {
        "came_from",
        "category",
        "climbed",
        "conveyance",
        "disease",
        "form",
        "format",
        "cutoff",
        "kind",
        "laboratory",
    }
    codes |= {"room", "rule", "seat", "state", "what", "least", "below", "by", "edition", "status"}
    codes |= {"clinic", "factor", "hospital", "line", "stage", "supply_class", "target_days"}
    codes |= {"department", "grid", "group", "kind_of", "place_type", "post", "round"}
    yes_or_no = {"closed", "key_person", "late", "mine", "open", "taken_over", "unassigned", "unread", "waiting"}
    yes_or_no |= {"archived", "incoming", "open_only", "over", "together"}
    yes_or_no |= {"parts", "places", "positive", "unmet"}
    assert taken - ids - paging - codes - pseudonyms - days - yes_or_no <= {"q"}, taken


def test_bar_42_the_security_log_tells_what_happened(installation: Served, trail: Trail) -> None:
    lines = (installation.home.parent / "security.jsonl").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    kinds = {(event["event"], event["outcome"]) for event in events}
    assert {
        ("sign_in", "ok"),
        ("sign_in", "refused"),
        ("second_factor.set", "ok"),
        ("route.refused", "refused"),
    } <= kinds
    assert any("glass" in event["event"] for event in events)
    assert all(re.fullmatch(r"[\d-]{10}T[\d:.]+Z", event["at"]) for event in events)


@pytest.mark.parametrize("form", ["plain", "gb18030", "base 64", "hexadecimal", "json", "compressed"])
def test_bar_34_the_search_finds_what_is_planted(form: str, tmp_path: Path) -> None:
    """One word, in one form, in the middle of other bytes."""
    name = PEOPLE[0]["name"]
    raw = {
        "plain": name.encode(),
        "gb18030": name.encode("gb18030"),
        "base 64": base64.b64encode(f"x{name}yz".encode()),
        "hexadecimal": name.encode().hex().encode(),
        "json": json.dumps({"name": name}).encode(),
        "compressed": gzip.compress(name.encode()),
    }[form]
    file = tmp_path / "file"
    file.write_bytes(raw if form == "compressed" else b"\0" * 4096 + raw + b"\xff" * 99)
    assert Search().files([file])
    file.write_bytes(b"\0" * 9999)
    assert Search().files([file]) == []


def test_bar_34_a_planted_row_is_found_in_a_dump(installation: Served, trail: Trail, dump: str) -> None:
    assert Search().text("dump", dump.replace("INSERT INTO", f"-- {PEOPLE[1]['phones'][0]}\nINSERT INTO", 1))
    assert len(needles()) > 200
