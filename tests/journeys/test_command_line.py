"""The command line with what users give it, good and bad."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOUND = "截至2020年2月3日24时，云南省累计报告确诊病例9例。其中，昆明市5例、大理州4例。"
UNSOUND = SOUND.replace("大理州4例", "大理州3例")


def lianfang(*words: str, text: str = "", home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"LIANFANG_HOME": str(home)} if home else {})}
    command = [sys.executable, "-c", "import sys; from lianfang.app.cli import main; sys.exit(main())", *words]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=120, env=environment, check=False
    )


@pytest.mark.parametrize(("text", "status"), [(SOUND, 0), (UNSOUND, 1), ("", 2), ("no notice at all", 0)])
def test_the_exit_status_of_reading(text: str, status: int) -> None:
    assert lianfang("read", "-", text=text).returncode == status


def test_json_has_the_notices_the_checks_and_the_unread() -> None:
    told = json.loads(lianfang("read", "-", "--json", text=UNSOUND).stdout)
    assert told["bulletins"][0]["stock"]["confirmed_cum"] == 9
    assert [c["difference"] for c in told["checks"] if c["id"] == "ID1" and c["state"] == "fails"] == [1]
    assert told["unread"] == []


def test_a_bad_line_is_told_and_the_good_ones_are_read(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": SOUND}, {"id": "b"}, {"id": "c", "text": SOUND, "pub_time": "soon"}]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "not JSON", json.dumps({"id": "e", "text": SOUND})]), "utf-8")
    done = lianfang("read", "--jsonl", str(path))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "e"]
    assert done.returncode == 2
    told = done.stderr.splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in told] == ["2", "3", "4"]
    assert "text" in told[0] and "pub_time" in told[1] and "JSON" in told[2]


def test_a_notice_is_received_once_and_written_anew_with_the_sums_that_fail(tmp_path: Path) -> None:
    home = tmp_path / "home"
    tmp_path.chmod(0o711)
    sound, unsound = tmp_path / "sound.txt", tmp_path / "unsound.txt"
    sound.write_text(SOUND, "utf-8")
    unsound.write_text(UNSOUND.replace("3日24时", "4日24时"), "utf-8")
    assert "appended" in lianfang("receive", str(sound), home=home).stdout
    assert "skipped" in lianfang("receive", str(sound), home=home).stdout
    written = lianfang("bulletin", "530000", home=home)
    assert written.returncode == 0 and "昆明市5例" in written.stdout
    assert lianfang("read", "-", text=written.stdout).returncode == 0
    assert "appended" in lianfang("receive", str(unsound), home=home).stdout
    unclosed = lianfang("bulletin", "530000", home=home)
    assert unclosed.returncode == 1 and "5 + 3 = 8 against 9" in unclosed.stderr
    assert lianfang("bulletin", "530000", "--as-of", "2020-02-04T00:00", home=home).returncode == 0
    assert "whole" in lianfang("audit", home=home).stdout
    lianfang("stop", home=home)
