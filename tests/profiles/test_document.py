"""The page of the profiles is what the profiles say."""

from __future__ import annotations

from pathlib import Path

from lianfang.profiles.disease import groups, profiles, terms
from lianfang.profiles.document import document

PAGE = Path(__file__).resolve().parents[2] / "docs" / "profiles.md"


def test_the_page_is_as_the_profiles_say() -> None:
    stale = "docs/profiles.md is stale: run `python -m lianfang.profiles.document > docs/profiles.md`"
    assert PAGE.read_text(encoding="utf-8") == document(), stale


def test_the_page_shows_every_edition_and_every_word() -> None:
    text = document()
    for profile in profiles():
        for edition in profile.editions:
            assert f"### {edition.code}\n" in text
            assert edition.digest[:12] in text
            assert all(source.url_or_ref in text for source in edition.sources)
    assert all(f"| `{term.code}` | {term.zh} | {term.en}" in text for group in groups() for term in terms(group))
