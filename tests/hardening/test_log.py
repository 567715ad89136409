"""Bar 42: what the logs say, and that nobody writes a line of his own into them."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import stat
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import RequestFactory

from lianfang.access.security import LOGGER, NO_CODE, log
from lianfang.access.viewer import Viewer
from lianfang.app import security
from lianfang.app.errors import Unusable
from lianfang.facts.log import Principal

OFFICER = Viewer(author="a-17", device="desk-3", role="duty_officer", area="330000")
ENDS_OF_LINE = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
TYPED = [
    "王小明",
    "Wang Xiaoming",
    "13800138000",
    "530111199001011237",
    "a\nb",
    "a\x1b[2Jb",
    "%s %d",
    "{0}",
    "', 1); --",
]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is written to the security log and, by any other logger, to the error stream."""
    stream = io.StringIO()
    events, others = logging.StreamHandler(stream), logging.StreamHandler(stream)
    events.setFormatter(security.Lines())
    others.setFormatter(security.PlainLines())
    LOGGER.addHandler(events)
    logging.getLogger().addHandler(others)
    yield stream
    LOGGER.removeHandler(events)
    logging.getLogger().removeHandler(others)
    security.end()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_bar_42_an_event_is_one_object_with_utc_and_actor(written: io.StringIO) -> None:
    about = uuid.uuid4()
    before = datetime.now(UTC)
    log("account.disabled", viewer=OFFICER, account=about, areas=["330000", "330100"], until=date(2020, 2, 29), n=3)
    log("sign_in", viewer=Principal("a-18", "desk-4"), outcome="refused")
    first, second = lines(written)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["at"])
    assert abs((datetime.fromisoformat(first.pop("at")) - before).total_seconds()) < 60
    assert first == {
        "event": "account.disabled",
        "outcome": "ok",
        "actor": "a-17",
        "device": "desk-3",
        "role": "duty_officer",
        "area": "330000",
        "account": str(about),
        "areas": ["330000", "330100"],
        "until": "2020-02-29",
        "n": 3,
    }
    assert (second["outcome"], second["actor"]) == ("refused", "a-18")


def test_bar_42_an_event_of_a_request_names_it_by_id_and_route(written: io.StringIO) -> None:
    request = RequestFactory().get("/people/王小明", REMOTE_ADDR="198.51.100.7")
    number = security.begin(request)
    log("sign_in", outcome="refused")
    security.end()
    log("sign_in", outcome="refused")
    inside, outside = lines(written)
    assert inside["request"] == number and re.fullmatch(r"[0-9a-f]{16}", number)
    assert inside["route"] == "GET /(none)" and re.fullmatch(r"[0-9a-f]{12}", inside["source"])
    assert not {"request", "route", "source"} & outside.keys()
    assert "198.51" not in written.getvalue()


def test_bar_42_the_same_address_has_the_same_code(written: io.StringIO) -> None:
    for address in ("198.51.100.7", "198.51.100.7", "198.51.100.8"):
        security.begin(RequestFactory().get("/", REMOTE_ADDR=address))
        log("sign_in")
    first, second, third = (line["source"] for line in lines(written))
    assert first == second != third


@pytest.mark.parametrize("typed", [*TYPED, *(f"a{end}b" for end in ENDS_OF_LINE)], ids=ascii)
def test_bar_42_nobody_writes_a_line_or_a_name(typed: str, written: io.StringIO) -> None:
    """An event's own line, an error's line, and the method and path of a request."""
    security.begin(RequestFactory().generic("GET", f"/{typed}"))
    log(
        typed, outcome=typed, viewer=Viewer(author=typed, device=typed, role=typed, area=typed), what=typed, all=[typed]
    )
    logging.getLogger("django.request").error("Not Found: %s", typed)
    logging.getLogger("some.library").error(f"told by itself: {typed}")
    try:
        raise ValueError(typed)
    except ValueError:
        logging.getLogger("lianfang.app.api").exception("unforeseen error")
    raw = written.getvalue()
    assert raw.count("\n") == 4 and raw.isascii() and raw.isprintable() is False
    assert all(character >= " " or character == "\n" for character in raw)
    found = lines(written)
    assert typed not in "".join(map(str, found))
    assert found[0]["event"] == found[0]["what"] == NO_CODE and found[0]["all"] == [NO_CODE]
    assert found[3]["error"][0]["type"] == "builtins.ValueError"
    assert found[3]["error"][0]["frames"][-1].startswith("hardening/test_log.py:")


def test_bar_42_an_event_cannot_pass_for_another(written: io.StringIO) -> None:
    log("search", viewer=OFFICER, **{"actor": "somebody-else", "role": "administrator", "n": 1})
    (line,) = lines(written)
    assert (line["actor"], line["role"], line["n"]) == ("a-17", "duty_officer", 1)


def test_bar_42_an_error_of_the_database_is_told_without_its_values(written: io.StringIO) -> None:
    try:
        try:
            raise psycopg.errors.UniqueViolation("DETAIL: Key (name)=(王小明) exists")
        except psycopg.Error as error:
            raise RuntimeError("while storing 王小明") from error
    except RuntimeError:
        logging.getLogger("lianfang.identity").exception("failed")
    (line,) = lines(written)
    assert [e["type"].rpartition(".")[2] for e in line["error"]] == ["RuntimeError", "UniqueViolation"]
    assert line["error"][1]["sqlstate"] == "23505"
    assert "王" not in str(line)


def test_bar_42_a_long_list_is_cut(written: io.StringIO) -> None:
    log("list", viewer=OFFICER, areas=["330000"] * 1_000)
    (line,) = lines(written)
    assert len(line["areas"]) == 50


def test_bar_42_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "security.jsonl"
    handler = security.SecurityFile(str(file))
    handler.setFormatter(security.Lines())
    LOGGER.addHandler(handler)
    mask = os.umask(0)
    try:
        log("sign_in")
        file.rename(tmp_path / "logs" / "security.1")
        log("sign_out")
    finally:
        os.umask(mask)
        LOGGER.removeHandler(handler)
        handler.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["event"] == "sign_out"
    assert json.loads((tmp_path / "logs" / "security.1").read_text("utf-8"))["event"] == "sign_in"


def test_a_security_log_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LIANFANG_SECURITY_LOG", str(tmp_path / "file" / "security.jsonl"))
    with pytest.raises(Unusable, match=r"LIANFANG_SECURITY_LOG: .*security\.jsonl cannot be written"):
        security.handler()
    monkeypatch.setenv("LIANFANG_SECURITY_LOG", str(tmp_path / "security.jsonl"))
    assert security.handler()["filename"] == str(tmp_path / "security.jsonl")


def test_a_line_that_fails_is_not_printed_with_what_it_was_made_of(capfd: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(security.PlainLines())
    handler.handle(logging.LogRecord("lianfang.x", logging.ERROR, __file__, 1, "%d", ("王小明",), None))
    assert "王小明" not in "".join(capfd.readouterr())


def test_a_stranger_cannot_fill_the_log(written: io.StringIO) -> None:
    """A flood is cut; who is signed in is always told; the next minute says how many were left out."""
    flood = security.Flood()
    record = logging.LogRecord("lianfang.security", logging.WARNING, __file__, 1, "", (), None)

    def passes(event: str, minute: int, actor: str | None = None) -> bool:
        record.created, record.told = minute * 60.0, {"event": event, "actor": actor}
        return flood.filter(record)

    assert sum(passes("foreign_request", 5) for _ in range(1_000)) == security.MOST_A_MINUTE
    assert passes("sign_in", 5) and passes("foreign_request", 5, "a-17")
    assert passes("foreign_request", 6) and record.told["left_out"] == 1_000 - security.MOST_A_MINUTE
    assert passes("foreign_request", 6) and "left_out" not in record.told
