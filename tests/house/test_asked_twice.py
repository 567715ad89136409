"""What is asked of people twice: every field that two forms of one register have, and every answer that two registers
want, each with why it is no second asking (DAT-02). A form that asks anew for what is known is told here.

Forms are the kinds of fact that a person may append: desk, phone and import all fill those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from lianfang.access.matrix import kinds
from lianfang.capabilities.cases.facts import About
from lianfang.facts.kinds import registry

NAMES, THEN, OTHER, KNOWN = "names", "then", "other", "known"
"""Names what it is about, which the page knows; the value of another time; another thing of the same name; what is
known is taken over, and only a change is told."""

WITHIN = """
bed          stay       names
case         about      known   the card shows what was told; what is left empty stays
case         basis      other   of a decision; of an assessment of risk
case         disease    other   of a case; of an assessment of risk
case         edition    known   left out, the edition in force on the day
case         laboratory known   where it was sent, confirmed by whoever receives it
case         number     other   of the case; of a sample
case         sample     names
case         severity   then    at the report; from an assessment on
contact      basis      other   of a judgement; of a shortened observation
contact      person     known   asked by tracing only where the exposure did not say
contact      to         other   a clinic; a division
gate         came_from  known   of a vehicle's occupants as of the vehicle
gate         going_to   known   of a vehicle's occupants as of the vehicle
gate         post       names
grid         begins     then    of each assignment
grid         team       names
grid         to         then    of each assignment
household    person     names
inspection   item       names
isolation    approver   then    of the order; of its extension
isolation    basis      known   left out, the order's
isolation    end        then    of the order; of its extension
isolation    order      names
isolation    reason     then    of the order; of its extension; of its end
isolation    start      known   the order's
isolation    station    known   left out, the one that was ordered
post         begins     other   of a shift; of a count
post         ends       other   of a shift; of a count
station      residents  then    at each round; at the end of the day
task         of         names
task         rule       names
task         slot       names
transmission infector   names
travel       family     names
travel       place      other   of a call; of those who wait; of a rumour
"""

ACROSS = """
age_years    case                                   known  from the birth date in the vault
arrived      arrival household                      known  a member who is on a manifest is joined to it by the person
came_from    arrival case gate household            known  a hold fills the report; a manifest is joined by the person
disease      case cluster contact isolation         known  of the case that is the source or the reason
edition      case contact gate isolation            known  left out, the edition in force on the day
fever        gate                                   then   each time that somebody is met
person       arrival bed case contact household need travel visit  names
symptoms     arrival case contact gate triage       then   each time that somebody is met; a hold fills the report
temp_c       arrival contact gate triage            then   each time that somebody is met
"""


def table(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.strip().splitlines():
        words = line.split()
        at = next(n for n, word in enumerate(words) if word in (NAMES, THEN, OTHER, KNOWN))
        yield (*words[:at], words[at], " ".join(words[at + 1 :]))


def forms() -> Iterator[tuple[str, str, str]]:
    """Register, kind and field of everything that a person may be asked."""
    for kind, its in kinds().items():
        if its.append == "nobody" or kind.startswith("trial."):
            continue
        newest = max((cls for cls in registry().classes.values() if cls.kind == kind), key=lambda cls: cls.version)
        for name in newest.model_fields:
            yield kind.partition(".")[0], kind, name


def test_every_field_that_two_forms_of_a_register_have_is_told_with_its_reason() -> None:
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for register, kind, name in forms():
        asked[register, name].add(kind)
    twice = {key for key, its in asked.items() if len(its) > 1}
    told = {(register, name) for register, name, *_ in table(WITHIN)}
    assert twice - told == set(), "asked twice: take over what is known, or say why it is another thing"
    assert told - twice == set(), "no longer asked twice"


def test_every_reason_is_one_and_says_what_it_is() -> None:
    for *_, why, words in (*table(WITHIN), *table(ACROSS)):
        assert words or why == NAMES


@pytest.mark.parametrize("row", list(table(ACROSS)), ids=lambda row: row[0])
def test_what_several_registers_want_of_a_person_is_asked_by_these_alone(row: tuple[str, ...]) -> None:
    name, *registers, _, _ = row
    wanted = {register for register, _, field in forms() if field == name}
    assert wanted | ({"case"} if name in About.model_fields else set()) == set(registers)
