"""The whole story replayed in any order of arrival gives the same registers."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.app.database import Database
from lianfang.capabilities.contacts.facts import Exposed, Exposure
from lianfang.facts import fold, log, rebuild
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests import law
from tests.daily import examples
from tests.database import empty
from tests.spec.spec_isolation import NOON, acts, called, fact

STORY = """
ordered 0 station=a; received 1; executed 2 by=staff; verified 3 by=other as_ordered=no; executed 5 station=a by=staff;
verified 6 by=other; changed 20 mode=hospital; executed 22 by=nurse; verified 1 by=other; extended 30 end=300;
lifted 40 reason=not_close; retracted 41 corrects=11; lifted 290; lifted 301; received 302; ordered 303 order=p end=400;
executed 7 order=q
"""
STATION = """
opened 0; ward 1 first=2020-01-24 last=2020-02-10; opened 2 capacity=30; logged 3 day=2020-01-24;
logged 8 day=2020-01-25; closed 40; ward 41 ward=late; opened 50; retracted 51 corrects=6;
logged 12 day=2020-01-24 residents=12; round 13; round 15; round 14 corrects=12; retracted 16 corrects=11
"""
TABLES = ("order", "stay", "fault", "station", "ward", "log", "station_fault", "round", "need")
NEED = "asked 0; acknowledged 1; met 3; acknowledged 5; retracted 6 corrects=3; met 7 outcome=referred"


def ground() -> Fact:
    """The contact that the person is."""
    exposure = Exposure(source=UUID(int=2), last=NOON.date(), setting="household", closeness=("live_together",))
    data = Exposed(disease="ncov-2020", edition="ncov-2020-v2", person=called("person"), exposure=exposure)
    return Fact.of(data, id=UUID(int=3), subject=called("contact"), area="530102", observed_at=NOON)


def facts() -> list[Fact]:
    """Facts of a person's orders and of their ground, a station and a need: legal ones and others, corrections and
    retractions."""
    made = [ground()]
    for subject, story in (("person", STORY), ("station", STATION), ("need", NEED)):
        for number, act in enumerate(acts(story), 1):
            one = fact(number, act, subject)
            named = UUID(int=one.id.int ^ called(subject).int)
            corrects = one.corrects and UUID(int=one.corrects.int ^ called(subject).int)
            made.append(one.model_copy(update={"id": named, "corrects": corrects}))
    return made


def contents() -> dict[str, Counter[str]]:
    """The rows of isolation's registers."""
    with fold.within(*fold.EVERYWHERE):
        return {
            table: rows
            for register in fold.registers()
            if register.name.startswith("isolation.")
            for table, rows in rebuild.contents_of(register).items()
        }


def appended(database: Database, sent: list[Fact], size: int) -> dict[str, Counter[str]]:
    empty(database)
    for start in range(0, len(sent), size):
        for author, theirs in groupby(sent[start : start + size], key=lambda one: one.author):
            for outcome in log.append(list(theirs), principal=Principal(author, "desk")):
                assert outcome.status == "appended", outcome
    return contents()


@pytest.fixture
def in_order(database: Database) -> dict[str, Counter[str]]:
    found = appended(database, facts(), 1_000)
    assert all(found[f"isolation_{table}"] for table in TABLES)
    return found


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(facts()), st.integers(1, 12))
def test_any_order_of_arrival_gives_the_same_registers(
    database: Database, in_order: dict[str, Counter[str]], sent: list[Fact], size: int
) -> None:
    assert appended(database, list(sent), size) == in_order
    law.acted()
