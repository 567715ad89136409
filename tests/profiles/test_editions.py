"""Editions that were shipped stay as they are, and each says all that it must, with sources that it names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.profiles import names
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, listed, profile, profiles
from lianfang.profiles.disease.load import GROUPS

# Cases were decided under these. A changed edition is a new one with a code of its own; a line here is only ever added.
SHIPPED = {
    "ebola-who-2014": "d436b76dd8b663f53a4a0f1d167b1b294738be3e709002703dc66b9c49324b18",
    "ebola-v2": "2edff375eb6f8ad892096573256836413f1da7fe0acef592ed4cd7fe25432cd4",
    "h7n9-v1": "6ea351296633810291e27cf4a82b7b1072831bce913cab752a6eb3fc1843b070",
    "h7n9-v2": "565bf1d2203ec16e89b432713fab97cf924000361ef4c3402a6b55cfe3f65fcb",
    "h7n9-v3": "4a0404d22a9e66d63e14be3ff037c4c8c2365cc5a08cab2e233792a32de9d6b8",
    "measles-who-2018": "3f2de98cbae48587b6fb13486e778b6b5e81d58e811a38bcea23f036f0abbcda",
    "mers-2012-who-2017": "f400a0f870908e6a70e1d42d0cf4f8f756f835a210b8c7d5bb30b4267053fe20",
    "ncov-2020-v2": "247b74acf48134a1e494c50d68c173076a3170b9d6b901dce17f25badd0085ce",
    "ncov-2020-v3": "9423baedf3baf08dc5b2886319602df13b3f34843ede8b221cd22e20c4cde684",
    "ncov-2020-d5": "3ad6d2962bc14053661002b0d663760cc8261c104dc669208df45d2a1a96f861",
    "ncov-2020-d5-hubei": "d173da3bcf6e62b530e95e0305b2f44d786293a4b152e28a697bbf5fb3e672d2",
    "ncov-2020-d5-revised": "5dc120162d34063a6cef6559817c0038d1d31e8345f65c839bfae88cbc81957e",
    "ncov-2020-v5": "1a8935c71d67a8185b53ab59f3ef0cc62dd44d7b2c99a9b56ace3c3160bd79df",
    "ncov-2020-who-2020": "b0760bfee648cd732b2d73142d60658824312e6b0d1b0a0a9e20c3885bf216d1",
    "ncov-2020-v6": "50a52b466cf9269ba21d35860cd7c71a9cbf7462c2dc65ff0c1e96f44a329793",
    "ncov-2020-v7": "5c6edf795866c16f525a9d3abc7e5449870f730a887275241556817f7fc1e1d4",
    "ncov-2020-v8": "750971f4f3cd7a2cbfb4dc842d068f4cd3bb5f1c35be66dca2d4e1d64c9dd0e0",
    "ncov-2020-v9": "6c27956a898f49f2358818af66952d117d0c49b7d883a8ddf0ac431800aa0c2d",
    "ncov-2020-2022-11": "3fd7773fc19ea32add303349ca56d0867388fc0d43d7b030a2af2105e9e00ee4",
    "sars-2003-who": "0ef9996ffdf2a8203e98b0840dda7d19cf8786f0e41d71862570d891041720a4",
    "sars-2003-05": "8043b1116aed28161538e68fcbdb9fb9f2737a0aac3f7e9f503931ee1c5e1a16",
}
EDITIONS = [edition for found in profiles() for edition in found.editions]
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.code)
days = st.dates(date(2002, 1, 1), date(2026, 12, 31))


def test_what_was_shipped_is_as_it_was() -> None:
    assert {edition.code: edition.digest for edition in EDITIONS} == SHIPPED


@each_edition
def test_the_digest_covers_rules_and_not_sources(edition: Edition) -> None:
    later = edition.begins + timedelta(1)
    source = edition.sources[0].model_copy(update={"status": "verified", "title": "another"})
    assert edition.model_copy(update={"ends": later, "sources": (source,)}).digest == edition.digest
    assert edition.model_copy(update={"begins": later}).digest != edition.digest
    assert edition.model_copy(update={"needs_suspected": not edition.needs_suspected}).digest != edition.digest
    if edition.contact:
        contact = edition.contact.model_copy(update={"source": "another"})
        assert edition.model_copy(update={"contact": contact}).digest == edition.digest
        longer = edition.contact.model_copy(update={"observe_days": edition.contact.observe_days + 1})
        assert edition.model_copy(update={"contact": longer}).digest != edition.digest


@each_edition
def test_every_rule_names_a_source(edition: Edition) -> None:
    for group in filter(None, (getattr(edition, name) for name in GROUPS)):
        assert edition.source(group.source).title
    assert edition.source(edition.definition).status in {"verified", "mirror", "unverified"}


@each_edition
def test_classes_and_ways_agree(edition: Edition) -> None:
    assert ("suspected" in edition.classes) == bool(edition.suspected)
    assert ("clinical" in edition.classes) == bool(edition.clinically_diagnosed)
    assert ("confirmed" in edition.classes) == bool(edition.confirmed)
    for way in (*edition.suspected, *edition.clinically_diagnosed, *edition.probable):
        assert way.history_least <= len(edition.history)
        assert way.clinical_least <= len(edition.clinical)
        assert way.history_least + way.clinical_least + len(way.required) > 0


@each_edition
def test_everything_is_titled_in_both_languages(edition: Edition) -> None:
    closeness = edition.contact.closeness if edition.contact else ()
    for term in (*edition.history, *edition.clinical, *closeness):
        assert not term.zh.isascii() and term.en.replace("°", "").isascii(), term.code


def test_a_profile_is_called_as_notices_call_the_disease() -> None:
    assert [(p.code, p.zh, p.en) for p in profiles()] == [(d.code, d.zh, d.en) for d in names.diseases()]


def test_an_unknown_code_is_answered_with_the_known() -> None:
    with pytest.raises(NoProfile, match="no profile plague; there are ebola, h7n9, measles"):
        profile("plague")
    with pytest.raises(NoEdition, match="ncov-2020 has no edition v2; there are ncov-2020-v2, ncov-2020-v3"):
        profile("ncov-2020").edition("v2")
    assert profile("ncov-2020").edition("ncov-2020-v7").begins == date(2020, 9, 11)


def test_the_latest_holds_everywhere() -> None:
    assert profile("ncov-2020").latest.code == "ncov-2020-2022-11"
    assert profile("sars-2003").latest.code == "sars-2003-05"
    assert profile("mers-2012").latest.code == "mers-2012-who-2017"
    assert all(not p.latest.area for p in profiles())


@given(on=days, area=st.sampled_from(["", "420000", "420106", "420106003", "421000", "430000", "530100"]))
def test_one_edition_holds_and_it_is_of_that_day_and_area(on: date, area: str) -> None:
    for found in profiles():
        try:
            edition = found.in_force(on, area)
        except NoEdition:
            assert not any(e.holds(on) for e in found.editions)
            continue
        assert edition.begins <= on <= (edition.ends or date.max)
        assert area.startswith("42") if edition.area else True
        narrower = [e for e in found.editions if e.area and e.holds(on, area)]
        assert not narrower or edition in narrower


@given(onset=days)
def test_windows_move_with_the_onset(onset: date) -> None:
    for edition in EDITIONS:
        if edition.contact is None:
            continue
        first, last = edition.window(onset=onset)
        assert onset - first == timedelta(edition.contact.days_before_onset)
        assert last is None or last > onset
        next_first, _ = edition.window(onset=onset + timedelta(1))
        assert next_first == first + timedelta(1)


def test_delays_have_a_figure_and_a_publication() -> None:
    for found in profiles():
        assert found.delays, found.code
        assert "incubation" in {d.name for d in found.delays}
        for d in found.delays:
            centre = d.mean_days if d.mean_days is not None else d.median_days
            assert centre is not None
            if d.low_days is not None:
                assert d.high_days is not None and d.low_days < centre < d.high_days


def test_listings_are_dated_and_in_order() -> None:
    for found in profiles():
        for one in listed(found.code):
            assert one.ends is None or one.begins <= one.ends
    assert len(listed("sars-2003")) == 17
