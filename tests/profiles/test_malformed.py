"""A malformed profile is refused with its file, the field and the reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lianfang.profiles.disease import Profile, ProfileFault
from lianfang.profiles.disease.areas import load_areas
from lianfang.profiles.disease.load import FOLDER, load_profile, load_terms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the profile of 2020 to spoil."""
    return Path(shutil.copytree(FOLDER / "ncov-2020", tmp_path / "ncov-2020"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(folder: Path) -> Profile:
    return load_profile(folder, load_terms(FOLDER / "terms.toml"))


def test_the_copy_is_sound(folder: Path) -> None:
    assert load(folder).code == "ncov-2020"


SPOILT = [
    ("observe_days = 14", "observe_days = -1", "contact.observe_days: Input should be greater than or equal to 1"),
    ("observe_days = 14\n", "", "contact.observe_days: Field required"),
    ("observe_days = 14", 'observe_days = "a fortnight"', "contact.observe_days: Input should be a valid integer"),
    ("begins = 2020-01-22", "begins = 2020-02-22", "ends: 2020-01-27 is before begins 2020-02-22"),
    ('area = ""', 'area = "Hubei"', "area: String should match pattern"),
    ("fever_c = 37.3", "fever_c = 99.1", "fever_c: Input should be less than 42"),
    ('fever_source = "fever"', 'fever_source = "hearsay"', "fever_source: no source hearsay"),
    ('definition = "diagnosis-3"', 'definition = "plan"', "definition: no source plan"),
    ('source = "control-2"', 'source = "control"', "contact: no source control"),
    ('history = ["stay"', 'history = ["travel"', "history: no travel; known: stay, infected"),
    ('close = ["live_together"', 'close = ["friends"', "contact.close: no friends; known: live_together"),
    ('slots = ["am", "pm"]', 'slots = ["night"]', "contact.slots: no night; known: am, pm, day"),
    ('confirmed = ["pcr"', 'confirmed = ["guess"', "confirmed: no test guess"),
    ('test = "pcr"', 'test = "guess"', "exclusion.test: no test guess"),
    ("clinical_least = 3", 'clinical_least = 3, required = ["smell"]', "suspected.required: no item or test smell"),
    ("needs_suspected = true", "needs_suspected = true\ncolour = 1", "colour: Extra inputs are not permitted"),
    ('status = "verified"', 'status = "rumour"', "status: Input should be 'verified', 'mirror' or 'unverified'"),
    ("begins = 2020-01-22", "begins = ", "not a TOML file"),
]


@pytest.mark.parametrize(("old", "new", "reason"), SPOILT, ids=[reason for _, _, reason in SPOILT])
def test_a_spoilt_edition(folder: Path, old: str, new: str, reason: str) -> None:
    spoil(folder / "editions" / "v2.toml", old, new)
    with pytest.raises(ProfileFault) as told:
        load(folder)
    assert "v2.toml: " in str(told.value)
    assert reason in str(told.value)


@pytest.mark.parametrize("wider", ["fever_of_all_kinds", "stay"])
def test_an_item_that_meets_what_is_no_item_of_its_kind(folder: Path, wider: str) -> None:
    spoil(folder / "profile.toml", 'fever = ["fever_respiratory"]', f'fever = ["{wider}"]')
    with pytest.raises(ProfileFault, match=f"profile.toml: meets.fever: fever, {wider} are not all items of a kind"):
        load(folder)


def test_editions_that_overlap(folder: Path) -> None:
    spoil(folder / "editions" / "v2.toml", "ends = 2020-01-27", "ends = 2020-01-28")
    with pytest.raises(ProfileFault, match="ncov-2020-v3 begins before ncov-2020-v2 has ended"):
        load(folder)


def test_a_code_that_stands_twice(folder: Path) -> None:
    shutil.copy(folder / "editions" / "v2.toml", folder / "editions" / "v2-again.toml")
    with pytest.raises(ProfileFault, match="a code stands twice: ncov-2020-v2, ncov-2020-v2"):
        load(folder)


def test_a_spoilt_head(folder: Path) -> None:
    spoil(folder / "profile.toml", 'early = "four"', 'early = "six"')
    with pytest.raises(ProfileFault, match=r"profile\.toml: early: Input should be 'four' or 'five'"):
        load(folder)


def test_a_spoilt_delay(folder: Path) -> None:
    spoil(folder / "delays.toml", 'doi = "10.', 'doi = "http://10.')
    with pytest.raises(ProfileFault, match=r"delays\.0\.source\.doi"):
        load(folder)


def test_a_spoilt_listing(folder: Path) -> None:
    spoil(folder / "areas.toml", 'source = "wuhan"', 'source = "hearsay"')
    with pytest.raises(ProfileFault, match=r"areas\.toml: areas\.0\.source: no source hearsay"):
        load_areas(folder / "areas.toml")


def test_a_spoilt_word(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('[slot]\nam = { zh = "上午", en = "morning", begins = "25:00", ends = "12:00" }', encoding="utf-8")
    with pytest.raises(ProfileFault, match=r"terms\.toml: slot\.am\.begins: String should match"):
        load_terms(path)


def spoilt_texts(text: str) -> Iterator[str]:
    """The text with each value in turn replaced by one of another kind, or left out."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if equals and not line.startswith("#"):
            for value in ("3", "[3]", "{}", None):
                with_value = [] if value is None else [f"{key} = {value}"]
                yield "\n".join([*lines[:at], *with_value, *lines[at + 1 :]])


@pytest.mark.parametrize("name", ["profile.toml", "delays.toml", "editions/v2.toml", "editions/d5-hubei.toml"])
def test_whatever_is_wrong_is_told_with_its_file(folder: Path, name: str) -> None:
    for edition in (folder / "editions").iterdir():
        if edition.name not in {"v2.toml", Path(name).name}:
            edition.unlink()
    refused = 0
    for text in spoilt_texts((folder / name).read_text(encoding="utf-8")):
        (folder / name).write_text(text, encoding="utf-8")
        try:
            load(folder)
        except ProfileFault as told:
            assert ".toml: " in str(told)
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("read", [load_areas, load_terms])
def test_whatever_is_wrong_in_a_list_is_told(tmp_path: Path, read: Callable[[Path], object]) -> None:
    source = FOLDER / ("terms.toml" if read is load_terms else "ebola/areas.toml")
    path = tmp_path / source.name
    refused = 0
    for text in spoilt_texts(source.read_text(encoding="utf-8")):
        path.write_text(text, encoding="utf-8")
        try:
            read(path)
        except ProfileFault as told:
            assert str(told).startswith(path.name), told
            refused += 1
    assert refused > 20
