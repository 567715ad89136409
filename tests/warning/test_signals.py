"""Signals on a small record: raised once, folded, reviewed, counted; the same from the past and at any time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.accounts.refused import NotThere, Refused
from lianfang.app.commands_warning import _json, _line
from lianfang.app.database import Database, as_owner
from lianfang.capabilities.cases.facts import Class, SourceDetermined
from lianfang.capabilities.contacts.facts import Certainty, Linked
from lianfang.capabilities.warning.facts.signal import Outcome
from lianfang.capabilities.warning.models import SignalRow
from lianfang.capabilities.warning.queries import signals as queries
from lianfang.capabilities.warning.queries.risk import sees_cases
from lianfang.capabilities.warning.service import signals as service
from lianfang.capabilities.warning.service.reviewing import review
from lianfang.facts import log
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.access.made import FOREIGN, OWN, viewer
from tests.contacts.world import append, at, classify, fact, on, report

OFFICER = viewer("county_duty_officer")
WHOLE = "530000"


def confirmed(day: int, *, area: str = OWN, source: str | None = None, infector: UUID | None = None) -> UUID:
    """A case that was confirmed on a day of January 2020, five days after its onset."""
    case = report(at(day), area=area, onset=on(day - 5))
    classify(case, Class.CONFIRMED, at(day, 10), area=area)
    if source:
        append([fact(SourceDetermined(source=source), case, at(day, 11), area)])
    if infector:
        append([fact(Linked(infector=infector, certainty=Certainty.PROBABLE), case, at(day, 11), area)])
    return case


def raised(as_of: datetime) -> list[tuple[str, str]]:
    return [(one.rule, one.area) for one in service.run(as_of)]


def of(rule: str, area: str = OWN) -> SignalRow:
    with service.seeing_all():
        return SignalRow.objects.get(rule=rule, area=area)


def test_a_signal_is_raised_once_folds_what_follows_and_is_opened_again(database: Database) -> None:
    first = confirmed(25, source="imported")
    assert raised(at(25, 11.1)) == [("first_case", OWN)]
    assert raised(at(25, 11.1)) == []  # asked again, nothing is new
    (told,) = service.look(at(25, 11.1)).found
    assert _line(told, "en").startswith("first confirmed case: 530102 Wuhua District (confirmed on 2020-01-25; ")
    assert json.loads(_json(told))["evidence"]["source_of_infection"] == "imported"
    seq = of("first_case").seq
    assert of("first_case").triggers == [str(first)] and seq == log.head().seq - 1
    confirmed(26, infector=first)
    assert raised(at(26, 11.5)) == [
        ("first_local", OWN), ("cluster", OWN), ("generation", OWN), ("missing_report", OWN),
    ]  # fmt: skip
    generation = of("generation")
    with pytest.raises(Refused, match="reason"):
        review(OFFICER, generation.subject, Outcome.DISMISSED, " ", now=at(26, 12))
    review(OFFICER, generation.subject, Outcome.DISMISSED, "已核实为同车输入", now=at(26, 12))
    with pytest.raises(Refused, match="outcome"):
        review(OFFICER, generation.subject, Outcome.DISMISSED, "同上", now=at(26, 12))
    assert (of("generation").status, of("generation").reviews[0]["seconds"]) == ("dismissed", 1800)
    confirmed(27, infector=first)
    assert ("generation", OWN) in raised(at(27, 12))
    again = of("generation")
    assert (again.status, again.count, len(again.triggers), again.reopened) == ("open", 2, 2, True)
    assert again.subject == generation.subject
    assert_incremental_equals_refold()


def test_who_may_see_and_review(database: Database) -> None:
    confirmed(25, area=FOREIGN)
    service.run(at(25, 11))
    theirs = of("first_case", FOREIGN)
    with pytest.raises(NotThere):
        review(OFFICER, theirs.subject, Outcome.CONFIRMED, "属实", now=at(26))
    with pytest.raises(NotThere):
        queries.one(OFFICER, theirs.subject)
    with pytest.raises(Forbidden):
        queries.page(viewer("grid_worker"), queries.Asked())
    assert queries.page(OFFICER, queries.Asked()).total == 0
    above = viewer("duty_officer", WHOLE)
    assert [row.area for row in queries.page(above, queries.Asked(WHOLE)).signals] == [FOREIGN]
    assert not sees_cases(above) and sees_cases(OFFICER)


def test_counts_and_what_was_known_before(database: Database) -> None:
    confirmed(25, source="local")
    service.run(at(25, 11))
    signal = of("first_local")
    before = log.head().seq
    review(OFFICER, signal.subject, Outcome.CONFIRMED, "属实", now=at(25, 11.5))
    counted, parts, seq = queries.counts(viewer("duty_officer", WHOLE), WHOLE)
    found = {one.rule.id: one for one in counted}
    assert seq == log.head().seq == before + 1
    assert (found["first_local"].by_status["confirmed"], found["first_local"].median_seconds) == (1, 1800)
    assert (found["first_case"].raised, found["first_case"].median_seconds) == (1, None)
    assert found["growth"].raised == 0
    assert [(one.area, one.open, one.signals) for one in parts if one.signals] == [("530100", 1, 2)]
    known_at = next(iter(log.read(before - 1, before))).received_at
    earlier, _, then = queries.counts(
        viewer("duty_officer", WHOLE), WHOLE, known_at=known_at - timedelta(microseconds=1)
    )
    assert then < before and sum(one.raised for one in earlier) < sum(one.raised for one in counted)
    assert queries.one(OFFICER, signal.subject, known_at=known_at).status in ("open", "confirmed")


def test_rules_asked_of_the_past_find_what_they_found_then(database: Database) -> None:
    """What came in later does not count, and the registers stay as they are."""
    first = confirmed(25)
    confirmed(26, infector=first)
    known, then = list(log.read())[-1].received_at, service.look(at(27))
    confirmed(24, area=FOREIGN)
    classify(first, Class.EXCLUDED, at(27), basis="expert")
    now = service.look(at(28))
    with as_owner(database):
        past = service.look(at(27), known_at=known)
    assert (past, past.found != now.found) == (then, True)
    assert service.look(at(28)) == now


def test_the_watch_looks_at_the_counties_of_what_came_in(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it finds in a county is what a look at everything finds there."""
    monkeypatch.setattr(service, "_last", None)
    first = confirmed(25)
    confirmed(25, area=FOREIGN, infector=first)
    assert {one.area for one in service.watch(at(26))} == {OWN, FOREIGN}
    assert service.watch(at(26, 9.05)) == []
    confirmed(25, infector=first)
    whole, few = service.look(at(26, 9.1)), service.look(at(26, 9.1), counties=frozenset({OWN}))
    assert few.found == tuple(one for one in whole.found if one.area == OWN)
    assert {one.area for one in service.watch(at(26, 9.1))} == {OWN}
    confirmed(24, area=FOREIGN)
    assert {one.area for one in service.watch(at(26, 9.15))} == {FOREIGN}
    assert service.look(at(26, 9.15)).found and service.watch(at(27)) == []


def test_growth_of_a_province_is_told_as_soon_as_a_county_of_it_has_new_facts(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_last", None)
    for n in range(9):
        confirmed(20 + n % 3, area=(OWN, FOREIGN)[n % 2])
    assert "growth" not in {one.rule for one in service.watch(at(26))}
    confirmed(25)
    monkeypatch.setattr(service, "_last", service._last._replace(again=float("inf")))
    grown = [(one.rule, one.area) for one in service.watch(at(26, 9.1)) if one.rule == "growth"]
    assert grown == [("growth", "530000")]  # the two counties lie in two prefectures


def test_a_history_has_its_signals_on_its_days(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was decided of a case later does not count before; asked again, nothing is raised."""
    first = confirmed(20)
    case = report(at(21), area=FOREIGN, onset=on(18))
    classify(case, Class.CONFIRMED, at(24, 10), area=FOREIGN)
    append([fact(SourceDetermined(source="local"), first, at(23, 11))])
    found = service.catch_up(at(28))
    assert {one.rule for one in found} >= {"first_case", "first_local"}
    midnight = at(21, 0)
    assert (of("first_case").raised_at, of("first_local").raised_at) == (midnight, at(24, 0))
    assert of("first_case", FOREIGN).raised_at == at(25, 0)
    assert service.catch_up(at(28)) == [] and service.run(at(28)) == []


def test_a_look_at_everything_follows_the_end_of_a_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some rules hold because nothing came: a case of unknown source that nobody traced."""
    asked: list[frozenset[str] | None] = []
    monkeypatch.setattr(service, "_last", service._Last(log.head().seq, at(25), float("inf")))
    monkeypatch.setattr(service, "run", lambda now, counties=None: asked.append(counties) or [])
    service.watch(at(25, 10))
    assert asked == []
    service.watch(at(26, 0.1))
    service.watch_all()
    service.watch(at(26, 0.2))
    assert asked == [None, None]
