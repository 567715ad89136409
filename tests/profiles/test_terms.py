"""The dictionary of the field's words."""

from __future__ import annotations

import pytest

from lianfang.profiles.disease import Slot, groups, official, profiles, term, terms

NEEDED = {
    "exposure_setting": "household work study care conveyance meal gathering venue laboratory other",
    "certainty": "certain probable possible",
    "source": "imported local linked_to_import unknown",
    "case_class": "reported suspected clinical probable confirmed asymptomatic excluded",
    "severity": "mild ordinary severe critical",
    "outcome": "recovered died",
    "check_outcome": "seen_well seen_unwell not_found refused not_attempted",
    "isolation_mode": "home central hospital",
    "order_class": "suspected close_contact other",
    "need": "food medicine counselling other",
    "found_by": "clinic contact_follow_up screening checkpoint self_report active_search",
    "release_reason": "completed source_excluded became_case transferred_out died entered_in_error",
}


@pytest.mark.parametrize("group", NEEDED)
def test_the_words_of_facts_and_forms(group: str) -> None:
    assert [t.code for t in terms(group)] == NEEDED[group].split()


@pytest.mark.parametrize("group", groups())
def test_a_word_is_titled_once_in_both_languages(group: str) -> None:
    found = terms(group)
    assert len({t.code for t in found}) == len({t.zh for t in found}) == len({t.en for t in found}) == len(found)
    assert all(not t.zh.isascii() and t.en.isascii() for t in found)


def test_the_classes_of_an_edition_are_words_of_the_dictionary() -> None:
    known = {t.code for t in terms("case_class")}
    assert all(edition.classes <= known for p in profiles() for edition in p.editions)


def test_one_word() -> None:
    assert term("occupation", "health_worker").zh == "医务人员"
    with pytest.raises(KeyError, match="no certainty maybe; there are certain, probable, possible"):
        term("certainty", "maybe")
    with pytest.raises(KeyError, match="no group colour; there are exposure_setting"):
        terms("colour")


def test_times_of_the_day_follow_each_other() -> None:
    slots = {s.code: s for s in terms("slot") if isinstance(s, Slot)}
    assert set(slots) == {"am", "pm", "day"}
    assert all(s.begins < s.ends for s in slots.values())
    assert slots["am"].ends <= slots["pm"].begins


def test_a_corrupt_wording_is_read_as_what_is_meant() -> None:
    assert official("居家医学管理") == "居家医学观察"
    assert official("集中医学观察") == "集中医学观察"
