"""Notices that leave by the operator's channels: number, title and link alone, tried again, and climbing unread."""

from __future__ import annotations

import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from lianfang.app import cli
from lianfang.app.channels import file, sending
from lianfang.app.channels.delivering import deliver
from lianfang.app.channels.file import Channel, made
from lianfang.app.errors import Unusable
from lianfang.capabilities.command.facts.instructions import DeliveryReason, InstructionDelivered
from lianfang.capabilities.command.rules.delivery import clocks, message
from lianfang.capabilities.drills.rules import command as drilled
from lianfang.facts import log
from tests import law
from tests.access.made import viewer
from tests.checkpoints.desk import Desk

COUNTY, OTHER, CITY = "530102", "530302", "530100"
OFFICER, DUTY = viewer("county_duty_officer", COUNTY), viewer("duty_officer", "530000")
NOTE = str(UUID(int=1))
MAIL = Channel("county-mail", "县级值班邮箱", "county duty mail", COUNTY, "", "mailtos://x")
ABOVE = Channel("city-robot", "市级群机器人", "city robot", CITY, "", "jsons://x")
UNIT = Channel("bureau-mail", "卫健局邮箱", "bureau mail", COUNTY, "bureau", "mailtos://y")
TEXT, ISSUER = "请各地立即排查。", "省指挥部"


class Post:
    """What the services were told, and whether they take it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.takes = True

    def send(self, channel: Channel, title: str, text: str) -> bool:
        self.told.append((channel.code, title, text))
        return self.takes


@pytest.fixture
def post() -> Post:
    return Post()


def send(desk: Desk, *to: dict[str, str]) -> None:
    desk.ok("/instructions", {
        "id": NOTE, "area": "530000", "sort": "order", "zh": "关于加强卡点值守的通知", "en": "Staff the points",
        "zh_text": TEXT, "issuer": ISSUER, "doc_no": "11号", "to": list(to) or [{"area": COUNTY}, {"area": OTHER}],
    }, DUTY)  # fmt: skip


def out(desk: Desk, post: Post, *channels: Channel) -> list[str]:
    """The channels that are told now."""
    before = len(post.told)
    deliver(channels, lambda: desk.now, post.send)
    law.acted()
    return [code for code, *_ in post.told[before:]]


def ways(desk: Desk) -> list[dict[str, Any]]:
    (one,) = desk.read(f"/instructions?area={COUNTY}", OFFICER)["notices"]
    return list(one["channels"])


def test_only_number_title_and_link_leave_and_a_taken_one_is_told_once(desk: Desk, post: Post) -> None:
    send(desk)
    assert out(desk, post, MAIL, ABOVE, UNIT) == ["county-mail"]
    ((_, title, text),) = post.told
    assert title == "[11号] 关于加强卡点值守的通知"
    assert text.splitlines()[:2] == ["11号 关于加强卡点值守的通知", "Staff the points"]
    assert text.splitlines()[2:] == [f"请登录签收 / sign in to read it: http://127.0.0.1/#notices?notice={NOTE}"]
    assert TEXT not in text and ISSUER not in text and "bureau" not in text
    assert out(desk, post, MAIL) == []
    (entry,) = log.read(kinds=[InstructionDelivered.kind])
    assert (entry.fact.author, entry.fact.data.channel) == ("delivery", "county-mail")
    (way,) = ways(desk)
    assert (way["taken"], way["tries"], way["again"], way["of"], way["read"]) == (True, 1, None, 1, 0)


def test_a_title_stays_on_one_line() -> None:
    title, text = message("1号\r\nBcc: x@example.org", "通知\n二", "", "http://x/", DeliveryReason.SENT)
    assert title == "[1号 Bcc: x@example.org] 通知 二"
    assert len(text.splitlines()) == 2


def test_what_is_not_taken_is_tried_again_a_set_number_of_times_and_shown(desk: Desk, post: Post) -> None:
    send(desk)
    post.takes = False
    assert out(desk, post, MAIL) == ["county-mail"]
    (way,) = ways(desk)
    assert not way["taken"] and way["again"] == (desk.now + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert out(desk, post, MAIL) == []
    for wait in clocks(desk.now.date()).again[:-1]:
        desk.now += wait
        assert out(desk, post, MAIL) == ["county-mail"]
    post.takes = True
    desk.now += timedelta(hours=4)
    assert out(desk, post, MAIL) == ["county-mail", "county-mail"]  # the last try, and that nobody read it in time
    first, late = ways(desk)
    assert (first["taken"], first["tries"], late["reason"]) == (True, 6, "unread")


def test_no_try_follows_the_last_and_what_was_read_is_not_sent(desk: Desk, post: Post) -> None:
    send(desk, {"area": COUNTY, "account": "bureau"})
    post.takes = False
    for wait in (timedelta(), *clocks(desk.now.date()).again[:-1]):
        desk.now += wait
        assert out(desk, post, UNIT) == ["bureau-mail"]
    to = {"to": {"area": COUNTY, "account": "bureau"}}
    desk.ok(f"/instructions/{NOTE}/answer", to, viewer("responding_department", COUNTY, author="bureau"))
    desk.now += timedelta(hours=5)
    assert out(desk, post, UNIT, MAIL) == []
    (way,) = ways(desk)
    assert (way["tries"], way["read"], way["of"]) == (5, 1, 1)


def test_what_nobody_reads_climbs_to_the_channels_above(desk: Desk, post: Post) -> None:
    send(desk)
    assert out(desk, post, MAIL, ABOVE) == ["county-mail"]
    desk.now += timedelta(hours=4, minutes=1)  # read_h of an order is over
    assert out(desk, post, MAIL, ABOVE) == ["county-mail"]
    assert "not read in time" in post.told[-1][2]
    desk.now += timedelta(hours=4)
    assert out(desk, post, MAIL, ABOVE) == ["city-robot"]
    assert out(desk, post, MAIL, ABOVE) == []
    desk.now += timedelta(days=2)
    assert out(desk, post, MAIL, ABOVE, UNIT._replace(account="")) == []  # too old for a new channel


URLS = {
    "nonsense://x": "none that Apprise knows",
    "mailto://u:p@mail.example.org": "not encrypted",
    "mailtos://u:p@mail.example.org?mode=insecure": "not encrypted",
    "json://hooks.example.org/x": "not encrypted",
    "mailtos://u:p@mail.example.org?verify=no": "certificates",
    "jsons://hooks.example.org/x?redirect=yes": "redirects",
}


@pytest.mark.parametrize("url", URLS)
def test_a_channel_that_is_not_safe_is_not_used(url: str) -> None:
    channel = MAIL._replace(url=url)
    assert URLS[url] in (sending.wrong(channel) or "")
    assert sending.send(channel, "t", "x") is False


@pytest.mark.parametrize("url", ["mailtos://u:p@mail.example.org", "jsons://hooks.example.org/x"])
def test_an_encrypted_one_can_be_used(url: str) -> None:
    assert sending.wrong(MAIL._replace(url=url)) is None


class _Listening(socketserver.ThreadingTCPServer):
    """A service of this machine that keeps what it is told."""

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.told: list[str] = []


class _Mail(socketserver.StreamRequestHandler):
    """Just enough of a mail server of this machine to be given a message."""

    server: _Listening

    def handle(self) -> None:
        def say(line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        say("220 here")
        while line := self.rfile.readline().decode().strip():
            if line.upper() == "DATA":
                say("354 go on")
                body = []
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    body.append(part)
                self.server.told.append(b"".join(body).decode())
            if line.upper() == "QUIT":
                say("221 bye")
                return
            say("250 well")


class _Hook(http.server.BaseHTTPRequestHandler):
    server: _Listening

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(body.decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[tuple[int, list[str]]]:
    """The port of a service of this machine, and what it was told."""
    with _Listening(handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.told
        server.shutdown()


def channels(tmp_path: Path, *urls: str) -> Path:
    rows = (
        f'[[channel]]\nid = "c{n}"\nzh = "渠道"\nen = "channel {n}"\narea = "530102"\nurl = "{url}"\n'
        for n, url in enumerate(urls)
    )
    path = tmp_path / "channels.toml"
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_mail_and_a_web_hook_of_this_machine_take_a_word_of_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(_Mail) as (mail, letters), listening(_Hook) as (hook, calls):
        path = channels(
            tmp_path, f"mailto://127.0.0.1:{mail}?from=lianfang@example.org&to=duty@example.org",
            f"json://127.0.0.1:{hook}", "json://127.0.0.1:9",
        )  # fmt: skip
        assert cli.main(["notice", "channels", "--channels", str(path)]) == 0
        assert [cli.main(["notice", "try", f"c{n}", "--channels", str(path)]) for n in range(3)] == [0, 0, 1]
    assert "A trial of this channel" in json.loads(calls[0])["message"]
    assert "duty@example.org" in letters[0] and len(letters) == len(calls) == 1
    printed = capsys.readouterr().out
    assert "c0: taken" in printed and "c2: not taken" in printed
    assert "duty@" not in printed  # an address is shown nowhere


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ("area =", "area is needed"),
        ('id = "c0"', "small letters"),
        ("[[channel]]\n", "is a [[channel]] table"),
        ("en =", "no TOML"),
    ],
)
def test_a_file_of_channels_that_cannot_be_used_is_told(tmp_path: Path, changed: str, says: str) -> None:
    path = channels(tmp_path, "mailtos://x")
    to = {"area =": "of =", 'id = "c0"': 'id = "C 0"', "[[channel]]\n": 'channel = "x"\n', "en =": "en"}[changed]
    path.write_text(path.read_text("utf-8").replace(changed, to), "utf-8")
    with pytest.raises(Unusable, match=r".*" + says.replace("[", r"\[").replace("]", r"\]")):
        file.read(path)


def test_a_second_machine_sends_nothing_meanwhile(desk: Desk, post: Post) -> None:
    send(desk)
    began, go_on = threading.Event(), threading.Event()

    def slow(channel: Channel, title: str, text: str) -> bool:
        began.set()
        return go_on.wait(10) and post.send(channel, title, text)

    other = threading.Thread(target=_elsewhere, args=([MAIL], lambda: desk.now, slow))
    other.start()
    assert began.wait(10)
    assert out(desk, post, MAIL) == []
    go_on.set()
    other.join(10)
    assert [code for code, *_ in post.told] == ["county-mail"]


def _elsewhere(*args: Any) -> None:
    from django.db import connection

    try:
        deliver(*args)
    finally:
        connection.close()


def test_the_channels_of_a_made_command_are_named() -> None:
    assert {one.code for one in made()} == {drilled.MAIL, drilled.ROBOT}
    assert all(one.zh and one.en and not one.url for one in made())
