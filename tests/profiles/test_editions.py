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
    "ebola-who-2014": "1310f527e375fa7d6eb8ddc3761348d9d82298aec6e2362cb7253d9526e5c853",
    "ebola-v2": "b813c98cebf73df03546c53fad478a3fdecc8c0eb9a672fd3c92b79596ee40b3",
    "h7n9-v1": "0e40ba2327583af712a4565d0b53ee3f56f61f6e97099056c9b648690f27af05",
    "h7n9-v2": "565bf1d2203ec16e89b432713fab97cf924000361ef4c3402a6b55cfe3f65fcb",
    "h7n9-v3": "4ea885528e66b2c06247fc17b9e9e7004cb7f3539a0375868260f01f29820917",
    "measles-who-2018": "9fe65e59517fe79d599aab7fc55f82840c59ca93ca6a942e95d460b36202bcc4",
    "mers-2012-who-2017": "d98047a9736e9b6aa4e4d079fbc5a7060503dca78d049c5fcf5c1a8e09b54b59",
    "ncov-2020-v2": "e4dfef064d78b7c06a042f78cdbd8d566dc482e8ad9505b1be58d00e336d21f4",
    "ncov-2020-v3": "e8828558bd080d50f07b7def0db5e0c0d5b6452621db73fb976dac59bbb37406",
    "ncov-2020-d5": "e210799b19accb2b090f6fbaa70a7d7c234276dc1ef4055fcd87f39a0615ae33",
    "ncov-2020-d5-hubei": "0435bd32217316c9865a644bb467a7d58bad2348699e43f1eda27a767d730555",
    "ncov-2020-d5-revised": "855bd4ab772e4c1e9ed0ce329ed1b5bb92013ff37f1832f7b61fa09157e663b8",
    "ncov-2020-v5": "181ffc12bdaa9e3092e5925bc45b32661e2344585e6fdcc9185447abe99464ba",
    "ncov-2020-who-2020": "15b58fcb5a4b536e417b97d7c924784f43d389ab6b2b4de313c8362f1d2858ec",
    "ncov-2020-v6": "e26d92836e87b1465d360c6ab9ad3f9bb1fcd00b94786f9024107a7b038584d0",
    "ncov-2020-v7": "4e21dc8498a6be4792dce638731f2d154b11c214c2715b0893ec2cb9b99a99f1",
    "ncov-2020-v8": "4d1b5280f1ea563e1ff1a5c8e1da1a1639ee04e2213029539ddbee12596bbe3c",
    "ncov-2020-v9": "325816999dfb027a96d32afe4e6214079fb84f9507e96742095c22d71b1b1478",
    "ncov-2020-2022-11": "c507d5f6be41f946a84d72f0a39deef82512ebf26a0fa12524943511efef9f75",
    "sars-2003-who": "b4701f4c1f86800842061932430d73da286a0ead21b7793cc8e020f3c1b0a1a8",
    "sars-2003-05": "3206a272d37c95b378f6a8020e34fea143c7e213ba4ddb83d4cf8d8a8c60e639",
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


@pytest.mark.parametrize(
    ("on", "area", "code"),
    [
        (date(2019, 12, 31), "", "ncov-2020-v2"),
        (date(2019, 12, 31), "420100", "ncov-2020-v2"),
        (date(2020, 1, 22), "530102", "ncov-2020-v2"),
        (date(2020, 2, 5), "420100", "ncov-2020-d5-hubei"),
    ],
)
def test_what_was_before_the_first_edition_is_judged_by_it(on: date, area: str, code: str) -> None:
    assert profile("ncov-2020").judged_by(on, area).code == code
