"""``lianfang epi chains``: what it prints, what it refuses, and that it starts nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lianfang.app import commands_epi, commands_epi_rows
from lianfang.app.cli import main

PAIRS = """infector,infectee,onset_infector,onset_infectee
a,b,2020-01-20,2020-01-25
a,c,2020-01-20,2020/1/23
c,d,2020年1月23日,20200130
e,f,NA,unknown
"""


class Said:
    """What a run said: its status, the JSON, and the lines of complaint."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.complaints = status, out, err.splitlines()

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.out))


class Desk:
    """A folder of files, and the command over them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def chains(self, pairs: str | bytes, *options: str, cases: str | bytes | None = None) -> Said:
        given = ["--pairs", str(self.file("pairs.csv", pairs))]
        if cases is not None:
            given += ["--cases", str(self.file("cases.csv", cases))]
        status = main(["epi", "chains", *given, "--lang", "en", *options])
        return Said(status, *self.capsys.readouterr())


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_json_has_what_is_promised(desk: Desk) -> None:
    said = desk.chains(PAIRS, "--json")
    got = said.json
    assert said.status == 0 and said.complaints == []
    assert (got["nodes"], got["edges"], got["roots"], got["isolated"]) == (6, 4, 2, 0)
    assert got["generations"] == {"1": 2, "2": 3, "3": 1}
    assert got["clusters"] == [4, 2]
    assert got["cycles"] == got["dangling"] == got["several_infectors"] == got["circles"] == got["refused"] == []
    assert got["serial_interval"] == {"n": 3, "mean": 5.0, "sd": 2.0, "median": 5.0, "negative": 0}
    assert got["offspring"]["R"] == pytest.approx(4 / 6)
    assert set(got["offspring"]) == {"R", "k", "k_low", "k_high", "top20_share"}
    between = got["serial_interval_intermediates"]
    assert between["n"] == 3 and "Vink" in between["method"] and "10.7554/eLife.57149" in between["source"]


def test_a_case_list_brings_onsets_isolated_cases_and_who_is_missing(desk: Desk) -> None:
    cases = "id,onset\na,2020-01-20\nb,2020-01-19\nz,2020-01-21\n"
    got = desk.chains("infector,infectee\na,b\na,c\nx,c\n", "--json", cases=cases).json
    assert (got["nodes"], got["isolated"], got["roots"]) == (5, 1, 2)
    assert got["dangling"] == ["c", "x", "c"] and got["several_infectors"] == ["c"]
    assert got["serial_interval"]["negative"] == 1 and got["generations"] == {"1": 2, "2": 2}


def test_isolated_cases_infected_nobody(desk: Desk) -> None:
    without, with_ = (desk.chains(PAIRS, "--json", *more).json for more in ([], ["--isolated", "14"]))
    assert with_["nodes"] == without["nodes"] + 14 == 20 and with_["isolated"] == 14
    assert with_["offspring"]["R"] == pytest.approx(4 / 20)
    assert {**with_, "nodes": 0, "offspring": 0, "isolated": 0} == {
        **without,
        "nodes": 0,
        "offspring": 0,
        "isolated": 0,
    }


def test_circles_and_who_is_behind_them_are_told(desk: Desk) -> None:
    said = desk.chains("infector,infectee\nx,a\na,b\nb,a\nb,c\ny,y\ny,z\n", "--json")
    assert said.json["cycles"] == ["a", "b", "c", "y", "z"]
    assert said.json["circles"] == [["a", "b"], ["y"]] and said.json["generations"] == {"1": 1}
    assert said.json["edges"] == 5 and said.json["clusters"] == [4, 2]
    assert [(r["row"], r["field"]) for r in said.json["refused"]] == [(6, "infectee")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_says_the_same(desk: Desk, lang: str) -> None:
    cases = "id,onset\na,2020-01-20\nb,2020-01-25\n"
    said = desk.chains("infector,infectee\na,b\nb,a\nq,c\nr,c\n", "--lang", lang, cases=cases)
    words = {key: found[lang == "en"] for key, found in commands_epi.WORDS.items()}
    for key in ("nodes", "edges", "roots", "clusters", "offspring", "serial_interval", "intermediates", "circles"):
        assert words[key] in said.out
    assert "a → b → a" in said.out and "Lloyd-Smith" in said.out and "10.7554/eLife.57149" in said.out
    assert f"{words['dangling']} (4): q, c, r, c" in said.out
    other = {key: found[lang == "zh"] for key, found in commands_epi.WORDS.items()}
    assert other["roots"] not in said.out


def test_many_ids_are_cut_in_the_table_and_whole_in_json(desk: Desk) -> None:
    pairs = "infector,infectee\n" + "".join(f"s{i},c{i}\nt{i},c{i}\n" for i in range(30))
    assert "c19 … 10 more" in desk.chains(pairs).out
    assert len(desk.chains(pairs, "--json").json["several_infectors"]) == 30


REFUSED = [
    ("a,b,2020-02-30,", "onset_infector", "2020-02-30 is no date: write it as 2020-01-28"),
    ("a,b,,1/2/2020", "onset_infectee", "1/2/2020 is no date"),
    ("a,b,2020-1-2-3,", "onset_infector", "2020-1-2-3 is no date"),
    (",b,,", "infector", "an id is missing"),
    ("a,不详,,", "infectee", "an id is missing"),
    ("a, a ,,", "infectee", "a cannot infect itself"),
    ("u,v,,", "infectee", "the same as in row 2"),
    ("u,w,2020-01-21,", "onset_infector", "onset of u is 2020-01-21 here and 2020-01-20 in row 2"),
    ("a,b,2020-01-20,2020-01-21,more", "-", "5 cells under 4 titles"),
    ('a,"b"c,,', "-", "a quotation mark is not closed"),
]


@pytest.mark.parametrize(("row", "field", "reason"), REFUSED)
def test_a_bad_row_is_named_and_the_good_ones_are_used(desk: Desk, row: str, field: str, reason: str) -> None:
    head = "infector,infectee,onset_infector,onset_infectee\nu,v,2020-01-20,2020-01-24\n\n"
    said = desk.chains(f"{head}{row}\nv,t,2020-01-24,2020-01-30\n", "--json")
    assert said.status == 1
    assert [(r["row"], r["field"]) for r in said.json["refused"]] == [(4, field)]
    assert reason in said.json["refused"][0]["reason"] and said.json["refused"][0]["file"].endswith("pairs.csv")
    (line,) = said.complaints
    assert f"pairs.csv, row 4, {field}: " in line and reason in line
    assert said.json["edges"] == 2 and said.json["serial_interval"]["mean"] == 5.0


def test_reasons_in_chinese(desk: Desk) -> None:
    said = desk.chains("infector,infectee\na,\na,a\n", "--lang", "zh")
    assert [line.split("：")[0] for line in said.complaints] == [
        f"lianfang: {desk.folder}/pairs.csv 第 2 行 infectee: 缺编号，请填写病例编号",
        f"lianfang: {desk.folder}/pairs.csv 第 3 行 infectee: a 不能感染自己",
    ]
    assert all(len(texts) == 2 and all(texts) for texts in commands_epi_rows.REASONS.values())


def test_a_row_with_two_faults_tells_both(desk: Desk) -> None:
    said = desk.chains("infector,infectee,onset_infector,onset_infectee\n,,x,\na,b,x,y\n", "--json")
    assert [(r["row"], r["field"]) for r in said.json["refused"]] == [
        (2, "infector"),
        (2, "infectee"),
        (3, "onset_infector"),
        (3, "onset_infectee"),
    ]
    assert said.json["nodes"] == 0 and said.json["offspring"]["R"] is None


def test_bad_cases_are_named_and_a_pair_that_disagrees(desk: Desk) -> None:
    cases = "id,onset\na,2020-01-20\na,2020-01-20\n,2020-01-20\nb,soon\n"
    pairs = "infector,infectee,onset_infector\na,b,2020-01-22\na,c,2020-01-20\n"
    said = desk.chains(pairs, "--json", cases=cases)
    assert [(r["row"], r["field"]) for r in said.json["refused"]] == [
        (3, "id"),
        (4, "id"),
        (5, "onset"),
        (2, "onset_infector"),
    ]
    assert "2020-01-20 in row 2 (" in said.json["refused"][3]["reason"]
    assert said.json["edges"] == 1


def test_a_case_whose_onset_cannot_be_read_stays_a_case(desk: Desk) -> None:
    """Of unknown onset: the row is told, and nobody who names the case is told that there is none."""
    said = desk.chains(
        "infector,infectee\na,b\nb,c\n", "--json", cases="id,onset\na,2020-01-20\nB,x\nb,2020-13-01\nc,\n"
    )
    assert [(r["row"], r["field"]) for r in said.json["refused"]] == [(3, "onset"), (4, "onset")]
    assert said.json["dangling"] == [] and (said.json["nodes"], said.json["isolated"]) == (4, 1)
    assert said.json["serial_interval"]["n"] == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "infector;infected\na;b\n",
            "each of the columns infector, infectee is needed once; here are infector;infected",
        ),
        ("infector,infectee,infectee\na,b,c\n", "needed once"),
        ("", "here are none"),
        (b"PK\x03\x04rest", "save the sheet as CSV"),
        (b"\xff\xfe\x00\xd8\x00", "neither UTF-8 nor GB18030 text"),
        (b"infector,infectee\n\x81\xff,b\n", "neither UTF-8 nor GB18030 text"),
        (b"i\0n\0f\0", "neither UTF-8 nor GB18030 text"),
        ('"infector,infectee\na,b\n', "needed once"),
    ],
)
def test_a_file_that_is_no_list_of_pairs(desk: Desk, content: str | bytes, reason: str) -> None:
    said = desk.chains(content, "--json")
    assert said.status == 2 and said.out == ""
    (line,) = said.complaints
    assert line.startswith("lianfang: ") and "pairs.csv" in line and reason in line


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffinfector,infectee\n甲,乙\n".encode(),
        "infector,infectee\n甲,乙\n".encode("gb18030"),
        "infector,infectee\n甲,乙\n".encode("utf-16"),
        "Infectee ;INFECTOR;note\r\n乙 ; 甲;\r\n".encode(),
        '"infector"\t"infectee"\n"甲"\t"乙"\n\n'.encode(),
    ],
)
def test_encodings_separators_and_titles_of_spreadsheets(desk: Desk, content: bytes) -> None:
    said = desk.chains(content, "--json", cases="id\n丙\n")
    assert said.status == 0 and said.json["dangling"] == ["甲", "乙"] and said.json["isolated"] == 1


def test_a_file_that_is_not_there_or_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["epi", "chains", "--pairs", str(desk.folder / "none.csv")]) == 2
    assert "none.csv cannot be read: No such file" in desk.capsys.readouterr().err
    assert main(["epi", "chains", "--pairs", str(desk.folder)]) == 2
    assert "cannot be read: Is a directory" in desk.capsys.readouterr().err
    monkeypatch.setattr(commands_epi_rows, "LARGEST_FILE", 20)
    assert "larger than" in desk.chains(PAIRS).complaints[0]


@pytest.mark.parametrize("number", ["-1", "1.5", "many", "999999999999"])
def test_a_number_of_isolated_cases_is_a_number(desk: Desk, number: str) -> None:
    with pytest.raises(SystemExit) as ended:
        desk.chains(PAIRS, "--isolated", number)
    assert ended.value.code == 2 and "is no number of cases" in desk.capsys.readouterr().err


def test_ids_cannot_steer_the_terminal(desk: Desk) -> None:
    said = desk.chains("infector,infectee\n\x1b[2J,\x1b[2J\n")
    assert "\x1b" not in said.out and "\x1b" not in "".join(said.complaints)


def test_it_needs_no_data_folder_no_database_and_no_compiler(tmp_path: Path) -> None:
    """In a process of its own, with a home that cannot be made: nothing of the record is opened, and a start of the
    command line loads neither numpy nor the compiler."""
    (tmp_path / "pairs.csv").write_text(PAIRS)
    (tmp_path / "blocked").write_text("")
    program = (
        "import sys; from lianfang.app.cli import main, parser; parser()\n"
        "early = {'numpy', 'scipy', 'numba'} & set(sys.modules)\n"
        "status = main(['epi', 'chains', '--pairs', 'pairs.csv', '--json'])\n"
        "late = {'numba'} & set(sys.modules)\n"
        "print(early, late, status, file=sys.stderr)\n"
    )
    home = str(tmp_path / "blocked" / "home")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, env={**os.environ, "LIANFANG_HOME": home, "HOME": home},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["nodes"] == 6
    assert done.stderr.splitlines()[-1] == "set() set() 0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked", "pairs.csv"]
