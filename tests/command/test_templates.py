"""PUB-04: templates of notices in Chinese and English, further languages by file, what these lack, and the poster."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest
from django.test import override_settings

from lianfang.app import cli
from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.rules.templates import FIELDS, OWN, codes, filled, language, own, plain
from tests.checkpoints.desk import NOW as START
from tests.checkpoints.desk import Desk

KOREAN = """
lang = "ko"
name = "한국어"
[words]
"sheet.issued" = "{issuer}, {date}"
"visitors.title" = "{area} 방문객께"
"visitors.1" = "여행을 미루어 주십시오."
"""
GIVEN = {"area": "德宏傣族景颇族自治州" * 2, "issuer": "指挥部", "date": "2020-01-28", "phone": "12345"}


def file(lang: str) -> dict[str, str]:
    path = resources.files("lianfang.capabilities.command").joinpath(f"policy/templates/{lang}.toml")
    return dict(tomllib.loads(path.read_text("utf-8"))["words"])


def test_chinese_and_english_have_the_same_keys_and_fields() -> None:
    zh, en = file("zh"), file("en")
    assert list(zh) == list(en)
    for key in zh:
        assert [field in zh[key] for field in FIELDS] == [field in en[key] for field in FIELDS], key


@pytest.mark.parametrize("lang", OWN)
def test_each_template_filled_in_fits_into_a_notice(lang: str) -> None:
    assert len(codes()) == 5
    for code in codes():
        its = filled(own(lang).text(code), GIVEN)
        assert len(its.title) <= 200 and len(plain(its)) + len("Questions: ") + 40 <= 1_000, code
        assert "{" not in its.title + plain(its) and len(its.points) >= 4


def test_a_language_by_file_falls_back_to_english_and_says_what_it_lacks(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "ko.toml").write_text(KOREAN, "utf-8")
    (tmp_path / "xx.toml").write_text("lang = 3", "utf-8")
    with override_settings(NOTICE_LANGUAGES=tmp_path):
        told = {one["lang"]: one for one in desk.read("/instructions/templates")["languages"]}
    assert list(told) == ["zh", "en", "ko"] and not told["zh"]["lacking"] and not told["en"]["lacking"]
    korean, english = ({one["code"]: one for one in told[lang]["templates"]} for lang in ("ko", "en"))
    assert korean["visitors"]["title"] == "{area} 방문객께"
    assert korean["visitors"]["points"][1:] == english["visitors"]["points"][1:]
    assert korean["gatherings"] == english["gatherings"]
    assert "visitors.2" in told["ko"]["lacking"] and "visitors.1" not in told["ko"]["lacking"]
    assert len(told["ko"]["lacking"]) == len(file("en")) - 3


@pytest.mark.parametrize(("now", "sorts"), [(START, ["order"]), (datetime(2026, 7, 1, tzinfo=UTC), None)])
def test_what_is_offered_to_be_sent_are_the_kinds_of_notices_of_the_day(
    desk: Desk, now: datetime, sorts: list[str] | None
) -> None:
    desk.now = now
    assert desk.read("/instructions/templates")["sorts"] == (sorts or [one.value for one in InstructionKind])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('"visitors.lead" = "{area.__class__}"', "nothing fills"),
        ('"visitors.lead" = "{name}"', "nothing fills"),
        ('"visitors.lead" = "{area"', "not well written"),
        ('"tourists.title" = "x"', "no key"),
        ('"visitors.lead" =', "not written"),
    ],
)
def test_a_file_with_what_no_template_has_is_refused(line: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        language(f'lang = "ko"\nname = "한국어"\n[words]\n{line}\n', own("en").words)


def test_the_command_lists_templates_and_prints_a_poster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, out = tmp_path / "ko.toml", tmp_path / "poster.pdf"
    words.write_text(KOREAN, "utf-8")
    assert cli.main(["notice", "templates", "--words", str(words)]) == 0
    printed = capsys.readouterr().out
    assert "致来{area}游客的倡议书 / To visitors of {area} / {area} 방문객께" in printed
    assert f"ko lacks {len(file('en')) - 3} keys, said in English: " in printed
    asked = ["notice", "poster", "visitors", "--area", "530000", "--issuer", "指挥部", "--phone", "12345"]
    assert cli.main([*asked, "--day", "2020-01-28", "--out", str(out)]) == 0
    made = out.read_bytes()
    assert made.startswith(b"%PDF") and b"/Type/Pages/Count 2" in made
    assert cli.main([*asked, "--lang", "fr", "--out", str(out)]) == 2
    assert "there is no language fr" in capsys.readouterr().err
